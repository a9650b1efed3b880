"""The Welsh for dates and labels in letters. A Welsh speaker must read it before a council uses it.

The words stand where nothing before them mutates them: dates after "yw" and "erbyn", the rest after a colon.
"""

from datetime import date

from models.rules.labels import Area

_DAYS = ("Llun", "Mawrth", "Mercher", "Iau", "Gwener", "Sadwrn", "Sul")
_MONTHS = (
    "Ionawr",
    "Chwefror",
    "Mawrth",
    "Ebrill",
    "Mai",
    "Mehefin",
    "Gorffennaf",
    "Awst",
    "Medi",
    "Hydref",
    "Tachwedd",
    "Rhagfyr",
)

AREAS_IN_WELSH: dict[Area, str] = {
    Area.ADULT_SOCIAL_CARE: "gofal cymdeithasol i oedolion",
    Area.CHILDRENS_SOCIAL_CARE: "gofal cymdeithasol i blant",
    Area.EDUCATION_SEND: "addysg ac anghenion dysgu ychwanegol",
    Area.HOUSING: "tai",
    Area.HIGHWAYS_TRANSPORT: "priffyrdd a thrafnidiaeth",
    Area.WASTE_ENVIRONMENT: "gwastraff a'r amgylchedd",
    Area.PLANNING_BUILDING: "cynllunio ac adeiladu",
    Area.BENEFITS_COUNCIL_TAX: "budd-daliadau a'r dreth gyngor",
    Area.LICENSING_PUBLIC_PROTECTION: "trwyddedu a diogelu'r cyhoedd",
    Area.PARKS_LEISURE_LIBRARIES: "parciau, hamdden a llyfrgelloedd",
    Area.CORPORATE_OTHER: "materion corfforaethol ac eraill",
}

OUTCOMES_IN_WELSH: dict[str, str] = {
    "upheld": "cadarnhawyd y gŵyn",
    "partly upheld": "cadarnhawyd y gŵyn yn rhannol",
    "not upheld": "ni chadarnhawyd y gŵyn",
    "resolved": "datryswyd y gŵyn",
    "information given": "rhoddwyd yr wybodaeth",
    "partly given": "rhoddwyd rhan o'r wybodaeth",
    "refused": "gwrthodwyd y cais",
    "not held": "nid yw'r wybodaeth gennym",
    "answered": "atebwyd",
    "passed to the service": "trosglwyddwyd i'r gwasanaeth",
    "taken as a complaint": "derbyniwyd fel cwyn",
    "more time agreed": "cytunwyd ar fwy o amser",
    "accepted": "derbyniwyd",
    "comments sent": "anfonwyd sylwadau",
}

OUR_SERVICES = "ein gwasanaethau"


def in_welsh(day: date) -> str:
    """A date as people say it in Welsh: "dydd Llun 13 Ebrill 2026"."""
    return f"dydd {_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"
