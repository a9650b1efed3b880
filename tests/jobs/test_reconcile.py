"""The daily count, against real mailboxes: in balance after any ordinary day, and out of it when a letter is gone."""

import imaplib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import col, delete, select

from jobs import reconcile as job
from jobs.parts import Parts
from jobs.reconcile import look_into, reconcile_daily
from jobs.watch_mailbox import keep_all, open_box
from models.correspondence import Disposition, InboundMessage, MailboxCopy
from models.db import reading, writing
from models.outbox import OutboxEntry
from models.reconciling import Lying, reconcile
from models.rules.balance import Balance, MailboxCount
from models.settings import Settings
from tests.build import a_letter, the_settings
from tests.jobs.office import CORPORATE, LEAD, Office
from tests.servers.dovecot import Dovecot


def with_box(office: Office, folder: Path, **mailbox: object) -> Parts:
    """The office's parts with one other mailbox."""
    settings = the_settings(folder, mailboxes=[{"name": "complaints", **mailbox}])
    return replace(office.parts, settings=settings)


@pytest.fixture
def dovecot() -> Iterator[Dovecot]:
    with Dovecot() as server:
        yield server


def take_in(parts: Parts) -> int:
    with closing(open_box(parts.settings.mailboxes[0], parts.settings.intake)) as box:
        return keep_all(parts, box)


def count(parts: Parts) -> Balance:
    lying = look_into(parts.settings)
    with reading(parts.engine) as session:
        return reconcile(session, lying, now=parts.clock.now())


def lose(parts: Parts) -> None:
    """What must never happen: a message that is marked as kept in its mailbox and is not here."""
    with writing(parts.engine) as session:
        newest = session.exec(select(InboundMessage.id).order_by(col(InboundMessage.id).desc())).first()
        session.exec(delete(MailboxCopy).where(col(MailboxCopy.inbound_id) == newest))
        session.exec(delete(InboundMessage).where(col(InboundMessage.id) == newest))


@pytest.mark.slow
@pytest.mark.parametrize("when_kept", ["flag", "move"])
def test_what_dovecot_holds_is_what_is_known_here(
    office: Office, tmp_path: Path, dovecot: Dovecot, when_kept: str
) -> None:
    parts = with_box(office, tmp_path, **dovecot.as_settings(), when_kept=when_kept)
    for words in ("One.", "Two.", "Two.", "Three."):
        dovecot.deliver(a_letter(words))
    assert take_in(parts) == 4
    dovecot.deliver(a_letter("Four."))
    balance = count(parts)
    assert balance.mailboxes == (MailboxCount("complaints", waiting=1, marked=4),)
    (source,) = balance.sources
    assert (source.arrived, source.unprocessed, source.further_copies) == (4, 3, 1)
    assert balance.is_balanced
    lose(parts)
    after = count(parts)
    assert after.mailboxes == (MailboxCount("complaints", waiting=1, marked=4, unknown=1),)
    assert not after.is_balanced


@pytest.mark.slow
def test_a_letter_unmarked_again_hides_no_other_that_is_lost(office: Office, tmp_path: Path, dovecot: Dovecot) -> None:
    """As after a restore: the mark is taken off what is known already, and something else is marked and unknown."""
    parts = with_box(office, tmp_path, **dovecot.as_settings())
    for words in ("One.", "Two."):
        dovecot.deliver(a_letter(words))
    take_in(parts)
    lose(parts)
    with imaplib.IMAP4("127.0.0.1", dovecot.port, timeout=10) as line:
        line.login(dovecot.user, dovecot.password)
        line.select()
        line.store("1", "-FLAGS", "TocsinKept")
    assert count(parts).mailboxes == (MailboxCount("complaints", waiting=1, marked=1, unknown=1),)


def test_what_a_maildir_holds_is_what_is_known_here(office: Office, tmp_path: Path) -> None:
    parts = with_box(office, tmp_path, kind="maildir", path=str(tmp_path / "box"))
    assert take_in(parts) == 0
    for number in (1, 2, 3):
        (tmp_path / "box" / "new" / str(number)).write_bytes(a_letter(f"Letter {number}."))
    assert count(parts).mailboxes == (MailboxCount("complaints", waiting=3),)
    assert take_in(parts) == 3
    assert count(parts).is_balanced
    (tmp_path / "box" / ".Kept" / "cur" / "1:2,S").unlink()
    assert count(parts).mailboxes == (MailboxCount("complaints", marked=2, gone=1),)
    assert count(parts).is_balanced


@pytest.mark.slow
def test_a_mailbox_that_does_not_open_is_told_with_its_reason_and_no_secret(
    office: Office, tmp_path: Path, dovecot: Dovecot
) -> None:
    balance = count(with_box(office, tmp_path, **(dovecot.as_settings() | {"password": "s3cret-guess"})))
    assert not balance.is_balanced
    assert "refused the user name or the password" in balance.unseen[0]
    assert "s3cret-guess" not in balance.unseen[0]


def test_what_nobody_foresaw_in_one_mailbox_does_not_stop_the_count(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("Bartholomew")

    monkeypatch.setattr(job, "open_box", fail)
    assert reconcile_daily(office.parts) is False
    [line] = counted(office)
    assert "It could not be looked into" in line.payload["text"]
    assert "Bartholomew" not in line.payload["text"]


def counted(office: Office) -> list[OutboxEntry]:
    return [entry for entry in office.entries() if entry.key.startswith("count of")]


def test_it_is_told_once_a_london_day_and_not_before_seven(office: Office) -> None:
    office.clock.instant = datetime(2026, 10, 12, 5, 59, tzinfo=UTC)
    office.work("count the day")
    assert counted(office) == [], "it is one minute to seven in London"
    office.clock.pass_time(minutes=1)
    for _ in range(3):
        office.work("count the day")
    office.deliver()
    [message] = office.slack.messages(CORPORATE)
    assert "In balance: 0 messages arrived" in message["text"]
    office.clock.pass_time(hours=23)
    office.work("count the day")
    assert len(counted(office)) == 1
    office.clock.pass_time(hours=2)
    office.work("count the day")
    assert [entry.key for entry in counted(office)] == ["count of 2026-10-12", "count of 2026-10-13"]


def test_no_mailbox_is_opened_once_the_day_is_counted(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Settings] = []

    def look(settings: Settings) -> dict[str, Lying]:
        asked.append(settings)
        return {}

    monkeypatch.setattr(job, "look_into", look)
    for _ in range(3):
        reconcile_daily(office.parts)
    assert len(asked) == 1


def test_a_message_that_is_nowhere_reaches_the_lead(office: Office) -> None:
    case = office.new_case()
    with writing(office.parts.engine) as session:
        message = session.exec(select(InboundMessage)).one()
        assert (message.case_id, message.disposition) == (case.id, Disposition.CASE)
        message.case_id = None
    office.work("count the day")
    office.deliver()
    [warned] = office.slack.messages(LEAD)
    assert "Out of balance" in warned["text"]
    assert "1 are said to be on a case and are on none." in warned["text"]
