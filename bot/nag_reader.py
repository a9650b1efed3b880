"""Who reads a reminder, and what it offers them: a button that would only refuse them is not drawn."""

from dataclasses import dataclass

from sqlmodel import Session

from models.case import Case
from models.council import officer_by_slack
from models.duty import Duty
from models.handling import is_entitled
from models.people import Officer
from models.reminders import Nag
from models.rules.reminders import MISSED
from models.settings import Settings


@dataclass(frozen=True)
class Reader:
    """A channel, where it is asked when somebody presses who they are; or an officer, None for nobody who works here.

    ``name`` is the channel's, or the Slack user.
    """

    name: str
    is_channel: bool
    officer: Officer | None

    def may_open(self, case: Case) -> bool:
        """Whether they are offered the case."""
        return self.is_channel or (self.officer is not None and is_entitled(case, self.officer))

    def may_settle(self, nag: Nag, case: Case, duty: Duty) -> bool:
        """Whether they are offered to say that it is done: they may open the case, owe it, or were told as its owner.

        Whoever was told as the owner stood in for them that day; when they press, that is asked anew.
        """
        if self.officer is None:
            return self.is_channel
        is_told_as_owner = nag.recipient == self.name and not is_told_above(nag)
        return self.may_open(case) or duty.owner_id == self.officer.id or is_told_as_owner


def reader(session: Session, to: str, settings: Settings) -> Reader:
    """Whoever a message is for."""
    channels = {settings.slack.lead_channel, *(team.channel for team in settings.teams)}
    return Reader(to, to in channels, officer_by_slack(session, to))


def is_told_above(nag: Nag) -> bool:
    """Whether it tells somebody who stands above the owner."""
    return nag.step.startswith(f"{MISSED}, ")
