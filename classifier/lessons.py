"""Lessons: what the definitions of the kinds say about evidence taken by itself.

Examples teach how people write; these teach what the labels mean, so that a small
corpus cannot unteach it: told before and still broken, put without blame, is a
chaser; blame makes it a complaint; fury at a neighbour makes nothing but a request.
Each lesson is a message with evidence and no words.
"""

from collections.abc import Iterable, Sequence
from itertools import product

from classifier.evidence import Evidence
from classifier.reading import BLAMED, Reading
from models.rules.labels import Kind

_Said = tuple[str, ...]

_WITH_BLAME: tuple[_Said, ...] = (
    (),
    ("told_before",),
    ("still_not_done",),
    ("told_before", "still_not_done"),
    ("asks_for_service", "length_of_time"),
    ("third_party",),
    ("dissatisfied",),
    ("wants_complaint",),
    ("praise",),
)

_PLAINLY: dict[Kind, tuple[_Said, ...]] = {
    Kind.COMPLAINT: (
        ("council_acted",),
        ("council_acted", "late"),
        ("council_acted", "still_not_done"),
        ("council_acted", "length_of_time"),
        ("closed_undone",),
        ("closed_undone", "told_before", "told_often"),
        ("closed_undone", "told_before", "dissatisfied"),
        ("told_often", "told_before", "still_not_done", "dissatisfied"),
        ("told_often", "still_not_done", "length_of_time"),
        ("despite_reports", "still_not_done", "dissatisfied"),
        ("wants_complaint", "told_before", "still_not_done"),
        ("times_told", "times_told", "times_told", "told_before", "still_not_done"),
        ("wrote_before_open", "dissatisfied"),
        ("wrote_before_open", "told_often", "still_not_done"),
        ("wrote_before_closed", "closed_undone"),
        ("wrote_before_closed", "still_not_done"),
        ("wrote_before_closed", "dissatisfied"),
        ("quotes_our_case", "dissatisfied", "still_not_done"),
    ),
    Kind.CHASER: (
        ("told_before",),
        ("told_before", "asks_progress"),
        ("asks_progress",),
        ("told_before", "still_not_done"),
        ("told_before", "asks_for_service"),
        ("told_before", "asks_for_service", "still_not_done"),
        ("told_before", "not_done"),
        ("told_before", "third_party"),
        ("told_before", "length_of_time"),
        ("told_before", "plain_question"),
        ("still_not_done",),
        ("times_told", "times_told", "told_before"),
        ("told_often", "told_before", "asks_for_service"),
        ("told_before", "closed_undone"),
        ("wrote_before_open",),
        ("wrote_before_open", "asks_progress"),
        ("wrote_before_open", "asks_for_service"),
        ("quotes_our_case",),
        ("quotes_our_case", "asks_progress"),
    ),
    Kind.SERVICE_REQUEST: (
        ("asks_for_service",),
        ("asks_for_service", "length_of_time"),
        ("first_report",),
        ("third_party",),
        ("third_party", "asks_for_service"),
        ("third_party", "dissatisfied"),
        ("third_party", "dissatisfied", "times_happened"),
        ("third_party", "wants_complaint"),
        ("third_party", "wants_complaint", "dissatisfied", "length_of_time"),
        ("dissatisfied",),
        ("dissatisfied", "asks_for_service"),
        ("not_done", "asks_for_service"),
        ("asks_for_service", "praise"),
        ("asks_for_service", "plain_question"),
        ("first_report", "dissatisfied"),
    ),
    Kind.COMPLIMENT: (("praise",), ("praise", "length_of_time")),
    Kind.COMMENT: (("suggests",), ("suggests", "not_a_complaint")),
    Kind.INFORMATION_REQUEST: (("information_law",), ("plain_question",), ("information_law", "asks_for_service")),
    Kind.DATA_RIGHTS: (("data_rights",), ("data_rights", "asks_for_service")),
    Kind.OTHER_PROCESS: (("own_process",), ("own_process", "asks_for_service"), ("own_process", "dissatisfied")),
    Kind.MEMBER_ENQUIRY: (("from_member",), ("from_member", "asks_for_service"), ("from_member", "told_before")),
    Kind.NOT_FOR_COUNCIL: (("not_for_council",), ("not_for_council", "third_party")),
}


def lessons() -> tuple[Sequence[Reading], Sequence[Kind]]:
    """Every lesson as a reading without words, and its kind."""
    taught = [*_blaming(), *((kind, said) for kind, rows in _PLAINLY.items() for said in rows)]
    return [_reading(said) for _, said in taught], [kind for kind, _ in taught]


def _blaming() -> Iterable[tuple[Kind, _Said]]:
    for blame, said in product(sorted(BLAMED), _WITH_BLAME):
        yield Kind.COMPLAINT, (blame, *said)


def _reading(said: _Said) -> Reading:
    """Evidence with no place in a text; a code named n times carries the number n, and a length of time is a month."""
    numbers = {code: 30 if code == "length_of_time" else said.count(code) for code in said}
    return Reading("", tuple(Evidence(code, 0, 0, "", number) for code, number in numbers.items()))
