"""Early-warning signs on one case: each with its reason in words.

Sources: Ombudsman casework on what precedes an upheld complaint; councils asked
for such cases to reach the corporate lead before the Ombudsman does.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from models.rules.labels import AREAS, SIGNALS, Area, Signal

CHASED_TOO_OFTEN = 3
"""Letters after the first that make a case one the lead should know of."""

_HAVE_A_PROCEDURE = frozenset({Area.CHILDRENS_SOCIAL_CARE, Area.ADULT_SOCIAL_CARE})


@dataclass(frozen=True)
class WarningSign:
    """A sign: its key (one alert for each on a case) and the reason the lead reads."""

    key: str
    reason: str


def sign_in_signals(
    signals: Iterable[Signal], grave: Iterable[Signal], perhaps: Collection[Signal] = ()
) -> WarningSign | None:
    """One sign for all the grave signals a letter raised, or None when it raised none.

    ``perhaps`` are those that only its wording as a whole is like: they stand last, and the reason says so. Many such
    are false (the model card counts them), and the lead must see at a glance which to read first.
    """
    watched = frozenset(grave)
    raised = [signal for signal in signals if signal in watched]
    if not raised:
        return None
    ordered = sorted(raised, key=lambda signal: signal in perhaps)
    return WarningSign("signals " + " ".join(raised), "\n".join(_as_sure(signal, perhaps) for signal in ordered))


def _as_sure(signal: Signal, perhaps: Collection[Signal]) -> str:
    said = f"{SIGNALS[signal].name}: {SIGNALS[signal].means}"
    return f"Perhaps, by its wording as a whole: {said}" if signal in perhaps else said


def sign_of_missed_clock(clock: str, stage: str, due: str) -> WarningSign:
    """The sign that a date has passed; of another date it is another sign.

    ``stage`` and ``due`` are in words: "stage 1", "Monday 26 October 2026".
    """
    return WarningSign(f"{stage} {clock} missed: {due}", f"The time to {clock} at {stage} ended on {due}.")


def sign_of_chasing(letters: int) -> WarningSign | None:
    """The sign that a resident keeps writing."""
    if letters < CHASED_TOO_OFTEN:
        return None
    return WarningSign("chased", f"The resident has written {letters} more times.")


def sign_of_next_stage(stage: str, external_body: str, *, is_last: bool) -> WarningSign:
    """The sign that a resident did not accept an answer. ``stage`` in words: "stage 2"."""
    left = f" After its answer only the {external_body} is left." if is_last else ""
    return WarningSign(f"{stage} requested", f"The resident asks for {stage}.{left}")


def sign_of_refused_answer(external_body: str) -> WarningSign:
    """The sign that a resident does not accept the final answer."""
    return WarningSign(
        "final answer refused",
        f"The resident does not accept our final answer, and may now go to the {external_body}.",
    )


def sign_of_extending_again(stage: str, until: str) -> WarningSign:
    """The sign that an answer is put off a second time. ``stage`` and ``until`` are in words."""
    return WarningSign(f"{stage} extended again", f"The answer at {stage} was put off again, now to {until}.")


def sign_of_corporate_procedure(areas: Iterable[Area]) -> WarningSign | None:
    """The sign that a social care complaint runs under the corporate procedure; None when it is of no such service.

    Complaints of children's and adults' social care have procedures of their own by law (SI 2006/1738, SI 2009/309);
    choosing the wrong one is a fault by itself.
    """
    found = [AREAS[area].name for area in areas if area in _HAVE_A_PROCEDURE]
    if not found:
        return None
    reason = f"{' and '.join(found)}: this runs under the corporate procedure. The law may want its own; please check."
    return WarningSign("corporate procedure", reason)
