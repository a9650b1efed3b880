"""Held out: precision, recall and calibration on scenarios of the corpus that the model had not seen."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from classifier.evaluation import Measure, Report, measures, report_of
from classifier.folding import Judged
from classifier.tables import Table, share
from models.rules.labels import AREAS, KINDS, NEVER_WAITS, SIGNALS, Definition, Signal


@dataclass(frozen=True)
class Alarm:
    """A signal that never waits: the share of its messages on which it is raised, and of all others.

    ``count`` is how many messages have it.
    """

    recall: float
    false_alarms: float
    count: int


@dataclass(frozen=True)
class HeldOut:
    """How models did on messages of stories that they had not seen.

    ``ordinary`` is the report on those that are like an ordinary week's mail, None where the corpus has none.
    Kinds go by the best guess; ``main_area`` is the share whose main area is named first.
    """

    report: Report
    ordinary: Report | None
    kinds: dict[str, Measure]
    areas: dict[str, Measure]
    signals: dict[str, Measure]
    never_waits: dict[str, Alarm]
    main_area: float

    def as_dict(self) -> dict[str, Any]:
        """The figures by name, as JSON can hold them."""
        return {
            "report": self.report.as_dict(),
            "ordinary": self.ordinary.as_dict() if self.ordinary else None,
            "kinds": _rounded(self.kinds),
            "areas": _rounded(self.areas),
            "signals": _rounded(self.signals),
            "never_waits": _rounded(self.never_waits),
            "main_area": round(self.main_area, 3),
        }

    def tables(self) -> Iterator[Table]:
        """The figures, by kind, by area, by signal, the reliability, the trade-off."""
        yield self._figures()
        yield _by_label("Kinds, by best guess", self.kinds, dict(KINDS))
        yield _by_label(f"Service areas (the main one first in {share(self.main_area)})", self.areas, dict(AREAS))
        yield self._alarms()
        yield _by_label("Other signals", self.signals, dict(SIGNALS))
        yield from self.report.tables()[1:]

    def _figures(self) -> Table:
        both = [self.report, *([self.ordinary] if self.ordinary else [])]
        columns = [each.figures() for each in both]
        rows = [(row[0][0], *(value for _, value in row)) for row in zip(*columns, strict=True)]
        return Table(
            "By the settings in force",
            ("figure", "all", *(["like ordinary mail"] if self.ordinary else [])),
            [row for row in rows if not row[0].startswith("Without")],
        )

    def _alarms(self) -> Table:
        return Table(
            "Signals that never wait",
            ("signal", "messages", "recall", "false alarms"),
            [
                (SIGNALS[Signal(name)].name, str(alarm.count), share(alarm.recall), share(alarm.false_alarms))
                for name, alarm in self.never_waits.items()
            ],
            note="False alarms: the share of messages without the signal on which it is raised.",
        )


def held_out(judged: Sequence[Judged]) -> HeldOut:
    """The report on messages, each judged by a model that had not seen its story."""
    signals = measures((set(map(str, each.example.signals)), set(map(str, each.signals))) for each in judged)
    ordinary = [each.verdict for each in judged if each.example.is_ordinary]
    return HeldOut(
        report=report_of([each.verdict for each in judged]),
        ordinary=report_of(ordinary) if ordinary else None,
        kinds=measures(({each.verdict.true.value}, {each.verdict.guess.value}) for each in judged),
        areas=measures((set(map(str, each.example.areas)), set(map(str, each.areas))) for each in judged),
        signals={name: measure for name, measure in signals.items() if name not in NEVER_WAITS},
        never_waits={signal.value: _alarm(judged, signal) for signal in Signal if signal in NEVER_WAITS},
        main_area=_share([each.example.areas[0] in each.areas[:1] for each in judged]),
    )


def _alarm(judged: Sequence[Judged], signal: Signal) -> Alarm:
    there = [signal in each.signals for each in judged if signal in each.example.signals]
    elsewhere = [signal in each.signals for each in judged if signal not in each.example.signals]
    return Alarm(_share(there), _share(elsewhere), len(there))


def _by_label(title: str, found: dict[str, Measure], names: dict[Any, Definition]) -> Table:
    return Table(
        title,
        ("label", "messages", "precision", "recall", "F1"),
        [
            (names[label].name, str(each.count), share(each.precision), share(each.recall), share(each.f1))
            for label, each in found.items()
        ],
    )


def _share(right: Sequence[bool]) -> float:
    return sum(right) / len(right) if right else 0.0


def _rounded(found: dict[str, Measure] | dict[str, Alarm]) -> dict[str, dict[str, float]]:
    return {name: {key: round(value, 3) for key, value in asdict(each).items()} for name, each in found.items()}
