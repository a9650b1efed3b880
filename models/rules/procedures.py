"""Procedures as data: stages and their time limits, read from config.yaml.

Figures of the shipped corporate procedure: Local Government and Social Care
Ombudsman, Complaint Handling Code (2024), stage 1 and stage 2.
"""

import re
from datetime import date, timedelta
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from models.rules.labels import Kind
from models.rules.working_days import WorkingCalendar

Unit = Literal["working days", "days"]


class Length(BaseModel):
    """A length of time: so many working days, or so many calendar days."""

    model_config = ConfigDict(frozen=True)
    number: Annotated[int, Field(ge=0, le=400)]
    unit: Unit

    def end(self, start: date, calendar: WorkingCalendar) -> date:
        """The last day, counted from the day after ``start``."""
        if self.unit == "days":
            return start + timedelta(days=self.number)
        return calendar.last_day(start, self.number)

    def plus(self, other: "Length") -> "Length":
        """Both lengths together; they must have the same unit."""
        if self.unit != other.unit:
            msg = f"{self.unit} and {other.unit} cannot be added"
            raise ValueError(msg)
        return Length(number=self.number + other.number, unit=self.unit)


def _read_length(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    found = re.fullmatch(r"\s*(\d+)\s+(working\s+)?days?\s*", value)
    if not found:
        msg = f"“{value}” is no length of time; write it like “5 working days” or “30 days”"
        raise ValueError(msg)
    return {"number": int(found[1]), "unit": "working days" if found[2] else "days"}


LengthOfTime = Annotated[Length, BeforeValidator(_read_length)]
ClockStart = Literal["received", "acknowledged", "escalation requested"]


class TimeLimit(BaseModel):
    """How long there is, and from which event it is counted."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    within: LengthOfTime
    of: ClockStart


class Stage(BaseModel):
    """One stage: acknowledge, respond, and how far the response may be put off."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    name: str
    acknowledge: TimeLimit
    respond: TimeLimit
    longest_extension: LengthOfTime

    @model_validator(mode="after")
    def _one_unit(self) -> "Stage":
        self.respond.within.plus(self.longest_extension)
        return self


class Procedure(BaseModel):
    """A complaints procedure: its stages, its calendar and who stands at the end of it."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    title: str
    calendar: Literal["england-and-wales", "scotland", "northern-ireland", "any-uk-nation"] | None = None
    stages: Annotated[tuple[Stage, ...], Field(min_length=1)]
    answers: tuple[Kind, ...]
    external_body: str
    external_body_contact: str = ""
    external_body_in_welsh: str = ""

    def stage(self, number: int) -> Stage:
        """Stage ``number``, counted from 1; raises LookupError with a sentence if there is none."""
        if not 1 <= number <= len(self.stages):
            msg = f"this procedure has stages 1 to {len(self.stages)}, not {number}"
            raise LookupError(msg)
        return self.stages[number - 1]
