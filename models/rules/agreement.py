"""Agreement: how officers decided beside what was suggested in a month, in figures and in plain words."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from math import sqrt
from typing import Any, TypeVar

from models.rules.decisions import Decision
from models.rules.labels import KINDS, Kind
from models.rules.languages import Language

FEW = 20
"""Fewer letters than this in either month, and drift is not spoken of."""
MOVED = 0.05
"""A share, or the mean confidence, that moved less than this is not told."""
NOT_SURE = "not sure"

_LANGUAGES = {Language.ENGLISH: "English", Language.WELSH: "Welsh"}
_NAMED = 10
_Group = TypeVar("_Group")


@dataclass(frozen=True)
class Tally:
    """Counts of letters that opened a case.

    ``compared`` are those where a kind was named and a person decided one; of these ``agreed`` on the kind, and
    ``agreed_on_complaint`` on complaint or not. ``decided`` are all that a person decided.
    """

    suggestions: int
    not_sure: int
    decided: int
    compared: int
    agreed: int
    agreed_on_complaint: int
    confidence: float


@dataclass(frozen=True)
class Agreement:
    """One month, by its first day: all its letters, and by kind, channel and language; beside the month before.

    ``shares`` are the parts of each kind (and of “not sure”) among the letters: the month before, and this one.
    ``missed`` counts complaints by the officers' word that had been named something else.
    """

    month: date
    total: Tally
    before: Tally
    kinds: dict[str, Tally]
    channels: dict[str, Tally]
    languages: dict[str, Tally]
    shares: dict[str, tuple[float, float]]
    services_compared: int
    services_agreed: int
    missed: int

    def as_dict(self) -> dict[str, Any]:
        """The figures by name, as JSON can hold them."""
        return asdict(self) | {"month": f"{self.month:%Y-%m}"}


def month_before(month: date) -> date:
    """The first day of the month before the one that this day is in."""
    return (month.replace(day=1) - timedelta(days=1)).replace(day=1)


def month_after(month: date) -> date:
    """The first day of the month after the one that this day is in."""
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)


def agreement(month: date, decisions: Sequence[Decision], before: Sequence[Decision]) -> Agreement:
    """The figures of a month and of the one before."""
    services = [each for each in decisions if each.decided_area is not None]
    return Agreement(
        month=month,
        total=_tally(decisions),
        before=_tally(before),
        kinds=_by(decisions, lambda each: each.suggested or NOT_SURE),
        channels=_by(decisions, lambda each: each.source),
        languages=_by(decisions, lambda each: _LANGUAGES[each.language]),
        shares=_shares(decisions, before),
        services_compared=len(services),
        services_agreed=sum(each.area is each.decided_area for each in services),
        missed=sum(each.is_comparable and _missed(each) for each in decisions),
    )


def in_sentences(found: Agreement) -> list[str]:
    """The figures in plain words, one line a matter; no word of a resident's."""
    month, total = f"{found.month:%B %Y}", found.total
    if not total.suggestions:
        return [f"The classifier was not asked about any new case in {month}."]
    return [
        f"The classifier in {month}: {_letters(total.suggestions)} that opened a case.",
        f"It was not sure of {_part(total.not_sure, total.suggestions)}.",
        *_agreed(found),
        *_missed_sentence(found.missed),
        *_drift(found),
        *_groups("By channel", found.channels),
        *_groups("By language", found.languages),
    ]


def _agreed(found: Agreement) -> list[str]:
    total = found.total
    if not total.decided:
        return ["Officers have decided none of them yet."]
    lines = [f"Officers have decided the kind of {total.decided}; to acknowledge without a correction is to agree."]
    if total.compared:
        lines.append(
            f"Where it named a kind they agreed on {_part(total.agreed, total.compared)}, "
            f"and on complaint or not on {_part(total.agreed_on_complaint, total.compared)}."
        )
    if found.services_compared:
        lines.append(f"They agreed on the service of {_part(found.services_agreed, found.services_compared)}.")
    kinds = [f"{_kind(name)} {each.agreed} of {each.compared}" for name, each in found.kinds.items() if each.compared]
    return [*lines, f"By the kind it named: {'; '.join(kinds)}."] if kinds else lines


def _missed_sentence(missed: int) -> list[str]:
    were = "complaint was" if missed == 1 else "complaints were"
    return [f"{missed} {were} suggested as something else."] if missed else []


def _drift(found: Agreement) -> list[str]:
    total, before, earlier = found.total, found.before, f"{month_before(found.month):%B}"
    if min(total.suggestions, before.suggestions) < FEW:
        return [f"Too few letters to speak of drift ({before.suggestions} in {earlier})."]
    moved = [
        f"{_kind(name)} went from {was:.0%} to {now:.0%} of the letters"
        for name, (was, now) in found.shares.items()
        if _has_moved(was, now, before.suggestions, total.suggestions)
    ]
    if abs(total.confidence - before.confidence) >= MOVED:
        moved.append(f"its mean confidence went from {before.confidence:.2f} to {total.confidence:.2f}")
    return [f"Since {earlier}: {'; '.join(moved) or 'no drift that chance would not explain'}."]


def _has_moved(was: float, now: float, were: int, are: int) -> bool:
    """Whether a share moved by enough to tell, and by more than chance (two standard errors) would explain."""
    pooled = (was * were + now * are) / (were + are)
    chance = 2 * sqrt(pooled * (1 - pooled) * (1 / were + 1 / are))
    return abs(now - was) >= max(MOVED, chance)


def _groups(title: str, groups: dict[str, Tally]) -> list[str]:
    told = [
        f"{name}: {_letters(each.suggestions)}, not sure of {each.not_sure}, agreed {each.agreed} of {each.compared}"
        for name, each in list(groups.items())[:_NAMED]
    ]
    more = [f"and {len(groups) - _NAMED} more"] if len(groups) > _NAMED else []
    return [f"{title}: {'; '.join([*told, *more])}."]


def _tally(decisions: Sequence[Decision]) -> Tally:
    compared = [each for each in decisions if each.is_comparable]
    return Tally(
        suggestions=len(decisions),
        not_sure=sum(each.suggested is None for each in decisions),
        decided=sum(each.decided is not None for each in decisions),
        compared=len(compared),
        agreed=sum(each.suggested is each.decided for each in compared),
        agreed_on_complaint=sum(_is_complaint(each.suggested) == _is_complaint(each.decided) for each in compared),
        confidence=round(sum(each.confidence for each in decisions) / len(decisions), 4) if decisions else 0.0,
    )


def _by(decisions: Sequence[Decision], group: Callable[[Decision], str]) -> dict[str, Tally]:
    """A tally of each group, the largest first."""
    groups = _grouped(decisions, group)
    ordered = sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
    return {str(name): _tally(members) for name, members in ordered}


def _grouped(decisions: Iterable[Decision], group: Callable[[Decision], _Group]) -> dict[_Group, list[Decision]]:
    found: dict[_Group, list[Decision]] = {}
    for each in decisions:
        found.setdefault(group(each), []).append(each)
    return found


def _shares(decisions: Sequence[Decision], before: Sequence[Decision]) -> dict[str, tuple[float, float]]:
    now, was = (Counter(str(each.suggested or NOT_SURE) for each in every) for every in (decisions, before))
    names = [name for name in (*Kind, NOT_SURE) if now[name] or was[name]]
    return {str(name): (_share(was[name], len(before)), _share(now[name], len(decisions))) for name in names}


def _missed(each: Decision) -> bool:
    return _is_complaint(each.decided) and not _is_complaint(each.suggested)


def _is_complaint(kind: Kind | None) -> bool:
    return kind is Kind.COMPLAINT


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0


def _kind(name: str) -> str:
    return KINDS[Kind(name)].name.lower() if name != NOT_SURE else "“not sure”"


def _letters(number: int) -> str:
    return f"{number} letter" if number == 1 else f"{number} letters"


def _part(part: int, whole: int) -> str:
    return f"{part} of {whole} ({_share(part, whole):.0%})"
