"""Reasons: each is true to what moved the guess, and says nothing that the message does not."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from classifier.pipeline import TrainedModel
from classifier.reading import Reader, Reading
from classifier.reasons import Claim, Guess, Reasoner, single_claims
from classifier.suggest import best_guess
from models.rules.labels import Kind

pytestmark = pytest.mark.xdist_group("small model")

SENTENCES = [
    "I have reported the broken gate at Orchard Rise three times and nobody has come.",
    "You closed my report and the hole in Mill Lane is still there.",
    "Your contractors left half the job undone and were rude to my father.",
    "I was promised a visit on Monday, nobody turned up, and my emails have been ignored.",
    "The council has failed in its duty. I wish to make a formal complaint.",
    "The recycling has been missed yet again, every week since Easter. Not good enough.",
    "I am not happy with your response, it does not answer my questions.",
    "My application was badly handled and I was never consulted.",
    "What do we pay council tax for? The alley has not been swept for two years.",
    "Great job, well done council, you have filled half a pothole.",
    "Your officer told me it would take two weeks. It is now eleven weeks.",
    "Despite several reports the street light is still out. I am fed up.",
    "They marked it as fixed but the drain is still blocked.",
    "I reported the mattress last week, ref 4471902. Any update please?",
    "Just checking how my application is getting on, I sent the form in May.",
    "I emailed on the 3rd about a new bin and wondered when it might come.",
    "Following my report of the fallen tree, could you tell me the date for the work?",
    "Chasing up my request for a parking permit, reference AB12345678.",
    "Please can you collect a sofa from outside the flats.",
    "There is a big pothole on Sandy Way, it needs filling.",
    "I just noticed the street light on Heron Close is broken.",
    "My neighbour plays loud music all night. Please can someone come.",
    "Somebody has dumped tyres by the canal, please remove them.",
    "I would like to apply for a garden waste bin.",
    "The takeaway next door is dumping oil down the drain. This is disgusting.",
    "Thank you so much to the crew who helped my mother with her bins.",
    "The library staff were brilliant, so helpful and kind.",
    "Just to say well done to everyone for the lovely flower beds.",
    "I think that the park would be better with more benches.",
    "A suggestion for the council: why not plant more trees?",
    "In my opinion the new bus lane is a good idea.",
    "Under the Freedom of Information Act please tell me how many fines were issued.",
    "What are the opening times of the tip, and do I need a permit?",
    "How do I register to vote?",
    "This is a subject access request for all the data you hold about me.",
    "Please erase my personal data from your records.",
    "I want to appeal against a penalty charge notice.",
    "I object to the planning application for twelve houses.",
    "I write on behalf of a constituent who has contacted my office.",
    "As ward councillor I have been approached by several residents.",
    "We can rank your website with SEO and backlinks, click here.",
    "My passport has not come and the GP surgery will not give me an appointment.",
]


@pytest.fixture(scope="module")
def reasoner(model: TrainedModel) -> Reasoner:
    return Reasoner(model)


@pytest.fixture(scope="module")
def claimed(model: TrainedModel, reasoner: Reasoner, reader: Reader) -> list[tuple[Reading, Kind, Claim]]:
    """Each sentence as it was read, the guess, and each claim about it that speaks of something found."""
    return [found for words in SENTENCES for found in claims_of(reader.read("", words), model, reasoner)]


def claims_of(reading: Reading, model: TrainedModel, reasoner: Reasoner) -> Iterator[tuple[Reading, Kind, Claim]]:
    guess = guessed(model, reading)
    for claim in reasoner.claims([guess])[0]:
        if claim.codes:
            yield reading, guess.kind, claim


def guessed(model: TrainedModel, reading: Reading) -> Guess:
    [scores] = model.scores([reading])
    return Guess(reading, scores, best_guess(scores.kinds))


def chance(model: TrainedModel, reading: Reading, guess: Kind) -> float:
    return model.scores([reading])[0].kinds[guess]


def without_finds(reading: Reading, codes: frozenset[str]) -> Reading:
    return replace(reading, evidence=tuple(each for each in reading.evidence if each.code not in codes))


def without_words(reading: Reading, codes: frozenset[str]) -> str:
    letters = list(reading.text)
    for found in reading.evidence:
        if found.code in codes:
            letters[found.start : found.end] = " " * (found.end - found.start)
    return "".join(letters)


def sentences(reading: Reading) -> list[str]:
    return [claim.sentence for claim in single_claims(reading)]


def why(model: TrainedModel, reasoner: Reasoner, reading: Reading) -> tuple[str, ...]:
    return reasoner.reasons([guessed(model, reading)])[0]


def test_most_sentences_have_a_claim(claimed: list[tuple[Reading, Kind, Claim]]) -> None:
    assert len({reading.text for reading, _, _ in claimed}) >= len(SENTENCES) * 3 / 4


def test_without_what_a_claim_speaks_of_the_guess_is_less_likely(
    model: TrainedModel, claimed: list[tuple[Reading, Kind, Claim]]
) -> None:
    kept = [
        (reading.text, claim.sentence)
        for reading, guess, claim in claimed
        if chance(model, without_finds(reading, claim.codes), guess) >= chance(model, reading, guess)
    ]
    assert kept == []


def test_with_its_words_deleted_the_guess_is_less_likely(
    model: TrainedModel, reader: Reader, claimed: list[tuple[Reading, Kind, Claim]]
) -> None:
    kept = [
        (reading.text, claim.sentence)
        for reading, guess, claim in claimed
        if chance(model, reader.read("", without_words(reading, claim.codes)), guess) >= chance(model, reading, guess)
    ]
    # words weigh by themselves too, as part of the runs they stand in, and once in a while the other way
    assert len(kept) <= len(claimed) / 20, kept


def test_the_weightiest_comes_first(model: TrainedModel, claimed: list[tuple[Reading, Kind, Claim]]) -> None:
    left: dict[str, list[float]] = {}
    for reading, guess, claim in claimed:
        if len(claim.codes) == 1:
            left.setdefault(reading.text, []).append(chance(model, without_finds(reading, claim.codes), guess))
    assert all(chances == sorted(chances) for chances in left.values())


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("I reported this leak four times, nobody came", "Says it was reported 4 times."),
        ("I have reported this several times, nobody came", "Says it was reported several times."),
        ("I told you twice that it leaks", "Says it was reported twice."),
        ("My aunt asked nicely at the shop twice", "Says something was said or done twice."),
    ],
)
def test_a_count_is_given_as_the_message_gives_it(reader: Reader, words: str, sentence: str) -> None:
    assert sentence in sentences(reader.read("", words))


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("reported three weeks ago", "Speaks of about 3 weeks."),
        ("reported 10 days ago", "Speaks of about 10 days."),
        ("reported a year ago", "Speaks of about 12 months."),
    ],
)
def test_a_length_of_time_is_given_in_its_largest_unit(reader: Reader, words: str, sentence: str) -> None:
    assert sentence in sentences(reader.read("", words))


@pytest.mark.parametrize("words", ["reported weeks ago", "reported it for many months", "reported since March 2021"])
def test_no_length_of_time_is_made_up(reader: Reader, words: str) -> None:
    assert not any(sentence.startswith("Speaks of about") for sentence in sentences(reader.read("", words)))


def test_nothing_is_said_twice_of_how_it_was_told(claimed: list[tuple[Reading, Kind, Claim]]) -> None:
    telling = [(r.text, c.sentence) for r, _, c in claimed if c.codes & {"told_before", "told_often", "times_told"}]
    assert len({text for text, _ in telling}) == len(telling)


def test_without_words_there_is_nothing_to_go_by(model: TrainedModel, reasoner: Reasoner, reader: Reader) -> None:
    assert why(model, reasoner, reader.read("", "")) == ("There are no words to go by.",)


def test_without_evidence_the_wording_is_named(model: TrainedModel, reasoner: Reasoner, reader: Reader) -> None:
    assert why(model, reasoner, reader.read("", "zebra marmalade"))[-1].startswith("The wording as a whole")


def test_reasons_are_the_same_alone_and_among_others(model: TrainedModel, reasoner: Reasoner, reader: Reader) -> None:
    guesses = [guessed(model, reader.read("", words)) for words in [*SENTENCES, ""]]
    assert reasoner.reasons(guesses) == [reasoner.reasons([guess])[0] for guess in guesses]


def test_of_no_message_there_are_no_reasons(reasoner: Reasoner) -> None:
    assert reasoner.reasons([]) == []
