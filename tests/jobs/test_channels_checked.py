"""What Slack refuses: named in a sentence, told once a day, and the work goes to somebody who can see it."""

from collections.abc import Callable
from typing import Any

import pytest

from jobs.transports.slack_faults import EVERYWHERE, OF_A_CHANNEL, OF_A_PERSON, technical
from models.case import Case
from models.db import reading, writing
from models.handling import take
from models.queries import get_case, stuck_deliveries
from models.record import raise_alert
from models.reminders import Nag
from models.rules.warning_signs import WarningSign
from models.telling import tell
from tests.build import a_letter, officer
from tests.jobs.contact import CONTACT, letters_to, lines_in, put_again, with_a_manager
from tests.jobs.office import HIGHWAYS, LEAD, Office, words_on
from tests.people import BEN, LENA


def gone(office: Office) -> None:
    office.slack.admin.deactivate(BEN)


def unknown(office: Office) -> None:
    del office.slack.world.people[BEN]


def a_nag_for(office: Office, who: str) -> Case:
    """A case of Ben's that must be acknowledged soon, and the reminder of it."""
    case = office.new_case()
    with writing(office.parts.engine) as session:
        found = get_case(session, case.number)
        found.owner_id = officer(office.parts.engine, BEN).id
        nag: dict[str, Any] = {"clock": "acknowledge", "step": "coming up", "due": found.acknowledge_by}
        session.add(Nag(case_id=case.number, stage=1, recipient=who, at=office.clock.now(), **nag))
        session.flush()
        tell(session, settings=office.parts.settings, now=office.clock.now())
    return case


@pytest.mark.parametrize(("leaves", "sentence"), [(gone, "was switched off"), (unknown, "nobody with the id")])
def test_a_reminder_to_somebody_who_is_gone_goes_to_the_leads_channel(
    told: Office, leaves: Callable[[Office], None], sentence: str
) -> None:
    leaves(told)
    case = a_nag_for(told, BEN)
    told.deliver()
    lead = lines_in(told, LEAD)
    assert f"{case.reference} must be acknowledged by" in lead
    assert sentence in lead
    assert any(sentence in letter for letter in letters_to(told, CONTACT))
    [entry] = [each for each in told.entries() if each.state.value == "failed"]
    assert sentence in entry.problem
    for _ in range(2):
        put_again(told)
    assert lines_in(told, LEAD) == lead, "once"


def test_with_a_manager_the_reminder_goes_to_them(office: Office) -> None:
    with_a_manager(office, HIGHWAYS, "lena@council.example")
    gone(office)
    case = a_nag_for(office, BEN)
    office.deliver()
    assert f"{case.reference} must be acknowledged by" in lines_in(office, LENA)


def archived(office: Office) -> None:
    office.slack.archive(HIGHWAYS)


def without_the_bot(office: Office) -> None:
    office.slack.admin.remove_bot(HIGHWAYS)
    office.slack.admin.make_public(HIGHWAYS)


def renamed_away(office: Office) -> None:
    office.slack.admin.rename(HIGHWAYS, "roads")


@pytest.mark.parametrize(
    ("happens", "sentence"),
    [
        (archived, "is archived. Unarchive it"),
        (without_the_bot, "Tocsin is not in the channel “complaints-highways”. Type /invite"),
        (renamed_away, "no channel “complaints-highways” that Tocsin knows. Write its name or id right"),
    ],
)
def test_a_channel_that_takes_nothing_is_named_with_what_to_do(
    told: Office, happens: Callable[[Office], None], sentence: str
) -> None:
    happens(told)
    case = told.new_case()
    for _ in range(3):
        told.deliver()
        told.clock.pass_time(minutes=6)
    [letter] = letters_to(told, CONTACT)
    assert sentence in letter
    assert case.reference in lines_in(told, LEAD)
    with reading(told.parts.engine) as session:
        assert any(sentence in each.problem for each in stuck_deliveries(session)), "tocsin outbox shows it"


def test_the_card_comes_once_tocsin_is_in_its_channel(told: Office) -> None:
    without_the_bot(told)
    case = told.new_case()
    told.deliver()
    assert told.cards() == []
    told.slack.admin.invite_bot(HIGHWAYS)
    put_again(told)
    assert case.reference in words_on(told.card()["blocks"])


def test_a_renamed_channel_is_known_by_its_id_and_its_new_name_is_told(told: Office) -> None:
    told.new_case()
    told.deliver()
    told.slack.admin.rename(HIGHWAYS, "roads")
    told.clock.pass_time(minutes=6)
    told.new_case(a_letter("The lamp in Elm Road is out.", Message_ID="<two@residents.example>"))
    told.deliver()
    assert len(told.cards("roads")) == 2
    [letter] = letters_to(told, CONTACT)
    assert "“complaints-highways” of the settings is now called “roads”" in letter


def test_a_new_channel_of_the_name_is_used_when_the_old_one_was_put_away(told: Office) -> None:
    case = told.new_case()
    told.deliver()
    old = told.card()["channel"]
    told.slack.archive(old)
    told.slack.admin.rename(old, "old-highways")
    told.slack.add_channel(HIGHWAYS)
    told.clock.pass_time(minutes=6)
    with writing(told.parts.engine) as session:
        take(session, get_case(session, case.number), by=officer(told.parts.engine, BEN), now=told.clock.now())
    told.deliver()
    assert "Ben Carter" in words_on(told.card(HIGHWAYS)["blocks"])


@pytest.mark.parametrize("error", ["token_revoked", "missing_scope"])
def test_a_fault_of_the_whole_workspace_is_told_by_letter(told: Office, error: str) -> None:
    if error == "missing_scope":
        told.slack.api.scopes -= {"chat:write"}
    else:
        told.client.token = "xoxb-withdrawn"
    case = told.new_case()
    with writing(told.parts.engine) as session:
        found = get_case(session, case.number)
        raise_alert(session, found, WarningSign("k", "A sign."), now=told.clock.now())
    for _ in range(3):
        told.deliver()
        told.clock.pass_time(minutes=6)
    assert len(letters_to(told, CONTACT)) == 1
    [letter] = letters_to(told, "lena@council.example")
    assert case.reference in letter, "an early warning does not depend on Slack"


def test_every_fault_has_a_sentence_and_what_to_do() -> None:
    for error in EVERYWHERE | OF_A_CHANNEL | OF_A_PERSON:
        fault = technical(error, "here")
        assert fault is not None
        assert fault.sentence.endswith((".", "care go to it."))
        assert fault.hint
        assert "{" not in fault.sentence
    assert technical("msg_too_long", "here") is None
