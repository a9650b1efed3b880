"""What is due on a case and when: always worked out from what happened, never from an earlier result."""

from datetime import date

from models.case import Case
from models.rules.deadlines import Deadlines, Happened, deadlines
from models.rules.procedures import Procedure, Stage
from models.settings import Settings


def procedure_of(case: Case, settings: Settings) -> Procedure:
    """The procedure a case is on."""
    return settings.procedures[case.procedure]


def stage_of(case: Case, settings: Settings) -> Stage:
    """The stage a case is at, with the limits that hold for its service and its day of receipt."""
    return procedure_of(case, settings).stage(case.stage, area=case.main_area, received=case.received_on)


def reckon(case: Case, *, settings: Settings) -> None:
    """Set ``acknowledge_by`` and ``respond_by`` from what happened at this stage.

    - Days on which the clock stood still are added to the limit; a date agreed with the person replaces it;
      an extension never brings a date forward.
    - Kinds the procedure does not answer have no date for an answer.
    - Where a procedure sets no limit for the acknowledgement, it is due with the answer at the latest.
    """
    due = due_dates(case, settings)
    answer = _answer_by(case, due, settings)
    case.acknowledge_by = due.acknowledge_by or due.respond_by or case.received_on
    needs_answer = case.kind is None or case.kind in procedure_of(case, settings).answers
    case.respond_by = answer if needs_answer else None


def due_dates(case: Case, settings: Settings, *, extended: bool = False) -> Deadlines:
    """The dates the procedure itself sets at this stage; with ``extended`` also the longest extension's."""
    return deadlines(
        stage_of(case, settings),
        settings.calendar(case.procedure),
        received=case.received_on,
        happened=happened(case),
        extended=extended,
    )


def happened(case: Case) -> Happened:
    """The events of this stage that clocks count from."""
    days: dict[str, date | None] = {"acknowledged": case.acknowledged_on, "record agreed": case.scope_agreed_on}
    days |= {name: date.fromisoformat(day) for name, day in case.happened.items()}
    return {name: day for name, day in days.items() if day is not None}  # type: ignore[misc]  # all are clock starts


def limit_of_answer(case: Case, settings: Settings) -> date | None:
    """The procedure's own last day for the answer, with the days the clock stood still; None: it sets none."""
    return _later(case, due_dates(case, settings).respond_by, case.paused_days, settings)


def longest_extension(case: Case, settings: Settings) -> date | None:
    """The last day the answer may be put off to without good reason, paused days added; None: it may not be.

    Limit and extension are counted in one run, so it is the same day whether it is extended early or late.
    """
    return _later(case, due_dates(case, settings, extended=True).extended_respond_by, case.paused_days, settings)


def end_pause(case: Case, *, today: date, settings: Settings) -> int:
    """End the pause a case is in, give its working days back and reckon anew; returns how many they were.

    Given back is each working day after the one on which the pause began, up to and including ``today``: paused on a
    Monday and resumed on the Wednesday, two. So two pauses, one after the other, give back what one as long would.
    Dates that were told to the person, agreed or extended ones, move on with the limit.
    """
    if case.paused_on is None:
        return 0
    calendar = settings.calendar(case.procedure)
    stood = range(case.paused_on.toordinal() + 1, today.toordinal() + 1)
    given_back = sum(calendar.is_working_day(date.fromordinal(each)) for each in stood)
    case.paused_on, case.paused_days = None, case.paused_days + given_back
    case.agreed_by = _later(case, case.agreed_by, given_back, settings)
    case.extended_to = _later(case, case.extended_to, given_back, settings)
    reckon(case, settings=settings)
    return given_back


def _answer_by(case: Case, due: Deadlines, settings: Settings) -> date | None:
    by = case.agreed_by or _later(case, due.respond_by, case.paused_days, settings)
    return max(by, case.extended_to) if by and case.extended_to else by


def _later(case: Case, day: date | None, working_days: int, settings: Settings) -> date | None:
    if day is None or not working_days:
        return day
    return settings.calendar(case.procedure).last_day(day, working_days)
