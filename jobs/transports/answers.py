"""What a way out can answer, and what it is given: a drawn message as plain values."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Protocol

from models.outbox import Parcel
from models.rules.errors import DeliveryFailed


class Temporary(DeliveryFailed):
    """It could not be delivered now; it is tried again."""

    def __init__(self, why: str, *, after: timedelta | None = None) -> None:
        super().__init__(why)
        self.after = after


class Permanent(DeliveryFailed):
    """It can never be delivered like this; a person must look."""


class Technical(DeliveryFailed):
    """Our own set-up stands in the way; it is kept and tried again when that may be mended."""


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
    """

    subject: str
    target: str
    text: str
    blocks: list[dict[str, Any]]
    version: int = 1
    stands_at: Place | None = None
    left: Place | None = None
    leave_behind: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class Delivered:
    """It arrived: the provider's id, and for Slack where it stands."""

    provider_id: str
    place: Place | None = None


class Transport(Protocol):
    """A way out. Nothing of ours is open while it works; it raises one of the four failures."""

    def send(self, parcel: Parcel, drawn: Drawn | None) -> Delivered:
        """Deliver one parcel."""
