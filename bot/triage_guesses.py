"""What a case nobody is sure of may be: a button for each of the best guesses, and the way back from a press."""

from collections.abc import Sequence

from slack_sdk.models.blocks import ButtonElement, PlainTextObject

from models.rules.labels import KINDS, Kind
from models.rules.opinions import MOST_KINDS
from models.unsure import Guess

GUESS_ACTIONS = tuple(f"guess_{place}" for place in range(1, MOST_KINDS + 1))
"""Of one listener; Slack wants each button of a row to have a name of its own."""

UNDO_ACTION = "undo_correction"


def guess_buttons(case_id: int, reference: str, guesses: Sequence[Guess]) -> list[ButtonElement]:
    """One for each guess, the likeliest first; what is pressed says which kind was meant, wherever it stands now."""
    return [
        ButtonElement(
            text=PlainTextObject(text=KINDS[guess.kind].name),
            action_id=action,
            value=f"{case_id} {guess.kind}",
            accessibility_label=f"File {reference} as: {KINDS[guess.kind].name.lower()}",
        )
        for action, guess in zip(GUESS_ACTIONS, guesses, strict=False)
    ]


def guesses_in_words(guesses: Sequence[Guess]) -> str:
    """The guesses with how likely each is."""
    return ", ".join(f"{KINDS[g.kind].name.lower()}{f' ({g.chance:.0%})' if g.chance else ''}" for g in guesses)


def guessed(value: str) -> tuple[int, Kind]:
    """Which case was sorted, and as what."""
    case_id, kind = value.split()
    return int(case_id), Kind(kind)


def undo_button(case_id: int, correction: int) -> ButtonElement:
    """Takes back that very correction, and no later one."""
    return ButtonElement(
        text=PlainTextObject(text="Undo"),
        action_id=UNDO_ACTION,
        value=f"{case_id} {correction}",
        accessibility_label="Undo this correction",
    )


def to_be_undone(value: str) -> tuple[int, int]:
    """Which case's correction is to be taken back, and the number of its event."""
    case_id, correction = value.split()
    return int(case_id), int(correction)
