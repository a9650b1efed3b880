"""The whole timetable on one screen. APScheduler only ticks; what is due is a query."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from jobs.deliver import deliver_email_one, deliver_slack_one
from jobs.parts import Parts
from jobs.process_inbound import process_one
from jobs.remind import remind_some
from jobs.triage import triage_some


@dataclass(frozen=True)
class Job:
    """A job: done one at a time until it says there is no more."""

    name: str
    every: Literal["tick", "sweep"]
    one: Callable[[Parts], bool]


SCHEDULE: tuple[Job, ...] = (
    Job("process inbound", "tick", process_one),
    Job("triage", "tick", triage_some),
    Job("deliver to Slack", "tick", deliver_slack_one),
    Job("deliver email", "tick", deliver_email_one),
    Job("remind", "sweep", remind_some),
)
