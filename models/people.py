"""People: who complains, and who works for the council."""

from typing import Any

from sqlmodel import Field, SQLModel

from models.columns import json_list, words
from models.rules.languages import Language


class Complainant(SQLModel, table=True):
    """Who wrote. Known by the address; someone who gave none is a new complainant each time.

    ``language`` is the one we write to them in; nothing sets it to Welsh by itself yet.
    """

    id: int | None = Field(default=None, primary_key=True)
    name: str = ""
    email: str | None = Field(default=None, unique=True)
    contact: str = ""
    language: Language = Field(default=Language.ENGLISH, sa_column=words(Language, default=Language.ENGLISH))


class Officer(SQLModel, table=True):
    """Someone who works cases. Rows follow ``officers`` in the settings; leavers stay, inactive."""

    id: int | None = Field(default=None, primary_key=True)
    name: str
    email: str = Field(unique=True)
    slack_user: str = Field(unique=True)
    is_corporate_lead: bool = False
    areas: list[Any] = Field(default_factory=list, sa_column=json_list())
    is_active: bool = True

    def may_see(self, areas: list[str]) -> bool:
        """Whether a case of these areas is theirs to open: their areas, or all for the lead."""
        return self.is_active and (self.is_corporate_lead or not set(areas).isdisjoint(self.areas))
