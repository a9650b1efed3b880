"""Every verb has a form in Slack that is made from what it asks for; refusals stand at their field."""

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date

import pytest

from bot.modals import View
from bot.verb_forms import Form, choice_of_verbs, form_of, form_on
from demo.slack.blocks import problems_in
from models.case import Case
from models.db import reading
from models.handling import check_entitled
from models.people import Officer
from models.rules.errors import StepNotAllowed
from models.verbs.assign import ASSIGN
from models.verbs.registry import GROUPS, VERBS
from models.verbs.verb import Verb
from tests.bot.desk import Desk
from tests.build import a_letter
from tests.jobs.office import HIGHWAYS, Json
from tests.people import BEN, CARA, DEV

LATER = "2026-11-02"


def chosen(desk: Desk, verb: str, user: str = BEN) -> dict[str, object]:
    """The form of a verb, opened by More and a choice."""
    done = desk.submit(user, desk.modal(user, "more"), {"verb": verb})
    assert done.response is not None, "the choice should become the form"
    assert done.response["response_action"] == "update"
    return desk.office.slack.views(user)[-1]


def acknowledged(desk: Desk) -> None:
    desk.new_case()
    desk.press(BEN, "acknowledge")
    desk.office.deliver()


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.name)
def test_slack_takes_the_form_of_every_verb(desk: Desk, verb: Verb) -> None:
    case = desk.new_case()
    settings, today = desk.office.parts.settings, desk.office.clock.now().date()
    with reading(desk.office.parts.engine) as session, suppress(StepNotAllowed):  # nothing to choose from here
        wanted = form_on(session, verb, session.get_one(Case, case.number), settings, today=today)
        form = form_of(wanted, channel="C1")
        assert_slack_takes(form)


def assert_slack_takes(form: View) -> None:
    assert problems_in(form["blocks"]) == []
    assert len(form["private_metadata"]) < 3000
    assert len(form["title"]["text"]) <= 24


def test_slack_takes_the_choice_of_all_verbs(desk: Desk) -> None:
    case = desk.new_case()
    assert problems_in(choice_of_verbs(case, GROUPS, channel="C1")["blocks"]) == []


def test_a_verb_is_done_from_its_form(desk: Desk) -> None:
    acknowledged(desk)
    form = chosen(desk, "extend")
    desk.submit(BEN, form, {"reason": "The contractor is ill.", "until": LATER, "good_reason": ""})
    assert "is extended: the answer is due by Monday 2 November 2026" in desk.told(BEN)


def test_a_refusal_stands_at_its_field_and_the_form_stays(desk: Desk) -> None:
    acknowledged(desk)
    form = chosen(desk, "extend")
    done = desk.submit(BEN, form, {"reason": "Ill.", "until": "2026-10-13", "good_reason": ""})
    assert done.response == {
        "response_action": "errors",
        "errors": {"until": "It is due by Monday 26 October 2026 now; an extension ends later than that."},
    }


def test_a_step_that_is_refused_says_why_in_the_form(desk: Desk) -> None:
    desk.new_case()
    desk.submit(BEN, chosen(desk, "promise-update"), {"by": LATER})
    done = desk.submit(BEN, chosen(desk, "promise-update"), {"by": LATER})
    assert done.response is not None
    assert list(done.response["errors"]) == ["by"]
    assert "The very same is noted already" in done.response["errors"]["by"]


def shown_in(form: Json, field: str) -> dict[str, str]:
    """What is shown of each choice of a field, by its value."""
    [element] = [block["element"] for block in form["blocks"] if block.get("block_id") == field]
    return {option["value"]: option["text"]["text"] for option in element["options"]}


@pytest.mark.parametrize(
    ("verb", "field", "value", "words"),
    [
        ("correct-kind", "kind", "service_request", "Service request"),
        ("correct-area", "area", "childrens_social_care", "Children’s social care"),
        ("split", "area", "housing", "Housing"),
        ("assign", "who", "ben@council.example", "Ben Carter"),
        ("change-procedure", "procedure", "dp_complaint", "Data-protection complaints"),
    ],
)
def test_choices_are_shown_in_words_and_not_as_codes(desk: Desk, verb: str, field: str, value: str, words: str) -> None:
    desk.new_case()
    assert shown_in(chosen(desk, verb), field)[value] == words


def test_what_is_chosen_by_its_name_is_done(desk: Desk) -> None:
    case = desk.new_case()
    desk.submit(BEN, chosen(desk, "assign"), {"who": "cara@council.example", "reason": ""})
    assert desk.told(BEN) == f"{case.reference} is Cara Lewis’s now."


def test_two_of_the_same_name_are_told_apart(desk: Desk) -> None:
    names = dict.fromkeys(("ann@council.example", "a.lee@council.example"), "Ann Lee") | {"bo@council.example": "Bo"}
    form = Form(ASSIGN, desk.new_case(), {"who": [*names]}, date(2026, 10, 12), {"who": names})
    shown = ["Ann Lee (ann@council.example)", "Ann Lee (a.lee@council.example)", "Bo"]
    assert [*shown_in(form_of(form, channel="C1"), "who").values()] == shown


def test_more_is_refused_to_another_service(desk: Desk) -> None:
    desk.new_case()
    assert "belongs to another service" in desk.press(DEV, "more", HIGHWAYS)
    assert desk.forms(DEV) == []


def test_two_who_link_the_same_cases_the_other_way_round_do_not_block_each_other(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = [desk.new_case(), desk.new_case(a_letter("The lamp is out.", Message_ID="<two@residents.example>"))]
    cards = desk.office.cards()
    forms = [link_form(desk, who, card) for who, card in zip((BEN, CARA), cards, strict=True)]

    def check_slowly(case: Case, by: Officer) -> None:
        time.sleep(0.3)  # until the other has begun as well
        check_entitled(case, by)

    monkeypatch.setattr("models.verbs.link.check_entitled", check_slowly)
    with ThreadPoolExecutor(2) as threads:
        sent = [
            threads.submit(desk.office.slack.submit, who, form, {"other": other.reference, "why": ""})
            for who, form, other in zip((BEN, CARA), forms, reversed(cases), strict=True)
        ]
    answers = [each.result() for each in sent]
    assert all(each.acked for each in answers)
    [refused] = [each.response for each in answers if each.response is not None]
    assert "is linked to it already" in refused["errors"]["other"]
    assert [desk.office.event_names(case).count("linked") for case in cases] == [1, 1]


def link_form(desk: Desk, user: str, card: Json) -> str:
    assert desk.press_on(user, card, "more") == ""
    desk.submit(user, desk.office.slack.views(user)[-1], {"verb": "link"})
    return str(desk.office.slack.views(user)[-1]["id"])
