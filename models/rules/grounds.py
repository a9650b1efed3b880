"""Grounds on which a complaint may not be accepted, each with the sentence its letter uses.

Local Government and Social Care Ombudsman, Complaint Handling Code (2024), section 3: accept unless there is a valid
reason that can be evidenced, judge each on its merits, tell the person why and that the Ombudsman may look at the
refusal. The Welsh was written without a Welsh speaker; one must read it before a council sends any of it.
"""

from dataclasses import dataclass

from models.rules.languages import Language


@dataclass(frozen=True)
class Ground:
    """A ground: the words an officer chooses, and the sentence the resident reads in either language."""

    name: str
    sentence: str
    in_welsh: str

    def said(self, language: Language) -> str:
        """The letter's sentence in that language."""
        return self.in_welsh if language == Language.WELSH else self.sentence


OUT_OF_TIME = "out of time"

GROUNDS: tuple[Ground, ...] = (
    Ground(
        OUT_OF_TIME,
        "It happened, or you learned of it, longer ago than the time within which we take complaints. We considered "
        "whether there is good reason to take it all the same.",
        "Digwyddodd, neu daethoch i wybod amdano, yn gynharach na'r cyfnod pan fyddwn yn derbyn cwynion. Rydym wedi "
        "ystyried a oes rheswm da dros ei derbyn er hynny.",
    ),
    Ground(
        "court or tribunal",
        "Legal proceedings on it have begun, or a court or tribunal has decided it.",
        "Mae achos cyfreithiol yn ei gylch wedi dechrau, neu mae llys neu dribiwnlys wedi penderfynu arno.",
    ),
    Ground(
        "another procedure",
        "The law gives another procedure for it, which decides it instead of this one.",
        "Mae'r gyfraith yn rhoi gweithdrefn arall ar ei gyfer, sy'n penderfynu arno yn lle'r un hon.",
    ),
    Ground(
        "already decided",
        "We have answered it through every stage of our procedure already, and nothing new has come to light.",
        "Rydym eisoes wedi ei ateb ym mhob cam o'n gweithdrefn, ac nid oes dim byd newydd wedi dod i'r amlwg.",
    ),
    Ground(
        "with the Ombudsman",
        "The Ombudsman is looking at it, or has decided it.",
        "Mae'r Ombwdsmon yn edrych arno, neu wedi penderfynu arno.",
    ),
    Ground(
        "not ours",
        "It is about something that is not done by us or on our behalf.",
        "Mae'n ymwneud â rhywbeth nad ydym ni'n ei wneud ac nad yw'n cael ei wneud ar ein rhan.",
    ),
    Ground(
        "a decision of councillors",
        "It is about a policy or decision of the elected council itself, and not about how it was carried out.",
        "Mae'n ymwneud â pholisi neu benderfyniad y cyngor etholedig ei hun, ac nid â'r ffordd y cafodd ei weithredu.",
    ),
    Ground(
        "staff matter",
        "It is about somebody's employment with us, which has procedures of its own.",
        "Mae'n ymwneud â chyflogaeth rhywun gyda ni, sydd â'i gweithdrefnau ei hun.",
    ),
    Ground(
        "no authority",
        "It is made for somebody else, and we have not been shown that they agree to it or that you may act for them.",
        "Mae'n cael ei gwneud ar ran rhywun arall, ac nid oes dim wedi dangos i ni eu bod yn cytuno neu y cewch "
        "weithredu ar eu rhan.",
    ),
    Ground(
        "it could harm proceedings",
        "Looking into it now could harm legal, disciplinary or criminal proceedings that have begun.",
        "Gallai edrych arno nawr niweidio achos cyfreithiol, disgyblu neu droseddol sydd wedi dechrau.",
    ),
)
"""The grounds an officer may choose from; the reasons of the single case are always added in the officer's words."""


def ground_named(name: str) -> Ground:
    """The ground of that name. Raises LookupError."""
    found = next((ground for ground in GROUNDS if ground.name == name), None)
    if found is None:
        msg = f"“{name}” is no ground; it is one of: {', '.join(ground.name for ground in GROUNDS)}"
        raise LookupError(msg)
    return found
