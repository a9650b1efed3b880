"""Whose turn it is to be given a case."""

from collections.abc import Mapping, Sequence
from typing import Literal

Way = Literal["nobody", "rota", "load"]


def whose_turn(
    officers: Sequence[int], way: Way, *, last: int | None, owed: Mapping[int, int], most_cases: int | None
) -> int | None:
    """Of the officers who are here, by number, the one who gets the next case; None: nobody, or all have enough.

    - ``rota``: in the order of their numbers, from the one after the ``last`` who was given one.
    - ``load``: whoever has fewest in ``owed`` (how many each has; those with none may be left out); of several
      the one whose turn it would be.
    - Nobody who has ``most_cases`` is given another; None: there is no limit.
    """
    if way == "nobody":
        return None
    room = [number for number in officers if most_cases is None or owed.get(number, 0) < most_cases]
    in_turn = sorted(room, key=lambda number: (last is not None and number <= last, number))
    if way == "load":
        in_turn.sort(key=lambda number: owed.get(number, 0))
    return next(iter(in_turn), None)
