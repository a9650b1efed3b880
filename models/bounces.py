"""Letters that did not arrive: what was told in them has not been said, so what it did is owed again."""

import re
from datetime import datetime

from sqlmodel import Session, col, select

from models.campaigns import leave_if_it_says_more
from models.case import Case, CaseEvent
from models.clock import london_date
from models.correspondence import Correspondence, Direction
from models.covering import told_about
from models.letters import CAME_BACK, stage_and_name
from models.outbox import Channel, OutboxEntry, put_line
from models.people import Complainant
from models.queries import get_case
from models.reckoning import reckon
from models.record import note, raise_alert, record, redraw_alerts
from models.rules.doubts import Doubt
from models.rules.letters import Report
from models.rules.steps import STEPS, CaseStatus, Step, move
from models.rules.warning_signs import WarningSign
from models.settings import Settings

DELAYED = "letter_delayed"

_OWED_AGAIN = {
    "acknowledgement": Step.ACKNOWLEDGEMENT_CAME_BACK,
    "response": Step.ANSWER_CAME_BACK,
    "stage_2_response": Step.ANSWER_CAME_BACK,
}


def find_bounced(session: Session, report: Report, keys: tuple[str, ...]) -> Correspondence | None:
    """The letter of ours that a report is about, or None.

    By the Message-ID the report quotes; else by a case's key in the addresses the report came to (``keys``),
    when it is that case's complainant who was not reached: then the newest letter to them.
    """
    ours = select(Correspondence).where(Correspondence.direction == Direction.OUT)
    newest_first = col(Correspondence.id).desc()
    if report.original_id:
        named = ours.where(Correspondence.message_id == report.original_id).order_by(newest_first)
        if (letter := session.exec(named).first()) is not None:
            return letter
    if not keys:
        return None
    to_them = ours.join(Case, col(Case.id) == Correspondence.case_id).join(Complainant)
    reached = col(Complainant.email) == report.recipient.lower()
    return session.exec(to_them.where(col(Case.thread_key).in_(keys), reached).order_by(newest_first)).first()


def letter_bounced(
    session: Session, letter: Correspondence, report: Report, *, settings: Settings, now: datetime
) -> None:
    """A report on a letter of ours. A final one puts the case before its owner; the same again changes nothing.

    An acknowledgement or an answer that came back was never given: the case goes back, its dates as they were,
    and the officer may send it again or reach the resident another way. ``may_answer`` stays as it is, for a
    full mailbox empties and an address may be put right; letters nobody reads before they leave are no longer
    sent to an address whose last letter came back (``models.letters.automatic_letters_left``).
    """
    case = get_case(session, letter.case_id)
    session.refresh(letter)  # another report on it may have been dealt with while we waited for the case
    if letter.undelivered:
        return
    status = _in_short(report.status)
    if not report.is_final:
        _note_delay(session, case, letter, status, now=now)
        return
    letter.undelivered = status
    session.add(letter)
    stage, name = _which(session, case, letter)
    if Doubt.LETTER_BOUNCED not in case.doubts:
        case.doubts = [*case.doubts, Doubt.LETTER_BOUNCED.value]
    owed = _take_back(case, stage, name, settings=settings, now=now)
    leave_if_it_says_more(session, case, settings=settings, now=now)
    record(session, case, CAME_BACK, now=now, letter=name, stage=stage, status=status)
    redraw_alerts(session, case, now=now)
    what = f"our {name.replace('_', ' ')}" if name else "a letter of ours"
    text = f"{case.reference}: {what} came back ({status}).{owed} Reach the resident another way."
    to = told_about(session, case, settings=settings, on=london_date(now))
    put_line(session, key=f"{case.reference} letter {letter.id} came back", to=to, text=text, case_id=case.id, now=now)
    if name != "receipt":  # no duty hangs on a receipt
        reason = f"{what[0].upper()}{what[1:]} came back: the resident has not heard from us."
        raise_alert(session, case, WarningSign(f"letter {letter.id} came back", reason), now=now)


def _take_back(case: Case, stage: int, name: str, *, settings: Settings, now: datetime) -> str:
    """What the letter did is undone where the table of steps allows it; returns what is owed, in words."""
    step = _OWED_AGAIN.get(name)
    if step is None or stage != case.stage or (CaseStatus(case.status), step) not in STEPS:
        return ""
    case.status = move(CaseStatus(case.status), step)
    case.look_again = now
    if step is Step.ANSWER_CAME_BACK:
        case.responded_on = None
        return " It counts as not answered, and its date stands."
    case.acknowledged_on = None
    reckon(case, settings=settings)
    return " It counts as not acknowledged, and its date stands."


def _note_delay(session: Session, case: Case, letter: Correspondence, status: str, *, now: datetime) -> None:
    told = session.exec(
        select(CaseEvent.details).where(CaseEvent.case_id == case.number, CaseEvent.name == DELAYED)
    ).all()
    if letter.id not in {details.get("letter") for details in told}:
        note(session, case, DELAYED, now=now, letter=letter.id, status=status)


def _which(session: Session, case: Case, letter: Correspondence) -> tuple[int, str]:
    """The stage and the name of a letter, from the outbox entry that sent it; (0, "") when there is none."""
    entries = session.exec(
        select(OutboxEntry.key, OutboxEntry.payload).where(
            OutboxEntry.case_id == case.number, OutboxEntry.channel == Channel.EMAIL
        )
    )
    key = next((key for key, payload in entries if payload.get("message_id") == letter.message_id), "")
    return stage_and_name(case, key) or (0, "")


def _in_short(status: str) -> str:
    """The report's code; anything else that stands in its place is a stranger's text, and goes nowhere."""
    return status if re.fullmatch(r"[\w.-]{1,30}", status, re.ASCII) else "no reason given"
