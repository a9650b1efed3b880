"""The daily count: every message that arrived is somewhere, and the sum says so.

For each source (a mailbox, the web form, “tocsin ingest”):

    arrived = cases + follow-ups + held + ignored + not yet processed + further copies

and for a mailbox that could be looked into, what is marked there as kept is known here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class SourceCount:
    """What arrived by one source and where it is now; all figures are messages.

    - ``arrived``: places in this mailbox where a message lay, or messages of a source that has no places.
    - ``cases`` to ``unprocessed``: where those are that this source brought first.
    - ``further_copies``: places of a message that was there already, by this source or another.
    - ``settled``: how many of them a person released or put aside; they count where they went.
    - ``astray``: said to be on a case, and are on none. Never other than 0, or something is broken.
    """

    source: str
    arrived: int
    cases: int = 0
    follow_ups: int = 0
    held: int = 0
    ignored: int = 0
    unprocessed: int = 0
    further_copies: int = 0
    settled: int = 0
    astray: int = 0

    @property
    def accounted_for(self) -> int:
        """The right side of the equation."""
        places = self.cases + self.follow_ups + self.held + self.ignored + self.unprocessed
        return places + self.further_copies


@dataclass(frozen=True)
class MailboxCount:
    """What lies in one mailbox now, against what is known here of it; all figures are messages.

    - ``waiting``: not yet taken in; ``marked``: marked there as kept.
    - ``unknown``: marked as kept, and not known here: lost, unless somebody else put them there.
    - ``gone``: known here, and no longer there: moved or removed by somebody since.
    - ``problem``: why it could not be looked into; then nothing else is known.
    """

    mailbox: str
    waiting: int = 0
    marked: int = 0
    unknown: int = 0
    gone: int = 0
    problem: str = ""


@dataclass(frozen=True)
class Balance:
    """One count of everything, at one instant."""

    at: datetime
    sources: tuple[SourceCount, ...]
    mailboxes: tuple[MailboxCount, ...]
    waits_long: int = 0
    """Messages whose turn to be processed came more than an hour ago."""

    @property
    def missing(self) -> tuple[str, ...]:
        """What is not accounted for, a sentence each; nothing when it is in balance."""
        return tuple(self._missing())

    @property
    def unseen(self) -> tuple[str, ...]:
        """What could not be looked into, a sentence each."""
        return tuple(each.problem for each in self.mailboxes if each.problem)

    @property
    def is_balanced(self) -> bool:
        """Nothing is missing, and everything could be looked into."""
        return not self.missing and not self.unseen

    @property
    def verdict(self) -> str:
        """The result in one sentence."""
        number = sum(source.arrived for source in self.sources)
        arrived = "1 message" if number == 1 else f"{number:,} messages"
        if self.missing:
            return f"Out of balance: of {arrived} that arrived, not each is accounted for."
        if self.unseen:
            return f"Each of {arrived} is accounted for, but not every mailbox could be looked into."
        return f"In balance: {arrived} arrived, and each is accounted for."

    def _missing(self) -> Iterator[str]:
        for each in self.sources:
            if each.arrived != each.accounted_for:
                yield f"{each.source}: {each.arrived:,} arrived, {each.accounted_for:,} are accounted for."
            if each.astray:
                yield f"{each.source}: {each.astray:,} are said to be on a case and are on none."
        for box in self.mailboxes:
            if box.unknown:
                yield (
                    f"{box.mailbox}: {box.unknown:,} marked as kept in the mailbox are not known here. "
                    "They may be lost, unless the mail server renumbered the folder or somebody else put them there. "
                    "Take the mark off them, or move them back, and they are taken in; nothing is doubled."
                )


def in_sentences(balance: Balance) -> list[str]:
    """The whole count in words and figures, a line each: nothing in it is about a person."""
    return [*findings(balance), *(equation(each) for each in balance.sources), *notes(balance)]


def findings(balance: Balance) -> list[str]:
    """The result, and what stands against it."""
    return [balance.verdict, *balance.missing, *balance.unseen]


def equation(source: SourceCount) -> str:
    """One source's sum, written out."""
    parts = (
        (source.cases, "cases"),
        (source.follow_ups, "follow-ups"),
        (source.held, "held"),
        (source.ignored, "ignored"),
        (source.unprocessed, "not yet processed"),
        (source.further_copies, "further copies"),
    )
    return f"{source.source}: {source.arrived:,} arrived = " + " + ".join(
        f"{number:,} {what}" for number, what in parts
    )


def notes(balance: Balance) -> list[str]:
    """What lies in the mailboxes now, what waits too long, and how many a person settled."""
    lines = [
        f"{box.mailbox} now holds {box.waiting:,} still to come and {box.marked:,} kept; "
        f"{box.gone:,} taken in before are no longer there."
        for box in balance.mailboxes
        if not box.problem
    ]
    if balance.waits_long:
        lines.append(f"{balance.waits_long:,} have waited more than an hour to be processed; is “tocsin run” running?")
    if settled := sum(each.settled for each in balance.sources):
        lines.append(f"{settled:,} of all these were held, and a person settled them.")
    return lines
