import pytest

from models.rules.labels import NEVER_WAITS, SIGNALS, Area, Signal
from models.rules.warning_signs import (
    sign_in_signals,
    sign_of_chasing,
    sign_of_corporate_procedure,
    sign_of_extending_again,
    sign_of_missed_clock,
)
from models.settings import Settings


def test_only_grave_signals_warn() -> None:
    sign = sign_in_signals([Signal.HAZARD, Signal.STAFF_CONDUCT], [Signal.HAZARD, Signal.MEDIA_THREAT])
    assert sign is not None
    assert sign.key == "signals hazard"
    assert sign.reason == "Hazard: A danger to life or limb: gas, live wires, collapse, damp that makes ill."
    assert sign_in_signals([Signal.STAFF_CONDUCT], [Signal.HAZARD]) is None
    assert sign_in_signals([], Signal) is None


def test_the_grave_signals_of_a_letter_are_one_warning() -> None:
    sign = sign_in_signals([Signal.HAZARD, Signal.MEDIA_THREAT], Signal)
    assert sign is not None
    assert sign.reason.splitlines() == [
        "Hazard: A danger to life or limb: gas, live wires, collapse, damp that makes ill.",
        "Media mentioned: Speaks of the press, television or going viral.",
    ]


def test_what_nothing_says_plainly_stands_last_and_is_said_to_be_so() -> None:
    sign = sign_in_signals([Signal.HAZARD, Signal.MEDIA_THREAT], Signal, [Signal.HAZARD])
    assert sign is not None
    assert sign.reason.splitlines() == [
        "Media mentioned: Speaks of the press, television or going viral.",
        f"Perhaps, by its wording as a whole: {SIGNALS[Signal.HAZARD].name}: {SIGNALS[Signal.HAZARD].means}",
    ]
    same = sign_in_signals([Signal.HAZARD, Signal.MEDIA_THREAT], Signal)
    assert same is not None
    assert sign.key == same.key, "one alert, whichever way"


def test_every_signal_can_warn_in_words() -> None:
    signs = [sign_in_signals([signal], Signal) for signal in Signal]
    assert len({sign.key for sign in signs if sign}) == len(Signal)
    assert all(sign and sign.reason.endswith(".") for sign in signs)


def test_signals_that_never_wait_are_grave_in_config(settings: Settings) -> None:
    assert set(settings.warnings.grave_signals) >= NEVER_WAITS


def test_a_missed_clock_warns_once_a_stage_clock_and_date() -> None:
    sign = sign_of_missed_clock("acknowledge", "stage 1", "Monday 13 April 2026")
    assert sign.reason == "The time to acknowledge at stage 1 ended on Monday 13 April 2026."
    others = [
        sign_of_missed_clock("answer", "stage 1", "Monday 13 April 2026"),
        sign_of_missed_clock("acknowledge", "stage 2", "Monday 13 April 2026"),
        sign_of_missed_clock("acknowledge", "stage 1", "Tuesday 14 April 2026"),
    ]
    assert sign.key not in {other.key for other in others}


@pytest.mark.parametrize(("letters", "warns"), [(0, False), (2, False), (3, True), (4, True)])
def test_a_third_further_letter_warns(letters: int, warns: bool) -> None:
    assert (sign_of_chasing(letters) is not None) is warns


def test_chasing_is_told_of_closed_cases_too() -> None:
    """Letters join a closed case as well, so nothing is said of its being open."""
    sign = sign_of_chasing(4)
    assert sign is not None
    assert sign.reason == "The resident has written 4 more times."


def test_chasing_has_one_key_however_often() -> None:
    keys = {sign.key for sign in map(sign_of_chasing, range(3, 9)) if sign}
    assert keys == {"chased"}


def test_extending_again_warns_once_a_stage() -> None:
    first, later, other = (sign_of_extending_again(stage, "Friday 6 November 2026") for stage in ("1", "1", "2"))
    assert first.key == later.key != other.key


def test_social_care_under_the_corporate_procedure_is_named_by_its_services() -> None:
    sign = sign_of_corporate_procedure([Area.HOUSING, Area.ADULT_SOCIAL_CARE, Area.CHILDRENS_SOCIAL_CARE])
    assert sign is not None
    assert sign.reason.startswith("Adult social care and Children’s social care: this runs under the corporate")
    assert sign_of_corporate_procedure([Area.HOUSING]) is None
