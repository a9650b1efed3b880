"""Procedures as data: stages, their time limits and rules, read from config.yaml.

What each must be able to express follows the Ombudsmen's codes and the statutory procedures; the figures
themselves, with their sources, stand in the shipped config.yaml.
"""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from models.rules.labels import Area, Kind, Signal
from models.rules.lengths import Length, LengthOfTime
from models.rules.procedure_checks import check_override, check_procedure, check_stage
from models.rules.working_days import WorkingCalendar

ClockStart = Literal[
    "received",
    "acknowledged",
    "escalation requested",
    "record agreed",
    "panel met",
    "panel reported",
    "hazard known",
    "hazard investigated",
]
"""What a limit is counted from. Of a later stage, “received” is the day it was asked for."""

Letter = Literal["receipt", "acknowledgement", "extension", "response", "not_accepted", "signpost", "close_out"]
"""The letters there are; an answer's own wording at a later stage is found by itself."""

NEEDS_ANSWER = (
    Kind.COMPLAINT,
    Kind.CHASER,
    Kind.INFORMATION_REQUEST,
    Kind.DATA_RIGHTS,
    Kind.OTHER_PROCESS,
    Kind.MEMBER_ENQUIRY,
)
"""Kinds that need an answer where a procedure does not say otherwise; a forgotten list loses no clock."""


class _Rule(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class TimeLimit(_Rule):
    """How long there is, and from which event it is counted.

    ``rolls``: a last day that is no working day moves to the next one. ``name``: what the date is also called.
    """

    within: LengthOfTime
    of: ClockStart
    rolls: bool = False
    name: str = ""

    def end(self, start: date, calendar: WorkingCalendar) -> date:
        """The last day, counted from the day after ``start``."""
        return self.ended(self.within, start, calendar)

    def ended(self, length: Length, start: date, calendar: WorkingCalendar) -> date:
        """The last day of another length (an extended one) that is counted as this limit is."""
        last = length.end(start, calendar)
        return calendar.next_working_day(last) if self.rolls and not calendar.is_working_day(last) else last


class FurtherLimit(TimeLimit):
    """A date beside the acknowledgement and the answer, such as the day a panel meets by.

    - ``name`` is the date's own, such as ``panel_by``; ``what`` says what is owed by then, as a person reads it.
    - ``until`` is the event that meets it; where that has not happened, later limits count from this date.
    - ``signal``: it runs only on a case that raised this signal (a hazard).
    """

    name: str
    what: str
    until: ClockStart | None = None
    signal: Signal | None = None


class Stage(_Rule):
    """One stage: acknowledge, respond, and the rules of the stage.

    - ``longest_extension``: how far the answer may be put off without recorded good reason; None: not at all.
    - ``by_agreement``: the date of the answer is agreed with the person; until it is, the limit stands.
    - ``pauses``: reasons for which the answer's clock may stand still.
    - ``independent_of``: stages whose decider may not decide this one.
    - ``roles``: who must be appointed; ``letters``: which letters the stage needs; ``outcomes``: its decisions.
    - ``ask_within``: how long a person has to ask for the next stage; late requests may still be taken.
    """

    name: str
    acknowledge: TimeLimit | None = None
    respond: TimeLimit | None = None
    longest_extension: LengthOfTime | None = None
    by_agreement: bool = False
    further: tuple[FurtherLimit, ...] = ()
    pauses: tuple[str, ...] = ()
    independent_of: tuple[int, ...] = ()
    roles: tuple[str, ...] = ()
    letters: tuple[Letter, ...] = ()
    outcomes: Annotated[tuple[str, ...], Field(min_length=1)] = ("upheld", "partly upheld", "not upheld", "resolved")
    ask_within: LengthOfTime | None = None

    @model_validator(mode="after")
    def _can_be_meant_so(self) -> "Stage":
        check_stage(self)
        return self


class Override(_Rule):
    """Other limits at one stage for some services, or for what was received in a span of time, or both.

    One for named services goes before one for all, and only one counts: what it does not say is the stage's own.
    """

    stage: int
    services: tuple[Area, ...] = ()
    received_from: date | None = None
    received_until: date | None = None
    acknowledge: TimeLimit | None = None
    respond: TimeLimit | None = None
    longest_extension: LengthOfTime | None = None

    @model_validator(mode="after")
    def _says_something(self) -> "Override":
        check_override(self)
        return self

    def applies(self, number: int, area: Area | None, received: date | None) -> bool:
        """Whether it speaks of that stage of a case of that service, received on that day."""
        is_of_service = not self.services or area in self.services
        is_after = self.received_from is None or (received is not None and received >= self.received_from)
        is_before = self.received_until is None or (received is not None and received <= self.received_until)
        return self.stage == number and is_of_service and is_after and is_before

    def values(self) -> Mapping[str, Any]:
        """What it says otherwise."""
        given = {name: getattr(self, name) for name in ("acknowledge", "respond", "longest_extension")}
        return {name: value for name, value in given.items() if value is not None}


class Procedure(_Rule):
    """A procedure: its stages, its calendar and who stands at the end of it.

    - ``answers``: kinds that need an answer; ``for_kinds`` and ``for_areas``: what usually belongs here.
    - ``nations``: where it is the law; () is everywhere.
    - ``may_begin_at``: stages at which a case may start besides the first.
    - ``accept_within``: how old a matter may be; older ones are taken where there is good reason.
    - ``clocks`` run beside every stage.
    """

    title: str
    calendar: Literal["england-and-wales", "scotland", "northern-ireland", "any-uk-nation"] | None = None
    stages: Annotated[tuple[Stage, ...], Field(min_length=1)]
    answers: tuple[Kind, ...] = NEEDS_ANSWER
    for_kinds: tuple[Kind, ...] = ()
    for_areas: tuple[Area, ...] = ()
    nations: tuple[Literal["england", "wales", "scotland", "northern-ireland"], ...] = ()
    may_begin_at: tuple[int, ...] = ()
    accept_within: LengthOfTime | None = None
    clocks: tuple[FurtherLimit, ...] = ()
    overrides: tuple[Override, ...] = ()
    external_body: str
    external_body_contact: str = ""
    external_body_in_welsh: str = ""

    @model_validator(mode="after")
    def _fits_together(self) -> "Procedure":
        check_procedure(self)
        return self

    def stage(self, number: int, *, area: Area | None = None, received: date | None = None) -> Stage:
        """Stage ``number``, counted from 1, as it stands for a service and a day of receipt.

        Raises LookupError with a sentence if there is none.
        """
        if not 1 <= number <= len(self.stages):
            has = "stage 1 alone" if len(self.stages) == 1 else f"stages 1 to {len(self.stages)}"
            msg = f"this procedure has {has}, not {number}"
            raise LookupError(msg)
        applying = [each for each in self.overrides if each.applies(number, area, received)]
        if not applying:
            return self.stages[number - 1]
        return self.overridden(max(applying, key=lambda each: bool(each.services)))

    def overridden(self, override: Override) -> Stage:
        """The stage an override speaks of, as it then is. Raises ValueError when that cannot be meant so."""
        return Stage.model_validate(dict(self.stages[override.stage - 1]) | dict(override.values()))
