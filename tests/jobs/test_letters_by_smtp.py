"""Letters by SMTP: protected or not sent, once or put before a person, and readable at the other end."""

import asyncio
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session
from pydantic import SecretStr

from jobs.transports.answers import Delivered, Permanent, Technical, Temporary, Uncertain
from jobs.transports.email import FolderTransport, SmtpTransport, compose
from models import letter_texts
from models.case import Case
from models.outbox import Channel, Parcel
from models.people import Complainant
from models.settings_mail import LetterSettings, SmtpSettings
from tests.build import the_settings
from tests.jobs.office import HandClock
from tests.people import ASHA
from tests.servers.dovecot import Certificate, make_certificates
from tests.servers.smtp import free_port

LETTERS = LetterSettings(from_address="complaints@exampleshire.example", from_name="Cyngor Sir Gâr")
DAY = date(2026, 10, 12)
OWN_SUBJECT = "Subject: For {{ name }} [{{ reference }}]\nDear {{ name }},\n"
CLOCK = HandClock(datetime(2026, 10, 12, 9, 0, tzinfo=UTC))
PAYLOAD: dict[str, Any] = {
    "to": ASHA,
    "subject": "We have your message [T26-00001-X]",
    "text": "Dear Asha,\n\nDiolch – thank you.\n.\nA line with one dot stands above.\n",
    "message_id": "<tocsin.1@exampleshire.example>",
    "in_reply_to": "<one@residents.example>",
    "automatic": True,
}


class Postmaster:
    """Takes letters; what it says to QUIT and after the letter can be changed."""

    def __init__(self) -> None:
        self.letters: list[bytes] = []
        self.envelopes: list[tuple[str | None, list[str]]] = []
        self.says_at_the_end = "221 bye"
        self.after_the_letter: Callable[[SMTP], None] | None = None

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 -- its name
        self.letters.append(envelope.original_content or b"")
        self.envelopes.append((envelope.mail_from, envelope.rcpt_tos))
        if self.after_the_letter is not None:
            self.after_the_letter(server)
        return "250 OK"

    async def handle_QUIT(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 -- the same
        return self.says_at_the_end


@contextmanager
def a_server(postmaster: Postmaster, **options: Any) -> Iterator[int]:
    port = free_port()
    controller = Controller(postmaster, hostname="127.0.0.1", port=port, **options)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


def a_parcel(*, was_interrupted: bool = False, **changes: Any) -> Parcel:
    return Parcel(1, "a letter", Channel.EMAIL, {**PAYLOAD, **changes}, None, 1, was_interrupted)


def transport(port: int, **settings: Any) -> SmtpTransport:
    given = {"host": "localhost", "port": port, "security": "none", "timeout_seconds": 3} | settings
    return SmtpTransport(SmtpSettings(**given), LETTERS, CLOCK)


def tls(folder: Path, certificate: Certificate = "good") -> ssl.SSLContext:
    make_certificates(folder, certificate)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(folder / "server.pem", folder / "server.key")
    return context


def hang_up(server: SMTP) -> None:
    assert isinstance(server.transport, asyncio.Transport)
    server.transport.abort()


def test_a_letter_arrives_as_it_was_written() -> None:
    postmaster = Postmaster()
    with a_server(postmaster) as port:
        assert transport(port).send(a_parcel(), None) == Delivered(PAYLOAD["message_id"])
    [raw] = postmaster.letters
    head, _, body = raw.partition(b"\r\n\r\n")
    assert b"Auto-Submitted: auto-replied" in head
    assert b"Date: Mon, 12 Oct 2026 10:00:00 +0100" in head
    assert b"In-Reply-To: <one@residents.example>" in head
    assert "Diolch – thank you.\r\n.\r\nA line".encode() in body


def test_the_id_it_answers_is_never_encoded() -> None:
    long_id = f"<{'A' * 90}@eurprd04.prod.mail.example>"
    head = compose({**PAYLOAD, "in_reply_to": long_id}, LETTERS, CLOCK).as_bytes()
    assert head.count(long_id.encode()) == 2, "in In-Reply-To and in References, as mail programs look for it"


def test_what_cannot_be_delivered_comes_back_to_the_case() -> None:
    postmaster = Postmaster()
    keyed = "complaints+0123456789abcdef0123@exampleshire.example"
    with a_server(postmaster) as port:
        transport(port).send(a_parcel(reply_to=keyed), None)
    assert postmaster.envelopes == [(keyed, [ASHA])]
    head = message_from_bytes(postmaster.letters[0], policy=default)
    assert head["Reply-To"] == keyed
    assert head["From"].addresses[0].addr_spec == "complaints@exampleshire.example", "From stays plain"


def test_a_letter_put_by_an_earlier_version_is_still_sent() -> None:
    """Entries that landed before keyed addresses hold neither reply_to nor references."""
    postmaster = Postmaster()
    with a_server(postmaster) as port:
        transport(port).send(a_parcel(in_reply_to=""), None)
        transport(port).send(a_parcel(in_reply_to="<odd\r\nBcc: everybody@council.example>"), None)
    assert postmaster.envelopes == [("complaints@exampleshire.example", [ASHA])] * 2
    heads = [message_from_bytes(raw, policy=default) for raw in postmaster.letters]
    assert [name for name in ("Reply-To", "References", "In-Reply-To") if name in heads[0]] == []
    assert [head["Bcc"] for head in heads] == [None, None]


def test_every_ancestor_is_named_whole_and_no_line_is_too_long() -> None:
    ids = [f"<{number}{'A' * 200}@eurprd04.prod.mail.example>" for number in range(21)]
    raw = compose({**PAYLOAD, "in_reply_to": ids[-1], "references": ids}, LETTERS, CLOCK).as_bytes()
    head = raw.partition(b"\r\n\r\n")[0]
    assert max(map(len, head.split(b"\r\n"))) < 998, "RFC 5322, section 2.1.1"
    assert message_from_bytes(raw)["References"].split() == ids


@pytest.mark.parametrize("break_", ["\r\n", "\n", "\r", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\x00", "\x1b[2J"])
@pytest.mark.parametrize("template", ["Subject: We have it [{{ reference }}]\nDear {{ name }},\n", OWN_SUBJECT])
def test_nothing_a_resident_wrote_makes_a_header_of_ours(tmp_path: Path, break_: str, template: str) -> None:
    (tmp_path / "own" / "en").mkdir(parents=True)
    (tmp_path / "own" / "en" / "receipt.txt").write_text(template)
    settings = the_settings(tmp_path, letters={"templates": tmp_path / "own"})
    case = Case(reference="T26-00042-A", complainant_id=1, received_on=DAY, logged_at=CLOCK.now(), acknowledge_by=DAY)
    evil = Complainant(name=f"Asha{break_}Bcc: everybody{break_}{break_}Pay here")
    subject, text = letter_texts.compose(case, "receipt", complainant=evil, settings=settings)
    postmaster = Postmaster()
    with a_server(postmaster) as port:
        transport(port).send(a_parcel(subject=subject, text=text), None)
    [raw] = postmaster.letters
    head = message_from_bytes(raw, policy=default)
    assert (head["Bcc"], postmaster.envelopes[0][1]) == (None, [ASHA])
    assert set(head.keys()) == {
        *("From", "To", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "X-Tocsin", "MIME-Version"),
        *("Auto-Submitted", "X-Auto-Response-Suppress", "Content-Type", "Content-Transfer-Encoding"),
    }
    assert "T26-00042-A" in head["Subject"]
    assert head.get_content().splitlines()[0].startswith("Dear Asha")


@pytest.mark.parametrize(
    "address",
    [
        "asha@residents.example, everybody@council.example",
        "asha@residents.example\r\nRCPT TO:<everybody@council.example>",
        "asha",
        "a b@residents.example",
        "<asha@residents.example>",
        "",
    ],
)
def test_a_letter_goes_to_one_address_or_to_none(address: str) -> None:
    postmaster = Postmaster()
    with a_server(postmaster) as port, pytest.raises(Permanent) as refused:
        transport(port).send(a_parcel(to=address), None)
    assert postmaster.envelopes == []
    assert "asha" not in str(refused.value)


def test_a_letter_handed_over_stays_sent_however_the_server_says_goodbye() -> None:
    postmaster = Postmaster()
    postmaster.says_at_the_end = "421 too busy to say goodbye"
    with a_server(postmaster) as port:
        assert transport(port).send(a_parcel(), None) == Delivered(PAYLOAD["message_id"])
    assert len(postmaster.letters) == 1


def test_a_line_that_dies_during_the_letter_is_a_doubt() -> None:
    postmaster = Postmaster()
    postmaster.after_the_letter = hang_up
    with a_server(postmaster) as port, pytest.raises(Uncertain, match=r"tocsin\.1@"):
        transport(port).send(a_parcel(), None)
    assert len(postmaster.letters) == 1


def test_an_interrupted_letter_is_not_even_tried() -> None:
    postmaster = Postmaster()
    with a_server(postmaster) as port, pytest.raises(Uncertain):
        transport(port).send(a_parcel(was_interrupted=True), None)
    assert postmaster.letters == []


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_letter_goes_over_a_protected_line(tmp_path: Path, security: str) -> None:
    postmaster, context = Postmaster(), tls(tmp_path)
    options = {"ssl_context": context} if security == "tls" else {"tls_context": context, "require_starttls": True}
    with a_server(postmaster, **options) as port:
        transport(port, security=security, ca_file=str(tmp_path / "ca.pem")).send(a_parcel(), None)
    assert len(postmaster.letters) == 1


@pytest.mark.parametrize("certificate", ["wrong-host", "expired", "self-signed"])
def test_a_certificate_that_cannot_be_trusted_keeps_the_letter(tmp_path: Path, certificate: Certificate) -> None:
    postmaster, context = Postmaster(), tls(tmp_path, certificate)
    with a_server(postmaster, tls_context=context) as port, pytest.raises(Technical, match="certificate"):
        transport(port, security="starttls", ca_file=str(tmp_path / "ca.pem")).send(a_parcel(), None)
    assert postmaster.letters == []


def test_starttls_is_never_given_up_silently() -> None:
    postmaster = Postmaster()
    with a_server(postmaster) as port, pytest.raises(Technical, match="STARTTLS"):
        transport(port, security="starttls").send(a_parcel(), None)
    assert postmaster.letters == []


def test_a_refused_account_is_ours_to_mend() -> None:
    def never(*_: object) -> AuthResult:
        return AuthResult(success=False, handled=False)

    postmaster = Postmaster()
    options = {"authenticator": never, "auth_require_tls": False}
    with a_server(postmaster, **options) as port, pytest.raises(Technical, match="535") as refused:
        transport(port, user="tocsin", password=SecretStr("open-sesame")).send(a_parcel(), None)
    assert "open-sesame" not in str(refused.value)
    assert postmaster.letters == []


def test_an_address_no_server_takes_is_not_blamed_on_the_line() -> None:
    postmaster = Postmaster()
    with a_server(postmaster, enable_SMTPUTF8=False) as port, pytest.raises(Permanent) as refused:
        transport(port).send(a_parcel(to="jürgen@residents.example"), None)
    assert "STARTTLS" not in str(refused.value)
    assert "jürgen" not in str(refused.value)


def test_nobody_at_the_other_end_is_a_matter_of_time() -> None:
    with pytest.raises(Temporary):
        transport(free_port()).send(a_parcel(), None)


def test_a_folder_keeps_a_letter_once_however_often_it_is_sent(tmp_path: Path) -> None:
    folder = FolderTransport(tmp_path / "letters", LETTERS, CLOCK)
    for _ in range(2):
        folder.send(a_parcel(was_interrupted=True), None)
    assert len(list((tmp_path / "letters").iterdir())) == 1
