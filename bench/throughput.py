"""How many messages a second become classified cases with a card in the outbox, beside what bounds it.

Run: .venv/bin/python bench/throughput.py [--messages 200] [--rounds 5]
Each round times the parts and the whole in one go, so that their ratio holds on a noisy machine.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

from classifier.examples import Example, read_corpus
from classifier.suggest import Message, Suggester, load
from intake.parse import parse
from intake.receive import receive
from jobs.parts import Parts
from jobs.process_inbound import process_one
from jobs.triage import triage_some
from models.clock import Clock
from models.db import open_ready, writing
from models.reading_settings import read_settings

ROOT = Path(__file__).parent.parent


def messages(count: int) -> list[bytes]:
    """Letters made of the starter corpus, each with an id and a sender of its own."""
    examples = read_corpus()
    return [_letter(number, examples[number % len(examples)]) for number in range(count)]


def _letter(number: int, example: Example) -> bytes:
    letter = EmailMessage()
    letter["From"] = f"resident{number}@residents.example"
    letter["Subject"] = " ".join(example.subject.split())[:100]
    letter["Message-ID"] = f"<{number}@bench.example>"
    letter.set_content(example.body)
    return letter.as_bytes()


def a_second(work: Callable[[], None], count: int) -> float:
    """How many a second."""
    began = time.perf_counter()
    work()
    return count / (time.perf_counter() - began)


def take_in(parts: Parts, raws: list[bytes]) -> None:
    """Every message kept on its own, then processed and judged."""
    for raw in raws:
        with writing(parts.engine) as session:
            receive(session, source="bench", raw=raw, now=parts.clock.now())
    while process_one(parts):
        pass
    while triage_some(parts):
        pass


def one_round(raws: list[bytes], suggester: Suggester, folder: Path) -> dict[str, float]:
    """Messages a second of each part, then of the whole."""
    settings = read_settings(ROOT / "config.yaml", {"TOCSIN__DATABASE__URL": f"sqlite:///{folder / 'bench.db'}"})
    parts = Parts(settings, open_ready(settings.database.url), Clock(), transports={}, suggester=lambda: suggester)
    emails = [parse(raw) for raw in raws]

    def read() -> None:
        for raw in raws:
            parse(raw)

    def judge() -> None:
        for email in emails:
            suggester.suggest(Message(email.subject, email.text))

    rates = {
        "parse alone": a_second(read, len(raws)),
        "classify alone": a_second(judge, len(raws)),
        "whole: kept, routed, judged, card in the outbox": a_second(lambda: take_in(parts, raws), len(raws)),
    }
    parts.engine.dispose()
    return rates


def main() -> None:
    """Print the median and the spread of each figure."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--messages", type=int, default=200)
    asked.add_argument("--rounds", type=int, default=5)
    given = asked.parse_args()
    suggester = load(ROOT / "var" / "model")
    raws = messages(given.messages)
    rounds = []
    for _ in range(given.rounds):
        with tempfile.TemporaryDirectory() as folder:
            rounds.append(one_round(raws, suggester, Path(folder)))
    for name in rounds[0]:
        figures = [each[name] for each in rounds]
        print(f"{name:50} {statistics.median(figures):8.0f} a second  ({min(figures):.0f} to {max(figures):.0f})")


if __name__ == "__main__":
    main()
