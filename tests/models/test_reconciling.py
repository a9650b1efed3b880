"""Every message counts once for each place it lay in, the sum is exact, and the day's count is told once."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from models.case import Case
from models.clock import london_date
from models.correspondence import Disposition, HeldMessage, InboundMessage, MailboxCopy
from models.db import reading, writing
from models.outbox import Channel, OutboxEntry
from models.reconciling import Lying, reconcile, report, was_counted
from models.rules.balance import Balance, MailboxCount, SourceCount
from models.settings import Settings
from tests.build import a_case, the_settings


class Ledger:
    """Messages and the places they lay in, written down as the watching of a mailbox does."""

    def __init__(self, engine: Engine, now: datetime, case: Case) -> None:
        self.engine, self.now, self.case = engine, now, case
        self.count = 0

    def message(self, disposition: Disposition | None = Disposition.CASE, *, source: str = "complaints") -> int:
        self.count += 1
        on_case = disposition in {Disposition.CASE, Disposition.FOLLOW_UP}
        with writing(self.engine) as session:
            message = InboundMessage(
                source=source,
                content_key=f"ledger {self.count}",
                raw=b"",
                size=0,
                received_at=self.now,
                look_at=self.now,
                disposition=disposition,
                case_id=self.case.id if on_case else None,
            )
            session.add(message)
            session.flush()
            return message.number

    def lay(self, number: int, *places: tuple[str, str]) -> None:
        for mailbox, handle in places:
            with writing(self.engine) as session:
                session.add(MailboxCopy(mailbox=mailbox, handle=handle, inbound_id=number, at=self.now))

    def balance(self, **lying: Lying) -> Balance:
        with reading(self.engine) as session:
            return reconcile(session, lying, now=self.now)

    def source(self, name: str = "complaints") -> SourceCount:
        (found,) = [each for each in self.balance().sources if each.source == name]
        return found

    def mailbox(self, lying: Lying) -> MailboxCount:
        (found,) = self.balance(complaints=lying).mailboxes
        return found


@pytest.fixture
def ledger(engine: Engine, settings: Settings, now: datetime) -> Ledger:
    """With one message of “complaints” that opened a case and has no place of its own."""
    return Ledger(engine, now, a_case(engine, settings=settings, now=now))


def test_nothing_at_all_is_in_balance(engine: Engine, now: datetime) -> None:
    with reading(engine) as session:
        balance = reconcile(session, {}, now=now)
    assert (balance.sources, balance.is_balanced) == ((), True)


def test_each_place_counts_where_its_message_went(ledger: Ledger) -> None:
    for place, disposition in enumerate([*Disposition, Disposition.HELD, None]):
        ledger.lay(ledger.message(disposition), ("complaints", f"7:{place}"))
    assert ledger.source() == SourceCount(
        "complaints", 7, cases=2, follow_ups=1, held=2, ignored=1, unprocessed=1, further_copies=0
    )
    assert ledger.balance().is_balanced


def test_a_message_that_lay_in_several_places_counts_once_and_the_rest_are_copies(ledger: Ledger) -> None:
    ledger.lay(ledger.message(), ("housing", "1:1"), ("complaints", "7:1"), ("housing", "1:2"), ("housing", "2:1"))
    assert ledger.source("housing") == SourceCount("housing", 3, cases=1, further_copies=2)
    assert ledger.source() == SourceCount("complaints", 2, cases=1, further_copies=1)
    assert ledger.balance().is_balanced


def test_the_form_and_ingest_count_their_messages_themselves(ledger: Ledger) -> None:
    ledger.message(source="web form")
    ledger.message(Disposition.HELD, source="web form")
    assert ledger.source("web form") == SourceCount("web form", 2, cases=1, held=1)


def test_what_came_by_hand_and_later_lay_in_a_mailbox_counts_there_once(ledger: Ledger) -> None:
    ledger.lay(ledger.message(source="ingest"), ("housing", "1:1"))
    balance = ledger.balance()
    assert [each.source for each in balance.sources] == ["complaints", "housing"]
    assert ledger.source("housing") == SourceCount("housing", 1, cases=1)


def test_what_a_person_settled_counts_where_it_went_and_is_told_apart(ledger: Ledger) -> None:
    for disposition, place in ((Disposition.CASE, ("housing", "1:1")), (Disposition.IGNORED, None)):
        number = ledger.message(disposition)
        ledger.lay(number, *([place, ("complaints", "7:1")] if place else []))
        with writing(ledger.engine) as session:
            session.add(HeldMessage(inbound_id=number, at=ledger.now, settled_at=ledger.now))
    waiting = ledger.message(Disposition.HELD)
    with writing(ledger.engine) as session:
        session.add(HeldMessage(inbound_id=waiting, at=ledger.now))
    assert ledger.source("housing") == SourceCount("housing", 1, cases=1, settled=1)
    assert ledger.source() == SourceCount("complaints", 4, cases=1, held=1, ignored=1, further_copies=1, settled=1)


def test_a_message_said_to_be_on_a_case_that_is_on_none_is_astray(ledger: Ledger) -> None:
    for disposition in (Disposition.CASE, Disposition.FOLLOW_UP, Disposition.HELD):
        number = ledger.message(disposition)
        with writing(ledger.engine) as session:
            session.get_one(InboundMessage, number).case_id = None
    assert ledger.source().astray == 2
    assert not ledger.balance().is_balanced


def test_what_is_marked_in_the_mailbox_and_not_known_here_is_missed(ledger: Ledger) -> None:
    ledger.lay(ledger.message(), ("complaints", "7:1"), ("complaints", "7:2"), ("housing", "7:3"))
    known = frozenset({"7:1", "7:2"})
    assert ledger.mailbox(Lying(0, 2, known, known)) == MailboxCount("complaints", 0, 2, unknown=0, gone=0)
    assert ledger.mailbox(Lying(1, 2, known | {"7:3"}, known)).unknown == 0, "it has not been taken in yet"
    assert ledger.mailbox(Lying(1, 3, known | {"7:3", "7:4"}, known | {"7:4"})).unknown == 1
    strange = frozenset({"7:9"})
    assert not ledger.balance(complaints=Lying(0, 1, strange, strange)).is_balanced


def test_what_waits_though_it_is_known_hides_nothing_that_is_missed(ledger: Ledger) -> None:
    ledger.lay(ledger.message(), ("complaints", "7:1"))
    lying = Lying(1, 1, frozenset({"7:1", "7:2"}), frozenset({"7:2"}))
    assert ledger.mailbox(lying) == MailboxCount("complaints", 1, 1, unknown=1, gone=0)


def test_what_somebody_removed_from_the_mailbox_is_told_and_nothing_is_missing(ledger: Ledger) -> None:
    ledger.lay(ledger.message(), ("complaints", "7:1"), ("complaints", "7:2"))
    balance = ledger.balance(complaints=Lying(0, 1, frozenset({"7:2"}), frozenset({"7:2"})))
    assert balance.mailboxes == (MailboxCount("complaints", 0, 1, unknown=0, gone=1),)
    assert balance.is_balanced


@pytest.mark.parametrize(("kept", "unknown", "gone"), [(1, 0, 1), (2, 0, 0), (4, 2, 0)])
def test_where_kept_messages_have_other_names_the_numbers_are_compared(
    ledger: Ledger, kept: int, unknown: int, gone: int
) -> None:
    ledger.lay(ledger.message(), ("complaints", "7:1"), ("complaints", "7:2"), ("housing", "1:1"))
    assert ledger.mailbox(Lying(5, kept)) == MailboxCount("complaints", 5, kept, unknown, gone)


def test_what_nobody_has_begun_to_process_for_an_hour_is_told(ledger: Ledger) -> None:
    ledger.message(None)
    ledger.now += timedelta(minutes=59)
    assert ledger.balance().waits_long == 0
    ledger.now += timedelta(minutes=2)
    ledger.message()
    assert ledger.balance().waits_long == 1
    assert ledger.balance().is_balanced


def told(engine: Engine) -> list[OutboxEntry]:
    with reading(engine) as session:
        entries = session.exec(select(OutboxEntry).order_by(col(OutboxEntry.id))).all()
    return [entry for entry in entries if entry.key.startswith("count of")]


IN_BALANCE = SourceCount("complaints", 1, cases=1)
SHORT = SourceCount("complaints", 2, cases=1)


def test_the_technical_contact_hears_it_once_a_day_in_both_ways(
    engine: Engine, settings: Settings, now: datetime
) -> None:
    settings = the_settings(
        settings.mailboxes[0].path.parent, technical_contact={"slack": "it-mail", "email": "it@council.example"}
    )
    balance = Balance(now, (IN_BALANCE,), ())
    today = london_date(now)
    for _ in range(2):
        with writing(engine) as session:
            report(session, balance, settings=settings, now=now)
    line, letter = told(engine)
    assert (line.key, line.channel, line.payload["to"]) == ("count of 2026-10-12", Channel.SLACK, "it-mail")
    assert line.payload["text"].startswith("Count of Monday 12 October 2026\nIn balance: 1 message")
    assert (letter.key, letter.channel) == ("count of 2026-10-12 by email", Channel.EMAIL)
    assert letter.payload["subject"] == "Tocsin’s count of Monday 12 October 2026: in balance"
    assert (letter.payload["to"], letter.payload["automatic"]) == ("it@council.example", True)
    assert letter.payload["text"] == line.payload["text"]
    with reading(engine) as session:
        assert was_counted(session, today)
        assert not was_counted(session, today + timedelta(days=1))


def test_a_count_that_is_short_reaches_the_corporate_lead_too(
    engine: Engine, settings: Settings, now: datetime
) -> None:
    with writing(engine) as session:
        report(session, Balance(now, (SHORT,), ()), settings=settings, now=now)
    line, lead = told(engine)
    assert line.payload["to"] == "complaints-corporate", "nobody is named, and somebody must hear it"
    assert (lead.key, lead.payload["to"]) == ("count of 2026-10-12 for the lead", settings.slack.lead_channel)
    assert "complaints: 2 arrived, 1 are accounted for." in lead.payload["text"]


def test_a_contact_without_slack_gets_the_letter_alone(engine: Engine, settings: Settings, now: datetime) -> None:
    settings = the_settings(settings.mailboxes[0].path.parent, technical_contact={"email": "it@council.example"})
    with writing(engine) as session:
        report(session, Balance(now, (SHORT,), ()), settings=settings, now=now)
        assert was_counted(session, london_date(now))
    assert [entry.key.removeprefix("count of 2026-10-12 ") for entry in told(engine)] == ["by email", "for the lead"]
    assert "NOT in balance" in told(engine)[0].payload["subject"]


def test_a_very_long_count_is_cut_for_slack(engine: Engine, settings: Settings, now: datetime) -> None:
    sources = tuple(SourceCount(f"mailbox number {n}", 1, cases=1) for n in range(100))
    with writing(engine) as session:
        report(session, Balance(now, sources, ()), settings=settings, now=now)
    (line,) = told(engine)
    assert len(line.payload["text"]) <= 2900
    assert line.payload["text"].endswith("shows all of it.")
