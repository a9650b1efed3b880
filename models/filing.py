"""How a case is filed: what a correction of its kind or service changes, kept beside it so that it can be put back."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from models.case import Case
from models.rules.labels import Kind

KIND_CORRECTED = "kind_corrected"
AREA_CORRECTED = "area_corrected"

_PLAIN = ("kind_by_person", "areas", "areas_by_person", "owner_id", "procedure", "stage", "paused_days")
_DAYS = ("agreed_by", "extended_to", "paused_on")


def filed(case: Case) -> dict[str, Any]:
    """How a case is filed now, as an event keeps it; its limits are reckoned from this, and so are not in it."""
    days = {name: day and day.isoformat() for name in _DAYS for day in [getattr(case, name)]}
    return {"kind": case.kind, **{name: getattr(case, name) for name in _PLAIN}, **days}


def file_as_it_was(case: Case, was: Mapping[str, Any]) -> None:
    """Put back how a case was filed, but for its owner; whoever does so reckons its limits anew."""
    case.kind = Kind(was["kind"]) if was["kind"] else None
    case.kind_by_person, case.areas_by_person = was["kind_by_person"], was["areas_by_person"]
    case.areas, case.procedure, case.stage = list(was["areas"]), was["procedure"], was["stage"]
    case.paused_days = was["paused_days"]
    for name in _DAYS:
        setattr(case, name, date.fromisoformat(was[name]) if was[name] else None)
