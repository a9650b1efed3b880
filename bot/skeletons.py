"""Forms open at once, empty, and fill in: what Slack gives a press to open a form by is dead after three seconds."""

import logging
import time
from collections.abc import Callable, Mapping
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.modals import View, said
from bot.out_of_reach import OUT_OF_REACH

log = logging.getLogger("tocsin.bot")

Body = Mapping[str, Any]
Listener = Callable[..., None]

_AGAIN_AFTER_SECONDS = (0.3, 1.0)

_OPENS: dict[Listener, Callable[[Body], bool]] = {}


def opens_form(listener: Listener) -> Listener:
    """Marks a listener that ends in ``Asked.show``: its form is opened before the listener is asked."""
    _OPENS[listener] = lambda _body: True
    return listener


def opens_form_when(is_asked: Callable[[Body], bool]) -> Callable[[Listener], Listener]:
    """The same, for one that shows a form only when this says so of what was sent."""

    def mark(listener: Listener) -> Listener:
        _OPENS[listener] = is_asked
        return listener

    return mark


def opens(listener: Listener, body: Body) -> bool:
    """Whether a form is to be opened for what was sent."""
    is_asked = _OPENS.get(listener)
    return is_asked is not None and is_asked(body)


def open_skeleton(client: WebClient, body: Body) -> None:
    """Open the empty form, over the one it was pressed in; it is known by the press's trigger from then on."""
    over_another = (body.get("view") or {}).get("type") == "modal"
    put = client.views_push if over_another else client.views_open
    trigger = str(body["trigger_id"])
    try:
        put(trigger_id=trigger, view=said("One moment…") | {"external_id": trigger})
    except OUT_OF_REACH as failed:
        log.warning("form not opened", extra={"action": "open form", "error": type(failed).__name__})


def fill(client: WebClient, trigger_id: str, view: View) -> bool:
    """Put the form in the place of the empty one. False: that is not open, or Slack did not take it.

    Somebody sits before it and waits, and to put it there twice does no harm: so it is tried again in a moment.
    """
    for pause in (*_AGAIN_AFTER_SECONDS, 0.0):
        try:
            client.views_update(external_id=trigger_id, view=view)
        except OUT_OF_REACH as failed:
            log.warning("form not filled", extra={"action": "fill form", "error": type(failed).__name__})
            if isinstance(failed, SlackApiError) and failed.response.get("error") == "not_found":
                return False
            time.sleep(pause)
        else:
            return True
    return False
