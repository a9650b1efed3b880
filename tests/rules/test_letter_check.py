from time import process_time

import pytest

from models.rules.letter_check import SUPPLIED, Element, check_letter

WHOLE = """We looked into your complaint at stage 1.

1. The bin was missed on 3 and 10 September because the crew had an old list of addresses.
2. Nobody rang you back. Our records show two calls. That should not have happened, and we apologise.

We have given the crew the new list. The supervisor rings you by Friday 30 October; nothing else remains.

Our decision: your complaint is upheld. If you are not satisfied, ask for stage 2 by replying to this letter."""

BY_TEMPLATE = SUPPLIED["response"]


def lacks(text: str, *, owes_remedy: bool = True, is_last: bool = False, points: tuple[str, ...] = ()) -> list[str]:
    found = check_letter(text, owes_remedy=owes_remedy, is_last=is_last, supplied=BY_TEMPLATE, points=points)
    return [finding.element.value for finding in found]


def test_a_whole_letter_lacks_nothing() -> None:
    points = ("My bin was missed twice", "Nobody rang me back")
    assert check_letter(WHOLE, owes_remedy=True, points=points) == ()


def test_an_empty_letter_lacks_everything_once() -> None:
    found = check_letter("", owes_remedy=True, points=("My bin was missed",))
    assert [finding.element for finding in found] == [
        Element.STAGE,
        Element.DECISION,
        Element.WAY_ON,
        Element.REASONS,
        Element.REMEDY,
        Element.ACTIONS,
        Element.POINTS,
    ]
    for finding in found:
        assert finding.sentence[0].isupper()
        assert len(finding.sentence) < 130


def test_what_the_template_says_counts_as_present() -> None:
    assert lacks("") == ["reasons", "remedy", "actions"]


def test_the_last_stage_must_name_the_ombudsman() -> None:
    [finding] = check_letter(WHOLE, owes_remedy=True, is_last=True)
    assert "Ombudsman" in finding.sentence
    assert check_letter(WHOLE + " You may go to the Ombudsman.", owes_remedy=True, is_last=True) == ()


@pytest.mark.parametrize(
    "text",
    [
        "The charge stands because the car stood on a double yellow line.",
        "The photographs show the car on a double yellow line.",
        "Under section 130 of the Highways Act 1980 the landowner must cut the hedge.",
        "I spoke to the driver, who saw no bin.",
        "Our policy is to visit within five days, and we did.",
    ],
)
def test_reasons_are_seen_in_many_words(text: str) -> None:
    assert lacks(text, owes_remedy=False) == []


@pytest.mark.parametrize("text", ["We do not agree with you.", "Thank you for your letter, which we noted."])
def test_a_bare_refusal_gives_no_reasons(text: str) -> None:
    assert lacks(text, owes_remedy=False) == ["reasons"]


@pytest.mark.parametrize(
    "text",
    [
        "We are sorry. It was mended on Friday.",
        "We refunded you £40. Nothing further is to be done.",
        "We will repair it by 30 November.",
        "The crew has been trained. We apologise.",
    ],
)
def test_remedies_are_seen_in_many_words(text: str) -> None:
    assert lacks(f"{text} It broke because of frost.") == []


def test_nothing_is_owed_where_nothing_was_wrong() -> None:
    assert lacks("Our records show that the bin was emptied.", owes_remedy=False) == []
    assert lacks("Our records show that the bin was emptied.") == ["remedy"]


@pytest.mark.parametrize(
    ("text", "has_day"),
    [
        ("We will fill the hole.", False),
        ("We’ll fill the hole soon.", False),
        ("The hole will be filled.", False),
        ("You told us on 3 March. It rained. We will fill the hole.", False),
        ("We will fill the hole by 30 November.", True),
        ("We will fill the hole within ten working days.", True),
        ("We will pay you £50. You get it by the end of May.", True),
        ("The crew will come on Tuesday.", True),
        ("We will not fill the hole.", True),
        ("You will find it on our website.", True),
    ],
)
def test_a_promise_says_by_when(text: str, has_day: bool) -> None:
    assert ("actions" in lacks(f"{text} It broke because of frost.", owes_remedy=False)) is not has_day


@pytest.mark.parametrize(
    ("letter", "unanswered"),
    [
        ("1. It was late.\n2) It was dirty.", []),
        ("Point 1: it was late. As to point 2, it was dirty.", []),
        ("The collections are late on Tuesdays. The driver shouted, which is wrong.", []),
        ("The collections are late on Tuesdays.", ["Point 2 is not answered: The driver shouted at me"]),
        ("", ["Point 1 is not answered: Late collection", "Point 2 is not answered: The driver shouted at me"]),
    ],
)
def test_each_point_is_answered_by_number_or_in_words(letter: str, unanswered: list[str]) -> None:
    found = check_letter(letter, owes_remedy=False, points=("Late collection", "The driver shouted at me"))
    assert [finding.sentence for finding in found if finding.element is Element.POINTS] == unanswered


def test_a_long_letter_is_checked_at_once() -> None:
    """Slack lets an officer write 3,000 characters; ten times that, of the worst kind, takes no time."""
    began = process_time()
    for piece in ("we will be ", "within a a a ", "has now been ", "stage ", "the records ", "1. "):
        check_letter(piece * 3000, owes_remedy=True, points=("word " * 200,))
    assert process_time() - began < 2, "a tenth of a second is usual"
