"""What a reminder offers whoever reads it: never what would only refuse them."""

from datetime import timedelta

import pytest
from sqlmodel import select

from jobs.drawing import draw
from models.db import reading, writing
from models.duty import Duty, DutyKind
from models.reminders import Nag
from tests.bot.desk import Desk
from tests.bot.reminded import DUE, offered, owe, remind, reminder
from tests.jobs.office import HIGHWAYS, Json
from tests.people import BEN, CARA, DEV, LENA


@pytest.mark.parametrize(("kind", "signed"), [(DutyKind.ENQUIRY, False), (DutyKind.ENQUIRY, True)])
def test_an_answer_to_the_ombudsman_is_settled_from_there_once_it_is_signed_off(
    desk: Desk, kind: DutyKind, signed: bool
) -> None:
    owe(desk, BEN, kind=kind)
    with writing(desk.office.parts.engine) as session:
        duty = session.exec(select(Duty)).one()
        duty.signed_off_by_id = duty.owner_id if signed else None
    remind(desk, days=2)
    assert [action for action, _ in offered(reminder(desk, BEN))] == ["open_case", "settle"][: 1 + signed]


def test_what_the_day_of_an_event_settles_only_opens(desk: Desk) -> None:
    case = owe(desk, BEN, kind=DutyKind.HAZARD, key="T26-00001-X hazard_investigated_by")
    remind(desk, days=2)
    assert offered(reminder(desk, BEN)) == [("open_case", str(case.number))]


def test_whoever_stands_above_and_has_another_service_is_offered_nothing(desk: Desk) -> None:
    """A manager without the service reads of it; the lead, who sees every case, may do both."""
    parts = desk.office.parts
    case = owe(desk, BEN)
    now = parts.clock.now()
    told: Json = {
        "stage": 0,
        "clock": "duty 1",
        "step": "missed, told manager",
        "at": now + timedelta(days=3),
        "due": DUE,
    }
    with writing(parts.engine) as session:
        for who in (DEV, LENA):
            session.add(Nag(case_id=case.number, recipient=who, **told))
    remind(desk, days=3)
    assert offered(reminder(desk, DEV)) == []
    assert offered(reminder(desk, LENA)) == [("open_case", str(case.number)), ("settle", "1")]


def test_what_is_handed_on_offers_what_whoever_reads_it_may_do(desk: Desk) -> None:
    """Slack did not take it for Cara, who owes the duty."""
    parts = desk.office.parts
    case = owe(desk, CARA)
    remind(desk, days=2)
    both = [("open_case", str(case.number)), ("settle", "1")]
    for to, buttons in ((CARA, both), (DEV, []), (LENA, both), (HIGHWAYS, both), ("U0GONE", [])):
        with reading(parts.engine) as session:
            numbers = [nag.id for nag in session.exec(select(Nag).where(Nag.recipient == CARA))]
            asked = {"draw": "nags", "nags": numbers, "to": to}
            drawn = draw(session, "nags handed on", asked, settings=parts.settings, now=parts.clock.now())
        assert drawn is not None
        assert offered({"blocks": drawn.blocks}) == buttons, to
