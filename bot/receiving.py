"""What Slack sends is kept, acknowledged, and only then worked on; a form that was sent is worked on at once.

Keeping is one insert under a unique key, so the same sent again is acknowledged and nothing comes of it. What was kept
is worked on by whoever it is handed to, and should that process die, by jobs/work_envelopes.py.
"""

import hashlib
import json
import logging
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any

from slack_bolt import Ack, BoltResponse
from slack_sdk import WebClient
from slack_sdk.webhook import WebhookClient

from bot.answering import Body
from bot.keeping import Keeper
from bot.listeners import ACTIONS, COMMANDS, EVENTS, SHORTCUTS, VIEWS, Listener
from bot.modals import said
from bot.out_of_reach import OUT_OF_REACH
from bot.skeletons import fill, open_skeleton, opens
from bot.window import DoneBefore, Window
from models.db import reading, writing
from models.keeping_envelopes import FORM, Kept, is_settled, settle

log = logging.getLogger("tocsin.bot")

LISTENERS: Mapping[str, Mapping[str, Listener]] = {
    "action": ACTIONS,
    FORM: VIEWS,
    "event": EVENTS,
    "command": COMMANDS,
    "shortcut": SHORTCUTS,
}
"""Every listener there is, by the kind of what is sent and its name."""

_AT_ONCE = 8
"""Forms that are opened, and forms that are taken, at the same time."""

_FORM_SECONDS = 2.8
"""Slack waits three for the acknowledgement of a form; then it says so, and the form stays as it was filled in."""

Ready = Callable[[], None]
"""Waits until what was kept may be worked on: its form is open, and others have been acknowledged."""

HandOver = Callable[[Kept, Ready], None]


class TooSlow(Exception):  # noqa: N818 -- a fact about what was sent, not a mistake
    """A form was not done while Slack waited; sent again, it is not done twice."""


class Receiver:
    """Takes what Slack sends. ``hand_over`` is given what was kept, to be worked on once it is ready."""

    def __init__(self, window: Window, client: WebClient, hand_over: HandOver) -> None:
        self._window, self._client, self._hand_over = window, client, hand_over
        self._keeper = Keeper(window)
        self._opening = ThreadPoolExecutor(_AT_ONCE, "open-form")
        self._forms = ThreadPoolExecutor(_AT_ONCE, "take-form")

    def receive(self, kind: str, name: str, body: Body) -> None:
        """Keep one envelope and hand it over; what came before is left to whoever has it."""
        kept, opening = Kept(key_of(kind, name, body), kind, name, body), self._open(kind, name, body)
        try:
            is_new = self._keeper.keep(kept)
        except BaseException:
            if opening:
                opening.add_done_callback(lambda _: fill(self._client, body["trigger_id"], said(_NOT_KEPT)))
            raise
        if is_new:
            self._hand_over(kept, partial(self._be_ready, opening))

    def take_form(self, name: str, body: Body) -> BoltResponse:
        """Do what a form asks and return the acknowledgement. Raises TooSlow, and whatever nobody foresaw."""
        kept, reply = Kept(key_of(FORM, name, body), FORM, name, body), _Reply()
        working = self._forms.submit(_answer_form, self._window, self._client, kept, reply)
        working.add_done_callback(lambda _: reply.given.set())
        reply.given.wait(_FORM_SECONDS)
        if reply.response is None and working.done():
            working.result()
        working.add_done_callback(_tell_what_failed)  # from here on nobody waits who could be told
        if reply.response is None:
            raise TooSlow
        return reply.response

    def close(self) -> None:
        """Take nothing more. What is kept and not begun is taken up later."""
        for pool in (self._opening, self._forms):
            pool.shutdown(wait=False, cancel_futures=True)

    def _be_ready(self, opening: Future[None] | None) -> None:
        if opening:
            with suppress(CancelledError):  # the program ends; waiting with ``wait`` would not hear of it
                opening.exception()
        self._keeper.let_pass()

    def _open(self, kind: str, name: str, body: Body) -> Future[None] | None:
        if not opens(LISTENERS[kind][name], body):
            return None
        return self._opening.submit(open_skeleton, self._client, body)


def work(window: Window, client: WebClient, kept: Kept, ready: Ready = lambda: None) -> None:
    """Do what an envelope asks, once, and note that it is done."""
    ready()
    listener = LISTENERS[kept.kind][kept.name]
    reply = Ack()  # type: ignore[no-untyped-call]  # slack_bolt left this one without types
    try:
        with suppress(DoneBefore):
            listener(replace(window, kept=kept), reply, kept.payload, client)
    except BaseException:
        if opens(listener, kept.payload):
            fill(client, kept.payload["trigger_id"], said(_NOT_YET))
        raise
    _tell_answer(kept, reply, timeout=int(window.settings.slack.timeout_seconds))
    with reading(window.engine) as session:
        is_done = is_settled(session, kept.key)
    if not is_done:
        with writing(window.engine) as session:
            settle(session, kept, now=window.clock.now())


def key_of(kind: str, name: str, body: Body) -> str:
    """What Slack knows an envelope by: an event's id, a press's trigger; of a form the view and what is filled in.

    A form that is sent again as it stands, because the answer was lost, is the same form.
    """
    if kind == "event":
        return f"event {body['event_id']}"
    if kind == FORM:
        view = body["view"]
        filled = hashlib.sha256(json.dumps(view["state"], sort_keys=True).encode()).hexdigest()
        return f"view {view['id']} {view.get('hash', '')} {filled[:32]}"
    pressed = body["actions"][0] if kind == "action" else body
    return f"{kind} {name} {body['trigger_id']} {pressed.get('action_ts', '')}".strip()


_NOT_YET = (
    "That did not work. Tocsin tries again by itself for a few minutes, and this window may stay open; if nothing has "
    "changed in ten minutes, press the button again."
)
_NOT_KEPT = "Tocsin could not take that down just now. Please press the button again in a minute."


class _Reply(Ack):
    """An acknowledgement that tells whoever waits for it that it was given."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # the same
        self.given = threading.Event()

    def __call__(self, *args: Any, **how: Any) -> BoltResponse:
        response = super().__call__(*args, **how)
        self.given.set()
        return response


def _tell_what_failed(working: Future[None]) -> None:
    if not working.cancelled() and (failed := working.exception()):
        log.error("form failed when nobody waited", extra={"action": FORM, "error": type(failed).__name__})


def _answer_form(window: Window, client: WebClient, kept: Kept, reply: _Reply) -> None:
    try:
        LISTENERS[FORM][kept.name](replace(window, kept=kept), reply, kept.payload, client)
    except DoneBefore:
        reply()


def _tell_answer(kept: Kept, reply: Ack, *, timeout: int) -> None:
    """A command's answer in words goes where Slack said it may; its acknowledgement is long gone."""
    text = reply.response.body if reply.response else ""
    if not text or "response_url" not in kept.payload:
        return
    try:
        WebhookClient(kept.payload["response_url"], timeout=timeout).send(text=text)
    except OUT_OF_REACH as failed:
        log.warning("answer not shown", extra={"action": kept.name, "error": type(failed).__name__})
