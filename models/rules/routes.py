"""Routes beside the complaints procedure: where a matter belongs that this procedure does not decide.

Left out are the routes the council itself answers under a procedure of its own (information requests, personal data,
councillors' enquiries): there the procedure is changed, and its clock runs on. Danger to anybody is acted on, never
signposted. The Welsh was written without a Welsh speaker; one must read it before a council sends any of it.
"""

from dataclasses import dataclass

from models.rules.languages import Language


@dataclass(frozen=True)
class Route:
    """Where a matter goes instead.

    - ``name`` is what an officer chooses; ``words`` what the letter calls the route, after a colon.
    - ``has_deadline``: the person has a deadline of their own there, so the letter may not wait.
    """

    name: str
    words: str
    in_welsh: str
    has_deadline: bool = False

    def said(self, language: Language) -> str:
        """What the letter calls the route in that language."""
        return self.in_welsh if language == Language.WELSH else self.words


DEADLINE = {
    Language.ENGLISH: "This route has a time limit that is yours to keep. Please ask there at once when it ends.",
    Language.WELSH: "Mae terfyn amser ar y drefn hon, a chi sydd i'w gadw. Gofynnwch yno ar unwaith pryd y daw i ben.",
}
"""What the letter adds where the person has a deadline of their own. No figure: the body itself says what holds."""

ROUTES: tuple[Route, ...] = (
    Route(
        "first report", "a first report to the service that puts it right", "adroddiad cyntaf i'r gwasanaeth perthnasol"
    ),
    Route(
        "councillor's conduct",
        "our arrangements for the conduct of councillors, which the Monitoring Officer runs",
        "ein trefniadau ar gyfer ymddygiad cynghorwyr, dan ofal y Swyddog Monitro",
    ),
    Route(
        "penalty charge",
        "a challenge to the penalty charge, and then an appeal to the independent adjudicator",
        "herio'r hysbysiad tâl cosb, ac yna apêl at y dyfarnwr annibynnol",
        has_deadline=True,
    ),
    Route(
        "school admission or exclusion",
        "an appeal to the independent panel for school admissions or exclusions",
        "apêl at y panel annibynnol ar gyfer derbyn i ysgolion neu wahardd ohonynt",
        has_deadline=True,
    ),
    Route("complaint about a school", "the school's own complaints procedure", "gweithdrefn gwyno'r ysgol ei hun"),
    Route(
        "special educational needs tribunal",
        "an appeal to the tribunal for special educational needs",
        "apêl i'r tribiwnlys anghenion addysgol arbennig neu anghenion dysgu ychwanegol",
        has_deadline=True,
    ),
    Route(
        "homelessness review",
        "a review of our decision on homelessness",
        "adolygiad o'n penderfyniad ar ddigartrefedd",
        has_deadline=True,
    ),
    Route(
        "housing benefit appeal",
        "a revision of the benefit decision or an appeal against it",
        "adolygu'r penderfyniad ar fudd-dal neu apelio yn ei erbyn",
        has_deadline=True,
    ),
    Route(
        "council tax appeal",
        "a written dispute of the council tax, and then an appeal to the Valuation Tribunal",
        "anghydfod ysgrifenedig am y dreth gyngor, ac yna apêl i'r Tribiwnlys Prisio",
        has_deadline=True,
    ),
    Route(
        "planning appeal",
        "an appeal against the planning decision to the national planning inspectors",
        "apêl yn erbyn y penderfyniad cynllunio at yr arolygwyr cynllunio cenedlaethol",
        has_deadline=True,
    ),
    Route(
        "comment on a planning application",
        "a comment to the officer who deals with the planning application",
        "sylw i'r swyddog sy'n delio â'r cais cynllunio",
        has_deadline=True,
    ),
    Route(
        "planning enforcement",
        "a report to planning enforcement",
        "adroddiad i'r tîm gorfodi cynllunio",
    ),
    Route(
        "statutory notice",
        "the appeal that the notice itself explains",
        "yr apêl y mae'r hysbysiad ei hun yn ei hesbonio",
        has_deadline=True,
    ),
    Route(
        "licensing",
        "a representation or an appeal under the licensing rules",
        "sylwadau neu apêl o dan y rheolau trwyddedu",
        has_deadline=True,
    ),
    Route("blue badge", "a review of the Blue Badge decision", "adolygiad o'r penderfyniad ar y Bathodyn Glas"),
    Route(
        "objection, consultation or petition",
        "the objection, consultation or petition that is open on it",
        "y gwrthwynebiad, yr ymgynghoriad neu'r ddeiseb sydd ar agor yn ei gylch",
        has_deadline=True,
    ),
    Route(
        "insurance claim",
        "a claim for compensation, which our insurers decide",
        "hawliad am iawndal, y mae ein hyswirwyr yn penderfynu arno",
        has_deadline=True,
    ),
    Route(
        "court or tribunal",
        "the court or tribunal that is dealing with it",
        "y llys neu'r tribiwnlys sy'n delio ag ef",
        has_deadline=True,
    ),
    Route(
        "employment or pension",
        "the procedures for people who work or worked for us",
        "y gweithdrefnau ar gyfer pobl sy'n gweithio neu a fu'n gweithio i ni",
    ),
    Route("whistleblowing", "our whistleblowing procedure", "ein gweithdrefn chwythu'r chwiban"),
    Route("contract or tender", "the rules of the contract or tender", "rheolau'r contract neu'r tendr"),
    Route("fraud", "our counter-fraud team", "ein tîm atal twyll"),
    Route("police", "the police", "yr heddlu"),
    Route(
        "another body",
        "the body that is responsible for it, which is not the council",
        "y corff sy'n gyfrifol amdano, nad yw'n rhan o'r cyngor",
    ),
    Route(
        "contact arrangements",
        "a review of the arrangements we made for your contact with us",
        "adolygiad o'r trefniadau a wnaethom ar gyfer eich cyswllt â ni",
    ),
    Route(
        "the Ombudsman",
        "the Ombudsman, since our own procedure has ended",
        "yr Ombwdsmon, gan fod ein gweithdrefn ein hunain wedi dod i ben",
        has_deadline=True,
    ),
)
"""The routes an officer may choose from; why this one is said in the officer's words."""


def route_named(name: str) -> Route:
    """The route of that name. Raises LookupError."""
    found = next((route for route in ROUTES if route.name == name), None)
    if found is None:
        msg = f"“{name}” is no route; it is one of: {', '.join(route.name for route in ROUTES)}"
        raise LookupError(msg)
    return found
