"""Reminders that Slack does not take go by letter, once, to the officer they are for."""

from datetime import timedelta

import pytest
from sqlmodel import select

from jobs import email_nags
from models.case import Case
from models.clock import london_date
from models.db import writing
from models.duty import Duty, DutyKind, DutyState
from models.outbox import Channel, Delivery, OutboxEntry, ToSay, put
from models.reminders import Nag
from models.rules.reminders import PAUSED
from models.rules.steps import CaseStatus
from tests.build import a_letter, a_nag
from tests.jobs.office import HIGHWAYS, Office
from tests.people import BEN, CARA

KEY = "nags for somebody"


def waiting(office: Office, case: Case, recipient: str = BEN, *, state: Delivery = Delivery.WAITING) -> None:
    """A reminder that was put for Slack and is not there."""
    now = office.clock.now()
    with writing(office.parts.engine) as session:
        nag = a_nag(case, recipient, at=now, told_in=KEY)
        session.add(nag)
        session.flush()
        put(session, ToSay(Channel.SLACK, KEY, {"draw": "nags", "nags": [nag.id]}), now=now)
        session.flush()
        entry = session.exec(select(OutboxEntry).where(OutboxEntry.key == KEY)).one()
        entry.state = state


def letters(office: Office) -> list[tuple[str, str]]:
    """Who was written to about reminders, and under which subject."""
    return [
        (entry.payload["to"], entry.payload["subject"])
        for entry in office.entries(Channel.EMAIL)
        if entry.key.startswith(KEY)
    ]


def test_a_reminder_that_slack_has_not_taken_goes_by_letter_once(office: Office) -> None:
    case = office.new_case()
    waiting(office, case)
    office.work("email nags")
    assert letters(office) == [], "Slack has half an hour"
    office.clock.pass_time(minutes=31)
    office.work("email nags")
    office.work("email nags")
    assert letters(office) == [("ben@council.example", f"Due: {case.reference}")]


def test_a_reminder_that_slack_has_taken_goes_by_no_letter(office: Office) -> None:
    waiting(office, office.new_case(), state=Delivery.SENT)
    office.clock.pass_time(minutes=31)
    office.work("email nags")
    assert letters(office) == []


def test_what_was_for_a_team_goes_to_the_lead_where_no_manager_is_set(office: Office) -> None:
    waiting(office, office.new_case(), HIGHWAYS)
    office.clock.pass_time(minutes=31)
    office.work("email nags")
    assert [to for to, _ in letters(office)] == ["lena@council.example"]


def test_what_was_done_meanwhile_needs_no_letter(office: Office) -> None:
    case = office.new_case()
    waiting(office, case)
    with writing(office.parts.engine) as session:
        fresh = session.get_one(Case, case.number)
        fresh.status = CaseStatus.RESPONDED
        session.add(fresh)
    office.clock.pass_time(minutes=31)
    office.work("email nags")
    assert letters(office) == []


def test_a_date_that_was_moved_since_needs_no_letter(office: Office) -> None:
    case = office.new_case()
    waiting(office, case)
    with writing(office.parts.engine) as session:
        session.get_one(Case, case.number).acknowledge_by += timedelta(days=1)
    office.clock.pass_time(minutes=31)
    office.work("email nags")
    assert letters(office) == []


def changed(office: Office, **values: object) -> None:
    """The reminder that waits is another one."""
    with writing(office.parts.engine) as session:
        nag = session.exec(select(Nag)).one()
        for name, value in values.items():
            setattr(nag, name, value)
        session.add(nag)


def test_a_pause_that_is_over_needs_no_letter(office: Office) -> None:
    waiting(office, office.new_case())
    changed(office, clock=PAUSED, due=london_date(office.clock.now()))
    office.clock.pass_time(minutes=31)
    office.work("email nags")
    assert letters(office) == []


def test_a_duty_is_written_of_until_it_is_settled(office: Office) -> None:
    case = office.new_case()
    waiting(office, case)
    now = office.clock.now()
    with writing(office.parts.engine) as session:
        duty = Duty(key="fill", case_id=case.number, kind=DutyKind.ACTION, what="Fill it.", due=now.date(), made_at=now)
        session.add(duty)
        session.flush()
        number = duty.number
    changed(office, clock=f"duty {number}", due=now.date())
    office.clock.pass_time(minutes=31)
    with writing(office.parts.engine) as session:
        session.get_one(Duty, number).state = DutyState.DONE
    office.work("email nags")
    assert letters(office) == []
    with writing(office.parts.engine) as session:
        session.get_one(Duty, number).state = DutyState.OPEN
    office.work("email nags")
    assert len(letters(office)) == 1


def test_after_a_week_nobody_is_written_to(office: Office) -> None:
    waiting(office, office.new_case())
    office.clock.instant += timedelta(days=8)
    office.work("email nags")
    assert letters(office) == []


def test_a_letter_tells_only_what_its_own_message_was_to_tell(office: Office) -> None:
    one, other = office.new_case(), office.new_case(a_letter("A lamp is out.", Message_ID="<two@residents.example>"))
    waiting(office, one)
    with writing(office.parts.engine) as session:
        told_elsewhere = a_nag(other, CARA, at=office.clock.now(), told_in="nags for Cara")
        session.add(told_elsewhere)
        session.flush()
        entry = session.exec(select(OutboxEntry).where(OutboxEntry.key == KEY)).one()
        entry.payload = {"draw": "nags", "nags": [*entry.payload["nags"], told_elsewhere.id]}
    office.clock.pass_time(minutes=31)
    office.work("email nags")
    assert letters(office) == [("ben@council.example", f"Due: {one.reference}")]
    [letter] = [entry for entry in office.entries(Channel.EMAIL) if entry.key.startswith(KEY)]
    assert other.reference not in letter.payload["text"]


def test_a_message_that_tells_again_what_another_told_has_no_letter(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Handed on to a manager, say: the letter about the first message has told it."""
    waiting(office, office.new_case())
    with writing(office.parts.engine) as session:
        nag = session.exec(select(Nag)).one()
        again = {"draw": "nags", "nags": [nag.id], "to": "U0LENA"}
        put(session, ToSay(Channel.SLACK, f"{KEY} for U0LENA", again), now=office.clock.now())
    written: list[str] = []
    monkeypatch.setattr(email_nags, "put_nag_letter", lambda *_, told_in, **__: written.append(told_in))
    office.clock.pass_time(minutes=31)
    office.work("email nags")
    assert written == [KEY]
