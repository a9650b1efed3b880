"""What the page needs of the pretend council: its clock, its post, its people."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class DemoOfficer:
    """Somebody the visitor can act as. `areas` are in words, as shown."""

    slack_id: str
    name: str
    role: str
    areas: tuple[str, ...] = ()


@dataclass(frozen=True)
class LetterOut:
    """A letter the council sent. `at` is aware; `to_name` is whom it goes to, as they signed."""

    to: str
    subject: str
    body: str
    at: datetime
    message_id: str = ""
    reply_to: str = ""
    sender: str = ""
    to_name: str = ""
    came_back: bool = False


@dataclass(frozen=True)
class SampleLetter:
    """A letter the visitor may send instead of writing one; `label` says what it shows."""

    label: str
    sender_name: str = ""
    sender: str = ""
    subject: str = ""
    body: str = ""


@dataclass(frozen=True)
class Enclosed:
    """A file that goes with a letter."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True)
class Written:
    """What a resident wrote. `answers` is the Message-ID of the council's letter it replies to, or ""."""

    sender_name: str
    sender: str
    subject: str
    body: str
    answers: str = ""
    enclosed: Enclosed | None = None


class Council(Protocol):
    """The program being shown, as the page sees it. Called from several threads."""

    def now(self) -> datetime:
        """The pretend time, aware, as shown on the clock."""

    def next_working_day(self) -> None:
        """Move the program's clock to nine o'clock on the next working day and do what falls due on the way."""

    def send_email(self, written: Written) -> None:
        """Drop a message into the council's mailbox."""

    def send_back(self, message_id: str) -> None:
        """Let one of the council's letters come back as undeliverable."""

    def letters(self) -> list[LetterOut]:
        """Every letter the council has sent, oldest first."""

    def form_url(self) -> str:
        """The address of the web form."""

    def officers(self) -> list[DemoOfficer]:
        """Whom the visitor can act as."""

    def samples(self) -> list[SampleLetter]:
        """Letters ready to send; may be empty."""

    def replies(self) -> list[SampleLetter]:
        """Words for a reply to a letter of the council's; may be empty."""

    def status(self) -> str:
        """One line on what the program is doing."""
