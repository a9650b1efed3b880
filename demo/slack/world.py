"""What the pretend workspace holds: people, channels, messages and modals, behind one lock."""

import copy
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

TEAM_ID = "T0STANDIN01"
APP_ID = "A0STANDIN01"
BOT_USER_ID = "U0STANDINBT"
BOT_ID = "B0STANDIN01"
BOT_TOKEN = "xoxb-stand-in"  # noqa: S105 - made up, and good for this process only
SIGNING_SECRET = "stand-in-signing-secret"  # noqa: S105 - made up, and good for this process only
APP_TOKEN = "xapp-stand-in"  # noqa: S105 - made up, and good for this process only


@dataclass
class Person:
    """A member of the workspace; `name` is the handle, `real_name` what is shown."""

    id: str
    name: str
    real_name: str
    is_bot: bool = False
    is_deleted: bool = False

    def public(self) -> Json:
        """The person as users.info shows them."""
        profile = {"real_name": self.real_name, "display_name": self.real_name, "team": TEAM_ID}
        return {
            "id": self.id,
            "team_id": TEAM_ID,
            "name": self.name,
            "real_name": self.real_name,
            "deleted": self.is_deleted,
            "is_bot": self.is_bot,
            "tz": "Europe/London",
            "profile": profile,
        }


@dataclass
class Channel:
    """A channel, or (with `person` set) the direct messages between the bot and one person."""

    id: str
    name: str
    is_private: bool = True
    is_archived: bool = False
    members: set[str] = field(default_factory=set)
    for_everybody: bool = True
    person: str = ""
    is_ext_shared: bool = False

    def public(self) -> Json:
        """The channel as conversations.info shows it."""
        if self.person:
            return {"id": self.id, "is_im": True, "user": self.person, "is_archived": self.is_archived}
        return {
            "id": self.id,
            "name": self.name,
            "name_normalized": self.name,
            "is_channel": not self.is_private,
            "is_group": self.is_private,
            "is_im": False,
            "is_mpim": False,
            "is_private": self.is_private,
            "is_archived": self.is_archived,
            "is_shared": self.is_ext_shared,
            "is_ext_shared": self.is_ext_shared,
            "is_org_shared": False,
            "is_pending_ext_shared": False,
            "is_member": BOT_USER_ID in self.members,
            "num_members": len(self.members),
        }


@dataclass
class Message:
    """One message as it stands now; `revisions` holds how it stood before each edit, `replies` what is under it.

    `is_broadcast`: a reply that stands in the channel too.
    """

    channel: str
    ts: str
    text: str
    blocks: list[Json]
    user: str = BOT_USER_ID
    metadata: Json | None = None
    thread_ts: str = ""
    seen_by: str = ""
    edited_ts: str = ""
    revisions: list[Json] = field(default_factory=list)
    replies: list[str] = field(default_factory=list)
    is_broadcast: bool = False

    def public(self, *, with_metadata: bool = True) -> Json:
        """The message as conversations.history shows it."""
        shown: Json = {"type": "message", "user": self.user, "ts": self.ts, "text": self.text, "team": TEAM_ID}
        if self.user == BOT_USER_ID:
            shown |= {"bot_id": BOT_ID, "app_id": APP_ID}
        if self.blocks:
            shown["blocks"] = copy.deepcopy(self.blocks)
        if self.thread_ts:
            shown["thread_ts"] = self.thread_ts
        if self.replies:
            shown |= {"reply_count": len(self.replies), "latest_reply": self.replies[-1]}
        if self.is_broadcast:
            shown["subtype"] = "thread_broadcast"
        if self.edited_ts:
            shown["edited"] = {"user": self.user, "ts": self.edited_ts}
        if self.metadata and with_metadata:
            shown["metadata"] = copy.deepcopy(self.metadata)
        return shown


@dataclass
class View:
    """A modal or a home tab: what Slack would show, to whom, and whether it is still open."""

    body: Json
    owner: str
    is_open: bool = True


@dataclass
class Ticket:
    """A trigger_id: good once, and for a few seconds."""

    user: str
    expires: float
    used: bool = False


class World:
    """Everything in the workspace. Change it inside `changing()`; `version` counts the changes."""

    def __init__(self, *, clock: Callable[[], float] = time.time, trigger_seconds: float = 3.0) -> None:
        self.condition = threading.Condition(threading.RLock())
        self.version = 0
        self.base_url = ""
        self.people: dict[str, Person] = {}
        self.channels: dict[str, Channel] = {}
        self.messages: list[Message] = []
        self.views: dict[str, View] = {}
        self.homes: dict[str, View] = {}
        self.triggers: dict[str, Ticket] = {}
        self.limit_posts = False
        self.last_post: dict[str, float] = {}
        self._clock = clock
        self._trigger_seconds = trigger_seconds
        self._numbers = 0
        self._last_ts = 0
        self.add_person(BOT_USER_ID, "Tocsin", is_bot=True)

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Hold the lock, count the change and wake whoever waits for one."""
        with self.condition:
            yield
            self.version += 1
            self.condition.notify_all()

    def number(self, prefix: str) -> str:
        """A fresh identifier that looks like one of Slack's."""
        with self.condition:
            self._numbers += 1
            return f"{prefix}0{self._numbers:09d}"

    def next_ts(self) -> str:
        """A message's timestamp, which is also its name: seconds by the clock given, never twice the same."""
        with self.condition:
            self._last_ts = max(int(self._clock() * 1_000_000), self._last_ts + 1)
            return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def add_person(self, person_id: str, name: str, *, is_bot: bool = False) -> Person:
        """Enrol a person, and put them in every channel there is."""
        person = Person(person_id, name.lower().replace(" ", "."), name, is_bot)
        with self.changing():
            self.people[person_id] = person
            for channel in self.channels.values():
                if channel.for_everybody and not channel.person:
                    channel.members.add(person_id)
        return person

    def direct_messages(self, person_id: str) -> Channel:
        """The direct messages with this person, opened if need be."""
        with self.condition:
            for channel in self.channels.values():
                if channel.person == person_id:
                    return channel
            members = {person_id, BOT_USER_ID}
            opened = Channel(self.number("D"), "", members=members, person=person_id)
            self.channels[opened.id] = opened
            return opened

    def trigger(self, user: str) -> str:
        """A trigger_id for what this person has just done."""
        trigger_id = f"{self.number('')}.{TEAM_ID[1:]}.{user.lower()}"
        self.triggers[trigger_id] = Ticket(user, time.monotonic() + self._trigger_seconds)
        return trigger_id

    def find_message(self, channel: str, ts: str) -> Message | None:
        """The message with this name, if it is still there."""
        return next((one for one in self.messages if one.channel == channel and one.ts == ts), None)
