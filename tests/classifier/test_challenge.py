"""The challenge: promoted when nothing important got worse, kept with the reason otherwise."""

from collections.abc import Sequence

import pytest

from classifier.challenge import Comparison, compare, frozen_examples
from classifier.examples import Example, read_corpus
from classifier.suggest import Message
from models.rules.labels import Area, Kind, Signal
from models.rules.opinions import AreaOpinion, Opinion

HOUSING = (Area.HOUSING,)


def opinion(kind: Kind | None, *signals: Signal, guess: Kind | None = None, area: Area = Area.HOUSING) -> Opinion:
    return Opinion(kind, guess or kind or Kind.COMPLAINT, 0.9, (AreaOpinion(area, 0.9),), signals, ("So.",), "v")


def example(number: int, kind: Kind, *signals: Signal) -> Example:
    return Example(f"e-{number}", f"s-{number}", "email", str(number), "x", kind, HOUSING, signals)


FROZEN = [
    *(example(number, Kind.COMPLAINT) for number in range(60)),
    *(example(number, Kind.SERVICE_REQUEST) for number in range(60, 118)),
    example(118, Kind.SERVICE_REQUEST, Signal.HAZARD),
    example(119, Kind.COMPLIMENT),
]


class Thinks:
    """Right about every message but those it was told to think otherwise of."""

    def __init__(self, **otherwise: Opinion) -> None:
        self._otherwise = otherwise

    def suggest(self, message: Message) -> Opinion:
        truth = FROZEN[int(message.subject)]
        return self._otherwise.get(f"e{message.subject}", opinion(truth.kind, *truth.signals))

    def suggest_many(self, messages: Sequence[Message]) -> list[Opinion]:
        return [self.suggest(message) for message in messages]


def challenged_by(**otherwise: Opinion) -> Comparison:
    return compare(Thinks(), Thinks(**otherwise), FROZEN)


def test_one_that_is_as_good_may_be_promoted() -> None:
    assert challenged_by().worse() == []


def test_one_that_is_better_may_be_promoted() -> None:
    assert compare(Thinks(e0=opinion(Kind.COMPLIMENT)), Thinks(), FROZEN).worse() == []


def test_one_that_misses_a_complaint_more_is_kept_off() -> None:
    worse = challenged_by(e0=opinion(None, guess=Kind.SERVICE_REQUEST))
    assert worse.worse() == ["complaints found fell from 1.000 to 0.983"]


def test_one_that_names_complaints_something_else_is_kept_off() -> None:
    named = challenged_by(e0=opinion(Kind.SERVICE_REQUEST), e1=opinion(Kind.SERVICE_REQUEST))
    assert "complaints not named something else fell from 1.000 to 0.967" in named.worse()
    assert "complaint or not fell from 1.000 to 0.983" in named.worse()


def test_one_that_overlooks_one_danger_is_kept_off() -> None:
    assert challenged_by(e118=opinion(Kind.SERVICE_REQUEST)).worse() == ["hazard found fell from 1.000 to 0.000"]


def test_a_little_may_be_lost_among_other_kinds() -> None:
    assert challenged_by(e60=opinion(Kind.COMMENT)).worse() == []
    many = {f"e{number}": opinion(Kind.COMMENT) for number in range(60, 75)}
    [worse] = challenged_by(**many).worse()
    assert worse.startswith("F1 of service request fell from 1.000")


def test_a_kind_with_few_letters_decides_nothing() -> None:
    comparison = challenged_by(e119=opinion(Kind.COMMENT))
    assert comparison.champion.kinds["compliment"].count == 1
    assert comparison.worse() == []


def test_one_that_is_hardly_ever_sure_is_kept_off() -> None:
    unsure = {f"e{number}": opinion(None, guess=FROZEN[number].kind) for number in range(20)}
    assert challenged_by(**unsure).worse() == ["given a kind fell from 1.000 to 0.833"]


def test_dangers_are_looked_for_where_people_marked_them() -> None:
    own = [FROZEN[118]]
    comparison = compare(Thinks(), Thinks(), FROZEN[:100], own)
    assert comparison.champion.never_waits == {}
    assert (comparison.lines, comparison.own, comparison.champion.own_right) == (101, 1, 1.0)


def test_the_table_shows_both_kind_by_kind() -> None:
    comparison = challenged_by(e0=opinion(Kind.SERVICE_REQUEST))
    text, told = comparison.as_text(), comparison.as_dict()
    for words in ("Complaint ", "Service request", "champion", "challenger", "hazard found", "given a kind"):
        assert words in text
    assert "0.983" in text
    assert told["challenger"]["kinds"]["complaint"]["recall"] == 0.983
    assert told["worse"] == comparison.worse()


@pytest.mark.parametrize("frozen", [[], FROZEN[60:70]])
def test_sets_without_a_complaint_or_a_line_are_compared_too(frozen: list[Example]) -> None:
    comparison = compare(Thinks(), Thinks(), frozen)
    assert comparison.worse() == []
    assert comparison.as_text()


def test_no_model_is_trained_on_a_frozen_letter() -> None:
    frozen, taught = frozen_examples(), read_corpus()
    assert {each.scenario for each in frozen} & {each.scenario for each in taught} == set()
    assert {each.body for each in frozen} & {each.body for each in taught} == set()
