"""What never waits is found in plain words; a plain "no" takes it back."""

import pytest

from classifier.evidence import tokens
from classifier.overrides import never_waiting
from classifier.patterns.danger import DANGER
from classifier.patterns.hints import HINTED_BY, HINTS
from classifier.patterns.signals import OTHER_SIGNALS
from classifier.phrases import Pattern, parts
from classifier.reading import Reader
from classifier.signals import HINT, URGENT_AT_LEAST, raised, signals_in
from models.rules.labels import Area, Signal

URGENT = [
    ("I can't go on, I want to end it all", Signal.SELF_HARM_RISK),
    ("He says he will kill himself", Signal.SELF_HARM_RISK),
    ("The little boy next door has bruises on his arms", Signal.CHILD_AT_RISK),
    ("I am worried he hits the children", Signal.CHILD_AT_RISK),
    ("My mother was left in her own urine all night", Signal.ADULT_AT_RISK),
    ("The carers missed her insulin", Signal.ADULT_AT_RISK),
    ("There is a strong smell of gas in the hall", Signal.HAZARD),
    ("Bare wires are hanging out of the lamp post", Signal.HAZARD),
    ("The kitchen ceiling has come down", Signal.HAZARD),
    ("The mould has put my baby in hospital", Signal.HAZARD),
    ("We are sleeping in the car tonight", Signal.HOMELESSNESS_RISK),
    ("The bailiffs evict us on Friday", Signal.HOMELESSNESS_RISK),
    ("I have nowhere to go", Signal.HOMELESSNESS_RISK),
]

HINTED = [
    ("There are tablets counted out, and he has found a home for the dog", Signal.SELF_HARM_RISK),
    ("The little girl at number 4 has a split lip and will not say why", Signal.CHILD_AT_RISK),
    ("My uncle has dementia and his new lodger keeps his bank card", Signal.ADULT_AT_RISK),
    ("The hostel closes on Friday and we do not know where we will sleep", Signal.HOMELESSNESS_RISK),
    ("The slab rocks and a lady came over on it and hurt her hip", Signal.HAZARD),
]

OTHER = [
    ("My father is 84 and has dementia", Signal.VULNERABLE_PERSON),
    ("I was treated like this because I am black", Signal.DISCRIMINATION_ALLEGED),
    ("Your officer shouted at me", Signal.STAFF_CONDUCT),
    ("I reported this before", Signal.REPEAT_CONTACT),
    ("The statutory deadline of 20 weeks has passed", Signal.MISSED_STATUTORY_DEADLINE),
    ("You will hear from my solicitor", Signal.LEGAL_THREAT),
    ("I am going to the local paper", Signal.MEDIA_THREAT),
    ("I have copied in my councillor", Signal.MP_OR_COUNCILLOR),
    ("I shall go to the Ombudsman", Signal.OMBUDSMAN_MENTIONED),
    ("Please send it in large print", Signal.REASONABLE_ADJUSTMENT_REQUESTED),
    ("I want this taken to stage two", Signal.ESCALATION_REQUEST),
    ("I want compensation", Signal.COMPENSATION_SOUGHT),
]


@pytest.mark.parametrize(("words", "signal"), URGENT)
def test_what_never_waits_is_found(reader: Reader, words: str, signal: Signal) -> None:
    assert signal in never_waiting(reader.read("", words))


@pytest.mark.parametrize(("words", "signal"), HINTED)
def test_two_hints_together_name_a_danger(reader: Reader, words: str, signal: Signal) -> None:
    assert signal in never_waiting(reader.read("", words))


def test_a_hint_lowers_what_the_model_must_find(reader: Reader) -> None:
    plain, hinted = reader.read("", "Please ring me about my rent"), reader.read("", "I have the tablets here")
    chances = {Signal.SELF_HARM_RISK: URGENT_AT_LEAST[Signal.SELF_HARM_RISK] * 0.9}
    assert Signal.SELF_HARM_RISK not in signals_in(plain, (), chances)
    assert Signal.SELF_HARM_RISK in signals_in(hinted, (), chances)


@pytest.mark.parametrize("chance", [0.0, 0.2, 1.0])
def test_a_chance_without_hints_stays_as_it_is_and_hints_keep_it_a_chance(chance: float) -> None:
    assert raised(chance, Signal.SELF_HARM_RISK) == pytest.approx(chance)
    assert chance <= raised(chance, Signal.SELF_HARM_RISK, ("means", "farewell")) <= 1


def test_every_family_that_bears_on_a_signal_has_its_weight() -> None:
    assert {signal: set(weights) for signal, weights in HINT.items()} == {
        signal: set(hinted.families) for signal, hinted in HINTED_BY.items()
    }


def test_every_family_of_hints_bears_on_a_signal_and_every_family_asked_for_exists() -> None:
    assert {pattern.code for pattern in HINTS} == {code for hinted in HINTED_BY.values() for code in hinted.families}


@pytest.mark.parametrize("patterns", [DANGER, HINTS, OTHER_SIGNALS])
def test_every_word_of_a_pattern_is_one_word_to_the_reader(patterns: tuple[Pattern, ...]) -> None:
    wordings = [wording for pattern in patterns for line in pattern.lines for part in parts(line) for wording in part]
    words = {word for wording in wordings for word in wording}
    assert not {word for word in words if [token.orth_ for token in tokens(word)] != [word]}


@pytest.mark.parametrize(
    "words",
    [
        "There is no smell of gas",
        "Nobody is homeless here",
        "The bin was missed this week",
        "Thanks for the trees",
        "The bollard on the refuge island is smashed",
        "The neighbours put out their bins on Sunday",
        "I was a bit put out by the letter",
        "The fly tipping blocks the dropped kerb",
    ],
)
def test_nothing_urgent_is_found_where_none_is(reader: Reader, words: str) -> None:
    assert never_waiting(reader.read("", words)) == ()


@pytest.mark.parametrize(("words", "signal"), OTHER)
def test_other_signals_are_found(reader: Reader, words: str, signal: Signal) -> None:
    assert signal in signals_in(reader.read("", words), (Area.CORPORATE_OTHER,))


@pytest.mark.parametrize("words", ["I want this looked at again at stage 2", "Please review the answer"])
def test_the_ombudsman_is_not_named_where_the_word_is_not(reader: Reader, words: str) -> None:
    found = signals_in(reader.read("", words), (Area.CORPORATE_OTHER,), {Signal.OMBUDSMAN_MENTIONED: 0.99})
    assert Signal.OMBUDSMAN_MENTIONED not in found


def test_a_title_is_neither_an_illness_nor_a_member(reader: Reader) -> None:
    assert signals_in(reader.read("", "Ms Gray wrote to Ms Hill"), ()) == ()


def test_two_areas_mean_several_services(reader: Reader) -> None:
    reading = reader.read("", "The bins and the road")
    assert Signal.MULTI_SERVICE in signals_in(reading, (Area.WASTE_ENVIRONMENT, Area.HIGHWAYS_TRANSPORT))


@pytest.mark.parametrize("sender", ["jane.bloggs.mp@parliament.uk", "cllr.bloggs@example.gov.uk"])
def test_a_members_address_marks_a_member_enquiry(reader: Reader, sender: str) -> None:
    assert "from_member" in reader.read("Road", "A hole.", sender).codes


def test_a_residents_address_marks_nothing(reader: Reader) -> None:
    assert "from_member" not in reader.read("Road", "A hole.", "jo@example.org").codes
