"""Letters by SMTP, or into a folder for trying out."""

import contextlib
import smtplib
import ssl
from collections.abc import Mapping
from email.errors import HeaderParseError, MessageError
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, Policy
from email.utils import format_datetime, formataddr
from pathlib import Path
from typing import Any

from jobs.transports.answers import Delivered, Drawn, Permanent, Technical, Temporary, Uncertain
from models.clock import LONDON, Clock
from models.outbox import Parcel
from models.settings_mail import LetterSettings, SmtpSettings


class _Ids(UnstructuredHeader, BaseHeader):
    """Message-IDs, one a line: as any other header, a long one would be encoded, and no longer be an id."""

    def fold(self, *, policy: Policy) -> str:
        """As it travels."""
        return f"{self.name}: {f'{policy.linesep} '.join(self.split())}{policy.linesep}"


_HEADERS = HeaderRegistry()
for _name in ("in-reply-to", "references"):
    _HEADERS.map_to_type(_name, _Ids)
_POLICY = SMTP.clone(header_factory=_HEADERS)


class _Line(smtplib.SMTP):
    """A line that knows whether any of a letter's text was sent over it: before that nothing was handed over."""

    has_text = False

    def send(self, s: Any) -> None:
        """Smtplib sends commands as text, and a letter as bytes."""
        self.has_text |= not isinstance(s, str)
        super().send(s)


class _ProtectedLine(_Line, smtplib.SMTP_SSL):
    """The same, protected from the first word on."""


class SmtpTransport:
    """Sends each letter in a connection of its own; STARTTLS is never given up silently."""

    def __init__(self, settings: SmtpSettings, letters: LetterSettings, clock: Clock) -> None:
        self._settings = settings
        self._letters = letters
        self._clock = clock

    def send(self, parcel: Parcel, drawn: Drawn | None) -> Delivered:  # noqa: ARG002 -- letters are written when put
        """Deliver one letter. A second copy of a letter is worse than a question, so a doubt is Uncertain."""
        if parcel.was_interrupted:
            raise Uncertain(f"Message-ID {parcel.payload['message_id']}")
        letter = compose(parcel.payload, self._letters, self._clock)
        try:
            server = connect(self._settings)
            try:
                _hand_over(server, letter, comes_back_to=_returns_to(parcel.payload, self._letters))
            finally:
                _hang_up(server)
        except smtplib.SMTPAuthenticationError as refused:
            raise Technical(f"The mail server refused the account ({refused.smtp_code}).") from None
        except ssl.SSLError as refused:
            raise Technical(f"The mail server’s certificate was refused: {refused.reason}.") from None
        except smtplib.SMTPNotSupportedError as refused:
            raise Technical(f"The mail server cannot do what is needed: {refused}") from None
        except (OSError, smtplib.SMTPException) as failed:
            raise Temporary(f"The mail server cannot be reached ({type(failed).__name__}).") from None
        return Delivered(parcel.payload["message_id"])


class FolderTransport:
    """Writes each letter into a folder, named by its number in the outbox: twice is once."""

    def __init__(self, folder: Path, letters: LetterSettings, clock: Clock) -> None:
        self._folder = folder
        self._letters = letters
        self._clock = clock

    def send(self, parcel: Parcel, drawn: Drawn | None) -> Delivered:  # noqa: ARG002 -- letters are written when put
        """Write one letter."""
        letter = compose(parcel.payload, self._letters, self._clock)
        self._folder.mkdir(parents=True, exist_ok=True)
        waiting = self._folder / f".{parcel.entry_id}.tmp"
        waiting.write_bytes(letter.as_bytes())
        waiting.replace(self._folder / f"{parcel.entry_id:08d}.eml")
        return Delivered(parcel.payload["message_id"])


def compose(payload: Mapping[str, Any], letters: LetterSettings, clock: Clock) -> EmailMessage:
    """The letter as it travels; ours are marked, and automatic ones say so (RFC 3834)."""
    letter = EmailMessage(policy=_POLICY)
    letter["From"] = formataddr((letters.from_name, letters.from_address))
    letter["To"] = _only_one(payload["to"])
    if payload.get("reply_to"):
        letter["Reply-To"] = payload["reply_to"]
    letter["Subject"] = _on_one_line(payload["subject"])
    letter["Date"] = format_datetime(clock.now().astimezone(LONDON))
    letter["Message-ID"] = payload["message_id"]
    # entries put by earlier versions name no ancestors, and may hold an id as it came
    answered = _on_one_line(payload.get("in_reply_to", ""))
    if answered:
        letter["In-Reply-To"] = answered
    if ancestors := " ".join(payload.get("references") or [answered]):
        letter["References"] = ancestors
    letter["X-Tocsin"] = "letter"
    if payload["automatic"]:
        letter["Auto-Submitted"] = "auto-replied"
        letter["X-Auto-Response-Suppress"] = "All"
    letter.set_content(payload["text"])
    return letter


def _only_one(address: str) -> Address:
    """An address that is one and no more: a quoted comma in what a resident sent must not make it two."""
    try:
        return Address(addr_spec=address)
    except (ValueError, IndexError, HeaderParseError, MessageError):
        raise Permanent("The address is none that a letter can be sent to.") from None


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def _returns_to(payload: Mapping[str, Any], letters: LetterSettings) -> str:
    """The envelope sender, to which bounces come: the case's own address.

    RFC 3834 (section 3.3) lets an automatic reply use the null sender, or an address that answers nothing
    by itself. Receipts too take the second: a receipt that comes back is the first sign that a resident
    cannot be reached, and the null sender would throw it away. What comes to a keyed address is a report, an
    automatic reply (ignored) or a letter to the case, none of which is answered by machine: no loop.
    """
    return str(payload.get("reply_to") or letters.from_address)


def connect(settings: SmtpSettings) -> _Line:
    """A connection to the mail server, protected and logged in as the settings say."""
    if settings.security == "tls":
        server: _Line = _ProtectedLine(
            settings.host, settings.port, timeout=settings.timeout_seconds, context=_trusted(settings)
        )
    else:
        server = _Line(settings.host, settings.port, timeout=settings.timeout_seconds)
    with contextlib.ExitStack() as unless_ready:
        unless_ready.callback(server.close)
        if settings.security == "starttls":
            server.starttls(context=_trusted(settings))
        if settings.user:
            server.login(settings.user, settings.password.get_secret_value())
        unless_ready.pop_all()
    return server


def _trusted(settings: SmtpSettings) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=settings.ca_file)


def _hang_up(server: smtplib.SMTP) -> None:
    """Say goodbye; how the server answers changes nothing about the letter it has accepted."""
    with contextlib.suppress(OSError, smtplib.SMTPException):
        server.quit()
    server.close()


def _hand_over(server: _Line, letter: EmailMessage, *, comes_back_to: str) -> None:
    try:
        server.send_message(letter, from_addr=comes_back_to, to_addrs=[letter["To"].addresses[0].addr_spec])
    except (smtplib.SMTPNotSupportedError, UnicodeError):
        raise Permanent("The address has letters that the mail server cannot carry.") from None
    except smtplib.SMTPRecipientsRefused as refused:
        code, _ = next(iter(refused.recipients.values()))
        _judge(code, "the address")
    except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as refused:
        _judge(refused.smtp_code, "the letter")
    except (smtplib.SMTPServerDisconnected, TimeoutError) as lost:
        if not server.has_text:
            raise
        # the line went dead after we began to hand it over: the server may have it
        raise Uncertain(f"The line to the mail server went dead; Message-ID {letter['Message-ID']}") from lost


def _judge(code: int, what: str) -> None:
    if 400 <= code < 500:
        raise Temporary(f"The mail server put {what} off ({code}).")
    raise Permanent(f"The mail server refused {what} ({code}).")
