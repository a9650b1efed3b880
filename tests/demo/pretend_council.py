"""A council for the page's tests: keeps what it is told, and moves its clock a day at a time."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from demo.page import DemoOfficer, LetterOut, SampleLetter, Written


@dataclass
class PretendCouncil:
    at: datetime = datetime(2026, 10, 14, 9, 0, tzinfo=ZoneInfo("Europe/London"))
    emails: list[Written] = field(default_factory=list)
    sent: list[LetterOut] = field(default_factory=list)

    def now(self) -> datetime:
        return self.at

    def next_working_day(self) -> None:
        self.at += timedelta(days=1)

    def send_email(self, written: Written) -> None:
        self.emails.append(written)
        subject = f"We have your message: {written.subject}"
        number = len(self.sent) + 1
        self.sent.append(LetterOut(written.sender, subject, "Dear <resident>", self.at, f"<{number}@council.example>"))

    def send_back(self, message_id: str) -> None:
        self.sent = [replace(each, came_back=each.message_id == message_id) for each in self.sent]

    def letters(self) -> list[LetterOut]:
        return list(self.sent)

    def form_url(self) -> str:
        return "http://127.0.0.1:9/form"

    def officers(self) -> list[DemoOfficer]:
        return [DemoOfficer("U01", "Ben Carter", "Waste officer", ("Waste",)), DemoOfficer("U02", "Ada Obi", "Lead")]

    def samples(self) -> list[SampleLetter]:
        return [SampleLetter("Missed bin", "Joan Ellis", "joan@resident.example", "Bin", 'They said "no".')]

    def replies(self) -> list[SampleLetter]:
        return [SampleLetter("Any news?", body="How far have you got?")]

    def status(self) -> str:
        return "Two cases open."
