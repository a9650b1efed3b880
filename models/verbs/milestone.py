"""Record that something happened on which dates hang: a panel met or reported, a hazard is known or investigated."""

from collections.abc import Mapping
from datetime import date

from sqlmodel import Session

from models.case import Case
from models.clock import in_words, london_date
from models.duties import Done, check_day, settle_done
from models.duty import DutyState
from models.duty_list import Result, Which, duties, result
from models.handling import check_entitled
from models.milestones import HAZARD_KNOWN, events_of, limits_of, milestones, start_clocks
from models.reckoning import happened, reckon
from models.record import record
from models.rules.errors import GivenWrong
from models.rules.procedures import ClockStart, FurtherLimit
from models.settings import Settings
from models.verbs.verb import Act, Asked, Values, Verb


def happen(act: Act, values: Values) -> str:
    """Note the day of an event, settle what it meets, and count anew what counts from it.

    An event that was noted before gets the new day: a slip of the pen must not move dates for ever. Raises GivenWrong
    for a day that cannot be, or that is not in the order of events.
    """
    case, event, on = act.case, values["event"], values["on"]
    check_entitled(case, act.by)
    check_day(case, on, field="on", now=act.now)
    days: dict[ClockStart, date] = {"escalation requested": case.received_on, **happened(case), event: on}
    _check_order(limits_of(case, act.settings), days, event)
    before = case.happened.get(event)
    case.happened = {**case.happened, event: on.isoformat()}
    if event == HAZARD_KNOWN:
        _raise_signals(act)
    record(act.session, case, "happened", by=act.by, now=act.now, event=event, on=on.isoformat(), before=before)
    late = _settle_met(act, event, on)
    start_clocks(act.session, case, settings=act.settings, now=act.now, by=act.by)
    reckon(case, settings=act.settings)
    case.look_again = act.now
    return f"{case.reference}: “{event}” is noted for {in_words(on)}.{late}{_what_follows(act, event)}"


def _raise_signals(act: Act) -> None:
    """A hazard that a person names is one, whatever the letters say."""
    limits = limits_of(act.case, act.settings)
    raised = [limit.signal.value for limit in limits if limit.of == HAZARD_KNOWN and limit.signal]
    act.case.signals = list(dict.fromkeys([*act.case.signals, *raised]))


def _check_order(limits: list[FurtherLimit], days: Mapping[ClockStart, date], event: ClockStart) -> None:
    waited_for = {limit.until for limit in limits}
    for limit in limits:
        if limit.until is None or event not in {limit.of, limit.until}:
            continue
        first, then = days.get(limit.of), days.get(limit.until)
        if limit.until == event and first is None and limit.of in waited_for:
            raise GivenWrong("event", f"Note “{limit.of}” first: it comes before “{event}”.")
        if first and then and then < first:
            raise GivenWrong("on", f"“{limit.until}” cannot come before “{limit.of}”, {in_words(first)}.")


def _settle_met(act: Act, event: ClockStart, on: date) -> str:
    found = milestones(act.session, act.case, settings=act.settings)
    keys = {each.key for each in found if each.limit.until == event}
    said = ""
    for duty, _ in duties(act.session, Which(case=act.case, include_settled=True)):
        # one that the same event met before has the new day too
        if duty.key in keys and (duty.state == DutyState.OPEN or duty.evidence == event):
            settle_done(act.session, act.case, duty, Done(on, event), by=act.by, now=act.now)
            said += " That was late." if result(duty) is Result.LATE else ""
    return said


def _what_follows(act: Act, event: ClockStart) -> str:
    today = london_date(act.now)
    after = [each for each in milestones(act.session, act.case, settings=act.settings) if each.limit.of == event]
    return "".join(
        f" By {in_words(each.due)}: {each.limit.what}{' (that day has passed)' if each.due < today else ''}."
        for each in after
    )


def _events(_session: Session, case: Case, settings: Settings) -> list[ClockStart]:
    return events_of(case, settings)


HAPPENED = Verb(
    "happened",
    "Something happened",
    "Notes the day of an event on which further dates hang, and counts those dates anew.",
    (Asked("event", "What happened", "choice", choices=_events), Asked("on", "On which day", "date")),
    happen,
)
