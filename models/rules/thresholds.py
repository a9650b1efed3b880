"""Thresholds: how likely a kind must be to be named, and when a person is asked instead."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from models.rules.labels import Kind


@dataclass(frozen=True)
class Thresholds:
    """How sure is sure, as probabilities from 0 to 1.

    A complaint filed as a request is the worst mistake: it starts no clock and nobody answers it.

    - ``at_least``: below this no kind is named; ``by_kind`` sets another figure for a kind.
    - ``complaint_at_most``: nothing but a complaint is named while a complaint is likelier than this.

    The figures a council starts with are those of ``config.yaml``, which says what they were chosen for.
    """

    at_least: float = 0.4
    by_kind: Mapping[Kind, float] = field(default_factory=lambda: {Kind.COMPLAINT: 0.55})
    complaint_at_most: float = 0.1


DEFAULT = Thresholds()
