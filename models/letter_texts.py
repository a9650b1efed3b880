"""The texts of letters: plain-English templates, filled from a case and from what the caller adds."""

from dataclasses import asdict, dataclass, fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, meta

from models.case import Case
from models.clock import in_words
from models.people import Complainant
from models.rules.errors import LetterLacks, LetterUnknown
from models.rules.labels import AREAS, KINDS, Area, Kind
from models.settings import Settings

FOLDER = Path(__file__).parent / "letter_templates"

# letters are plain text; nothing in them is ever read as markup
_TEMPLATES = Environment(
    loader=FileSystemLoader(FOLDER),
    undefined=StrictUndefined,
    autoescape=False,  # noqa: S701 -- text/plain only
    keep_trailing_newline=True,
)

ANSWERS = frozenset({"response", "stage_2_response"})
"""The letters that carry an officer's own answer and end a stage."""


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
    kind_name: str
    areas: str
    team: str
    external_body: str
    external_body_in_full: str


def letter_names() -> tuple[str, ...]:
    """Every letter there is a template for."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.txt")))


@cache
def blanks(name: str) -> frozenset[str]:
    """What the caller must add for this letter, such as a reason. Raises LetterUnknown."""
    if name not in letter_names():
        raise LetterUnknown(f"Choose one of: {', '.join(letter_names())}.")
    named = meta.find_undeclared_variables(_TEMPLATES.parse((FOLDER / f"{name}.txt").read_text(encoding="utf-8")))
    return frozenset(named) - {field.name for field in fields(FromCase)}


def compose(case: Case, name: str, *, complainant: Complainant, settings: Settings, **also: Any) -> tuple[str, str]:
    """The subject and the text of a letter. Dates in ``also`` are written in words.

    Raises LetterUnknown, and LetterLacks when ``also`` leaves a blank of the template empty.
    """
    if lacking := sorted(blanks(name) - also.keys()):
        raise LetterLacks(f"Say also: {', '.join(lacking)}.")
    known = from_case(case, complainant=complainant, settings=settings)
    added = {key: in_words(value) if isinstance(value, date) else value for key, value in also.items()}
    filled = _TEMPLATES.get_template(f"{name}.txt").render(asdict(known) | added)
    first, _, body = filled.partition("\n")
    return first.removeprefix("Subject: "), body


def from_case(case: Case, *, complainant: Complainant, settings: Settings) -> FromCase:
    """What a case and the settings say of themselves, in words."""
    procedure = settings.procedures[case.procedure]
    return FromCase(
        reference=case.reference,
        name=_one_line(complainant.name),
        council=settings.council,
        received=in_words(case.received_on),
        acknowledge_by=in_words(case.acknowledge_by),
        respond_by=_when(case.respond_by),
        answered=_when(case.responded_on),
        stage=case.stage,
        last_stage=len(procedure.stages),
        is_complaint=is_complaint(case),
        kind_name=KINDS[Kind(case.kind)].name.lower() if case.kind else "",
        areas=" and ".join(_in_a_sentence(AREAS[Area(area)].name) for area in case.areas) or "our services",
        team=settings.team_for(case.main_area).name,
        external_body=procedure.external_body,
        external_body_in_full=_in_full(procedure.external_body, procedure.external_body_contact),
    )


def is_complaint(case: Case) -> bool:
    """Whether letters call it a complaint: it is one, it chases one, or nobody is sure."""
    return case.kind in {None, Kind.COMPLAINT, Kind.CHASER}


def answer_name(case: Case, *, settings: Settings) -> str:
    """Which letter answers it at the stage it is at: a complaint's last one says that it is final."""
    last = len(settings.procedures[case.procedure].stages)
    return "stage_2_response" if is_complaint(case) and case.stage == last > 1 else "response"


def _when(day: date | None) -> str:
    return in_words(day) if day else ""


def _in_full(body: str, contact: str) -> str:
    return f"{body} ({contact})" if contact else body


def _in_a_sentence(name: str) -> str:
    """A name in the middle of a sentence: small letters, but an acronym keeps its capitals."""
    return " ".join(word if word.isupper() else word.lower() for word in name.split())


def _one_line(text: str) -> str:
    return " ".join(text.split())[:80]
