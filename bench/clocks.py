"""What a sweep of the deadlines costs: when nothing is due, by how many cases are open; and when many are due at once.

Run: .venv/bin/python -m bench.clocks [--cases 1000000] [--due 10000] [--rounds 5]
                                      [--database sqlite|postgresql|both] [--json]

The table of cases is filled by copying a few made ones in the database itself, a tenth and a hundredth of ``--cases``
on the way. A sweep is the two jobs of the timetable: “remind” and “tell nags”. PostgreSQL runs as in the tests,
without waiting for the disk; SQLite waits for it at each commit.
"""

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, text
from sqlmodel import col, update

from bench.intake import database
from bench.made_cases import copy_cases, made_cases
from jobs.parts import Parts
from jobs.remind import remind_some
from jobs.tell_nags import tell_nags
from models.case import Case
from models.clock import Clock, london_date
from models.db import open_ready, writing
from models.reading_settings import read_settings

ROOT = Path(__file__).parent.parent
_SWEEPS = 50
_OFFICERS = 20
MONDAY_MORNING = datetime(2026, 10, 12, 9, 0, tzinfo=UTC)
"""Ten o'clock in London."""

Figures = dict[str, list[float]]


def main() -> None:
    """Print the median and the spread of each figure."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--cases", type=int, default=1_000_000)
    asked.add_argument("--due", type=int, default=10_000)
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--database", choices=["sqlite", "postgresql", "both"], default="both")
    asked.add_argument("--json", action="store_true")
    given = asked.parse_args()
    for kind in ["sqlite", "postgresql"] if given.database == "both" else [given.database]:
        show(kind, measure(kind, given.cases, given.due, given.rounds), as_json=given.json)


def show(kind: str, figures: Figures, *, as_json: bool) -> None:
    """One table, or one object."""
    if as_json:
        print(json.dumps({"database": kind, **figures}))
        return
    print(kind)
    for name, found in figures.items():
        print(f"  {name:62} {statistics.median(found):9.1f}   ({min(found):.1f} to {max(found):.1f})")


def measure(kind: str, cases: int, due: int, rounds: int) -> Figures:
    """The empty sweep at three sizes, then many due at once at the largest."""
    with ExitStack() as at_end:
        folder = Path(at_end.enter_context(tempfile.TemporaryDirectory()))
        parts = the_parts(folder, at_end.enter_context(database(kind, folder)))
        at_end.callback(parts.engine.dispose)
        made_cases(parts, _OFFICERS)
        figures: Figures = {}
        for size in (cases // 100, cases // 10, cases):
            copy_cases(parts.engine, size, of=_OFFICERS)
            figures[f"empty sweep, {size} open cases, ms"] = [sweep(parts) * 1000 for _ in range(_SWEEPS)]
        day = london_date(parts.clock.now())
        figures |= many_due(parts, f"{due} due today", due, range(rounds), day)
        yesterday = day - timedelta(days=3)
        return figures | many_due(parts, f"{due} missed, with alerts", due, range(rounds, 2 * rounds), yesterday)


def the_parts(folder: Path, url: str) -> Parts:
    """A council with some officers, on a pretend Monday morning."""
    officers = [
        {"name": f"Officer {n}", "email": f"o{n}@x.example", "slack_user": f"U{n:03}", "areas": ["highways_transport"]}
        for n in range(_OFFICERS)
    ]
    changes = {"TOCSIN__DATABASE__URL": url, "TOCSIN__OFFICERS": json.dumps(officers)}
    clock = Clock(folder / "clock")
    clock.move_to(MONDAY_MORNING)
    return Parts(read_settings(ROOT / "config.yaml", changes), open_ready(url), clock, {}, nobody)


def many_due(parts: Parts, name: str, due: int, rounds: Sequence[int], day: date) -> Figures:
    """Nags a second when so many cases are due a look at once; each round has cases of its own."""
    rates = []
    for number in rounds:
        make_due(parts, range(_OFFICERS + number * due + 1, _OFFICERS + (number + 1) * due + 1), day)
        before = counted(parts.engine)
        took = sweep(parts)
        new = {table: count - before[table] for table, count in counted(parts.engine).items()}
        if min(new["nag"], new["case_event"]) < due:
            raise RuntimeError(f"only {new} of {due} were given")
        rates.append(new["nag"] / took)
    return {f"{name}: nags a second": rates}


def make_due(parts: Parts, numbers: range, day: date) -> None:
    """Let these cases be due on a day, and looked at now."""
    with writing(parts.engine) as session:
        those = col(Case.id).between(numbers.start, numbers.stop - 1)
        session.exec(update(Case).where(those).values(acknowledge_by=day, look_again=parts.clock.now()))


def counted(engine: Engine) -> dict[str, int]:
    """How many rows a sweep's tables have."""
    with engine.connect() as connection:
        return {
            table: int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())  # noqa: S608 -- our names
            for table in ("nag", "case_event", "outbox_entry")
        }


def sweep(parts: Parts) -> float:
    """How long both jobs take, in seconds, done until nothing is left."""
    began = time.perf_counter()
    for job in JOBS:
        while job(parts):
            pass
    return time.perf_counter() - began


def nobody() -> Any:
    """In the place of the classifier."""
    raise AssertionError("nothing is classified here")


JOBS: tuple[Callable[[Parts], bool], ...] = (remind_some, tell_nags)


if __name__ == "__main__":
    main()
