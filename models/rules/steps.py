"""The steps a case may take: one table to print on the wall."""

from enum import StrEnum

from models.rules.errors import StepNotAllowed


class CaseStatus(StrEnum):
    """What is stored; due, overdue and waiting are derived from dates."""

    NEW = "new"
    ACKNOWLEDGED = "acknowledged"
    RESPONDED = "responded"
    CLOSED = "closed"


class Step(StrEnum):
    """What a person may do that moves a case on."""

    ACKNOWLEDGE = "acknowledge"
    RESPOND = "respond"
    CLOSE = "close"
    REOPEN = "reopen"


STEPS: dict[tuple[CaseStatus, Step], CaseStatus] = {
    (CaseStatus.NEW, Step.ACKNOWLEDGE): CaseStatus.ACKNOWLEDGED,
    (CaseStatus.ACKNOWLEDGED, Step.RESPOND): CaseStatus.RESPONDED,
    (CaseStatus.ACKNOWLEDGED, Step.CLOSE): CaseStatus.CLOSED,
    (CaseStatus.RESPONDED, Step.CLOSE): CaseStatus.CLOSED,
    (CaseStatus.CLOSED, Step.REOPEN): CaseStatus.ACKNOWLEDGED,
}

_WHY_NOT: dict[tuple[CaseStatus, Step], str] = {
    (CaseStatus.NEW, Step.RESPOND): "Acknowledge it first: the time for the answer counts from then.",
    (CaseStatus.NEW, Step.CLOSE): "Acknowledge it first: nothing is closed before the resident has heard from us.",
    (CaseStatus.ACKNOWLEDGED, Step.ACKNOWLEDGE): "It is acknowledged already.",
    (CaseStatus.RESPONDED, Step.ACKNOWLEDGE): "It is acknowledged and answered already.",
    (CaseStatus.RESPONDED, Step.RESPOND): "It is answered already.",
    (CaseStatus.NEW, Step.REOPEN): "It is open: it is new.",
    (CaseStatus.ACKNOWLEDGED, Step.REOPEN): "It is open: it waits for its answer.",
    (CaseStatus.RESPONDED, Step.REOPEN): "It is open: it is answered and not yet closed.",
    (CaseStatus.CLOSED, Step.ACKNOWLEDGE): "It is closed.",
    (CaseStatus.CLOSED, Step.RESPOND): "It is closed; reopen it first.",
    (CaseStatus.CLOSED, Step.CLOSE): "It is closed already.",
}


def move(status: CaseStatus, step: Step) -> CaseStatus:
    """Where a step leads; raises StepNotAllowed with a sentence when it leads nowhere."""
    try:
        return STEPS[status, step]
    except KeyError:
        raise StepNotAllowed(_WHY_NOT.get((status, step), "")) from None
