"""Nags become one message for each recipient, drawn from what is still due when it is sent."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, time

from sqlmodel import col, select

from jobs.tell_nags import tell_nags
from models import handling
from models.case import Case
from models.db import reading, writing
from models.ladder import give
from models.outbox import OutboxEntry
from models.queries import get_case
from models.reminders import Nag
from models.rules.reminders import Clock, Step
from models.settings_people import Hours
from tests.build import a_letter, officer
from tests.jobs.office import HIGHWAYS, Office, words_on
from tests.people import BEN, CARA, LENA

DUE = datetime(2026, 10, 19, 9, 0, tzinfo=UTC)
"""The last day for the acknowledgement of what came in on Monday 12 October 2026, ten o'clock in London."""


def cases(office: Office, count: int, owner: str | None = BEN) -> list[Case]:
    made = [office.new_case(raw=a_letter(f"Matter {n}.", Message_ID=f"<{n}@r.example>")) for n in range(count)]
    with writing(office.parts.engine) as session:
        for case in made:
            get_case(session, case.number).owner_id = officer(office.parts.engine, owner).id if owner else None
    office.deliver()
    return made


def remind(office: Office) -> None:
    office.work("remind")
    office.work("tell nags")


def said_to(office: Office, who: str) -> list[str]:
    """The reminders in Slack: what is not a card."""
    return [words_on(each["blocks"]) for each in office.slack.messages(who) if each not in office.cards(who)]


def entries(office: Office) -> list[OutboxEntry]:
    with reading(office.parts.engine) as session:
        asked = select(OutboxEntry).where(col(OutboxEntry.key).startswith("nags for "))
        return list(session.exec(asked.order_by(col(OutboxEntry.id))))


def nags(office: Office) -> list[Nag]:
    with reading(office.parts.engine) as session:
        return list(session.exec(select(Nag).order_by(col(Nag.id))))


def test_several_due_at_once_become_one_message(office: Office) -> None:
    made = cases(office, 3)
    office.clock.instant = DUE
    remind(office)
    office.deliver()
    [entry] = entries(office)
    assert entry.key == f"nags for {BEN} 2026-10-19 10:00 3"
    assert [nag.told_in for nag in nags(office)] == [entry.key] * 3
    [said] = said_to(office, BEN)
    assert all(case.reference in said for case in made)


def test_what_nobody_owns_is_told_to_the_team_in_one_message(office: Office) -> None:
    cases(office, 3, owner=None)
    office.clock.instant = DUE
    remind(office)
    office.deliver()
    [said] = said_to(office, HIGHWAYS)
    assert said.startswith("*3 reminders*")


def test_a_nag_that_was_told_is_never_told_again(office: Office) -> None:
    cases(office, 2)
    office.clock.instant = DUE
    for _ in range(3):
        remind(office)
    assert len(entries(office)) == 1


def test_what_was_done_meanwhile_is_left_out(office: Office) -> None:
    done, left = cases(office, 2)
    office.clock.instant = DUE
    remind(office)
    acknowledge(office, done)
    office.deliver()
    [said] = said_to(office, BEN)
    assert left.reference in said
    assert done.reference not in said


def test_nothing_is_posted_when_all_was_done_meanwhile(office: Office) -> None:
    [case] = cases(office, 1)
    office.clock.instant = DUE
    remind(office)
    acknowledge(office, case)
    office.deliver()
    assert said_to(office, BEN) == []
    [entry] = entries(office)
    assert entry.state.value == "sent"


def test_a_date_that_was_moved_meanwhile_is_not_told(office: Office) -> None:
    [case] = cases(office, 1)
    office.clock.instant = DUE
    remind(office)
    with writing(office.parts.engine) as session:
        get_case(session, case.number).acknowledge_by = datetime(2026, 10, 23, tzinfo=UTC).date()
    office.deliver()
    assert said_to(office, BEN) == []


def test_what_slack_did_not_take_is_left_to_the_newer_step(office: Office) -> None:
    cases(office, 1)
    for instant in (DUE, DUE.replace(day=20)):
        office.clock.instant = instant
        remind(office)
    office.deliver()
    [said] = said_to(office, BEN)
    assert "should have been acknowledged" in said
    assert len(entries(office)) == 2


def test_a_message_drawn_late_says_what_it_said(office: Office) -> None:
    cases(office, 1)
    office.clock.instant = DUE
    remind(office)
    office.clock.instant = DUE.replace(day=20)
    office.deliver()
    [said] = said_to(office, BEN)
    assert "today, Monday 19 October 2026" in said


def acknowledge(office: Office, case: Case) -> None:
    with writing(office.parts.engine) as session:
        fresh, ben = get_case(session, case.number), officer(office.parts.engine, BEN)
        handling.acknowledge(session, fresh, by=ben, settings=office.parts.settings, now=office.clock.now())


def test_workers_at_once_tell_everybody_once(office: Office) -> None:
    [case] = cases(office, 1)
    office.clock.instant = DUE
    clock = Clock("duty 1", DUE.date())
    with writing(office.parts.engine) as session:
        for number in range(200):
            step = Step(f"made {number}", DUE.date())
            give(session, get_case(session, case.number), clock, step, [BEN, CARA, LENA], now=DUE)
    with ThreadPoolExecutor(4) as workers:
        list(workers.map(tell_nags, [office.parts] * 8))
    assert sorted(entry.key.split()[2] for entry in entries(office)) == [BEN, CARA, LENA]
    told = [number for entry in entries(office) for number in entry.payload["nags"]]
    assert sorted(told) == sorted(nag.id or 0 for nag in nags(office))


def test_nobody_is_told_outside_their_hours(office: Office) -> None:
    [case] = cases(office, 1)
    morning = Hours(from_time=time(7), until_time=time(8))
    people = tuple(o.model_copy(update={"hours": morning}) for o in office.parts.settings.officers)
    object.__setattr__(office.parts, "settings", office.parts.settings.model_copy(update={"officers": people}))
    with writing(office.parts.engine) as session:
        step = Step("due today", DUE.date())
        give(session, get_case(session, case.number), Clock("acknowledge", DUE.date()), step, [BEN], now=DUE)
    office.clock.instant = DUE
    office.work("tell nags")
    assert entries(office) == []
    office.clock.instant = datetime(2026, 10, 20, 6, 0, tzinfo=UTC)
    office.work("tell nags")
    assert len(entries(office)) == 1


def test_a_step_of_a_duty_is_given_once_to_each_whatever_the_stage(office: Office) -> None:
    [case] = cases(office, 1)
    clock, step = Clock("duty 1", DUE.date()), Step("due today", DUE.date())
    given = []
    for stage in (1, 2):
        with writing(office.parts.engine) as session:
            fresh = get_case(session, case.number)
            fresh.stage = stage
            given.append(give(session, fresh, clock, step, [BEN, CARA], now=DUE))
    assert given == [[BEN, CARA], []]
