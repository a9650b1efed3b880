"""What moves the time of a campaign's case moves it for each resident it speaks for, each with a letter."""

from datetime import datetime

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from models.campaign_steps import follow_parent, lagging
from models.case import Case
from models.db import reading, writing
from models.handling import acknowledge
from models.queries import get_case
from models.reminders import Alert
from models.rules.errors import StepNotAllowed
from models.settings import Settings
from models.verbs.agree import AGREE_PLAN, AGREE_SCOPE
from models.verbs.change_procedure import CHANGE_PROCEDURE
from models.verbs.extend import EXTEND
from models.verbs.pause import PAUSE
from tests.build import officer, reload
from tests.models.test_campaigns import campaign
from tests.moving import a_procedure, due, letters_sent, on, told_last, use
from tests.people import BEN

LONGER = {"reason": "The survey is being read.", "until": "2026-11-04"}


def keep_up(engine: Engine, settings: Settings, now: datetime) -> int:
    """What the job does; returns how many cases were behind."""
    with reading(engine) as session:
        numbers = lagging(session)
    for number in numbers:
        with writing(engine) as session:
            follow_parent(session, number, settings=settings, now=now)
    return len(numbers)


@pytest.fixture
def together(engine: Engine, settings: Settings, now: datetime) -> list[Case]:
    """Three cases alike, all acknowledged; the first speaks for the others."""
    found = campaign(engine, settings, now)
    with writing(engine) as session:
        parent = get_case(session, found[0].number)
        acknowledge(session, parent, by=officer(engine, BEN), settings=settings, now=now)
    keep_up(engine, settings, now)
    return [reload(engine, case) for case in found]


def test_an_extension_is_told_to_everybody_and_counts_for_each(
    engine: Engine, together: list[Case], settings: Settings, now: datetime
) -> None:
    use(engine, together[0], EXTEND, settings, now, LONGER)
    assert keep_up(engine, settings, now) == 2
    assert {due(reload(engine, case)) for case in together} == {"Wednesday 4 November 2026"}
    assert len(letters_sent(engine, "extension")) == 3
    assert told_last(engine, together[2])[1] == "Ben Carter"
    assert keep_up(engine, settings, now) == 0
    use(engine, together[0], EXTEND, settings, now, LONGER | {"until": "2026-11-06"})
    keep_up(engine, settings, now)
    assert len(letters_sent(engine, "extension")) == 6
    with reading(engine) as session:
        again = session.exec(select(Alert.case_id).where(Alert.sign == "stage 1 extended again")).all()
    assert again == [together[0].id], "one warning for all"


def test_whose_own_date_is_later_needs_no_extension(
    engine: Engine, together: list[Case], settings: Settings, now: datetime
) -> None:
    use(engine, together[0], EXTEND, settings, now, LONGER)
    with writing(engine) as session:
        later = get_case(session, together[1].number)
        later.respond_by = later.extended_to = now.date().replace(month=12)
    keep_up(engine, settings, now)
    assert len(letters_sent(engine, "extension")) == 2
    assert keep_up(engine, settings, now) == 0


def test_a_changed_procedure_is_everybodys(
    engine: Engine, together: list[Case], settings: Settings, now: datetime
) -> None:
    slow = a_procedure({"respond": {"within": "15 working days", "of": "acknowledged"}})
    wider = on(settings, slow=slow)
    given = {"procedure": "slow", "reason": "It is about the plan."}
    use(engine, together[0], CHANGE_PROCEDURE, wider, now, given)
    keep_up(engine, wider, now)
    after = [reload(engine, case) for case in together]
    assert {(case.procedure, due(case)) for case in after} == {("slow", "Monday 2 November 2026")}
    assert keep_up(engine, wider, now) == 0


def test_what_concerns_one_resident_is_not_done_for_all(
    engine: Engine, together: list[Case], settings: Settings, now: datetime
) -> None:
    ours = on(settings, corporate=a_procedure({"pauses": ["an advocate"], "by_agreement": True}))
    scope = {"scope": "The plan.", "outcomes_sought": "Another plan."}
    for verb, given in ((PAUSE, {"reason": "an advocate"}), (AGREE_SCOPE, scope), (AGREE_PLAN, {"by": "2026-11-04"})):
        with pytest.raises(StepNotAllowed, match="speaks for other residents too"):
            use(engine, together[0], verb, ours, now, given)
