"""A burst of presses: how soon each is acknowledged, how soon all are done, and that each is done once.

Run: .venv/bin/python -m bench.presses [--presses 200] [--database sqlite|postgresql] [--mode socket|http] [--json FILE]
“tocsin run --only bot” is a process of its own, as Slack (the demo's stand-in, in this process) is to it.
"""

import argparse
import json
import statistics
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlmodel import col, func, select

from bench.intake import database
from bot.receiving_http import PATH
from demo.slack import Envelope, SlackStandIn
from demo.slack.world import Message
from models.case import Case, CaseEvent
from models.clock import london_date
from models.db import open_engine, reading, upgrade, writing
from models.envelopes import Envelope as Kept
from models.people import Complainant
from tests.people import BEN, OFFICERS
from tests.servers.forked import Streams, start
from tests.servers.program import Program, wait_until
from tests.servers.smtp import free_port

_WITHIN_SECONDS = 1.0
_DONE_SECONDS = 120
_CHANNEL = "complaints-highways"


def main() -> None:
    """Print what was measured as JSON."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--presses", type=int, default=200)
    asked.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    asked.add_argument("--mode", choices=["socket", "http"], default="socket")
    asked.add_argument("--json", type=Path, help="where to write it as well")
    given = asked.parse_args()
    with ExitStack() as at_end:
        folder = Path(at_end.enter_context(tempfile.TemporaryDirectory()))
        url = at_end.enter_context(database(given.database, folder))
        measured = press_all(folder, url, presses=given.presses, mode=given.mode)
    written = json.dumps({"database": given.database, "mode": given.mode} | measured, indent=2)
    print(written)
    if given.json:
        given.json.write_text(written + "\n", encoding="utf-8")


def press_all(folder: Path, url: str, *, presses: int, mode: str, anew: bool = True) -> dict[str, Any]:
    """Take so many cases within a second, each by its own press, and wait until everything is done."""
    engine = open_engine(url)
    upgrade(engine)
    _make_cases(engine, presses)
    with SlackStandIn() as slack, listening(folder, url, slack, mode=mode, anew=anew):
        stamps = _make_cards(slack, presses)
        begun = time.monotonic()
        with ThreadPoolExecutor(presses) as hands:
            done = list(hands.map(lambda each: _press(slack, each, begun, presses), enumerate(stamps)))
        wait_until(lambda: _left(engine) == 0, _DONE_SECONDS, "not all presses were worked on")
        took = time.monotonic() - begun
    waits = sorted(each.latency for each in done if each.acked and each.latency is not None)
    cuts = statistics.quantiles(waits, n=100)
    acts = _acts(engine)
    engine.dispose()
    return {
        "presses": presses,
        "acked": len(waits),
        "ack_p50_seconds": round(cuts[49], 3),
        "ack_p99_seconds": round(cuts[98], 3),
        "acts": acts["acts"],
        "cases_acted_on": acts["cases"],
        "all_done_seconds": round(took, 2),
    }


class listening:  # noqa: N801 -- read as a verb
    """The program's part “bot” at work in a process of its own."""

    def __init__(self, folder: Path, url: str, slack: SlackStandIn, *, mode: str, anew: bool) -> None:
        self._log, self._anew = folder / "program.log", anew
        self._slack, self._mode, self._port = slack, mode, free_port()
        extra = {
            "TOCSIN__SLACK__MODE": mode,
            "TOCSIN__SLACK__PORT": str(self._port),
            "TOCSIN__SLACK__SIGNING_SECRET": slack.signing_secret,
        }
        self._environment = Program(folder, slack=slack, database_url=url, extra=extra).environment

    def __enter__(self) -> None:
        words, streams = ("run", "--only", "bot"), Streams.log(self._log)
        self._process = start(words, environment=self._environment, streams=streams, anew=self._anew)
        if self._mode == "socket":
            self._slack.wait_for_socket(seconds=60)
            return
        self._slack.post_to(f"http://127.0.0.1:{self._port}{PATH}", again_after=())
        ask = {"type": "url_verification", "challenge": "well"}
        wait_until(lambda: self._slack.sockets.deliver("events_api", ask).acked, 60, "it does not listen")

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(15)


def _make_cases(engine: Engine, count: int) -> None:
    now = datetime.now(UTC)
    with writing(engine) as session:
        session.add(Complainant(id=1, name="Somebody"))
        session.flush()
        for number in range(1, count + 1):
            session.add(
                Case(
                    id=number,
                    reference=f"B26-{number}",
                    areas=["highways_transport"],
                    is_triaged=True,
                    complainant_id=1,
                    received_on=london_date(now),
                    logged_at=now,
                    acknowledge_by=london_date(now),
                )
            )


def _make_cards(slack: SlackStandIn, count: int) -> list[str]:
    """A message with a Take it button for each case."""
    for officer in OFFICERS:
        slack.add_user(str(officer["slack_user"]), str(officer["name"]))
    channel, stamps = slack.add_channel(_CHANNEL), []
    for number in range(1, count + 1):
        words = {"type": "plain_text", "text": "Take it"}
        button = {"type": "button", "action_id": "take", "value": str(number), "text": words}
        blocks = [{"type": "actions", "block_id": "b", "elements": [button]}]
        message = Message(channel, slack.world.next_ts(), f"B26-{number}", blocks)
        slack.world.messages.append(message)
        stamps.append(message.ts)
    return stamps


def _press(slack: SlackStandIn, each: tuple[int, str], begun: float, count: int) -> Envelope:
    place, stamp = each
    time.sleep(max(0.0, begun + place * _WITHIN_SECONDS / count - time.monotonic()))
    return slack.press(BEN, _CHANNEL, stamp, "take")


def _left(engine: Engine) -> int:
    with reading(engine) as session:
        return session.exec(select(func.count()).select_from(Kept).where(col(Kept.look_at).is_not(None))).one()


def _acts(engine: Engine) -> dict[str, int]:
    with reading(engine) as session:
        taken = select(func.count(), func.count(func.distinct(CaseEvent.case_id))).where(CaseEvent.name == "taken")
        acts, cases = session.exec(taken).one()
    return {"acts": acts, "cases": cases}


if __name__ == "__main__":
    main()
