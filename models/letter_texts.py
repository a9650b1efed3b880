"""The texts of letters: templates in English and Welsh, filled from a case and from what the caller adds."""

import re
import unicodedata
from dataclasses import asdict, dataclass, fields
from datetime import date

from models import letter_sources
from models.case import Case
from models.clock import in_words
from models.letter_sources import filled, letter_names
from models.people import Complainant
from models.rules.errors import LetterLacks, LetterUnknown
from models.rules.labels import AREAS, Area, Kind
from models.rules.languages import Language
from models.rules.welsh import AREAS_IN_WELSH, OUR_SERVICES, OUTCOMES_IN_WELSH, in_welsh
from models.settings import Settings

ANSWERS = frozenset({"response", "stage_2_response"})
"""The letters that carry an officer's own answer and end a stage."""

AUTOMATIC = frozenset({"receipt", "close_out"})
"""The letters that nobody has read before they leave (RFC 3834)."""

_LINK = re.compile(r"://|@|\]\(|www\.|\w\w\.\w\w|\.\w\w+/", re.IGNORECASE)
"""What a mail program may make a link of: it does so with a bare domain too."""

_TURNS_ROUND = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that make writing run the other way (Unicode, UAX 9)."""


@dataclass(frozen=True)
class FromCase:
    """What every template may say without being told: the words of the case, its procedure and the council."""

    reference: str
    name: str
    council: str
    received: str
    acknowledge_by: str
    respond_by: str
    answered: str
    stage: int
    last_stage: int
    is_complaint: bool
    kind: str
    areas: str
    is_several: bool
    team: str
    external_body_in_full: str
    is_last_today: bool = False


def variables(name: str, language: Language = Language.ENGLISH) -> frozenset[str]:
    """Everything a template names. Raises LetterUnknown."""
    if name not in letter_names():
        raise LetterUnknown(f"Choose one of: {', '.join(letter_names())}.")
    return letter_sources.variables(name, language)


def blanks(name: str) -> frozenset[str]:
    """What the caller must add for this letter, such as a reason. Raises LetterUnknown."""
    return variables(name) - {field.name for field in fields(FromCase)}


def compose(
    case: Case, name: str, *, complainant: Complainant, settings: Settings, **also: str | date | bool
) -> tuple[str, str]:
    """The subject and the text of a letter, in the complainant's language.

    Dates in ``also`` are written in words; an outcome is a word of the stage's. Of an automatic letter
    ``is_last_today`` may be told there: the address gets no further one this day.
    Raises LetterUnknown, and LetterLacks when ``also`` leaves a blank of the template empty.
    """
    if lacking := sorted(blanks(name) - also.keys()):
        raise LetterLacks(f"Say also: {', '.join(lacking)}.")
    language = Language(complainant.language)
    known = from_case(case, complainant=complainant, settings=settings)
    added = {blank: _said(blank, value, language) for blank, value in also.items()}
    subject, text = filled(settings.letters.templates, f"{language}/{name}.txt", asdict(known) | added)
    return _one_line(subject), text


def from_case(case: Case, *, complainant: Complainant, settings: Settings) -> FromCase:
    """What a case and the settings say of themselves, in words."""
    procedure = settings.procedures[case.procedure]
    language = Language(complainant.language)
    body, council = procedure.external_body, settings.council
    if language == Language.WELSH:
        body, council = procedure.external_body_in_welsh or body, settings.council_in_welsh or council
    return FromCase(
        reference=case.reference,
        name=_name(complainant.name),
        council=council,
        received=_day(case.received_on, language),
        acknowledge_by=_day(case.acknowledge_by, language),
        respond_by=_day(case.respond_by, language),
        answered=_day(case.responded_on, language),
        stage=case.stage,
        last_stage=len(procedure.stages),
        is_complaint=case.kind in {Kind.COMPLAINT, Kind.CHASER},
        kind=case.kind or "",
        areas=_areas(case, language),
        is_several=len(case.areas) > 1,
        team=settings.team_for(case.main_area).name,
        external_body_in_full=f"{body} ({procedure.external_body_contact})"
        if procedure.external_body_contact
        else body,
    )


def is_complaint(case: Case) -> bool:
    """Whether it is answered as a complaint: it is one, it chases one, or nobody is sure."""
    return case.kind in {None, Kind.COMPLAINT, Kind.CHASER}


def answer_name(case: Case, *, settings: Settings) -> str:
    """Which letter answers it at the stage it is at: a complaint's last one says that it is final."""
    last = len(settings.procedures[case.procedure].stages)
    return "stage_2_response" if is_complaint(case) and case.stage == last > 1 else "response"


def _day(day: date | None, language: Language) -> str:
    if day is None:
        return ""
    return in_welsh(day) if language == Language.WELSH else in_words(day)


def _said(blank: str, value: str | date | bool, language: Language) -> str | bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, date):
        return _day(value, language)
    return OUTCOMES_IN_WELSH.get(value, value) if blank == "outcome" and language == Language.WELSH else value


def _areas(case: Case, language: Language) -> str:
    areas = [Area(area) for area in case.areas]
    if language == Language.WELSH:
        # a list, because "a" (and) would change the first letter of what follows it
        return "; ".join(AREAS_IN_WELSH[area] for area in areas) or OUR_SERVICES
    return " and ".join(_in_a_sentence(AREAS[area].name) for area in areas) or "our services"


def _in_a_sentence(name: str) -> str:
    """A name in the middle of a sentence: small letters, but an acronym keeps its capitals."""
    return " ".join(word if word.isupper() else word.lower() for word in name.split())


def _name(text: str) -> str:
    """What somebody calls themselves, as one short line; a link is no name, and we pass none on.

    Anybody can have a receipt sent to anybody, so no more of their words goes with it than a name has.
    """
    line = _one_line(text)[:80]
    return "" if _LINK.search(line) else line


def _one_line(text: str) -> str:
    """Without anything that ends a line, controls a terminal or turns the writing round."""
    kept = (" " if unicodedata.category(each) in {"Cc", "Cs", "Zl", "Zp"} else each for each in text)
    return " ".join("".join(each for each in kept if each not in _TURNS_ROUND).split())
