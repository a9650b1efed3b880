"""The morning: once a working day, as somebody's hours begin, what is theirs; nothing when there is nothing."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import select

from bot.digest import digest_message
from demo.slack.blocks import problems_in
from models import handling
from models.absences import Leave, go_away
from models.case import Case
from models.db import reading, writing
from models.digest import Digest, Due, Dues, digest_of
from models.duty import DutyKind
from models.people import Officer
from models.queries import get_case
from models.rules.labels import Area, Kind
from models.rules.opinions import KindOpinion
from models.settings_people import Hours
from models.stuck import Reason, Stuck
from models.verbs.promise import PROMISE_ACTION
from models.verbs.verb import Verb
from tests.build import a_letter, an_opinion, arrive, officer
from tests.jobs.office import Json, Office, buttons, words_on
from tests.moving import use
from tests.people import ASHA, BEN, CARA, DEV, LENA
from tests.staff import has_left, with_team

TUESDAY = datetime(2026, 10, 13, 8, 0, tzinfo=UTC)
"""Nine o'clock in London, the day after the cases came; acknowledgements are due by Monday 19 October."""

DUE = Due(7, "T26-00007-A", Area.CHILDRENS_SOCIAL_CARE, date(2026, 10, 12), clock="acknowledge")


def cases(office: Office, count: int = 1, owner: str | None = BEN) -> list[Case]:
    made = [office.new_case(raw=a_letter(f"Matter {n}.", Message_ID=f"<{n}@r.example>")) for n in range(count)]
    with writing(office.parts.engine) as session:
        for case in made if owner else ():
            handling.take(
                session,
                get_case(session, case.number),
                by=officer(office.parts.engine, owner or ""),
                now=office.clock.now(),
            )
    office.deliver()
    return made


def morning(office: Office, at: datetime = TUESDAY) -> None:
    office.clock.instant = at
    office.work("morning digest")
    office.deliver()


def digests(office: Office, who: str) -> list[Json]:
    return [each for each in office.slack.messages(who) if each["text"].startswith("Your day")]


def says(office: Office, who: str) -> str:
    [message] = digests(office, who)
    return words_on(message["blocks"])


def uses(office: Office, verb: Verb, case: Case, **given: str) -> None:
    use(office.parts.engine, case, verb, office.parts.settings, office.clock.now(), given, BEN)


def goes(office: Office, who: str, cover: str | None, days: int = 3) -> None:
    first = office.clock.now().date()
    with writing(office.parts.engine) as session:
        away = session.merge(officer(office.parts.engine, who))
        leave = Leave(
            first, first + timedelta(days=days), session.merge(officer(office.parts.engine, cover)) if cover else None
        )
        go_away(session, away, leave, by=None, settings=office.parts.settings, now=office.clock.now())


def test_the_fullest_morning_keeps_slacks_limits_and_says_all_in_words() -> None:
    dues = Dues((DUE,) * 40, (replace(DUE, clock="answer"),) * 40, (replace(DUE, clock="", duty=DutyKind.REMEDY),) * 40)
    why = Reason("its owner, <!here>, is away " * 9, DUE.due)
    stuck = (Stuck("T26-00007-A", Area.HOUSING, (why,), case_id=7, owner="Ben"),) * 40
    covered = tuple((f"Name {n} <@U1>", dues) for n in range(9))
    text, blocks = digest_message(Digest(DUE.due, dues, covered, ("T26-00007-A",) * 40, 3, stuck))
    assert problems_in(blocks, 50) == []
    assert "<!here>" not in words_on(blocks)
    assert text == (
        "Your day, Monday 12 October 2026: 40 missed, 40 due today, 40 due within a week, 1080 due of those you cover, "
        "40 to sort, 3 held, 40 stuck."
    )


@pytest.mark.parametrize(
    ("at", "count"),
    [
        (TUESDAY - timedelta(minutes=1), 0),
        (TUESDAY, 1),
        (TUESDAY + timedelta(hours=3), 1),
        (TUESDAY + timedelta(hours=9), 0),
        (TUESDAY + timedelta(days=4), 0),
    ],
)
def test_it_comes_in_working_hours_of_a_working_day(office: Office, at: datetime, count: int) -> None:
    cases(office)
    morning(office, at)
    assert len(digests(office, BEN)) == count


def test_it_comes_once_a_day(office: Office) -> None:
    cases(office)
    for minutes in range(3):
        morning(office, TUESDAY + timedelta(minutes=minutes))
    assert len(digests(office, BEN)) == 1
    morning(office, TUESDAY + timedelta(days=1))
    assert len(digests(office, BEN)) == 2


def test_it_comes_as_their_own_hours_begin(office: Office) -> None:
    cases(office)
    settings = office.parts.settings
    hours = Hours(days=("tuesday",), from_time=datetime(2026, 1, 1, 11, 30).time())  # noqa: DTZ001 -- a time of day
    officers = [e.model_copy(update={"hours": hours}) if e.slack_user == BEN else e for e in settings.officers]
    office.parts = replace(office.parts, settings=settings.model_copy(update={"officers": tuple(officers)}))
    morning(office, TUESDAY + timedelta(hours=2, minutes=29))
    assert digests(office, BEN) == []
    morning(office, TUESDAY + timedelta(hours=2, minutes=30))
    assert len(digests(office, BEN)) == 1


def test_who_has_nothing_hears_nothing(office: Office) -> None:
    cases(office)
    morning(office)
    assert digests(office, CARA) == digests(office, DEV) == []


def test_it_says_what_is_missed_due_today_and_coming(office: Office) -> None:
    missed, today, coming = cases(office, 3)
    with writing(office.parts.engine) as session:
        for case, day in ((missed, 12), (today, 13), (coming, 20)):
            get_case(session, case.number).acknowledge_by = date(2026, 10, day)
    morning(office)
    said = says(office, BEN).replace("Open\n", "")
    assert f"*⚠ Missed*  (1)\n*{missed.reference}*: acknowledge by Monday 12 October 2026" in said
    assert f"*Due today*  (1)\n*{today.reference}*: acknowledge by Tuesday 13 October 2026" in said
    assert f"*Due within a week*  (1)\n• *{coming.reference}*: acknowledge by Tuesday 20 October 2026" in said
    [message] = digests(office, BEN)
    assert message["text"] == "Your day, Tuesday 13 October 2026: 1 missed, 1 due today, 1 due within a week."


def test_promises_and_other_duties_are_in_it_by_their_sort_alone(office: Office) -> None:
    [case] = cases(office)
    with writing(office.parts.engine) as session:
        get_case(session, case.number).acknowledge_by = date(2026, 12, 1)
    uses(office, PROMISE_ACTION, case, what="Ring Mrs Okafor at 27 Larkfield Rise.", by="2026-10-13")
    morning(office)
    assert f"*{case.reference}*: an agreed action by Tuesday 13 October 2026 (Highways and transport)" in says(
        office, BEN
    )
    assert "Okafor" not in says(office, BEN)


def test_a_cover_hears_what_they_cover_and_who_is_away_hears_nothing(office: Office) -> None:
    [case] = cases(office)
    office.clock.instant = TUESDAY
    goes(office, BEN, CARA)
    morning(office)
    assert digests(office, BEN) == []
    assert "*You cover for Ben Carter*  (1)" in says(office, CARA)
    assert case.reference in says(office, CARA)


def test_who_goes_away_before_slack_is_reached_hears_nothing(office: Office) -> None:
    cases(office)
    office.clock.instant = TUESDAY
    office.work("morning digest")
    goes(office, BEN, None)
    office.deliver()
    assert digests(office, BEN) == []


def test_it_is_drawn_when_it_leaves(office: Office) -> None:
    first, second = cases(office, 2)
    office.clock.instant = TUESDAY
    office.work("morning digest")
    with writing(office.parts.engine) as session:
        case = get_case(session, first.number)
        handling.acknowledge(
            session, case, by=officer(office.parts.engine, BEN), settings=office.parts.settings, now=TUESDAY
        )
    office.deliver()
    assert first.reference not in says(office, BEN)
    assert second.reference in says(office, BEN)


def test_a_morning_that_is_over_is_not_told(office: Office) -> None:
    cases(office)
    office.clock.instant = TUESDAY
    office.work("morning digest")
    office.clock.instant = TUESDAY + timedelta(days=1)
    office.deliver()
    assert digests(office, BEN) == []
    morning(office, TUESDAY + timedelta(days=1))
    assert len(digests(office, BEN)) == 1


def test_what_is_to_be_sorted_is_told_to_those_who_may(office: Office) -> None:
    opinion = replace(an_opinion(None), likely=(KindOpinion(Kind.COMPLAINT, 0.5),))
    case = office.new_case(opinion=opinion)
    arrive(
        office.parts.engine,
        a_letter("", Subject="", Message_ID="<h@r.example>"),
        settings=office.parts.settings,
        now=office.clock.now(),
    )
    morning(office)
    for who in (BEN, CARA):
        assert f"• 1 case that nobody is sure of: {case.reference}" in says(office, who)
        assert "held" not in says(office, who)
        assert "sort_here" in [
            b["accessory"]["action_id"] for b in digests(office, who)[0]["blocks"] if b.get("accessory")
        ]
    assert "• 1 held message waits for a person" in says(office, LENA)
    assert digests(office, DEV) == []


def test_a_manager_hears_what_is_stuck(office: Office) -> None:
    office.parts = replace(office.parts, settings=with_team(office.parts.settings, manager="cara@council.example"))
    [case] = cases(office, owner=None)
    morning(office)
    assert f"• {case.reference}: Nobody has it (for 1 day)." in says(office, CARA)
    assert digests(office, BEN) == []


def test_nobody_is_told_where_it_is_switched_off(office: Office) -> None:
    settings = office.parts.settings
    off = settings.slack.model_copy(update={"digest": False})
    office.parts = replace(office.parts, settings=settings.model_copy(update={"slack": off}))
    cases(office)
    morning(office)
    assert digests(office, BEN) == []


def test_who_has_left_hears_nothing(office: Office) -> None:
    cases(office)
    has_left(office.parts.engine, BEN)
    morning(office)
    assert digests(office, BEN) == []


def test_nothing_of_the_resident_stands_in_it(office: Office) -> None:
    cases(office, 3)
    office.new_case(raw=a_letter("The lamp in Elm Road is out.", Message_ID="<l@r.example>"), opinion=an_opinion(None))
    morning(office)
    told = says(office, BEN) + digests(office, BEN)[0]["text"]
    assert [word for word in ("Asha", "Okafor", "Elm", "lamp", ASHA) if word in told] == []


def test_its_rows_open_the_case(office: Office) -> None:
    [case] = cases(office)
    morning(office, TUESDAY + timedelta(days=6))
    [message] = digests(office, BEN)
    opens = [b["accessory"] for b in message["blocks"] if b.get("accessory")]
    assert [(each["action_id"], each["value"]) for each in opens] == [("open_case", str(case.number))]
    assert buttons(message) == []


def test_a_digest_is_empty_where_nothing_is(office: Office) -> None:
    with reading(office.parts.engine) as session:
        for each in session.exec(select(Officer)).all():
            assert digest_of(session, each, settings=office.parts.settings, now=TUESDAY) is None
