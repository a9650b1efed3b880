"""When a coming end is to be told: a month before, then every week, and daily from a week before."""

from datetime import date, timedelta

SOON = 30
"""Days before the end from which it counts as near."""

DAILY_FROM = 7


def day_to_tell(ends: date, *, today: date) -> date | None:
    """The newest day, up to today, on which it was to be told; None while the end is not near.

    That day names the telling: one missed while the program was down is made up for, and none is repeated.
    """
    left = (ends - today).days
    if left > SOON:
        return None
    if left <= DAILY_FROM:
        return today
    since = (SOON - left) % 7
    return today - timedelta(days=since)
