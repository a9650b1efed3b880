"""What the classifier is told of who writes: their earlier cases on the same matter, and nothing of anybody else's."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, event

from models import looking_back
from models.case import Case
from models.db import writing
from models.looking_back import came_before, with_earlier
from models.queries import get_case
from models.rules.doubts import Doubt
from models.rules.references import make_reference
from models.rules.same_matter import LONGEST, Before
from models.rules.steps import CaseStatus
from models.settings import Settings
from models.triaging import Unjudged, claim_unjudged
from tests.build import a_case, a_letter, arrive

WARDROBE = "Somebody has dumped a wardrobe behind the substation."
AGAIN = "The wardrobe behind the substation is still there."
LATER = timedelta(days=3)


@pytest.fixture
def first(engine: Engine, settings: Settings, now: datetime) -> Case:
    return a_case(engine, settings=settings, now=now, raw=a_letter(WARDROBE, Subject="Dumped"))


def written(engine: Engine, settings: Settings, now: datetime, *texts: str, **headers: str) -> list[Unjudged]:
    """Letters come in together and are about to be judged."""
    for number, text in enumerate(texts):
        raw = a_letter(text, **{"Message_ID": f"<{number}.later@residents.example>", "Subject": ""} | headers)
        arrive(engine, raw, settings=settings, now=now)
    with writing(engine) as session:
        return with_earlier(session, claim_unjudged(session, now=now), settings=settings, now=now)


def past(engine: Engine, settings: Settings, now: datetime, text: str = AGAIN, **headers: str) -> Before:
    (letter,) = written(engine, settings, now, text, **headers)
    return came_before(letter)


@contextmanager
def changing(engine: Engine, case: Case) -> Iterator[Case]:
    with writing(engine) as session:
        yield get_case(session, case.number)


def test_an_open_case_on_the_same_matter_is_found(
    engine: Engine, settings: Settings, now: datetime, first: Case
) -> None:
    assert past(engine, settings, now + LATER) == Before(open=(first.number,))


@pytest.mark.parametrize("status", [CaseStatus.RESPONDED, CaseStatus.CLOSED])
def test_an_answered_or_closed_case_is_no_open_one(
    engine: Engine, settings: Settings, now: datetime, first: Case, status: CaseStatus
) -> None:
    with changing(engine, first) as case:
        case.status, case.responded_on = status, now.date()
    assert past(engine, settings, now + LATER) == Before(closed=(first.number,))


def test_another_matter_is_not_found(engine: Engine, settings: Settings, now: datetime, first: Case) -> None:
    assert past(engine, settings, now, "My blue badge has expired.") == Before()


def test_another_persons_case_is_not_found(engine: Engine, settings: Settings, now: datetime, first: Case) -> None:
    (letter,) = written(engine, settings, now, AGAIN, From="Tom Pell <tom@residents.example>")
    assert letter.earlier == ()


def test_one_that_follows_a_campaign_is_not_found(
    engine: Engine, settings: Settings, now: datetime, first: Case
) -> None:
    parent = a_case(engine, settings=settings, now=now, raw=a_letter("Save the lido.", Message_ID="<lido@x.example>"))
    with changing(engine, first) as case:
        case.campaign_of_id = parent.id
    assert past(engine, settings, now) == Before()


def test_what_may_be_somebody_elses_has_no_past_and_is_none(
    engine: Engine, settings: Settings, now: datetime, first: Case
) -> None:
    with changing(engine, first) as case:
        case.doubts = [Doubt.SENDER_FAILED.value]
    assert past(engine, settings, now) == Before()


def test_an_address_no_person_reads_has_no_past(engine: Engine, settings: Settings, now: datetime) -> None:
    robot = "noreply@reports.example"
    letters = written(engine, settings, now, WARDROBE, AGAIN, From=robot)
    assert [(letter.writer, letter.earlier) for letter in letters] == [(None, ()), (None, ())]


def test_what_came_longer_ago_than_the_setting_is_not_found(
    engine: Engine, settings: Settings, now: datetime, first: Case
) -> None:
    within = timedelta(days=settings.classifier.history_days)
    assert past(engine, settings, now + within + timedelta(days=1)) == Before()


def test_letters_that_are_judged_together_know_of_those_before_them(
    engine: Engine, settings: Settings, now: datetime
) -> None:
    letters = written(engine, settings, now, WARDROBE, AGAIN)
    assert [came_before(letter) for letter in letters] == [Before(), Before(open=(letters[0].case_id,))]


def test_a_later_letter_of_a_case_has_no_past(engine: Engine, settings: Settings, now: datetime, first: Case) -> None:
    to = f"complaints+{first.thread_key}@exampleshire.example"
    (letter,) = written(engine, settings, now, AGAIN, To=to)
    assert (letter.is_first, letter.earlier) == (False, ())


def test_only_the_newest_and_only_their_beginning_is_read(
    engine: Engine, settings: Settings, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    newest = looking_back._NEWEST
    *_, last = written(engine, settings, now, *(f"{AGAIN} {number}" + "x" * 9_000 for number in range(newest + 5)))
    assert len(last.earlier) == newest - 1
    assert [each.number for each in last.earlier] == sorted((each.number for each in last.earlier), reverse=True)
    assert {len(each.text) for each in last.earlier} == {LONGEST}


def test_all_letters_together_are_one_question(engine: Engine, settings: Settings, now: datetime) -> None:
    for number, sender in enumerate(("a", "b", "a", "c")):
        raw = a_letter(AGAIN, From=f"{sender}@residents.example", Message_ID=f"<{number}@residents.example>")
        arrive(engine, raw, settings=settings, now=now)
    asked: list[str] = []
    with writing(engine) as session:
        letters = claim_unjudged(session, now=now)
        session.flush()
        event.listen(engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
        found = with_earlier(session, letters, settings=settings, now=now)
    assert len([statement for statement in asked if statement.lstrip().startswith(("SELECT", "WITH"))]) == 1
    assert [len(letter.earlier) for letter in found] == [0, 0, 1, 0]


def test_a_reference_that_is_named_is_known(engine: Engine, settings: Settings, now: datetime) -> None:
    named = make_reference(4711, 2026)
    (letter,) = written(engine, settings, now, f"How is {named} getting on?")
    assert letter.named == (named,)
