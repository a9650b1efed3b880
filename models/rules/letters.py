"""Email: what one message says, as a frozen value. Intake makes it; routing and handling read it."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Attachment:
    """What came along: a safe name, the declared type and the size in bytes."""

    name: str
    content_type: str
    size: int


@dataclass(frozen=True)
class Email:
    """A parsed message.

    - ``sender`` is an address in lower case, or "" when the message names none.
    - ``text`` is what the sender wrote; ``quoted`` is what was set aside (earlier letters, signature).
    - ``headers`` keeps every header in order, names in lower case, values decoded.
    - ``defects`` names what was odd, in short codes such as ``no_from`` or ``bad_charset``.
    """

    sender: str = ""
    sender_name: str = ""
    subject: str = ""
    text: str = ""
    quoted: str = ""
    message_id: str = ""
    in_reply_to: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    sent_at: datetime | None = None
    headers: tuple[tuple[str, str], ...] = ()
    attachments: tuple[Attachment, ...] = ()
    defects: tuple[str, ...] = field(default=())
    is_readable: bool = True

    def header(self, name: str, default: str = "") -> str:
        """The first header of that name (any case), or the default."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key == wanted), default)

    def has_any(self, *names: str) -> bool:
        """Whether any of these headers is present."""
        wanted = {name.lower() for name in names}
        return any(key in wanted for key, _ in self.headers)
