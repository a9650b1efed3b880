"""The Home tab: drawn when it is opened, when a filter is chosen, and when its owner asks."""

import logging

from slack_bolt import Ack
from slack_sdk import WebClient
from sqlmodel import Session

from bot.answering import Asked, Body
from bot.case_view import case_view
from bot.home import case_sheet, home_tab
from bot.home_view import Asking, Shown, home_view
from bot.modals import View
from bot.out_of_reach import OUT_OF_REACH
from bot.skeletons import opens_form
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


def home_opened(window: Window, _ack: Ack, body: Body, client: WebClient) -> None:
    """Somebody opened the tab."""
    if body["event"].get("tab") == "home":
        publish(window, client, body["event"]["user"], Shown.ALL)


def home_shown(window: Window, _ack: Ack, body: Body, client: WebClient) -> None:
    """Another filter was chosen."""
    publish(window, client, body["user"]["id"], Shown(body["actions"][0]["selected_option"]["value"]))


def home_refresh(window: Window, _ack: Ack, body: Body, client: WebClient) -> None:
    """The Refresh button."""
    publish(window, client, body["user"]["id"], _shown_in(body))


@opens_form
def open_case(window: Window, ack: Ack, body: Body, client: WebClient) -> None:
    """The Open button of a row: the case's card as a form that only this officer sees."""
    press = Press.from_action(body)

    def make(session: Session, case: Case, _by: Officer) -> View:
        return case_sheet(case_view(session, case, settings=window.settings, now=window.clock.now()))

    Asked(ack, client, press).show(lambda: act(window, press, make))


def publish(window: Window, client: WebClient, slack_user: str, shown: Shown, *, note: str = "") -> None:
    """Draw somebody's tab as the record now is; ``note`` says what their last press did."""
    with reading(window.engine) as session:
        officer = officer_by_slack(session, slack_user)
        now = window.clock.now()
        asked = Asking(shown, note)
        view = home_tab(home_view(session, officer, asked, settings=window.settings, now=now)) if officer else _STRANGER
    try:
        client.views_publish(user_id=slack_user, view=view)
    except OUT_OF_REACH as failed:
        log.warning("home not drawn", extra={"action": "home", "error": type(failed).__name__})


def _shown_in(body: Body) -> Shown:
    """The filter that stands in the tab it was pressed in."""
    chosen = body.get("view", {}).get("state", {}).get("values", {}).get("home", {}).get("home_shown", {})
    return Shown((chosen.get("selected_option") or {}).get("value", Shown.ALL))


ACTIONS = {"home_shown": home_shown, "home_refresh": home_refresh, "open_case": open_case}
EVENTS = {"app_home_opened": home_opened}
