"""Joins the officers' window to the intake: what an officer takes down becomes a message like any other."""

from collections.abc import Callable
from uuid import uuid4

from bot.window import TakenDown
from intake.taking_down import TakingDown
from intake.web.form import Form
from jobs.parts import Parts


def take_in_of(parts: Parts) -> Callable[[TakenDown], str]:
    """What makes a case of what was taken down, and says what became of it."""
    take_down = TakingDown(parts.engine, parts.settings, parts.clock)

    def take_in(taken: TakenDown) -> str:
        answers = taken._asdict()
        by = answers.pop("by")
        told = {"told_before": "yes"} if taken.told_details else {}
        return take_down(Form(**answers, **told, once=uuid4().hex), by=by)

    return take_in
