"""Learning from officers: their letters as examples, a fifth set aside for ever, a campaign never parted."""

from dataclasses import replace

from classifier.learning import own_letters
from models.rules.decisions import DecidedLetter
from models.rules.labels import Area, Kind

LETTER = DecidedLetter(
    reference="T26-00001-M",
    campaign="T26-00001-M",
    source="complaints",
    subject="Bin",
    text="It was missed again.",
    sender="",
    kind=Kind.COMPLAINT,
    areas=(Area.WASTE_ENVIRONMENT,),
    signals=(),
)


def letters(count: int) -> list[DecidedLetter]:
    references = [f"T26-{number:05}" for number in range(count)]
    return [replace(LETTER, reference=reference, campaign=reference) for reference in references]


def test_about_a_fifth_is_set_aside_and_nothing_is_lost() -> None:
    own = own_letters(letters(1_000))
    assert 150 < len(own.aside) < 250
    assert len(own.taught) + len(own.aside) == 1_000


def test_what_was_set_aside_stays_aside_when_more_letters_come() -> None:
    before, after = own_letters(letters(100)), own_letters(letters(300))
    assert set(before.aside) <= set(after.aside)
    assert set(before.taught) <= set(after.taught)


def test_the_letters_of_a_campaign_stay_together() -> None:
    for campaign in range(50):
        group = [replace(each, campaign=f"T26-9{campaign:04}") for each in letters(8)]
        own = own_letters(group)
        assert len(own.taught) in {0, 8}
        assert len({each.scenario for each in (*own.taught, *own.aside)}) == 1


def test_a_letter_becomes_an_example_of_what_was_decided() -> None:
    own = own_letters([LETTER])
    [example] = (*own.taught, *own.aside)
    assert (example.id, example.scenario) == ("case-T26-00001-M", "case-T26-00001-M")
    assert (example.kind, example.areas, example.channel) == (Kind.COMPLAINT, (Area.WASTE_ENVIRONMENT,), "email")


def test_a_letter_without_a_word_teaches_nothing() -> None:
    own = own_letters([replace(LETTER, subject=" ", text="\n")])
    assert (own.taught, own.aside) == ((), ())


def test_the_hash_is_that_of_what_is_taught() -> None:
    same, other = own_letters(letters(20)), own_letters(letters(21))
    assert own_letters(list(reversed(letters(20)))).corrections == same.corrections
    changed = own_letters([replace(each, kind=Kind.COMPLIMENT) for each in letters(20)])
    assert changed.corrections.hash != same.corrections.hash
    assert (other.corrections.hash != same.corrections.hash) == (len(other.taught) > len(same.taught))
    assert own_letters([]).corrections.hash == ""
