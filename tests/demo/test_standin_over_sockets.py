"""A real Bolt program over Socket Mode: presses, forms, commands, lost sockets and ghosts."""

from collections.abc import Iterator

import pytest

from demo.slack import PersonCannot, SlackStandIn
from demo.slack.world import Json
from tests.demo.slack_program import BEN, Program, card, listening, workspace

pytestmark = pytest.mark.slow


@pytest.fixture
def slack() -> Iterator[SlackStandIn]:
    with workspace() as running:
        yield running


@pytest.fixture
def program(slack: SlackStandIn) -> Iterator[Program]:
    with listening(slack) as running:
        yield running


def posted(program: Program, *action_ids: str) -> str:
    return str(program.client.chat_postMessage(channel="waste", text="card", blocks=card(*action_ids))["ts"])


def opened(slack: SlackStandIn, program: Program) -> Json:
    slack.press(BEN, "waste", posted(program, "wrong_area"), "wrong_area")
    return slack.wait_for(lambda: slack.views(BEN))[-1]


def test_a_press_reaches_the_program_and_is_acknowledged(slack: SlackStandIn, program: Program) -> None:
    ts = posted(program, "acknowledge", "wrong_area")
    done = slack.press(BEN, "waste", ts, "acknowledge")
    assert done.acked
    [body] = slack.wait_for(lambda: program.heard)
    assert body["user"] == {"id": BEN, "username": "ben.carter", "name": "ben.carter", "team_id": "T0STANDIN01"}
    assert body["actions"][0]["value"] == "T26-00042-K"
    assert body["message"]["ts"] == body["container"]["message_ts"] == ts
    assert body["channel"] == {"id": "C0WASTE", "name": "waste"}


def test_a_choice_in_a_menu_is_sent_whole(slack: SlackStandIn, program: Program) -> None:
    option = {"text": {"type": "plain_text", "text": "Chaser"}, "value": "chaser"}
    menu = {"type": "static_select", "action_id": "kind", "options": [option]}
    ts = program.client.chat_postMessage(channel="waste", text="x", blocks=[{"type": "actions", "elements": [menu]}])
    assert slack.select(BEN, "waste", str(ts["ts"]), "kind", "chaser").acked
    [body] = slack.wait_for(lambda: program.heard)
    assert body["actions"][0]["selected_option"]["value"] == "chaser"


def test_a_modal_opens_refuses_and_closes(slack: SlackStandIn, program: Program) -> None:
    view = opened(slack, program)
    refused = slack.submit(BEN, view["id"], {"why": "?"})
    assert refused.response == {"response_action": "errors", "errors": {"why": "Say why in a sentence."}}
    assert len(slack.views(BEN)) == 1
    taken = slack.submit(BEN, view["id"], {"text": "It is a road."})
    assert (taken.acked, taken.response, slack.views(BEN)) == (True, None, [])
    assert program.heard[-1]["view"]["private_metadata"] == "T26-00042-K"


def test_slacks_window_holds_back_an_empty_form(slack: SlackStandIn, program: Program) -> None:
    view = opened(slack, program)
    with pytest.raises(PersonCannot):
        slack.submit(BEN, view["id"], {})
    with pytest.raises(PersonCannot):
        slack.submit(BEN, view["id"], {"why": "x" * 51})


def test_a_press_answered_with_silence_shows_a_warning(slack: SlackStandIn, program: Program) -> None:
    slack.sockets.ack_seconds = 0.5
    done = slack.press(BEN, "waste", posted(program, "deaf"), "deaf")
    assert done.outcome == "no ack"


def test_a_command_is_answered_to_one_person(slack: SlackStandIn, program: Program) -> None:
    assert slack.command(BEN, "waste", "/tocsin", "overdue").acked
    assert slack.ephemerals(BEN)[-1]["text"] == "You wrote overdue"


def test_what_a_person_types_arrives_as_an_event(slack: SlackStandIn, program: Program) -> None:
    assert slack.say(BEN, BEN, "done").acked
    [body] = slack.wait_for(lambda: program.heard)
    assert (body["event"]["text"], body["event"]["channel_type"]) == ("done", "im")


def test_the_response_url_changes_the_message(slack: SlackStandIn, program: Program) -> None:
    done = slack.press(BEN, "waste", posted(program), "acknowledge")
    for content in ({"replace_original": True, "text": "Taken"}, {"text": "Only you"}):
        slack.response_urls.post(done.payload["response_url"], content)
    assert slack.messages("waste")[0]["text"] == "Taken"
    assert slack.ephemerals(BEN)[0]["text"] == "Only you"


def test_two_sockets_take_turns(slack: SlackStandIn, program: Program) -> None:
    program.connect()
    slack.wait_for_socket(2)
    ts = posted(program)
    used = {slack.press(BEN, "waste", ts, "acknowledge").socket for _ in range(4)}
    assert len(used) == 2


def test_a_ghost_socket_swallows_a_press(slack: SlackStandIn, program: Program) -> None:
    slack.sockets.ack_seconds = 0.5
    slack.sockets.add_ghost()
    ts = posted(program)
    outcomes = {slack.press(BEN, "waste", ts, "acknowledge").outcome for _ in range(2)}
    assert outcomes == {"acked", "no ack"}


def test_the_program_comes_back_after_its_socket_is_lost(slack: SlackStandIn, program: Program) -> None:
    ts = posted(program)
    slack.sockets.close_all()
    assert slack.press(BEN, "waste", ts, "acknowledge").outcome == "no socket"
    slack.wait_for_socket(seconds=30)
    assert slack.press(BEN, "waste", ts, "acknowledge").acked
