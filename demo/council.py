"""The pretend council: the real program as a process of its own, on SQLite, a Maildir and the stand-in for Slack."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from shlex import quote
from uuid import uuid4

from sqlmodel import col, func, select

from demo.page.council import DemoOfficer, LetterOut, SampleLetter, Written
from demo.post import letter, returned
from demo.samples import REPLIES, SAMPLES
from demo.slack import SlackStandIn
from intake.parse import parse
from models.case import Case
from models.clock import LONDON, Clock
from models.db import open_engine, reading
from models.held_list import held_list
from models.reading_settings import read_settings
from models.rules.labels import AREAS, Area
from models.rules.letters import Email
from models.settings import Settings
from models.working_hours import next_opening

ROOT = Path(__file__).parent.parent
BEGINS = datetime(2026, 10, 12, 8, 0, tzinfo=UTC)
"""Monday 12 October 2026, nine o'clock in London."""

TECHNICAL = "tocsin-running"
"""The channel of whoever looks after the program: the daily count goes there."""

_STOP_SECONDS = 10

OFFICERS: tuple[DemoOfficer, ...] = (
    DemoOfficer("U0BEN", "Ben Carter", "Officer", ("highways_transport", "waste_environment")),
    DemoOfficer("U0DEV", "Dev Patel", "Officer", ("housing", "benefits_council_tax")),
    DemoOfficer("U0PRIYA", "Priya Shah", "Officer", ("adult_social_care", "childrens_social_care", "education_send")),
    DemoOfficer(
        "U0SAM",
        "Sam Whittle",
        "Officer",
        ("planning_building", "licensing_public_protection", "parks_leisure_libraries", "corporate_other"),
    ),
    DemoOfficer("U0LENA", "Lena Moss", "Corporate lead"),
)


class PretendCouncil:
    """Starts, feeds and stops the program that is being shown."""

    def __init__(self, folder: Path, slack: SlackStandIn) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        for name in ("mail/new", "mail/cur", "mail/tmp", "letters"):
            (folder / name).mkdir(parents=True)
        self.folder = folder
        self._slack = slack
        laid_over = _settings_for(folder, slack)
        self._environment = os.environ | laid_over
        self.commands = folder / "env"
        """What a shell must read for `tocsin` to speak of this council."""
        self.commands.write_text("".join(f"export {name}={quote(value)}\n" for name, value in laid_over.items()))
        self.settings: Settings = read_settings(ROOT / "config.yaml", self._environment)
        self._clock = Clock(self.settings.clock.offset_file)
        self._clock.move_to(BEGINS)
        self._program: subprocess.Popen[bytes] | None = None
        self._engine = open_engine(self.settings.database.url)
        self._names: dict[str, str] = {}
        self._came_back: set[str] = set()
        self._opened: dict[Path, Email] = {}
        self._furnish()

    def start(self) -> None:
        """Start the program; its log goes into the folder."""
        with (self.folder / "program.log").open("ab") as log:
            self._program = subprocess.Popen(
                [sys.executable, "-m", "tocsin", "run"], cwd=ROOT, env=self._environment, stdout=log, stderr=log
            )

    def stop(self) -> None:
        """Stop the program this object started."""
        if self._program is None or self._program.poll() is not None:
            return
        self._program.send_signal(signal.SIGTERM)
        try:
            self._program.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._program.kill()

    @property
    def has_died(self) -> bool:
        """Whether the program ended without being asked to."""
        return self._program is not None and self._program.poll() is not None

    def deliver_samples(self) -> int:
        """Drop the sample letters into the mailbox, all at once. Returns how many."""
        files = sorted((ROOT / "demo" / "letters").glob("*.eml"))
        for file in files:
            self._drop(file.read_bytes())
        return len(files)

    def now(self) -> datetime:
        """The pretend time."""
        return self._clock.now().astimezone(LONDON)

    def next_working_day(self) -> None:
        """Nine o'clock on the next working day; the program sees it at its next look."""
        self._clock.move_to(next_opening(self._clock.now(), settings=self.settings))

    def send_email(self, written: Written) -> None:
        """Drop a message into the council's mailbox, as a mail server would."""
        answers = next((each for each in self.letters() if each.message_id == written.answers), None)
        self._drop(letter(written, to=self.settings.letters.from_address, at=self.now(), answers=answers))

    def send_back(self, message_id: str) -> None:
        """Let one of the council's letters come back as undeliverable, once."""
        for each in self.letters():
            if each.message_id == message_id and not each.came_back:
                self._came_back.add(message_id)
                self._drop(returned(each, at=self.now()))

    def letters(self) -> list[LetterOut]:
        """Every letter the council has sent, oldest first."""
        return [self._letter(self._read(file)) for file in sorted((self.folder / "letters").glob("*.eml"))]

    def _read(self, file: Path) -> Email:
        if file not in self._opened:
            self._opened[file] = parse(file.read_bytes())
        return self._opened[file]

    def _letter(self, email: Email) -> LetterOut:
        to = email.to[0] if email.to else ""
        return LetterOut(
            to,
            email.subject,
            email.text,
            email.sent_at or BEGINS,
            message_id=email.message_id,
            reply_to=email.reply_to[0] if email.reply_to else email.sender,
            sender=email.sender_name,
            to_name=self._names.get(to, ""),
            came_back=email.message_id in self._came_back,
        )

    def form_url(self) -> str:
        """The address of the web form."""
        return f"http://{self.settings.web.host}:{self.settings.web.port}/"

    def officers(self) -> list[DemoOfficer]:
        """Whom the visitor can act as, with their services in words."""
        return [
            DemoOfficer(each.slack_id, each.name, each.role, tuple(AREAS[Area(area)].name for area in each.areas))
            for each in OFFICERS
        ]

    def samples(self) -> list[SampleLetter]:
        """Letters ready to send."""
        return list(SAMPLES)

    def replies(self) -> list[SampleLetter]:
        """Words for a reply to a letter of the council's."""
        return list(REPLIES)

    def status(self) -> str:
        """One line on what the program is doing."""
        if self.has_died:
            return f"The program has stopped; see {self.folder / 'program.log'}"
        with reading(self._engine) as session:
            cases = session.exec(select(func.count()).select_from(Case)).one()
            untriaged = select(func.count()).select_from(Case).where(col(Case.is_triaged).is_(False))
            waiting = session.exec(untriaged).one()
            held = len(held_list(session))
        sorting = f", {waiting} being sorted" if waiting else ""
        return f"{cases} cases{sorting}; {held} held for a person"

    def _drop(self, raw: bytes) -> None:
        email = parse(raw)
        self._names[email.sender] = email.sender_name
        if email.forwarded:
            self._names[email.forwarded.address] = email.forwarded.name
        name = f"{uuid4().hex}.demo"
        waiting = self.folder / "mail" / "tmp" / name
        waiting.write_bytes(raw)
        waiting.replace(self.folder / "mail" / "new" / name)

    def _furnish(self) -> None:
        for officer in OFFICERS:
            self._slack.add_user(officer.slack_id, officer.name)
        leads = [officer.slack_id for officer in OFFICERS if not officer.areas]
        self._slack.add_channel(self.settings.slack.lead_channel, people=leads)
        self._slack.add_channel(TECHNICAL, people=leads)
        for team in self.settings.teams:
            members = [each.slack_id for each in OFFICERS if not set(each.areas).isdisjoint(team.areas)]
            self._slack.add_channel(team.channel, people=leads + members)


def _settings_for(folder: Path, slack: SlackStandIn) -> dict[str, str]:
    """The environment that turns the project's own settings into the demo's."""
    officers = [
        {
            "name": each.name,
            "email": f"{each.name.lower().replace(' ', '.')}@exampleshire.example",
            "slack_user": each.slack_id,
            "areas": list(each.areas),
            "is_corporate_lead": not each.areas,
        }
        for each in OFFICERS
    ]
    return {
        "TOCSIN__DATABASE__URL": f"sqlite:///{folder / 'tocsin.db'}",
        "TOCSIN__MAILBOXES": json.dumps([{"kind": "maildir", "name": "complaints", "path": str(folder / "mail")}]),
        "TOCSIN__INTAKE__ATTACHMENTS": str(folder / "attachments"),
        "TOCSIN__TECHNICAL_CONTACT__SLACK": TECHNICAL,
        "TOCSIN__SMTP__FOLDER": str(folder / "letters"),
        "TOCSIN__SLACK__API_URL": slack.url,
        "TOCSIN__SLACK__BOT_TOKEN": slack.bot_token,
        "TOCSIN__SLACK__APP_TOKEN": slack.app_token,
        "TOCSIN__SLACK__POSTS_A_SECOND_PER_CHANNEL": "0",
        "TOCSIN__CLOCK__OFFSET_FILE": str(folder / "clock"),
        "TOCSIN__OFFICERS": json.dumps(officers),
        "TOCSIN__WEB__PORT": str(free_port()),
        "TOCSIN__JOBS__TICK_SECONDS": "0.3",
        "TOCSIN__JOBS__SWEEP_SECONDS": "0.5",
        "TOCSIN__LETTERS__AUTOMATIC_LETTERS_PER_DAY": "20",
    }


def pretend_clock(folder: Path) -> Clock:
    """The clock of the pretend council in that folder."""
    return Clock(folder / "clock")


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
