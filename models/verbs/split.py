"""Split: one letter speaks of two matters, and the second becomes a case of its own."""

from models.rules.labels import Area
from models.splitting import Matter, new_case_of_matter
from models.verbs.called import area_names
from models.verbs.verb import Act, Asked, Values, Verb, one_of


def _split(act: Act, values: Values) -> str:
    matter = Matter(values["matter"], Area(values["area"]) if values["area"] else None)
    return new_case_of_matter(act.session, act.case, matter, by=act.by, settings=act.settings, now=act.now)


SPLIT = Verb(
    "split",
    "Split off another matter",
    "The other matter becomes a case of its own, with a copy of the letter and the same day of receipt. "
    "The resident gets its reference.",
    (
        Asked("matter", "The other matter", "long text", hint="What it is about, in a sentence; for officers only."),
        Asked(
            "area",
            "The service it concerns",
            "choice",
            is_required=False,
            choices=one_of(*Area),
            called=area_names,
            hint="Empty: the same service.",
        ),
    ),
    _split,
)
