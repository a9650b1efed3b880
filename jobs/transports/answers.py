"""What a way out can answer, and what it is given: a drawn message as plain values."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Protocol

from models.outbox import Parcel
from models.rules.errors import DeliveryFailed


class Temporary(DeliveryFailed):
    """It could not be delivered now; it is tried again.

    ``limited``: the method of Slack's that was called too often, and may be called again ``after`` that; with others,
    or in other channels, all is well.
    """

    def __init__(self, why: str, *, after: timedelta | None = None, limited: str = "") -> None:
        super().__init__(why)
        self.after, self.limited = after, limited


class Permanent(DeliveryFailed):
    """It can never be delivered like this; a person must look."""


class Technical(DeliveryFailed):
    """Our own set-up stands in the way; it is kept and tried again when that may be mended.

    ``fault`` names it, and ``where``: in which channel or with whom, "" when it is everywhere.
    ``is_about_a_person``: whoever is written to cannot be reached, so that somebody else must be.
    """

    def __init__(
        self, why: str, hint: str = "", *, fault: str = "", where: str = "", is_about_a_person: bool = False
    ) -> None:
        super().__init__(why, hint)
        self.sentence, self.hint = why, hint
        self.fault, self.where, self.is_about_a_person = fault, where, is_about_a_person


class Uncertain(DeliveryFailed):
    """It may have been delivered, and only a person can tell."""


@dataclass(frozen=True)
class Place:
    """A message in Slack: its channel id and its time stamp, which together name it."""

    channel: str
    ts: str


@dataclass(frozen=True)
class Drawn:
    """A message for Slack, drawn from the record.

    - ``subject`` names what it shows, such as ``case 12``; it travels as metadata, so that a
      message whose fate is unknown can be found again.
    - ``stands_at``: where it is redrawn; None to post it anew.
    - ``leave_behind``: the same subject stood elsewhere and is replaced there by these blocks.
    - ``elsewhere``: channels it may stand in though it was never known, because an earlier try posted it there; those
      same blocks replace it.
    - ``under``: the message in whose thread it is posted.
    - ``case_id`` is the case it speaks of; ``must_be_private``: no public or shared channel may show it.
    - ``known_id`` is the channel's id where ``target`` is the name under which it was found before.
    - ``held_back`` says what of a resident's stood in it, "" when nothing did: what is shown is only the reference.
    """

    subject: str
    target: str
    text: str
    blocks: list[dict[str, Any]]
    version: int = 1
    stands_at: Place | None = None
    left: Place | None = None
    leave_behind: list[dict[str, Any]] = field(default_factory=list)
    elsewhere: tuple[str, ...] = ()
    under: Place | None = None
    case_id: int | None = None
    must_be_private: bool = False
    known_id: str = ""
    held_back: str = ""


@dataclass(frozen=True)
class Delivered:
    """It arrived: the provider's id, and for Slack where it stands. ``notice`` is what somebody should mend."""

    provider_id: str
    place: Place | None = None
    notice: str = ""


class Transport(Protocol):
    """A way out. Nothing of ours is open while it works; it raises one of the four failures."""

    def send(self, parcel: Parcel, drawn: Drawn | None) -> Delivered:
        """Deliver one parcel."""
