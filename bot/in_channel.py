"""What may stand in a channel is decided here: every message drawn for Slack passes, whatever drew it.

Cards are made of our own words. Should a resident's get into one all the same, by a mistake of ours or of somebody
who typed them in a wrong place, the message is held back and only the reference is shown.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from sqlmodel import Session, col, or_, select

from bot.inert import inert
from models.case import Case
from models.correspondence import Correspondence, Direction, HeldMessage
from models.people import Complainant
from models.queries import officer_names
from models.rules.labels import RESTRICTED
from models.rules.private_words import Private, leak_in
from models.rules.references import find_references

Blocks = list[dict[str, Any]]

_NAMES_ONLY = frozenset({"type", "action_id", "block_id", "style", "callback_id"})
"""Keys whose values nobody sees, and which our code gives."""


def texts_of(thing: object) -> Iterator[str]:
    """Every text of blocks that could be seen by anybody, hidden values of buttons included."""
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, dict):
        for key, inner in thing.items():
            if key not in _NAMES_ONLY:
                yield from texts_of(inner)
    elif isinstance(thing, list | tuple):
        for inner in thing:
            yield from texts_of(inner)


def cases_in(session: Session, texts: Iterable[str], case_id: int | None) -> list[Case]:
    """The cases a message speaks of: the one it is about, and each whose reference stands in it."""
    references = sorted({each for text in texts for each in find_references(text)})
    if not references and case_id is None:
        return []
    which = or_(col(Case.reference).in_(references), col(Case.id) == case_id)
    return list(session.exec(select(Case).where(which).order_by(col(Case.id))))


def is_restricted(case: Case) -> bool:
    """Whether only private channels may name it: a case of children's or adults' social care."""
    return not RESTRICTED.isdisjoint(case.areas)


def only_the_reference(cases: Collection[Case], blocks: Blocks, private: Private) -> tuple[str, Blocks]:
    """What is shown in the place of a message that is held back: which cases, and the buttons it had."""
    which = ", ".join(case.reference for case in cases) or "A message of Tocsin’s"
    text = f"{which}: held back here, because it may name somebody. Open the case with /case, or in your Home tab."
    section = {"type": "section", "text": {"type": "plain_text", "text": text[:2900], "emoji": False}}
    buttons = [each for each in blocks if each.get("type") == "actions" and not leak_in(texts_of(each), private)]
    return inert(text), [section, *buttons]


def private_of(session: Session, cases: Collection[Case], *, held: int | None = None) -> Private:
    """What of these cases' people, and of a message put aside, may be shown nowhere but to one officer."""
    people = _people(session, {case.complainant_id for case in cases})
    letters = _letters(session, [case.number for case in cases])
    row = session.get(HeldMessage, held) if held is not None else None
    aside = [] if row is None else [row]
    files = [*(each for letter in letters for each in letter[2]), *(each for row in aside for each in row.attachments)]
    return Private(
        names=(*(each.name for each in people), *(row.sender_name for row in aside)),
        contacts=(*(f"{each.email or ''}\n{each.contact}" for each in people), *(row.sender for row in aside)),
        letters=(
            *(part for letter in letters for part in letter[:2]),
            *(f"{row.subject}\n{row.text}" for row in aside),
        ),
        files=tuple(str(each.get("name", "")) for each in files),
        own_words=tuple(officer_names(session).values()),
    )


def _people(session: Session, numbers: Collection[int]) -> list[Complainant]:
    return list(session.exec(select(Complainant).where(col(Complainant.id).in_(numbers)))) if numbers else []


def _letters(session: Session, cases: Collection[int]) -> list[tuple[str, str, Sequence[Any]]]:
    """Subject, words and files of each letter that came in on these cases."""
    asked = select(Correspondence.subject, Correspondence.text, Correspondence.attachments)
    theirs = col(Correspondence.case_id).in_(cases), Correspondence.direction != Direction.OUT
    return [(each[0], each[1], each[2]) for each in session.exec(asked.where(*theirs))] if cases else []
