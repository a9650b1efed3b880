"""What a verb is: its name, what it asks of whoever uses it, and what it does."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlmodel import Session

from models.case import Case
from models.people import Officer
from models.rules.errors import GivenWrong, StepNotAllowed
from models.settings import Settings

FieldKind = Literal["text", "long text", "date", "choice", "flag", "number"]
Values = Mapping[str, Any]
"""What was given, by field: str, date, bool, int, or None where an optional field was left empty."""


@dataclass(frozen=True)
class Act:
    """Who acts on which case, and when; all in the caller's transaction."""

    session: Session
    case: Case
    by: Officer
    settings: Settings
    now: datetime


@dataclass(frozen=True)
class Asked:
    """A field: what a verb asks for.

    ``choices`` gives the words to choose from on this case, and may raise StepNotAllowed when there can be none;
    ``called`` gives the words in which people read those of them that are codes or addresses. ``hint`` stands below the
    field; ``names_a_case``: what is given is another case's reference.
    """

    name: str
    label: str
    kind: FieldKind = "text"
    is_required: bool = True
    choices: Callable[[Session, Case, Settings], Sequence[str]] | None = None
    hint: str = ""
    names_a_case: bool = False
    called: Callable[[Session, Case, Settings], Mapping[str, str]] | None = None


def one_of(*words: str) -> Callable[[Session, Case, Settings], Sequence[str]]:
    """Choices that are the same on every case."""
    return lambda _session, _case, _settings: words


def _always(_session: Session, _case: Case, _settings: Settings) -> bool:
    return True


def _for_anybody(_case: Case, _by: Officer) -> bool:
    return True


@dataclass(frozen=True)
class Verb:
    """Something a person may do to a case.

    ``is_offered`` says whether it makes sense on a case as it is, and ``is_for`` whether it does for this person.
    ``name`` is what it is called everywhere (``extend``), ``title`` stands on its button, ``does`` says in a sentence
    what follows. ``do`` returns what was done, as a sentence, and raises an error of ``models.rules.errors``.
    """

    name: str
    title: str
    does: str
    fields: tuple[Asked, ...]
    do: Callable[[Act, Values], str]
    is_offered: Callable[[Session, Case, Settings], bool] = _always
    is_for: Callable[[Case, Officer], bool] = _for_anybody


def makes_sense(verb: Verb, session: Session, case: Case, settings: Settings) -> bool:
    """Whether a verb is offered on a case: it makes sense there, and there is something to choose in every field."""
    chosen = [asked for asked in verb.fields if asked.choices]
    return verb.is_offered(session, case, settings) and all(_can_be(each, session, case, settings) for each in chosen)


def _can_be(asked: Asked, session: Session, case: Case, settings: Settings) -> bool:
    try:
        return asked.choices is None or bool(asked.choices(session, case, settings)) or not asked.is_required
    except StepNotAllowed:
        return False


def perform(verb: Verb, act: Act, given: Mapping[str, str]) -> str:
    """Read what was given, check it, and do it. Raises GivenWrong naming the field, or what the verb raises."""
    known = {asked.name for asked in verb.fields}
    if unknown := sorted(set(given) - known):
        hint = f"It asks for: {', '.join(sorted(known))}." if known else "It asks for nothing."
        raise GivenWrong(unknown[0], f"“{verb.name}” asks for no such thing. {hint}")
    values = {asked.name: _read(asked, given.get(asked.name, "").strip(), act) for asked in verb.fields}
    return verb.do(act, values)


def _read(asked: Asked, text: str, act: Act) -> str | date | bool | int | None:
    if asked.kind == "flag":
        return text.lower() in {"yes", "true", "1", "on"}
    if not text:
        if asked.is_required:
            raise GivenWrong(asked.name, f"Please fill in “{asked.label}”.")
        return None
    if asked.kind == "date":
        return _date(asked, text)
    if asked.kind == "number":
        return _number(asked, text)
    if asked.choices is None:
        return text
    return _choice(asked, text, asked.choices(act.session, act.case, act.settings))


def _choice(asked: Asked, text: str, known: Sequence[str]) -> str:
    """What was chosen: the whole of a choice, or its first word where only one begins with it."""
    if not known:
        raise GivenWrong(asked.name, f"“{asked.label}”: there is nothing to choose from on this case.")
    meant = [each for each in known if each == text] or [each for each in known if each.split(" ")[0] == text]
    if len(meant) != 1:
        raise GivenWrong(asked.name, f"“{asked.label}” is one of: {', '.join(known)}.")
    return meant[0]


def _date(asked: Asked, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise GivenWrong(asked.name, f"“{asked.label}” is a date such as 2026-11-30.") from None


def _number(asked: Asked, text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise GivenWrong(asked.name, f"“{asked.label}” is a whole number.")
    return int(text)
