"""What never waits is found in plain words; a plain "no" takes it back."""

import pytest

from classifier.overrides import never_waiting
from classifier.reading import Reader
from classifier.signals import signals_in
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


@pytest.mark.parametrize(
    "words",
    ["There is no smell of gas", "Nobody is homeless here", "The bin was missed this week", "Thanks for the trees"],
)
def test_nothing_urgent_is_found_where_none_is(reader: Reader, words: str) -> None:
    assert never_waiting(reader.read("", words)) == ()


@pytest.mark.parametrize(("words", "signal"), OTHER)
def test_other_signals_are_found(reader: Reader, words: str, signal: Signal) -> None:
    assert signal in signals_in(reader.read("", words), (Area.CORPORATE_OTHER,))


def test_two_areas_mean_several_services(reader: Reader) -> None:
    reading = reader.read("", "The bins and the road")
    assert Signal.MULTI_SERVICE in signals_in(reading, (Area.WASTE_ENVIRONMENT, Area.HIGHWAYS_TRANSPORT))


@pytest.mark.parametrize("sender", ["jane.bloggs.mp@parliament.uk", "cllr.bloggs@example.gov.uk"])
def test_a_members_address_marks_a_member_enquiry(reader: Reader, sender: str) -> None:
    assert "from_member" in reader.read("Road", "A hole.", sender).codes


def test_a_residents_address_marks_nothing(reader: Reader) -> None:
    assert "from_member" not in reader.read("Road", "A hole.", "jo@example.org").codes
