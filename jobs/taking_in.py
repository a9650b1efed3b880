"""Joins the officers' window to the intake: what an officer takes down becomes a message like any other."""

from collections.abc import Callable
from hashlib import sha256
from uuid import uuid4

from bot.window import TakenDown, Window
from intake.taking_down import TakingDown
from intake.web.form import Form
from jobs.parts import Parts


def window_of(parts: Parts) -> Window:
    """The officers' window of a program."""
    return Window(parts.engine, parts.settings, parts.clock, _take_in_of(parts))


def _take_in_of(parts: Parts) -> Callable[[TakenDown], str]:
    take_down = TakingDown(parts.engine, parts.settings, parts.clock)

    def take_in(taken: TakenDown) -> str:
        answers = taken._asdict()
        by, sent = answers.pop("by"), answers.pop("once")
        told = {"told_before": "yes"} if taken.told_details else {}
        once = sha256(sent.encode()).hexdigest() if sent else uuid4().hex
        return take_down(Form(**answers, **told, once=once), by=by)

    return take_in
