from datetime import datetime

import pytest
from sqlalchemy import Engine

from models.case import Case
from models.db import writing
from models.queries import get_case
from models.record import note
from models.rules.errors import GivenWrong, NotEntitled, StepNotAllowed
from models.settings import Settings
from models.stages import REQUESTED
from models.verbs.agree import AGREE_PLAN, AGREE_SCOPE
from models.verbs.extend import EXTEND
from models.verbs.verb import Verb
from tests.build import officer, reload
from tests.moving import a_procedure, acknowledged, at, due, letters_sent, on, spoken, told_last, use, without_address
from tests.people import BEN, DEV

SCOPE = {"scope": "Why the hole was left open.", "outcomes_sought": "That it is filled."}
# from the record: 25 working days; by agreement: six months from receipt on Monday 12 October 2026


@pytest.fixture
def ours(settings: Settings) -> Settings:
    from_record = a_procedure({"respond": {"within": "25 working days", "of": "record agreed"}})
    plan = {"respond": {"within": "6 months", "of": "received"}, "longest_extension": None, "by_agreement": True}
    return on(settings, from_record=from_record, plan=a_procedure(plan))


@pytest.fixture
def case(engine: Engine, ours: Settings, now: datetime) -> Case:
    return acknowledged(engine, ours, now, "from_record")


@pytest.fixture
def planned(engine: Engine, ours: Settings, now: datetime) -> Case:
    return acknowledged(engine, ours, now, "plan")


def test_the_agreed_scope_is_put_in_writing_and_starts_the_clock(engine: Engine, case: Case, ours: Settings) -> None:
    said = use(engine, case, AGREE_SCOPE, ours, at("Monday 19 October 2026"), SCOPE)
    after = reload(engine, case)
    assert spoken(after.scope_agreed_on) == "Monday 19 October 2026"
    assert due(after) == "Monday 23 November 2026"
    assert said.endswith("The answer is due by Monday 23 November 2026. The letter is on its way.")
    (letter,) = letters_sent(engine, "scope")
    for words in (*SCOPE.values(), "Monday 19 October 2026", "full answer by Monday 23 November 2026"):
        assert words in letter
    name, who, details = told_last(engine, case)
    assert (name, who) == ("scope_agreed", "Ben Carter")
    dates = {"agreed_on": "2026-10-19", "before": "2026-11-16", "until": "2026-11-23"}
    assert details == SCOPE | dates | {"letter": True}


def test_where_the_clock_counts_from_elsewhere_the_date_stays(
    engine: Engine, settings: Settings, now: datetime
) -> None:
    case = acknowledged(engine, settings, now)
    use(engine, case, AGREE_SCOPE, settings, at("Monday 19 October 2026"), SCOPE)
    assert due(reload(engine, case)) == "Monday 26 October 2026"


def test_what_is_agreed_again_is_sent_again_and_gains_no_time(engine: Engine, case: Case, ours: Settings) -> None:
    for today in ("Monday 19 October 2026", "Friday 23 October 2026"):
        use(engine, case, AGREE_SCOPE, ours, at(today), SCOPE)
        assert due(reload(engine, case)) == "Monday 23 November 2026"
    assert len(letters_sent(engine, "scope")) == 2
    earlier = SCOPE | {"agreed_on": "2026-10-16"}
    use(engine, case, AGREE_SCOPE, ours, at("Friday 23 October 2026"), earlier)
    assert due(reload(engine, case)) == "Friday 20 November 2026"


@pytest.mark.parametrize(
    ("agreed_on", "says"),
    [
        ("2026-10-20", "Tuesday 20 October 2026 has not come yet"),
        ("2026-10-11", "was received on Monday 12 October 2026, after that day"),
        ("2026-02-29", "is a date such as"),
    ],
)
def test_a_scope_is_agreed_between_receipt_and_today(
    engine: Engine, case: Case, ours: Settings, agreed_on: str, says: str
) -> None:
    with pytest.raises(GivenWrong, match=says) as refused:
        use(engine, case, AGREE_SCOPE, ours, at("Monday 19 October 2026"), SCOPE | {"agreed_on": agreed_on})
    assert refused.value.field == "agreed_on"


def test_whoever_decided_before_does_not_agree_what_is_looked_at_afresh(
    engine: Engine, case: Case, ours: Settings, now: datetime
) -> None:
    with writing(engine) as session:
        fresh = get_case(session, case.number)
        fresh.stage = 2
        note(session, fresh, REQUESTED, now=now, stage=2, decided_by=[officer(engine, BEN).id])
    with pytest.raises(NotEntitled, match="somebody else looks at it afresh"):
        use(engine, case, AGREE_SCOPE, ours, now, SCOPE)


@pytest.mark.parametrize(
    ("verb", "given"), [(AGREE_SCOPE, SCOPE), (AGREE_PLAN, {"by": "2026-11-30"})], ids=["scope", "plan"]
)
def test_nothing_is_agreed_on_a_closed_case_or_one_of_another_service(
    engine: Engine, planned: Case, ours: Settings, now: datetime, verb: Verb, given: dict[str, str]
) -> None:
    with pytest.raises(NotEntitled):
        use(engine, planned, verb, ours, now, given, by=DEV)
    with writing(engine) as session:
        get_case(session, planned.number).status = "closed"  # type: ignore[assignment]  # as the database has it
    with pytest.raises(StepNotAllowed, match="It is closed"):
        use(engine, planned, verb, ours, now, given)


def test_without_an_address_the_officer_is_told_to_say_what_was_agreed(
    engine: Engine, case: Case, ours: Settings, now: datetime
) -> None:
    without_address(engine, case)
    assert "tell the resident another way" in use(engine, case, AGREE_SCOPE, ours, now, SCOPE)


def test_the_date_agreed_with_the_person_is_the_answers(
    engine: Engine, planned: Case, ours: Settings, now: datetime
) -> None:
    assert due(planned) == "Monday 12 April 2027"
    said = use(engine, planned, AGREE_PLAN, ours, now, {"by": "2026-11-30"})
    assert said.endswith("is agreed. The answer is due by Monday 30 November 2026.")
    assert due(reload(engine, planned)) == "Monday 30 November 2026"
    name, who, details = told_last(engine, planned)
    assert (name, who) == ("plan_agreed", "Ben Carter")
    assert details == {"agreed_by": "2026-11-30", "reason": "", "before": "2027-04-12", "until": "2026-11-30"}


def test_beyond_six_months_only_for_a_reason(engine: Engine, planned: Case, ours: Settings, now: datetime) -> None:
    use(engine, planned, AGREE_PLAN, ours, now, {"by": "2027-04-12"})
    with pytest.raises(GivenWrong, match="beyond Monday 12 April 2027") as refused:
        use(engine, planned, AGREE_PLAN, ours, now, {"by": "2027-04-13"})
    assert refused.value.field == "reason"
    use(engine, planned, AGREE_PLAN, ours, now, {"by": "2027-04-13", "reason": "The inquest comes first."})
    assert due(reload(engine, planned)) == "Tuesday 13 April 2027"


def test_a_plan_for_a_day_that_is_over_is_refused(engine: Engine, planned: Case, ours: Settings) -> None:
    with pytest.raises(GivenWrong, match="Friday 16 October 2026 is over"):
        use(engine, planned, AGREE_PLAN, ours, at("Monday 19 October 2026"), {"by": "2026-10-16"})


def test_a_plan_agreed_after_the_date_says_it_was_late(engine: Engine, planned: Case, ours: Settings) -> None:
    later = {"by": "2027-05-14", "reason": "The inquest comes first."}
    said = use(engine, planned, AGREE_PLAN, ours, at("Wednesday 14 April 2027"), later)
    assert said.endswith("It was already late: it was due by Monday 12 April 2027.")


def test_a_plan_stands_in_for_an_extension_before_it(engine: Engine, settings: Settings, now: datetime) -> None:
    both = on(settings, both=a_procedure({"by_agreement": True}))
    case = acknowledged(engine, both, now, "both")
    use(engine, case, EXTEND, both, now, {"reason": "Many papers.", "until": "2026-11-09"})
    use(engine, case, AGREE_PLAN, both, now, {"by": "2026-10-23"})
    assert due(reload(engine, case)) == "Friday 23 October 2026"


def test_only_where_the_procedure_says_so_a_date_is_agreed(
    engine: Engine, case: Case, ours: Settings, now: datetime
) -> None:
    with pytest.raises(StepNotAllowed, match="the procedure sets the date"):
        use(engine, case, AGREE_PLAN, ours, now, {"by": "2026-11-30"})
