"""Lengths of time, as a procedure's text writes them: “5 working days”, “30 days”, “1 month”, “24 hours”."""

import re
from calendar import monthrange
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from models.rules.working_days import WorkingCalendar

Unit = Literal["working days", "days", "months", "hours"]
_UNITS = "|".join(f"{unit}?" for unit in get_args(Unit))


class Length(BaseModel):
    """So many working days, calendar days, months or hours."""

    model_config = ConfigDict(frozen=True)
    number: Annotated[int, Field(ge=0, le=400)]
    unit: Unit

    def __str__(self) -> str:
        """As people write it."""
        return f"{self.number} {self.unit[:-1] if self.number == 1 else self.unit}"

    def end(self, start: date, calendar: WorkingCalendar) -> date:
        """The last day, counted from the day after ``start``. Raises ValueError for hours, which end at an instant."""
        match self.unit:
            case "working days":
                return calendar.last_day(start, self.number)
            case "days":
                return start + timedelta(days=self.number)
            case "months":
                return months_after(start, self.number)
            case "hours":
                raise ValueError("hours end at an instant, not on a day")

    def ends_at(self, start: datetime) -> datetime:
        """The instant a length in hours ends; the night the clocks change has as many hours as it has."""
        if self.unit != "hours":
            raise ValueError(f"{self.unit} end on a day, not at an instant")
        return start + timedelta(hours=self.number)

    def plus(self, other: "Length") -> "Length":
        """Both lengths together; they must have the same unit."""
        if self.unit != other.unit:
            msg = f"{self.unit} and {other.unit} cannot be added"
            raise ValueError(msg)
        return Length(number=self.number + other.number, unit=self.unit)


def months_after(start: date, months: int) -> date:
    """The same day of a later month, or that month's last: a month from 31 January ends with February."""
    year, month = divmod(start.month - 1 + months, 12)
    year, month = start.year + year, month + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def _read_length(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    found = re.fullmatch(rf"\s*(\d+)\s+({_UNITS})\s*", re.sub(r"\s+", " ", value))
    if not found:
        msg = f"“{value}” is no length of time; write it like “5 working days” or “30 days”"
        raise ValueError(msg)
    return {"number": int(found[1]), "unit": found[2].removesuffix("s") + "s"}


LengthOfTime = Annotated[Length, BeforeValidator(_read_length)]
