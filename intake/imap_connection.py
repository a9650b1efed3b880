"""One logged-in IMAP connection with a folder open, whose every failure is told in words for people."""

import math
import re
import ssl
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from intake import boxes
from intake.boxes import ImapAccount, imap_name, imap_quoted
from intake.imap_answers import uid_set
from intake.imap_line import BROKEN, Failed, Line, Lost, ReadOnly, Refused, granted, spoken

KEPT = "TocsinKept"
"""The keyword that marks a kept letter where letters stay in place."""

LONGEST_SILENCE = 20
"""Seconds in one IDLE, or between two questions where there is none: a server that then does not answer within the
time limit (30 seconds) is gone, so a dead line is noticed within a minute. RFC 2177 asks for an IDLE in 29 minutes,
routers for a sign of life in about five."""


class ImapConnection:
    """A connection that is logged in and has the account’s folder open. Whatever goes wrong is a MailboxError.

    After a ServerRefused it goes on; after any other it is closed.
    """

    def __init__(self, account: ImapAccount) -> None:
        self._account = account
        self._line: Line | None = None
        self.validity = ""
        self.is_closed = False
        with self._asking(is_new=True):
            self._line = line = Line(account)
            _log_in(line, account)
            self.validity = _open_folder(line, account)

    def ask(self, *words: str) -> list[Any]:
        """What the server tells on a UID command: lines, and pairs of a line and the block it announced."""
        with self._asking() as line:
            line.heard_of_change()
            return granted(line.uid(*words))

    def search(self, wanted: str) -> list[int]:
        """The UIDs of the letters that fit, lowest first."""
        return sorted({int(word) for line in self.ask("SEARCH", wanted) if line for word in line.split()})

    def move(self, uids: Sequence[int], folder: str) -> None:
        """Move letters into a folder, all of them or none as far as the server can."""
        which, folder = uid_set(uids), imap_name(folder)
        with self._asking() as line:
            if "MOVE" in line.capabilities:
                granted(line.uid("MOVE", which, folder))
                return
            granted(line.uid("COPY", which, folder))
            granted(line.uid("STORE", which, "+FLAGS.SILENT", "(\\Deleted)"))
            if "UIDPLUS" in line.capabilities:  # a plain EXPUNGE would also take what other people have deleted
                granted(line.uid("EXPUNGE", which))

    def count(self, folder: str) -> int:
        """How many letters a folder holds."""
        with self._asking() as line:
            said = granted(line.status(imap_name(folder), "(MESSAGES)"))
        found = re.search(rb"MESSAGES (\d+)", b" ".join(each for each in said if isinstance(each, bytes)))
        return int(found[1]) if found else 0

    def wait(self, seconds: float) -> None:
        """Return when the server tells of a change, or after that time; meanwhile see that it is still there."""
        until = time.monotonic() + seconds
        with self._asking() as line:
            is_told = line.heard_of_change()
            while not is_told and (left := until - time.monotonic()) > 0:
                pause = min(left, LONGEST_SILENCE)
                if "IDLE" in line.capabilities and pause >= 1:
                    is_told = line.is_told_in_idle(math.ceil(pause))
                else:
                    threading.Event().wait(pause)
                    granted(line.noop())
                    is_told = line.heard_of_change()

    def close(self) -> None:
        """Log out. Safe to call twice, and on a broken connection."""
        line, self._line, self.is_closed = self._line, None, True
        if line is not None:
            with suppress(*BROKEN):
                line.logout()

    @contextmanager
    def _asking(self, *, is_new: bool = False) -> Iterator[Line]:
        """The line; the cause of an error is dropped on purpose, as it may hold the command and so the password."""
        trouble: boxes.MailboxError
        try:
            yield self._line  # type: ignore[misc]  # None only while it is being made
        except Refused as no:
            trouble = boxes.ServerRefused(self._account.name, str(no))
        except BROKEN as error:
            trouble = _trouble(self._account, error, is_connected=not is_new)
        except boxes.MailboxError as error:
            trouble = error
        else:
            return
        if is_new or not isinstance(trouble, boxes.ServerRefused):
            self.close()
        raise trouble from None


def _log_in(line: Line, account: ImapAccount) -> None:
    if line.is_let_in():
        return
    try:
        if account.tokens is not None:
            _authenticate(line, "XOAUTH2", f"user={account.user}\1auth=Bearer {account.tokens.token()}\1\1".encode())
        elif "AUTH=PLAIN" in line.capabilities:
            _authenticate(line, "PLAIN", f"\0{account.user}\0{account.password}".encode())
        elif "LOGINDISABLED" in line.capabilities or re.search("[^ -~]", account.user + account.password):
            raise boxes.NoSecureConnection(account.name, "no way to log in is offered")
        else:
            line.login(imap_quoted(account.user), account.password)
    except Lost:
        raise
    except Failed as error:
        said = spoken([error.args[0] if error.args else b""])  # only the server’s own words; ours hold the password
        kind = boxes.TokenNotAccepted if account.tokens is not None else boxes.WrongPassword
        raise (boxes.ServerRefused if "[UNAVAILABLE]" in said else kind)(account.name, said) from None
    line.learn_capabilities()


def _authenticate(line: Line, mechanism: str, proof: bytes) -> None:
    """Prove who we are; a server that asks once more has refused, and waits for an empty line (RFC 7628, 3.2.3)."""
    said = iter((proof,))
    line.authenticate(mechanism, lambda _: next(said, b""))


def _open_folder(line: Line, account: ImapAccount) -> str:
    """Open the folder and return its UIDVALIDITY."""
    if account.when_kept == "move":
        line.create(imap_name(account.kept_folder))  # a no means that it is there
    kind, said = line.select(imap_name(account.folder))
    if kind != "OK":
        raise boxes.FolderMissing(account.name, spoken(said))
    flags = b" ".join(each for each in line.response("PERMANENTFLAGS")[1] if each).lower()
    if account.when_kept == "flag" and flags and not (b"\\*" in flags or KEPT.lower().encode() in flags):
        raise boxes.CannotMark(account.name)
    return str(line.response("UIDVALIDITY")[1][0] or b"0", "ascii", "replace")


def _trouble(account: ImapAccount, error: Exception, *, is_connected: bool) -> boxes.MailboxError:
    is_lost = isinstance(error, OSError | Lost)
    wants_tls = account.security == "starttls"
    table: tuple[tuple[bool, type[boxes.MailboxError]], ...] = (
        (isinstance(error, ssl.SSLCertVerificationError), boxes.CertificateRefused),
        (isinstance(error, ssl.SSLError) and not is_connected, boxes.NoSecureConnection),
        (isinstance(error, OSError) and not is_connected, boxes.CannotConnect),
        (isinstance(error, ReadOnly), boxes.CannotMark),
        (is_lost and "no response after" in str(error), boxes.NoAnswer),
        (not is_connected and wants_tls, boxes.NoSecureConnection),
        (is_lost, boxes.ConnectionLost),
        (True, boxes.ServerRefused),
    )
    return next(kind for applies, kind in table if applies)(account.name, _own_words(error))


def _own_words(error: Exception) -> str:
    """The system’s words in an error; imaplib2’s own may hold the command, and so the password."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return str(error.verify_message).rstrip(".")
    return error.strerror or str(error) if isinstance(error, OSError) else ""
