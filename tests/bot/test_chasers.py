"""What becomes of a chaser is the council's policy; whichever it is, nothing is closed, joined or dropped by it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import col, select

from models.case import Case
from models.db import reading, writing
from models.queries import get_case
from models.rules.chasers import Chasers, kind_to_file
from models.rules.labels import Kind
from models.rules.steps import CaseStatus
from tests.bot.desk import Desk
from tests.build import a_letter, an_opinion, arrive
from tests.jobs.office import Office, words_on
from tests.people import BEN

FIRST = "Somebody has dumped a wardrobe behind the substation."
CHASER = "Is there any news on the wardrobe behind the substation?"


@pytest.fixture
def under(desk: Desk) -> Callable[[Chasers], Desk]:
    def policy(chasers: Chasers) -> Desk:
        parts = desk.office.parts
        classifier = parts.settings.classifier.model_copy(update={"chasers": chasers})
        settings = parts.settings.model_copy(update={"classifier": classifier})
        desk.office.parts = replace(parts, settings=settings)
        return desk

    return policy


def write(office: Office, text: str, kind: Kind, number: int) -> Case:
    """A letter comes in and is judged as that kind."""
    raw = a_letter(text, Message_ID=f"<{number}@residents.example>", Subject="")
    came = arrive(office.parts.engine, raw, settings=office.parts.settings, now=office.clock.now())
    office.suggester.opinion = an_opinion(kind)
    office.work("triage")
    with reading(office.parts.engine) as session:
        return session.exec(select(Case).where(Case.reference == came.case)).one()


def chased(office: Office, kind: Kind = Kind.CHASER, text: str = CHASER) -> tuple[Case, Case]:
    """A complaint, and three days later the same person's letter: both as they now are."""
    write(office, FIRST, Kind.COMPLAINT, 1)
    office.clock.instant += timedelta(days=3)
    write(office, text, kind, 2)
    with reading(office.parts.engine) as session:
        first, second = session.exec(select(Case).order_by(col(Case.id))).all()
    return first, second


def faces(office: Office) -> list[str]:
    office.deliver()
    return [words_on(card["blocks"]) for card in office.cards()]


@pytest.mark.parametrize("chasers", list(Chasers))
def test_a_chaser_is_a_case_of_its_own_and_nothing_is_closed(
    under: Callable[[Chasers], Desk], chasers: Chasers
) -> None:
    first, second = chased(under(chasers).office)
    assert [case.status for case in (first, second)] == [CaseStatus.NEW, CaseStatus.NEW]
    assert second.respond_by is not None
    assert (first.kind, second.campaign_of_id, second.owner_id) == (Kind.COMPLAINT, None, None)


def test_the_classifier_is_told_of_the_open_case(under: Callable[[Chasers], Desk]) -> None:
    office = under(Chasers.OWN_CASE).office
    chased(office)
    told = [message.history for message in office.suggester.shown]
    assert [(history.open, history.closed) for history in told] == [(0, 0), (1, 0)]


def test_as_a_case_of_its_own_it_is_filed_as_a_chaser(under: Callable[[Chasers], Desk]) -> None:
    office = under(Chasers.OWN_CASE).office
    assert chased(office)[1].kind == Kind.CHASER
    assert "asks after" not in " ".join(faces(office)).lower()


def test_when_asked_a_person_says_what_it_is(under: Callable[[Chasers], Desk]) -> None:
    desk = under(Chasers.ASK)
    case = write(desk.office, CHASER, Kind.CHASER, 1)
    assert case.kind is None
    assert "Chaser? A person decides" in desk.face()
    desk.fill(BEN, "wrong_kind", {"kind": Kind.CHASER.value})
    assert desk.now(case).kind == Kind.CHASER
    assert "A person decides" not in desk.face()


def test_when_asked_only_chasers_are_left_to_a_person() -> None:
    filed = {kind: kind_to_file(kind, Chasers.ASK) for kind in Kind}
    assert filed == {kind: kind for kind in Kind} | {Kind.CHASER: None}
    assert all(kind_to_file(kind, policy) is kind for kind in Kind for policy in (Chasers.OWN_CASE, Chasers.BESIDE))


def test_beside_an_open_case_each_card_names_the_other(under: Callable[[Chasers], Desk]) -> None:
    office = under(Chasers.BESIDE).office
    first, second = chased(office)
    shown = faces(office)
    assert f"Asks after {first.reference}" in "".join(face for face in shown if second.reference in face[:30])
    assert f"{second.reference} asks after this case" in "".join(face for face in shown if first.reference in face[:30])
    assert office.event_names(first)[-1] == "asked_after"


@pytest.mark.parametrize(
    ("kind", "text"), [(Kind.COMPLAINT, CHASER), (Kind.CHASER, "Is there any news on my blue badge renewal?")]
)
def test_no_other_kind_and_no_other_matter_is_put_beside(
    under: Callable[[Chasers], Desk], kind: Kind, text: str
) -> None:
    office = under(Chasers.BESIDE).office
    chased(office, kind, text)
    assert "asks after" not in " ".join(faces(office)).lower()


def test_a_case_that_was_closed_meanwhile_has_nothing_put_beside_it(under: Callable[[Chasers], Desk]) -> None:
    office = under(Chasers.BESIDE).office
    first = write(office, FIRST, Kind.COMPLAINT, 1)
    with writing(office.parts.engine) as session:
        get_case(session, first.number).status = CaseStatus.CLOSED
    write(office, CHASER, Kind.CHASER, 2)
    assert "asks after" not in " ".join(faces(office)).lower()


def test_a_chaser_that_a_person_calls_something_else_asks_after_nothing(under: Callable[[Chasers], Desk]) -> None:
    desk = under(Chasers.BESIDE)
    first, second = chased(desk.office)
    desk.office.deliver()
    [card] = [each for each in desk.office.cards() if second.reference in words_on(each["blocks"])[:30]]
    view = desk.office.slack.views(BEN)
    desk.press_on(BEN, card, "wrong_kind")
    desk.submit(BEN, desk.office.slack.views(BEN)[len(view)], {"kind": Kind.COMPLAINT.value})
    assert f"Asks after {first.reference}" not in " ".join(faces(desk.office))
