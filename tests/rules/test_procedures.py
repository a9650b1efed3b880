import pytest
from pydantic import ValidationError

from models.rules.procedures import Length, Procedure, TimeLimit
from models.settings import Settings


def limit(within: object, of: str = "received") -> TimeLimit:
    return TimeLimit.model_validate({"within": within, "of": of})


@pytest.mark.parametrize(
    ("written", "number", "unit"),
    [
        ("5 working days", 5, "working days"),
        ("1 working day", 1, "working days"),
        ("30 days", 30, "days"),
        ("  10   working  days ", 10, "working days"),
        ({"number": 3, "unit": "days"}, 3, "days"),
    ],
)
def test_a_length_of_time_is_read(written: object, number: int, unit: str) -> None:
    assert limit(written).within == Length.model_validate({"number": number, "unit": unit})


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("a fortnight", "“a fortnight” is no length of time; write it like “5 working days” or “30 days”"),
        ("5 weeks", "“5 weeks” is no length of time"),
        ("-5 days", "“-5 days” is no length of time"),
        ("5", "“5” is no length of time"),
        ("", "“” is no length of time"),
        ("500 days", "less than or equal to 400"),
        (5, "valid dictionary"),
    ],
)
def test_what_is_no_length_of_time_is_refused(written: object, sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence):
        limit(written)


def test_a_clock_starts_from_a_known_event() -> None:
    with pytest.raises(ValidationError, match="'received', 'acknowledged' or 'escalation requested'"):
        limit("5 days", of="dreamt of")


def test_lengths_of_different_units_do_not_add() -> None:
    with pytest.raises(ValueError, match="working days and days cannot be added"):
        Length(number=5, unit="working days").plus(Length(number=5, unit="days"))


@pytest.mark.parametrize("number", [0, 3, -1])
def test_a_stage_that_is_not_there_says_so(settings: Settings, number: int) -> None:
    with pytest.raises(LookupError, match=f"this procedure has stages 1 to 2, not {number}"):
        settings.procedures["corporate"].stage(number)


def test_a_procedure_needs_a_stage(settings: Settings) -> None:
    told = settings.procedures["corporate"].model_dump() | {"stages": []}
    with pytest.raises(ValidationError, match="at least 1 item"):
        Procedure.model_validate(told)
