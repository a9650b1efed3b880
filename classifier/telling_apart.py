"""Telling apart: pairs of messages that tell one story and differ in kind, where only the boundary can help.

A model that knows what bins and potholes sound like does well on messages of different stories. In one story place,
thing and writer's words are much the same, and what is left is what the labels mean. Of a pair, three things are asked:

- *Told apart*: of the two kinds in question, does each message's own have the higher probability? It is the strictest
  one, and what an officer meets: both messages land on their side of the line.
- *Matched*: of the two ways to share out the two kinds between the two messages, is the right one the likelier? It does
  not ask where the line is drawn, so it shows whether the messages are told from each other at all.
- *The right way round*, where one of the two is a complaint: is the complaint the likelier complaint? This asks the
  same of one probability alone.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from classifier.examples import Example
from classifier.tables import Table, share
from models.rules.labels import KINDS, Kind

MOST_ROWS = 12
"""Pairs of kinds that the table shows, the most frequent first; the rest stand together."""

Chances = Mapping[Kind, float]
Told = tuple[Example, Chances]
Pair = tuple[Told, Told]


@dataclass(frozen=True)
class Apart:
    """How many pairs there are, how many were told apart, matched with their kinds, and put the right way round.

    ``round`` is None for two kinds of which neither is a complaint.
    """

    pairs: int
    apart: int
    matched: int
    round: int | None

    def cells(self) -> tuple[str, str, str, str]:
        """The row of a table."""
        shares = ["–" if found is None else share(found / (self.pairs or 1)) for found in self._found()]
        return str(self.pairs), shares[0], shares[1], shares[2]

    def _found(self) -> tuple[int, int, int | None]:
        return self.apart, self.matched, self.round

    def as_dict(self) -> dict[str, int | None]:
        """The counts by name."""
        return {"pairs": self.pairs, "apart": self.apart, "matched": self.matched, "right_way_round": self.round}


@dataclass(frozen=True)
class ToldApart:
    """The pairs of a set of examples: all, those with a complaint, and by the two kinds."""

    scenarios: int
    every: Apart
    complaints: Apart
    by_kinds: dict[tuple[Kind, Kind], Apart]

    def as_dict(self) -> dict[str, Any]:
        """The counts by name, as JSON can hold them."""
        return {
            "scenarios": self.scenarios,
            "all": self.every.as_dict(),
            "with_a_complaint": self.complaints.as_dict(),
            "by_kinds": {f"{one}/{other}": apart.as_dict() for (one, other), apart in self.by_kinds.items()},
        }

    def table(self, title: str) -> Table:
        """The shares, the most frequent pairs of kinds one by one."""
        shown = list(self.by_kinds.items())[:MOST_ROWS]
        rest = [apart for _, apart in list(self.by_kinds.items())[MOST_ROWS:]]
        rows = [("all", *self.every.cells()), ("with a complaint", *self.complaints.cells())]
        rows += [(f"{KINDS[one].name} / {KINDS[other].name.lower()}", *apart.cells()) for (one, other), apart in shown]
        rows += [("other kinds", *_sum(rest).cells())] if rest else []
        note = f"From {self.scenarios} scenarios with messages of different kinds."
        return Table(title, ("pairs", "count", "told apart", "matched", "right way round"), rows, note=note)


def tell_apart(told: Iterable[Told]) -> ToldApart:
    """Every pair of messages of one scenario and different kinds, with the probabilities a model gives their kinds.

    The model must not have been trained on any of them.
    """
    stories: dict[str, list[Told]] = defaultdict(list)
    for each in told:
        stories[each[0].scenario].append(each)
    pairs = [pair for story in stories.values() for pair in combinations(story, 2) if len(set(_kinds(pair))) > 1]
    by_kinds: dict[tuple[Kind, Kind], list[Pair]] = defaultdict(list)
    for pair in pairs:
        by_kinds[_kinds(pair)].append(pair)
    counted = {kinds: _count(kinds, found) for kinds, found in by_kinds.items()}
    return ToldApart(
        scenarios=len({one[0].scenario for one, _ in pairs}),
        every=_sum(counted.values()),
        complaints=_sum(apart for kinds, apart in counted.items() if Kind.COMPLAINT in kinds),
        by_kinds=dict(sorted(counted.items(), key=lambda item: (-item[1].pairs, item[0]))),
    )


def _count(kinds: tuple[Kind, Kind], pairs: Sequence[Pair]) -> Apart:
    apart = sum(_are_told_apart(one, other) for one, other in pairs)
    matched = sum(_are_matched(one, other) for one, other in pairs)
    turned = sum(_are_right_way_round(one, other) for one, other in pairs) if Kind.COMPLAINT in kinds else None
    return Apart(len(pairs), apart, matched, turned)


def _are_told_apart(one: Told, other: Told) -> bool:
    mine, its = one[0].kind, other[0].kind
    return _chance(one, mine) > _chance(one, its) and _chance(other, its) > _chance(other, mine)


def _are_matched(one: Told, other: Told) -> bool:
    mine, its = one[0].kind, other[0].kind
    return _chance(one, mine) * _chance(other, its) > _chance(one, its) * _chance(other, mine)


def _are_right_way_round(one: Told, other: Told) -> bool:
    complaint, rest = (one, other) if one[0].kind is Kind.COMPLAINT else (other, one)
    return _chance(complaint, Kind.COMPLAINT) > _chance(rest, Kind.COMPLAINT)


def _chance(told: Told, kind: Kind) -> float:
    return told[1].get(kind, 0.0)


def _kinds(pair: Pair) -> tuple[Kind, Kind]:
    """The two kinds, always in the same order, a complaint first."""
    one, other = sorted((each[0].kind for each in pair), key=lambda kind: (kind is not Kind.COMPLAINT, kind))
    return one, other


def _sum(counted: Iterable[Apart]) -> Apart:
    """All together; None for the way round where one of them has none."""
    total: Counter[str] = Counter()
    each = list(counted)
    for apart in each:
        total.update(pairs=apart.pairs, apart=apart.apart, matched=apart.matched, round=apart.round or 0)
    known = all(apart.round is not None for apart in each)
    return Apart(total["pairs"], total["apart"], total["matched"], total["round"] if known else None)
