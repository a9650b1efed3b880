"""Rows that wait to be written together: nothing is lost, overtaken or numbered twice."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from threading import Barrier, Thread

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from models.case import Case, CaseEvent
from models.db import reading, writing
from models.once import append, append_once, insert_ahead, insert_once, next_number, reserve_numbers
from models.outbox import Channel, OutboxEntry, ToSay
from models.people import Complainant
from models.reminders import Alert

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def add_case(session: Session) -> Case:
    """A case that is not stored yet."""
    complainant = insert_once(session, Complainant, name="Una Frost", email=None)
    number = next_number(session, Case)
    case = Case(
        id=number,
        reference=f"reference {number}",
        complainant_id=complainant or 0,
        received_on=date(2026, 3, 2),
        logged_at=NOW,
        acknowledge_by=date(2026, 3, 9),
    )
    session.add(case)
    return case


def test_numbers_are_given_in_turn_and_each_once(engine: Engine) -> None:
    with writing(engine) as session:
        first = [add_case(session).number for _ in range(3)]
    with writing(engine) as session:
        second = [add_case(session).number for _ in range(3)]

    assert len({*first, *second}) == 6
    assert [*first, *second] == sorted([*first, *second])


def fail_after(engine: Engine, work: Callable[[Session], object]) -> None:
    """Do something in a transaction that fails afterwards."""

    def work_and_fail() -> None:
        with writing(engine) as session:
            work(session)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        work_and_fail()


def test_a_number_that_was_not_used_leaves_no_case_behind(engine: Engine) -> None:
    fail_after(engine, add_case)
    with writing(engine) as session:
        kept = add_case(session).number

    with reading(engine) as session:
        assert session.exec(select(Case.id)).all() == [kept]


def test_what_is_appended_is_written_after_the_case_it_tells_of(engine: Engine) -> None:
    with writing(engine) as session:
        case = add_case(session)
        append(session, CaseEvent, case_id=case.number, name="received", at=NOW)

    with reading(engine) as session:
        assert session.exec(select(CaseEvent.name)).all() == ["received"]


def test_a_row_that_tells_its_key_is_written_after_the_case_it_tells_of(engine: Engine) -> None:
    with writing(engine) as session:
        case = add_case(session)
        told = [insert_once(session, Alert, case_id=case.number, sign="late", reason="", at=NOW) for _ in range(2)]

    assert told[0] is not None
    assert told[1] is None


def test_whoever_asks_sees_what_waits_to_be_written(engine: Engine) -> None:
    with writing(engine) as session:
        append_once(session, OutboxEntry, **ToSay(Channel.SLACK, "a card", {}).as_row(NOW))

        assert session.exec(select(OutboxEntry.key)).all() == ["a card"]


def test_a_row_that_waits_is_not_overtaken_by_a_later_one(engine: Engine) -> None:
    with writing(engine) as session:
        append_once(session, OutboxEntry, **ToSay(Channel.SLACK, "first", {}).as_row(NOW))
        insert_once(session, OutboxEntry, **ToSay(Channel.SLACK, "second", {}).as_row(NOW))

        assert session.exec(select(OutboxEntry.key).order_by(col(OutboxEntry.id))).all() == ["first", "second"]


def test_an_equal_row_changes_nothing_where_that_is_allowed(engine: Engine) -> None:
    with writing(engine) as session:
        for payload in ({"n": 1}, {"n": 2}):
            append_once(session, OutboxEntry, **ToSay(Channel.SLACK, "a card", payload).as_row(NOW))

    with reading(engine) as session:
        assert session.exec(select(OutboxEntry.payload)).all() == [{"n": 1}]


def test_an_equal_row_is_an_error_where_it_is_not(engine: Engine) -> None:
    row = ToSay(Channel.SLACK, "a card", {}).as_row(NOW)

    def append_twice() -> None:
        with writing(engine) as session:
            append(session, OutboxEntry, **row)
            append(session, OutboxEntry, **row)

    with pytest.raises(IntegrityError):
        append_twice()


def test_what_waited_is_forgotten_when_the_transaction_fails(engine: Engine) -> None:
    row = ToSay(Channel.SLACK, "a card", {}).as_row(NOW)
    fail_after(engine, lambda session: append_once(session, OutboxEntry, **row))

    with reading(engine) as session:
        assert session.exec(select(OutboxEntry.key)).all() == []


def people(*names: str) -> list[dict[str, str]]:
    return [{"name": name, "email": f"{name.lower()}@residents.example"} for name in names]


def test_rows_inserted_ahead_are_told_as_if_inserted_one_by_one(engine: Engine) -> None:
    asked = people("Una", "Ben", "Ada")
    with writing(engine) as session:
        known = insert_once(session, Complainant, **asked[1])
    with writing(engine) as session:
        insert_ahead(session, Complainant, asked, by=["email"])
        told = [insert_once(session, Complainant, **row) for row in [*asked, asked[0]]]
        keys = {each.email: each.id for each in session.exec(select(Complainant))}

    assert told == [keys["una@residents.example"], None, keys["ada@residents.example"], None]
    assert keys["ben@residents.example"] == known


def test_rows_inserted_ahead_take_one_statement(engine: Engine) -> None:
    asked = people("Una", "Ben", "Ada")
    with writing(engine) as session, counted(engine) as statements:
        insert_ahead(session, Complainant, asked, by=["email"])
        for row in asked:
            insert_once(session, Complainant, **row)

    assert len(statements) == 1


def test_what_was_inserted_ahead_is_forgotten_when_the_transaction_fails(engine: Engine) -> None:
    fail_after(engine, lambda session: insert_ahead(session, Complainant, people("Una"), by=["email"]))
    with writing(engine) as session:
        assert insert_once(session, Complainant, **people("Una")[0]) is not None


def test_two_who_insert_the_same_rows_ahead_get_each_once(engine: Engine) -> None:
    asked = people(*(f"P{number:02}" for number in range(40)))
    start = Barrier(2)
    told: list[int | None] = []

    def work() -> None:
        start.wait(10)
        with writing(engine) as session:
            insert_ahead(session, Complainant, asked, by=["email"])
            told.extend(insert_once(session, Complainant, **row) for row in asked)

    both = [Thread(target=work, daemon=True) for _ in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join(30)

    new = [number for number in told if number is not None]
    assert (len(told), len(new), len(set(new))) == (80, 40, 40)


def test_reserved_numbers_are_given_first_and_then_others(engine: Engine) -> None:
    with writing(engine) as session:
        reserve_numbers(session, Case, 2)
        given = [add_case(session).number for _ in range(3)]

    assert len(set(given)) == 3
    assert given == sorted(given)


def test_reserved_numbers_are_asked_for_once(engine: Engine) -> None:
    with writing(engine) as session, counted(engine) as statements:
        reserve_numbers(session, Case, 9)
        for _ in range(9):
            next_number(session, Case)

    assert len(statements) == 1


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """The statements that are sent meanwhile."""
    statements: list[str] = []

    def count(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        statements.append(statement)

    event.listen(engine, "before_cursor_execute", count)
    yield statements
    event.remove(engine, "before_cursor_execute", count)
