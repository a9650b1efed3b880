"""What an opinion costs: one message alone, many in batches, the artefact's size, and how soon “tocsin cases” starts.

Run: .venv/bin/python -m bench.classify [--messages 1000] [--rounds 5] [--artefact FOLDER] [--json]

The messages are the first of the starter corpus in the order of their ids' hashes, so that every round and every
machine reads the same. Times of one message are in milliseconds, waited for; of batches, messages a second.
"""

import argparse
import json
import multiprocessing
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from classifier.examples import read_corpus
from classifier.shelf import current_folder
from classifier.suggest import Message, Suggester, load
from models.reading_settings import read_settings

ROOT = Path(__file__).parent.parent
BATCH = 50
GOALS = {
    "alone, ms": "at most 4",
    "batches of 50, one process": "",
    "batches of 50, two processes": "at least 1000",
    "artefact, MB": "at most 30",
    "tocsin cases --help, s": "less than 1",
}


def main() -> None:
    """Print the median and the spread of each figure beside its goal."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--messages", type=int, default=1000)
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--artefact", type=Path, default=read_settings(ROOT / "config.yaml", {}).classifier.artefact)
    asked.add_argument("--json", action="store_true")
    given = asked.parse_args()
    figures = measure(given.artefact, messages(given.messages), given.rounds)
    if given.json:
        print(json.dumps({name: [round(value, 3) for value in found] for name, found in figures.items()}))
        return
    for name, found in figures.items():
        spread = f"({min(found):.2f} to {max(found):.2f})"
        print(f"{name:32} {statistics.median(found):9.2f}   {spread:22} {GOALS[name]}")


def messages(count: int) -> list[Message]:
    """So many of the corpus, mixed; its own again from the beginning when it has fewer."""
    mixed = sorted(read_corpus(), key=lambda example: sha256(example.id.encode()).hexdigest())
    return [Message(each.subject, each.body, each.sender) for each in (mixed * (count // len(mixed) + 1))[:count]]


def measure(artefact: Path, asked: Sequence[Message], rounds: int) -> dict[str, list[float]]:
    """Each figure as many times as there are rounds; of one message, once for each of them."""
    suggester = load(artefact)
    in_batches(suggester, asked)  # whatever is made at the first use is made now
    return {
        "alone, ms": [1000 * seconds_for(suggester, message) for message in asked],
        "batches of 50, one process": [rate_in_batches(suggester, asked) for _ in range(rounds)],
        "batches of 50, two processes": [rate_of_two(artefact, asked) for _ in range(rounds)],
        "artefact, MB": [size(artefact) / 1e6],
        "tocsin cases --help, s": [start_of_cases() for _ in range(rounds)],
    }


def seconds_for(suggester: Suggester, message: Message) -> float:
    """How long one message alone takes."""
    began = time.perf_counter()
    suggester.suggest(message)
    return time.perf_counter() - began


def in_batches(suggester: Suggester, asked: Sequence[Message]) -> None:
    """Every message, as the job of triage asks: so many at once."""
    for place in range(0, len(asked), BATCH):
        suggester.suggest_many(asked[place : place + BATCH])


def rate_in_batches(suggester: Suggester, asked: Sequence[Message]) -> float:
    """Messages a second in this process."""
    began = time.perf_counter()
    in_batches(suggester, asked)
    return len(asked) / (time.perf_counter() - began)


def rate_of_two(artefact: Path, asked: Sequence[Message]) -> float:
    """Messages a second of two processes side by side, each with a model of its own and all the messages."""
    here = multiprocessing.get_context("spawn")
    ready, go = here.Barrier(3), here.Barrier(3)
    workers = [here.Process(target=work, args=(artefact, asked, ready, go)) for _ in range(2)]
    for worker in workers:
        worker.start()
    ready.wait(60)
    go.wait(60)
    began = time.perf_counter()
    for worker in workers:
        worker.join()
    return 2 * len(asked) / (time.perf_counter() - began)


def work(artefact: Path, asked: Sequence[Message], ready: Any, go: Any) -> None:
    """One of the two processes."""
    suggester = load(artefact)
    in_batches(suggester, asked[:BATCH])
    ready.wait(60)
    go.wait(60)
    in_batches(suggester, asked)


def size(artefact: Path) -> int:
    """Bytes of the artefact that is in use."""
    return sum(path.stat().st_size for path in current_folder(artefact).iterdir() if path.is_file())


def start_of_cases() -> float:
    """Seconds until a fresh Python has loaded the command that lists cases and said how it is used."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "tocsin", "cases", "--help"]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
