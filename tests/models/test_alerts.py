from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import col, select

from models import handling
from models.case import CaseEvent
from models.db import reading, writing
from models.outbox import OutboxEntry
from models.queries import get_case
from models.record import raise_alert
from models.reminders import Alert
from models.rules.labels import Area, Kind, Signal
from models.rules.warning_signs import WarningSign
from models.settings import Settings
from models.triaging import Judged, claim_unjudged, record_opinions
from tests.build import a_case, a_letter, a_reply, an_opinion, arrive, officer, reload
from tests.people import BEN, LENA

GRAVE = an_opinion(Kind.COMPLAINT, Area.HIGHWAYS_TRANSPORT, Signal.HAZARD, Signal.STAFF_CONDUCT)


def test_a_grave_signal_warns_the_lead_once(engine: Engine, settings: Settings, now: datetime) -> None:
    case = a_case(engine, settings=settings, now=now, opinion=GRAVE)
    sign = WarningSign("signals hazard", "Hazard")
    with writing(engine) as session:
        assert raise_alert(session, get_case(session, case.number), sign, now=now) is None
    with reading(engine) as session:
        alerts = session.exec(select(Alert)).all()
        said = session.exec(select(OutboxEntry.key).where(col(OutboxEntry.key).startswith("alert"))).all()
    assert [alert.sign for alert in alerts] == ["signals hazard"]
    assert len(said) == 1, said
    assert reload(engine, case).signals == ["hazard", "staff_conduct"]


def test_opinions_recorded_together_warn_once_of_each_case(engine: Engine, settings: Settings, now: datetime) -> None:
    for number in range(3):
        letter = a_letter(Message_ID=f"<{number}@residents.example>", From=f"r{number}@residents.example")
        arrive(engine, letter, settings=settings, now=now)
    with writing(engine) as session:
        waiting = claim_unjudged(session, now=now)
        judged = [Judged(each.letter_id, GRAVE, is_first=True) for each in waiting]
    for _ in range(2):
        with writing(engine) as session:
            record_opinions(session, judged, settings=settings, now=now)
    with reading(engine) as session:
        warned = session.exec(select(Alert.case_id).order_by(col(Alert.case_id))).all()
        drawn = session.exec(select(OutboxEntry.key).where(col(OutboxEntry.key).startswith("alert"))).all()
        events = session.exec(select(CaseEvent.case_id).where(CaseEvent.name == "alert_raised")).all()
    assert warned == sorted(each.case_id for each in waiting)
    assert sorted(events) == warned
    assert len(drawn) == len(waiting)


def test_letters_of_one_case_judged_together_warn_once(engine: Engine, settings: Settings, now: datetime) -> None:
    case = a_case(engine, settings=settings, now=now)
    for text in ("The wire is live now.", "It still is."):
        arrive(engine, a_reply(case, text), settings=settings, now=now)
    with writing(engine) as session:
        judged = [Judged(each.letter_id, GRAVE, is_first=False) for each in claim_unjudged(session, now=now)]
        record_opinions(session, judged, settings=settings, now=now)
    with reading(engine) as session:
        assert len(judged) == 2
        assert session.exec(select(Alert.sign)).all() == ["signals hazard"]


def test_the_first_who_takes_an_alert_has_it(engine: Engine, settings: Settings, now: datetime) -> None:
    case = a_case(engine, settings=settings, now=now, opinion=GRAVE)
    said = []
    for by in (officer(engine, LENA), officer(engine, BEN)):
        with writing(engine) as session:
            alert = session.exec(select(Alert)).one()
            said.append(handling.take_alert(session, alert, get_case(session, case.number), by=by, now=now))
    assert said == [f"You have {case.reference}.", "Lena Moss has it already."]
    with reading(engine) as session:
        alert = session.exec(select(Alert)).one()
        assert (alert.taken_by_id, alert.taken_at) == (officer(engine, LENA).id, now)
        drawn = session.exec(select(OutboxEntry.key).where(col(OutboxEntry.key).startswith("alert 1 version"))).all()
        assert len(drawn) == 2, "raised, and taken"


def test_an_alert_is_drawn_again_when_its_case_changes_hands(engine: Engine, settings: Settings, now: datetime) -> None:
    case = a_case(engine, settings=settings, now=now, opinion=GRAVE)
    ben = officer(engine, BEN)
    with writing(engine) as session:
        handling.take(session, get_case(session, case.number), by=ben, now=now)
    with writing(engine) as session:
        fresh = get_case(session, case.number)
        handling.correct_area(session, fresh, Area.HOUSING, by=ben, settings=settings, now=now)
    with reading(engine) as session:
        drawn = session.exec(select(OutboxEntry.key).where(col(OutboxEntry.key).startswith("alert 1 version"))).all()
    assert len(drawn) == 3, "raised, taken by Ben, moved to housing"


def test_an_owner_of_another_service_lets_go_of_a_case(engine: Engine, settings: Settings, now: datetime) -> None:
    case = a_case(engine, settings=settings, now=now)
    for by, area, owner in ((BEN, Area.HOUSING, None), (LENA, Area.HIGHWAYS_TRANSPORT, LENA)):
        with writing(engine) as session:
            fresh = get_case(session, case.number)
            handling.take(session, fresh, by=officer(engine, by), now=now)
            handling.correct_area(session, fresh, area, by=officer(engine, by), settings=settings, now=now)
        assert reload(engine, case).owner_id == (officer(engine, owner).id if owner else None)
