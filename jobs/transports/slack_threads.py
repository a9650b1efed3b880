"""Threads in Slack: what stands under a message, and whether a reply went where it was meant to."""

from typing import Any

from slack_sdk import WebClient
from slack_sdk.web import SlackResponse

from jobs.transports.answers import Place

_A_PAGE = 999
"""As many as Slack gives at once."""


class CardGone(Exception):  # noqa: N818 - a fact about the channel, not an error of the program
    """The message to reply to is not there any more. What was to be said waits until its card stands anew."""


def replies_under(client: WebClient, message: Place) -> list[dict[str, Any]]:
    """A message and all its replies; Slack tells the oldest first, so the newest are on the last page."""
    found: list[dict[str, Any]] = []
    cursor = ""
    while True:
        page = client.conversations_replies(
            channel=message.channel, ts=message.ts, limit=_A_PAGE, include_all_metadata=True, cursor=cursor
        )
        found += page.get("messages", [])
        cursor = str((page.get("response_metadata") or {}).get("next_cursor") or "")
        if not cursor:
            return found


def is_under(posted: SlackResponse, message: Place) -> bool:
    """Whether a reply stands under its message.

    Where that was deleted, Slack posts the reply into the channel itself and refuses nothing; only its answer, which
    then names no thread, tells (slack-go/slack issue 1571).
    """
    shown: dict[str, Any] = posted.get("message") or {}
    return bool(shown.get("thread_ts") == message.ts)
