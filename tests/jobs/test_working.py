"""The other jobs one at a time, the runner that nothing stops, and two workers who share one outbox."""

import logging
import threading
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from classifier.suggest import Message
from intake.receive import receive
from jobs import hold_socket as holding
from jobs.deliver import deliver_email_one
from jobs.hold_socket import hold_socket
from jobs.parts import Parts
from jobs.schedule import SCHEDULE, Job
from jobs.ticking import run_job, start_jobs
from jobs.transports.answers import Delivered, Drawn
from models.case import Case
from models.db import open_engine, reading, writing
from models.outbox import Channel, OutboxEntry, Parcel, ToSay, put
from models.queries import get_case
from models.reminders import Nag
from models.rules.labels import Area, Kind, Signal
from models.rules.opinions import Opinion
from models.settings import Settings
from tests.bot.listening import handler_of
from tests.build import a_letter, an_opinion, arrive
from tests.jobs.office import HIGHWAYS, LEAD, FixedOpinion, HandClock, Office, words_on
from tests.people import BEN
from tests.servers.between import NONSENSE, answering
from tests.servers.program import wait_until

SECRET_WORDS = "My neighbour Bartholomew drinks"


def keep(office: Office, raw: bytes) -> None:
    with writing(office.parts.engine) as session:
        receive(session, source="complaints", raw=raw, now=office.clock.now())


def only_case(office: Office) -> Case:
    with reading(office.parts.engine) as session:
        return session.exec(select(Case)).one()


def test_a_letter_goes_from_kept_to_a_card_one_job_after_another(office: Office) -> None:
    keep(office, a_letter("The light is out.", From="Sam <sam@parliament.example>"))
    office.work("process inbound")
    case = only_case(office)
    assert not case.is_triaged
    office.deliver()
    assert office.slack.messages(HIGHWAYS) == [], "no card before the classifier has looked"
    office.suggester.opinion = an_opinion(Kind.COMPLAINT, Area.HIGHWAYS_TRANSPORT, Signal.HAZARD)
    office.work("triage")
    office.deliver()
    assert "Complaint" in words_on(office.card()["blocks"])
    assert "Hazard" in words_on(office.slack.messages(LEAD)[0]["blocks"])
    [shown] = office.suggester.shown
    assert (shown.subject, shown.body.strip()) == ("Pothole in Elm Road", "The light is out.")
    assert shown.sender == "sam@parliament.example", "an office of a member is known by its address"


def test_a_case_a_person_decided_first_keeps_their_word(office: Office) -> None:
    arrive(office.parts.engine, a_letter(), settings=office.parts.settings, now=office.clock.now())
    with writing(office.parts.engine) as session:
        case = session.exec(select(Case)).one()
        case.kind, case.kind_by_person = Kind.COMPLIMENT, True
    office.work("triage")
    assert only_case(office).kind is Kind.COMPLIMENT


def test_a_reminder_reaches_the_owner_once_and_a_missed_date_the_lead(office: Office) -> None:
    case = office.new_case()
    with writing(office.parts.engine) as session:
        get_case(session, case.number).owner_id = 1
    office.deliver()
    for instant in (datetime(2026, 10, 15, 9, 0, tzinfo=UTC), datetime(2026, 10, 20, 9, 0, tzinfo=UTC)):
        office.clock.instant = instant
        office.work("remind")
        office.work("tell nags")
        office.deliver()
        office.deliver()
    coming, missed = [message["text"] for message in office.slack.messages(BEN)]
    assert "in 2 working days" in coming, "it says what is left when it is said"
    assert "should have been acknowledged by Monday 19 October 2026" in missed
    assert len(office.slack.messages(LEAD)) == 1
    assert len(office.cards()) == 1


def test_one_case_that_cannot_be_looked_at_keeps_no_other_from_its_reminder(office: Office) -> None:
    spoilt = office.new_case()
    sound = office.new_case(raw=a_letter("Another matter."))
    with writing(office.parts.engine) as session:
        case = get_case(session, spoilt.number)
        case.procedure, case.look_again = "no longer in the settings", office.clock.now() - timedelta(seconds=1)
    office.clock.instant = datetime(2026, 10, 19, 9, 0, tzinfo=UTC)
    remind = next(job for job in SCHEDULE if job.name == "remind")
    for _ in range(3):
        run_job(remind, office.parts)
    with reading(office.parts.engine) as session:
        nags = session.exec(select(Nag.case_id)).all()
    assert nags == [sound.number]


def test_one_letter_that_cannot_be_judged_keeps_no_other_from_its_card(office: Office) -> None:
    think = office.suggester.suggest

    def stumble(message: Message) -> Opinion:
        if "stumbling" in message.body:
            raise RecursionError
        return think(message)

    office.suggester.suggest = stumble  # type: ignore[method-assign]  # a classifier with a fault
    keep(office, a_letter("A stumbling block."))
    keep(office, a_letter("Another matter.", Message_ID="<two@residents.example>"))
    office.work("process inbound")
    triage = next(job for job in SCHEDULE if job.name == "triage")
    for _ in range(4):
        run_job(triage, office.parts)
    office.deliver()
    assert len(office.cards()) == 1


def test_a_job_that_raises_stops_no_other_and_tells_the_log_no_words(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    def spoilt(_parts: Parts) -> bool:
        try:
            int(SECRET_WORDS)
        except ValueError as cause:
            raise KeyError(SECRET_WORDS) from cause
        return True

    run_job(Job("spoilt", "jobs", "tick", spoilt), office.parts)
    keep(office, a_letter())
    for job in SCHEDULE:
        run_job(job, office.parts)
    [failed] = [record for record in caplog.records if record.name == "tocsin.jobs"]
    assert (failed.levelno, vars(failed)["action"]) == (logging.ERROR, "spoilt")
    assert "KeyError" in caplog.text
    assert "spoilt" in logging.Formatter().format(failed), "the place is kept"
    assert "Bartholomew" not in caplog.text
    assert len(office.smtp.letters) == 1


def test_the_runner_stops_between_two_pieces_of_work(office: Office) -> None:
    done: list[int] = []

    def endless(parts: Parts) -> bool:
        done.append(1)
        if len(done) == 3:
            parts.stop.set()
        return True

    run_job(Job("endless", "jobs", "tick", endless), office.parts)
    assert len(done) == 3


def test_the_timetable_ticks_until_it_is_shut_down(office: Office) -> None:
    quick = office.parts.settings.jobs.model_copy(update={"tick_seconds": 0.05, "sweep_seconds": 0.05})
    settings = office.parts.settings.model_copy(update={"jobs": quick})
    parts = Parts(settings, office.parts.engine, office.clock, office.parts.transports, lambda: office.suggester)
    schedulers = [start_jobs(parts, part) for part in ("intake", "jobs")]
    keep(office, a_letter())
    wait_until(lambda: office.cards() and office.smtp.letters, 10, "no card and no receipt")
    for scheduler in schedulers:
        scheduler.shutdown()


def test_the_socket_is_tried_until_slack_is_well(
    office: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(holding, "_PAUSE_SECONDS", 0.05)
    office.slack.go_down()
    with handler_of(office) as handler:
        thread = threading.Thread(target=hold_socket, args=(office.parts, handler))
        thread.start()
        wait_until(lambda: "no socket to Slack" in caplog.text, 5, "it did not say that Slack is down")
        office.slack.recover()
        office.slack.wait_for_socket()
        office.parts.stop.set()
        thread.join(10)
        assert not thread.is_alive()


def test_nonsense_in_slacks_place_ends_no_trying(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holding, "_PAUSE_SECONDS", 0.05)
    with answering(NONSENSE) as between, handler_of(office) as handler:
        slack, office.client.base_url = office.client.base_url, between.url
        thread = threading.Thread(target=hold_socket, args=(office.parts, handler))
        thread.start()
        wait_until(lambda: between.asked > 2, 5, "it did not ask again")
        office.client.base_url = slack
        office.slack.wait_for_socket()
        office.parts.stop.set()
        thread.join(10)


class Postbag:
    """A way out that counts what it is given."""

    def __init__(self) -> None:
        self.given: Counter[str] = Counter()
        self.lock = threading.Lock()

    def send(self, parcel: Parcel, drawn: Drawn | None) -> Delivered:
        with self.lock:
            self.given[parcel.key] += 1
        return Delivered(parcel.key)


def test_two_workers_deliver_everything_exactly_once(database_url: str, settings: Settings, now: datetime) -> None:
    engines = [open_engine(database_url), open_engine(database_url)]
    bag, clock = Postbag(), HandClock(now)
    with writing(engines[0]) as session:
        for number in range(50):
            put(session, ToSay(Channel.EMAIL, f"letter {number}", {}), now=now)
    begin = threading.Barrier(2)

    def work(engine: Engine) -> None:
        parts = Parts(settings, engine, clock, {Channel.EMAIL: bag}, lambda: FixedOpinion(an_opinion()))
        begin.wait()
        while deliver_email_one(parts):
            pass

    workers = [threading.Thread(target=work, args=(engine,)) for engine in engines]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert bag.given == Counter({f"letter {number}": 1 for number in range(50)})
    with reading(engines[0]) as session:
        assert {entry.state.value for entry in session.exec(select(OutboxEntry))} == {"sent"}
    for engine in engines:
        engine.dispose()
