"""Evidence: what is said is found, what is denied is not."""

import pytest

from classifier.evidence import PATTERNS, EvidenceFinder, codes, tokens
from classifier.reading import Reader
from classifier.text import clean

SAID = [
    ("I reported this before", "told_before"),
    ("As I told you last week", "told_before"),
    ("Have you told us before:\nYes", "told_before"),
    ("I have reported this numerous times", "told_often"),
    ("I keep ringing about it", "told_often"),
    ("Despite several reports it is the same", "despite_reports"),
    ("It still hasn't been fixed", "still_not_done"),
    ("Nothing has been done", "still_not_done"),
    ("Marked as fixed but it is still there", "closed_undone"),
    ("You closed my report and the hole is there", "closed_undone"),
    ("I was told that someone would come on Monday", "promise_broken"),
    ("Nobody turned up", "promise_broken"),
    ("I was told a manager would ring me", "promise_broken"),
    ("It was due to be collected on Friday", "promise_broken"),
    ("It has now been over 20 working days", "late"),
    ("My emails have been ignored", "ignored"),
    ("I have had no reply", "ignored"),
    ("Only half a job was done", "badly_done"),
    ("Your contractors left a mess", "badly_done"),
    ("They resurfaced the path but left the rubble", "badly_done"),
    ("Grit was spilled along our hall by the contractors", "badly_done"),
    ("The verge has not been cut for three months", "service_failing"),
    ("The bin was missed yet again", "service_failing"),
    ("Your officer was rude to my mother", "staff_conduct"),
    ("He hung up on me", "staff_conduct"),
    ("The council has failed in its duty", "blames_council"),
    ("What do we pay council tax for?", "council_tax_argument"),
    ("The decision was handled badly", "decision_handled_badly"),
    ("We were not consulted", "decision_handled_badly"),
    ("I am not happy with your response", "unhappy_with_answer"),
    ("Please take it to stage two", "unhappy_with_answer"),
    ("This is not acceptable", "dissatisfied"),
    ("I wish to make a formal complaint", "wants_complaint"),
    ("Next door have dumped a sofa", "third_party"),
    ("My neighbour keeps parking on the grass", "third_party"),
    ("Please can you arrange a collection", "asks_for_service"),
    ("Who is responsible for this hedge?", "plain_question"),
    ("Thank you to the whole team", "praise"),
    ("Under the Freedom of Information Act", "information_law"),
    ("This is a subject access request", "data_rights"),
    ("I want to appeal against a PCN", "own_process"),
    ("My constituent has written to me", "from_member"),
    ("I want to rank your site with SEO and backlinks", "not_for_council"),
    ("I just noticed a new hole", "first_report"),
    ("Any update on my report?", "asks_progress"),
]

DENIED = [
    ("I have not reported this before", "told_before"),
    ("Not sure if it has been reported already", "told_before"),
    ("This is not a complaint", "wants_complaint"),
    ("Never had any problem with the bins", "service_failing"),
    ("My neighbour was rude to me", "staff_conduct"),
    ("My son is not rude to your officer", "staff_conduct"),
    ("I told him to stop", "told_before"),
    ("It is supposed to be a quiet street", "promise_broken"),
    ("My brother said it would be nice", "promise_broken"),
    ("It is now half past four and the hall is shut", "late"),
    ("You answer within 10 working days", "late"),
    ("Could the railings be properly repaired", "badly_done"),
    ("Some lads can not be bothered to shut the gate", "blames_council"),
    ("I have not told anybody yet", "decision_handled_badly"),
    ("The children play on stage two of the climbing frame", "unhappy_with_answer"),
    ("My neighbours and I love the park", "third_party"),
    ("There is graffiti on the library", "third_party"),
    ("I am a tenant of yours", "third_party"),
    ("I would like the single person discount", "not_for_council"),
    ("I can show my passport", "not_for_council"),
    ("The path leads to the pond", "not_for_council"),
    ("For the first time in years the bins were emptied", "first_report"),
]


def found(finder: EvidenceFinder, words: str) -> set[str]:
    return {evidence.code for evidence in finder.find(tokens(clean("", words)))}


@pytest.mark.parametrize(("words", "code"), SAID)
def test_what_is_said_is_found(finder: EvidenceFinder, words: str, code: str) -> None:
    assert code in found(finder, words)


@pytest.mark.parametrize(("words", "code"), DENIED)
def test_what_is_denied_is_not_found(finder: EvidenceFinder, words: str, code: str) -> None:
    assert code not in found(finder, words)


@pytest.mark.parametrize(
    ("words", "times"),
    [
        ("This is the third time I have reported it", 3),
        ("I reported it 4 times", 4),
        ("2nd complaint about this", 2),
        ("I have told you twice", 2),
    ],
)
def test_how_often_is_counted(finder: EvidenceFinder, words: str, times: int) -> None:
    assert [e.number for e in finder.find(tokens(clean("", words))) if e.code == "times_told"] == [times]


@pytest.mark.parametrize(
    ("words", "days"), [("waiting 3 weeks now", 21), ("for two months", 60), ("over a year", 365), ("since March", 30)]
)
def test_how_long_is_counted_in_days(finder: EvidenceFinder, words: str, days: int) -> None:
    assert max(e.number for e in finder.find(tokens(clean("", words))) if e.code == "length_of_time") == days


def test_a_place_in_the_text_goes_with_each_find(finder: EvidenceFinder) -> None:
    text = clean("", "The bin is full. I reported this before.")
    assert all(text[e.start : e.end] == e.words for e in finder.find(tokens(text)))


def test_a_pattern_does_not_reach_over_a_full_stop(finder: EvidenceFinder) -> None:
    assert "staff_conduct" not in found(finder, "I saw the officer. My neighbour was rude.")


def test_every_pattern_says_itself_in_a_sentence() -> None:
    assert all(pattern.sentence.endswith(".") and pattern.lines for pattern in PATTERNS)


def test_readers_share_one_finder_for_it_takes_long_to_build() -> None:
    assert Reader()._finder is Reader()._finder


def test_every_code_stands_once() -> None:
    assert len(codes()) == len(set(codes()))
