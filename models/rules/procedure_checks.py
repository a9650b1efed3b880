"""What would make a procedure ambiguous or break later: found when the settings are read, and said in a sentence."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from models.rules.procedures import FurtherLimit, Override, Procedure, Stage, TimeLimit

_TAKEN = frozenset({"procedure", "stage", "calendar", "acknowledge_by", "respond_by", "extended_respond_by"})
"""What an answer of “tocsin deadlines” has already."""

_KNOWN_FROM_THE_START = frozenset({"received", "escalation requested", "acknowledged", "record agreed"})


def check_stage(stage: "Stage") -> None:
    """Raises ValueError with a sentence when one stage cannot be meant so."""
    _something_is_owed(stage)
    _extension_can_be_added(stage)
    limits = [("acknowledge", stage.acknowledge), *((each.name, each) for each in stage.further)]
    limits.append(("respond", stage.respond))
    named = [(name, limit) for name, limit in limits if limit is not None]
    _no_hours(stage.name, [(name, limit.within.unit) for name, limit in named])
    _no_hours(stage.name, [("ask_within", stage.ask_within.unit)] if stage.ask_within else [])
    if stage.acknowledge and stage.acknowledge.of == "acknowledged":
        raise ValueError(f"{stage.name}: the acknowledgement cannot be counted from itself")
    _events_come_first(stage.name, named, _KNOWN_FROM_THE_START)
    _dates_have_names_of_their_own(stage.name, [*stage.further, *([stage.respond] if stage.respond else [])])
    for what in ("pauses", "roles", "letters", "outcomes"):
        _none_twice(f"{stage.name}, {what}", getattr(stage, what))


def check_override(override: "Override") -> None:
    """Raises ValueError with a sentence when an override says nothing, or holds on no day."""
    if not override.values():
        raise ValueError("it changes nothing: give acknowledge, respond or longest_extension")
    if override.received_from and override.received_until and override.received_from > override.received_until:
        raise ValueError(
            f"it holds on no day: it ends on {override.received_until}, before it begins on {override.received_from}"
        )


def check_procedure(procedure: "Procedure") -> None:
    """Raises ValueError with a sentence when stages, clocks and overrides do not fit each other."""
    _stages_are_there(procedure)
    _none_twice("stages", [stage.name for stage in procedure.stages])
    _earlier_stages_are_earlier(procedure)
    _clocks_fit(procedure)
    _no_hours("this procedure", [("accept_within", procedure.accept_within.unit)] if procedure.accept_within else [])
    _overrides_fit(procedure)


def _something_is_owed(stage: "Stage") -> None:
    if stage.acknowledge is None and stage.respond is None:
        raise ValueError(f"{stage.name} has neither “acknowledge” nor “respond”: then nothing would ever be due")


def _extension_can_be_added(stage: "Stage") -> None:
    if stage.longest_extension is None:
        return
    if stage.respond is None:
        raise ValueError(f"{stage.name} has an extension and no “respond” that it could extend")
    stage.respond.within.plus(stage.longest_extension)


def _no_hours(where: str, units: Iterable[tuple[str, str]]) -> None:
    for name, unit in units:
        if unit == "hours":
            raise ValueError(f"{where}: “{name}” is in hours and must be in days; hours belong under “clocks”")


def _events_come_first(where: str, limits: "Iterable[tuple[str, TimeLimit]]", known: Iterable[str]) -> None:
    """Each limit counts from something that is known, or that a limit named before it leads to."""
    happened = set(known)
    for name, limit in limits:
        if limit.of not in happened:
            msg = f"{where}: “{name}” counts from “{limit.of}”, and no date before it has “until: {limit.of}”"
            raise ValueError(msg)
        happened |= {getattr(limit, "until", None) or limit.of}


def _dates_have_names_of_their_own(where: str, limits: "Iterable[TimeLimit]") -> None:
    names = [limit.name for limit in limits if limit.name]
    _none_twice(f"{where}, dates", names)
    for name in names:
        if name in _TAKEN:
            raise ValueError(f"{where}: “{name}” is the name of another date already")
        if not re.fullmatch("[a-z][a-z0-9_]*", name):
            raise ValueError(f"{where}: “{name}” must be a name in small letters, digits and underscores: panel_by")


def _none_twice(where: str, names: Iterable[str]) -> None:
    given = list(names)
    if twice := [name for name in given if given.count(name) > 1]:
        raise ValueError(f"{where}: “{twice[0]}” is there twice")


def _stages_are_there(procedure: "Procedure") -> None:
    count = len(procedure.stages)
    named = [*procedure.may_begin_at, *(each.stage for each in procedure.overrides)]
    named += [other for stage in procedure.stages for other in stage.independent_of]
    if wrong := sorted({number for number in named if not 1 <= number <= count}):
        has = "has stage 1 alone" if count == 1 else f"has stages 1 to {count}"
        raise ValueError(f"this procedure {has}; there is no stage {wrong[0]}")


def _earlier_stages_are_earlier(procedure: "Procedure") -> None:
    for number, stage in enumerate(procedure.stages, 1):
        if late := [other for other in stage.independent_of if other >= number]:
            raise ValueError(f"{stage.name} cannot be independent of stage {late[0]}, which is not before it")


def _clocks_fit(procedure: "Procedure") -> None:
    clocks: list[FurtherLimit] = list(procedure.clocks)
    _events_come_first("clocks", [(each.name, each) for each in clocks], {"received", "hazard known"})
    _dates_have_names_of_their_own("clocks", clocks)
    of_stages = {limit.name for stage in procedure.stages for limit in stage.further}
    if shared := sorted(of_stages & {each.name for each in clocks}):
        raise ValueError(f"“{shared[0]}” is the name of a clock and of a stage’s date")


def _overrides_fit(procedure: "Procedure") -> None:
    for number, override in enumerate(procedure.overrides, 1):
        try:
            procedure.overridden(override)
        except ValueError as wrong:
            raise ValueError(f"override {number} does not fit its stage: {_first_sentence(wrong)}") from None
    for (first, one), (second, other) in combinations(enumerate(procedure.overrides, 1), 2):
        if clash := next(_shared(one, other), None):
            raise ValueError(f"overrides {first} and {second} both speak of stage {one.stage} {clash}")


def _first_sentence(wrong: ValueError) -> str:
    """Without the frame that the reader of settings puts around it."""
    errors = getattr(wrong, "errors", None)
    return str(errors()[0]["msg"]).removeprefix("Value error, ") if errors else str(wrong)


def _shared(one: "Override", other: "Override") -> Iterator[str]:
    """What two overrides of one stage both speak of; one for named services goes before one for all."""
    later_start = max(one.received_from or date.min, other.received_from or date.min)
    earlier_end = min(one.received_until or date.max, other.received_until or date.max)
    if one.stage != other.stage or later_start > earlier_end:
        return
    if not one.services and not other.services:
        yield "for all services on the same days"
    yield from (f"for {area} on the same days" for area in one.services if area in other.services)
