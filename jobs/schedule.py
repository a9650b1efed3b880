"""The whole timetable on one screen. APScheduler only ticks; what is due is a query."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from jobs.announce_absences import announce_absences
from jobs.close_out import close_out_some
from jobs.deliver import deliver_email_one, deliver_slack_one
from jobs.email_nags import email_nags
from jobs.follow_parent import follow_parents
from jobs.morning_digest import morning_digest
from jobs.note_agreement import note_agreement
from jobs.parts import Parts
from jobs.process_inbound import process_some
from jobs.read_receipts import read_receipts_some
from jobs.recompute import recompute_some
from jobs.reconcile import reconcile_daily
from jobs.remind import remind_some
from jobs.remind_duties import remind_duties_some
from jobs.remove_messages import remove_messages
from jobs.scan_attachments import scan_unscanned
from jobs.tell_nags import tell_nags
from jobs.triage import triage_some
from jobs.warn_of_expiry import warn_of_expiry
from jobs.warn_of_held import warn_of_held
from jobs.warn_of_orphans import warn_of_orphans
from jobs.work_envelopes import forget_envelopes, work_left

Part = Literal["intake", "jobs"]
"""The parts that tick. What arrives is made into cases by the part that takes it in, so that on a machine with
two cores (“tocsin run --only intake” beside “--only jobs”) the classifier need not wait for it."""


@dataclass(frozen=True)
class Job:
    """A job of one part of the program: done one at a time until it says there is no more."""

    name: str
    part: Part
    every: Literal["tick", "sweep"]
    one: Callable[[Parts], bool]


SCHEDULE: tuple[Job, ...] = (
    Job("process inbound", "intake", "tick", process_some),
    Job("triage", "jobs", "tick", triage_some),
    Job("follow campaigns", "jobs", "tick", follow_parents),
    Job("work on what Slack sent", "jobs", "tick", work_left),
    Job("deliver to Slack", "jobs", "tick", deliver_slack_one),
    Job("deliver email", "jobs", "tick", deliver_email_one),
    Job("read receipts", "jobs", "sweep", read_receipts_some),
    Job("reckon anew", "jobs", "sweep", recompute_some),
    Job("remind", "jobs", "sweep", remind_some),
    Job("tell nags", "jobs", "sweep", tell_nags),
    Job("remind duties", "jobs", "sweep", remind_duties_some),
    Job("email nags", "jobs", "sweep", email_nags),
    Job("close out", "jobs", "sweep", close_out_some),
    Job("morning digest", "jobs", "sweep", morning_digest),
    Job("announce absences", "jobs", "sweep", announce_absences),
    Job("warn of orphans", "jobs", "sweep", warn_of_orphans),
    Job("scan attachments", "jobs", "sweep", scan_unscanned),
    Job("warn of held", "jobs", "sweep", warn_of_held),
    Job("count the day", "jobs", "sweep", reconcile_daily),
    Job("warn of expiry", "jobs", "sweep", warn_of_expiry),
    Job("note agreement", "jobs", "sweep", note_agreement),
    Job("remove messages", "jobs", "sweep", remove_messages),
    Job("forget what Slack sent", "jobs", "sweep", forget_envelopes),
)
