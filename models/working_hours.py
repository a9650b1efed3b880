"""When people work, and so may be reminded: their own hours or everybody's, London time, never on a free day."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from models.clock import LONDON, london_date, london_instant
from models.rules.working_days import WorkingCalendar, bank_holidays
from models.settings import Settings
from models.settings_people import Hours

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_A_YEAR = 366


def hours_of(who: str, settings: Settings) -> Hours:
    """The hours of a Slack user who has some of their own; everybody else's, and a channel's, are the reminders'."""
    own = next((officer.hours for officer in settings.officers if officer.slack_user == who), None)
    return own or Hours(from_time=settings.nags.from_time, until_time=settings.nags.until_time)


def opens(now: datetime, *, settings: Settings, hours: Hours) -> bool:
    """Whether somebody with these hours may be reminded at this instant."""
    there = now.astimezone(LONDON)
    return hours.from_time <= there.time() < hours.until_time and _works(there.date(), hours, settings.calendar())


def opening_from(day: date, now: datetime, *, settings: Settings, hours: Hours) -> datetime:
    """The first instant after now, and on that day or later, at which these hours begin.

    Hours on days that never come within a year are everybody's: nobody is left without a reminder for ever.
    """
    calendar = settings.calendar()
    for each in _days_from(max(day, london_date(now))):
        instant = london_instant(each, hours.from_time)
        if instant > now and _works(each, hours, calendar):
            return instant
    return next_opening(now, settings=settings)


def in_working_hours(now: datetime, *, settings: Settings) -> bool:
    """Whether people without hours of their own may be reminded at this instant."""
    return opens(now, settings=settings, hours=hours_of("", settings))


def are_open(now: datetime, *, settings: Settings) -> bool:
    """Whether anybody works at this instant: somebody with hours of their own, or all who have none."""
    own = (officer.hours for officer in settings.officers if officer.hours)
    return in_working_hours(now, settings=settings) or any(opens(now, settings=settings, hours=hours) for hours in own)


def next_opening(now: datetime, *, settings: Settings) -> datetime:
    """The next instant, after now, at which a working day's hours begin."""
    calendar = settings.calendar()
    today = london_date(now)
    at = london_instant(today, settings.nags.from_time)
    if now < at and calendar.is_working_day(today):
        return at
    return london_instant(calendar.next_working_day(today), settings.nags.from_time)


def _works(day: date, hours: Hours, calendar: WorkingCalendar) -> bool:
    """A weekend day counts for whoever has it in their hours; bank holidays and closed days for nobody."""
    is_free = day in calendar.closed_days or day in bank_holidays(calendar.name, day.year)
    return _DAYS[day.weekday()] in hours.days and not is_free


def _days_from(day: date) -> Iterator[date]:
    return (day + timedelta(days=ahead) for ahead in range(_A_YEAR))
