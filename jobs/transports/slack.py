"""Messages to Slack: posted once, found again after a doubt, redrawn in place."""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.out_of_reach import OUT_OF_REACH
from jobs.transports.answers import Delivered, Drawn, Permanent, Place, Technical, Temporary
from jobs.transports.slack_channels import Channels, Room
from jobs.transports.slack_faults import RENAMED, technical
from jobs.transports.slack_threads import CardGone, is_under, replies_under
from models.outbox import Parcel

_MOVING = frozenset({"org_login_required", "team_added_to_org"})
"""While a workspace is moved into an organisation."""
_TOO_MUCH = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded"})
_PASSING = _MOVING | _TOO_MUCH | {"internal_error", "fatal_error", "service_unavailable", "request_timeout"}
_A_WORD_OF_SLACKS = re.compile(r"[a-z][a-z0-9_]*")
_GONE = frozenset({"message_not_found", "cant_update_message"})
_EVENT = "tocsin_message"
_LOOK_BACK = 200
_NOWHERE = frozenset({"is_archived", "channel_not_found", "not_in_channel"})
"""What stood in a channel that is lost to us stands nowhere."""


class SlackTransport:
    """Posts, redraws and takes away through the Web API; where nothing may be posted, nothing is."""

    def __init__(self, client: WebClient, channels: Channels | None = None) -> None:
        self._client = client
        self._channels = channels or Channels(client)

    def send(self, parcel: Parcel, drawn: Drawn | None) -> Delivered:
        """Deliver one drawn message. None was drawn: a newer one has been shown already."""
        if drawn is None:
            return Delivered("nothing left to show")
        try:
            room = self._channels.find(drawn.target, drawn.known_id, must_be_private=drawn.must_be_private)
            if drawn.under is not None and drawn.under.channel != room.id:
                self._channels.find(drawn.under.channel, must_be_private=drawn.must_be_private)
            place = self._show(drawn, room, may_have_arrived=parcel.attempts > 1)
            if drawn.left is not None:
                self._replace(drawn.left, drawn)
            for channel in drawn.elsewhere:
                self._clear(channel, drawn)
        except CardGone:
            return Delivered("the card it belongs under is gone")
        except SlackApiError as refused:
            if drawn.under is not None and refused.response.get("error") == "thread_not_found":
                return Delivered("the card it belongs under is gone")
            raise self._judged(refused, drawn.target) from None
        except OUT_OF_REACH as failed:
            raise _out_of_reach(failed) from None
        return Delivered(place.ts, place, notice=_renamed(drawn, room))

    def remove(self, place: Place) -> None:
        """Take a message away; one that is gone already counts as taken away. Raises as ``send`` does."""
        try:
            self._channels.find(place.channel)
            self._client.chat_delete(channel=place.channel, ts=place.ts)
        except SlackApiError as refused:
            if refused.response.get("error") not in _GONE:
                raise self._judged(refused, place.channel) from None
        except OUT_OF_REACH as failed:
            raise _out_of_reach(failed) from None

    def _show(self, drawn: Drawn, room: Room, *, may_have_arrived: bool) -> Place:
        if drawn.stands_at is not None and self._redraw(drawn, drawn.stands_at, room):
            return drawn.stands_at
        if may_have_arrived and (found := self._find(drawn, room)) is not None:
            return found
        posted = self._client.chat_postMessage(
            channel=drawn.under.channel if drawn.under else room.id,
            thread_ts=drawn.under.ts if drawn.under else None,
            text=drawn.text,
            blocks=drawn.blocks,
            metadata=_metadata(drawn.subject),
            unfurl_links=False,
            unfurl_media=False,
        )
        place = Place(str(posted["channel"]), str(posted["ts"]))
        if drawn.under is not None and not is_under(posted, drawn.under):
            self._client.chat_delete(channel=place.channel, ts=place.ts)
            raise CardGone
        return place

    def _redraw(self, drawn: Drawn, place: Place, room: Room) -> bool:
        """Draw it where it stands. False: it stands there no longer, or in a channel that is lost to us."""
        if place.channel != room.id and self._channels.is_unfit(place.channel, must_be_private=drawn.must_be_private):
            return False
        try:
            self._client.chat_update(channel=place.channel, ts=place.ts, text=drawn.text, blocks=drawn.blocks)
        except SlackApiError as refused:
            if refused.response.get("error") not in _GONE:
                raise
            return False
        return True

    def _find(self, drawn: Drawn, room: Room) -> Place | None:
        """The message an earlier, interrupted try may have posted."""
        channel = drawn.under.channel if drawn.under else room.id
        for message in self._around(drawn, channel):
            if _is_it(message, drawn):
                place = Place(channel, str(message["ts"]))
                self._client.chat_update(channel=channel, ts=place.ts, text=drawn.text, blocks=drawn.blocks)
                return place
        return None

    def _around(self, drawn: Drawn, channel: str) -> list[dict[str, Any]]:
        """The messages where it may stand: the newest in the channel, or the whole thread."""
        if drawn.under is not None:
            return replies_under(self._client, drawn.under)
        found = self._client.conversations_history(channel=channel, limit=_LOOK_BACK, include_all_metadata=True)
        messages: list[dict[str, Any]] = found.get("messages", [])
        return messages

    def _clear(self, channel: str, drawn: Drawn) -> None:
        """What an interrupted try posted to a channel that it no longer belongs in says where it is now."""
        try:
            room = self._channels.find(channel)
        except Technical:  # what stood in a channel that is lost to us stands nowhere
            return
        for message in self._around(drawn, room.id):
            if _is_it(message, drawn):
                self._replace(Place(room.id, str(message["ts"])), drawn)
                return

    def _replace(self, left: Place, drawn: Drawn) -> None:
        try:
            self._client.chat_update(channel=left.channel, ts=left.ts, text=drawn.text, blocks=drawn.leave_behind)
        except SlackApiError as refused:
            if refused.response.get("error") not in _GONE | _NOWHERE:
                raise

    def _judged(self, refused: SlackApiError, where: str) -> Exception:
        error, status = str(refused.response.get("error", "")), refused.response.status_code
        if not _A_WORD_OF_SLACKS.fullmatch(error):
            error = f"HTTP {status}"
        if error in _PASSING or status == 429 or status >= 500:
            return _put_off(refused.response, error)
        if error.startswith("HTTP"):
            return Temporary(f"Something answers in Slack’s place, such as a proxy ({error}).")
        if wrong := technical(error, where):
            self._channels.forget()
            return wrong
        return Permanent(f"Slack refuses the message: {error}.")


def _put_off(answer: SlackResponse, error: str) -> Temporary:
    wait = str(answer.headers.get("Retry-After") or answer.headers.get("retry-after") or "")
    after = timedelta(seconds=int(wait)) if wait.isdecimal() else None  # a proxy may name a date
    limited = answer.api_url.rpartition("/")[2] if answer.status_code == 429 else ""
    return Temporary(f"Slack asks to wait ({error}).", after=after, limited=limited)


def _out_of_reach(failed: Exception) -> Temporary:
    return Temporary(f"Slack cannot be reached ({type(failed).__name__}).")


def _renamed(drawn: Drawn, room: Room) -> str:
    """What to tell of a channel that goes by another name than in the settings; "" when it does not."""
    name = drawn.target.lstrip("#")
    return " ".join(RENAMED).format(name, room.name) if room.name and name not in {room.name, room.id} else ""


def _is_it(message: Mapping[str, Any], drawn: Drawn) -> bool:
    return bool(message.get("metadata", {}).get("event_payload") == {"subject": drawn.subject})


def _metadata(subject: str) -> dict[str, Any]:
    return {"event_type": _EVENT, "event_payload": {"subject": subject}}
