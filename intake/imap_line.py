"""A line to an IMAP server: the only file that knows imaplib2, whose weak points it closes.

- Certificates are verified by host name, and nothing is said in clear where TLS was asked for.
- Every wait ends, and the time limit of an answer counts from its question.
- Letters are read in blocks: imaplib2 hands each line from thread to thread.
- An IDLE is not slept through when the server speaks just as it begins.
- One thread at a time uses the TLS session; Python sees to that only from 3.13 on.
- Nothing is written to the console.
"""

import queue
import select
import socket
import ssl
import threading
import types
from contextlib import suppress
from typing import Any

from imaplib2 import imaplib2

from intake.boxes import ImapAccount
from intake.imap_answers import Splitter

Failed: type[Exception] = imaplib2.IMAP4.error
"""Whatever imaplib2 raises. Its text may hold the command, and so the password."""

Lost: type[Exception] = imaplib2.IMAP4.abort
"""The line can no longer be used."""

ReadOnly: type[Exception] = imaplib2.IMAP4.readonly
"""The folder may no longer be changed."""

BROKEN = (Failed, OSError)
"""Whatever goes wrong on a line."""


class _QuietThread(threading.Thread):
    """A thread that still knows the names imaplib2 3.6 calls, which Python has deprecated and will remove."""

    def setDaemon(self, daemonic: bool) -> None:  # noqa: N802 - the name imaplib2 calls
        self.daemon = daemonic

    def setName(self, name: str) -> None:  # noqa: N802 - the name imaplib2 calls
        self.name = name


imaplib2.threading = types.SimpleNamespace(
    Thread=_QuietThread, Event=threading.Event, Lock=threading.Lock, currentThread=threading.current_thread
)


class Refused(imaplib2.IMAP4.error):  # type: ignore[misc]  # imaplib2 ships no types
    """The server said no, in words that are its own."""


class Line(imaplib2.IMAP4):  # type: ignore[misc]  # imaplib2 ships no types
    """imaplib2 with its weak points closed."""

    def __init__(self, account: ImapAccount) -> None:
        self._account = account
        self._context = ssl.create_default_context(cafile=account.ca_file)
        self._one_at_a_time = threading.Lock()
        super().__init__(account.host, account.port, timeout=account.timeout_seconds)
        if account.security == "starttls":
            self._secure_or_close()

    def open(self, host: str | None = None, port: int | None = None) -> None:
        """Connect, within the time limit and with TLS at once where that is set."""
        self.host, self.port = host, port
        self.sock = socket.create_connection((host, port), timeout=self._account.timeout_seconds)
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        self.read_fd = self.sock.fileno()
        if self._account.security == "tls":
            self.ssl_wrap_socket()

    def ssl_wrap_socket(self) -> None:
        """Begin TLS; raises when the certificate is not the host’s."""
        self.sock = self._context.wrap_socket(self.sock, server_hostname=self._account.host)
        self.read_fd = self.sock.fileno()

    def read(self, size: int) -> bytes:
        """Some bytes, at most ``size``; none when the other end has closed. Raises TimeoutError when nothing comes."""
        waiting = select.poll()
        waiting.register(self.read_fd, select.POLLIN)
        if not waiting.poll(self._account.timeout_seconds * 1000):
            raise TimeoutError
        with self._one_at_a_time:
            return bytes(self.sock.recv(size))

    def send(self, data: bytes) -> None:
        """Send bytes."""
        with self._one_at_a_time:
            self.sock.sendall(data)

    def shutdown(self) -> None:
        """Close the socket, and wake whoever reads from it."""
        with suppress(OSError):
            self.sock.shutdown(socket.SHUT_RDWR)
        self.sock.close()

    def is_told_in_idle(self, seconds: int) -> bool:
        """IDLE until the server tells of a change, or the time is over and it has answered that."""
        answers: queue.SimpleQueue[tuple[Any, Any, Any]] = queue.SimpleQueue()
        self.idle(timeout=seconds, callback=answers.put)
        with self.idle_lock:
            is_forgotten = self.idle_timeout is not None and self.idle_rqb is None
        is_told = self.heard_of_change()
        if is_forgotten and answers.empty():
            self.send(b"DONE\r\n")  # told of a change before the server’s “+”, imaplib2 does not know that it idles
        elif is_told:
            self._end_idle()
        try:
            answer, _, error = answers.get(timeout=seconds + 3 * self._account.timeout_seconds)
        except queue.Empty:
            raise TimeoutError("no response after an IDLE") from None
        if error is not None:
            raise error[0](str(error[1]))
        granted(answer)
        return is_told or self.heard_of_change()

    def heard_of_change(self) -> bool:
        """Drop what the server has told since the last question, and say whether a letter may be among it."""
        for code in ("EXPUNGE", "FETCH", "FLAGS", "RECENT"):
            self.response(code)
        return bool(self.response("EXISTS")[1] != [None])

    def is_let_in(self) -> bool:
        """Whether the server let us in without asking."""
        return bool(self.state == imaplib2.AUTH)

    def learn_capabilities(self) -> None:
        """Ask what the server can do: it offers more once it knows who asks."""
        self._get_capabilities()

    def _command(self, name: str, *words: Any, **how: Any) -> Any:
        if self.literal is None:  # else this line could be taken for the server’s answer to what follows
            self.inq.put(b"* OK\r\n")  # begins the time limit anew: it counts from the last line that came
        return super()._command(name, *words, **how)

    def _reader(self) -> None:
        """Hand imaplib2 what arrives until the line breaks or is closed, or TLS is about to begin."""
        splitter = Splitter()
        while not self.Terminate:
            try:
                data = self.read(self.read_size)
            except TimeoutError:
                continue  # the answer’s own time limit decides
            except (OSError, ValueError) as error:
                self.inq.put((self.abort, f"socket error: {error}"))
                return
            if not data:
                self.inq.put((self.abort, "the server closed the connection"))
                return
            for part in splitter.feed(data):
                self.inq.put(part)
                if self.TerminateReader and not part.startswith(b"*"):
                    return

    def _mesg(self, *_: object) -> None:
        """imaplib2 would write its last commands to the console here, and a password with them."""

    def _secure_or_close(self) -> None:
        try:
            self.starttls()
            self.untagged_responses.clear()  # whatever was said before the line was secure does not count
            self._get_capabilities()
        except BROKEN:
            with suppress(*BROKEN):
                self.logout()
            raise


def granted(answer: tuple[str, list[Any]]) -> list[Any]:
    """What the server told with its answer. Raises Refused when that was no."""
    kind, said = answer
    if kind != "OK":
        raise Refused(spoken(said))
    return said


def spoken(said: list[Any]) -> str:
    """The server's own words, shortened."""
    return b" ".join(word for word in said if isinstance(word, bytes)).decode("utf-8", "replace")[:200].rstrip(". ")
