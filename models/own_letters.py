"""A council's own letters, checked before any is sent: filled for cases of every sort, and held against ours."""

from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, date, datetime
from functools import partial
from itertools import product

from models.case import Case
from models.letter_sources import letter_names, problems_in
from models.letter_texts import FromCase, blanks, compose
from models.people import Complainant
from models.problems import Problem
from models.rules.labels import Area, Kind
from models.rules.languages import Language
from models.rules.letter_check import SUPPLIED, check_letter
from models.settings import Settings

_REFERENCE = "T26-00001-M"
_OMBUDSMAN = ("ombuds", "ombwds")


def problems_in_own_letters(settings: Settings) -> list[Problem]:
    """What is wrong with the council's own templates, each with its file and line; none when it has none."""
    own = settings.letters.templates
    if own is None:
        return []
    known = frozenset(field.name for field in fields(FromCase))
    return problems_in(own, known, partial(_faults, settings))


def whose(settings: Settings) -> Iterator[tuple[str, str]]:
    """Every letter in every language, each with the file it comes from, or "" for Tocsin's own."""
    own = settings.letters.templates
    for language, letter in product(Language, letter_names()):
        name = f"{language}/{letter}.txt"
        yield name, str(own / name) if own and (own / name).is_file() else ""


def _faults(settings: Settings, name: str) -> Iterator[str]:
    """What the template of that name does not say though ours does, for cases of every kind at both stages."""
    language, _, file = name.partition("/")
    letter = file.removesuffix(".txt")
    ours = settings.model_copy(update={"letters": settings.letters.model_copy(update={"templates": None})})
    given = {blank: "upheld" if blank == "outcome" else f"[{blank}]" for blank in blanks(letter)}
    resident = Complainant(name="", language=Language(language))
    for kind, stage in product((None, *Kind), (1, 2)):
        case = _a_case(kind, stage)
        subject, text = compose(case, letter, complainant=resident, settings=settings, **given)
        wanted = "".join(compose(case, letter, complainant=resident, settings=ours, **given))
        if not subject:
            yield "its subject is empty for some cases."
        yield from _left_out(subject + text, wanted, {**given, "reference": _REFERENCE})
        if language == Language.ENGLISH and letter in SUPPLIED:
            yield from _no_longer_supplied(letter, text, wanted)


def _left_out(text: str, wanted: str, said: dict[str, str]) -> Iterator[str]:
    for name, words in said.items():
        if words in wanted and words not in text:
            yield f"for some cases it leaves out {{{{ {name} }}}}."
    if _names_ombudsman(wanted) and not _names_ombudsman(text):
        yield "for some cases it does not name the Ombudsman where the Code wants that."


def _no_longer_supplied(letter: str, text: str, wanted: str) -> Iterator[str]:
    """The letter check counts on these elements being said around the officer's words."""
    lacks, ours_lacks = (
        {finding.element for finding in check_letter(each, owes_remedy=False, is_last=letter != "response")}
        for each in (text, wanted)
    )
    for element in sorted((lacks - ours_lacks) & SUPPLIED[letter]):
        yield f"for some cases it does not say the {element}, which the Code asks of an answer."


def _names_ombudsman(text: str) -> bool:
    return any(stem in text.lower() for stem in _OMBUDSMAN)


def _a_case(kind: Kind | None, stage: int) -> Case:
    return Case(
        reference=_REFERENCE,
        complainant_id=0,
        kind=kind,
        stage=stage,
        areas=[Area.CORPORATE_OTHER.value],
        received_on=date(2026, 10, 12),
        logged_at=datetime(2026, 10, 12, 9, 0, tzinfo=UTC),
        acknowledge_by=date(2026, 10, 19),
        respond_by=date(2026, 10, 26),
        responded_on=date(2026, 10, 23),
    )
