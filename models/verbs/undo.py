"""Undo: the newest correction of kind or service is taken back."""

from sqlmodel import Session

from models.case import Case
from models.settings import Settings
from models.undoing import correction_to_undo, undo_correction
from models.verbs.verb import Act, Values, Verb


def _undo(act: Act, _: Values) -> str:
    return undo_correction(act.session, act.case, by=act.by, settings=act.settings, now=act.now)


def _is_offered(session: Session, case: Case, _settings: Settings) -> bool:
    return correction_to_undo(session, case) is not None


UNDO = Verb(
    "undo",
    "Undo the correction",
    "Puts kind, service and dates back as they were before the last correction, if nothing has come of it since.",
    (),
    _undo,
    _is_offered,
)
