"""What a person does on a campaign's case is done on each case it speaks for, once, whatever happens in between."""

import threading
from collections import Counter
from collections.abc import Callable

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from intake.receive import receive
from jobs import follow_parent as job
from jobs.follow_parent import follow_parents
from jobs.parts import Parts
from models import handling
from models.bounces import letter_bounced
from models.campaign_steps import follow_parent
from models.campaigns import leave_campaign
from models.case import Case, CaseEvent
from models.correspondence import Correspondence, Direction
from models.council import sync_officers
from models.db import open_engine, reading, writing
from models.following import ask_next_stage
from models.outbox import Channel, OutboxEntry
from models.people import Officer
from models.queries import get_case
from models.rules.labels import Area, Kind
from models.rules.letters import Report
from models.rules.steps import CaseStatus
from tests.build import a_reply, officer
from tests.campaign_letters import OWN, campaign_letter, unrelated_letter
from tests.jobs.office import HIGHWAYS, HOUSING, Office, words_on
from tests.people import BEN, DEV

WORDS = "We found that the survey was left out because of a slip; it is published by 30 October 2026. We are sorry."


def arrive(office: Office, *letters: bytes) -> None:
    """The letters come in and go through the jobs, up to the judging."""
    for raw in letters:
        with writing(office.parts.engine) as session:
            receive(session, source="complaints", raw=raw, now=office.clock.now())
    office.work("process inbound")
    office.work("triage")


def cases(office: Office) -> list[Case]:
    with reading(office.parts.engine) as session:
        return list(session.exec(select(Case).order_by(col(Case.id))))


def do(office: Office, number: int, verb: Callable[[Session, Case, Officer], object], by: str = BEN) -> None:
    """An officer does something on a case."""
    who = officer(office.parts.engine, by)
    with writing(office.parts.engine) as session:
        verb(session, get_case(session, number), who)


def acknowledge(office: Office, number: int = 1) -> None:
    settings, now = office.parts.settings, office.clock.now()
    do(office, number, lambda s, case, by: handling.acknowledge(s, case, by=by, settings=settings, now=now))


def answer(office: Office, number: int = 1) -> None:
    settings, now = office.parts.settings, office.clock.now()
    given = handling.Answer(handling.Outcome.PARTLY_UPHELD, WORDS)
    do(office, number, lambda s, case, by: handling.respond(s, case, given, by=by, settings=settings, now=now))


def letters(office: Office, name: str) -> list[OutboxEntry]:
    return [entry for entry in office.entries(Channel.EMAIL) if entry.key.endswith(name)]


def test_two_hundred_people_are_answered_as_one_and_each_once(
    office: Office, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = [unrelated_letter(number) for number in range(20)]
    letters_in = [campaign_letter(number, own=OWN if number % 9 == 8 else "") for number in range(200)]
    arrive(office, *(raw for pair in zip(letters_in[:20], others, strict=True) for raw in pair), *letters_in[20:])
    found = cases(office)
    assert Counter(case.campaign_of_id for case in found) == {None: 21, 1: 199}
    assert len(letters(office, "receipt")) == 220
    acknowledge(office)
    cut_short(office.parts, monkeypatch, after=70)
    assert len(letters(office, "acknowledgement")) == 1 + 70, "the one that was cut short left nothing"
    two_workers(office.parts, database_url)
    follow_parents(office.parts)
    told = Counter(entry.payload["to"] for entry in letters(office, "acknowledgement"))
    assert told == Counter({f"writer{number}@residents.example": 1 for number in range(200)})
    with reading(office.parts.engine) as session:
        done = session.exec(
            select(CaseEvent.case_id, CaseEvent.by_officer_id).where(CaseEvent.name == "acknowledged")
        ).all()
    ben = officer(office.parts.engine, BEN).id
    assert Counter(done) == Counter({(case.id, ben): 1 for case in found if case.campaign_of_id or case.id == 1})
    assert Counter(case.status for case in cases(office)) == {CaseStatus.ACKNOWLEDGED: 200, CaseStatus.NEW: 20}


def cut_short(parts: Parts, monkeypatch: pytest.MonkeyPatch, *, after: int) -> None:
    """The program is killed in the middle of a transaction, when so many are done."""
    done: list[int] = []

    def die(session: Session, number: int, **more: object) -> None:
        follow_parent(session, number, **more)  # type: ignore[arg-type]
        session.flush()
        done.append(number)
        if len(done) > after:
            raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(job, "follow_parent", die)
        with pytest.raises(KeyboardInterrupt):
            follow_parents(parts)


def two_workers(parts: Parts, database_url: str) -> None:
    engines = [open_engine(database_url), open_engine(database_url)]
    begin = threading.Barrier(2)

    def work(engine: Engine) -> None:
        begin.wait()
        follow_parents(Parts(parts.settings, engine, parts.clock, {}, parts.suggester))

    workers = [threading.Thread(target=work, args=(engine,)) for engine in engines]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(120)
    for engine in engines:
        engine.dispose()


def test_each_resident_gets_the_same_answer_under_their_own_reference(office: Office) -> None:
    arrive(office, *(campaign_letter(number) for number in range(4)))
    acknowledge(office)
    answer(office)
    office.work("follow campaigns")
    office.work("follow campaigns")
    answers = letters(office, "response")
    assert len(answers) == 4
    for number, (case, entry) in enumerate(zip(cases(office), answers, strict=True)):
        assert entry.payload["to"] == f"writer{number}@residents.example"
        assert f"[{case.reference}]" in entry.payload["subject"]
        assert WORDS in entry.payload["text"]
        assert "Our decision: partly upheld." in entry.payload["text"]
        assert (case.status, case.responded_on) == (CaseStatus.RESPONDED, office.clock.now().date())
    with reading(office.parts.engine) as session:
        kept = session.exec(select(Correspondence.text).where(Correspondence.direction == Direction.OUT)).all()
        details = session.exec(select(CaseEvent.details)).all()
    assert sum(WORDS in text for text in kept) == 4
    assert not any(WORDS in str(each) for each in details), "what a resident is told stands in no event"
    now = office.clock.now()
    do(office, 1, lambda s, case, by: handling.close(s, case, reason="Settled.", by=by, now=now))
    office.work("follow campaigns")
    assert {case.status for case in cases(office)} == {CaseStatus.CLOSED}
    assert [office.event_names(case).count("closed") for case in cases(office)] == [1] * 4


def test_kind_service_and_owner_follow_and_the_letters_say_so(office: Office) -> None:
    arrive(office, *(campaign_letter(number) for number in range(3)))
    settings, now = office.parts.settings, office.clock.now()
    acknowledge(office)
    kind = Kind.INFORMATION_REQUEST
    do(office, 1, lambda s, case, by: handling.correct_kind(s, case, kind, by=by, settings=settings, now=now))
    area = Area.HOUSING
    do(office, 1, lambda s, case, by: handling.correct_area(s, case, area, by=by, settings=settings, now=now))
    do(office, 1, lambda s, case, by: handling.take(s, case, by=by, now=now), by=DEV)
    arrive(office, campaign_letter(9))
    office.work("follow campaigns")
    parent, *flock = cases(office)
    assert len(flock) == 3
    for case in flock:
        assert (case.kind, case.areas, case.owner_id) == (parent.kind, ["housing"], parent.owner_id)
        assert (case.kind_by_person, case.areas_by_person, case.respond_by) == (True, True, parent.respond_by)
        by = {event.name: event.by_officer_id for event in office.events(case)}
        ben, dev = officer(office.parts.engine, BEN).id, officer(office.parts.engine, DEV).id
        assert (by["acknowledged"], by["area_corrected"], by.get("taken", dev)) == (ben, ben, dev)
    before = [len(office.events(case)) for case in flock]
    office.work("follow campaigns")
    assert [len(office.events(case)) for case in flock] == before, "nothing is done twice"


def test_what_an_officer_did_is_followed_when_they_have_left(office: Office) -> None:
    arrive(office, *(campaign_letter(number) for number in range(3)))
    acknowledge(office)
    stayed = tuple(entry for entry in office.parts.settings.officers if entry.slack_user != BEN)
    with writing(office.parts.engine) as session:
        sync_officers(session, office.parts.settings.model_copy(update={"officers": stayed}))
    office.work("follow campaigns")
    assert {case.status for case in cases(office)} == {CaseStatus.ACKNOWLEDGED}
    with reading(office.parts.engine) as session:
        left = session.exec(select(Officer).where(Officer.slack_user == BEN)).one()
    assert (left.is_active, left.is_corporate_lead) == (False, False), "acting for them changes nothing of them"


@pytest.mark.parametrize("is_judged", [True, False])
def test_who_writes_again_leaves_and_is_not_answered_by_the_campaign(office: Office, is_judged: bool) -> None:
    arrive(office, *(campaign_letter(number) for number in range(3)))
    second = cases(office)[1]
    reply = a_reply(second, "My wheelchair does not fit on that bus.", From="writer1@residents.example")
    with writing(office.parts.engine) as session:
        receive(session, source="complaints", raw=reply, now=office.clock.now())
    office.work("process inbound")
    if is_judged:
        office.work("triage")
        assert cases(office)[1].campaign_of_id is None, "its card shows at once what the resident adds"
    acknowledge(office)
    office.work("follow campaigns")
    _, second, third = cases(office)
    assert (second.campaign_of_id, second.status) == (None, CaseStatus.NEW)
    assert third.status == CaseStatus.ACKNOWLEDGED
    [left] = [event for event in office.events(second) if event.name == "left_campaign"]
    assert left.details["why"] == "the resident has written again"


def test_who_was_not_answered_when_the_campaigns_case_went_to_stage_2_leaves(office: Office) -> None:
    arrive(office, *(campaign_letter(number) for number in range(3)))
    acknowledge(office)
    office.work("follow campaigns")
    answer(office)
    with writing(office.parts.engine) as session:
        follow_parent(session, 2, settings=office.parts.settings, now=office.clock.now())
    settings, now = office.parts.settings, office.clock.now()
    do(office, 1, lambda s, case, by: ask_next_stage(s, case, by=by, settings=settings, now=now))
    office.work("follow campaigns")
    _, second, third = cases(office)
    assert (second.campaign_of_id, second.status) == (1, CaseStatus.RESPONDED)
    assert (third.campaign_of_id, third.status) == (None, CaseStatus.ACKNOWLEDGED), "its card asks for its answer"
    assert third.look_again is not None


def test_a_letter_that_came_back_takes_its_case_out_at_once(office: Office) -> None:
    arrive(office, *(campaign_letter(number) for number in range(3)))
    settings, now = office.parts.settings, office.clock.now()
    with writing(office.parts.engine) as session:
        sent = select(Correspondence).where(Correspondence.case_id == 2, Correspondence.direction == Direction.OUT)
        report = Report(recipient="writer1@residents.example", status="5.1.1")
        letter_bounced(session, session.exec(sent).one(), report, settings=settings, now=now)
    assert [case.campaign_of_id for case in cases(office)] == [None, None, 1]


def test_who_could_not_be_reached_leaves(office: Office) -> None:
    arrive(office, *(campaign_letter(number) for number in range(3)))
    acknowledge(office)
    office.work("follow campaigns")
    with writing(office.parts.engine) as session:
        case = get_case(session, 2)
        case.status, case.doubts = CaseStatus.NEW, ["letter_bounced"]
    office.work("follow campaigns")
    case = cases(office)[1]
    assert (case.campaign_of_id, case.status) == (None, CaseStatus.NEW), "it is not written to again and again"
    assert len(letters(office, "acknowledgement")) == 3


def test_an_answer_whose_words_are_lost_is_left_to_a_person(office: Office) -> None:
    arrive(office, *(campaign_letter(number) for number in range(3)))
    acknowledge(office)
    answer(office)
    with writing(office.parts.engine) as session:
        entry = session.exec(select(OutboxEntry).where(col(OutboxEntry.key).endswith("response"))).one()
        entry.payload = {name: value for name, value in entry.payload.items() if name != "answer"}
    office.work("follow campaigns")
    assert [case.campaign_of_id for case in cases(office)] == [None, None, None]
    assert [case.status for case in cases(office)][1:] == [CaseStatus.NEW] * 2, "nothing is done by half"
    assert len(letters(office, "response")) == 1


def test_one_that_fails_keeps_no_other_from_following(office: Office) -> None:
    arrive(office, *(campaign_letter(number) for number in range(4)))
    with writing(office.parts.engine) as session:
        get_case(session, 2).procedure = "no longer in the settings"
    acknowledge(office)
    office.work("follow campaigns")
    assert [case.status for case in cases(office)] == ["acknowledged", "new", "acknowledged", "acknowledged"]
    with writing(office.parts.engine) as session:
        get_case(session, 2).procedure = "corporate"
    office.work("follow campaigns")
    assert cases(office)[1].status == CaseStatus.ACKNOWLEDGED


def test_one_card_speaks_for_all(office: Office) -> None:
    arrive(office, campaign_letter(0), campaign_letter(1))
    office.deliver()
    assert len(office.cards()) == 2
    arrive(office, campaign_letter(2), campaign_letter(3))
    office.clock.pass_time(minutes=1)
    office.work("remind")
    acknowledge(office)
    office.work("follow campaigns")
    office.deliver()
    assert "4 people wrote nearly the same" in words_on(office.card()["blocks"])
    parent, second, *_ = cases(office)
    assert f"*{second.reference}* is part of a campaign: {parent.reference} speaks for it." in words_on(
        [message["blocks"] for message in office.slack.messages(HIGHWAYS)]
    )
    in_channel = [each for each in office.slack.messages(HIGHWAYS) if each.get("thread_ts", each["ts"]) == each["ts"]]
    assert len(in_channel) == 2, "the two that never had a card have none"
    with writing(office.parts.engine) as session:
        for number in (2, 3):
            leave_campaign(session, get_case(session, number), why="a person took it out", now=office.clock.now())
    office.deliver()
    assert len(office.cards()) == 3
    shown = words_on([card["blocks"] for card in office.cards()])
    assert shown.count(f"Part of the campaign of {parent.reference}, but to be answered for itself") == 2
    assert office.cards(HOUSING) == []
