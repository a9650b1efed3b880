"""Who is away in the made year, who covers, and by plain counting who then is told in their place."""

from datetime import date, timedelta
from functools import cache

TEAM = "complaints-highways"
OWNERS = tuple(f"U{number:03}" for number in range(10))
MANAGER, HEAD, LEAD = "U100", "U101", "U102"

_A, _B, _C, _D, _E, _F, _G, _H, _I, _J = OWNERS
AWAY: tuple[tuple[str, date, int, str | None], ...] = (
    # who, the Monday they go, for so many weeks, who covers
    (_A, date(2026, 10, 26), 1, _F),
    (_D, date(2026, 10, 26), 2, _B),
    (_B, date(2026, 11, 2), 1, _G),  # the cover has a cover
    (_I, date(2026, 11, 2), 2, _J),
    (_J, date(2026, 11, 9), 1, _I),  # they cover for each other, and nobody is here
    (_C, date(2026, 11, 2), 2, None),
    (_F, date(2026, 12, 21), 2, None),
    (_G, date(2026, 12, 21), 2, _H),
    (_H, date(2026, 12, 28), 1, None),  # the cover goes away without one
    (_E, date(2026, 12, 28), 1, MANAGER),
    (MANAGER, date(2026, 12, 21), 1, None),  # then the team is told
    (MANAGER, date(2027, 1, 11), 1, HEAD),
    (HEAD, date(2027, 1, 4), 1, LEAD),
    (LEAD, date(2027, 1, 18), 1, HEAD),
    (_A, date(2027, 3, 22), 2, _C),
    (_B, date(2027, 3, 29), 1, None),
    (_H, date(2027, 3, 29), 2, None),
    (MANAGER, date(2027, 4, 5), 1, HEAD),
    (_I, date(2027, 4, 5), 1, LEAD),
    (_J, date(2027, 8, 2), 3, _A),
    (_C, date(2027, 8, 9), 2, None),
)
"""They go on a Monday, so that whoever works on some days only goes, and comes back, where a week of theirs begins."""


def absences() -> list[tuple[str, date, date, str | None]]:
    """Who is away, the first day, the last day, who covers."""
    return [(who, first, first + timedelta(days=7 * weeks - 1), cover) for who, first, weeks, cover in AWAY]


@cache
def stands_in(who: str, day: date) -> str | None:
    """Whoever acts for somebody: themselves, or down the line of covers somebody who is here; None: nobody."""
    away = {each: cover for each, first, last, cover in absences() if first <= day <= last}
    met: set[str] = set()
    found: str | None = who
    while found in away:
        if found in met:
            return None
        met.add(found)
        found = away[found]
    return found


def told(owner: str, day: date) -> str:
    """Who is told in an owner's place: a cover, else the manager's, else the team."""
    return owner if owner == TEAM else stands_in(owner, day) or stands_in(MANAGER, day) or TEAM
