"""Works on what Slack sent: at once by a few threads, and later by the timetable what a process that died had begun."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

from slack_sdk import WebClient

from bot.app import slack_client
from bot.receiving import Ready, work
from bot.window import Window
from jobs.parts import Parts
from jobs.running import attempt
from jobs.taking_in import window_of
from models.db import reading, writing
from models.keeping_envelopes import Kept, claim, forget, is_left

_AT_ONCE = 4
"""Envelopes that are worked on at the same time: most of the time goes into waiting for Slack and the disk."""


class Workers:
    """The threads that work on envelopes as they come."""

    def __init__(self, window: Window, client: WebClient) -> None:
        self._window, self._client = window, client
        self._pool = ThreadPoolExecutor(_AT_ONCE, "envelope")

    def take(self, kept: Kept, ready: Ready) -> None:
        """Work on this one as soon as a thread is free; one that fails is taken up by the timetable."""
        self._pool.submit(attempt, f"work on {kept.name}", partial(work, self._window, self._client, kept, ready))

    def close(self) -> None:
        """Begin nothing more: what is left is taken up later."""
        self._pool.shutdown(wait=False, cancel_futures=True)


def work_left(parts: Parts) -> bool:
    """Work on one that was begun and not finished. False: there is none."""
    now = parts.clock.now()
    with reading(parts.engine) as session:  # which takes the one place to write from nobody
        if not is_left(session, now=now):
            return False
    with writing(parts.engine) as session:
        kept = claim(session, now=now, lease=timedelta(seconds=parts.settings.jobs.lease_seconds))
    if kept is not None:
        attempt(f"work on {kept.name}", partial(work, window_of(parts), slack_client(parts.settings), kept))
    return kept is not None


def forget_envelopes(parts: Parts) -> bool:
    """Delete what was done long ago. False: nothing is left for this sweep."""
    with writing(parts.engine) as session:
        forget(session, before=parts.clock.now() - timedelta(days=parts.settings.slack.keep_envelopes_days))
    return False
