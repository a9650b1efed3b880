"""Email: what one message says, as a frozen value. Intake makes it; routing and handling read it."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property


@dataclass(frozen=True)
class Attachment:
    """What came along: a safe name, a type and the size in bytes.

    ``content_type`` is the declared type until the file is stored, then the one its content shows.
    ``digest`` is the SHA-256 under which it is stored, "" when it is not; ``state`` is one of
    ``clean``, ``infected``, ``unscanned``, ``too_large``, or "" before anybody looked.
    """

    name: str
    content_type: str
    size: int
    digest: str = ""
    state: str = ""


@dataclass(frozen=True)
class Report:
    """A mail server's report on a letter (RFC 3464): whom it did not reach, and why.

    ``status`` is as “5.1.1”, "" when the report gives none; ``original_id`` is the Message-ID of the letter
    it is about, in angle brackets; ``is_final`` is False for a mere delay.
    """

    recipient: str = ""
    status: str = ""
    original_id: str = ""
    is_final: bool = True


@dataclass(frozen=True)
class Forwarded:
    """Whose words an officer passed on: the name and address named at the head of the forwarded letter."""

    name: str
    address: str


@dataclass(frozen=True)
class Email:
    """A parsed message.

    - ``sender`` is an address in lower case, or "" when the message names none.
    - ``text`` is what the sender wrote; ``quoted`` is what was set aside (earlier letters, signature).
    - ``headers`` keeps every header in order, names in lower case, values decoded.
    - ``defects`` names what was odd, in short codes such as ``no_from`` or ``bad_charset``.
    - ``forwarded`` is the writer of the letter that this one passes on, when it passes one on.
    - ``report`` is what a delivery report says; ``seal`` is ``encrypted``, ``signed`` or "".
    """

    sender: str = ""
    sender_name: str = ""
    subject: str = ""
    text: str = ""
    quoted: str = ""
    message_id: str = ""
    in_reply_to: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    reply_to: tuple[str, ...] = ()
    sent_at: datetime | None = None
    headers: tuple[tuple[str, str], ...] = ()
    attachments: tuple[Attachment, ...] = ()
    defects: tuple[str, ...] = field(default=())
    is_readable: bool = True
    forwarded: Forwarded | None = None
    report: Report | None = None
    seal: str = ""

    def header(self, name: str, default: str = "") -> str:
        """The first header of that name (any case), or the default."""
        return self._first_headers.get(name.lower(), default)

    def has_any(self, *names: str) -> bool:
        """Whether any of these headers is present."""
        return any(name.lower() in self._first_headers for name in names)

    @cached_property
    def _first_headers(self) -> dict[str, str]:
        """The first header of each name: thirty questions are asked of a message before it has its place."""
        return dict(reversed(self.headers))
