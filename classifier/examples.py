"""Examples: the starter corpus and other labelled messages, read from JSON lines and checked.

Lines of one scenario say one thing in several ways; a split keeps them together,
otherwise a model is examined on what it has learnt by heart.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from models.rules.labels import Area, Kind, Signal

CORPUS = Path(__file__).parent / "corpus"
"""The starter corpus, written for Tocsin about invented people.

``ordinary`` is like an ordinary week's mail, kinds in about their true proportions; ``boundary`` is written along the
lines between kinds, the same matter told in ways that differ only there.
"""
_ORDINARY = "ordinary"
FROZEN = Path(__file__).parent / "frozen"
"""Examples of the same form that no model is ever trained on."""

CHANNELS = frozenset({"app", "web", "email", "phone", "letter"})
_NEEDED = ("id", "scenario", "channel", "subject", "body", "kind", "areas", "signals")
_Label = TypeVar("_Label", bound=StrEnum)


class CorpusError(ValueError):
    """A line of the corpus cannot be used."""

    def __init__(self, path: Path, line: int, problem: str) -> None:
        super().__init__(f"{path.name}, line {line}: {problem}")


@dataclass(frozen=True)
class Example:
    """A message and what a person says it is; the main area stands first.

    ``is_ordinary``: it is like what arrives; otherwise it was made hard on purpose.
    """

    id: str
    scenario: str
    channel: str
    subject: str
    body: str
    kind: Kind
    areas: tuple[Area, ...]
    signals: tuple[Signal, ...] = ()
    sender: str = ""
    is_ordinary: bool = False


def read_corpus(folder: Path = CORPUS) -> list[Example]:
    """Every example in the folder's ``*.jsonl`` and those of the folders in it, in order of id.

    Raises ``CorpusError``, which says which line is wrong and why.
    """
    found: dict[str, Example] = {}
    for path in _files(folder):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if line.strip():
                example = _example(path, number, line)
                if example.id in found:
                    raise CorpusError(path, number, f"the id {example.id} is used twice.")
                found[example.id] = example
    return [found[key] for key in sorted(found)]


def corpus_hash(folder: Path = CORPUS) -> str:
    """A hash of the corpus files' contents, the same for the same files anywhere."""
    digest = sha256()
    for path in _files(folder):
        digest.update(
            path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n") + b"\0"
        )
    return digest.hexdigest()


def folds(scenarios: Sequence[str], count: int, *, seed: int = 0) -> list[int]:
    """Which fold (0 to ``count`` - 1) each line belongs to; lines of one scenario are never parted.

    Scenarios are dealt out in an order made from their names and the seed, so a new
    scenario does not move the old ones about more than it must.
    """
    order = sorted(set(scenarios), key=lambda name: sha256(f"{seed}:{name}".encode()).hexdigest())
    fold_of = {name: place % count for place, name in enumerate(order)}
    return [fold_of[name] for name in scenarios]


def _files(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.jsonl"))


def _example(path: Path, number: int, line: str) -> Example:
    fields = _fields(path, number, line)
    if fields["channel"] not in CHANNELS:
        raise CorpusError(path, number, f"the channel is none of {', '.join(sorted(CHANNELS))}.")
    areas = _labels(path, number, Area, fields["areas"])
    if not areas:
        raise CorpusError(path, number, "there must be at least one area.")
    return Example(
        **{name: str(fields[name]) for name in ("id", "scenario", "channel", "subject", "body")},
        kind=_labels(path, number, Kind, [fields["kind"]])[0],
        areas=areas,
        signals=_labels(path, number, Signal, fields["signals"]),
        sender=str(fields.get("sender") or ""),
        is_ordinary=path.parent.name == _ORDINARY,
    )


def _fields(path: Path, number: int, line: str) -> dict[str, Any]:
    try:
        fields = json.loads(line)
    except json.JSONDecodeError as error:
        raise CorpusError(path, number, "this is not JSON.") from error
    if not isinstance(fields, dict):
        raise CorpusError(path, number, "this is not an object with names and values.")
    missing = [name for name in _NEEDED if name not in fields]
    if missing:
        raise CorpusError(path, number, f"missing: {', '.join(missing)}.")
    return fields


def _labels(path: Path, number: int, known: type[_Label], values: Any) -> tuple[_Label, ...]:
    if not isinstance(values, list):
        raise CorpusError(path, number, "areas and signals must be lists.")
    words = {label.value: label for label in known}
    unknown = [str(value) for value in values if value not in words]
    if unknown:
        raise CorpusError(path, number, f"{', '.join(unknown)}: no such {known.__name__.lower()}.")
    return tuple(words[value] for value in values)
