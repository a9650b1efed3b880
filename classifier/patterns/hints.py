"""Hints of danger: families of words that prove nothing alone, and together make a signal likelier.

A resident seldom writes the word "suicide" or "abuse": the tablets are counted, the
dog is promised to a neighbour, a child has a fat lip. Each family is broad on
purpose: ``classifier.overrides`` names a signal when two families meet, and
``classifier.signals`` lets each one raise the model's chance.
"""

from dataclasses import dataclass

from classifier.patterns.hints_of_despair import DESPAIR
from classifier.patterns.hints_of_homes import HOME
from classifier.patterns.hints_of_people import HARM, PEOPLE
from classifier.patterns.hints_of_places import BODY
from classifier.phrases import Pattern
from models.rules.labels import Signal

HINTS: tuple[Pattern, ...] = (*PEOPLE, *HARM, *DESPAIR, *HOME, *BODY)


@dataclass(frozen=True)
class Hinted:
    """Which families bear on a signal; ``who``, where there is one, must be among the hints to name it outright."""

    families: frozenset[str]
    who: str = ""


HINTED_BY: dict[Signal, Hinted] = {
    Signal.CHILD_AT_RISK: Hinted(frozenset({"child", "violence", "secret", "held", "neglect"}), who="child"),
    Signal.ADULT_AT_RISK: Hinted(
        frozenset({"frail", "violence", "secret", "held", "neglect", "taken_from"}), who="frail"
    ),
    Signal.SELF_HARM_RISK: Hinted(frozenset({"death", "despair", "farewell", "means"})),
    Signal.HAZARD: Hinted(frozenset({"structure", "burning", "hurt", "near_miss", "cold_or_damp", "traffic"})),
    Signal.HOMELESSNESS_RISK: Hinted(frozenset({"home_lost", "no_place"})),
}
