"""A council for the page's tests: keeps what it is told, and moves its clock a day at a time."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from demo.page import DemoOfficer, LetterOut, SampleLetter


@dataclass
class PretendCouncil:
    at: datetime = datetime(2026, 10, 14, 9, 0, tzinfo=ZoneInfo("Europe/London"))
    emails: list[tuple[str, str, str, str]] = field(default_factory=list)
    sent: list[LetterOut] = field(default_factory=list)

    def now(self) -> datetime:
        return self.at

    def next_working_day(self) -> None:
        self.at += timedelta(days=1)

    def send_email(self, sender_name: str, sender: str, subject: str, body: str) -> None:
        self.emails.append((sender_name, sender, subject, body))
        self.sent.append(LetterOut(sender, f"We have your message: {subject}", "Dear <resident>", self.at))

    def letters(self) -> list[LetterOut]:
        return list(self.sent)

    def form_url(self) -> str:
        return "http://127.0.0.1:9/form"

    def officers(self) -> list[DemoOfficer]:
        return [DemoOfficer("U01", "Ben Carter", "Waste officer", ("Waste",)), DemoOfficer("U02", "Ada Obi", "Lead")]

    def samples(self) -> list[SampleLetter]:
        return [SampleLetter("Missed bin", "Joan Ellis", "joan@resident.example", "Bin", 'They said "no".')]

    def status(self) -> str:
        return "Two cases open."
