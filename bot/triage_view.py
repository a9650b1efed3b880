"""What waits to be sorted, as an officer may see it: cases nobody is sure of, and held messages."""

from dataclasses import dataclass
from datetime import date, datetime, time

from sqlmodel import Session

from models.case import Case
from models.case_clock import running_clock
from models.clock import london_date, london_instant
from models.held_list import Held, held_list
from models.people import Officer
from models.rules.labels import Area, Kind, Signal
from models.rules.reminders import Clock
from models.triage import Suggestion
from models.undoing import undoable
from models.unsure import Guess, guesses, unsure_cases

MOST_ROWS = 15
"""Cases, and held messages, that are listed; the Home tab takes 100 blocks, and a case has two."""

_MOST_UNDOABLE = 5


@dataclass(frozen=True)
class ToSort:
    """A case nobody is sure of, with why in our own words, and the clock that runs on it."""

    case_id: int
    reference: str
    area: Area
    guesses: tuple[Guess, ...]
    reasons: tuple[str, ...]
    signals: tuple[Signal, ...]
    clock: Clock | None


@dataclass(frozen=True)
class JustSorted:
    """A case whose kind or service the officer corrected today, and may still undo; by the correction's event."""

    case_id: int
    reference: str
    kind: Kind | None
    area: Area
    correction: int


@dataclass(frozen=True)
class Waiting:
    """How much waits to be sorted: cases, and held messages, which only the corporate team is told of."""

    unsure: int = 0
    held: int = 0


NOTHING_WAITS = Waiting()


@dataclass(frozen=True)
class Sorting:
    """The queue: the first of each list, and how many there are. ``note`` says what the last press did."""

    waiting: Waiting
    today: date
    rows: tuple[ToSort, ...] = ()
    held: tuple[Held, ...] = ()
    done: tuple[JustSorted, ...] = ()
    note: str = ""


def waiting(session: Session, officer: Officer) -> Waiting:
    """How much waits for an officer to sort it."""
    return Waiting(len(unsure_cases(session, officer)), len(_held(session, officer)))


def sorting(session: Session, officer: Officer, *, now: datetime, note: str = "") -> Sorting:
    """The queue as an officer may see it."""
    unsure, held = unsure_cases(session, officer), _held(session, officer)
    midnight = london_instant(london_date(now), time.min)
    done = undoable(session, officer, since=midnight)[:_MOST_UNDOABLE]
    return Sorting(
        waiting=Waiting(len(unsure), len(held)),
        today=london_date(now),
        rows=tuple(_to_sort(*row) for row in unsure[:MOST_ROWS]),
        held=tuple(held[:MOST_ROWS]),
        done=tuple(_just_sorted(case, event.id or 0) for case, event in done),
        note=note,
    )


def _held(session: Session, officer: Officer) -> list[Held]:
    return held_list(session) if officer.may_see([Area.CORPORATE_OTHER]) else []


def _to_sort(case: Case, said: Suggestion) -> ToSort:
    return ToSort(
        case.number,
        case.reference,
        case.main_area,
        guesses(said),
        tuple(said.reasons),
        tuple(Signal(signal) for signal in case.signals),
        running_clock(case),
    )


def _just_sorted(case: Case, correction: int) -> JustSorted:
    kind = Kind(case.kind) if case.kind else None
    return JustSorted(case.number, case.reference, kind, case.main_area, correction)
