"""What every job has at hand."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import Engine

from jobs.pacing import Pace
from jobs.transports.answers import Transport
from models.clock import Clock
from models.outbox import Channel
from models.settings import Settings

if TYPE_CHECKING:  # the classifier's libraries take seconds to import; only triage needs them
    from classifier.suggest import Suggester


@dataclass(frozen=True)
class Parts:
    """The joined parts of one running program; ``stop`` is set when it is to end."""

    settings: Settings
    engine: Engine
    clock: Clock
    transports: dict[Channel, Transport]
    suggester: "Callable[[], Suggester]"
    stop: threading.Event = field(default_factory=threading.Event)
    pace: Pace = field(default_factory=Pace)
