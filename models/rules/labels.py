"""The words people and the classifier share: kinds, service areas and signals, each defined.

They stand here, below every other room, because a case is filed under them, a
card shows them and the classifier proposes them. Definitions follow the
Ombudsman's test: has the service already had its chance, and is the person
unhappy with what it did? The tone of a message decides nothing.
"""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a message is: exactly one."""

    SERVICE_REQUEST = "service_request"
    COMPLAINT = "complaint"
    CHASER = "chaser"
    COMPLIMENT = "compliment"
    COMMENT = "comment"
    INFORMATION_REQUEST = "information_request"
    DATA_RIGHTS = "data_rights"
    OTHER_PROCESS = "other_process"
    MEMBER_ENQUIRY = "member_enquiry"
    NOT_FOR_COUNCIL = "not_for_council"


class Area(StrEnum):
    """Which service a message concerns: one or more."""

    ADULT_SOCIAL_CARE = "adult_social_care"
    CHILDRENS_SOCIAL_CARE = "childrens_social_care"
    EDUCATION_SEND = "education_send"
    HOUSING = "housing"
    HIGHWAYS_TRANSPORT = "highways_transport"
    WASTE_ENVIRONMENT = "waste_environment"
    PLANNING_BUILDING = "planning_building"
    BENEFITS_COUNCIL_TAX = "benefits_council_tax"
    LICENSING_PUBLIC_PROTECTION = "licensing_public_protection"
    PARKS_LEISURE_LIBRARIES = "parks_leisure_libraries"
    CORPORATE_OTHER = "corporate_other"


class Signal(StrEnum):
    """What must not be overlooked in a message: zero or more."""

    CHILD_AT_RISK = "child_at_risk"
    ADULT_AT_RISK = "adult_at_risk"
    SELF_HARM_RISK = "self_harm_risk"
    HAZARD = "hazard"
    HOMELESSNESS_RISK = "homelessness_risk"
    VULNERABLE_PERSON = "vulnerable_person"
    DISCRIMINATION_ALLEGED = "discrimination_alleged"
    STAFF_CONDUCT = "staff_conduct"
    REPEAT_CONTACT = "repeat_contact"
    MISSED_STATUTORY_DEADLINE = "missed_statutory_deadline"
    LEGAL_THREAT = "legal_threat"
    MEDIA_THREAT = "media_threat"
    MP_OR_COUNCILLOR = "mp_or_councillor"
    OMBUDSMAN_MENTIONED = "ombudsman_mentioned"
    MULTI_SERVICE = "multi_service"
    REASONABLE_ADJUSTMENT_REQUESTED = "reasonable_adjustment_requested"
    ESCALATION_REQUEST = "escalation_request"
    COMPENSATION_SOUGHT = "compensation_sought"


RESTRICTED = frozenset({Area.CHILDRENS_SOCIAL_CARE, Area.ADULT_SOCIAL_CARE})
"""Services of whose cases not even the reference may stand where the whole council, or another one, can read it."""

NEVER_WAITS = frozenset(
    {
        Signal.CHILD_AT_RISK,
        Signal.ADULT_AT_RISK,
        Signal.SELF_HARM_RISK,
        Signal.HAZARD,
        Signal.HOMELESSNESS_RISK,
    }
)
"""Signals that reach a person at once, whatever a model thinks of the rest."""


@dataclass(frozen=True)
class Definition:
    """A label in words: its name on a card, what it is, and what it is not."""

    name: str
    means: str
    not_this: str = ""


KINDS: dict[Kind, Definition] = {
    Kind.COMPLAINT: Definition(
        "Complaint",
        "Unhappy, however it is put, with what the council, its staff or its contractors did or failed to do.",
        "Annoyance at the problem itself, or at a neighbour, a shop or a utility company.",
    ),
    Kind.SERVICE_REQUEST: Definition(
        "Service request",
        "Asks the council to provide, fix, clean or enforce something it has not yet had its chance to do.",
        "The same thing once the council has had its chance and the person is unhappy with what it did.",
    ),
    Kind.CHASER: Definition(
        "Chaser",
        "Asks about or repeats an earlier report or an open case, without blaming the council for how it went.",
        "“For the fifth time, nobody has come”: that is a complaint.",
    ),
    Kind.COMPLIMENT: Definition(
        "Compliment",
        "Praise or thanks for a service or a person.",
        "Thanks as politeness in something else.",
    ),
    Kind.COMMENT: Definition(
        "Comment",
        "An opinion or a suggestion; nothing is asked for oneself.",
        "A request dressed as a suggestion.",
    ),
    Kind.INFORMATION_REQUEST: Definition(
        "Information request",
        "Asks for recorded information (FOI, EIR), or a plain question.",
        "“Why was my bin missed again?” asked in anger.",
    ),
    Kind.DATA_RIGHTS: Definition(
        "Data rights",
        "Asks to see, correct or erase personal data, or complains of how it was handled.",
        "A request for information about the council in general.",
    ),
    Kind.OTHER_PROCESS: Definition(
        "Other process",
        "Has its own appeal or route: penalty charge, admission, tribunal, benefit, planning objection, insurance.",
        "Delay or rudeness in running that route: a complaint.",
    ),
    Kind.MEMBER_ENQUIRY: Definition(
        "Member enquiry",
        "From a councillor’s or MP’s office on somebody’s behalf.",
        "A resident who mentions a councillor.",
    ),
    Kind.NOT_FOR_COUNCIL: Definition(
        "Not for the council",
        "Another body’s matter, spam, or sent to the wrong place.",
        "A matter of the council’s own contractor.",
    ),
}

AREAS: dict[Area, Definition] = {
    Area.ADULT_SOCIAL_CARE: Definition(
        "Adult social care", "Care homes, home care, assessments, charging, blue badge."
    ),
    Area.CHILDRENS_SOCIAL_CARE: Definition(
        "Children’s social care", "Social workers, looked-after children, fostering, adoption, child protection."
    ),
    Area.EDUCATION_SEND: Definition(
        "Education and SEND", "EHC plans, special needs provision, home-to-school transport, admissions."
    ),
    Area.HOUSING: Definition("Housing", "Council landlord repairs, allocations, homelessness, private renting."),
    Area.HIGHWAYS_TRANSPORT: Definition(
        "Highways and transport", "Roads, pavements, street lights, parking, buses, traffic."
    ),
    Area.WASTE_ENVIRONMENT: Definition(
        "Waste and environment", "Bins, recycling, street cleaning, fly-tipping, litter."
    ),
    Area.PLANNING_BUILDING: Definition(
        "Planning and building", "Applications, enforcement, building control, trees with orders."
    ),
    Area.BENEFITS_COUNCIL_TAX: Definition(
        "Benefits and council tax", "Council tax, housing benefit, support schemes, business rates."
    ),
    Area.LICENSING_PUBLIC_PROTECTION: Definition(
        "Licensing and public protection", "Noise, pests, food, taxis, licensing, trading standards."
    ),
    Area.PARKS_LEISURE_LIBRARIES: Definition(
        "Parks, leisure and libraries", "Parks, play areas, leisure centres, libraries, cemeteries."
    ),
    Area.CORPORATE_OTHER: Definition(
        "Corporate and other",
        "Customer service, website, elections, registrars, the complaints process itself.",
    ),
}

SIGNALS: dict[Signal, Definition] = {
    Signal.CHILD_AT_RISK: Definition("Child at risk", "A child may be in danger or come to harm."),
    Signal.ADULT_AT_RISK: Definition(
        "Adult at risk", "An adult with care needs may be abused, neglected or in danger."
    ),
    Signal.SELF_HARM_RISK: Definition("Risk of self-harm", "Someone may harm or kill themselves."),
    Signal.HAZARD: Definition("Hazard", "A danger to life or limb: gas, live wires, collapse, damp that makes ill."),
    Signal.HOMELESSNESS_RISK: Definition("Homelessness", "Nowhere to sleep, or about to lose the home."),
    Signal.VULNERABLE_PERSON: Definition("Vulnerable person", "Age, illness, disability or circumstance needs care."),
    Signal.DISCRIMINATION_ALLEGED: Definition(
        "Discrimination alleged", "Says they were treated worse for who they are."
    ),
    Signal.STAFF_CONDUCT: Definition("Staff conduct", "How an officer or crew behaved."),
    Signal.REPEAT_CONTACT: Definition("Repeat contact", "Has told the council about this before."),
    Signal.MISSED_STATUTORY_DEADLINE: Definition("Missed statutory deadline", "Says a legal time limit has passed."),
    Signal.LEGAL_THREAT: Definition("Legal action mentioned", "Speaks of solicitors, court or judicial review."),
    Signal.MEDIA_THREAT: Definition("Media mentioned", "Speaks of the press, television or going viral."),
    Signal.MP_OR_COUNCILLOR: Definition("MP or councillor involved", "An MP or councillor is involved or will be."),
    Signal.OMBUDSMAN_MENTIONED: Definition("Ombudsman mentioned", "Names the Ombudsman or has gone there."),
    Signal.MULTI_SERVICE: Definition("Several services", "More than one service or organisation must answer."),
    Signal.REASONABLE_ADJUSTMENT_REQUESTED: Definition(
        "Adjustment requested", "Asks for another format, an interpreter, a phone call or more time."
    ),
    Signal.ESCALATION_REQUEST: Definition("Escalation requested", "Asks for the next stage or a review of the answer."),
    Signal.COMPENSATION_SOUGHT: Definition("Compensation sought", "Asks for money to put it right."),
}
