"""Cases of children's and adults' social care stand in private channels only; else the work goes to somebody else."""

from models.case import Case
from models.db import writing
from models.handling import correct_area, take
from models.outbox import Channel
from models.queries import get_case
from models.rules.labels import Area
from tests.build import a_letter, an_opinion, officer
from tests.jobs.contact import CONTACT, letters_to, lines_in, put_again, with_a_manager
from tests.jobs.office import HIGHWAYS, LEAD, Office, words_on
from tests.people import LENA

CHILDREN = "complaints-children"


def a_child_case(office: Office) -> Case:
    """A case of children's social care; its text says so in words of its own."""
    raw = a_letter("My son's social worker never came.", Message_ID="<child@residents.example>")
    return office.new_case(raw, an_opinion(area=Area.CHILDRENS_SOCIAL_CARE))


def test_a_public_channel_gets_no_case_of_a_childs_and_everybody_who_must_hears(told: Office) -> None:
    told.slack.add_channel(CHILDREN, private=False)
    case = a_child_case(told)
    told.deliver()
    assert told.slack.messages(CHILDREN) == []
    assert told.entries(Channel.SLACK)[0].state.value == "waiting"
    assert "is public" in told.entries(Channel.SLACK)[0].problem
    [letter] = letters_to(told, CONTACT)
    assert "The channel “complaints-children” is public" in letter
    assert "tocsin doctor" in letter
    lead = lines_in(told, LEAD)
    assert "is public" in lead
    assert case.reference in lead


def test_it_is_told_once_a_day_though_it_is_tried_again_and_again(told: Office) -> None:
    told.slack.add_channel(CHILDREN, private=False)
    a_child_case(told)
    for _ in range(4):
        told.deliver()
        told.clock.pass_time(minutes=6)
    assert len(letters_to(told, CONTACT)) == 1
    assert len(told.slack.messages(LEAD)) == 2, "the fault, and the case"
    told.clock.pass_time(days=1)
    told.deliver()
    assert len(letters_to(told, CONTACT)) == 2
    assert len(told.slack.messages(LEAD)) == 3, "the fault again, the case once"


def test_the_card_comes_once_the_channel_is_private(told: Office) -> None:
    told.slack.add_channel(CHILDREN, private=False)
    a_child_case(told)
    told.deliver()
    told.slack.admin.make_private(CHILDREN)
    put_again(told)
    assert len(told.cards(CHILDREN)) == 1


def test_a_channel_that_is_shared_with_others_gets_none_either(told: Office) -> None:
    told.slack.add_channel(CHILDREN)
    told.slack.admin.share(CHILDREN)
    a_child_case(told)
    told.deliver()
    assert told.slack.messages(CHILDREN) == []
    assert any("is shared" in letter for letter in letters_to(told, CONTACT))


def test_a_channel_that_is_opened_later_is_noticed_within_minutes(told: Office) -> None:
    told.slack.add_channel(CHILDREN)
    case = a_child_case(told)
    told.deliver()
    told.slack.admin.make_public(CHILDREN)
    told.clock.pass_time(minutes=5)
    before = told.card(CHILDREN)
    with writing(told.parts.engine) as session:
        take(session, get_case(session, case.number), by=officer(told.parts.engine, LENA), now=told.clock.now())
    told.deliver()
    assert told.card(CHILDREN)["blocks"] == before["blocks"], "nothing is drawn there any more"


def test_with_a_public_leads_channel_too_a_letter_without_words_goes_to_the_manager(office: Office) -> None:
    with_a_manager(office, CHILDREN, "ben@council.example")
    office.slack.add_channel(CHILDREN, private=False)
    office.slack.admin.make_public(LEAD)
    case = a_child_case(office)
    for _ in range(3):
        put_again(office)
    assert office.slack.messages(LEAD) == []
    [letter] = letters_to(office, "ben@council.example")
    assert case.reference in letter
    assert "social worker" not in letter
    assert len(letters_to(office, CONTACT)) == 2, "of each of the two channels"


def test_a_public_channel_shows_other_cases_as_ever(told: Office) -> None:
    told.slack.admin.make_public(HIGHWAYS)
    told.new_case()
    told.deliver()
    assert len(told.cards()) == 1
    assert letters_to(told, CONTACT) == []


def test_a_case_that_turns_out_to_be_a_childs_says_nothing_of_it_where_it_stood(told: Office) -> None:
    told.slack.add_channel(CHILDREN)
    told.slack.admin.make_public(HIGHWAYS)
    case = told.new_case()
    told.deliver()
    with writing(told.parts.engine) as session:
        by, area = officer(told.parts.engine, LENA), Area.CHILDRENS_SOCIAL_CARE
        found = get_case(session, case.number)
        correct_area(session, found, area, by=by, settings=told.parts.settings, now=told.clock.now())
    told.deliver()
    [left] = [each for each in told.slack.messages(HIGHWAYS) if not each.get("thread_ts")]
    assert words_on(left["blocks"]) == f"*{case.reference}* is now with another team."
    assert len(told.cards(CHILDREN)) == 1
