"""A year of clocks at full size: real workers, one pretend clock that jumps, SIGKILLs; then the ledger is counted.

Run: .venv/bin/python -m bench.clock_year [--cases 20000] [--kills 0.05] [--database sqlite|postgresql|both]

PostgreSQL has four workers, SQLite one. The counts are printed beside those that plain counting asks for; the program
ends with code 1 when any nag or alert is missing, doubled, unasked, or outside working hours.
"""

import argparse
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from bench.intake import database
from tests.journeys.year import WORKERS, run
from tests.journeys.year_ledger import Outcome


def main() -> None:
    """Let the year pass on each database asked for."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--cases", type=int, default=20_000)
    asked.add_argument("--kills", type=float, default=0.05)
    asked.add_argument("--database", choices=["sqlite", "postgresql", "both"], default="both")
    given = asked.parse_args()
    kinds = ["postgresql", "sqlite"] if given.database == "both" else [given.database]
    if any([not one_year(kind, given.cases, given.kills) for kind in kinds]):  # noqa: C419 -- all of them are run
        sys.exit(1)


def one_year(kind: str, cases: int, kills: float) -> bool:
    """Whether everything was as it must be."""
    with ExitStack() as at_end:
        folder = Path(at_end.enter_context(tempfile.TemporaryDirectory()))
        url = at_end.enter_context(database(kind, folder))
        began = time.perf_counter()
        outcome = run(url, folder, cases=cases, kills=kills)
    show(kind, cases, outcome, time.perf_counter() - began)
    return not outcome.problems()


def show(kind: str, cases: int, outcome: Outcome, took: float) -> None:
    """The counts of one year."""
    print(f"{kind}, {WORKERS[kind]} workers, {cases} cases, {took:.0f} s")
    print(f"  {outcome.jumps} jumps, {outcome.kills} SIGKILLs")
    given = f"{outcome.nags.total()} nags given ({outcome.stood_in} to stand-ins)"
    print(f"  {given}, {len(outcome.expected_nags)} steps to be told, messages {outcome.messages}")
    print(f"  alerts given {outcome.alerts.total()}, to be given {len(outcome.expected_alerts)}")
    print(f"  problems: {outcome.problems() or 'none'}", flush=True)


if __name__ == "__main__":
    main()
