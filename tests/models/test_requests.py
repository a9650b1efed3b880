"""A partner is asked by email, reminded until it answers, and reads no more of the resident than was typed."""

from datetime import datetime

import pytest
from sqlalchemy import Engine, update
from sqlmodel import col

from models.acting_links import look_at, use
from models.db import reading, writing
from models.duty import DutyState
from models.outbox import Delivery, OutboxEntry
from models.rules.errors import GivenWrong, StepNotAllowed
from models.settings import Settings
from models.settings_people import ActLinkSettings
from models.verbs.promise import DONE
from models.verbs.request import REQUEST
from tests.duty_desk import Desk, a_desk
from tests.people import ASHA

PARTNER = "office@highways.example"


@pytest.fixture
def desk(engine: Engine, settings: Settings, now: datetime) -> Desk:
    return a_desk(engine, settings, now)


def ask(desk: Desk, **also: str) -> str:
    given = {"party": "Highways Ltd", "party_email": PARTNER, "what": "When was Elm Road patched?", "by": "2026-10-21"}
    return desk.act(REQUEST, **given | also)


def test_the_letter_has_the_question_the_reference_and_the_day(desk: Desk) -> None:
    assert "reminded until they do" in ask(desk)
    [letter] = desk.letters(PARTNER)
    assert desk.case.reference in letter["subject"]
    for part in ("Dear Highways Ltd", "When was Elm Road patched?", "Wednesday 21 October 2026", desk.case.reference):
        assert part in letter["text"]


def test_nothing_of_the_resident_and_no_key_of_the_case_goes_out(desk: Desk) -> None:
    ask(desk)
    written = str(desk.letters(PARTNER)[0])
    for private in ("Asha", "Okafor", ASHA, "pothole", "Pothole", desk.case.thread_key):
        assert private not in written


def test_the_same_question_twice_is_one_letter(desk: Desk) -> None:
    ask(desk)
    with pytest.raises(StepNotAllowed):
        ask(desk)
    assert len(desk.letters(PARTNER)) == 1


@pytest.mark.parametrize("address", ["nobody", "a@b", "a b@c.example", "a@c.example, d@e.example", "<a@c.example>"])
def test_what_is_no_address_is_refused(desk: Desk, address: str) -> None:
    with pytest.raises(GivenWrong) as wrong:
        ask(desk, party_email=address)
    assert (wrong.value.field, desk.duties()) == ("party_email", [])


def test_reminders_go_two_days_before_on_the_day_and_every_five_after(desk: Desk) -> None:
    ask(desk)
    days = []
    for _ in range(27):
        before = len(desk.letters(PARTNER))
        desk.look()
        desk.look()
        days += [desk.now.date().isoformat()] * (len(desk.letters(PARTNER)) - before)
        desk = desk.later(days=1)
    assert days == ["2026-10-19", "2026-10-21", "2026-10-28", "2026-11-04"]
    assert [event["duty"] for event in desk.events("request_chased")] == [desk.duty().number] * 4
    last = desk.letters(PARTNER)[-1]
    assert "It was due by Wednesday 21 October 2026." in last["text"]
    assert last["automatic"]


def test_whoever_slept_through_several_reminders_sends_one(desk: Desk) -> None:
    ask(desk)
    desk.later(days=30).look()
    assert len(desk.letters(PARTNER)) == 2


def test_an_answer_stops_the_reminders(desk: Desk) -> None:
    ask(desk)
    desk.act(DONE, duty=desk.duty().number, done_on="2026-10-12", evidence="Their letter of today.")
    desk.until(days=30)
    assert len(desk.letters(PARTNER)) == 1


def test_at_night_no_partner_is_reminded(desk: Desk) -> None:
    ask(desk)
    night = desk.later(days=9, hours=12)
    night.look()
    assert len(desk.letters(PARTNER)) == 1
    night.later(hours=12).look()
    assert len(desk.letters(PARTNER)) == 2


def test_a_letter_that_failed_goes_to_its_owner_and_no_reminder_follows(desk: Desk) -> None:
    ask(desk)
    with writing(desk.engine) as session:
        failed = col(OutboxEntry.key).endswith(" asked")
        session.exec(update(OutboxEntry).where(failed).values(state=Delivery.FAILED))
    desk.later(days=7).look()
    desk.later(days=9).look()
    assert len(desk.letters(PARTNER)) == 1
    [line] = desk.lines()
    assert "could not be delivered" in line["text"]


def test_a_link_answers_without_an_account(engine: Engine, settings: Settings, now: datetime) -> None:
    links = ActLinkSettings(address="https://complaints.example.org/")
    desk = a_desk(engine, settings.model_copy(update={"act_links": links}), now)
    ask(desk)
    text = desk.letters(PARTNER)[0]["text"]
    secret = text.partition("https://complaints.example.org/act/")[2].split()[0]
    with reading(engine) as session:
        assert look_at(session, secret, now=now).what == "When was Elm Road patched?"
    with writing(engine) as session:
        use(session, secret, "In May.", settings=desk.settings, now=now)
    assert (desk.duty().state, desk.duty().evidence) == (DutyState.DONE, "In May.")
    desk.until(days=20)
    assert len(desk.letters(PARTNER)) == 1
