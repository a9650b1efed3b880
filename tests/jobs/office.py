"""One council's parts joined as the program joins them: a stand-in for Slack, a mail server, a clock moved by hand."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NoReturn

from slack_sdk import WebClient
from sqlalchemy import Engine
from sqlmodel import col, func, select

from bot.app import slack_client
from bot.manifest import SCOPES
from classifier.suggest import Message
from demo.slack import SlackStandIn
from jobs.deliver import deliver_email_one, deliver_slack_one
from jobs.parts import Parts
from jobs.schedule import SCHEDULE
from jobs.transports.email import SmtpTransport
from jobs.transports.slack import SlackTransport
from jobs.transports.slack_channels import Channels
from models.case import Case, CaseEvent
from models.clock import Clock
from models.db import reading
from models.outbox import Channel, OutboxEntry
from models.queries import history
from models.rules.opinions import Opinion
from tests.build import a_case, an_opinion, the_settings
from tests.people import EVE
from tests.servers.smtp import SmtpServer

Json = dict[str, Any]

HIGHWAYS = "complaints-highways"
HOUSING = "complaints-housing"
CORPORATE = "complaints-corporate"
LEAD = "complaint-alerts"


class HandClock(Clock):
    """A clock that stands still until a test moves it."""

    def __init__(self, instant: datetime) -> None:
        super().__init__()
        self.instant = instant

    def now(self) -> datetime:
        return self.instant

    def pass_time(self, **how_long: float) -> None:
        self.instant += timedelta(**how_long)


def nobody() -> NoReturn:
    """In the place of the classifier where nothing may be judged."""
    raise AssertionError("nothing is judged here")


class FixedOpinion:
    """Thinks the same of every message, and remembers what it was shown."""

    def __init__(self, opinion: Opinion) -> None:
        self.opinion = opinion
        self.shown: list[Message] = []

    def suggest(self, message: Message) -> Opinion:
        self.shown.append(message)
        return self.opinion

    def suggest_many(self, messages: Sequence[Message]) -> list[Opinion]:
        return [self.suggest(message) for message in messages]


@dataclass
class Office:
    """The parts, and the outside world they talk to."""

    parts: Parts
    slack: SlackStandIn
    smtp: SmtpServer
    clock: HandClock
    suggester: FixedOpinion
    client: WebClient

    def deliver(self) -> None:
        """Deliver whatever may be tried now, in both channels, as tick after tick would."""
        before = -1
        while before != (tried := self._tries()):
            before = tried
            deliver_slack_one(self.parts)
            deliver_email_one(self.parts)

    def _tries(self) -> int:
        with reading(self.parts.engine) as session:
            return session.exec(select(func.coalesce(func.sum(OutboxEntry.attempts), 0))).one()

    def work(self, name: str) -> None:
        """Do a job of the timetable until nothing is left."""
        job = next(job for job in SCHEDULE if job.name == name)
        while job.one(self.parts):
            pass

    def new_case(self, raw: bytes | None = None, opinion: Opinion | None = None) -> Case:
        """A triaged case of Asha's, nothing of it delivered yet."""
        parts = self.parts
        return a_case(parts.engine, settings=parts.settings, now=self.clock.now(), raw=raw, opinion=opinion)

    def cards(self, channel: str = HIGHWAYS) -> list[Json]:
        """The cards of cases in a channel: messages with a Read button."""
        return [message for message in self.slack.messages(channel) if "read" in buttons(message)]

    def card(self, channel: str = HIGHWAYS) -> Json:
        """The one card in a channel."""
        [card] = self.cards(channel)
        return card

    def entries(self, channel: Channel | None = None) -> list[OutboxEntry]:
        """The outbox, oldest first."""
        with reading(self.parts.engine) as session:
            found = session.exec(select(OutboxEntry).order_by(col(OutboxEntry.id))).all()
        return [entry for entry in found if channel in {None, entry.channel}]

    def states(self, channel: Channel | None = None) -> list[str]:
        """Where each entry stands, oldest first."""
        return [entry.state.value for entry in self.entries(channel)]

    def events(self, case: Case) -> list[CaseEvent]:
        """What happened to a case, in order."""
        with reading(self.parts.engine) as session:
            return [event for event, _ in history(session, case)]

    def event_names(self, case: Case) -> list[str]:
        return [event.name for event in self.events(case)]


def buttons(message: Json) -> list[str]:
    """The action_ids of a message's buttons, in order."""
    elements = [each for block in message.get("blocks", []) for each in block.get("elements", [])]
    return [str(each["action_id"]) for each in elements if each.get("type") == "button"]


def words_on(thing: object) -> str:
    """Everything a person would read on blocks, one line a text."""
    if isinstance(thing, list):
        return "\n".join(filter(None, (words_on(each) for each in thing)))
    if not isinstance(thing, dict):
        return ""
    own = [thing["text"]] if isinstance(thing.get("text"), str) else []
    return "\n".join([*own, *filter(None, (words_on(each) for key, each in thing.items() if key != "metadata"))])


@contextmanager
def open_office(engine: Engine, folder: Path, now: datetime, **to_slack: object) -> Iterator[Office]:
    """The office, with everybody of tests.people in every channel. ``to_slack``: settings of that section."""
    with SlackStandIn() as slack, SmtpServer() as smtp:
        slack.api.scopes = set(SCOPES)  # what the manifest asks for, and no more
        for name in (HIGHWAYS, HOUSING, CORPORATE, LEAD):
            slack.add_channel(name)
        to_slack |= {"api_url": slack.url, "bot_token": slack.bot_token, "app_token": slack.app_token}
        settings = the_settings(
            folder,
            slack={**to_slack, "lead_channel": LEAD, "timeout_seconds": 3},
            smtp={"host": "127.0.0.1", "port": smtp.port, "security": "none", "folder": None, "timeout_seconds": 3},
        )
        for officer in settings.officers:
            slack.add_user(officer.slack_user, officer.name)
        slack.add_user(EVE, "Eve Stranger")
        clock, suggester, client = HandClock(now), FixedOpinion(an_opinion()), slack_client(settings)
        parts = Parts(
            settings=settings,
            engine=engine,
            clock=clock,
            transports={
                Channel.SLACK: SlackTransport(client, Channels(client, seconds=lambda: clock.now().timestamp())),
                Channel.EMAIL: SmtpTransport(settings.smtp, settings.letters, clock),
            },
            suggester=lambda: suggester,
        )
        yield Office(parts, slack, smtp, clock, suggester, client)
