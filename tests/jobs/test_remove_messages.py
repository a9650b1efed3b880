"""What Slack shows of a closed case goes after the days the council sets; nothing of an open one does."""

from typing import Any

import pytest
from sqlmodel import col, select

from models.cards import SlackCard
from models.case import Case
from models.db import reading, writing
from models.handling import Answer, acknowledge, close, reopen, respond, take
from models.outbox import put_line
from models.queries import get_case
from models.record import raise_alert, record
from models.reminders import Nag
from models.rules.warning_signs import WarningSign
from models.telling import tell
from tests.build import a_letter, officer
from tests.jobs.office import HIGHWAYS, LEAD, Office, buttons
from tests.people import BEN, CARA, LENA

WHERE = (HIGHWAYS, LEAD, BEN, LENA)


def does(office: Office, case: Case, verb: Any, **how: Any) -> None:
    with writing(office.parts.engine) as session:
        by = officer(office.parts.engine, BEN)
        verb(session, get_case(session, case.number), by=by, now=office.clock.now(), **how)
    office.deliver()


def is_closed(office: Office, case: Case) -> None:
    does(office, case, acknowledge, settings=office.parts.settings)
    answer = Answer("upheld", "We are sorry. It is filled.", as_it_is=True)
    does(office, case, respond, answer=answer, settings=office.parts.settings)
    does(office, case, close, reason="Done.")


def a_talked_of_case(office: Office) -> Case:
    """A case with a card, a thread, an alert, a line and a reminder."""
    case = office.new_case()
    with writing(office.parts.engine) as session:
        found = get_case(session, case.number)
        raise_alert(session, found, WarningSign("k", "A sign."), now=office.clock.now())
        line = f"{case.reference}: somebody wrote again."
        put_line(session, key="a line", to=BEN, text=line, case_id=case.number, now=office.clock.now())
        remind(session, office, [found], BEN)
    office.deliver()
    does(office, case, take)
    return case


def remind(session: Any, office: Office, cases: list[Case], who: str) -> None:
    for case in cases:
        nag: dict[str, Any] = {
            "clock": "acknowledge",
            "step": "coming up",
            "due": case.acknowledge_by,
            "at": office.clock.now(),
        }
        session.add(Nag(case_id=case.number, stage=1, recipient=who, **nag))
    session.flush()
    tell(session, settings=office.parts.settings, now=office.clock.now())


def standing(office: Office) -> int:
    return sum(len(office.slack.messages(channel)) for channel in WHERE)


def sweep(office: Office, times: int = 4) -> None:
    for _ in range(times):
        office.work("remove messages")


def test_all_that_speaks_of_a_case_goes_thirty_days_after_it_was_closed(office: Office) -> None:
    case = a_talked_of_case(office)
    is_closed(office, case)
    before = standing(office)
    assert before >= 5
    office.clock.pass_time(days=29, hours=23)
    sweep(office)
    assert standing(office) == before
    office.clock.pass_time(hours=2)
    sweep(office)
    assert standing(office) == 0
    with reading(office.parts.engine) as session:
        cards = session.exec(select(SlackCard)).all()
    assert {card.removed_at for card in cards} == {office.clock.now()}
    assert {card.case_id for card in cards} == {case.id}


def test_a_thread_goes_before_the_card_it_stands_under(office: Office) -> None:
    case = a_talked_of_case(office)
    is_closed(office, case)
    card, under = office.card()["ts"], threads(office)
    assert under
    office.clock.pass_time(days=31)
    sweep(office)
    taken = [call.args["ts"] for call in office.slack.calls("chat.delete") if call.outcome == "ok"]
    assert taken.index(card) > max(map(taken.index, under))


def threads(office: Office) -> set[str]:
    """The time stamps of what was posted in a thread."""
    with reading(office.parts.engine) as session:
        found = session.exec(select(SlackCard.ts).where(col(SlackCard.subject).like("thread % after %")))
        return set(found)


def test_few_are_taken_at_once_and_none_twice(office: Office) -> None:
    case = a_talked_of_case(office)
    is_closed(office, case)
    office.clock.pass_time(days=31)
    sweep(office, 1)
    assert len(office.slack.calls("chat.delete")) == 5
    sweep(office)
    taken = len(office.slack.calls("chat.delete"))
    sweep(office)
    assert len(office.slack.calls("chat.delete")) == taken


def test_nothing_of_an_open_case_goes(office: Office) -> None:
    a_talked_of_case(office)
    before = standing(office)
    office.clock.pass_time(days=400)
    sweep(office)
    assert standing(office) == before


def test_a_council_may_keep_all_of_it(office: Office) -> None:
    slack = office.parts.settings.slack.model_copy(update={"remove_after_days": 0})
    object.__setattr__(office.parts, "settings", office.parts.settings.model_copy(update={"slack": slack}))
    case = a_talked_of_case(office)
    is_closed(office, case)
    before = standing(office)
    office.clock.pass_time(days=400)
    sweep(office)
    assert standing(office) == before


def test_what_somebody_deleted_in_slack_counts_as_taken_away(office: Office) -> None:
    case = office.new_case()
    office.deliver()
    is_closed(office, case)
    office.slack.world.messages.clear()
    office.clock.pass_time(days=31)
    sweep(office)
    with reading(office.parts.engine) as session:
        assert session.exec(select(SlackCard).where(col(SlackCard.removed_at).is_(None))).all() == []


def test_a_case_opened_again_has_a_new_card_to_press(office: Office) -> None:
    case = office.new_case()
    office.deliver()
    is_closed(office, case)
    office.clock.pass_time(days=31)
    sweep(office)
    assert office.cards() == []
    does(office, case, reopen, reason="They wrote again.")
    assert "answer" in buttons(office.card())
    sweep(office)
    assert len(office.cards()) == 1


def test_news_of_a_closed_case_is_shown_for_as_long_again(office: Office) -> None:
    case = office.new_case()
    office.deliver()
    is_closed(office, case)
    office.clock.pass_time(days=31)
    sweep(office)
    with writing(office.parts.engine) as session:
        record(session, get_case(session, case.number), "letter_added", now=office.clock.now())
    office.deliver()
    sweep(office)
    assert len(office.cards()) == 1
    office.clock.pass_time(days=31)
    sweep(office)
    assert office.cards() == []


def test_reminders_of_several_go_when_one_of_them_is_long_closed(office: Office) -> None:
    one = office.new_case()
    other = office.new_case(a_letter("The lamp in Elm Road is out.", Message_ID="<two@residents.example>"))
    with writing(office.parts.engine) as session:
        remind(session, office, [get_case(session, each.number) for each in (one, other)], CARA)
    office.deliver()
    assert len(office.slack.messages(CARA)) == 1
    is_closed(office, other)
    office.clock.pass_time(days=31)
    sweep(office)
    assert office.slack.messages(CARA) == []
    assert len(office.cards()) == 1


def test_while_slack_is_down_nothing_is_written_and_later_all_is_taken(office: Office) -> None:
    case = office.new_case()
    office.deliver()
    is_closed(office, case)
    office.clock.pass_time(days=31)
    office.slack.go_down()
    sweep(office)
    assert len(office.cards()) == 1
    office.slack.recover()
    sweep(office)
    assert office.cards() == []


def test_a_lost_answer_takes_it_away_once(office: Office) -> None:
    case = office.new_case()
    office.deliver()
    is_closed(office, case)
    office.clock.pass_time(days=31)
    office.slack.fail("chat.delete", "closed", after=True)
    sweep(office)
    assert office.cards() == []
    with reading(office.parts.engine) as session:
        assert session.exec(select(SlackCard).where(col(SlackCard.removed_at).is_(None))).all() == []


@pytest.mark.parametrize("mended", [False, True])
def test_an_archived_channel_holds_up_no_other(office: Office, mended: bool) -> None:
    case = a_talked_of_case(office)
    is_closed(office, case)
    office.slack.archive(HIGHWAYS)
    office.clock.pass_time(days=31)
    sweep(office)
    assert office.slack.messages(LEAD) == office.slack.messages(BEN) == []
    assert len(office.slack.messages(HIGHWAYS)) >= 1
    if mended:
        office.slack.admin.unarchive(HIGHWAYS)
        office.clock.pass_time(minutes=5)
        sweep(office)
        assert office.slack.messages(HIGHWAYS) == []
