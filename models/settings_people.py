"""Settings of people: teams, officers, who stands above them, their hours, and when they are reminded."""

from datetime import time
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from models.rules.labels import Area
from models.section import EmailAddress, Section


def _read_time(value: Any) -> Any:
    # YAML reads 09:00 as a number in base sixty
    return time(value // 60, value % 60) if isinstance(value, int) and not isinstance(value, bool) else value


TimeOfDay = Annotated[time, BeforeValidator(_read_time)]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WorkingDays = Annotated[int, Field(ge=0, le=60)]
DaysAhead = tuple[Annotated[int, Field(ge=1, le=60)], ...]


class Hours(Section):
    """When somebody works, London time; bank holidays and closed days are free for all."""

    days: tuple[Weekday, ...] = ("monday", "tuesday", "wednesday", "thursday", "friday")
    from_time: TimeOfDay = time(9, 0)
    until_time: TimeOfDay = time(17, 0)

    @model_validator(mode="after")
    def _a_day_has_hours(self) -> "Hours":
        if self.from_time >= self.until_time:
            raise ValueError("until_time must be later than from_time")
        return self


class ComingUp(Section):
    """How many working days before a date its owner is reminded, by what is due."""

    acknowledge: DaysAhead = (3, 1)
    answer: DaysAhead = (5, 2, 1)
    duty: DaysAhead = (5, 1)
    recommendation: DaysAhead = (10, 5, 1)


class Missed(Section):
    """How many working days after a missed date each step of the ladder is told; 0: the day after it at once."""

    manager: WorkingDays = 0
    head_of_service: WorkingDays = 2
    corporate_lead: WorkingDays = 5


class NagSettings(Section):
    """When people are reminded; the hours are those of everybody who has none of their own.

    ``by_email_after_minutes``: reminders that Slack has not taken by then go by email too; None: none do.
    """

    coming_up_working_days: ComingUp = ComingUp()
    missed_working_days: Missed = Missed()
    by_email_after_minutes: Annotated[int, Field(ge=1, le=10_000)] | None = 30
    from_time: TimeOfDay = time(9, 0)
    until_time: TimeOfDay = time(17, 0)

    @model_validator(mode="after")
    def _a_day_has_hours(self) -> "NagSettings":
        if self.from_time >= self.until_time:
            raise ValueError("until_time must be later than from_time")
        return self


class Team(Section):
    """A team: the service areas it answers for, its Slack channel, who stands above it, and how cases are given out.

    - ``manager`` and ``head_of_service`` are addresses of officers; None: that step of the ladder is left out.
    - ``assign``: ``nobody`` (somebody takes it), ``rota`` (in turn) or ``load`` (who has fewest); ``most_cases`` is
      the most open cases anybody is given.
    """

    name: str
    areas: tuple[Area, ...]
    channel: str
    manager: EmailAddress | None = None
    head_of_service: EmailAddress | None = None
    assign: Literal["nobody", "rota", "load"] = "nobody"
    most_cases: Annotated[int, Field(ge=1)] | None = None


class OfficerEntry(Section):
    """Someone who works cases; ``hours`` are their own where they differ from ``nags``."""

    name: str
    email: EmailAddress
    slack_user: str
    areas: tuple[Area, ...] = ()
    is_corporate_lead: bool = False
    hours: Hours | None = None

    @model_validator(mode="after")
    def _works_somewhere(self) -> "OfficerEntry":
        if not self.areas and not self.is_corporate_lead:
            raise ValueError("an officer needs areas, or is_corporate_lead: true")
        return self


class ChiefExecutive(Section):
    """Who hears of Ombudsman recommendations that are late."""

    email: EmailAddress | None = None


class CloseOut(Section):
    """How an answered case comes to its end.

    So many working days after the answer a follow-up asks whether it was put right; after so many more without a
    word the case closes by itself. ``after_working_days`` None: only a person closes cases.
    """

    after_working_days: Annotated[int, Field(ge=1, le=120)] | None = None
    quiet_working_days: Annotated[int, Field(ge=1, le=120)] = 10


class ActLinkSettings(Section):
    """Links in letters that let an officer or a partner act without Slack.

    ``address`` is where this program's web part is reached from outside, with a slash at the end; "" gives none out.
    """

    address: str = ""
    valid_days: Annotated[int, Field(ge=1, le=60)] = 7
