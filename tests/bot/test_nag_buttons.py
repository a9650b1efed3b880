"""A reminder opens its case, and settles its duty: for whoever is reminded, whoever's case it is."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

from bot.in_channel import texts_of
from models.absence import Absence
from models.clock import london_date
from models.db import writing
from models.duties import NewDuty, make
from models.duty import DutyKind, DutyState
from models.handling import take
from models.queries import get_case
from models.reckoning import reckon
from models.verbs.appoint import APPOINT
from models.verbs.promise import NOT_DONE
from tests.bot.desk import Desk
from tests.bot.reminded import DUE, WHAT, offered, owe, remind, reminder, the_duty
from tests.build import a_letter, officer
from tests.independents import INVESTIGATOR, at_stage, join, use
from tests.jobs.office import HIGHWAYS, Json, words_on
from tests.people import BEN, CARA, DEV, EVE, LENA

DONE = {"done_on": "2026-10-13", "evidence": "Job sheet 7, in the file."}


def settle_form(desk: Desk, who: str, message: Json) -> Json:
    assert desk.press_on(who, message, "settle") == "", "a line came instead of a form"
    return desk.opened(who)


def refusal(desk: Desk, who: str, form: Json, values: Json = DONE) -> tuple[str, str]:
    """At which field, and what it says; what was typed is there still."""
    sent = desk.office.slack.submit(who, form["id"], values)
    assert sent.response is not None
    [(field, said)] = sent.response["errors"].items()
    assert words_typed(desk, who) == values["evidence"]
    return field, said


def words_typed(desk: Desk, who: str) -> str:
    return str(desk.opened(who)["state"]["values"]["evidence"]["evidence"]["value"])


def test_a_single_reminder_opens_its_case(desk: Desk) -> None:
    case = desk.new_case()
    desk.press(BEN, "take")
    remind(desk, days=7)
    message = reminder(desk, BEN)
    assert offered(message) == [("open_case", str(case.number))]
    assert desk.press_on(BEN, message, "open_case") == ""
    assert desk.opened(BEN)["title"]["text"] == case.reference


def test_each_of_several_opens_its_own(desk: Desk) -> None:
    cases = [desk.new_case(a_letter(f"Matter {n}.", Message_ID=f"<{n}@r.example>")) for n in (1, 2, 3)]
    remind(desk, days=7)
    message = reminder(desk, HIGHWAYS)
    assert message["text"].startswith("3 reminders")
    assert offered(message) == [("open_case", str(case.number)) for case in cases]
    desk.office.slack.press(CARA, message["channel"], message["ts"], "open_case", str(cases[1].number))
    assert desk.opened(CARA)["title"]["text"] == cases[1].reference


def test_whoever_owes_a_duty_of_another_services_case_settles_it_and_sees_nothing_else(desk: Desk) -> None:
    case = owe(desk)
    with writing(desk.office.parts.engine) as session:
        other = NewDuty("another", DutyKind.REMEDY, "Pay Asha Okafor 100 pounds.", date(2026, 11, 30))
        make(session, get_case(session, case.number), other, by=None, now=desk.office.clock.now())
    remind(desk, days=2)
    message = reminder(desk, DEV)
    assert [action for action, _ in offered(message)] == ["settle"]
    form = settle_form(desk, DEV, message)
    shown = "\n".join(texts_of(form["blocks"]))
    assert f"{case.reference}\nDuty 1: an agreed action, due by Wednesday 14 October 2026." in words_on(form["blocks"])
    assert not any(word in shown + form["private_metadata"] for word in ("Asha", "Elm", "Pay", "pothole", "Duty 2"))
    desk.submit(DEV, form, DONE)
    assert desk.told(DEV) == f"{case.reference}: duty 1 is done, in time."
    [settled] = [event for event in desk.office.events(case) if event.name == "duty_settled"]
    assert settled.by_officer_id == officer(desk.office.parts.engine, DEV).id
    assert (settled.details["duty"], settled.details["evidence"]) == (1, DONE["evidence"])


def test_what_others_did_meanwhile_is_not_told_to_who_may_not_see_the_case(desk: Desk) -> None:
    case = owe(desk)
    remind(desk, days=2)
    form = settle_form(desk, DEV, reminder(desk, DEV))
    parts = desk.office.parts
    with writing(parts.engine) as session:
        take(session, get_case(session, case.number), by=officer(parts.engine, LENA), now=desk.office.clock.now())
    desk.submit(DEV, form, DONE)
    assert the_duty(desk).state == DutyState.DONE
    assert "Lena" not in desk.told(DEV)


def test_an_investigator_of_another_service_settles_the_report(desk: Desk) -> None:
    parts, now = desk.office.parts, desk.office.clock.now()
    case = desk.new_case()
    at_stage(parts.engine, case, 2)
    with writing(parts.engine) as session:
        reckon(get_case(session, case.number), settings=parts.settings)
    join(parts.engine, parts.settings, "dev", INVESTIGATOR, at="dev@council.example")
    given = {"role": INVESTIGATOR, "who": "dev@council.example"}
    use(parts.engine, APPOINT, case, given, settings=parts.settings, now=now)
    desk.office.deliver()
    remind(desk, days=(the_duty(desk).due - london_date(now)).days)
    message = reminder(desk, DEV)
    assert "the report of an investigation is due today" in message["text"]
    assert [action for action, _ in offered(message)] == ["settle"]
    desk.submit(DEV, settle_form(desk, DEV, message), DONE)
    assert "is done, in time" in desk.told(DEV)
    assert the_duty(desk).state == DutyState.DONE


def test_whoever_may_see_the_case_reads_what_was_promised_in_the_form(desk: Desk) -> None:
    case = owe(desk, BEN)
    remind(desk, days=2)
    message = reminder(desk, BEN)
    assert offered(message) == [("open_case", str(case.number)), ("settle", "1")]
    assert WHAT not in "\n".join(texts_of(message["blocks"]))
    assert WHAT in words_on(settle_form(desk, BEN, message)["blocks"])


def test_a_channels_reminder_is_drawn_for_all_and_asks_who_presses(desk: Desk) -> None:
    case = owe(desk, None)
    remind(desk, days=2)
    message = reminder(desk, HIGHWAYS)
    assert set(offered(message)) == {("open_case", str(case.number)), ("settle", "1")}
    assert not any(words in text for text in texts_of(message["blocks"]) for words in ("Asha", "Elm Road"))
    assert "the duty to somebody else" in desk.press_on(DEV, message, "settle")
    assert "belongs to another service" in desk.press_on(DEV, message, "open_case")
    assert "not on the list of officers" in desk.press_on(EVE, message, "settle")
    assert (desk.forms(DEV), desk.forms(EVE)) == ([], [])
    desk.submit(CARA, settle_form(desk, CARA, message), DONE)
    assert "is done, in time" in desk.told(CARA)


def test_a_stranger_does_not_learn_whether_it_is_settled(desk: Desk) -> None:
    owe(desk, None)
    remind(desk, days=2)
    message = reminder(desk, HIGHWAYS)
    desk.submit(BEN, settle_form(desk, BEN, message), DONE)
    assert "settled" not in desk.press_on(DEV, message, "settle")


def test_a_cover_of_another_service_settles_it_that_day_and_no_later(desk: Desk) -> None:
    engine = desk.office.parts.engine
    owe(desk, CARA)
    away, cover = (officer(engine, each).id or 0 for each in (CARA, DEV))
    with writing(engine) as session:
        entered = desk.office.clock.now()
        session.add(Absence(officer_id=away, cover_id=cover, from_day=DUE, until_day=DUE, entered_at=entered))
    remind(desk, days=2)
    message = reminder(desk, DEV)
    assert [action for action, _ in offered(message)] == ["settle"]
    form = settle_form(desk, DEV, message)
    desk.office.clock.pass_time(days=1)
    field, said = refusal(desk, DEV, form)
    assert field == "done_on"
    assert "the duty to somebody else" in said
    desk.office.clock.pass_time(days=-1)
    desk.submit(DEV, form, DONE)
    assert the_duty(desk).state == DutyState.DONE


def test_a_wrong_day_is_refused_at_its_field_and_put_right_there(desk: Desk) -> None:
    owe(desk)
    remind(desk, days=2)
    form = settle_form(desk, DEV, reminder(desk, DEV))
    assert refusal(desk, DEV, form, DONE | {"done_on": "2026-10-20"}) == (
        "done_on",
        "Tuesday 20 October 2026 has not come yet.",
    )
    desk.submit(DEV, form, DONE)
    assert the_duty(desk).evidence == DONE["evidence"]


def test_an_old_reminder_says_that_it_is_settled(desk: Desk) -> None:
    owe(desk)
    remind(desk, days=2)
    message = reminder(desk, DEV)
    desk.submit(DEV, settle_form(desk, DEV, message), DONE)
    assert desk.press_on(DEV, message, "settle").endswith("Duty 1 is settled already: done.")


def test_what_was_settled_meanwhile_is_said_at_the_field_and_what_was_typed_stays(desk: Desk) -> None:
    parts = desk.office.parts
    case = owe(desk)
    remind(desk, days=2)
    form = settle_form(desk, DEV, reminder(desk, DEV))
    not_done = {"duty": "1", "reason": "They moved away."}
    use(parts.engine, NOT_DONE, case, not_done, settings=parts.settings, now=desk.office.clock.now())
    field, said = refusal(desk, DEV, form)
    assert (field, said.partition(". ")[2]) == ("done_on", "Duty 1 is settled already: not done.")
    assert the_duty(desk).state == DutyState.NOT_DONE


def test_two_at_once_settle_it_once_and_the_other_is_told(desk: Desk) -> None:
    case = owe(desk, None)
    remind(desk, days=2)
    message = reminder(desk, HIGHWAYS)
    forms = {who: settle_form(desk, who, message)["id"] for who in (BEN, CARA)}
    with ThreadPoolExecutor(2) as both:
        sent = list(both.map(lambda who: desk.office.slack.submit(who, forms[who], DONE), forms))
    [errors] = [each.response["errors"] for each in sent if each.response]
    assert errors["done_on"].endswith("Duty 1 is settled already: done.")
    assert desk.office.event_names(case).count("duty_settled") == 1


def test_a_form_that_is_sent_twice_settles_once(desk: Desk) -> None:
    case = owe(desk)
    remind(desk, days=2)
    form = settle_form(desk, DEV, reminder(desk, DEV))
    with ThreadPoolExecutor(2) as both:
        list(both.map(lambda _: desk.office.slack.submit(DEV, form["id"], DONE), range(2)))
    assert desk.office.event_names(case).count("duty_settled") == 1
