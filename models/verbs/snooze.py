"""Snooze: no reminder of a date to come before a day, with the reason on record."""

from datetime import date

from models.case import Case
from models.case_clock import running_clock
from models.clock import in_words, london_date
from models.handling import check_entitled
from models.record import record
from models.rules.errors import GivenWrong, StepNotAllowed
from models.rules.reminders import Clock
from models.rules.working_days import WorkingCalendar
from models.verbs.verb import Act, Asked, Values, Verb

SNOOZED = "snoozed"

MOST_WORKING_DAYS = 20
"""How far ahead reminders may be put off: no longer than the longest ordinary limit, stage 2's 20 working days."""


def snooze(act: Act, values: Values) -> str:
    """Put reminders off to a day no later than the next date that is due; on that date it is reminded in any case.

    Raises StepNotAllowed when nothing is owed or it is late, GivenWrong and NotEntitled.
    """
    case, until = act.case, values["until"]
    check_entitled(case, act.by)
    clock = _clock_ahead(case, london_date(act.now))
    _check_day(until, clock, london_date(act.now), act.settings.calendar(case.procedure))
    case.snoozed_until = until
    details = {"until": until.isoformat(), "reason": values["reason"], "clock": clock.name}
    record(act.session, case, SNOOZED, by=act.by, now=act.now, **details, due=clock.due.isoformat())
    return f"No reminder of {case.reference} before {in_words(until)}. It stays due by {in_words(clock.due)}."


def _clock_ahead(case: Case, today: date) -> Clock:
    clock = running_clock(case)
    if clock is None:
        raise StepNotAllowed("No clock runs on it now, so nobody is reminded of one.")
    if today >= clock.due:
        raise StepNotAllowed(f"It was due by {in_words(clock.due)}: what is due or late is always reminded of.")
    return clock


def _check_day(until: date, clock: Clock, today: date, calendar: WorkingCalendar) -> None:
    if until <= today:
        raise GivenWrong("until", f"{in_words(until)} does not lie ahead.")
    if until > clock.due:
        raise GivenWrong("until", f"It is due by {in_words(clock.due)}; no reminder is put off beyond that day.")
    if until > (latest := calendar.last_day(today, MOST_WORKING_DAYS)):
        sentence = f"Reminders may be put off for {MOST_WORKING_DAYS} working days, to {in_words(latest)}."
        raise GivenWrong("until", sentence)


SNOOZE = Verb(
    name="snooze",
    title="Remind me later",
    does="No reminder of a date to come before the day you choose. On the day it is due you are reminded all the same.",
    fields=(
        Asked("until", "No reminder before", "date", hint=f"At most {MOST_WORKING_DAYS} working days ahead."),
        Asked("reason", "Why it can wait", "long text"),
    ),
    do=snooze,
    is_offered=lambda _session, case, _settings: running_clock(case) is not None,
)
