"""A letter that came back: what it did is owed again, once, and somebody hears of it."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from models import handling
from models.bounces import find_bounced, letter_bounced
from models.campaign_steps import follow_parent, lagging
from models.case import Case
from models.correspondence import Correspondence, Direction
from models.db import reading, writing
from models.handling import Answer, Outcome
from models.letters import automatic_letters_left
from models.outbox import Channel, OutboxEntry
from models.queries import get_case, history, letters
from models.reminders import Alert
from models.reminding import note_deadlines
from models.rules.doubts import Doubt
from models.rules.letters import Report
from models.rules.steps import CaseStatus
from models.settings import Settings
from tests.build import a_case, a_letter, arrive, officer, reload
from tests.models.test_campaigns import campaign
from tests.people import ASHA, BEN

DEAD = Report(recipient=ASHA, status="5.1.1")


class Desk:
    """Ben at work on Asha's one case."""

    def __init__(self, engine: Engine, settings: Settings, now: datetime) -> None:
        self.engine, self.settings, self.now = engine, settings, now
        self.ben = officer(engine, BEN)
        self.number = a_case(engine, settings=settings, now=now).number

    @property
    def case(self) -> Case:
        with reading(self.engine) as session:
            return get_case(session, self.number)

    def acknowledge(self) -> str:
        with writing(self.engine) as session:
            case = get_case(session, self.number)
            return handling.acknowledge(session, case, by=self.ben, settings=self.settings, now=self.now)

    def respond(self, words: str = "We are sorry. The hole is filled.") -> str:
        with writing(self.engine) as session:
            case, answer = get_case(session, self.number), Answer(Outcome.UPHELD, words)
            return handling.respond(session, case, answer, by=self.ben, settings=self.settings, now=self.now)

    def close(self) -> None:
        with writing(self.engine) as session:
            handling.close(session, get_case(session, self.number), reason="x", by=self.ben, now=self.now)

    def ours(self) -> list[Correspondence]:
        with reading(self.engine) as session:
            return [each for each in letters(session, self.case) if each.direction == Direction.OUT]

    def comes_back(self, letter: Correspondence | None = None, report: Report = DEAD) -> None:
        with writing(self.engine) as session:
            found = session.get_one(Correspondence, (letter or self.ours()[-1]).id)
            letter_bounced(session, found, report, settings=self.settings, now=self.now)

    def entries(self, channel: Channel) -> list[OutboxEntry]:
        with reading(self.engine) as session:
            query = select(OutboxEntry).where(OutboxEntry.channel == channel).order_by(col(OutboxEntry.id))
            return list(session.exec(query))

    def lines(self) -> list[tuple[str, str]]:
        found = [entry.payload for entry in self.entries(Channel.SLACK) if entry.payload["draw"] == "line"]
        return [(line["to"], line["text"]) for line in found]

    def events(self, name: str) -> list[dict[str, object]]:
        with reading(self.engine) as session:
            return [event.details for event, _ in history(session, self.case) if event.name == name]

    def alerts(self) -> list[str]:
        with reading(self.engine) as session:
            return [alert.reason for alert in session.exec(select(Alert).order_by(col(Alert.id)))]


@pytest.fixture
def desk(engine: Engine, settings: Settings, now: datetime) -> Desk:
    return Desk(engine, settings, now)


def test_an_acknowledgement_that_came_back_was_never_given(desk: Desk, now: datetime) -> None:
    before = desk.case
    desk.acknowledge()
    desk.now += timedelta(days=1)
    desk.comes_back()
    case = desk.case
    assert (case.status, case.acknowledged_on) == (CaseStatus.NEW, None)
    assert (case.acknowledge_by, case.respond_by) == (before.acknowledge_by, before.respond_by), "its dates stand"
    assert case.look_again == desk.now, "the reminders speak again"
    assert case.doubts == [Doubt.LETTER_BOUNCED]
    assert desk.ours()[-1].undelivered == "5.1.1"
    assert desk.events("letter_bounced") == [{"letter": "acknowledgement", "stage": 1, "status": "5.1.1"}]
    [(to, text)] = desk.lines()
    assert to == BEN
    assert text.startswith(f"{case.reference}: our acknowledgement came back (5.1.1). It counts as not acknowledged")
    assert desk.alerts() == ["Our acknowledgement came back: the resident has not heard from us."]


def test_acknowledged_again_after_it_came_back_it_is_sent_again(desk: Desk) -> None:
    desk.acknowledge()
    desk.comes_back()
    assert "on its way" in desk.acknowledge()
    desk.comes_back()
    assert "on its way" in desk.acknowledge()
    receipt, first, second, third = desk.ours()
    assert len({first.message_id, second.message_id, third.message_id}) == 3
    keys = [entry.key.removeprefix(desk.case.reference) for entry in desk.entries(Channel.EMAIL)]
    assert keys == [
        " stage 1 receipt",
        " stage 1 acknowledgement",
        " stage 1 acknowledgement after it came back 1",
        " stage 1 acknowledgement after it came back 2",
    ]
    assert desk.case.status == CaseStatus.ACKNOWLEDGED
    assert receipt.undelivered == third.undelivered == ""


def test_the_ladder_of_reminders_speaks_again(desk: Desk) -> None:
    desk.acknowledge()
    desk.comes_back()
    desk.now += timedelta(days=14)
    with writing(desk.engine) as session:
        note_deadlines(session, get_case(session, desk.number), settings=desk.settings, now=desk.now)
    assert [nag["clock"] for nag in desk.events("nagged")] == ["acknowledge"]


def test_an_answer_that_came_back_is_owed_again(desk: Desk) -> None:
    desk.acknowledge()
    due = desk.case.respond_by
    desk.respond()
    desk.comes_back()
    case = desk.case
    assert (case.status, case.responded_on, case.respond_by) == (CaseStatus.ACKNOWLEDGED, None, due)
    assert case.look_again == desk.now
    assert case.acknowledged_on is not None, "the acknowledgement had arrived"
    assert "on its way" in desk.respond("We wrote to the wrong address. We are sorry.")
    assert "wrong address" in desk.ours()[-1].text


def test_a_receipt_that_came_back_moves_nothing(desk: Desk) -> None:
    before = desk.case
    desk.comes_back()
    case = desk.case
    assert (case.status, case.acknowledge_by) == (before.status, before.acknowledge_by)
    assert case.doubts == [Doubt.LETTER_BOUNCED]
    [(to, text)] = desk.lines()
    assert to == "complaints-highways", "nobody owns it yet"
    assert "our receipt came back (5.1.1). Reach the resident another way." in text
    assert desk.alerts() == []
    desk.acknowledge()
    assert desk.entries(Channel.EMAIL)[-1].key.endswith("stage 1 acknowledgement"), "this one has not come back"


@pytest.mark.parametrize("is_closed", [False, True])
def test_an_acknowledgement_overtaken_by_events_moves_nothing(desk: Desk, is_closed: bool) -> None:
    desk.acknowledge()
    acknowledgement = desk.ours()[-1]
    desk.respond()
    if is_closed:
        desk.close()
    before = desk.case
    desk.comes_back(acknowledgement)
    case = desk.case
    assert (case.status, case.acknowledged_on) == (before.status, before.acknowledged_on)
    assert case.doubts == [Doubt.LETTER_BOUNCED]
    assert "counts as" not in desk.lines()[-1][1]
    assert len(desk.alerts()) == 1


def test_a_letter_of_an_earlier_stage_moves_nothing(desk: Desk) -> None:
    desk.acknowledge()
    with writing(desk.engine) as session:
        get_case(session, desk.number).stage = 2
    desk.comes_back()
    assert desk.case.status == CaseStatus.ACKNOWLEDGED


def test_the_same_report_again_changes_nothing(desk: Desk) -> None:
    desk.acknowledge()
    letter = desk.ours()[-1]
    desk.comes_back(letter)
    desk.acknowledge()
    version = desk.case.version
    desk.comes_back(letter)
    case = desk.case
    assert (case.status, case.version) == (CaseStatus.ACKNOWLEDGED, version)
    assert (len(desk.events("letter_bounced")), len(desk.lines()), len(desk.alerts())) == (1, 1, 1)


def test_a_delay_is_only_noted_and_once(desk: Desk) -> None:
    desk.acknowledge()
    version = desk.case.version
    for _ in range(2):
        desk.comes_back(report=Report(recipient=ASHA, status="4.4.1", is_final=False))
    case = desk.case
    assert (case.status, case.version, case.doubts) == (CaseStatus.ACKNOWLEDGED, version, [])
    assert [event["status"] for event in desk.events("letter_delayed")] == ["4.4.1"]
    assert (desk.lines(), desk.alerts(), desk.ours()[-1].undelivered) == ([], [], "")
    desk.comes_back()
    assert desk.case.status == CaseStatus.NEW, "a delay may end in failure"


@pytest.mark.parametrize("status", ["", "5.1.1 user asha.okafor@residents.example unknown", "5" * 99, "5.1.1\nBcc: x"])
def test_nothing_of_a_strangers_words_is_passed_on(desk: Desk, status: str) -> None:
    desk.acknowledge()
    desk.comes_back(report=Report(status=status))
    assert desk.ours()[-1].undelivered == "no reason given"
    assert "(no reason given)" in desk.lines()[0][1]


def test_a_dead_address_gets_no_automatic_letter_until_one_gets_through(desk: Desk, now: datetime) -> None:
    def why() -> str:
        with writing(desk.engine) as session:
            return automatic_letters_left(session, ASHA, settings=desk.settings, now=now)[1]

    assert why() == ""
    desk.comes_back()
    assert why() == "the last letter to this address came back"
    arrive(desk.engine, a_letter(Message_ID="<new@residents.example>"), settings=desk.settings, now=now)
    assert len(desk.entries(Channel.EMAIL)) == 1, "no receipt went there"
    desk.acknowledge()
    assert why() == "", "a person wrote there again, and nothing has come back since"


def found(session: Session, report: Report, *keys: str) -> int | None:
    letter = find_bounced(session, report, keys)
    return letter.id if letter else None


def test_a_report_is_tied_to_the_letter_it_quotes(desk: Desk) -> None:
    desk.acknowledge()
    receipt, acknowledgement = desk.ours()
    with reading(desk.engine) as session:
        assert found(session, Report(original_id=receipt.message_id)) == receipt.id
        assert found(session, Report(original_id=acknowledgement.message_id)) == acknowledgement.id
        assert found(session, Report(original_id="<one@residents.example>")) is None, "that is Asha's own letter"
        assert found(session, Report(original_id="", recipient=ASHA)) is None
        assert found(session, Report()) is None


def test_a_report_that_quotes_nothing_is_tied_by_the_cases_key(desk: Desk) -> None:
    desk.acknowledge()
    newest, key = desk.ours()[-1].id, desk.case.thread_key
    with reading(desk.engine) as session:
        assert found(session, Report(recipient=ASHA.upper()), key) == newest
        assert found(session, Report(recipient=ASHA, original_id="<rewritten@provider.example>"), key) == newest
        assert found(session, Report(recipient="another@residents.example"), key) is None
        assert found(session, Report(recipient=ASHA), "0" * 20) is None


def test_an_entry_of_an_earlier_version_is_known_by_its_key(desk: Desk) -> None:
    """Letters sent before the upgrade hold no more than their key and Message-ID."""
    desk.acknowledge()
    with writing(desk.engine) as session:
        entry = session.get_one(OutboxEntry, desk.entries(Channel.EMAIL)[-1].id)
        entry.payload = {name: entry.payload[name] for name in ("to", "subject", "text", "message_id", "automatic")}
    desk.comes_back()
    assert desk.case.status == CaseStatus.NEW


def test_a_case_acknowledged_late_is_still_due_when_it_was(desk: Desk) -> None:
    due = desk.case.acknowledge_by
    desk.now += timedelta(days=30)
    desk.acknowledge()
    desk.comes_back()
    assert desk.case.acknowledge_by == due == date(2026, 10, 19)
    assert reload(desk.engine, desk.case).owner_id == desk.ben.id


def test_a_follower_whose_letter_came_back_is_shown_to_a_person(
    engine: Engine, settings: Settings, now: datetime
) -> None:
    """Else its parent's acknowledgement would be sent again each time that it came back, for ever."""
    parent, follower, _ = campaign(engine, settings, now)
    with writing(engine) as session:
        fresh = get_case(session, parent.number)
        handling.acknowledge(session, fresh, by=officer(engine, BEN), settings=settings, now=now)
    catch_up(engine, settings, now)
    with writing(engine) as session:
        letter = next(each for each in reversed(letters(session, follower)) if each.direction == Direction.OUT)
        letter_bounced(session, letter, DEAD, settings=settings, now=now)
    catch_up(engine, settings, now)
    with reading(engine) as session:
        alone = get_case(session, follower.number)
        assert (alone.status, alone.campaign_of_id) == (CaseStatus.NEW, None)
        sent = [each for each in letters(session, follower) if each.direction == Direction.OUT]
        assert len(sent) == 2, "the receipt and one acknowledgement"
        assert get_case(session, parent.number).status == CaseStatus.ACKNOWLEDGED


def catch_up(engine: Engine, settings: Settings, now: datetime) -> None:
    with writing(engine) as session:
        for number in lagging(session):
            follow_parent(session, number, settings=settings, now=now)
