"""Opinion: what the classifier thinks of one message, as a frozen value.

The classifier makes it; recording, showing and routing read it. It proposes and
never decides: nothing is closed or refused because of it.
"""

from dataclasses import dataclass

from models.rules.labels import Area, Kind, Signal

MOST_KINDS = 3
"""So many of the likeliest kinds are recorded, and shown to a person who is asked."""


@dataclass(frozen=True)
class AreaOpinion:
    """One service area and how sure the classifier is of it (0 to 1)."""

    area: Area
    confidence: float


@dataclass(frozen=True)
class KindOpinion:
    """One kind and how sure the classifier is of it (0 to 1)."""

    kind: Kind
    confidence: float


@dataclass(frozen=True)
class Opinion:
    """A kind or "not sure", with areas, signals and reasons in words.

    - ``kind`` is None when the classifier is not sure; ``guess`` is always its best one.
    - ``confidence`` is the probability of ``guess``, 0 to 1.
    - ``likely`` are the likeliest kinds, the likeliest first: what a person who is asked chooses from.
    - ``areas`` are most likely first and never empty.
    - ``perhaps`` are those of the signals that no rule found, only the model by the message's wording as a whole.
    - ``reasons`` are sentences an officer reads on the card: they name the evidence
      in our own words and hold no word of the resident's and no name.
    """

    kind: Kind | None
    guess: Kind
    confidence: float
    areas: tuple[AreaOpinion, ...]
    signals: tuple[Signal, ...]
    reasons: tuple[str, ...]
    version: str
    likely: tuple[KindOpinion, ...] = ()
    perhaps: tuple[Signal, ...] = ()
