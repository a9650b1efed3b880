"""A partner answers by email what it was asked: the letter joins as a partner's, and a person says what it is."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from intake.processing import Processed, process
from models.case import Case
from models.clock import london_date
from models.correspondence import Correspondence, Direction, Disposition, InboundMessage
from models.db import reading, writing
from models.duty import DutyState
from models.duty_list import Result, result
from models.held import held_message, release_to
from models.queries import letters
from models.rules.doubts import Doubt
from models.rules.errors import GivenWrong, NotEntitled
from models.rules.threads import keys_in
from models.rules.warning_signs import sign_of_chasing
from models.settings import Settings
from models.triaging import claim_unjudged
from models.verbs.handled import ACKNOWLEDGE
from models.verbs.merge import MERGE
from models.verbs.partner_letter import ANSWERED, NOT_ANSWERED
from models.verbs.promise import DONE
from models.verbs.request import REQUEST
from tests.build import a_case, a_letter, arrive, the_settings
from tests.duty_desk import Desk, a_desk
from tests.people import ASHA, BEN, DEV

PARTNER = "office@highways.example"
SERVER = "mx.exampleshire.example"
WORDS = "It was patched on 3 May."


def by_server(result: str) -> bytes:
    received = f"Received: from mail.highways.example (x [192.0.2.9]) by {SERVER} with ESMTPS; date\n"
    return f"{received}Authentication-Results: {SERVER}; dmarc={result} header.from=highways.example\n".encode()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return the_settings(tmp_path, intake={"authserv_id": SERVER})


@pytest.fixture
def desk(engine: Engine, settings: Settings, now: datetime) -> Desk:
    desk = a_desk(engine, settings, now)
    ask(desk)
    return desk


def ask(desk: Desk, what: str = "When was Elm Road patched?", email: str = PARTNER) -> None:
    desk.act(REQUEST, party="Highways Ltd", party_email=email, what=what, by="2026-10-21")


@dataclass(frozen=True)
class Reply:
    """What a partner sends: with the key in the address, and in answer to the letter, unless told otherwise."""

    text: str = WORDS
    sender: str = PARTNER
    head: bytes = b""
    has_key: bool = True
    is_reply: bool = True
    names_case: bool = False
    number: int = 1

    def to(self, letter: dict[str, Any], **headers: str) -> bytes:
        given = {
            "From": f"Highways <{self.sender}>",
            "To": letter["reply_to"] if self.has_key else "complaints@exampleshire.example",
            "In_Reply_To": letter["message_id"] if self.is_reply else "",
            "Subject": f"Re: {letter['subject']}" if self.names_case else "Elm Road",
            "Message_ID": f"<{self.number}@highways.example>",
        }
        return self.head + a_letter(self.text, **given | headers)


def come(desk: Desk, reply: Reply = Reply(), **headers: str) -> Processed:
    raw = reply.to(desk.letters(PARTNER)[-1], **headers)
    return arrive(desk.engine, raw, settings=desk.settings, now=desk.now)


def theirs(desk: Desk) -> list[Correspondence]:
    with reading(desk.engine) as session:
        return [each for each in letters(session, desk.case) if each.direction == Direction.PARTNER]


def test_each_letter_to_a_partner_has_a_key_of_its_own_and_never_the_cases(desk: Desk) -> None:
    desk = desk.until(days=9)
    addresses = [letter["reply_to"] for letter in desk.letters(PARTNER)]
    keys = {*keys_in(tuple(addresses), ours=desk.settings.letters.from_address)}
    assert len(keys) == len(addresses) > 1
    assert desk.case.thread_key not in keys


@pytest.mark.parametrize("reply", [Reply(is_reply=False), Reply(has_key=False)], ids=["by address", "by letter"])
def test_a_reply_with_the_key_is_kept_as_the_partners(desk: Desk, reply: Reply) -> None:
    done = come(desk, reply)
    assert (done.disposition, done.rule) == (Disposition.FOLLOW_UP, "answers_our_request")
    assert done.case == desk.case.reference
    [letter] = theirs(desk)
    assert letter.text.strip() == WORDS


def test_nobody_takes_it_for_the_residents_word(desk: Desk) -> None:
    before = desk.alerts()
    for number in range(4):
        come(desk, Reply("My kitchen ceiling is coming down, this is dangerous.", number=number))
    assert len(theirs(desk)) == 4
    assert sign_of_chasing(4) is not None
    assert (desk.alerts(), desk.reloaded().signals) == (before, [])
    with writing(desk.engine) as session:
        assert claim_unjudged(session, now=desk.later(days=1).now) == []


def test_no_machine_answers_it(desk: Desk) -> None:
    come(desk)
    assert len(desk.letters(PARTNER)) == 1


def test_it_stops_the_reminders_and_settles_nothing(desk: Desk) -> None:
    come(desk)
    assert (desk.duty().state, desk.duty().waits_to_be_read) == (DutyState.OPEN, True)
    desk.until(days=20)
    assert len(desk.letters(PARTNER)) == 1


def test_its_owner_is_told_and_still_reminded_to_settle_it(desk: Desk) -> None:
    come(desk)
    [line] = desk.lines()
    assert (line["to"], "has answered by email" in line["text"]) == (BEN, True)
    assert WORDS not in line["text"]
    desk.until(days=12)
    assert {"due today", "missed"} <= {nag.step for nag in desk.nags()}


def test_a_second_letter_is_kept_and_told_too(desk: Desk) -> None:
    come(desk)
    come(desk.later(days=1), Reply("And the invoice.", number=2))
    assert (len(theirs(desk)), len(desk.lines())) == (2, 2)
    assert desk.duty().done_on == london_date(desk.now)


def test_the_same_letter_again_changes_nothing(desk: Desk) -> None:
    come(desk)
    come(desk.later(days=1))
    assert (len(theirs(desk)), len(desk.lines())) == (1, 1)


def test_its_reader_says_that_it_is_the_answer(desk: Desk) -> None:
    come(desk.later(days=1))
    said = desk.later(days=12).act(ANSWERED, duty=desk.duty().number)
    assert "is answered, by the letter of Tuesday 13 October 2026" in said
    assert (desk.duty().state, result(desk.duty())) == (DutyState.DONE, Result.ON_TIME)


def test_no_answer_is_older_than_its_question(desk: Desk) -> None:
    """Mail servers' clocks go wrong, and letters are moved between folders."""
    come(desk.later(days=-40))
    assert desk.duty().done_on == london_date(desk.now)


def test_its_reader_says_that_it_is_none_and_the_partner_is_reminded_again(desk: Desk) -> None:
    come(desk)
    desk.act(NOT_ANSWERED, duty=desk.duty().number)
    assert not desk.duty().waits_to_be_read
    desk.until(days=9)
    assert len(desk.letters(PARTNER)) == 3
    assert [event["duty"] for event in desk.events("request_not_answered")] == [desk.duty().number]


def test_nobody_else_says_what_it_is(desk: Desk) -> None:
    come(desk)
    for verb in (ANSWERED, NOT_ANSWERED):
        with pytest.raises(NotEntitled):
            desk.act(verb, DEV, duty=desk.duty().number)


def test_both_are_offered_only_once_a_letter_has_come(desk: Desk) -> None:
    with reading(desk.engine) as session:
        case = session.get_one(Case, desk.case.number)
        assert not ANSWERED.is_offered(session, case, desk.settings)
    with pytest.raises(GivenWrong):
        desk.act(ANSWERED, duty=desk.duty().number)
    come(desk)
    with reading(desk.engine) as session:
        case = session.get_one(Case, desk.case.number)
        assert ANSWERED.is_offered(session, case, desk.settings)
        assert NOT_ANSWERED.is_offered(session, case, desk.settings)


def test_a_letter_about_a_settled_request_is_kept_and_opens_nothing(desk: Desk) -> None:
    desk.act(DONE, duty=desk.duty().number, done_on="2026-10-12", evidence="They rang.")
    come(desk)
    assert desk.duty().state == DutyState.DONE
    assert "(duty 1, settled)" in desk.lines()[-1]["text"]
    assert len(theirs(desk)) == 1


@pytest.mark.parametrize(
    ("reply", "rule"),
    [
        (Reply(sender="mate@elsewhere.example", names_case=True), "names_a_strangers_case"),
        (Reply(has_key=False, is_reply=False, names_case=True), "names_a_strangers_case"),
        (Reply(head=by_server("fail")), "fails_the_councils_check"),
    ],
    ids=["another address", "no key", "failed DMARC"],
)
def test_without_key_or_address_it_is_held_as_before(desk: Desk, reply: Reply, rule: str) -> None:
    done = come(desk, reply)
    assert (done.disposition, done.rule) == (Disposition.HELD, rule)
    assert not desk.duty().waits_to_be_read


def test_a_reference_is_enough_where_the_councils_server_vouches(desk: Desk) -> None:
    done = come(desk, Reply(has_key=False, is_reply=False, names_case=True, head=by_server("pass")))
    assert done.rule == "answers_our_request"


def test_a_reference_does_not_say_which_of_two_requests(desk: Desk) -> None:
    ask(desk, "And who did it?")
    done = come(desk, Reply(has_key=False, is_reply=False, names_case=True, head=by_server("pass")))
    assert done.disposition is Disposition.HELD


def test_the_key_says_which_of_two_requests(desk: Desk) -> None:
    ask(desk, "And who did it?")
    come(desk)
    assert [duty.waits_to_be_read for duty in desk.duties()] == [False, True]


def test_an_automatic_reply_is_no_answer(desk: Desk) -> None:
    done = come(desk, Auto_Submitted="auto-replied")
    assert (done.disposition, done.rule) == (Disposition.IGNORED, "is_automatic_reply")
    assert not desk.duty().waits_to_be_read


def test_a_key_ends_after_a_year(desk: Desk) -> None:
    late = desk.later(days=366)
    assert come(late).disposition is not Disposition.FOLLOW_UP


def test_the_residents_own_address_is_the_residents(desk: Desk) -> None:
    """Somebody typed the wrong address: what the resident writes stays theirs."""
    ask(desk, email=ASHA)
    asked = desk.letters(ASHA)
    raw = Reply(sender=ASHA, names_case=True, head=b"").to(next(each for each in asked if "reply_to" in each), To="")
    done = arrive(desk.engine, raw, settings=desk.settings, now=desk.now)
    assert done.rule != "answers_our_request"


def test_an_officer_who_is_asked_as_a_partner_answers_in_their_own_words(desk: Desk) -> None:
    ask(desk, email="dev@council.example")
    letter = desk.letters("dev@council.example")[0]
    raw = Reply("Acknowledged: it was on 3 May.", sender="dev@council.example").to(letter)
    done = arrive(desk.engine, raw, settings=desk.settings, now=desk.now)
    assert (done.rule, desk.duty().waits_to_be_read) == ("answers_our_request", True)


def test_one_that_was_held_joins_as_the_partners_when_a_person_puts_it_there(desk: Desk) -> None:
    come(desk, Reply(has_key=False, is_reply=False, names_case=True))
    with writing(desk.engine) as session:
        number = session.exec(select(InboundMessage.id).order_by(col(InboundMessage.id).desc()).limit(1)).one() or 0
        row = held_message(session, number, now=desk.now)
        release_to(session, row, desk.case.reference, by=None, settings=desk.settings, now=desk.now)
    process(desk.engine, number, settings=desk.settings, now=desk.now)
    assert (len(theirs(desk)), desk.duty().waits_to_be_read) == (1, True)


def test_our_next_letter_to_the_resident_does_not_answer_the_partners(desk: Desk) -> None:
    come(desk)
    desk.act(ACKNOWLEDGE)
    [*_, letter] = desk.letters(ASHA)
    assert letter["in_reply_to"] == "<one@residents.example>"
    assert "<1@highways.example>" not in letter["references"]


def test_reason_for_care_in_it_shows_on_the_case(engine: Engine, settings: Settings, now: datetime) -> None:
    small = settings.model_copy(update={"intake": settings.intake.model_copy(update={"largest_message_bytes": 400})})
    desk = a_desk(engine, settings, now)
    ask(desk)
    come(replace(desk, settings=small), Reply(WORDS * 20))
    assert Doubt.CUT_SHORT in desk.reloaded().doubts


def test_on_a_request_of_a_case_merged_since_it_stays_with_the_request(desk: Desk) -> None:
    first = a_letter("The pothole in Elm Road.", Message_ID="<first@residents.example>")
    older = a_case(desk.engine, settings=desk.settings, now=desk.later(days=-1).now, raw=first)
    desk.act(DONE, duty=desk.duty().number, done_on="2026-10-12", evidence="They rang.")
    desk.act(MERGE, into=older.reference)
    assert come(desk).case == desk.case.reference, "the duty is found there"
