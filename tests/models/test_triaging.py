from datetime import datetime, timedelta

from sqlalchemy import Engine
from sqlmodel import col, select

from models import handling
from models.case import Case
from models.clock import in_words
from models.db import reading, writing
from models.outbox import OutboxEntry
from models.queries import get_case, suggestion
from models.reminders import Alert
from models.rules.labels import Area, Kind, Signal
from models.rules.opinions import Opinion
from models.settings import Settings
from models.triaging import Judged, claim_unjudged, record_opinions
from tests.build import a_case, a_letter, a_reply, an_opinion, arrive, officer, reload
from tests.people import ASHA, LENA


def judge(engine: Engine, opinion: Opinion, settings: Settings, now: datetime) -> list[bool]:
    with writing(engine) as session:
        waiting = claim_unjudged(session, now=now)
    told = []
    for letter in waiting:
        with writing(engine) as session:
            judged = Judged(letter.letter_id, opinion, letter.is_first)
            told.append(bool(record_opinions(session, [judged], settings=settings, now=now)))
    return told


def follow_up(engine: Engine, case: Case, settings: Settings, now: datetime) -> None:
    assert arrive(engine, a_reply(case, "The wire is live now."), settings=settings, now=now).case == case.reference


def test_a_letter_is_shown_to_the_classifier_once(engine: Engine, settings: Settings, now: datetime) -> None:
    arrive(engine, a_letter(), settings=settings, now=now)
    with writing(engine) as session:
        (shown,) = claim_unjudged(session, now=now)
    assert (shown.subject, shown.text.strip(), shown.sender) == (
        "Pothole in Elm Road",
        "The pothole in Elm Road is back.",
        ASHA,
    )
    with writing(engine) as session:
        assert claim_unjudged(session, now=now + timedelta(minutes=4)) == []
        assert [each.letter_id for each in claim_unjudged(session, now=now + timedelta(minutes=5))] == [shown.letter_id]


def test_our_own_letters_are_never_judged(engine: Engine, settings: Settings, now: datetime) -> None:
    a_case(engine, settings=settings, now=now)
    assert judge(engine, an_opinion(), settings, now + timedelta(days=9)) == []


def test_an_opinion_files_the_case_and_draws_its_card(engine: Engine, settings: Settings, now: datetime) -> None:
    case = a_case(engine, settings=settings, now=now, opinion=an_opinion(Kind.COMPLIMENT, Area.HOUSING))
    assert (case.kind, case.areas) == (Kind.COMPLIMENT, ["housing"])
    assert in_words(case.respond_by or case.received_on) == "Monday 2 November 2026", "only a person lets go of it"
    with reading(engine) as session:
        kept = suggestion(session, case)
        drawn = session.exec(select(OutboxEntry.key).where(col(OutboxEntry.key).contains(" card "))).all()
    assert kept is not None
    assert (kept.kind, kept.confidence, kept.model_version) == (Kind.COMPLIMENT, 0.9, "test")
    assert drawn == [f"{case.reference} card version {case.version}"]


def test_a_second_opinion_changes_nothing(engine: Engine, settings: Settings, now: datetime) -> None:
    case = a_case(engine, settings=settings, now=now)
    with writing(engine) as session:
        again = Judged(1, an_opinion(Kind.COMPLIMENT), is_first=True)
        assert not record_opinions(session, [again], settings=settings, now=now)
    after = reload(engine, case)
    assert (after.kind, after.version) == (case.kind, case.version)


def test_not_sure_runs_on_the_complaints_clock(engine: Engine, settings: Settings, now: datetime) -> None:
    case = a_case(engine, settings=settings, now=now, opinion=an_opinion(None))
    assert case.kind is None
    assert in_words(case.respond_by or case.received_on) == "Monday 2 November 2026"


def test_what_a_person_decided_stays(engine: Engine, settings: Settings, now: datetime) -> None:
    arrive(engine, a_letter(), settings=settings, now=now)
    with writing(engine) as session:
        case, lena = get_case(session, 1), officer(engine, LENA)
        handling.correct_kind(session, case, Kind.SERVICE_REQUEST, by=lena, settings=settings, now=now)
        handling.correct_area(session, case, Area.WASTE_ENVIRONMENT, by=lena, settings=settings, now=now)
    assert judge(engine, an_opinion(Kind.COMPLAINT, Area.HOUSING, Signal.HAZARD), settings, now) == [True]
    after = reload(engine, case)
    assert (after.kind, after.areas, after.is_triaged) == (Kind.SERVICE_REQUEST, ["waste_environment"], True)
    assert after.signals == ["hazard"]


def test_a_follow_up_adds_its_signals_and_warns(engine: Engine, settings: Settings, now: datetime) -> None:
    case = a_case(engine, settings=settings, now=now, opinion=an_opinion(Kind.COMPLAINT, Area.HOUSING))
    follow_up(engine, case, settings, now)
    opinion = an_opinion(Kind.COMPLIMENT, Area.PLANNING_BUILDING, Signal.HAZARD, Signal.STAFF_CONDUCT)
    assert judge(engine, opinion, settings, now) == [True]
    after = reload(engine, case)
    assert (after.kind, after.areas) == (Kind.COMPLAINT, ["housing"])
    assert after.signals == ["hazard", "staff_conduct"]
    with reading(engine) as session:
        assert session.exec(select(Alert.sign)).all() == ["signals hazard"]


def test_a_follow_up_judged_first_does_not_file_the_case(engine: Engine, settings: Settings, now: datetime) -> None:
    arrive(engine, a_letter(), settings=settings, now=now)
    with writing(engine) as session:
        (first,) = claim_unjudged(session, now=now)
    follow_up(engine, reload_first(engine), settings, now)
    judge(engine, an_opinion(Kind.COMPLIMENT), settings, now)
    with writing(engine) as session:
        judged = Judged(first.letter_id, an_opinion(Kind.COMPLAINT), first.is_first)
        assert record_opinions(session, [judged], settings=settings, now=now)
    assert reload_first(engine).kind == Kind.COMPLAINT, "the first letter says what the case is"


def reload_first(engine: Engine) -> Case:
    with reading(engine) as session:
        return get_case(session, 1)
