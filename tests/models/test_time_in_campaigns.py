"""What moves the time of a campaign's case moves it for each resident it speaks for, each with a letter."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from models.campaign_steps import follow_parent, lagging
from models.case import Case
from models.db import reading, writing
from models.handling import acknowledge
from models.queries import get_case
from models.reckoning import reckon
from models.reminders import Alert, Nag
from models.reminding import claim_cases_to_look_at, note_deadlines
from models.rules.errors import StepNotAllowed
from models.settings import Settings
from models.verbs.agree import AGREE_PLAN, AGREE_SCOPE
from models.verbs.change_procedure import CHANGE_PROCEDURE
from models.verbs.extend import EXTEND
from models.verbs.pause import PAUSE
from tests.build import officer, reload
from tests.campaign_letters import campaign_letter
from tests.models.test_campaigns import campaign, parents, write
from tests.moving import a_procedure, at, due, letters_sent, on, told_last, use
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


def test_a_case_that_stands_still_speaks_for_nobody(engine: Engine, settings: Settings, now: datetime) -> None:
    ours = on(settings, corporate=a_procedure({"pauses": ["an advocate"]}))
    [first] = write(engine, ours, now, campaign_letter(0))
    with writing(engine) as session:
        acknowledge(session, get_case(session, first.number), by=officer(engine, BEN), settings=ours, now=now)
    use(engine, first, PAUSE, ours, now, {"reason": "an advocate"})
    write(engine, ours, now, campaign_letter(1), campaign_letter(2))
    assert parents(engine) == [None, None, 2]


def test_nobody_waits_for_a_parent_that_stands_still(
    engine: Engine, together: list[Case], settings: Settings, now: datetime
) -> None:
    """None comes to speak so any longer; one that did, before that was seen to, hides no date of the others."""
    with writing(engine) as session:
        parent = get_case(session, together[0].number)
        parent.paused_on, parent.look_again = now.date(), now
    look(engine, settings, now + timedelta(days=15))
    assert parents(engine) == [None, None, None]
    assert {"missed"} == {nag.step for nag in nags(engine) if nag.case_id == together[1].id}


def test_a_parent_whose_own_date_is_later_is_reminded_of_the_first(
    engine: Engine, settings: Settings, now: datetime
) -> None:
    """Its own clock stood still before anybody followed it."""
    [parent] = write(engine, settings, now, campaign_letter(0))
    with writing(engine) as session:
        case = get_case(session, parent.number)
        acknowledge(session, case, by=officer(engine, BEN), settings=settings, now=now)
        case.paused_days = 15
        reckon(case, settings=settings)
    look(engine, settings, now)
    write(engine, settings, now, campaign_letter(1), campaign_letter(2))
    keep_up(engine, settings, now)
    for minutes in range(3):
        look(engine, settings, now + timedelta(minutes=minutes))
    assert due(reload(engine, parent)) == "Monday 16 November 2026"
    look(engine, settings, at("Monday 26 October 2026"))
    assert [(nag.case_id, nag.step, nag.due.isoformat()) for nag in nags(engine) if nag.due] == [
        (parent.id, "due today", "2026-10-26")
    ]


def look(engine: Engine, settings: Settings, now: datetime) -> None:
    """What the job does with cases in campaigns."""
    with writing(engine) as session:
        numbers = claim_cases_to_look_at(session, now=now)
    for number in numbers:
        with writing(engine) as session:
            note_deadlines(session, get_case(session, number), settings=settings, now=now)


def nags(engine: Engine) -> list[Nag]:
    with reading(engine) as session:
        return list(session.exec(select(Nag)).all())
