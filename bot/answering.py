"""How a press is answered: acknowledged to Slack once it is written down, then a line or a form for the presser."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from slack_bolt import Ack
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

from bot.modals import View
from bot.window import Press
from models.rules.errors import TocsinError

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
            said = do()
        except TocsinError as refused:
            said = str(refused)
        self.ack()
        self._tell(said)

    def show(self, make: Callable[[], View]) -> None:
        """Make a form, acknowledge, and open it."""
        try:
            view = make()
        except TocsinError as refused:
            self.ack()
            self._tell(str(refused))
            return
        self.ack()
        try:
            self.client.views_open(trigger_id=self.press.trigger_id, view=view)
        except (SlackClientError, OSError) as failed:
            log.warning("form not opened", extra={"action": self.press.action, "error": type(failed).__name__})
            self._tell("Slack did not open it. Please press the button again.")

    def take(self, field: str, do: Callable[[], str]) -> None:
        """Do what a form asks and acknowledge it; a refusal stands at that field, and the form stays open."""
        try:
            said = do()
        except TocsinError as refused:
            self.ack(response_action="errors", errors={field: str(refused)})
            return
        self.ack()
        self._tell(said)

    def _tell(self, text: str) -> None:
        """Say something that only the presser sees. If Slack does not take it, the card still shows the truth."""
        if not self.press.channel:
            return
        try:
            self.client.chat_postEphemeral(channel=self.press.channel, user=self.press.slack_user, text=text)
        except (SlackClientError, OSError) as failed:
            log.warning("private line not shown", extra={"action": "tell", "error": type(failed).__name__})


def pressed(ack: Ack, body: Body, client: WebClient, do: Callable[[Press], str]) -> None:
    """A button that asks nothing more: do what it says, and tell the presser."""
    press = Press.from_action(body)
    Asked(ack, client, press).answer(lambda: do(press))
