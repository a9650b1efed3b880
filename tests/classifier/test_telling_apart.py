"""Telling apart: pairs of one story, counted by hand."""

from classifier.examples import Example
from classifier.telling_apart import Told, tell_apart
from models.rules.labels import Area, Kind

COMPLAINT, CHASER, REQUEST, PRAISE = Kind.COMPLAINT, Kind.CHASER, Kind.SERVICE_REQUEST, Kind.COMPLIMENT


def told(scenario: str, kind: Kind, **chances: float) -> Told:
    example = Example("x", scenario, "app", "", "", kind, (Area.HOUSING,))
    return example, {Kind(name): chance for name, chance in chances.items()}


def test_a_pair_is_apart_when_both_lie_on_their_side() -> None:
    found = tell_apart([told("a", COMPLAINT, complaint=0.5, chaser=0.4), told("a", CHASER, complaint=0.2, chaser=0.3)])
    assert (found.every.pairs, found.every.apart, found.every.round) == (1, 1, 1)


def test_both_on_one_side_may_still_be_the_right_way_round() -> None:
    found = tell_apart([told("a", COMPLAINT, complaint=0.4, chaser=0.6), told("a", CHASER, complaint=0.1, chaser=0.9)])
    assert (found.every.apart, found.every.round) == (0, 1)


def test_both_on_one_side_are_matched_when_the_right_way_to_share_the_kinds_is_likelier() -> None:
    found = tell_apart(
        [told("a", REQUEST, service_request=0.9, chaser=0.1), told("a", CHASER, service_request=0.6, chaser=0.4)]
    )
    assert (found.every.apart, found.every.matched, found.every.round) == (0, 1, None)


def test_the_wrong_way_to_share_the_kinds_is_no_match() -> None:
    found = tell_apart(
        [told("a", REQUEST, service_request=0.6, chaser=0.4), told("a", CHASER, service_request=0.9, chaser=0.1)]
    )
    assert (found.every.apart, found.every.matched) == (0, 0)


def test_the_same_chances_are_no_telling_apart() -> None:
    same = {"complaint": 0.5, "chaser": 0.5}
    found = tell_apart([told("a", COMPLAINT, **same), told("a", CHASER, **same)])
    assert (found.every.apart, found.every.matched, found.every.round) == (0, 0, 0)


def test_other_stories_and_like_kinds_make_no_pair() -> None:
    found = tell_apart(
        [told("a", COMPLAINT, complaint=1.0), told("a", COMPLAINT, complaint=1.0), told("b", CHASER, chaser=1.0)]
    )
    assert (found.every.pairs, found.scenarios) == (0, 0)


def test_kinds_besides_complaints_have_no_way_round() -> None:
    found = tell_apart(
        [
            told("a", REQUEST, service_request=0.9),
            told("a", PRAISE, compliment=0.9),
            told("a", COMPLAINT, complaint=0.9),
        ]
    )
    assert (found.every.pairs, found.every.round) == (3, None)
    assert (found.complaints.pairs, found.complaints.round) == (2, 2)
    assert set(found.by_kinds) == {(COMPLAINT, REQUEST), (COMPLAINT, PRAISE), (PRAISE, REQUEST)}


def test_the_table_tells_the_three_shares() -> None:
    pair = [told("a", COMPLAINT, complaint=0.4, chaser=0.6), told("a", CHASER, complaint=0.1, chaser=0.9)]
    first = tell_apart(pair).table("Pairs").as_text().splitlines()[3]
    assert first.split() == ["all", "1", "0.000", "1.000", "1.000"]
