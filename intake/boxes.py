"""Where letters arrive: what every kind of mailbox promises, and how each can fail, in words for people."""

import base64
import inspect
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar, Literal, Protocol


@dataclass(frozen=True)
class Arrival:
    """One letter as it lies in the box: a handle to name it by, its bytes, and when it reached the council.

    ``is_partial``: it is larger than is taken in, and ``raw`` is only its beginning; ``size`` is that of
    the whole (0 when ``raw`` is the whole).
    """

    handle: str
    raw: bytes
    arrived_at: datetime | None = None
    size: int = 0
    is_partial: bool = False


@dataclass(frozen=True)
class Census:
    """What lies in a mailbox: letters not yet marked kept, and letters kept.

    Where kept ones stay in their place, ``handles`` are those of all, and ``marked`` those of kept ones alone.
    """

    waiting: int
    kept: int
    handles: frozenset[str] | None = None
    marked: frozenset[str] = frozenset()


class TokenSource(Protocol):
    """Where an account that has no password gets the token it logs in with."""

    def token(self) -> str:
        """A token that is good for some minutes more. Raises MailboxError."""
        ...

    def forget(self) -> None:
        """Ask for a new one next time: the mail server did not accept this one."""
        ...


@dataclass(frozen=True)
class ImapAccount:
    """Where the letters are and how to get at them. ``security`` “none” is for a server on this machine.

    With ``tokens`` the account logs in by XOAUTH2 and has no password. Of a letter larger than
    ``largest_bytes`` only the beginning is fetched.
    """

    name: str
    host: str
    port: int
    user: str
    password: str = field(repr=False)
    security: Literal["tls", "starttls", "none"]
    folder: str = "INBOX"
    ca_file: str | None = None
    timeout_seconds: float = 30.0
    when_kept: Literal["flag", "move"] = "flag"
    kept_folder: str = "Tocsin kept"
    tokens: TokenSource | None = field(default=None, repr=False)
    largest_bytes: int = 25_000_000


class Box(Protocol):
    """A mailbox. Nothing leaves it or is marked until the caller says that the letter is kept."""

    name: str

    def arrivals(self) -> Iterator[Arrival]:
        """Each letter not yet marked kept, read as they are asked for. Raises MailboxError.

        One that cannot be read does not keep back the rest: the error comes after them.
        """
        ...

    def mark_kept(self, handles: Sequence[str]) -> None:
        """Note in the box that these letters are kept, so that they do not come again. Raises MailboxError."""
        ...

    def census(self) -> Census:
        """Count what lies in the box. Raises MailboxError."""
        ...

    def wait(self, seconds: float) -> None:
        """Return when something may have arrived, or after that time. Raises MailboxError."""
        ...

    def close(self) -> None:
        """Let go of the box; safe to call twice."""
        ...


def imap_name(name: str) -> str:
    """A folder's name as IMAP wants it: quoted, with letters beyond ASCII in its own base64 (RFC 3501, 5.1.3)."""
    return imap_quoted(re.sub(r"[^ -~]+", lambda found: _modified_base64(found[0]), name.replace("&", "&-")))


def _modified_base64(text: str) -> str:
    return "&" + base64.b64encode(text.encode("utf-16-be")).decode().rstrip("=").replace("/", ",") + "-"


def imap_quoted(text: str) -> str:
    """The text as a quoted string of IMAP."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


class MailboxError(Exception):
    """The mailbox could not be read."""

    hint: ClassVar[str] = "Run “tocsin doctor” to see which part fails."

    def __init__(self, box: str, detail: str = "") -> None:
        super().__init__(box, detail)
        self.box = box
        self.detail = detail

    def __str__(self) -> str:
        sentence = inspect.cleandoc(type(self).__doc__ or "").split("\n")[0]
        said = f" The answer was: {self.detail}." if self.detail else ""
        return f"Mailbox “{self.box}”: {sentence}{said} {self.hint}"


class CannotConnect(MailboxError):  # noqa: N818 - the docstring is the message, the name its short form
    """The mail server cannot be reached."""

    hint = "Check the host and port, and that the firewall lets this machine out to it."


class CertificateRefused(MailboxError):  # noqa: N818 - as above
    """The mail server's certificate is not to be trusted, so no password was sent."""

    hint = "Check the host name; if the council signs its own certificates, name that authority's file in ca_file."


class NoSecureConnection(MailboxError):  # noqa: N818 - as above
    """The mail server offers no secure connection on this port, so no password was sent."""

    hint = "Set security to “tls” with port 993, or “starttls” with port 143."


class WrongPassword(MailboxError):  # noqa: N818 - as above
    """The mail server refused the user name or the password."""

    hint = "Check both; after a change of password, put the new one where this program reads its secrets."


class FolderMissing(MailboxError):  # noqa: N818 - as above
    """The folder does not exist or may not be opened."""

    hint = "Check the folder's name as the mail server spells it, and the account's rights to it."


class CannotMark(MailboxError):  # noqa: N818 - as above
    """Letters cannot be marked as kept in this folder."""

    hint = "Set when_kept to “move”, or give the account the right to change the folder."


class NoAnswer(MailboxError):  # noqa: N818 - as above
    """The mail server did not answer in time."""

    hint = "It is tried again by itself; if it lasts, ask whoever runs the mail server."


class ConnectionLost(MailboxError):  # noqa: N818 - as above
    """The connection to the mail server broke."""

    hint = "It is tried again by itself; if it lasts, ask whoever runs the mail server."


class ServerRefused(MailboxError):  # noqa: N818 - as above
    """The mail server refused a request."""

    hint = "It is tried again by itself; if it lasts, show this message to whoever runs the mail server."


class LettersUnreadable(MailboxError):  # noqa: N818 - as above
    """Some letters in the folder cannot be read from the disk; the others were."""

    hint = "Check who owns the files in the folder and that the disk is sound."


class TokenNotAccepted(MailboxError):  # noqa: N818 - as above
    """The mail server does not accept the account’s token."""

    hint = "Check the user name, and that the application or the consent includes reading this mailbox by IMAP."


class TokenAddressUnsafe(MailboxError):  # noqa: N818 - as above
    """The address that tokens come from is not protected by https, so no secret was sent."""

    hint = "Give token_url an address that begins with https://."


class ProviderUnreachable(MailboxError):  # noqa: N818 - as above
    """The provider of the account’s tokens cannot be reached."""

    hint = "It is tried again by itself; check that the firewall lets this machine out to it."


class SecretWrong(MailboxError):  # noqa: N818 - as above
    """The provider of tokens refused the application’s secret."""

    hint = "Check client_id, and that client_secret is the secret’s value and not its id."


class SecretExpired(MailboxError):  # noqa: N818 - as above
    """The application’s secret has expired."""

    hint = "Make a new secret with the provider, put it where this program reads its secrets, and set secret_expires."


class ConsentEnded(MailboxError):  # noqa: N818 - as above
    """The consent to read the mailbox has expired or was withdrawn."""

    hint = "Let the mailbox’s owner consent again, and put the new refresh token where this program reads its secrets."


class NoToken(MailboxError):  # noqa: N818 - as above
    """The provider gave no token for the mailbox."""

    hint = "Check tenant, client_id and the application’s rights; its administrator can look the answer up."
