"""What people call what verbs know by a code or an address: for a field's ``called``."""

from collections.abc import Mapping

from sqlmodel import Session

from models.case import Case
from models.rules.labels import AREAS, KINDS
from models.settings import Settings


def kind_names(_session: Session, _case: Case, _settings: Settings) -> Mapping[str, str]:
    """The kinds, by code."""
    return {kind: means.name for kind, means in KINDS.items()}


def area_names(_session: Session, _case: Case, _settings: Settings) -> Mapping[str, str]:
    """The service areas, by code."""
    return {area: means.name for area, means in AREAS.items()}


def officer_names(_session: Session, _case: Case, settings: Settings) -> Mapping[str, str]:
    """The officers, by address in small letters."""
    return {officer.email.lower(): officer.name for officer in settings.officers}
