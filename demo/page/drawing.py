"""Draws the page and its parts from templates; every text in them is escaped by Jinja or by mrkdwn()."""

from datetime import datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from demo.page.mrkdwn import mrkdwn, plain
from demo.page.slack_side import LONDON, SlackSide
from demo.slack.elements import groups_of, options_of
from demo.slack.world import Json

HERE = Path(__file__).parent


def long_date(at: datetime) -> str:
    """Wednesday 14 October 2026."""
    at = at.astimezone(LONDON)
    return f"{at:%A} {at.day} {at:%B %Y}"


def short_date(at: datetime) -> str:
    """Wed 14 Oct 2026."""
    at = at.astimezone(LONDON)
    return f"{at:%a} {at.day} {at:%b %Y}"


def clock_time(at: datetime) -> str:
    """09:00."""
    return f"{at.astimezone(LONDON):%H:%M}"


class Drawing:
    """The templates, with the words they use."""

    def __init__(self, side: SlackSide) -> None:
        self._side = side
        self._templates = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters |= {
            "slack_text": self.slack_text,
            "plain": plain,
            "mrkdwn": lambda text: mrkdwn(text, side.name_of),
            "long_date": long_date,
            "short_date": short_date,
            "clock_time": clock_time,
            "groups_of": groups_of,
            "options_of": options_of,
        }

    def slack_text(self, text: Json) -> Markup:
        """A text object of either kind."""
        if text["type"] == "mrkdwn":
            return mrkdwn(text["text"], self._side.name_of)
        return Markup("<br>").join(plain(text["text"]).split("\n"))

    def draw(self, template: str, **words: Any) -> str:
        """One template, filled."""
        return self._templates.get_template(template).render(**words)
