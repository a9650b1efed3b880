"""The everyday verbs of ``models.handling``, as values: acknowledge, take, correct, respond, close, open again."""

from sqlmodel import Session

from models import handling
from models.case import Case
from models.clock import london_date
from models.handling import Answer
from models.people import Complainant
from models.points import in_words, points_of
from models.reckoning import stage_of
from models.rules.errors import AnswerLacks, GivenWrong
from models.rules.labels import Area, Kind
from models.rules.languages import Language
from models.rules.remedies import Remedy, read_remedies
from models.rules.steps import CaseStatus, Step, may
from models.settings import Settings
from models.verbs.called import area_names, kind_names
from models.verbs.offered import is_open, where
from models.verbs.verb import Act, Asked, Values, Verb, one_of


def remedies_in(act: Act, values: Values) -> tuple[Remedy, ...]:
    """The remedies that were filled in, a line each. Raises GivenWrong."""
    try:
        return read_remedies(values["remedies"] or "", today=london_date(act.now))
    except ValueError as wrong:
        raise GivenWrong("remedies", str(wrong)) from None


def _acknowledge(act: Act, _values: Values) -> str:
    return handling.acknowledge(act.session, act.case, by=act.by, settings=act.settings, now=act.now)


def _take(act: Act, _values: Values) -> str:
    return handling.take(act.session, act.case, by=act.by, now=act.now)


def _close(act: Act, values: Values) -> str:
    return handling.close(act.session, act.case, reason=values["reason"], by=act.by, now=act.now)


def _reopen(act: Act, values: Values) -> str:
    return handling.reopen(act.session, act.case, reason=values["reason"], by=act.by, now=act.now)


def _correct_kind(act: Act, values: Values) -> str:
    kind = Kind(values["kind"])
    return handling.correct_kind(act.session, act.case, kind, by=act.by, settings=act.settings, now=act.now)


def _correct_area(act: Act, values: Values) -> str:
    area = Area(values["area"])
    return handling.correct_area(act.session, act.case, area, by=act.by, settings=act.settings, now=act.now)


def _respond(act: Act, values: Values) -> str:
    handling.check_entitled(act.case, act.by)
    remedies = remedies_in(act, values)
    answer = Answer(values["outcome"], _letter(act, values), values["as_it_is"], remedies)
    missing = () if answer.as_it_is else handling.missing_from(act.session, act.case, answer, settings=act.settings)
    if missing:
        raise AnswerLacks(*(finding.sentence for finding in missing), "Add it, or send it although it is missing.")
    said = handling.respond(act.session, act.case, answer, by=act.by, settings=act.settings, now=act.now)
    return " ".join([said, *_of_remedies(remedies)])


def _letter(act: Act, values: Values) -> str:
    """The officer's words, after the recorded points where that was ticked."""
    points = points_of(act.session, act.case) if values["with_points"] else ()
    language = Language(act.session.get_one(Complainant, act.case.complainant_id).language)
    return "\n\n".join(part for part in (in_words(points, language), values["letter"]) if part)


def _of_remedies(remedies: tuple[Remedy, ...]) -> list[str]:
    dated = sum(remedy.due is not None for remedy in remedies)
    rest = len(remedies) - dated
    said = [f"Followed until done: {dated} of its remedies."] if dated else []
    return [*said, f"Without a date, so nobody is reminded of it: {rest}."] if rest else said


def _may_close(_session: Session, case: Case, _settings: Settings) -> bool:
    return may(case.status, Step.CLOSE) and not (case.status == CaseStatus.ACKNOWLEDGED and case.respond_by)


def _is_closed(_session: Session, case: Case, _settings: Settings) -> bool:
    return case.status == CaseStatus.CLOSED


_REASON = Asked("reason", "Why?", "long text")

ACKNOWLEDGE = Verb(
    "acknowledge",
    "Acknowledge",
    "The resident gets a letter that says how the matter is understood and by when they hear; the answer’s time runs.",
    (),
    _acknowledge,
    where(Step.ACKNOWLEDGE),
)
TAKE = Verb(
    "take",
    "Take it",
    "The case is yours, and its reminders come to you.",
    (),
    _take,
    is_open,
    lambda case, by: case.owner_id != by.id,
)
CLOSE = Verb("close", "Close", "The case closes. A complaint is answered first.", (_REASON,), _close, _may_close)
REOPEN = Verb("reopen", "Open again", "The case is open again and keeps its dates.", (_REASON,), _reopen, _is_closed)
CORRECT_KIND = Verb(
    "correct-kind",
    "Wrong kind",
    "The case is filed as what it is, and its dates follow.",
    (Asked("kind", "What is it?", "choice", choices=one_of(*Kind), called=kind_names),),
    _correct_kind,
)
CORRECT_AREA = Verb(
    "correct-area",
    "Wrong area",
    "The case goes to the team of that service.",
    (Asked("area", "Which service?", "choice", choices=one_of(*Area), called=area_names),),
    _correct_area,
)
RESPOND = Verb(
    "respond",
    "Answer",
    "The answer of this stage goes to the resident. What it promises by a date is followed until it is done.",
    (
        Asked(
            "outcome",
            "Our decision",
            "choice",
            choices=lambda _, case, settings: stage_of(case, settings).outcomes,
        ),
        Asked(
            "letter",
            "The answer to the resident, point by point",
            "long text",
            hint="We add the greeting, our decision, what they may do next, and the council’s name.",
        ),
        Asked(
            "remedies",
            "What is promised, a line each",
            "long text",
            is_required=False,
            hint="Such as: repair the bin store by 30 November 2026. Say it in the letter too.",
        ),
        Asked("with_points", "Put the recorded points before it", "flag", is_required=False),
        Asked("as_it_is", "Send although something is missing", "flag", is_required=False),
    ),
    _respond,
    where(Step.RESPOND),
)

HANDLED = (ACKNOWLEDGE, TAKE, CORRECT_KIND, CORRECT_AREA, RESPOND, CLOSE, REOPEN)
