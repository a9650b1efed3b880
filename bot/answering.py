"""How a press is answered: acknowledged to Slack once it is written down, then a line or a form for the presser."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from slack_bolt import Ack
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

from bot.modals import View, said
from bot.window import Press
from models.rules.errors import GivenWrong, TocsinError

log = logging.getLogger("tocsin.bot")

Body = Mapping[str, Any]


@dataclass(frozen=True)
class Asked:
    """One press, and the ways to answer it. What is done may raise TocsinError: its sentence is then the answer."""

    ack: Ack
    client: WebClient
    press: Press

    def answer(self, do: Callable[[], str]) -> None:
        """Do it, acknowledge, and say what was done or why not."""
        try:
            done = do()
        except TocsinError as refused:
            done = str(refused)
        self.ack()
        self._tell(done)

    def show(self, make: Callable[[], View]) -> None:
        """Make a form, acknowledge, and open it."""
        try:
            view = make()
        except TocsinError as refused:
            self.ack()
            self._tell(str(refused))
            return
        self.ack()
        # over the form it was pressed in, when it was
        put = self.client.views_push if self.press.view else self.client.views_open
        try:
            put(trigger_id=self.press.trigger_id, view=view)
        except (SlackClientError, OSError) as failed:
            log.warning("form not opened", extra={"action": self.press.action, "error": type(failed).__name__})
            self._tell("Slack did not open it. Please press the button again.")

    def take(self, field: str, do: Callable[[], str]) -> None:
        """Do what a form asks and acknowledge it; a refusal stands at its field, or this one, in the open form."""
        try:
            done = do()
        except TocsinError as refused:
            where = refused.field if isinstance(refused, GivenWrong) else field
            self.ack(response_action="errors", errors={where: str(refused)})
            return
        self.finish(done)

    def finish(self, text: str) -> None:
        """Acknowledge a form that was sent: it closes and a line says what was done, or it says so itself."""
        if self.press.channel:
            self.ack()
            self._tell(text)
        else:
            self.ack(response_action="update", view=said(text))

    def _tell(self, text: str) -> None:
        """Say something that only the presser sees. If Slack does not take it, the card still shows the truth."""
        try:
            if self.press.channel:
                self.client.chat_postEphemeral(channel=self.press.channel, user=self.press.slack_user, text=text)
            elif self.press.view:
                self.client.views_update(view_id=self.press.view, view=said(text))
            elif self.press.trigger_id:
                self.client.views_open(trigger_id=self.press.trigger_id, view=said(text))
        except (SlackClientError, OSError) as failed:
            log.warning("private line not shown", extra={"action": "tell", "error": type(failed).__name__})


def pressed(ack: Ack, body: Body, client: WebClient, do: Callable[[Press], str]) -> None:
    """A button that asks nothing more: do what it says, and tell the presser."""
    press = Press.from_action(body)
    Asked(ack, client, press).answer(lambda: do(press))
