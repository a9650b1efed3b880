"""The sweep of duties: one that fails keeps nobody waiting, and several at once remind once."""

import threading
from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from jobs.remind_duties import remind_duties_some
from models.db import reading, writing
from models.duties import NewDuty, make
from models.duty import DutyKind
from models.outbox import OutboxEntry
from models.people import Officer
from models.queries import get_case
from models.reminders import Nag
from models.requests import chase
from tests.jobs.office import HIGHWAYS, Office, words_on
from tests.people import BEN, LENA

PARTNER = "office@highways.example"


def owe(office: Office, many: int) -> None:
    """Requests to a partner, due today, owed by Ben."""
    case = office.new_case()
    with writing(office.parts.engine) as session:
        ben = session.exec(select(Officer).where(Officer.name == "Ben Carter")).one()
        for number in range(many):
            wanted = NewDuty(f"duty number {number}", DutyKind.REQUEST, "When?", date(2026, 10, 14), owner_id=ben.id)
            asked = replace(wanted, party="Highways Ltd", party_email=PARTNER)
            make(session, get_case(session, case.number), asked, by=None, now=office.clock.now())


def test_several_workers_at_once_remind_of_each_duty_once(office: Office) -> None:
    owe(office, 24)
    office.clock.pass_time(days=2)

    def work() -> None:
        while remind_duties_some(office.parts):
            pass

    workers = [threading.Thread(target=work, daemon=True) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(120)
    with reading(office.parts.engine) as session:
        told = Counter(nag.clock for nag in session.exec(select(Nag)))
        sent = [entry.key for entry in session.exec(select(OutboxEntry)) if entry.payload.get("to") == PARTNER]
    assert len(told) == 24
    assert set(told.values()) == {1}
    assert (len(sent), len(set(sent))) == (24, 24)


def test_a_duty_whose_look_fails_comes_again_and_keeps_nobody_waiting(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    owe(office, 2)
    office.clock.pass_time(days=2)
    fails = [True]

    def chase_or_fail(*given: Any, **how: Any) -> bool:
        if fails.pop() if fails else False:
            raise OSError
        return chase(*given, **how)

    monkeypatch.setattr("models.duty_reminding.chase", chase_or_fail)
    assert remind_duties_some(office.parts) is True
    assert remind_duties_some(office.parts) is False
    assert nags(office) == 1
    office.clock.pass_time(minutes=11)
    assert remind_duties_some(office.parts) is True
    assert nags(office) == 2


def test_no_reminder_says_what_was_promised_or_to_whom(office: Office) -> None:
    promise(office, "Visit Asha Okafor on Elm Road.")
    for _ in range(12):
        remind(office)
        office.clock.pass_time(days=1)
    shown = {who: words_on([each["blocks"] for each in office.slack.messages(who)]) for who in (BEN, LENA, HIGHWAYS)}
    assert "an agreed action is due" in shown[BEN]
    assert "an agreed action was due" in shown[BEN]
    assert "an agreed action was due" in shown[LENA]
    assert not any(words in told for told in shown.values() for words in ("Visit", "Okafor", "Elm Road"))


def test_no_letter_in_a_reminders_place_says_it_either(office: Office) -> None:
    promise(office, "Visit Asha Okafor on Elm Road.")
    office.clock.pass_time(days=2)
    office.slack.go_down()
    remind(office)
    office.clock.pass_time(minutes=31)
    office.work("email nags")
    office.deliver()
    [letter] = [each for each in office.smtp.letters if each["To"] == "ben@council.example"]
    assert "duty" in letter.get_content()
    assert not any(words in str(letter) for words in ("Visit", "Okafor", "Elm Road"))


def promise(office: Office, what: str) -> None:
    case = office.new_case()
    with writing(office.parts.engine) as session:
        ben = session.exec(select(Officer).where(Officer.name == "Ben Carter")).one()
        wanted = NewDuty("a promise", DutyKind.ACTION, what, date(2026, 10, 14), owner_id=ben.id)
        make(session, get_case(session, case.number), wanted, by=None, now=office.clock.now())


def remind(office: Office) -> None:
    office.work("remind duties")
    office.work("tell nags")
    office.deliver()


def nags(office: Office) -> int:
    with reading(office.parts.engine) as session:
        return len(session.exec(select(Nag)).all())
