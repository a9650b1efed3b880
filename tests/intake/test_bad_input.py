"""Bad input, item by item: each message is kept byte for byte, is put somewhere, and stops nothing."""

import io
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from bench.parse_cost import cost
from intake.processing import Processed
from jobs.deliver import deliver_email_one
from jobs.parts import Parts
from jobs.process_inbound import process_some
from jobs.transports.email import SmtpTransport
from jobs.watch_mailbox import keep_all, open_box
from models.case import Case
from models.clock import Clock
from models.correspondence import Correspondence, Disposition, InboundMessage
from models.db import reading
from models.outbox import Channel, OutboxEntry
from models.queries import letters
from models.settings import Settings
from models.settings_mail import IntakeSettings, Mailbox
from tests.build import a_case, a_letter, arrive, the_settings
from tests.jobs.office import HandClock, nobody
from tests.people import ASHA
from tests.servers.dovecot import Dovecot
from tests.servers.intake_program import IntakeProgram
from tests.servers.program import wait_until
from tests.servers.smtp import SmtpServer

Comes = Callable[[bytes], Processed]
CASE, FOLLOW_UP, HELD, IGNORED = Disposition.CASE, Disposition.FOLLOW_UP, Disposition.HELD, Disposition.IGNORED
HEAD = b"From: Asha Okafor <asha.okafor@residents.example>\nSubject: Bins\nMessage-ID: <a@residents.example>\n"


@pytest.fixture
def comes(engine: Engine, settings: Settings, now: datetime) -> Comes:
    """A message arrives and is processed; its bytes are kept as they came."""

    def arrived(raw: bytes) -> Processed:
        done = arrive(engine, raw, settings=settings, now=now)
        assert raw in raws_kept(engine)
        return done

    return arrived


def raws_kept(engine: Engine) -> list[bytes]:
    with reading(engine) as session:
        return list(session.exec(select(InboundMessage.raw).order_by(col(InboundMessage.id))).all())


def cases(engine: Engine) -> list[Case]:
    with reading(engine) as session:
        return list(session.exec(select(Case).order_by(col(Case.id))).all())


def said(engine: Engine) -> str:
    """The text of the letters that came in, as an officer reads it."""
    with reading(engine) as session:
        found = session.exec(select(Correspondence).where(Correspondence.direction == "in")).all()
    return "\n".join(letter.text for letter in found)


@pytest.mark.parametrize(
    ("charset", "words", "read"),
    [
        (b"utf-8", b"na\xefve \x80 5", "naïve € 5"),
        (b"us-ascii", "naïve".encode(), "naïve"),
        (b"x-unknown-99", "naïve".encode(), "naïve"),
        (b'"', b"na\xefve", "naïve"),
        (b"iso-8859-1\0", b"na\xefve", "naïve"),
        (b"utf-16", b"na\xefve.", "naïve."),
        (b"idna", b"na\xefve", "naïve"),
        (b"unicode_escape", b"\\x41 na\xefve", "\\x41 naïve"),
        (b"zlib", b"na\xefve", "naïve"),
    ],
)
def test_a_bad_charset(engine: Engine, comes: Comes, charset: bytes, words: bytes, read: str) -> None:
    done = comes(HEAD + b"Content-Type: text/plain; charset=" + charset + b"\n\n" + words + b"\n")
    assert done.disposition == CASE
    assert said(engine).strip() == read


def test_nuls(engine: Engine, comes: Comes) -> None:
    raw = b"From: a\0sha@residents.example\nSubject: B\0ins\nMessage-ID: <\0a@b>\n\nThe bins \0\0 again.\0\n"
    assert comes(raw).disposition == CASE
    assert comes(b"\0" * 1_000).disposition == HELD
    assert "\0" not in said(engine)
    assert "The bins" in said(engine)


@pytest.mark.parametrize("missing", ["From", "Date", "Message-ID"])
def test_a_missing_header(engine: Engine, comes: Comes, missing: str) -> None:
    done = comes(a_letter(**{missing.replace("-", "_"): ""}))
    assert done.disposition == CASE
    assert f"no_{missing.lower().replace('-', '_')}" in done.email.defects


def test_all_three_missing(engine: Engine, comes: Comes) -> None:
    assert comes(a_letter(From="", Date="", Message_ID="")).disposition == CASE
    assert comes(a_letter("Something else.", From="", Date="", Message_ID="")).disposition == CASE
    assert len(cases(engine)) == 2


@pytest.mark.parametrize("coding", ["utf-8", "cp1252", "latin-1"])
def test_eight_bit_headers(comes: Comes, coding: str) -> None:
    head = "From: Siân Prys <sian@residents.example>\nSubject: Café Siân\nX-Café: é\n\nIt is shut.\n"
    done = comes(head.encode(coding))
    assert done.disposition == CASE
    assert (done.email.sender, done.email.sender_name) == ("sian@residents.example", "Siân Prys")
    assert done.email.subject == "Café Siân"


MIXED = b"Content-Type: multipart/mixed; boundary=b\n\n--b\n"


@pytest.mark.parametrize(
    "body",
    [
        b"Content-Type: multipart/mixed\n\n--b\nContent-Type: text/plain\n\nThe bins again.\n--b--\n",
        b"Content-Type: multipart/mixed; boundary=other\n\n--b\nContent-Type: text/plain\n\nThe bins again.\n--b--\n",
        b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\nThe bins again.\n",
        b"Content-Type: multipart/mixed; boundary=b\n\nThe bins again.\n",
        b'Content-Type: multipart/mixed; boundary="b\n\n--b\n\nThe bins again.\n--b--\n',
        MIXED + MIXED + b"\nThe bins again.\n--b--\n--b--\n",
        b"Content-Type: multipart/mixed; boundary=b\n\n--b--\n\nThe bins again.\n",
    ],
)
def test_a_broken_boundary(engine: Engine, comes: Comes, body: bytes) -> None:
    assert comes(HEAD + body).disposition == CASE
    assert "The bins again." in said(engine)


def test_a_thousand_nested_parts(engine: Engine, comes: Comes) -> None:
    heads = b"".join(b"Content-Type: multipart/mixed; boundary=n%d\n\n--n%d\n" % (n, n) for n in range(1_000))
    raw = HEAD + heads + b"\nThe bins again.\n" + b"".join(b"\n--n%d--\n" % n for n in reversed(range(1_000)))
    assert comes(raw).disposition == CASE
    assert "The bins again." in said(engine)


def test_a_zip_bomb(engine: Engine, comes: Comes) -> None:
    raw = with_attachment(zipped(zipped(bytes(10_000_000), times=20), times=20), "photos.zip")
    assert len(raw) < 50_000
    done = comes(raw)
    assert done.disposition == CASE
    (bomb,) = done.email.attachments
    assert (bomb.name, bomb.size < 50_000) == ("photos.zip", True)
    seconds, megabytes = cost(raw)
    assert (seconds < 0.5, megabytes < 5) == (True, True), "it is never unpacked"


def zipped(content: bytes, *, times: int) -> bytes:
    """A zip archive that holds the same so many times."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(times):
            archive.writestr(f"{number}.zip", content)
    return packed.getvalue()


def with_attachment(content: bytes, name: str) -> bytes:
    letter = EmailMessage()
    letter["From"], letter["Subject"], letter["Message-ID"] = ASHA, "Photographs", "<photos@residents.example>"
    letter.set_content("See the photographs.")
    letter.add_attachment(content, maintype="application", subtype="zip", filename=name)
    return letter.as_bytes()


def of_sixty_megabytes() -> bytes:
    head = HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\nThe film shows it.\n"
    film = b"--b\nContent-Type: video/mp4\nContent-Transfer-Encoding: base64\n\n"
    return (head + film + b"AAAAIGZ0eXBpc29tAAACAGlzb21pc28yYXZjMW1wNDE\n" * 1_340_000 + b"--b--\n").replace(
        b"\n", b"\r\n"
    )


@pytest.fixture
def mailbox(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[dict[str, Any], Callable[[bytes], Any]]]:
    """A mailbox of either kind as the settings name it, and how a letter gets into it."""
    if request.param == "imap":
        with Dovecot() as server:
            yield server.as_settings(), server.deliver
        return
    where = {"kind": "maildir", "name": "complaints", "path": str(tmp_path / "mail")}
    with closing(open_box(Mailbox(**where), IntakeSettings())):
        yield where, lambda raw: (tmp_path / "mail" / "new" / f"{len(raw)}").write_bytes(raw)


@pytest.mark.slow
@pytest.mark.parametrize("mailbox", ["imap", "maildir"], indirect=True)
def test_a_message_of_sixty_megabytes(
    mailbox: tuple[dict[str, Any], Callable[[bytes], Any]],
    engine: Engine,
    settings: Settings,
    database_url: str,
    tmp_path: Path,
) -> None:
    where, deliver = mailbox
    large = of_sixty_megabytes()
    others = [a_letter(words).replace(b"\n", b"\r\n") for words in ("Before the film.", "After.")]
    assert len(large) > 60_000_000
    for raw in (others[0], large, others[1]):
        deliver(raw)
    with IntakeProgram(tmp_path, database_url=database_url, mailboxes=[where]) as program:
        wait_until(lambda: len(sizes(engine)) == 3, 60, program.said)
        megabytes = program.most_megabytes()
    kept = raws_kept(engine)
    assert set(others) <= set(kept)
    (beginning,) = set(kept) - set(others)
    assert large.startswith(beginning), "as it came, or its beginning"
    assert len(large) in sizes(engine)
    assert megabytes < {"imap": 250, "maildir": 600}[where["kind"]], "what is held in memory is bounded"
    # later than what the killed program had in hand is put off
    later = HandClock(Clock().now() + timedelta(hours=1))
    parts = Parts(settings, engine, later, transports={}, suggester=nobody)

    def is_processed() -> bool:  # PostgreSQL may take a moment to let go of what the killed program had locked
        return not process_some(parts) and None not in dispositions(engine)

    wait_until(is_processed, 20)
    assert dispositions(engine) == [CASE, CASE, CASE], "its beginning is read"


def sizes(engine: Engine) -> list[int]:
    with reading(engine) as session:
        return list(session.exec(select(InboundMessage.size)).all())


def dispositions(engine: Engine) -> list[Disposition | None]:
    with reading(engine) as session:
        return [message.disposition for message in session.exec(select(InboundMessage)).all()]


def test_ten_thousand_recipients(engine: Engine, comes: Comes) -> None:
    people = ",\n ".join(f"Resident {n} <resident{n}@residents.example>" for n in range(10_000))
    done = comes(f"From: {ASHA}\nTo: {people}\nSubject: Bins\n\nThe bins again.\n".encode())
    assert done.disposition == CASE
    assert len(done.email.to) == 10_000
    assert said(engine).strip() == "The bins again."


INJECTIONS = ("\r\nBcc: eve@elsewhere.example", "\nBcc: eve@elsewhere.example\n\nPay here", "\x85Bcc: e@x", " Bcc: e@x")


@pytest.mark.parametrize("injected", INJECTIONS)
def test_headers_injected_through_a_subject_or_a_name(
    engine: Engine, settings: Settings, comes: Comes, injected: str
) -> None:
    hidden = "=?utf-8?q?" + "".join(f"={byte:02X}" for byte in f"Bins{injected}".encode()) + "?="
    raw = f"From: {hidden} <{ASHA}>\nSubject: {hidden}\nMessage-ID: {hidden}\nTo: x@y.example\n\nThe bins.\n"
    assert comes(raw.encode()).disposition == CASE
    with SmtpServer() as smtp:
        changed = settings.smtp.model_copy(update={"port": smtp.port, "host": "127.0.0.1", "security": "none"})
        transport = SmtpTransport(changed, settings.letters, Clock())
        parts = Parts(settings, engine, Clock(), transports={Channel.EMAIL: transport}, suggester=nobody)
        while deliver_email_one(parts):
            pass
        (letter,) = smtp.letters
    assert letter["To"] == ASHA
    assert letter["Bcc"] is None
    assert not [name for name in letter if name.lower() in {"bcc", "cc", "pay"}]
    assert letter.get_content_type() == "text/plain"
    assert not letter.get_content().startswith("Pay here")


def test_a_reply_that_quotes_another_residents_reference(
    engine: Engine, settings: Settings, comes: Comes, now: datetime
) -> None:
    others = a_case(engine, settings=settings, now=now)
    quoted = f"Mine too.\n\nOn Monday, Complaints wrote:\n> Your complaint {others.reference} is in hand.\n"
    done = comes(a_letter(quoted, From="Bo <bo@elsewhere.example>", Message_ID="<bo@elsewhere.example>"))
    assert (done.disposition, done.case) == (HELD, None)
    assert "Okafor" not in done.reason
    with reading(engine) as session:
        assert [letter.direction for letter in letters(session, others)] == ["in", "out"], "nothing was mixed into it"
        written = session.exec(select(OutboxEntry).where(OutboxEntry.channel == Channel.EMAIL)).all()
    assert {entry.payload["to"] for entry in written} == {ASHA}, "nothing goes to whoever quoted it"


def test_our_own_letter_coming_back(engine: Engine, settings: Settings, comes: Comes, now: datetime) -> None:
    case = a_case(engine, settings=settings, now=now)
    with reading(engine) as session:
        ours = letters(session, case)[1]
    back = a_letter(ours.text, From=settings.letters.from_address, Subject=ours.subject, Message_ID=ours.message_id)
    assert comes(back).disposition == IGNORED
    assert len(cases(engine)) == 1


def test_two_mailboxes_receiving_the_same_message(engine: Engine, tmp_path: Path, now: datetime) -> None:
    boxes = [{"kind": "maildir", "name": name, "path": str(tmp_path / name)} for name in ("complaints", "housing")]
    settings = the_settings(tmp_path, mailboxes=boxes)
    parts = Parts(settings, engine, Clock(), transports={}, suggester=nobody)
    for name, each in zip(("complaints", "housing"), settings.mailboxes, strict=True):
        with closing(open_box(each, settings.intake)) as box:
            trace = f"Delivered-To: {name}@exampleshire.example\nReceived: from mx by {name}\n".encode()
            (each.path / "new" / "1").write_bytes(trace + a_letter())
            keep_all(parts, box)
            assert list(box.arrivals()) == [], "marked in both"
    (raw,) = raws_kept(engine)
    arrive(engine, raw, settings=settings, now=now)
    assert len(cases(engine)) == 1


def test_one_message_with_each_kind_of_line_end(
    engine: Engine, comes: Comes, settings: Settings, now: datetime
) -> None:
    first = comes(a_letter())
    for line_end in (b"\r\n", b"\r"):
        again = arrive(engine, a_letter().replace(b"\n", line_end), settings=settings, now=now)
        assert (again.disposition, again.case) == (CASE, first.case)
    assert len(cases(engine)) == len(raws_kept(engine)) == 1


def test_one_message_id_over_two_contents(engine: Engine, comes: Comes) -> None:
    first, second = comes(a_letter("The bins.")), comes(a_letter("Another matter: the noise next door."))
    assert first.case != second.case
    assert len(cases(engine)) == len(raws_kept(engine)) == 2


@pytest.mark.parametrize("raw", [b"", b"\r\n" * 9, bytes(range(256))])
def test_what_is_no_message_at_all_is_held(comes: Comes, raw: bytes) -> None:
    assert comes(raw).disposition == HELD


@pytest.mark.parametrize("raw", [b"\xff" * 99, b":", b"From"])
def test_what_may_be_words_opens_a_case_though_no_header_stands_above_them(
    engine: Engine, comes: Comes, raw: bytes
) -> None:
    assert comes(raw).disposition == CASE
    assert said(engine) == raw.decode("latin-1")
