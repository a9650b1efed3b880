"""The Home tab: drawn when it is opened, when a filter is chosen, and when its owner asks."""

import logging

from slack_bolt import Ack
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError
from sqlmodel import Session

from bot.answering import Asked, Body
from bot.case_view import case_view
from bot.home import case_sheet, home_tab
from bot.home_view import Shown, home_view
from bot.modals import View
from bot.window import Press, Window, act
from models.case import Case
from models.council import officer_by_slack
from models.db import reading
from models.people import Officer

log = logging.getLogger("tocsin.bot")

_STRANGER = {
    "type": "home",
    "blocks": [
        {
            "type": "section",
            "text": {
                "type": "plain_text",
                "text": "You are not on the list of officers. Ask the corporate complaints team to add you.",
            },
        }
    ],
}


def home_opened(window: Window, ack: Ack, body: Body, client: WebClient) -> None:
    """Somebody opened the tab."""
    ack()
    if body["event"].get("tab") == "home":
        _publish(window, client, body["event"]["user"], Shown.ALL)


def home_shown(window: Window, ack: Ack, body: Body, client: WebClient) -> None:
    """Another filter was chosen."""
    ack()
    _publish(window, client, body["user"]["id"], Shown(body["actions"][0]["selected_option"]["value"]))


def home_refresh(window: Window, ack: Ack, body: Body, client: WebClient) -> None:
    """The Refresh button."""
    ack()
    _publish(window, client, body["user"]["id"], Shown.ALL)


def open_case(window: Window, ack: Ack, body: Body, client: WebClient) -> None:
    """The Open button of a row: the case's card as a form that only this officer sees."""
    press = Press.from_action(body)

    def make(session: Session, case: Case, _by: Officer) -> View:
        return case_sheet(case_view(session, case, settings=window.settings, now=window.clock.now()))

    Asked(ack, client, press).show(lambda: act(window, press, make))


def _publish(window: Window, client: WebClient, slack_user: str, shown: Shown) -> None:
    with reading(window.engine) as session:
        officer = officer_by_slack(session, slack_user)
        now = window.clock.now()
        view = home_tab(home_view(session, officer, shown, settings=window.settings, now=now)) if officer else _STRANGER
    try:
        client.views_publish(user_id=slack_user, view=view)
    except (SlackClientError, OSError) as failed:
        log.warning("home not drawn", extra={"action": "home", "error": type(failed).__name__})


ACTIONS = {"home_shown": home_shown, "home_refresh": home_refresh, "open_case": open_case}
EVENTS = {"app_home_opened": home_opened}
