"""Cards: within Slack's limits whatever the case, and without a name, an address or words of the resident's."""

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest

from bot.cards import alert_card, case_card, moved_card
from bot.case_view import AlertView, CaseView
from bot.listeners import ACTIONS, VIEWS
from bot.modals import answer_modal, area_modal, kind_modal, reason_modal
from demo.slack.blocks import problems_in
from demo.slack.views import check_view
from models.rules.labels import NEVER_WAITS, SIGNALS, Area, Kind, Signal
from models.rules.steps import CaseStatus
from tests.bot.desk import Desk
from tests.build import a_letter
from tests.jobs.office import CORPORATE, HIGHWAYS, HOUSING, LEAD, Json, buttons, words_on
from tests.people import ASHA, BEN

MONDAY = date(2026, 10, 12)
VIEW = CaseView(
    case_id=1,
    reference="T26-00001-X",
    status=CaseStatus.NEW,
    kind=Kind.COMPLAINT,
    guess=Kind.COMPLAINT,
    confidence=0.93,
    kind_by_person=False,
    reasons=("Says it was reported before.",),
    areas=(Area.HIGHWAYS_TRANSPORT,),
    signals=(),
    owner=None,
    acknowledge_by=MONDAY + timedelta(days=7),
    respond_by=MONDAY + timedelta(days=21),
    letters_since=0,
    letter_problem=False,
    today=MONDAY,
    outcomes=("upheld", "not upheld"),
)

LETTER = """Dear Sir or Madam,
my name is Asha Okafor and I live at 27 Larkfield Rise. The pothole outside my gate has been there since August,
I reported it twice and your website says that it was repaired. Nobody came. Ring me on 07700 900123 or I will go to
the Ombudsman and to the newspaper. My daughter in her wheelchair could have been killed."""


def every_view() -> list[CaseView]:
    signals = [(), tuple(Signal), *((signal,) for signal in Signal)]
    kinds = [None, *Kind]
    views = [
        replace(VIEW, status=status, kind=kind, signals=raised, respond_by=None if kind is Kind.COMPLIMENT else MONDAY)
        for status, kind, raised in product(CaseStatus, kinds, signals)
    ]
    hard: Json = {
        "areas": tuple(Area),
        "reasons": ("A long & <reasoned> sentence. " * 40,) * 9,
        "owner": "<!channel> O’Neill & Søns " * 20,
        "letters_since": 999,
        "letter_problem": True,
    }
    return [*views, *(replace(view, **hard) for view in views), replace(VIEW, areas=(), guess=None, kind=None)]


def test_every_card_is_within_slacks_limits_and_offers_only_known_buttons() -> None:
    for view in every_view():
        blocks = case_card(view)
        assert problems_in(blocks) == [], view
        offered = buttons({"blocks": blocks})
        assert "read" in offered
        assert set(offered) <= set(ACTIONS)
        assert len(offered) == len(set(offered))


@pytest.mark.parametrize(
    ("status", "respond_by", "main"),
    [
        (CaseStatus.NEW, MONDAY, "acknowledge"),
        (CaseStatus.ACKNOWLEDGED, MONDAY, "answer"),
        (CaseStatus.ACKNOWLEDGED, None, "close"),
        (CaseStatus.RESPONDED, MONDAY, "close"),
    ],
)
def test_the_first_button_is_the_next_step(status: CaseStatus, respond_by: date | None, main: str) -> None:
    card = case_card(replace(VIEW, status=status, respond_by=respond_by, owner="Ben"))
    assert buttons({"blocks": card})[0] == main
    assert len([each for each in card[-1]["elements"] if each.get("style") == "primary"]) == 1


def test_every_form_is_within_slacks_limits_and_has_a_listener() -> None:
    for view in (VIEW, replace(VIEW, kind=None, areas=())):
        forms = [kind_modal(view, channel="C1"), area_modal(view, channel="C1"), answer_modal(view, channel="C1")]
        forms += [reason_modal(name, "Open again", view, channel="C1") for name in ("close_case", "reopen_case")]
        for form in forms:
            check_view(form)
            assert form["callback_id"] in VIEWS


def test_alerts_and_lines_are_within_slacks_limits() -> None:
    alert = AlertView(1, "T26-00001-X", Area.HOUSING, None, "Why & <how> " * 100, None)
    for each in (alert, replace(alert, owner="Ben & Søn", taken_by="<!here>")):
        assert problems_in(alert_card(each)) == []
        assert "<!here>" not in words_on(alert_card(each))
    assert problems_in(moved_card(VIEW, team="Housing & <Homes>")) == []


def test_no_text_of_a_setting_becomes_a_mention() -> None:
    assert "<!channel>" not in words_on(case_card(replace(VIEW, owner="<!channel>", reasons=("<@U0BEN>",))))


def test_what_never_waits_stands_first_and_in_bold() -> None:
    words = words_on(case_card(replace(VIEW, signals=tuple(Signal))))
    urgent = [words.index(f"⚠ *{SIGNALS[signal].name}*") for signal in Signal if signal in NEVER_WAITS]
    others = [words.index(SIGNALS[signal].name) for signal in Signal if signal not in NEVER_WAITS]
    assert max(urgent) < min(others)


def test_a_danger_stands_under_the_headline_in_ordinary_text() -> None:
    under = case_card(replace(VIEW, signals=(Signal.LEGAL_THREAT, Signal.HAZARD)))[1]
    assert under["type"] == "section"
    assert under["text"]["text"] == f"⚠ *{SIGNALS[Signal.HAZARD].name}*"
    assert "⚠" not in words_on(case_card(replace(VIEW, signals=(Signal.LEGAL_THREAT,))))


@pytest.mark.parametrize(
    ("today", "words"), [(0, "Monday 19 October 2026"), (7, "today"), (8, "MISSED")], ids=["early", "today", "late"]
)
def test_a_card_says_how_a_date_stands(today: int, words: str) -> None:
    card = words_on(case_card(replace(VIEW, today=MONDAY + timedelta(days=today))))
    assert words in card
    assert ("MISSED" in card) is (today == 8)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_nothing_in_a_channel_holds_a_name_an_address_or_four_words_of_a_letter(desk: Desk) -> None:
    office = desk.office
    desk.new_case(a_letter(LETTER))
    desk.press(BEN, "acknowledge")
    desk.fill(BEN, "wrong_kind", {"kind": Kind.COMPLAINT.value})
    office.deliver()
    with_history = [
        words_on([message["blocks"], message["revisions"]]) + message["text"]
        for channel in (HIGHWAYS, HOUSING, CORPORATE, LEAD, BEN)
        for message in office.slack.messages(channel)
    ]
    posted = words_of("\n".join([*with_history, *(line["text"] for line in office.slack.ephemerals(BEN))]))
    for word in ("asha", "okafor", "larkfield", "900123"):
        assert word not in posted
    assert ASHA not in "".join(with_history)
    written = words_of(LETTER)
    runs = {tuple(written[at : at + 4]) for at in range(len(written) - 3)}
    shown = {tuple(posted[at : at + 4]) for at in range(len(posted) - 3)}
    assert runs & shown == set()


def words_of(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower())


def test_a_card_says_when_something_was_done_late() -> None:
    done = replace(VIEW, status=CaseStatus.ACKNOWLEDGED, acknowledged_on=VIEW.acknowledge_by)
    assert "✔" in words_on(case_card(done))
    late = replace(done, acknowledged_on=VIEW.acknowledge_by + timedelta(days=1))
    assert "done late, Tuesday 20 October 2026" in words_on(case_card(late))


def test_a_card_says_that_an_answer_drops_with_the_acknowledgement() -> None:
    request = replace(VIEW, kind=Kind.SERVICE_REQUEST, drops_answer=True)
    assert "once acknowledged as this kind" in words_on(case_card(request))
    assert "once acknowledged" not in words_on(case_card(VIEW))


def test_a_persons_word_hides_the_classifiers_reasons() -> None:
    assert "Says it was reported before." not in words_on(case_card(replace(VIEW, kind_by_person=True)))
