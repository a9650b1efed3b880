"""The daily count: what lies in the mailboxes against what is known here, told once a London day."""

from collections.abc import Mapping
from contextlib import closing
from datetime import time
from functools import partial

from intake.boxes import MailboxError
from jobs.parts import Parts
from jobs.running import attempt
from jobs.watch_mailbox import open_box
from models.clock import london_date, london_instant
from models.db import reading, writing
from models.reconciling import Lying, reconcile, report, was_counted
from models.settings import Settings
from models.settings_mail import IntakeSettings, Mailbox

_FROM = time(7, 0)
"""London time from which the day is counted: before people come in."""


def reconcile_daily(parts: Parts) -> bool:
    """Count and report, once a day. Always False: there is never more to do."""
    now = parts.clock.now()
    today = london_date(now)
    if now < london_instant(today, _FROM):
        return False
    with reading(parts.engine) as session:
        if was_counted(session, today):
            return False
    lying = look_into(parts.settings)
    with reading(parts.engine) as session:
        balance = reconcile(session, lying, now=now)
    with writing(parts.engine) as session:
        report(session, balance, settings=parts.settings, now=now)
    return False


def look_into(settings: Settings) -> Mapping[str, Lying]:
    """What lies in each mailbox of the settings; nothing of the database may be open meanwhile."""
    found: dict[str, Lying] = {}
    for mailbox in settings.mailboxes:
        failed = f"Mailbox “{mailbox.name}”: It could not be looked into, and nobody foresaw why; the log says where."
        found[mailbox.name] = Lying(problem=failed)
        attempt("count mailbox", partial(_look, mailbox, settings.intake, found))
    return found


def _look(mailbox: Mailbox, intake: IntakeSettings, found: dict[str, Lying]) -> None:
    try:
        with closing(open_box(mailbox, intake)) as box:
            census = box.census()
    except MailboxError as refused:
        found[mailbox.name] = Lying(problem=str(refused))
    else:
        found[mailbox.name] = Lying(census.waiting, census.kept, census.handles, census.marked)
