"""What nobody looks after, because its owner has left or is away without cover, is told to the manager or the lead."""

from collections import defaultdict

from jobs.parts import Parts
from models.clock import london_date
from models.covering import roster
from models.db import reading, writing
from models.orphans import Orphan, orphans, who_hears
from models.outbox import put_already, put_line
from models.working_hours import in_working_hours

_NAMED = 10


def warn_of_orphans(parts: Parts) -> bool:
    """Tell each of them once each working day, in its hours. Always False: there is never more to do."""
    now, settings = parts.clock.now(), parts.settings
    today = london_date(now)
    if not in_working_hours(now, settings=settings):
        return False
    by_hearer: dict[str, list[Orphan]] = defaultdict(list)
    with reading(parts.engine) as session:
        here = roster(session, today)
        for each in orphans(session, here):
            by_hearer[who_hears(each, here, settings)].append(each)
        told = put_already(session, [_key(today, to) for to in by_hearer]) if by_hearer else set()
    if new := {to: found for to, found in by_hearer.items() if _key(today, to) not in told}:
        with writing(parts.engine) as session:
            for to, found in new.items():
                put_line(session, key=_key(today, to), to=to, text=_text(found), case_id=None, now=now)
    return False


def _key(today: object, to: str) -> str:
    return f"orphans of {today} for {to}"


def _text(found: list[Orphan]) -> str:
    named = list(dict.fromkeys(each.reference for each in found))
    listed = ", ".join(named[:_NAMED]) + (" and more" if len(named) > _NAMED else "")
    owners = sorted({f"{each.owner} {each.why}" for each in found})[:_NAMED]
    what = "thing is" if len(found) == 1 else "things are"
    return (
        f"{len(found)} {what} owed on cases that nobody looks after: {listed}. {'; '.join(owners)}. "
        "Give each case to somebody, or give a cover; “tocsin people orphans” lists them."
    )
