"""The small notation in which patterns are written, and what it stands for.

- words in a row match words in a row: ``nothing has been done``
- ``a|b`` is one or the other; ``_`` joins words inside one choice: ``it|the_report``
- ``x?`` may be left out, and so may a choice: ``this|it?``
- ``...`` is up to ``GAP`` words between two parts of one clause
- ``$name`` is a choice named in ``NAMED``, so that a family of words is written once
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

GAP = 5
"""Words that may stand between two parts of a pattern; more joins what does not belong together."""

NAMED = {
    "council": "council|the_council|our_council|your_council|the_local_authority|the_authority|council_staff|the_team"
    "|your_team|your_department|the_department|your_staff|your_officers|your_crew|your_crews|the_crew|your_contractor"
    "|your_contractors|the_contractors|your_workmen|council_workers|the_housing_team|housing_team|social_services",
    "crew": "crew|crews|binmen|bin_crew|bin_crews|refuse_collectors|dustmen|collectors|workmen|workman|workers"
    "|operatives|operative|contractor|contractors|team|gang|road_sweeper|street_sweeper|sweeper|sweepers|cleaner|cleaners"
    "|caretaker|caretakers|bin_lorry|bin_people|council_worker|council_workers|lorry"
    "|repair_man|engineer|plumber|builders",
    "staff": "officer|officers|staff|manager|receptionist|advisor|adviser|operator|call_handler|agent|social_worker"
    "|caseworker|case_worker|housing_officer|warden|wardens|enforcement_officer|driver|crew|binmen|bin_men|operative"
    "|operatives|contractor|contractors|workman|workmen|team|inspector|surveyor|planner|carer|carers|librarian"
    "|lady_on_the_phone|man_on_the_phone|person_on_the_phone|person_i_spoke_to|member_of_staff",
    "reported": "reported|complained|flagged|raised|logged|notified|informed|emailed|phoned|called|rang|rung|contacted"
    "|written|wrote|messaged|chased|submitted",
    "reports": "reports|complaints|requests|emails|calls|phone_calls|letters|messages|enquiries|reporting|complaining"
    "|requesting|chasers|reminders|warnings|contacts|reporting_it|reporting_this|chasing|phoning|emailing|calling",
    "report": "report|complaint|request|email|case|ticket|enquiry|letter|call|query|application|form|correspondence"
    "|reports|complaints|requests|emails|cases|tickets|repair_request",
    "many": "many|multiple|several|numerous|countless|so_many|repeated|lots_of|loads_of|umpteen|a_number_of|various"
    "|continual|continued|constant|endless|frequent|regular|a_few|too_many|dozens_of|continuous|previous",
    "it": "this|it|these|them|that|the_same|the_issue|the_problem|this_issue|this_problem|the_matter|this_matter"
    "|the_same_issue|the_same_problem|this_one|this_repair|my_repair|the_repair|this_to_you|it_to_you|the_fault|those",
    "mended": "fixed|repaired|done|resolved|sorted|sorted_out|cleared|cleaned|collected|removed|emptied|addressed"
    "|dealt_with|completed|actioned|replaced|swept|cut|picked_up|rectified|attended_to|looked_at|mended|tackled"
    "|investigated|corrected|taken_away|cut_back|looked_into|acted_on|acted_upon|processed|answered|delivered"
    "|arranged|put_right",
    "kept": "swept|cleaned|emptied|collected|cut|weeded|pruned|cleared|maintained|mowed|mown|gritted|inspected|trimmed"
    "|repaired|resurfaced|serviced|picked_up|picked|looked_after|tended|patrolled|litter_picked",
    "closed": "fixed|completed|complete|closed|resolved|done|actioned|cleared|removed|repaired|sorted|finished"
    "|closed_down|solved|cleaned|collected|closed_off|dealt_with",
    "unit": "days|weeks|months|years",
    "have": "have|has|had",
    "nobody": "nobody|none_of_you|not_one_person|not_a_single_person",
    "i": "i|we|neighbours|residents|others|my_wife|my_husband|my_mother|my_daughter|my_son|people|tenants|parents",
}


@dataclass(frozen=True)
class Pattern:
    """One thing a message may say.

    - ``code`` names it for the model; ``sentence`` says it to an officer, in our words.
    - ``lines`` are the ways it is put, in the notation above.
    - ``negatable``: a "not" or "never" just before takes it back.
    - ``doubtable``: so does an "if" or "might" just before.
    """

    code: str
    sentence: str
    lines: tuple[str, ...]
    negatable: bool = True
    doubtable: bool = False


Words = tuple[str, ...]


def parts(line: str) -> list[list[Words]]:
    """Every wording of each part of a pattern line, the parts standing in order with a gap between."""
    return [_wordings(part.split()) for part in line.split(" ... ")]


def _wordings(elements: Sequence[str]) -> list[Words]:
    """Every row of words that one part stands for."""
    chosen = product(*(_choices(element) for element in elements))
    rows = {tuple(word for choice in row for word in choice) for row in chosen}
    return sorted(row for row in rows if row)


def _choices(element: str) -> list[Words]:
    """The choices of one element, an empty one among them when it may be left out."""
    optional = element.endswith("?")
    words = [_named(word) for word in element.removesuffix("?").split("|")]
    found: list[Words] = [tuple(word.split("_")) for named in words for word in named.split("|")]
    return [*found, ()] if optional else found


def _named(word: str) -> str:
    """The choice a ``$name`` stands for; any other word is itself."""
    return NAMED[word[1:]] if word.startswith("$") else word
