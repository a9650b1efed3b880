"""Messages to Slack: posted once, found again after a doubt, redrawn in place."""

import re
from datetime import timedelta
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from jobs.transports.answers import Delivered, Drawn, Permanent, Place, Technical, Temporary
from models.outbox import Parcel

OUR_SET_UP = frozenset(
    {
        "account_inactive",
        "channel_not_found",
        "invalid_auth",
        "is_archived",
        "missing_scope",
        "not_authed",
        "not_in_channel",
        "token_expired",
        "token_revoked",
        "user_not_found",
    }
)
"""Slack's errors that somebody must mend in the workspace or the settings; the message itself is fine."""

_PASSING = frozenset({"ratelimited", "internal_error", "fatal_error", "service_unavailable", "request_timeout"})
_GONE = frozenset({"message_not_found", "cant_update_message"})
_EVENT = "tocsin_message"
_LOOK_BACK = 200
_A_CHANNEL = re.compile(r"[CG][A-Z0-9]{8,}")
_A_PERSON = re.compile(r"[UW][A-Z0-9]{2,}")


class SlackTransport:
    """Posts and redraws through the Web API."""

    def __init__(self, client: WebClient) -> None:
        self._client = client

    def send(self, parcel: Parcel, drawn: Drawn | None) -> Delivered:
        """Deliver one drawn message. None was drawn: a newer one has been shown already."""
        if drawn is None:
            return Delivered("nothing left to show")
        try:
            place = self._show(drawn, may_have_arrived=parcel.attempts > 1)
            if drawn.left is not None:
                self._replace(drawn.left, drawn)
        except SlackApiError as refused:
            raise _judged(refused) from None
        except (SlackClientError, OSError) as failed:
            raise Temporary(f"Slack cannot be reached ({type(failed).__name__}).") from None
        return Delivered(place.ts, place)

    def _show(self, drawn: Drawn, *, may_have_arrived: bool) -> Place:
        if drawn.stands_at is not None:
            try:
                self._client.chat_update(
                    channel=drawn.stands_at.channel, ts=drawn.stands_at.ts, text=drawn.text, blocks=drawn.blocks
                )
            except SlackApiError as refused:
                if refused.response.get("error") not in _GONE:
                    raise
            else:
                return drawn.stands_at
        if may_have_arrived and (found := self._find(drawn)) is not None:
            return found
        posted = self._client.chat_postMessage(
            channel=drawn.target,
            text=drawn.text,
            blocks=drawn.blocks,
            metadata=_metadata(drawn.subject),
            unfurl_links=False,
            unfurl_media=False,
        )
        return Place(str(posted["channel"]), str(posted["ts"]))

    def _find(self, drawn: Drawn) -> Place | None:
        """The message an earlier, interrupted try may have posted."""
        channel = self._channel_id(drawn.target)
        if channel is None:
            return None
        history = self._client.conversations_history(channel=channel, limit=_LOOK_BACK, include_all_metadata=True)
        messages: list[dict[str, Any]] = history.get("messages", [])
        for message in messages:
            if message.get("metadata", {}).get("event_payload") == {"subject": drawn.subject}:
                place = Place(channel, str(message["ts"]))
                self._client.chat_update(channel=channel, ts=place.ts, text=drawn.text, blocks=drawn.blocks)
                return place
        return None

    def _channel_id(self, target: str) -> str | None:
        if _A_PERSON.fullmatch(target):
            return str(self._client.conversations_open(users=target)["channel"]["id"])
        if _A_CHANNEL.fullmatch(target):
            return target
        cursor = ""
        while True:
            page = self._client.conversations_list(
                types="public_channel,private_channel", limit=_LOOK_BACK, cursor=cursor, exclude_archived=True
            )
            channels: list[dict[str, Any]] = page.get("channels", [])
            for channel in channels:
                if target.lstrip("#") in {channel["id"], channel["name"]}:
                    return str(channel["id"])
            cursor = str((page.get("response_metadata") or {}).get("next_cursor") or "")
            if not cursor:
                return None

    def _replace(self, left: Place, drawn: Drawn) -> None:
        try:
            self._client.chat_update(channel=left.channel, ts=left.ts, text=drawn.text, blocks=drawn.leave_behind)
        except SlackApiError as refused:
            if refused.response.get("error") not in _GONE:
                raise


def _metadata(subject: str) -> dict[str, Any]:
    return {"event_type": _EVENT, "event_payload": {"subject": subject}}


def _judged(refused: SlackApiError) -> Exception:
    error = str(refused.response.get("error", "")) or f"HTTP {refused.response.status_code}"
    if error in _PASSING or refused.response.status_code == 429 or refused.response.status_code >= 500:
        wait = refused.response.headers.get("Retry-After") or refused.response.headers.get("retry-after")
        return Temporary(f"Slack asks to wait ({error}).", after=timedelta(seconds=float(wait)) if wait else None)
    if error in OUR_SET_UP:
        return Technical(f"Slack refuses: {error}. “tocsin doctor” says what to mend.")
    return Permanent(f"Slack refuses the message: {error}.")
