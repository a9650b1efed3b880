"""Suggestion: the classifier's opinion as it was recorded, with the model's version."""

from datetime import datetime
from typing import Any

from sqlmodel import Field, SQLModel

from models.columns import json_list, words
from models.rules.labels import Kind


class Suggestion(SQLModel, table=True):
    """What was proposed for one case; what a person decided stands beside it as an event.

    ``likely`` are the best guesses, each a kind's word with its probability, the likeliest first.
    """

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="case_file.id", unique=True)
    at: datetime
    kind: Kind | None = Field(default=None, sa_column=words(Kind, nullable=True))
    guess: Kind = Field(sa_column=words(Kind))
    confidence: float
    areas: list[Any] = Field(default_factory=list, sa_column=json_list())
    signals: list[Any] = Field(default_factory=list, sa_column=json_list())
    reasons: list[Any] = Field(default_factory=list, sa_column=json_list())
    model_version: str
    likely: list[Any] = Field(default_factory=list, sa_column=json_list("[]"))
