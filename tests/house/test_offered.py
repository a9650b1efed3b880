"""What More… lists on a case: whatever is offered opens its form, and is not refused for how the case stands."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from itertools import count

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from bot.verb_forms import form_on
from models.case import Case
from models.db import reading, writing
from models.queries import get_case
from models.rules.errors import StepNotAllowed, TocsinError
from models.settings import Settings
from models.verbs.agree import AGREE_SCOPE
from models.verbs.handled import TAKE
from models.verbs.pause import PAUSE
from models.verbs.promise import PROMISE_UPDATE
from models.verbs.registry import offered_on
from models.verbs.verb import Act, Asked, Verb, perform
from tests.build import a_case, a_letter, officer
from tests.desk import Desk
from tests.moving import a_procedure
from tests.people import BEN

NEEDS_A_DUTY = {"done", "not-done", "move-duty", "pass-on", "drop", "unblock", "sign-off"}
NEEDS_THE_OMBUDSMAN = {"ombudsman-enquiry", "ombudsman-draft", "ombudsman-decision", "recommendation"}
IS_OPEN = {"reopen"}
IS_OVER = {"acknowledge", "extend", "pause", "resume", "respond", "close", "decline", "signpost", "withdraw", "merge"}


_number = count(1)
"""Of letters: none is the same as another."""


class Undone(Exception):  # noqa: N818 -- nothing went wrong: what was tried is taken back
    """Takes back what was tried."""


@pytest.fixture
def desk(engine: Engine, settings: Settings, now: datetime) -> Desk:
    pausing = a_procedure({"pauses": ["finding an advocate"]}, {}, for_kinds=["complaint"])
    return Desk(engine, settings, now).with_procedures(own=pausing)


def new(desk: Desk) -> Case:
    return a_case(
        desk.engine,
        settings=desk.settings,
        now=desk.now,
        raw=a_letter("The pothole is back.", Message_ID=f"<{next(_number)}@residents.example>"),
    )


def acknowledged(desk: Desk) -> Case:
    return desk.acknowledge(new(desk))


def with_a_duty(desk: Desk) -> Case:
    case = acknowledged(desk)
    desk.use(PROMISE_UPDATE, case, by="2026-10-30")
    return case


def paused(desk: Desk) -> Case:
    case = acknowledged(desk)
    desk.use(PAUSE, case, reason="finding an advocate")
    return desk.look(case)


def answered(desk: Desk) -> Case:
    return desk.answer(acknowledged(desk))


def closed(desk: Desk) -> Case:
    case = answered(desk)
    desk.close(case)
    return desk.look(case)


STATES = (new, acknowledged, with_a_duty, paused, answered, closed)
MISSES: dict[Callable[[Desk], Case], set[str]] = {
    new: NEEDS_A_DUTY | NEEDS_THE_OMBUDSMAN | IS_OPEN | {"resume", "extend", "close", "respond", "escalate"},
    acknowledged: NEEDS_A_DUTY | NEEDS_THE_OMBUDSMAN | IS_OPEN | {"acknowledge", "take", "resume", "escalate"},
    with_a_duty: NEEDS_THE_OMBUDSMAN | IS_OPEN | {"unblock", "sign-off", "merge"},
    paused: NEEDS_A_DUTY | NEEDS_THE_OMBUDSMAN | IS_OPEN | {"pause", "extend", "agree-plan", "snooze"},
    answered: NEEDS_A_DUTY | NEEDS_THE_OMBUDSMAN | IS_OPEN | (IS_OVER - {"close"}) | {"points", "agree-scope"},
    closed: NEEDS_A_DUTY | NEEDS_THE_OMBUDSMAN | IS_OVER | {"take", "assign", "block", "points", "change-procedure"},
}


def tomorrow(desk: Desk) -> date:
    return desk.now.date() + timedelta(days=1)


def offered(session: Session, desk: Desk, case: Case) -> list[Verb]:
    listed = offered_on(session, case, desk.settings, by=officer(desk.engine, BEN))
    return [verb for verbs in listed.values() for verb in verbs]


def names(desk: Desk, case: Case) -> set[str]:
    with reading(desk.engine) as session:
        return {verb.name for verb in offered(session, desk, case)}


@pytest.mark.parametrize("state", STATES)
def test_whatever_is_offered_opens_a_form(desk: Desk, state: Callable[[Desk], Case]) -> None:
    case = state(desk)
    with reading(desk.engine) as session:
        for verb in offered(session, desk, case):
            assert form_on(session, verb, case, desk.settings, today=desk.now.date())


@pytest.mark.parametrize("state", STATES)
def test_whatever_is_offered_is_not_refused_for_how_the_case_stands(desk: Desk, state: Callable[[Desk], Case]) -> None:
    case = state(desk)
    with reading(desk.engine) as session:
        verbs = offered(session, desk, case)
    assert [(verb.name, said) for verb in verbs for said in refusals(desk, case, verb)] == []


def refusals(desk: Desk, case: Case, verb: Verb) -> Iterator[str]:
    """Why this case does not allow it; what was filled in may be refused all the same. Nothing stays done."""
    try:
        with writing(desk.engine) as session:
            act = Act(session, get_case(session, case.number), officer(desk.engine, BEN), desk.settings, desk.now)
            perform(verb, act, {asked.name: filled_in(asked, act, tomorrow(desk)) for asked in verb.fields})
            raise Undone  # noqa: TRY301 -- the way out of a transaction that keeps nothing
    except StepNotAllowed as refused:
        yield str(refused)
    except (TocsinError, Undone):
        return


def filled_in(asked: Asked, act: Act, day: date) -> str:
    if asked.choices:
        return next(iter(asked.choices(act.session, act.case, act.settings)), "")
    words = "Something." if asked.is_required else ""  # what may be left out may be an address
    return {"date": day.isoformat(), "flag": "yes", "number": "1"}.get(asked.kind, words)


@pytest.mark.parametrize("state", STATES)
def test_what_makes_no_sense_is_not_offered(desk: Desk, state: Callable[[Desk], Case]) -> None:
    assert names(desk, state(desk)) & MISSES[state] == set()


def test_what_somebody_has_is_theirs_to_take_no_more(desk: Desk) -> None:
    case = new(desk)
    assert "take" in names(desk, case)
    desk.use(TAKE, case)
    assert "take" not in names(desk, desk.look(case))


def test_a_clock_that_stands_still_is_resumed_and_a_closed_case_is_opened(desk: Desk) -> None:
    assert {"resume"} <= names(desk, paused(desk))
    assert AGREE_SCOPE.name in names(desk, paused(desk))
    assert {"reopen", "escalate", "correct-kind", "ombudsman-open"} <= names(desk, closed(desk))


def test_on_every_case_something_that_suits_it_is_offered(desk: Desk) -> None:
    assert {"acknowledge", "assign", "decline", "snooze"} <= names(desk, new(desk))
    assert {"extend", "pause", "respond", "merge", "split"} <= names(desk, acknowledged(desk))
    assert {"done", "move-duty", "pass-on"} <= names(desk, with_a_duty(desk))
    assert {"close", "escalate"} <= names(desk, answered(desk))
