"""From letters in Dovecot to classified cases with their cards in the outbox: how many a second, and what bounds it.

Run: .venv/bin/python -m bench.intake [--messages 1000] [--rounds 3] [--database sqlite|postgresql|both]
                                      [--corpus FOLDER] [--cases 100000] [--json]

Two processes do the work, as “tocsin run --only intake” beside “--only jobs” would: one keeps letters and makes
cases, one classifies. Every letter is durably kept, in small batches. Each round also times alone, in the same run,
what bounds the whole: fetching from IMAP, reading, classifying, and one durable commit for each letter.
``--corpus`` takes every file of a folder instead of made letters; ``--cases`` fills the database first.
"""

import argparse
import json
import multiprocessing
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, text

from bench.made import fill, letters
from classifier.suggest import Message, load
from intake.parse import parse
from intake.receive import receive
from jobs.collecting import collect_seldom
from jobs.parts import Parts
from jobs.process_inbound import process_some
from jobs.triage import triage_some
from jobs.watch_mailbox import keep_all, open_box
from models.clock import Clock
from models.db import open_engine, open_ready, writing
from models.reading_settings import read_settings
from models.settings import Settings
from tests.servers.dovecot import Dovecot
from tests.servers.postgres import Postgres

ROOT = Path(__file__).parent.parent
_LONGEST_SECONDS = 600.0

Rates = dict[str, float]


def main() -> None:
    """Print the median and the spread of each figure, in letters a second."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--messages", type=int, default=1000)
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--database", choices=["sqlite", "postgresql", "both"], default="both")
    asked.add_argument("--corpus", type=Path)
    asked.add_argument("--cases", type=int, default=0)
    asked.add_argument("--json", action="store_true")
    given = asked.parse_args()
    kinds = ["sqlite", "postgresql"] if given.database == "both" else [given.database]
    raws = corpus(given.corpus) if given.corpus else letters(given.messages)
    for kind in kinds:
        rounds = [one_round(kind, raws, given.cases) for _ in range(given.rounds)]
        show(kind, len(raws), given.cases, rounds, as_json=given.json)


def show(kind: str, count: int, cases: int, rounds: Sequence[Rates], *, as_json: bool) -> None:
    """One table, or one object."""
    figures = {name: sorted(each[name] for each in rounds) for name in rounds[0]}
    if as_json:
        print(json.dumps({"database": kind, "messages": count, "cases_before": cases, "a_second": figures}))
        return
    print(f"{kind}, {count} letters, {cases} cases before, {len(rounds)} rounds; letters a second")
    for name, found in figures.items():
        print(f"  {name:48} {statistics.median(found):8.0f}   ({found[0]:.0f} to {found[-1]:.0f})")


def corpus(folder: Path) -> list[bytes]:
    """Every file of a folder, however odd."""
    return [path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()]


def one_round(kind: str, raws: Sequence[bytes], cases: int) -> Rates:
    """The parts alone, then the whole."""
    with ExitStack() as at_end:
        folder = Path(at_end.enter_context(tempfile.TemporaryDirectory()))
        url = at_end.enter_context(database(kind, folder))
        mail = at_end.enter_context(Dovecot())
        settings = the_settings(folder, url, mail)
        fill(settings, cases)
        for raw in raws:
            mail.deliver(raw)
        rates = alone(settings, raws)
        return rates | {"whole: from Dovecot to the card in the outbox": whole(settings, len(raws))}


@contextmanager
def database(kind: str, folder: Path) -> Iterator[str]:
    """A new database, its file or server gone at the end."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'bench.db'}"
        return
    with Postgres() as server:
        yield server.url(server.new_database())


def the_settings(folder: Path, url: str, mail: Dovecot) -> Settings:
    """The project's own settings with the mailbox and the database of this round."""
    box = {"kind": "imap", "name": "bench", "host": "localhost", "port": mail.tls_port, "user": mail.user}
    return read_settings(
        ROOT / "config.yaml",
        {
            "TOCSIN__DATABASE__URL": url,
            "TOCSIN__MAILBOXES": json.dumps([box | {"ca_file": mail.ca_file}]),
            "TOCSIN__MAILBOXES__0__PASSWORD": mail.password,
            "TOCSIN__INTAKE__ATTACHMENTS": str(folder / "attachments"),
        },
    )


def alone(settings: Settings, raws: Sequence[bytes]) -> Rates:
    """Each part by itself, in this process."""
    emails = [parse(raw) for raw in raws]
    messages = [Message(email.subject, email.text) for email in emails]
    suggester = load(settings.classifier.artefact)
    return {
        "fetch from Dovecot": rate(lambda: fetch(settings), len(raws)),
        "read": rate(lambda: [parse(raw) for raw in raws], len(raws)),
        "classify, in batches of 50": rate(
            lambda: [suggester.suggest_many(messages[n : n + 50]) for n in range(0, len(messages), 50)], len(raws)
        ),
        "one durable commit each": rate(lambda: commit_each(raws), len(raws)),
    }


def rate(work: Callable[[], object], count: int) -> float:
    """How many a second."""
    began = time.perf_counter()
    work()
    return count / (time.perf_counter() - began)


def fetch(settings: Settings) -> None:
    """Every letter from the server, none marked."""
    box = open_box(settings.mailboxes[0], settings.intake)
    for _ in box.arrivals():
        pass
    box.close()


def commit_each(raws: Sequence[bytes]) -> None:
    """The raw bytes alone, each in a transaction of its own, in a database beside the one that is measured."""
    with tempfile.TemporaryDirectory() as folder:
        engine = open_ready(f"sqlite:///{folder}/commits.db")
        now = Clock().now()
        for raw in raws:
            with writing(engine) as session:
                receive(session, source="bench", raw=raw, now=now)
        engine.dispose()


def whole(settings: Settings, count: int) -> float:
    """Letters a second from the moment both processes are ready to the last card."""
    here = multiprocessing.get_context("spawn")
    ready, go, stop = here.Semaphore(0), here.Event(), here.Event()
    workers = [here.Process(target=work, args=(name, settings, ready, go, stop)) for name in WORK]
    for worker in workers:
        worker.start()
    for _ in workers:
        ready.acquire(timeout=60)
    engine = open_engine(settings.database.url)
    with engine.connect() as connection:
        before = {table: last(connection, table) for table in ("inbound_message", "mailbox_copy")}
    began = time.perf_counter()
    go.set()
    while (finished := done(engine, before)) < count and time.perf_counter() - began < _LONGEST_SECONDS:
        time.sleep(0.1)
    took = time.perf_counter() - began
    stop.set()
    for worker in workers:
        worker.join(20)
    engine.dispose()
    return finished / took


def last(connection: Connection, table: str) -> int:
    """The newest row there is before the clock starts."""
    return int(connection.execute(text(f"SELECT coalesce(max(id), 0) FROM {table}")).scalar_one())  # noqa: S608 -- our own names


def done(engine: Engine, before: Mapping[str, int]) -> int:
    """Messages that have come to their end since: put aside or ignored, or judged, with the card in the outbox."""
    aside = "SELECT count(*) FROM inbound_message WHERE id > :inbound_message AND disposition IN ('held', 'ignored')"
    judged = "SELECT count(*) FROM correspondence WHERE inbound_id > :inbound_message AND judge_at IS NULL"
    again = "SELECT count(*) - count(DISTINCT inbound_id) FROM mailbox_copy WHERE id > :mailbox_copy"
    with engine.connect() as connection:
        return sum(int(connection.execute(text(query), before).scalar_one()) for query in (aside, judged, again))


def work(name: str, settings: Settings, ready: Any, go: Any, stop: Any) -> None:
    """One of the two processes."""
    suggester = load(settings.classifier.artefact)
    parts = Parts(settings, open_ready(settings.database.url), Clock(), {}, lambda: suggester)
    collect_seldom()
    ready.release()
    go.wait()
    while not stop.is_set():
        WORK[name](parts)
        time.sleep(0.01)


def take_in(parts: Parts) -> None:
    """Keep what lies in the mailbox, while beside it, as in the program, cases are made of it."""
    box = open_box(parts.settings.mailboxes[0], parts.settings.intake)
    keeping = threading.Thread(target=keep_all, args=(parts, box))
    keeping.start()
    while process_some(parts) or keeping.is_alive():
        time.sleep(0.002)
    box.close()


def judge(parts: Parts) -> None:
    """Classify what waits."""
    while triage_some(parts):
        pass


WORK: dict[str, Callable[[Parts], None]] = {"take in": take_in, "judge": judge}


if __name__ == "__main__":
    main()
