"""Watches one mailbox: whatever is in it is kept first and only then marked as done."""

import logging
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from functools import cache, partial

from intake.boxes import Arrival, Box, MailboxError
from intake.mailbox import ImapAccount, ImapBox
from intake.maildir import MaildirBox
from intake.receive import receive_all
from intake.tokens import Tokens
from jobs.parts import Parts
from jobs.running import attempt
from models.db import writing
from models.rules.errors import TocsinError
from models.settings_mail import IntakeSettings, Mailbox

log = logging.getLogger("tocsin.mailbox")

_LONGEST_PAUSE_SECONDS = 60.0
_LONGEST_WAIT_SECONDS = 240.0
_GIVE_UP_AFTER = 3
"""Refusals in a row after which it is the database that is ill, not the messages."""

_TOGETHER_LETTERS = 50
_TOGETHER_BYTES = 8_000_000
"""Letters kept in one transaction: one wait for the disk serves many, and no other writer waits long."""


def open_box(mailbox: Mailbox, intake: IntakeSettings) -> Box:
    """The mailbox of the settings."""
    if mailbox.kind == "maildir":
        return MaildirBox(mailbox.name, mailbox.path)
    return ImapBox(account(mailbox, intake))


@cache
def tokens(mailbox: Mailbox, intake: IntakeSettings) -> Tokens | None:
    """Where the mailbox's tokens come from, the same as long as the program runs; None when it has a password."""
    return None if mailbox.login == "password" else Tokens(mailbox, intake.attachments.parent / "tokens")


def account(mailbox: Mailbox, intake: IntakeSettings) -> ImapAccount:
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
        tokens=tokens(mailbox, intake),
        largest_bytes=intake.largest_message_bytes,
    )


class NotKept(TocsinError):  # noqa: N818 -- read aloud as a sentence
    """A message could not be kept; it stays in the mailbox and comes again."""


class GrowingPause:
    """How long to wait before a mailbox is opened again: doubling, with jitter, until something goes well."""

    def __init__(self) -> None:
        self._failures = 0

    def went_well(self) -> None:
        """The mailbox was read: begin with a short pause next time."""
        self._failures = 0

    def seconds(self) -> float:
        """The next pause."""
        self._failures += 1
        return min(_LONGEST_PAUSE_SECONDS, 2.0**self._failures) * random.uniform(0.5, 1.0)


def watch(parts: Parts, open_it: Callable[[], Box]) -> None:
    """Watch a mailbox until told to stop, whatever happens; it is opened again after a growing pause."""
    pause = GrowingPause()
    while not parts.stop.is_set():
        attempt("watch mailbox", partial(_watch_until_it_breaks, parts, open_it, pause))
        parts.stop.wait(pause.seconds())


def _watch_until_it_breaks(parts: Parts, open_it: Callable[[], Box], pause: GrowingPause) -> None:
    with closing(open_it()) as box:
        try:
            while not parts.stop.is_set():
                if keep_all(parts, box):
                    pause.went_well()
                box.wait(_LONGEST_WAIT_SECONDS)
                pause.went_well()
        except (MailboxError, NotKept) as broken:
            log.warning("mailbox not read", extra={"action": "watch", "mailbox": box.name, "error": str(broken)})


def keep_all(parts: Parts, box: Box) -> int:
    """Keep everything that is not marked yet, some in each transaction. Returns how many.

    A message that cannot be kept stays unmarked and comes again; it does not keep the others out.
    Raises NotKept when the last one could not be kept, so that the mailbox is opened again after a pause.
    """
    kept = refused_in_a_row = 0
    for some in (some for arrivals in _together(box.arrivals()) for some in _kept_of(parts, box, arrivals)):
        kept, refused_in_a_row = kept + len(some), 0 if some else refused_in_a_row + 1
        if parts.stop.is_set() or refused_in_a_row >= _GIVE_UP_AFTER:
            break
    if refused_in_a_row:
        raise NotKept
    return kept


def _kept_of(parts: Parts, box: Box, arrivals: Sequence[Arrival]) -> Iterator[Sequence[Arrival]]:
    """Keep these letters together, or each alone if that fails; what was kept each time, and nothing if refused."""
    if attempt("keep messages", partial(_keep, parts, box, arrivals)):
        yield arrivals
    elif len(arrivals) == 1:
        yield ()
    else:
        for one in arrivals:
            yield (one,) if attempt("keep message", partial(_keep, parts, box, (one,))) else ()


def _keep(parts: Parts, box: Box, arrivals: Sequence[Arrival]) -> None:
    now = parts.clock.now()
    if parts.clock.is_pretend:
        arrivals = [replace(arrival, arrived_at=None) for arrival in arrivals]
    with writing(parts.engine) as session:
        receive_all(session, arrivals, source=box.name, now=now)
    box.mark_kept([arrival.handle for arrival in arrivals])


def _together(arrivals: Iterable[Arrival]) -> Iterator[list[Arrival]]:
    """As many as one transaction holds. What came before an error is handed on before it."""
    batch: list[Arrival] = []
    try:
        for arrival in arrivals:
            batch.append(arrival)
            if len(batch) == _TOGETHER_LETTERS or sum(len(each.raw) for each in batch) >= _TOGETHER_BYTES:
                yield batch
                batch = []
    except MailboxError:
        if batch:
            yield batch
        raise
    if batch:
        yield batch


def check_login(mailbox: Mailbox, intake: IntakeSettings) -> None:
    """Whether a mailbox opens, for ``tocsin doctor``; raises MailboxError or OSError with why not."""
    if mailbox.kind == "imap":
        ImapBox(account(mailbox, intake)).login_check()
    else:
        MaildirBox(mailbox.name, mailbox.path).close()
