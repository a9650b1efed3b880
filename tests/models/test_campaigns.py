"""Near-identical letters from enough people become one case with a count; who has more to say stands apart."""

from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from sqlalchemy import Engine, event
from sqlmodel import col, select

from models import campaign_members, handling
from models.campaign_members import campaign_of, followers, people_by_parent, people_in
from models.campaigns import leave_campaign
from models.case import Case
from models.correspondence import LetterBand
from models.db import reading, writing
from models.outbox import OutboxEntry
from models.queries import get_case, history, open_cases
from models.reminders import Alert, Nag
from models.reminding import note_deadlines
from models.rules.labels import Area, Kind, Signal
from models.rules.likeness import prints
from models.rules.opinions import Opinion
from models.settings import Settings
from models.triaging import Judged, claim_unjudged, record_opinions
from tests.build import a_letter, an_opinion, arrive, officer, reload
from tests.campaign_letters import OWN, campaign_letter, campaign_text, unrelated_letter
from tests.people import BEN, LENA


def judge(engine: Engine, settings: Settings, now: datetime, opinion: Opinion | None = None) -> None:
    with writing(engine) as session:
        for letter in claim_unjudged(session, now=now):
            judged = Judged(letter.letter_id, opinion or an_opinion(), letter.is_first, prints(letter.text))
            record_opinions(session, [judged], settings=settings, now=now)


def write(
    engine: Engine, settings: Settings, now: datetime, *letters: bytes, opinion: Opinion | None = None
) -> list[Case]:
    """The letters come in and are judged one after the other; the cases they opened."""
    found = []
    for raw in letters:
        reference = arrive(engine, raw, settings=settings, now=now).case
        judge(engine, settings, now, opinion)
        with reading(engine) as session:
            found.append(session.exec(select(Case).where(Case.reference == reference)).one())
    return found


def campaign(engine: Engine, settings: Settings, now: datetime, people: int = 3) -> list[Case]:
    write(engine, settings, now, *(campaign_letter(number) for number in range(people)))
    return cases(engine)


def cases(engine: Engine) -> list[Case]:
    with reading(engine) as session:
        return list(session.exec(select(Case).order_by(col(Case.id))))


def parents(engine: Engine) -> list[int | None]:
    return [case.campaign_of_id for case in cases(engine)]


def event_names(engine: Engine, case: Case) -> list[str]:
    with reading(engine) as session:
        return [event.name for event, _ in history(session, case)]


def people(engine: Engine, case: Case) -> int:
    with reading(engine) as session:
        return people_in(session, case)


def test_two_alike_are_no_campaign_and_the_third_makes_one(engine: Engine, settings: Settings, now: datetime) -> None:
    write(engine, settings, now, campaign_letter(0), campaign_letter(1, own=OWN))
    assert parents(engine) == [None, None]
    write(engine, settings, now, unrelated_letter(5), campaign_letter(2))
    assert parents(engine) == [None, 1, None, 1]
    parent = cases(engine)[0]
    assert people(engine, parent) == 3
    assert event_names(engine, parent)[-2:] == ["campaign_recognised", "alert_raised"]
    with reading(engine) as session:
        [alert] = session.exec(select(Alert)).all()
        assert (alert.case_id, alert.sign) == (1, "campaign")
        assert alert.reason.startswith("3 people have sent nearly the same letter.")
        assert [(case.id, likeness < 1) for case, likeness in followers(session, parent)] == [(2, True), (4, False)]
        assert people_by_parent(session) == {1: 3}
        assert [campaign_of(session, case) for case in cases(engine)] == ["", parent.reference, "", parent.reference]
        assert [case.id for case in open_cases(session)] == [1, 3]
        assert [case.id for case in open_cases(session, include_closed=True)] == [1, 2, 3, 4]


def test_one_person_writing_thrice_is_no_campaign(engine: Engine, settings: Settings, now: datetime) -> None:
    raws = [campaign_letter(number, sender="asha.okafor@residents.example") for number in range(4)]
    write(engine, settings, now, *raws)
    assert parents(engine) == [None] * 4
    write(engine, settings, now, campaign_letter(8), campaign_letter(9))
    assert parents(engine) == [None, 1, 1, 1, 1, 1]
    assert people(engine, cases(engine)[0]) == 3


def test_the_case_received_first_speaks_for_the_others(engine: Engine, settings: Settings, now: datetime) -> None:
    write(engine, settings, now, campaign_letter(0))
    write(engine, settings, now - timedelta(days=3), campaign_letter(1))
    write(engine, settings, now, campaign_letter(2))
    assert parents(engine) == [2, None, 2]


def test_short_letters_join_nothing(engine: Engine, settings: Settings, now: datetime) -> None:
    short = [a_letter("Keep the pool open!", From=f"p{n}@x.example", Message_ID=f"<{n}@x.example>") for n in range(4)]
    write(engine, settings, now, *short)
    assert set(parents(engine)) == {None}


@pytest.mark.parametrize(("days", "found"), [(29, [None, 1, 1]), (31, [None, None, None])])
def test_only_letters_of_the_last_days_count(
    engine: Engine, settings: Settings, now: datetime, days: int, found: list[int | None]
) -> None:
    write(engine, settings, now - timedelta(days=days), campaign_letter(0), campaign_letter(1))
    write(engine, settings, now, campaign_letter(2))
    assert parents(engine) == found


GRAVE = an_opinion(Kind.COMPLAINT, Area.HIGHWAYS_TRANSPORT, Signal.CHILD_AT_RISK)
PRESS = an_opinion(Kind.COMPLAINT, Area.HIGHWAYS_TRANSPORT, Signal.MEDIA_THREAT)


@pytest.mark.parametrize("opinion", [GRAVE, PRESS], ids=["never waits", "grave by the settings"])
def test_a_grave_letter_is_counted_but_stands_apart(
    engine: Engine, settings: Settings, now: datetime, opinion: Opinion
) -> None:
    write(engine, settings, now, campaign_letter(0), opinion=opinion)
    write(engine, settings, now, campaign_letter(1), campaign_letter(2))
    write(engine, settings, now, campaign_letter(3), opinion=opinion)
    assert parents(engine) == [None, None, 2, None], "the oldest that is not grave speaks, and not for the grave"
    first, parent, _, last = cases(engine)
    with reading(engine) as session:
        assert campaign_of(session, first) == campaign_of(session, last) == parent.reference
        alerted = session.exec(select(Alert.case_id).where(col(Alert.sign).startswith("signals"))).all()
        drawn = session.exec(select(OutboxEntry.key).where(col(OutboxEntry.case_id) == last.id)).all()
    assert alerted == [1, 4]
    assert f"{last.reference} card version {last.version}" in drawn


def test_who_has_been_helped_by_a_person_is_not_pulled_in(engine: Engine, settings: Settings, now: datetime) -> None:
    taken, filed = write(engine, settings, now, *(campaign_letter(n, sender="kay@x.example") for n in (0, 1)))
    with writing(engine) as session:
        ben = officer(engine, BEN)
        handling.take(session, get_case(session, taken.number), by=ben, now=now)
        case = get_case(session, filed.number)
        handling.correct_kind(session, case, Kind.COMPLAINT, by=ben, settings=settings, now=now)
    write(engine, settings, now, campaign_letter(2), campaign_letter(3))
    assert parents(engine) == [None, None, 1, 1], "it may speak for others, but nobody speaks for it"
    assert cases(engine)[-1].owner_id == ben.id, "it is its parent's owner's"
    assert "joined_campaign" in event_names(engine, filed), "its card says that it is one of many"


@pytest.mark.parametrize("changed", [{"may_answer": False}, {"doubts": ["forwarded"]}])
def test_who_cannot_be_written_to_or_trusted_stands_apart(
    engine: Engine, settings: Settings, now: datetime, changed: dict[str, object]
) -> None:
    campaign(engine, settings, now)
    arrive(engine, campaign_letter(7), settings=settings, now=now)
    with writing(engine) as session:
        case = get_case(session, 4)
        for name, value in changed.items():
            setattr(case, name, value)
    judge(engine, settings, now)
    assert parents(engine)[-1] is None
    assert "joined_campaign" in event_names(engine, case)


def test_who_attaches_something_is_read(engine: Engine, settings: Settings, now: datetime) -> None:
    """It may be the damage to their own home."""
    campaign(engine, settings, now)
    letter = message_from_bytes(campaign_letter(7), policy=policy.default)
    assert isinstance(letter, EmailMessage)
    letter.add_attachment(b"\xff\xd8\xff\xe0 a photograph", maintype="image", subtype="jpeg", filename="damp.jpg")
    write(engine, settings, now, letter.as_bytes())
    assert parents(engine)[-1] is None
    assert "joined_campaign" in event_names(engine, cases(engine)[-1])


def test_a_follower_is_filed_as_its_parent_is(engine: Engine, settings: Settings, now: datetime) -> None:
    campaign(engine, settings, now)
    odd = an_opinion(Kind.COMMENT, Area.PARKS_LEISURE_LIBRARIES)
    [case] = write(engine, settings, now, campaign_letter(9), opinion=odd)
    assert (case.campaign_of_id, case.kind, case.areas) == (1, Kind.COMPLAINT, ["highways_transport"])


def test_who_writes_after_the_answer_starts_anew(engine: Engine, settings: Settings, now: datetime) -> None:
    parent = campaign(engine, settings, now)[0]
    with writing(engine) as session:
        case, ben = get_case(session, parent.number), officer(engine, BEN)
        handling.acknowledge(session, case, by=ben, settings=settings, now=now)
    write(engine, settings, now, campaign_letter(3))
    assert parents(engine)[-1] == 1
    with writing(engine) as session:
        case = get_case(session, parent.number)
        answer = handling.Answer(handling.Outcome.UPHELD, "Because.", as_it_is=True)
        handling.respond(session, case, answer, by=ben, settings=settings, now=now)
    write(engine, settings, now, *(campaign_letter(number) for number in (4, 5, 6, 7)))
    assert parents(engine)[4:] == [None, 5, 5, 5]


def test_who_was_taken_out_is_not_pulled_in_again(engine: Engine, settings: Settings, now: datetime) -> None:
    campaign(engine, settings, now)
    with writing(engine) as session:
        assert leave_campaign(session, get_case(session, 2), why="a person took it out", now=now)
        assert not leave_campaign(session, get_case(session, 2), why="a person took it out", now=now)
    left = reload(engine, cases(engine)[1])
    assert (left.campaign_of_id, left.look_again) == (None, now)
    with reading(engine) as session:
        keys = session.exec(select(OutboxEntry.key).where(col(OutboxEntry.case_id) == 2)).all()
        assert campaign_of(session, left) == cases(engine)[0].reference
    assert f"{left.reference} card version {left.version}" in keys
    with writing(engine) as session:  # the parent is answered by a person before anybody else writes
        get_case(session, 1).stage = 2
    write(engine, settings, now, *(campaign_letter(number) for number in (5, 6)))
    assert parents(engine) == [None, None, 1, 2, 2], "it may speak for others"
    with writing(engine) as session:
        get_case(session, 2).stage = 2
    write(engine, settings, now, *(campaign_letter(number) for number in (7, 8, 9)))
    assert reload(engine, left).campaign_of_id is None


def test_a_campaign_writes_on_its_parent_once_a_minute(engine: Engine, settings: Settings, now: datetime) -> None:
    parent = campaign(engine, settings, now)[0]
    with writing(engine) as session:
        note_deadlines(session, get_case(session, 1), settings=settings, now=now)
    write(engine, settings, now, *(campaign_letter(number) for number in range(3, 12)))
    still = reload(engine, parent)
    assert still.version == parent.version
    assert still.look_again == now + timedelta(minutes=1)
    for _ in range(2):
        with writing(engine) as session:
            note_deadlines(session, get_case(session, 1), settings=settings, now=now + timedelta(minutes=1))
    assert reload(engine, parent).version == parent.version + 1
    assert event_names(engine, parent).count("campaign_counted") == 1
    with reading(engine) as session:
        assert session.exec(select(Alert.reason)).one().startswith("12 people")
        drawn = session.exec(select(OutboxEntry.key).where(col(OutboxEntry.key).startswith("alert 1 "))).all()
    assert len(drawn) == 2


def test_only_the_parent_is_reminded_and_of_the_first_date(engine: Engine, settings: Settings, now: datetime) -> None:
    write(engine, settings, now, campaign_letter(0), campaign_letter(1))
    write(engine, settings, now, campaign_letter(2))
    with writing(engine) as session:
        get_case(session, 3).acknowledge_by = now.date() + timedelta(days=1)
    later = now + timedelta(days=1)
    for number in (1, 2, 3):
        with writing(engine) as session:
            note_deadlines(session, get_case(session, number), settings=settings, now=later)
    with reading(engine) as session:
        assert [(nag.case_id, nag.step, nag.due) for nag in session.exec(select(Nag))] == [
            (1, "due today", later.date())
        ]
    assert all((case.look_again or now) > later for case in cases(engine))


def test_a_follower_left_behind_is_reminded_itself(engine: Engine, settings: Settings, now: datetime) -> None:
    campaign(engine, settings, now)
    with writing(engine) as session:
        handling.acknowledge(session, get_case(session, 1), by=officer(engine, LENA), settings=settings, now=now)
    soon = now + timedelta(days=7)
    with writing(engine) as session:
        note_deadlines(session, get_case(session, 2), settings=settings, now=soon)
    with reading(engine) as session:
        assert [(nag.case_id, nag.step) for nag in session.exec(select(Nag))] == [(2, "due today")]
    assert parents(engine) == [None, None, 1], "it has a card again"


def test_a_letter_of_a_large_campaign_costs_no_more(
    engine: Engine, settings: Settings, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(campaign_members, "_LOOKED_AT", 5)
    small = rows_and_questions(engine, settings, now, range(8))
    large = rows_and_questions(engine, settings, now, range(8, 40))
    assert large == small
    with reading(engine) as session:
        assert people_in(session, get_case(session, 1)) == 40
        assert len(session.exec(select(LetterBand)).all()) == 40 * 6


def rows_and_questions(engine: Engine, settings: Settings, now: datetime, numbers: range) -> tuple[int, int]:
    """How many letters the last one's lookup brings, and how many statements its triage takes."""
    *before, last = (campaign_letter(number) for number in numbers)
    write(engine, settings, now, *before)
    with reading(engine) as session:
        found = prints(campaign_text(numbers[-1]))
        assert found is not None
        brought = campaign_members._sharing_a_band(session, found.bands, at_most=5)
    arrive(engine, last, settings=settings, now=now)
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    judge(engine, settings, now)
    event.remove(engine, "before_cursor_execute", note)
    return len(brought), len(asked)


def test_the_newest_candidates_are_compared(
    engine: Engine, settings: Settings, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The price of a bounded look, known: of one person's many letters only the newest are found to be alike."""
    monkeypatch.setattr(campaign_members, "_LOOKED_AT", 4)
    eager = settings.model_copy(update={"campaigns": settings.campaigns.model_copy(update={"people": 2})})
    write(engine, eager, now, *(campaign_letter(n, sender="robot@x.example") for n in range(6)))
    write(engine, eager, now, campaign_letter(70))
    assert parents(engine) == [None, None, None, 3, 3, 3, 3]
