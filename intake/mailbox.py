"""An IMAP folder as a box: letters by UID, marked with a keyword or moved once they are kept."""

import math
import queue
import re
import socket
import ssl
import threading
import types
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from imaplib2 import imaplib2

from intake import boxes
from intake.boxes import Arrival, ImapAccount, imap_name, imap_quoted
from intake.imap_answers import Letter, letter_in

__all__ = ["ImapAccount", "ImapBox"]

KEPT = "TocsinKept"
"""The keyword that marks a kept letter where letters stay in place."""

LONGEST_IDLE = 240
"""Seconds in one IDLE: routers forget quiet connections after about five minutes."""


class _QuietThread(threading.Thread):
    """A thread that still knows the names imaplib2 3.6 calls, which Python has deprecated and will remove."""

    def setDaemon(self, daemonic: bool) -> None:  # noqa: N802 - the name imaplib2 calls
        self.daemon = daemonic

    def setName(self, name: str) -> None:  # noqa: N802 - the name imaplib2 calls
        self.name = name


imaplib2.threading = types.SimpleNamespace(
    Thread=_QuietThread, Event=threading.Event, Lock=threading.Lock, currentThread=threading.current_thread
)


class _Connection(imaplib2.IMAP4):  # type: ignore[misc]  # imaplib2 ships no types
    """imaplib2 with certificates verified by name, every wait bounded, and nothing written to the console."""

    def __init__(self, account: ImapAccount) -> None:
        self._account = account
        self._context = ssl.create_default_context(cafile=account.ca_file)
        super().__init__(account.host, account.port, timeout=account.timeout_seconds)
        if account.security == "starttls":
            self._secure_or_close()

    def open(self, host: str | None = None, port: int | None = None) -> None:
        self.host, self.port = host, port
        self.sock = socket.create_connection((host, port), timeout=self._account.timeout_seconds)
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        self.read_fd = self.sock.fileno()
        if self._account.security == "tls":
            self.ssl_wrap_socket()

    def ssl_wrap_socket(self) -> None:
        self.sock = self._context.wrap_socket(self.sock, server_hostname=self._account.host)
        self.read_fd = self.sock.fileno()

    def read(self, size: int) -> bytes:
        try:
            return bytes(self.sock.recv(size))
        except TimeoutError:
            return b""  # half a TLS record; the answer's own time limit decides

    def shutdown(self) -> None:
        with suppress(OSError):
            self.sock.shutdown(socket.SHUT_RDWR)
        self.sock.close()

    def idle_until_told(self, seconds: int) -> None:
        """IDLE that does not sleep over a change told at its very start, as imaplib2's own does now and then."""
        answers: queue.SimpleQueue[tuple[Any, Any, Any]] = queue.SimpleQueue()
        self.idle(timeout=seconds, callback=answers.put)
        if _forget_changes(self):
            self._end_idle()
        try:
            answer, _, error = answers.get(timeout=seconds + 3 * self._account.timeout_seconds)
        except queue.Empty:
            raise TimeoutError("no response after an IDLE") from None
        if error is not None:
            raise error[0](str(error[1]))
        _granted(answer)

    def _mesg(self, *_: object) -> None:
        """imaplib2 would write its last commands to the console here, and a password with them."""

    def _secure_or_close(self) -> None:
        try:
            self.starttls()
            self.untagged_responses.clear()  # whatever was said before the line was secure does not count
            self._get_capabilities()
        except (imaplib2.IMAP4.error, OSError):
            with suppress(imaplib2.IMAP4.error, OSError):
                self.logout()
            raise


class ImapBox:
    """Letters in one IMAP folder. The connection is made when needed and made again after it breaks."""

    def __init__(self, account: ImapAccount) -> None:
        self.name = account.name
        self._account = account
        self._open_connection: _Connection | None = None
        self._validity = ""

    def arrivals(self) -> Iterator[Arrival]:
        """Each letter not yet marked kept, oldest first, fetched one at a time. Raises MailboxError."""
        wanted = "UNDELETED" if self._account.when_kept == "move" else f"UNKEYWORD {KEPT} UNDELETED"
        with self._asking() as connection:
            _forget_changes(connection)
            found = _granted(connection.uid("SEARCH", wanted))
        validity = self._validity
        refused: boxes.ServerRefused | None = None
        for uid in sorted({int(word) for line in found if line for word in line.split()}):
            try:
                letter = self._fetch(uid, validity)
            except boxes.ServerRefused as trouble:
                refused = trouble  # one letter the server will not give must not keep back the rest
                continue
            if letter is not None:
                yield Arrival(f"{validity}:{uid}", letter.raw, letter.arrived_at)
        if refused is not None:
            raise refused

    def mark_kept(self, handle: str) -> None:
        """Mark or move the letter. One from before the server renumbered the folder is let be: it comes again."""
        validity, _, uid = handle.partition(":")
        with self._asking() as connection:
            if validity != self._validity:
                return
            if self._account.when_kept == "flag":
                _granted(connection.uid("STORE", uid, "+FLAGS.SILENT", f"({KEPT})"))
            else:
                _move(connection, uid, imap_name(self._account.kept_folder))

    def wait(self, seconds: float) -> None:
        """Return when the server tells of a change, or after ``seconds`` (at most four minutes), whichever is first."""
        with self._asking() as connection:
            if _forget_changes(connection):
                return
            if "IDLE" in connection.capabilities and seconds >= 1:
                connection.idle_until_told(math.ceil(min(seconds, LONGEST_IDLE)))
                return
        threading.Event().wait(min(seconds, LONGEST_IDLE))

    def close(self) -> None:
        """Log out. Safe to call twice, and on a broken connection."""
        connection, self._open_connection = self._open_connection, None
        if connection is not None:
            with suppress(imaplib2.IMAP4.error, OSError):
                connection.logout()

    def login_check(self) -> None:
        """Connect, log in, open the folder and log out. Raises MailboxError with what a person should do."""
        self.close()
        with self._asking():
            pass
        self.close()

    def _fetch(self, uid: int, validity: str) -> Letter | None:
        with self._asking() as connection:
            if validity != self._validity:
                return None  # the folder was renumbered meanwhile; the next look finds the letter again
            return letter_in(_granted(connection.uid("FETCH", str(uid), "(UID INTERNALDATE BODY.PEEK[])")))

    @contextmanager
    def _asking(self) -> Iterator[_Connection]:
        """A logged-in connection with the folder open; whatever goes wrong becomes a MailboxError.

        The cause is dropped on purpose: imaplib2 puts the command, and so the password, into its errors.
        """
        try:
            yield self._connection()
        except (imaplib2.IMAP4.error, OSError) as error:
            trouble = _trouble(self._account, error, connected=self._open_connection is not None)
        except boxes.MailboxError as error:
            trouble = error
        else:
            return
        self.close()
        raise trouble from None

    def _connection(self) -> _Connection:
        if self._open_connection is None:
            connection = _Connection(self._account)
            try:
                _log_in(connection, self._account)
                self._validity = _opened(connection, self._account)
            except (imaplib2.IMAP4.error, OSError, boxes.MailboxError):
                with suppress(imaplib2.IMAP4.error, OSError):
                    connection.logout()
                raise
            self._open_connection = connection
        return self._open_connection


class _Refused(imaplib2.IMAP4.error):  # type: ignore[misc]  # imaplib2 ships no types
    """The server said no, in words that are its own."""


def _granted(answer: tuple[str, list[Any]]) -> list[Any]:
    kind, said = answer
    if kind != "OK":
        raise _Refused(_spoken(said))
    return said


def _spoken(said: list[Any]) -> str:
    return b" ".join(word for word in said if isinstance(word, bytes)).decode("utf-8", "replace")[:200].rstrip(". ")


def _log_in(connection: _Connection, account: ImapAccount) -> None:
    if connection.state == imaplib2.AUTH:
        return
    plain = f"\0{account.user}\0{account.password}".encode()
    try:
        if "AUTH=PLAIN" in connection.capabilities:
            connection.authenticate("PLAIN", lambda _: plain)
        elif "LOGINDISABLED" in connection.capabilities or re.search("[^ -~]", account.user + account.password):
            raise boxes.NoSecureConnection(account.name, "no way to log in is offered")
        else:
            connection.login(imap_quoted(account.user), account.password)
    except imaplib2.IMAP4.abort:
        raise
    except imaplib2.IMAP4.error as error:
        said = _spoken([error.args[0] if error.args else b""])  # only the server's own words; ours hold the password
        kind = boxes.ServerRefused if "[UNAVAILABLE]" in said else boxes.WrongPassword
        raise kind(account.name, said) from None
    connection._get_capabilities()  # noqa: SLF001 - servers offer more once they know who asks


def _opened(connection: _Connection, account: ImapAccount) -> str:
    if account.when_kept == "move":
        connection.create(imap_name(account.kept_folder))  # a no means that it is there
    kind, said = connection.select(imap_name(account.folder))
    if kind != "OK":
        raise boxes.FolderMissing(account.name, _spoken(said))
    flags = b" ".join(line for line in connection.response("PERMANENTFLAGS")[1] if line).lower()
    if account.when_kept == "flag" and flags and not (b"\\*" in flags or KEPT.lower().encode() in flags):
        raise boxes.CannotMark(account.name)
    return str(connection.response("UIDVALIDITY")[1][0] or b"0", "ascii", "replace")


def _move(connection: _Connection, uid: str, folder: str) -> None:
    if "MOVE" in connection.capabilities:
        _granted(connection.uid("MOVE", uid, folder))
        return
    _granted(connection.uid("COPY", uid, folder))
    _granted(connection.uid("STORE", uid, "+FLAGS.SILENT", "(\\Deleted)"))
    if "UIDPLUS" in connection.capabilities:  # a plain EXPUNGE would also take what other people have deleted
        _granted(connection.uid("EXPUNGE", uid))


def _forget_changes(connection: _Connection) -> bool:
    """Drop what the server has told since the last question, and say whether a letter may be among it."""
    for code in ("EXPUNGE", "FETCH", "FLAGS", "RECENT"):
        connection.response(code)
    return bool(connection.response("EXISTS")[1] != [None])


def _trouble(account: ImapAccount, error: Exception, *, connected: bool) -> boxes.MailboxError:
    is_lost = isinstance(error, OSError | imaplib2.IMAP4.abort)
    wants_tls = account.security == "starttls"
    table: tuple[tuple[bool, type[boxes.MailboxError]], ...] = (
        (isinstance(error, ssl.SSLCertVerificationError), boxes.CertificateRefused),
        (isinstance(error, ssl.SSLError) and not connected, boxes.NoSecureConnection),
        (isinstance(error, OSError) and not connected, boxes.CannotConnect),
        (isinstance(error, imaplib2.IMAP4.readonly), boxes.CannotMark),
        (is_lost and "no response after" in str(error), boxes.NoAnswer),
        (not connected and wants_tls and not isinstance(error, _Refused), boxes.NoSecureConnection),
        (is_lost, boxes.ConnectionLost),
        (True, boxes.ServerRefused),
    )
    return next(kind for applies, kind in table if applies)(account.name, _own_words(error))


def _own_words(error: Exception) -> str:
    """The server's or the system's words in an error; imaplib2's own may hold the command, and so the password."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return str(error.verify_message).rstrip(".")
    if isinstance(error, OSError):
        return error.strerror or str(error)
    return str(error) if isinstance(error, _Refused) else ""
