"""What Slack sends is kept, acknowledged and done once: sent twice, sent again, and when the program dies half way."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import select

from bot import keeping, listeners, receiving
from bot.skeletons import open_skeleton
from demo.slack.world import Json
from jobs.taking_in import window_of
from models.case import Case
from models.db import reading, writing
from models.envelopes import Envelope
from models.keeping_envelopes import Kept, claim, is_settled, keep, settle
from models.queries import case_by_reference
from tests.bot.desk import Desk, filled
from tests.jobs.office import HIGHWAYS, Office, words_on
from tests.people import BEN

LEASE = timedelta(seconds=120)
LATER = LEASE + timedelta(seconds=1)


def envelopes(office: Office) -> list[Envelope]:
    with reading(office.parts.engine) as session:
        return list(session.exec(select(Envelope).order_by(Envelope.id)))  # type: ignore[arg-type]  # it is a column


def payload(office: Office, action_id: str) -> Json:
    """What Slack sends when Ben presses it on the card; it is not sent."""
    with pytest.MonkeyPatch.context() as patch:
        sent: list[Json] = []
        patch.setattr(office.slack.sockets, "deliver", lambda _kind, what: sent.append(what))
        card = office.card()
        office.slack.press(BEN, card["channel"], card["ts"], action_id)
    return sent[0]


def kept_by_one_who_died(office: Office, action_id: str) -> Json:
    """A press that was kept and acknowledged, and nothing else."""
    body = payload(office, action_id)
    kept = Kept(receiving.key_of("action", action_id, body), "action", action_id, body)
    with writing(office.parts.engine) as session:
        assert keep(session, kept, now=office.clock.now(), lease=LEASE)
    return body


def pass_the_lease(office: Office) -> None:
    office.clock.pass_time(seconds=LATER.total_seconds())


def test_a_press_is_kept_and_emptied_once_it_is_done(desk: Desk) -> None:
    desk.new_case()
    desk.press(BEN, "take")
    desk.office.slack.wait_for(lambda: envelopes(desk.office)[0].look_at is None)
    [row] = envelopes(desk.office)
    assert (row.kind, row.name, row.payload) == ("action", "take", {})


def test_a_press_that_is_sent_twice_is_done_once(desk: Desk) -> None:
    case = desk.new_case()
    slack, body = desk.office.slack, payload(desk.office, "acknowledge")
    assert all(slack.sockets.deliver("interactive", body).acked for _ in range(3))
    slack.wait_for(lambda: desk.told(BEN))
    assert desk.office.event_names(case).count("acknowledged") == 1
    assert "press_refused" not in desk.office.event_names(case), "nobody pressed twice"
    assert len(slack.ephemerals(BEN)) == 1


def test_what_a_program_that_died_left_is_done_once_its_lease_is_over(desk: Desk) -> None:
    case = desk.new_case()
    kept_by_one_who_died(desk.office, "take")
    desk.office.work("work on what Slack sent")
    assert "taken" not in desk.office.event_names(case), "whoever has it may be at work still"
    pass_the_lease(desk.office)
    desk.office.work("work on what Slack sent")
    assert "is yours" in desk.told(BEN)
    assert [row.look_at for row in envelopes(desk.office)] == [None]


def test_what_was_done_is_not_done_again_though_the_program_died_before_it_said_so(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = desk.new_case()
    monkeypatch.setattr(receiving, "is_settled", lambda *_: True)  # it dies before its last step
    desk.press(BEN, "acknowledge")
    pass_the_lease(desk.office)
    desk.office.work("work on what Slack sent")
    assert desk.office.event_names(case).count("acknowledged") == 1
    assert "press_refused" not in desk.office.event_names(case)
    assert len(desk.office.slack.ephemerals(BEN)) == 1


def test_a_form_left_open_by_a_program_that_died_is_filled_in(desk: Desk) -> None:
    case = desk.new_case()
    body = kept_by_one_who_died(desk.office, "read")
    open_skeleton(desk.office.client, body)
    assert "One moment…" in words_on(desk.office.slack.views(BEN)[-1]["blocks"])
    pass_the_lease(desk.office)
    desk.office.work("work on what Slack sent")
    assert desk.opened(BEN)["title"]["text"] == case.reference


def test_a_form_that_is_not_open_any_more_is_to_be_asked_for_again(desk: Desk) -> None:
    desk.new_case()
    kept_by_one_who_died(desk.office, "read")
    pass_the_lease(desk.office)
    desk.office.work("work on what Slack sent")
    assert "press the button again" in desk.told(BEN)
    assert [row.look_at for row in envelopes(desk.office)] == [None]


def test_what_fails_three_times_is_let_go_and_emptied(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def stumble(*_: object) -> None:
        raise ZeroDivisionError

    desk.new_case()
    kept_by_one_who_died(desk.office, "take")
    monkeypatch.setitem(listeners.ACTIONS, "take", stumble)
    for _ in range(5):
        pass_the_lease(desk.office)
        desk.office.work("work on what Slack sent")
    [row] = envelopes(desk.office)
    assert (row.look_at, row.payload, row.tries) == (None, {}, 3)
    [told] = [record for record in caplog.records if record.getMessage() == "envelope let go"]
    assert vars(told)["action"] == "action take"


def test_of_two_who_have_the_same_press_one_does_it(desk: Desk) -> None:
    """A slow worker's lease runs out: another has it too, and the first comes to its end."""
    office, case = desk.office, desk.new_case()
    body = kept_by_one_who_died(office, "acknowledge")
    key = receiving.key_of("action", "acknowledge", body)
    pass_the_lease(office)
    with writing(office.parts.engine) as session:
        claimed = claim(session, now=office.clock.now(), lease=LEASE)
        assert claimed is not None
        assert claim(session, now=office.clock.now(), lease=LEASE) is None, "it is on lease again"
    for _ in range(2):
        receiving.work(window_of(office.parts), office.client, claimed)
    assert office.event_names(case).count("acknowledged") == 1
    with writing(office.parts.engine) as session:
        assert is_settled(session, key)
        assert not settle(session, claimed, now=office.clock.now())


def test_a_form_that_is_sent_again_is_done_once(desk: Desk) -> None:
    """Its answer was lost, so the form is open still, and the officer presses again."""
    case = desk.new_case()
    slack, view = desk.office.slack, desk.modal(BEN, "wrong_kind")
    first = slack.submit(BEN, view["id"], {"kind": "compliment"})
    again = slack.sockets.deliver("interactive", first.payload, accepts_response=True)
    assert again.acked
    assert again.response is None, "the form closes"
    assert desk.office.event_names(case).count("kind_corrected") == 1
    assert "press_refused" not in desk.office.event_names(case)


def test_a_form_that_was_refused_may_be_sent_again_as_it_is(desk: Desk) -> None:
    desk.new_case()
    desk.press(BEN, "acknowledge")
    desk.office.deliver()
    view = desk.modal(BEN, "answer")
    bare = {"outcome": "upheld", "letter": "We will look into it."}
    for _ in range(2):
        assert "letter" in (desk.submit(BEN, view, bare).response or {})["errors"]


def test_a_complaint_whose_form_is_sent_twice_is_one_case(desk: Desk) -> None:
    slack = desk.office.slack
    assert slack.command(BEN, HIGHWAYS, "/complaint", "new").acked
    told = {"happened": "The lamp at number nine is dark.", "name": "Grace Adeyemi", "email": "", "put_right": ""}
    first = slack.submit(BEN, desk.opened(BEN)["id"], told)
    assert slack.sockets.deliver("interactive", first.payload, accepts_response=True).acked
    slack.wait_for(lambda: desk.told(BEN))
    with reading(desk.office.parts.engine) as session:
        assert case_by_reference(session, desk.told(BEN).split()[0])
        assert len(session.exec(select(Case)).all()) == 1


def test_a_form_is_open_before_the_database_is_asked(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.new_case()
    slack, real, seen = desk.office.slack, keep, []

    def slow(*given: Any, **how: Any) -> bool:
        seen.extend(slack.wait_for(lambda: slack.views(BEN)))
        return real(*given, **how)

    monkeypatch.setattr(keeping, "keep", slow)
    desk.modal(BEN, "read")
    assert "One moment…" in words_on(seen[0]["blocks"])


def test_what_cannot_be_kept_is_not_acknowledged_and_its_form_says_so(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object, **__: object) -> bool:
        raise ConnectionError

    desk.new_case()
    slack, card = desk.office.slack, desk.office.card()
    slack.sockets.ack_seconds = 0.5
    monkeypatch.setattr(keeping, "keep", away)
    assert slack.press(BEN, card["channel"], card["ts"], "read").outcome == "no ack"
    slack.wait_for(lambda: filled(slack.views(BEN)))
    assert "could not take that down" in words_on(slack.views(BEN)[-1]["blocks"])


def test_envelopes_are_forgotten_after_some_days_unless_they_wait(desk: Desk) -> None:
    desk.new_case()
    desk.press(BEN, "take")
    desk.office.slack.wait_for(lambda: envelopes(desk.office)[0].look_at is None)
    desk.office.deliver()
    kept_by_one_who_died(desk.office, "acknowledge")
    desk.office.clock.pass_time(days=7, minutes=1)
    desk.office.work("forget what Slack sent")
    assert [row.name for row in envelopes(desk.office)] == ["acknowledge"]


def test_what_comes_at_the_same_moment_is_kept_together_and_each_once(desk: Desk) -> None:
    window = window_of(desk.office.parts)
    keeper, begin = keeping.Keeper(window), threading.Barrier(20)

    def bring(number: int) -> bool:
        begin.wait()
        return keeper.keep(Kept(f"press {number % 10}", "action", "take", {}))

    with ThreadPoolExecutor(20) as threads:
        assert sorted(threads.map(bring, range(20))) == [False] * 10 + [True] * 10
    assert len({row.received_at for row in envelopes(desk.office)}) == 1
    assert len(envelopes(desk.office)) == 10


def test_when_the_database_fails_for_one_the_others_are_kept(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    keeper, begin = keeping.Keeper(window_of(desk.office.parts)), threading.Barrier(6)

    def fail_for_one(session: Any, kept: Kept, **how: Any) -> bool:
        if kept.key == "press 0":
            raise SQLAlchemyError
        return keep(session, kept, **how)

    def bring(number: int) -> bool:
        begin.wait()
        with suppress(SQLAlchemyError):
            return keeper.keep(Kept(f"press {number}", "action", "take", {}))
        return False

    monkeypatch.setattr(keeping, "keep", fail_for_one)
    with ThreadPoolExecutor(6) as threads:
        assert list(threads.map(bring, range(6))) == [False] + [True] * 5
