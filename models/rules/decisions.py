"""Decision: what was suggested for one case beside what a person decided, as frozen values two rooms share."""

from dataclasses import dataclass
from datetime import datetime

from models.rules.labels import Area, Kind, Signal
from models.rules.languages import Language


@dataclass(frozen=True)
class Decision:
    """What was suggested for a case and what a person decided; no word of the resident's.

    - ``suggested`` is None when the classifier was not sure; ``guess`` is its best one in either case.
    - ``decided`` and ``decided_area`` are None while no person has decided.
    - ``source`` is the mailbox, the form or whatever else the letter came by.
    """

    reference: str
    at: datetime
    source: str
    language: Language
    version: str
    suggested: Kind | None
    guess: Kind
    confidence: float
    area: Area
    decided: Kind | None
    decided_area: Area | None

    @property
    def is_comparable(self) -> bool:
        """Whether the classifier named a kind and a person decided one."""
        return self.suggested is not None and self.decided is not None


@dataclass(frozen=True)
class DecidedLetter:
    """A letter whose kind a person decided, for the classifier to learn from; it is never logged.

    ``campaign`` is the reference of the case it was found to be near-identical to, or its own.
    ``areas`` are the decided one or those suggested; ``signals`` those suggested, since nobody corrects them.
    """

    reference: str
    campaign: str
    source: str
    subject: str
    text: str
    sender: str
    kind: Kind
    areas: tuple[Area, ...]
    signals: tuple[Signal, ...]
