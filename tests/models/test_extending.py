from datetime import datetime

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from models.case import Case
from models.db import reading, writing
from models.handling import Answer, Outcome, close, respond
from models.queries import get_case
from models.reckoning import reckon
from models.reminders import Alert
from models.rules.errors import GivenWrong, NotEntitled, StepNotAllowed
from models.rules.labels import Kind
from models.settings import Settings
from models.verbs.extend import EXTEND
from tests.build import a_case, officer, reload
from tests.moving import a_procedure, acknowledged, at, due, letters_sent, on, told_last, use, without_address
from tests.people import BEN, DEV

# acknowledged on Monday 12 October 2026: due on Monday 26, at the longest extended to Monday 9 November
WHY = "The contractor sends its records next week."


def extended(
    engine: Engine, case: Case, settings: Settings, now: datetime, until: str, by: str = BEN, **more: str
) -> str:
    return use(engine, case, EXTEND, settings, now, {"reason": WHY, "until": until} | more, by)


@pytest.fixture
def case(engine: Engine, settings: Settings, now: datetime) -> Case:
    return acknowledged(engine, settings, now)


def test_extending_moves_the_date_and_tells_the_resident_why_and_who_may_hear_of_it(
    engine: Engine, case: Case, settings: Settings, now: datetime
) -> None:
    said = extended(engine, case, settings, now, "2026-11-04")
    after = reload(engine, case)
    assert due(after) == "Wednesday 4 November 2026"
    assert (after.extensions, after.look_again) == (1, now)
    assert "due by Wednesday 4 November 2026. The letter is on its way." in said
    (letter,) = letters_sent(engine, "extension")
    for words in (WHY, "our answer by Wednesday 4 November 2026", "Ombudsman"):
        assert words in letter


def test_an_extension_is_one_event_with_who_when_and_why(
    engine: Engine, case: Case, settings: Settings, now: datetime
) -> None:
    extended(engine, case, settings, now, "2026-12-01", good_reason="A court gave us the papers late.")
    name, who, details = told_last(engine, case)
    assert (name, who) == ("extended", "Ben Carter")
    assert details == {
        "reason": WHY,
        "good_reason": "A court gave us the papers late.",
        "letter": True,
        "was_late": False,
        "before": "2026-10-26",
        "until": "2026-12-01",
    }
    assert "court" not in letters_sent(engine, "extension")[0], "the good reason is for the record"


def test_a_date_beyond_the_longest_extension_needs_good_reason(
    engine: Engine, case: Case, settings: Settings, now: datetime
) -> None:
    with pytest.raises(GivenWrong, match="to Monday 9 November 2026 at the latest") as refused:
        extended(engine, case, settings, now, "2026-11-10")
    assert refused.value.field == "good_reason"
    assert due(reload(engine, case)) == "Monday 26 October 2026"
    extended(engine, case, settings, now, "2026-11-09")
    assert due(reload(engine, case)) == "Monday 9 November 2026"


def test_the_longest_extension_is_the_same_day_however_late_it_is_used(
    engine: Engine, case: Case, settings: Settings, now: datetime
) -> None:
    extended(engine, case, settings, now, "2026-11-02")
    with pytest.raises(GivenWrong, match="Monday 9 November 2026 at the latest"):
        extended(engine, case, settings, at("Friday 30 October 2026"), "2026-11-10")


@pytest.mark.parametrize(
    ("until", "says"),
    [
        ("2026-10-26", "due by Monday 26 October 2026 now"),
        ("2026-10-20", "due by Monday 26 October 2026 now"),
        ("2062-11-09", "more than a year ahead"),
        ("2027-02-29", "is a date such as"),
        ("next week", "is a date such as"),
    ],
)
def test_a_date_that_cannot_be_meant_is_refused(
    engine: Engine, case: Case, settings: Settings, now: datetime, until: str, says: str
) -> None:
    with pytest.raises(GivenWrong, match=says) as refused:
        extended(engine, case, settings, now, until, good_reason="Many papers.")
    assert refused.value.field == "until"


def test_29_february_is_a_day_like_others(engine: Engine, settings: Settings) -> None:
    now = at("Monday 14 February 2028")
    case = acknowledged(engine, settings, now)
    assert due(case) == "Monday 28 February 2028"
    extended(engine, case, settings, now, "2028-02-29")
    assert due(reload(engine, case)) == "Tuesday 29 February 2028"


def test_what_was_missed_already_is_extended_and_the_sentence_says_so(
    engine: Engine, case: Case, settings: Settings
) -> None:
    late = at("Wednesday 28 October 2026")
    with pytest.raises(GivenWrong, match="Tuesday 27 October 2026 is over"):
        extended(engine, case, settings, late, "2026-10-27")
    said = extended(engine, case, settings, late, "2026-11-04")
    assert "It was already late: it was due by Monday 26 October 2026." in said
    assert told_last(engine, case)[2]["was_late"]


def test_a_day_that_is_no_working_day_may_be_promised(
    engine: Engine, case: Case, settings: Settings, now: datetime
) -> None:
    extended(engine, case, settings, now, "2026-10-31")
    assert due(reload(engine, case)) == "Saturday 31 October 2026"


def test_each_extension_at_a_stage_has_its_letter_and_the_second_warns_the_lead(
    engine: Engine, case: Case, settings: Settings, now: datetime
) -> None:
    assert not warned(engine)
    extended(engine, case, settings, now, "2026-10-30")
    assert not warned(engine)
    for until in ("2026-11-04", "2026-11-06"):
        extended(engine, case, settings, now, until)
    again = "The answer at stage 1 was put off again, now to Wednesday 4 November 2026."
    assert warned(engine) == [("stage 1 extended again", again)]
    assert len(letters_sent(engine, "extension")) == 3
    assert reload(engine, case).extensions == 3


def warned(engine: Engine) -> list[tuple[str, str]]:
    with reading(engine) as session:
        return list(session.exec(select(Alert.sign, Alert.reason).order_by(col(Alert.id))))


def test_only_a_running_clock_is_extended(engine: Engine, case: Case, settings: Settings, now: datetime) -> None:
    with writing(engine) as session:
        fresh = get_case(session, case.number)
        answer = Answer(Outcome.UPHELD, "We are sorry.")
        respond(session, fresh, answer, by=officer(engine, BEN), settings=settings, now=now)
    with pytest.raises(StepNotAllowed, match="answered already"):
        extended(engine, case, settings, now, "2026-11-04")
    with writing(engine) as session:
        close(session, get_case(session, case.number), reason="Done.", by=officer(engine, BEN), now=now)
    with pytest.raises(StepNotAllowed, match="It is closed; reopen it first"):
        extended(engine, case, settings, now, "2026-11-04")


def test_a_new_case_is_acknowledged_before_it_is_extended(engine: Engine, settings: Settings, now: datetime) -> None:
    with pytest.raises(StepNotAllowed, match="Acknowledge it first"):
        extended(engine, a_case(engine, settings=settings, now=now), settings, now, "2026-11-04")


def test_what_needs_no_answer_has_no_date_to_move(
    engine: Engine, case: Case, settings: Settings, now: datetime
) -> None:
    with writing(engine) as session:
        fresh = get_case(session, case.number)
        fresh.kind = Kind.COMPLIMENT
        reckon(fresh, settings=settings)
    with pytest.raises(StepNotAllowed, match="needs no answer"):
        extended(engine, case, settings, now, "2026-11-04")


def test_a_stage_without_extensions_allows_none(engine: Engine, settings: Settings, now: datetime) -> None:
    none = {"longest_extension": None}
    strict = on(settings, strict=a_procedure(none, none | {"by_agreement": True}))
    case = acknowledged(engine, strict, now, "strict")
    with pytest.raises(StepNotAllowed, match=r"At stage 1 the procedure allows no extension\.$"):
        extended(engine, case, strict, now, "2026-11-04", good_reason="Many papers.")
    with writing(engine) as session:
        get_case(session, case.number).stage = 2
    with pytest.raises(StepNotAllowed, match="Agree a new date with the person"):
        extended(engine, case, strict, now, "2026-11-04")


def test_somebody_of_another_service_extends_nothing(
    engine: Engine, case: Case, settings: Settings, now: datetime
) -> None:
    with pytest.raises(NotEntitled):
        extended(engine, case, settings, now, "2026-11-04", by=DEV)


def test_without_an_address_the_officer_is_told_to_say_it_another_way(
    engine: Engine, case: Case, settings: Settings, now: datetime
) -> None:
    without_address(engine, case)
    said = extended(engine, case, settings, now, "2026-11-04")
    assert said.endswith("No letter could be sent by email: tell the resident another way.")
    assert told_last(engine, case)[2]["letter"] is False
