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
    """What moves a case: a person's act, or a letter of ours that came back."""

    ACKNOWLEDGE = "acknowledge"
    RESPOND = "respond"
    CLOSE = "close"
    REOPEN = "reopen"
    BEGIN_AGAIN = "begin_again"
    """Opened again after it ended without ever being acknowledged: that is owed first."""
    ESCALATE = "escalate"
    DECLINE = "decline"
    SIGNPOST = "signpost"
    WITHDRAW = "withdraw"
    MERGE = "merge"
    ACKNOWLEDGEMENT_CAME_BACK = "acknowledgement_came_back"
    ANSWER_CAME_BACK = "answer_came_back"


STEPS: dict[tuple[CaseStatus, Step], CaseStatus] = {
    (CaseStatus.NEW, Step.ACKNOWLEDGE): CaseStatus.ACKNOWLEDGED,
    (CaseStatus.ACKNOWLEDGED, Step.RESPOND): CaseStatus.RESPONDED,
    (CaseStatus.ACKNOWLEDGED, Step.CLOSE): CaseStatus.CLOSED,
    (CaseStatus.RESPONDED, Step.CLOSE): CaseStatus.CLOSED,
    (CaseStatus.CLOSED, Step.REOPEN): CaseStatus.ACKNOWLEDGED,
    (CaseStatus.CLOSED, Step.BEGIN_AGAIN): CaseStatus.NEW,
    # each of these tells the resident by a letter of its own, so none waits for the acknowledgement
    (CaseStatus.NEW, Step.DECLINE): CaseStatus.CLOSED,
    (CaseStatus.ACKNOWLEDGED, Step.DECLINE): CaseStatus.CLOSED,
    (CaseStatus.NEW, Step.SIGNPOST): CaseStatus.CLOSED,
    (CaseStatus.ACKNOWLEDGED, Step.SIGNPOST): CaseStatus.CLOSED,
    (CaseStatus.NEW, Step.WITHDRAW): CaseStatus.CLOSED,
    (CaseStatus.ACKNOWLEDGED, Step.WITHDRAW): CaseStatus.CLOSED,
    (CaseStatus.NEW, Step.MERGE): CaseStatus.CLOSED,
    (CaseStatus.ACKNOWLEDGED, Step.MERGE): CaseStatus.CLOSED,
    # acknowledged, it was answered and then opened again: an answer that was given can be taken further
    (CaseStatus.ACKNOWLEDGED, Step.ESCALATE): CaseStatus.NEW,
    (CaseStatus.RESPONDED, Step.ESCALATE): CaseStatus.NEW,
    (CaseStatus.CLOSED, Step.ESCALATE): CaseStatus.NEW,
    # the resident has not heard from us, so what was done is owed again
    (CaseStatus.ACKNOWLEDGED, Step.ACKNOWLEDGEMENT_CAME_BACK): CaseStatus.NEW,
    (CaseStatus.RESPONDED, Step.ANSWER_CAME_BACK): CaseStatus.ACKNOWLEDGED,
}

_WHY_NOT: dict[tuple[CaseStatus, Step], str] = {
    (CaseStatus.NEW, Step.RESPOND): "Acknowledge it first: the time for the answer counts from then.",
    (CaseStatus.NEW, Step.CLOSE): "Acknowledge it first: nothing is closed before the resident has heard from us.",
    (CaseStatus.ACKNOWLEDGED, Step.ACKNOWLEDGE): "It is acknowledged already.",
    (CaseStatus.RESPONDED, Step.ACKNOWLEDGE): "It is acknowledged and answered already.",
    (CaseStatus.RESPONDED, Step.RESPOND): "It is answered already.",
    (CaseStatus.NEW, Step.REOPEN): "It is open: it is new.",
    (CaseStatus.NEW, Step.ESCALATE): "It waits for this stage's answer; the next stage comes after that.",
    (CaseStatus.ACKNOWLEDGED, Step.REOPEN): "It is open: it waits for its answer.",
    (CaseStatus.RESPONDED, Step.REOPEN): "It is open: it is answered and not yet closed.",
    (CaseStatus.NEW, Step.BEGIN_AGAIN): "It is new and has not ended.",
    (CaseStatus.ACKNOWLEDGED, Step.BEGIN_AGAIN): "It is acknowledged and has not ended.",
    (CaseStatus.RESPONDED, Step.BEGIN_AGAIN): "It is answered and has not ended.",
    (CaseStatus.RESPONDED, Step.DECLINE): "It was taken and answered: its answer stands.",
    (CaseStatus.RESPONDED, Step.SIGNPOST): "It is answered: tell of another route in a letter, or open it again.",
    (CaseStatus.RESPONDED, Step.WITHDRAW): "It is answered: there is nothing left to withdraw, close it.",
    (CaseStatus.RESPONDED, Step.MERGE): "It has an answer of its own: link the two instead.",
    (CaseStatus.CLOSED, Step.DECLINE): "It is closed; reopen it before you decide not to accept it.",
    (CaseStatus.CLOSED, Step.SIGNPOST): "It is closed; reopen it before you signpost.",
    (CaseStatus.CLOSED, Step.WITHDRAW): "It is closed: there is nothing left to withdraw.",
    (CaseStatus.CLOSED, Step.MERGE): "It is closed: link the two instead, or reopen it first.",
    (CaseStatus.CLOSED, Step.ACKNOWLEDGE): "It is closed.",
    (CaseStatus.CLOSED, Step.RESPOND): "It is closed; reopen it first.",
    (CaseStatus.CLOSED, Step.CLOSE): "It is closed already.",
    (CaseStatus.NEW, Step.ACKNOWLEDGEMENT_CAME_BACK): "It is not acknowledged yet.",
    (CaseStatus.RESPONDED, Step.ACKNOWLEDGEMENT_CAME_BACK): "An answer has gone out since.",
    (CaseStatus.CLOSED, Step.ACKNOWLEDGEMENT_CAME_BACK): "It is closed: a person says whether it opens again.",
    (CaseStatus.NEW, Step.ANSWER_CAME_BACK): "It is neither acknowledged nor answered yet.",
    (CaseStatus.ACKNOWLEDGED, Step.ANSWER_CAME_BACK): "It is not answered yet.",
    (CaseStatus.CLOSED, Step.ANSWER_CAME_BACK): "It is closed: a person says whether it is answered again.",
}


def may(status: CaseStatus, step: Step) -> bool:
    """Whether a step leads anywhere from here."""
    return (CaseStatus(status), step) in STEPS


def move(status: CaseStatus, step: Step) -> CaseStatus:
    """Where a step leads; raises StepNotAllowed with a sentence when it leads nowhere."""
    try:
        return STEPS[status, step]
    except KeyError:
        raise StepNotAllowed(_WHY_NOT.get((status, step), "")) from None
