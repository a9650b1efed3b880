"""Who is told of a case by each step of the ladder, on one day, and when they may be told."""

from collections.abc import Iterator
from datetime import date, datetime

from sqlmodel import Session

from models.case import Case
from models.clock import london_date
from models.covering import Roster, roster, told_by
from models.people import Officer
from models.rules.labels import Area
from models.rules.reminders import Rung
from models.settings import Settings
from models.working_hours import hours_of, opening_from, opens

EVERYBODY = ""
"""In the place of somebody's name: the hours of all who have none of their own."""


class Recipients:
    """Who is told on the day of ``now``, or on another: what is read once serves for a batch of cases."""

    def __init__(self, session: Session, *, settings: Settings, now: datetime, day: date | None = None) -> None:
        self._session, self._settings, self._now = session, settings, now
        self._here: Roster = roster(session, day or london_date(now))
        self._on_days: dict[date, Recipients] = {}
        self._owners: dict[tuple[int | None, Area, int], str] = {}
        self._named: dict[tuple[Area, Rung], tuple[Officer, ...]] = {}
        self._above: dict[tuple[Area, Rung], tuple[str, ...]] = {}
        self._open: dict[str, bool] = {}
        self._openings: dict[tuple[str, date | None], datetime] = {}

    def of(self, case: Case, rung: Rung, *, owner_id: int | None = None) -> tuple[str, ...]:
        """Whom a step tells: Slack users, or the team's channel where nobody owns the case; () where nobody is set.

        ``owner_id`` is the owner of a duty, where that is not the case's own. Whoever is away is stood in for.
        """
        if rung is not Rung.OWNER:
            return self._those_above(case.main_area, rung)
        if owner_id is not None and owner_id != case.owner_id:
            return (self._of_duty(case, owner_id),)
        return (self._owner(case),)

    def named(self, case: Case, rung: Rung, *, owner_id: int | None = None) -> tuple[str, ...]:
        """Whom a step is meant for, though they may be away; () where nobody is set, or nobody owns the case."""
        if rung is not Rung.OWNER:
            return tuple(officer.slack_user for officer in self._named_above(case.main_area, rung))
        number = owner_id or case.owner_id
        owner = self._here.officers.get(number) if number else None
        return (owner.slack_user,) if owner else ()

    def looks(
        self, case: Case, rung: Rung, *, on: date | None = None, owner_id: int | None = None
    ) -> Iterator[datetime]:
        """When a step is to be looked at to tell it in time, from now or from a day ``on`` which it is reached.

        At the openings of those it is meant for and of who stands in by what is known of that day. And of everybody's:
        who is away then, and when others work, may change until then.
        """
        then = self._on(london_date(self.opening(EVERYBODY, on))) if on else self
        meant, told = self.named(case, rung, owner_id=owner_id), then.of(case, rung, owner_id=owner_id)
        yield from (self.opening(who, on) for who in dict.fromkeys((EVERYBODY, *meant, *told)))

    def _on(self, day: date) -> "Recipients":
        if day not in self._on_days:
            self._on_days[day] = Recipients(self._session, settings=self._settings, now=self._now, day=day)
        return self._on_days[day]

    def is_open(self, who: str) -> bool:
        """Whether they may be reminded now; ``who`` is EVERYBODY, a Slack user or a channel."""
        if who not in self._open:
            self._open[who] = opens(self._now, settings=self._settings, hours=hours_of(who, self._settings))
        return self._open[who]

    def opening(self, who: str, day: date | None = None) -> datetime:
        """When they may be reminded next: the first opening of their hours on that day or later, and after now."""
        if (who, day) not in self._openings:
            hours, first = hours_of(who, self._settings), day or london_date(self._now)
            self._openings[who, day] = opening_from(first, self._now, settings=self._settings, hours=hours)
        return self._openings[who, day]

    def _owner(self, case: Case) -> str:
        key = (case.owner_id, case.main_area, case.stage)
        if case.owner_id is None or self._is_here(case.owner_id):
            if key not in self._owners:
                self._owners[key] = told_by(self._session, case, self._here, settings=self._settings)
            return self._owners[key]
        # a cover is asked for each case whether they may act on it
        return told_by(self._session, case, self._here, settings=self._settings)

    def _is_here(self, number: int) -> bool:
        return number in self._here.officers and number not in self._here.away

    def _of_duty(self, case: Case, owner_id: int) -> str:
        owner = self._here.officers.get(owner_id)
        found = self._here.stands_in(owner) if owner else None
        return found.slack_user if found else self._owner(case)

    def _those_above(self, area: Area, rung: Rung) -> tuple[str, ...]:
        if (area, rung) not in self._above:
            self._above[area, rung] = tuple(self._find_above(area, rung))
        return self._above[area, rung]

    def _find_above(self, area: Area, rung: Rung) -> list[str]:
        standing_in = (self._here.stands_in(officer) for officer in self._named_above(area, rung))
        return list(dict.fromkeys(officer.slack_user for officer in standing_in if officer))

    def _named_above(self, area: Area, rung: Rung) -> tuple[Officer, ...]:
        if (area, rung) not in self._named:
            team = self._settings.team_for(area)
            email = (team.manager if rung is Rung.MANAGER else team.head_of_service) or ""
            everybody = (officer for officer in self._here.officers.values() if officer.is_active)
            self._named[area, rung] = tuple(
                officer
                for officer in everybody
                if (officer.is_corporate_lead if rung is Rung.CORPORATE_LEAD else officer.email == email.lower())
            )
        return self._named[area, rung]
