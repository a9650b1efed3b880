"""How a press is answered: with a line or a form for the presser.

Slack has its acknowledgement already, for the press is kept before it is worked on (bot/receiving.py); a form that
was sent is acknowledged here, because its errors stand in the acknowledgement.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from slack_bolt import Ack
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.inert import inert
from bot.modals import View, plain, said
from bot.out_of_reach import OUT_OF_REACH
from bot.skeletons import Body, fill
from bot.window import Press
from models.rules.errors import GivenWrong, TocsinError

log = logging.getLogger("tocsin.bot")

__all__ = ["Asked", "Below", "Body", "nothing", "pressed"]

_PRESS_AGAIN = "The form is not open any more. Please press the button again."


Below = Sequence[dict[str, Any]]
"""Blocks that stand below what is said, such as a way back from it."""


def nothing() -> Below:
    """What stands below most answers."""
    return ()


@dataclass(frozen=True)
class Asked:
    """One press, and the ways to answer it. What is done may raise TocsinError: its sentence is then the answer.

    ``below`` is asked once it is done: what to show with what is said.
    """

    ack: Ack
    client: WebClient
    press: Press

    def answer(self, do: Callable[[], str], below: Callable[[], Below] = nothing) -> None:
        """Do it, and say what was done or why not."""
        try:
            done = do()
        except TocsinError as refused:
            done = str(refused)
        self._tell(done, below())

    def show(self, make: Callable[[], View]) -> None:
        """Make a form, or the sentence why there is none, in the place of the empty one that is open already."""
        try:
            view = make()
        except TocsinError as refused:
            view = said(str(refused))
        if not fill(self.client, self.press.trigger_id, view):
            self._tell(_PRESS_AGAIN)

    def take(self, field: str, do: Callable[[], str], below: Callable[[], Below] = nothing) -> None:
        """Do what a form asks and acknowledge it; a refusal stands at its field, or this one, in the open form."""
        try:
            done = do()
        except TocsinError as refused:
            where = refused.field if isinstance(refused, GivenWrong) else field
            self.ack(response_action="errors", errors={where: str(refused)})
            return
        self.finish(done, below())

    def finish(self, text: str, below: Below = ()) -> None:
        """Acknowledge a form that was sent: it closes and a line says what was done, or it says so itself."""
        if self.press.channel:
            self.ack()
            self._tell(text, below)
        else:
            self.ack(response_action="update", view=_said(text, below))

    def _tell(self, text: str, below: Below = ()) -> None:
        """Say something that only the presser sees. If Slack does not take it, the card still shows the truth."""
        try:
            try:
                self._show_line(text, below)
            except SlackApiError:  # the form is closed, the trigger dead, or the bot in no such channel
                self.client.chat_postMessage(channel=self.press.slack_user, text=inert(text), blocks=_line(text, below))
        except OUT_OF_REACH as failed:
            log.warning("private line not shown", extra={"action": "tell", "error": type(failed).__name__})

    def _show_line(self, text: str, below: Below) -> None:
        press = self.press
        if press.channel:
            blocks = _line(text, below)
            self.client.chat_postEphemeral(
                channel=press.channel, user=press.slack_user, text=inert(text), blocks=blocks
            )
        elif press.view:
            self.client.views_update(view_id=press.view, view=_said(text, below))
        else:
            self.client.views_open(trigger_id=press.trigger_id, view=_said(text, below))


def _line(text: str, below: Below) -> Below | None:
    """The blocks of a line, where it is more than its text."""
    return [plain(text), *below] if below else None


def _said(text: str, below: Below) -> View:
    view = said(text)
    return view | {"blocks": [*view["blocks"], *below]}


def pressed(ack: Ack, body: Body, client: WebClient, do: Callable[[Press], str]) -> None:
    """A button that asks nothing more: do what it says, and tell the presser."""
    press = Press.from_action(body)
    Asked(ack, client, press).answer(lambda: do(press))
