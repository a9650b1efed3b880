"""The challenge: a new model against the one in use, on letters that neither has seen, kind by kind.

The new one is taken into use only when nothing important got worse; what it is better at is for people to read.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from classifier.evaluation import Measure
from classifier.examples import FROZEN, Example, read_corpus
from classifier.suggest import Message, Suggester
from models.rules.labels import KINDS, NEVER_WAITS, SIGNALS, Kind, Signal
from models.rules.opinions import Opinion

IMPORTANT = 0.01
"""What may be lost of each important share: complaints found, complaint or not, each danger found.

A letter in a hundred changes sides whenever a model is fitted anew, and would forbid every change. Where there are
fewer than a hundred letters with a danger, not one may be lost.
"""
LESSER = 0.05
"""What may be lost of each lesser share: F1 of a kind, letters given a kind, the main area.

A mistake there costs an officer a press of a button and nobody a right; with tens of letters a kind, one or two
are several hundredths.
"""
FEWEST = 10
"""Kinds with fewer letters than this are shown and decide nothing: one letter would be a tenth or more."""

_DANGERS = tuple(signal for signal in Signal if signal in NEVER_WAITS)
_Judged = Sequence[tuple[Example, Opinion]]
_ROUNDING = 1e-9


@dataclass(frozen=True)
class Figures:
    """How one model did. Kinds go by its best guess; ``missed`` counts complaints it named something else.

    ``own_right`` is the share of the council's own letters whose kind it guessed.
    """

    kinds: dict[str, Measure]
    never_waits: dict[str, Measure]
    complaint_or_not: float
    missed: int
    answered: float
    main_area: float
    own_right: float

    @property
    def important(self) -> dict[str, float]:
        """The shares that may hardly fall, by name."""
        complaints = self.kinds[Kind.COMPLAINT]
        return {
            "complaints found": complaints.recall,
            "complaints not named something else": 1 - _share(self.missed, complaints.count),
            "complaint or not": self.complaint_or_not,
            **{f"{name} found": measure.recall for name, measure in self.never_waits.items()},
        }

    @property
    def lesser(self) -> dict[str, float]:
        """The shares that may fall a little, by name."""
        kinds = {f"F1 of {kind}": measure.f1 for kind, measure in self.kinds.items() if measure.count >= FEWEST}
        return {**kinds, "given a kind": self.answered, "main area right": self.main_area}


@dataclass(frozen=True)
class Comparison:
    """Two models on the same letters; ``own`` of the ``lines`` are the council's own."""

    lines: int
    own: int
    champion: Figures
    challenger: Figures

    def worse(self) -> list[str]:
        """What got worse by more than is allowed, each as a few words; empty when the challenger may be promoted."""
        champion, challenger = self.champion, self.challenger
        return [
            *_fallen(champion.important, challenger.important, IMPORTANT),
            *_fallen(champion.lesser, challenger.lesser, LESSER),
        ]

    def as_dict(self) -> dict[str, Any]:
        """The figures by name, as JSON can hold them."""
        return {
            "lines": self.lines,
            "own": self.own,
            "champion": _rounded(self.champion),
            "challenger": _rounded(self.challenger),
            "worse": self.worse(),
        }

    def as_text(self) -> str:
        """The table a person reads: each share of the champion's beside the challenger's."""
        return "\n".join(self._rows())

    def _rows(self) -> Iterator[str]:
        champion, challenger = self.champion, self.challenger
        yield f"Compared on {self.lines} letters that neither was trained on, {self.own} of them the council’s own"
        yield f"{'':38} {'letters':>7}  {'champion':>24}  {'challenger':>24}"
        yield f"{'':38} {'':7}  {_HEADS:>24}  {_HEADS:>24}"
        for kind, before in champion.kinds.items():
            yield f"{KINDS[Kind(kind)].name:38} {before.count:7}  {_three(before)}  {_three(challenger.kinds[kind])}"
        for name, share in {**champion.important, "given a kind": champion.answered}.items():
            after = {**challenger.important, "given a kind": challenger.answered}[name]
            yield f"{_plain(name):38} {'':7}  {share:24.3f}  {after:24.3f}"
        yield f"{'main area right':38} {'':7}  {champion.main_area:24.3f}  {challenger.main_area:24.3f}"
        if self.own:
            own = f"{champion.own_right:24.3f}  {challenger.own_right:24.3f}"
            yield f"{'right kind of the council’s own':38} {self.own:7}  {own}"


def frozen_examples(folder: Path = FROZEN) -> list[Example]:
    """The letters that no model is ever trained on; raises ``CorpusError`` when one cannot be used."""
    return read_corpus(folder)


def compare(
    champion: Suggester, challenger: Suggester, frozen: Sequence[Example], own: Sequence[Example] = ()
) -> Comparison:
    """Both models on the frozen letters and on those of the council's own that were set aside.

    Dangers are looked for in the frozen ones alone, where people marked them; nobody corrects the signals of a case.
    """
    return Comparison(
        lines=len(frozen) + len(own),
        own=len(own),
        champion=_figures(_judge(champion, frozen), _judge(champion, own)),
        challenger=_figures(_judge(challenger, frozen), _judge(challenger, own)),
    )


def _judge(suggester: Suggester, examples: Sequence[Example]) -> _Judged:
    opinions = suggester.suggest_many([Message(e.subject, e.body, e.sender) for e in examples])
    return list(zip(examples, opinions, strict=True))


def _figures(frozen: _Judged, own: _Judged) -> Figures:
    every = [*frozen, *own]
    return Figures(
        kinds={kind.value: _of_kind(every, kind) for kind in Kind if _is_there(every, kind)},
        never_waits={signal.value: measure for signal in _DANGERS if (measure := _of_signal(frozen, signal)).count},
        complaint_or_not=_mean([_is_complaint(e.kind) == _is_complaint(o.guess) for e, o in every]),
        missed=sum(_is_complaint(e.kind) and o.kind not in {None, Kind.COMPLAINT} for e, o in every),
        answered=_mean([opinion.kind is not None for _, opinion in every]),
        main_area=_mean([e.areas[0] is o.areas[0].area for e, o in every]),
        own_right=_mean([e.kind is o.guess for e, o in own]),
    )


def _is_there(judged: _Judged, kind: Kind) -> bool:
    return _is_complaint(kind) or any(example.kind is kind for example, _ in judged)


def _of_kind(judged: _Judged, kind: Kind) -> Measure:
    return _measure([(example.kind is kind, opinion.guess is kind) for example, opinion in judged])


def _of_signal(judged: _Judged, signal: Signal) -> Measure:
    return _measure([(signal in example.signals, signal in opinion.signals) for example, opinion in judged])


def _measure(pairs: Sequence[tuple[bool, bool]]) -> Measure:
    """Each pair is whether it is so, and whether it was said."""
    there, said = sum(so for so, _ in pairs), sum(was for _, was in pairs)
    right = sum(so and was for so, was in pairs)
    return Measure(_share(right, said), _share(right, there), there)


def _fallen(before: Mapping[str, float], after: Mapping[str, float], allowed: float) -> list[str]:
    fell = {name: share for name, share in before.items() if share - after[name] > allowed + _ROUNDING}
    return [f"{_plain(name)} fell from {share:.3f} to {after[name]:.3f}" for name, share in fell.items()]


_HEADS = "precision recall    F1"
_NAMES = {signal.value: SIGNALS[signal].name.lower() for signal in _DANGERS} | {
    kind.value: KINDS[kind].name.lower() for kind in Kind
}


def _plain(name: str) -> str:
    """A share's name with labels as people say them."""
    return " ".join(_NAMES.get(word, word) for word in name.split())


def _three(measure: Measure) -> str:
    return f"{f'{measure.precision:9.3f} {measure.recall:6.3f} {measure.f1:5.3f}':>24}"


def _rounded(figures: Figures) -> dict[str, Any]:
    told = asdict(figures)
    for group, f1 in (("kinds", figures.kinds), ("never_waits", figures.never_waits)):
        told[group] = {
            name: {"precision": round(m.precision, 3), "recall": round(m.recall, 3), "f1": round(m.f1, 3)}
            | {"count": m.count}
            for name, m in f1.items()
        }
    return {name: round(value, 3) if isinstance(value, float) else value for name, value in told.items()}


def _is_complaint(kind: Kind) -> bool:
    return kind is Kind.COMPLAINT


def _mean(right: Sequence[bool]) -> float:
    return _share(sum(right), len(right))


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
