from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import col, select

from models import handling
from models.db import reading, writing
from models.outbox import OutboxEntry
from models.queries import get_case
from models.record import raise_alert
from models.reminders import Alert
from models.rules.labels import Area, Kind, Signal
from models.rules.warning_signs import WarningSign
from models.settings import Settings
from tests.build import a_case, an_opinion, officer, reload
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
