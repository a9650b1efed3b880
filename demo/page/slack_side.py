"""What one officer sees in Slack: channels with unread counts, messages, an open modal, the home tab."""

import re
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from demo.slack import SlackStandIn
from demo.slack.world import BOT_USER_ID, Channel, Json, Message

HOME = "home"
SHOWN = 100
LONDON = ZoneInfo("Europe/London")
ALERT = re.compile(r"\W*(early warning|alert|urgent|overdue|missed|danger)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Entry:
    """A line of the sidebar."""

    id: str
    name: str
    kind: str
    unread: int = 0


@dataclass(frozen=True)
class Post:
    """A message as the page draws it; `alert` is its warning in a word, if it is one."""

    ts: str
    author: str
    is_bot: bool
    at: datetime
    text: str
    blocks: list[Json]
    only_you: bool
    edited: bool
    alert: str
    replies: tuple["Post", ...] = ()


@dataclass
class Reading:
    """How far each officer has read in each channel."""

    _read: dict[tuple[str, str], str] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def mark(self, officer: str, channel: str, messages: Iterable[Message]) -> None:
        """Everything here has been seen."""
        newest = max((message.ts for message in messages), default="", key=lambda ts: float(ts or 0))
        with self._lock:
            self._read[officer, channel] = newest

    def unread(self, officer: str, channel: str, messages: Iterable[Message]) -> int:
        """How many have come since."""
        with self._lock:
            read = float(self._read.get((officer, channel)) or 0)
        return sum(float(message.ts) > read for message in messages)


def alert_word(message: Message) -> str:
    """The word of warning if a message is an alert: its metadata says so, or its headline begins with one."""
    headline = next((b["text"]["text"] for b in message.blocks if b.get("type") == "header"), message.text)
    found = ALERT.match(re.sub(r":[a-z0-9_+-]+:", "", headline))
    if found:
        return found[1].capitalize()
    kind = str((message.metadata or {}).get("event_type", ""))
    return "Alert" if "alert" in kind or "warning" in kind else ""


@dataclass
class SlackSide:
    """The workspace through one officer's eyes at a time."""

    slack: SlackStandIn
    reading: Reading = field(default_factory=Reading)

    def entries(self, officer: str, current: str) -> list[Entry]:
        """The sidebar: channels first, then the bot's direct messages, then its home tab."""
        with self.slack.world.condition:
            self.slack.world.direct_messages(officer)
            inside = [one for one in self.slack.world.channels.values() if officer in one.members]
            if current != HOME and current:
                self.reading.mark(officer, current, self._seen(officer, current))
            listed = sorted(inside, key=lambda one: (bool(one.person), one.name))
            entries = [self._entry(officer, one) for one in listed if one.person in {"", officer}]
        return [*entries, Entry(HOME, "Tocsin home", "home")]

    def _entry(self, officer: str, channel: Channel) -> Entry:
        kind = "direct" if channel.person else "private" if channel.is_private else "public"
        unread = self.reading.unread(officer, channel.id, self._seen(officer, channel.id))
        return Entry(channel.id, channel.name or "Tocsin", kind, unread)

    def _seen(self, officer: str, channel: str) -> list[Message]:
        return [one for one in self.slack.world.messages if one.channel == channel and one.seen_by in {"", officer}]

    def posts(self, officer: str, channel: str) -> list[Post]:
        """The channel's last hundred messages, oldest first, each with the thread under it."""
        with self.slack.world.condition:
            seen = self._seen(officer, channel)
            top = [one for one in seen if one.thread_ts in {"", one.ts}][-SHOWN:]
            return [self._post(one, [r for r in seen if r.thread_ts == one.ts and r is not one]) for one in top]

    def _post(self, message: Message, replies: list[Message]) -> Post:
        author = self.slack.world.people.get(message.user)
        return Post(
            message.ts,
            author.real_name if author else "Somebody",
            message.user == BOT_USER_ID,
            datetime.fromtimestamp(float(message.ts), UTC).astimezone(LONDON),
            message.text,
            list(message.blocks),
            bool(message.seen_by),
            bool(message.edited_ts),
            "" if message.seen_by else alert_word(message),
            tuple(self._post(reply, []) for reply in replies),
        )

    def modal(self, officer: str) -> Json | None:
        """The modal on top, if one is open."""
        stack = self.slack.views(officer)
        return stack[-1] if stack else None

    def name_of(self, wanted: str) -> str:
        """The name shown for a person's or channel's id."""
        person, channel = self.slack.world.people.get(wanted), self.slack.world.channels.get(wanted)
        return person.real_name if person else channel.name if channel else wanted
