"""What Slack says of the channels we post in: asked once, believed for some minutes, and then asked again."""

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from jobs.transports.answers import Technical
from jobs.transports.slack_faults import not_found, technical

BELIEVED_SECONDS = 240.0
_AT_ONCE = 200
_DIRECT = re.compile(r"D[A-Z0-9]{8,}")
_AN_ID = re.compile(r"[CG][A-Z0-9]{8,}")
_A_PERSON = re.compile(r"[UW][A-Z0-9]{2,}")


@dataclass(frozen=True)
class Room:
    """A channel, or (``is_direct``) the direct messages with one person, as Slack shows it."""

    id: str
    name: str = ""
    is_private: bool = False
    is_shared: bool = False
    is_archived: bool = False
    is_member: bool = False
    is_direct: bool = False

    @classmethod
    def of(cls, shown: dict[str, Any]) -> "Room":
        """Read from conversations.info or conversations.list. Shared counts from the invitation on."""
        shared = ("is_shared", "is_ext_shared", "is_org_shared", "is_pending_ext_shared")
        return cls(
            id=str(shown["id"]),
            name=str(shown.get("name", "")),
            is_private=bool(shown.get("is_private")),
            is_shared=any(shown.get(each) for each in shared),
            is_archived=bool(shown.get("is_archived")),
            is_member=bool(shown.get("is_member")),
            is_direct=bool(shown.get("is_im")),
        )

    def fault(self, *, must_be_private: bool) -> str:
        """Why nothing may be posted here, as ``slack_faults`` names it; "" when it may."""
        if self.is_direct:
            return ""
        if self.is_archived:
            return "is_archived"
        if must_be_private and not self.is_private:
            return "is_public"
        if must_be_private and self.is_shared:
            return "is_shared"
        return "" if self.is_member else "not_in_channel"


class Channels:
    """Finds channels by id, by a name that was known before, or by name."""

    def __init__(self, client: WebClient, *, seconds: Callable[[], float] = time.monotonic) -> None:
        self._client, self._seconds = client, seconds
        self._seen: dict[str, tuple[float, Room | Technical]] = {}

    def find(self, target: str, known_id: str = "", *, must_be_private: bool = False) -> Room:
        """The channel that is meant, when a message may be posted there.

        ``target`` is an id, a name, or a person's id; ``known_id`` the id under which it was found before. Raises
        Technical with the fault, and SlackApiError.
        """
        room = self._believed(target, known_id)
        if isinstance(room, Technical):
            raise room
        if wrong := technical(room.fault(must_be_private=must_be_private), target):
            raise wrong
        return room

    def is_unfit(self, channel: str, *, must_be_private: bool = False) -> bool:
        """Whether nothing may be shown in the channel of that id, or nothing can be."""
        try:
            self.find(channel, must_be_private=must_be_private)
        except Technical:
            return True
        return False

    def forget(self) -> None:
        """Slack has just said otherwise: ask anew."""
        self._seen.clear()

    def _believed(self, target: str, known_id: str) -> Room | Technical:
        now = self._seconds()
        asked_at, room = self._seen.get(target, (now - BELIEVED_SECONDS, None))
        if room is None or now - asked_at >= BELIEVED_SECONDS:
            room = self._look(target, known_id)
            self._seen[target] = (now, room)
        return room

    def _look(self, target: str, known_id: str) -> Room | Technical:
        try:
            if is_a_person(target):
                return Room(str(self._client.conversations_open(users=target)["channel"]["id"]), is_direct=True)
            if _DIRECT.fullmatch(target):  # nothing is wrong with one, and to ask would take a scope more
                return Room(target, is_direct=True)
            found = self._by_id(target) if _AN_ID.fullmatch(target) else self._by_name(target.lstrip("#"), known_id)
        except SlackApiError as refused:
            if wrong := technical(str(refused.response.get("error", "")), target):
                return wrong
            raise
        return found or not_found(target)

    def _by_name(self, name: str, known_id: str) -> Room | None:
        """By the id it had, which stays when it is renamed; by its name when that one is gone or put away."""
        known = self._by_id(known_id) if _AN_ID.fullmatch(known_id) else None
        if known is not None and not known.is_archived:
            return known
        named = [room for room in self.every() if room.name == name]
        return next((room for room in named if not room.is_archived), None) or known or next(iter(named), None)

    def _by_id(self, channel: str) -> Room | None:
        try:
            return Room.of(self._client.conversations_info(channel=channel)["channel"])
        except SlackApiError as refused:
            if refused.response.get("error") != "channel_not_found":
                raise
        return None

    def every(self) -> Iterator[Room]:
        """Every channel the bot may know of; private ones only with the bot in them."""
        cursor = ""
        while True:
            page = self._client.conversations_list(
                types="public_channel,private_channel", limit=_AT_ONCE, cursor=cursor, exclude_archived=False
            )
            yield from map(Room.of, page.get("channels", []))
            cursor = str((page.get("response_metadata") or {}).get("next_cursor") or "")
            if not cursor:
                return


def is_a_person(target: str) -> bool:
    """Whether a target of the settings is somebody's id in Slack, and not a channel."""
    return _A_PERSON.fullmatch(target) is not None
