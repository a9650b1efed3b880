"""What an Ombudsman's annual letter is made of: its items, old and new, and how its figures are written.

Items since 2023: the Local Government and Social Care Ombudsman's guide for link officers. Before that the letters had
other words, which are kept as they were; where today's item plainly counts the same, its figure can be worked out.
That comparison is ours, not the Ombudsman's.
"""

import math
import re
from dataclasses import dataclass
from textwrap import shorten

from models.rules.labels import Area

DEALT_WITH = "Complaints dealt with"
NOT_FOR_US = "Not for us"
ASSESSED = "Assessed and closed"
INVESTIGATED = "Investigated"
UPHELD = "Complaints upheld"
SATISFACTORY = "Satisfactory remedies provided by the Council"
COMPLIANCE = "Compliance with Ombudsman recommendations"
AVERAGES = "Average performance rates"
TODAYS_ITEMS = (DEALT_WITH, NOT_FOR_US, ASSESSED, INVESTIGATED, UPHELD, SATISFACTORY, COMPLIANCE, AVERAGES)

COMPARED_WITH = ("County Councils", "District Councils", "Metropolitan Boroughs", "Unitary Councils", "London Boroughs")
"""Whose rates stand beside the council's own."""

OLDER_ITEMS = (
    # 2013/14 to about 2022/23
    "Incomplete or Invalid",
    "Advice Given",
    "Referred back for Local Resolution",
    "Closed After Initial Enquiries",
    "Not Upheld",
    "Upheld",
    "Uphold Rate",
    # compliance, 2018/19 on
    "Compliance recorded",
    "Complied on-time",
    "Complied late",
    "Has not complied",
    # 2008/09 on
    "Premature complaints",
    "Forwarded to the investigative team (resubmitted prematures)",
    # 2007/08
    "MI reps",
    "LS",
    "M reps",
    "NM reps",
    "No mal",
    "Omb disc",
    "Outside jurisdiction",
)

_AS_TODAY = {
    NOT_FOR_US: ("Incomplete or Invalid", "Advice Given", "Referred back for Local Resolution"),
    ASSESSED: ("Closed After Initial Enquiries",),
    INVESTIGATED: ("Upheld", "Not Upheld"),
    UPHELD: ("Upheld",),
}
_IN_PER_CENT = " (%)"

SERVICES: dict[str, tuple[Area, ...]] = {
    "Adult Care Services": (Area.ADULT_SOCIAL_CARE,),
    "Benefits & Tax": (Area.BENEFITS_COUNCIL_TAX,),
    "Corporate & Other Services": (Area.CORPORATE_OTHER, Area.PARKS_LEISURE_LIBRARIES),
    "Education & Children's Services": (Area.CHILDRENS_SOCIAL_CARE, Area.EDUCATION_SEND),
    "Environmental Services & Public Protection & Regulation": (
        Area.WASTE_ENVIRONMENT,
        Area.LICENSING_PUBLIC_PROTECTION,
    ),
    "Highways & Transport": (Area.HIGHWAYS_TRANSPORT,),
    "Housing": (Area.HOUSING,),
    "Planning & Development": (Area.PLANNING_BUILDING,),
    "Other": (),
}
"""The services of the annual tables, each with ours. Their punctuation, and where leisure stands, from memory."""


@dataclass(frozen=True)
class Figure:
    """One figure: of which item, of which service ("" is the whole council), and how much."""

    item: str
    service: str
    value: float


def read_figure(item: str, value: str, service: str = "") -> Figure:
    """A figure as a letter writes it. Raises ValueError with a sentence.

    Labels may differ in capitals and in punctuation. A share, written with a % sign at the label or at the value, is
    another figure than the count, and gets “ (%)” at the end of its item.
    """
    label, is_share = _without_sign(item)
    amount, has_sign = _without_sign(value)
    known = _item(label)
    number = _number(amount)
    if is_share or has_sign:
        if number > 100:
            raise ValueError(f"“{value}” is no share: it is more than 100 %.")
        known += _IN_PER_CENT
    return Figure(known, _service(label, service.strip()), number)


def in_todays_items(found: dict[str, float]) -> dict[str, float]:
    """The whole council's counts under today's items, worked out from the older ones where a letter has only those."""
    sums = {
        item: sum(found.get(each, 0.0) for each in older)
        for item, older in _AS_TODAY.items()
        if item not in found and any(each in found for each in older)
    }
    whole = {} if DEALT_WITH in found or NOT_FOR_US not in sums else {DEALT_WITH: _dealt_with(found | sums)}
    return {item: value for item, value in found.items() if item in TODAYS_ITEMS} | sums | whole


def _dealt_with(found: dict[str, float]) -> float:
    return sum(found.get(item, 0.0) for item in (NOT_FOR_US, ASSESSED, INVESTIGATED))


def _without_sign(text: str) -> tuple[str, bool]:
    bare = re.sub(r"\s*\(%\)\s*$|\s*%\s*$", "", text.strip())
    return bare, bare != text.strip()


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", text.lower().replace("&", " and ").replace("’", "'").replace("'", "")).strip()


_KNOWN_ITEMS = {_plain(item): item for item in (*TODAYS_ITEMS, *OLDER_ITEMS)}
_KNOWN_SERVICES = {_plain(each): each for each in SERVICES}
_KNOWN_COUNCILS = {_plain(each): each for each in COMPARED_WITH}


def _item(label: str) -> str:
    """An item; of the averages, which of the items is averaged may follow after a colon."""
    first, colon, of = label.partition(":")
    if colon and _plain(first) == _plain(AVERAGES) and _plain(of) in _KNOWN_ITEMS:
        return f"{AVERAGES}: {_KNOWN_ITEMS[_plain(of)]}"
    if (known := _KNOWN_ITEMS.get(_plain(label))) is None:
        raise ValueError(
            f"“{shorten(label, 80)}” is no item of an annual letter. Today's are: {', '.join(TODAYS_ITEMS)}."
        )
    return known


def _service(label: str, service: str) -> str:
    is_average = _plain(label).startswith(_plain(AVERAGES))
    known = _KNOWN_COUNCILS if is_average else _KNOWN_SERVICES
    if service and _plain(service) not in known:
        what = "kind of council" if is_average else "service of the annual tables"
        raise ValueError(f"“{service}” is no {what}. They are: {', '.join(known.values())}.")
    return known[_plain(service)] if service else ""


def _number(text: str) -> float:
    bare = re.sub(r"(?<=\d),(?=\d{3}\b)", "", text)
    try:
        number = float(bare)
    except ValueError:
        number = math.nan
    if not re.fullmatch(r"[0-9.]+", bare) or not math.isfinite(number):
        raise ValueError(f"“{text}” is no figure; write it like 104 or 83.5.")
    return number
