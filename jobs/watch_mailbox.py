"""Watches one mailbox: whatever is in it is kept first and only then marked as done."""

import logging
import random
from collections.abc import Callable

from intake.boxes import Box, MailboxError
from intake.mailbox import ImapAccount, ImapBox
from intake.maildir import MaildirBox
from intake.receive import receive
from jobs.parts import Parts
from models.db import writing
from models.settings import Mailbox

log = logging.getLogger("tocsin.mailbox")

_LONGEST_PAUSE_SECONDS = 60.0
_LONGEST_WAIT_SECONDS = 240.0


def open_box(mailbox: Mailbox) -> Box:
    """The mailbox of the settings."""
    return MaildirBox(mailbox.name, mailbox.path) if mailbox.kind == "maildir" else ImapBox(account(mailbox))


def account(mailbox: Mailbox) -> ImapAccount:
    """The IMAP account of the settings."""
    return ImapAccount(
        name=mailbox.name,
        host=mailbox.host,
        port=mailbox.port,
        user=mailbox.user,
        password=mailbox.password.get_secret_value(),
        security=mailbox.security,
        folder=mailbox.folder,
        ca_file=str(mailbox.ca_file) if mailbox.ca_file else None,
        timeout_seconds=mailbox.timeout_seconds,
        when_kept=mailbox.when_kept,
        kept_folder=mailbox.kept_folder,
    )


def watch(parts: Parts, open_it: Callable[[], Box]) -> None:
    """Watch a mailbox until told to stop; a broken connection is opened again after a growing pause."""
    failures = 0
    while not parts.stop.is_set():
        box = open_it()
        try:
            while not parts.stop.is_set():
                keep_all(parts, box)
                failures = 0
                box.wait(_LONGEST_WAIT_SECONDS)
        except MailboxError as broken:
            failures += 1
            log.warning("mailbox not read", extra={"action": "watch", "mailbox": box.name, "error": str(broken)})
        finally:
            box.close()
        pause = min(_LONGEST_PAUSE_SECONDS, 2.0**failures) * random.uniform(0.5, 1.0)
        parts.stop.wait(pause)


def keep_all(parts: Parts, box: Box) -> int:
    """Keep everything that is not marked yet, each in its own transaction. Returns how many."""
    kept = 0
    for arrival in box.arrivals():
        with writing(parts.engine) as session:
            receive(session, source=box.name, raw=arrival.raw, now=parts.clock.now())
        box.mark_kept(arrival.handle)
        kept += 1
        if parts.stop.is_set():
            break
    return kept


def check_login(mailbox: Mailbox) -> None:
    """Whether a mailbox opens, for ``tocsin doctor``; raises MailboxError or OSError with why not."""
    if mailbox.kind == "imap":
        ImapBox(account(mailbox)).login_check()
    else:
        MaildirBox(mailbox.name, mailbox.path).close()
