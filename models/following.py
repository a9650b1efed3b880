"""What a further letter leads to. A machine may start a clock and tell people; it never closes or refuses."""

from datetime import date, datetime

from sqlmodel import Session, col, select

from models.case import Case
from models.clock import in_words, london_date
from models.correspondence import Correspondence, Direction
from models.covering import told_about
from models.handling import check_entitled
from models.outbox import put_line
from models.people import Officer
from models.queries import read_with
from models.record import raise_alert, record
from models.rules.errors import GivenWrong, StepNotAllowed
from models.rules.follow_ups import FollowUp, Sort
from models.rules.warning_signs import sign_of_refused_answer
from models.settings import Settings
from models.stages import go_to_next_stage, has_answer, last_day_to_ask, stage_after

_WAITING = {
    Sort.CHASER: "the resident asks how it stands.",
    Sort.NEW_ISSUE: "the resident may raise a new issue. Deal with it in this case, or press “New case from it”.",
    Sort.THANKS: "the resident says thanks.",
    Sort.WITHDRAWAL: "the resident may wish to withdraw. Make sure of it with them before you close it.",
    Sort.INFORMATION: "the resident has written again.",
}
_ANSWERED = _WAITING | {
    Sort.CHASER: "the resident asks how it stands, though the case is {stands}. Is there more to do?",
    Sort.NEW_ISSUE: "the resident may raise a new issue, though the case is {stands}. If it is one, press “New case "
    "from it”: its time runs from {day}.",
    Sort.INFORMATION: "the resident has written on a case that is {stands}.{way_on}",
    Sort.ESCALATION: "the resident does not accept our final answer. The way on is the {body}: make sure they know.",
}
_WAY_ON = " If they do not accept the answer, press “Wants {stage}”."
_BEGUN = "the resident asks for {stage}. Acknowledge it by {day}; whoever decided it before may not."


def follow(
    session: Session, case: Case, letter: Correspondence, follow_up: FollowUp, *, settings: Settings, now: datetime
) -> None:
    """Record what a further letter wants, tell whom it concerns, and begin the next stage when it asks for that.

    Done once a letter; a second time changes nothing. Closing, and opening a case for a new issue, is left to people.
    A letter that came before its case was merged goes no further there: whoever acts on the other case hears of it too.
    The caller has locked the case: an officer may be at it too.
    """
    if letter.sort is not None:
        return
    # the opinion may be older than the case, and the letter, if it was held, older than the answer
    letter.sort, answers = follow_up.sort, read_with(session, case)
    if letter.sort == Sort.ESCALATION and not (answers is case and _can_be_about_the_answer(case, letter)):
        letter.sort = Sort.CHASER
    session.add(letter)
    record(session, case, "letter_sorted", now=now, letter=letter.id, sort=letter.sort, reason=follow_up.reason)
    text = _line(case, letter, answers, settings=settings)
    if letter.sort == Sort.ESCALATION:
        text = _escalate(session, case, letter, settings=settings, now=now) or text
    told = [told_about(session, each, settings=settings, on=london_date(now)) for each in (case, answers)]
    if letter.sort == Sort.NEW_ISSUE and has_answer(case):
        # nobody may be looking at an answered case any more, and a clock may be running
        told.append(settings.team_for(case.main_area).channel)
    for number, to in enumerate(dict.fromkeys(told)):
        key = f"{case.reference} further letter {letter.id}" + (f" told too {number}" if number else "")
        put_line(session, key=key, to=to, text=f"{case.reference}: {text}", case_id=case.number, now=now)


def ask_next_stage(
    session: Session, case: Case, *, by: Officer, settings: Settings, now: datetime, requested_on: date | None = None
) -> str:
    """An officer passes on that the resident asks for the next stage; it counts from the day they did.

    Without that day it is the day of the newest letter since the answer; when none has come, it was said some other
    way and counts from today. Raises StepNotAllowed, and GivenWrong for a day it cannot have been.
    """
    check_entitled(case, by)
    stage = stage_after(case, settings=settings)
    if stage is None:
        raise StepNotAllowed("There is no answer to take further, or no stage after this one.")
    answered_on, last = case.responded_on or case.closed_on, last_day_to_ask(case, settings)
    asked = requested_on or _asked_on(session, case, answered_on, now)
    if asked > london_date(now) or (answered_on and asked < answered_on):
        raise GivenWrong("requested_on", "They asked for it between the day of our answer and today.")
    go_to_next_stage(session, case, requested_on=asked, settings=settings, now=now, by=by)
    late = (
        f" It could be asked for until {in_words(last)}, and was taken all the same." if last and asked > last else ""
    )
    return f"{case.reference} is at {stage}, asked for on {in_words(asked)}. Somebody else must take it.{late}"


def _asked_on(session: Session, case: Case, answered_on: date | None, now: datetime) -> date:
    came = _last_written(session, case)
    return came if came and answered_on and came >= answered_on else london_date(now)


def _last_written(session: Session, case: Case) -> date | None:
    """The London date of the resident's newest letter."""
    query = select(Correspondence.at).where(
        Correspondence.case_id == case.number, col(Correspondence.direction) == Direction.IN
    )
    at = session.exec(query.order_by(col(Correspondence.id).desc()).limit(1)).first()
    return london_date(at) if at else None


def _can_be_about_the_answer(case: Case, letter: Correspondence) -> bool:
    """Whether the stage had its answer, or was closed, by the day the letter came: only that can be taken further."""
    ended_on = case.responded_on or case.closed_on
    return has_answer(case) and ended_on is not None and london_date(letter.at) >= ended_on


def _escalate(session: Session, case: Case, letter: Correspondence, *, settings: Settings, now: datetime) -> str:
    """Begin the next stage; "" when the one that was answered is the last, which the lead hears of."""
    stage = stage_after(case, settings=settings)
    if stage is None:
        body = settings.procedures[case.procedure].external_body
        raise_alert(session, case, sign_of_refused_answer(body), now=now)
        return ""
    requested_on = london_date(letter.at)
    go_to_next_stage(session, case, requested_on=requested_on, settings=settings, now=now, letter=letter.id)
    return _BEGUN.format(stage=stage, day=in_words(case.acknowledge_by))


def _line(case: Case, letter: Correspondence, answers: Case, *, settings: Settings) -> str:
    """What is told of a letter, by its sort, in our own words. ``answers``: another case where this one was merged."""
    if letter.sort is None:
        return ""
    stage = stage_after(case, settings=settings) if answers is case else None
    return (_ANSWERED if has_answer(case) else _WAITING)[letter.sort].format(
        stands=_stands(case, answers),
        day=in_words(london_date(letter.at)),
        way_on=_WAY_ON.format(stage=stage) if stage else "",
        body=settings.procedures[case.procedure].external_body,
    )


def _stands(case: Case, answers: Case) -> str:
    if answers is not case:
        return f"merged into {answers.reference}"
    return "closed" if case.closed_on else "answered"
