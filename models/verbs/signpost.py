"""Signpost: the matter has another route, and the resident is told which, and that it may not wait."""

from models.rules.routes import DEADLINE, ROUTES, route_named
from models.rules.steps import Step
from models.verbs.ending import TOLD_ANOTHER_WAY, check_may_end, end, how_told, language_of, tell_or_refuse
from models.verbs.offered import where_it_may_end
from models.verbs.verb import Act, Asked, Values, Verb, one_of


def _signpost(act: Act, values: Values) -> str:
    check_may_end(act, Step.SIGNPOST)
    route, language = route_named(values["route"]), language_of(act)
    why = f"{values['why']}\n\n{DEADLINE[language]}" if route.has_deadline else values["why"]
    is_sent = tell_or_refuse(act, values, "signpost", route=route.said(language), why=why)
    kept = {name: values[name] for name in ("route", "why", "told_another_way")}
    end(act, Step.SIGNPOST, "signposted", "signposted", **kept, has_deadline=route.has_deadline, letter=is_sent)
    warning = " The resident has a time limit of their own there." if route.has_deadline else ""
    return f"{act.case.reference} is signposted ({route.name}) and closed. {how_told(is_sent)}{warning}"


SIGNPOST = Verb(
    "signpost",
    "Signpost",
    "The resident gets a letter that names the route this matter has of its own, and the case closes. "
    "A complaint about how that route is run stays possible.",
    (
        Asked("route", "Route", "choice", choices=one_of(*(route.name for route in ROUTES))),
        Asked(
            "why",
            "Why that route, and how to reach it",
            "long text",
            hint="It stands in the letter as written. Give an address or a telephone number.",
        ),
        TOLD_ANOTHER_WAY,
    ),
    _signpost,
    where_it_may_end(Step.SIGNPOST),
)
