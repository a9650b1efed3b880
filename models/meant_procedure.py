"""Which procedure a case's kind and service usually belong to."""

from models.case import Case
from models.reckoning import procedure_of
from models.rules.labels import Kind
from models.rules.procedures import Procedure
from models.settings import Settings

CORPORATE = "corporate"
"""Where every case begins, and goes back to when its procedure turns out not to be meant for it."""


def procedure_for(case: Case, settings: Settings) -> str | None:
    """The procedure that a case's kind and main area usually belong to; None: the one it has.

    The more specific first: what names both kind and area, then kind, then area; the nation's own before one for
    everywhere; then the order of the settings. What nobody is sure of counts as a complaint.
    """
    meant = [name for name, each in settings.procedures.items() if _is_meant(each, case, settings)]
    if meant:
        return max(meant, key=lambda name: _rank(settings.procedures[name]))
    its_own = procedure_of(case, settings)
    return CORPORATE if its_own.for_kinds or its_own.for_areas else None


def _is_meant(procedure: Procedure, case: Case, settings: Settings) -> bool:
    """Whether a procedure says that it is for this case; one that names neither kinds nor areas never does."""
    kind = Kind(case.kind) if case.kind else Kind.COMPLAINT
    return (
        bool(procedure.for_kinds or procedure.for_areas)
        and kind in (procedure.for_kinds or procedure.answers)
        and (not procedure.for_areas or case.main_area in procedure.for_areas)
        and (not procedure.nations or settings.nation in procedure.nations)
    )


def _rank(procedure: Procedure) -> tuple[bool, bool, bool]:
    kinds, areas = bool(procedure.for_kinds), bool(procedure.for_areas)
    return (kinds and areas, kinds, bool(procedure.nations))
