"""A real SMTP server on loopback that keeps what it is sent, and can be told to fail."""

import socket
import threading
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from types import TracebackType
from typing import Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class _Handler:
    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.refuse_recipients: str | None = None
        self.refuse_data: str | None = None
        self.arrived = threading.Condition()

    async def handle_RCPT(  # noqa: N802 -- aiosmtpd's name and signature
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.refuse_recipients:
            return self.refuse_recipients
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 -- the same
        if self.refuse_data:
            return self.refuse_data
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        letter = message_from_bytes(content, policy=policy.default)
        with self.arrived:
            self.letters.append(letter)
            self.arrived.notify_all()
        return "250 OK"


class SmtpServer:
    """Start it, read ``letters``; ``refuse_recipients`` and ``refuse_data`` are answers such as "451 later"."""

    def __init__(self, port: int | None = None) -> None:
        self.port = port or free_port()
        self._handler = _Handler()
        self._controller: Controller | None = None

    def start(self) -> Self:
        """Listen on 127.0.0.1."""
        self._controller = Controller(self._handler, hostname="127.0.0.1", port=self.port)
        self._controller.start()
        return self

    def stop(self) -> None:
        """Stop listening; may be started again on the same port."""
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, no: BaseException | None, tb: TracebackType | None) -> None:
        self.stop()

    @property
    def letters(self) -> list[EmailMessage]:
        """Everything that was accepted, in order."""
        return list(self._handler.letters)

    def subjects(self) -> list[str]:
        """The subjects of everything that was accepted."""
        return [str(letter["Subject"]) for letter in self.letters]

    def wait_for(self, wanted: Callable[[list[EmailMessage]], bool], seconds: float = 10.0) -> list[EmailMessage]:
        """Wait until the letters are as wanted."""
        with self._handler.arrived:
            arrived = self._handler.arrived.wait_for(lambda: wanted(self._handler.letters), timeout=seconds)
        assert arrived, f"after {seconds} s the letters were: {self.subjects()}"
        return self.letters

    def refuse(self, *, recipients: str | None = None, data: str | None = None) -> None:
        """Answer RCPT or DATA like this from now on; None accepts again."""
        self._handler.refuse_recipients, self._handler.refuse_data = recipients, data


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
