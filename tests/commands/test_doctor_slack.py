"""What doctor says of the channels: each that is not as it must be is named, with what to do."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from commands.doctor_slack import channels, people, slack, wanted_channels
from commands.findings import Sick, Soon
from demo.slack import SlackStandIn
from models.settings import Settings
from tests.build import the_settings
from tests.servers.between import NONSENSE, answering


@pytest.fixture
def workspace() -> Iterator[SlackStandIn]:
    with SlackStandIn() as standin:
        yield standin


@pytest.fixture
def council(workspace: SlackStandIn, tmp_path: Path) -> Settings:
    tokens = {"bot_token": workspace.bot_token, "app_token": workspace.app_token}
    settings = the_settings(tmp_path, slack={"api_url": workspace.url, **tokens})
    for name in wanted_channels(settings):
        workspace.add_channel(name)
    return settings


def finding(settings: Settings) -> Sick:
    with pytest.raises(Sick) as found:
        channels(settings)
    return found.value


def test_channels_that_are_as_they_must_be_are_counted(council: Settings) -> None:
    assert channels(council) == "all 11 are there with Tocsin in them; 3 must be private, and are"


def test_only_children_adults_and_the_lead_need_a_private_one(council: Settings, workspace: SlackStandIn) -> None:
    private = {name for name, must_be in wanted_channels(council).items() if must_be}
    assert private == {"complaints-adults", "complaints-children", "complaint-alerts"}
    for name in wanted_channels(council).keys() - private:
        workspace.admin.make_public(name)
    assert channels(council).startswith("all 11")


def opened(workspace: SlackStandIn) -> None:
    workspace.admin.make_public("complaints-children")


def shared(workspace: SlackStandIn) -> None:
    workspace.admin.share("complaints-children")


def archived(workspace: SlackStandIn) -> None:
    workspace.archive("complaints-children")


def without_the_bot(workspace: SlackStandIn) -> None:
    workspace.admin.remove_bot("complaints-children")


def public_without_the_bot(workspace: SlackStandIn) -> None:
    workspace.admin.make_public("complaints-housing")
    workspace.admin.remove_bot("complaints-housing")


@pytest.mark.parametrize(
    ("happens", "sentence", "hint"),
    [
        (opened, "The channel “complaints-children” is public", "Make it private"),
        (shared, "The channel “complaints-children” is shared with others", "Stop sharing it"),
        (archived, "The channel “complaints-children” is archived.", "Unarchive it"),
        (without_the_bot, "Slack has no channel “complaints-children” that Tocsin knows.", "/invite @Tocsin"),
        (public_without_the_bot, "Tocsin is not in the channel “complaints-housing”.", "/invite @Tocsin"),
    ],
)
def test_each_problem_is_named_with_a_hint(
    council: Settings, workspace: SlackStandIn, happens: Callable[[SlackStandIn], None], sentence: str, hint: str
) -> None:
    happens(workspace)
    found = finding(council)
    assert not isinstance(found, Soon)
    assert str(found).startswith(sentence)
    assert hint in found.hint


def test_several_problems_are_all_named(council: Settings, workspace: SlackStandIn) -> None:
    opened(workspace)
    public_without_the_bot(workspace)
    workspace.archive("complaint-alerts")
    for name in ("complaints-children", "complaints-housing", "complaint-alerts"):
        assert name in str(finding(council))


def test_a_channel_named_by_its_id_may_be_renamed(council: Settings, workspace: SlackStandIn) -> None:
    channel = next(one for one in workspace.world.channels.values() if one.name == "complaint-alerts")
    by_id = council.model_copy(update={"slack": council.slack.model_copy(update={"lead_channel": channel.id})})
    workspace.admin.rename("complaint-alerts", "early-warnings")
    assert channels(by_id).startswith("all 11")


def test_missing_scopes_are_named(council: Settings, workspace: SlackStandIn) -> None:
    workspace.api.scopes -= {"groups:read", "im:history"}
    with pytest.raises(Sick, match="scopes are missing: groups:read, im:history"):
        slack(council)


def test_over_http_no_app_token_is_asked_for(council: Settings) -> None:
    over_http = council.slack.model_copy(update={"mode": "http", "app_token": type(council.slack.app_token)("")})
    assert "scopes granted" in slack(council.model_copy(update={"slack": over_http}))


def test_a_slack_that_is_down_is_said_so(council: Settings, workspace: SlackStandIn) -> None:
    workspace.go_down()
    assert "Slack" in str(finding(council))


def test_nonsense_in_slacks_place_is_no_answer(tmp_path: Path) -> None:
    with answering(NONSENSE) as between:
        settings = the_settings(tmp_path, slack={"api_url": between.url, "bot_token": "xoxb-1", "app_token": "xapp-1"})
        assert "cannot be reached" in str(finding(settings))


def test_officers_are_looked_up_and_not_written_to(council: Settings, workspace: SlackStandIn) -> None:
    for officer in council.officers:
        workspace.add_user(officer.slack_user, officer.name)
    assert people(council) == f"all {len(council.officers)} accounts can be written to"
    assert not workspace.world.messages


def test_an_officer_without_an_account_is_named_and_one_who_was_switched_off(
    council: Settings, workspace: SlackStandIn
) -> None:
    unknown, gone, *others = (officer.slack_user for officer in council.officers)
    for person in (gone, *others):
        workspace.add_user(person, "Somebody")
    workspace.admin.deactivate(gone)
    with pytest.raises(Sick) as found:
        people(council)
    assert f"Slack has nobody with the id “{unknown}”." in str(found.value)
    assert f"The account behind “{gone}” was switched off in Slack." in str(found.value)
    assert not any(person in str(found.value) for person in others)
    assert "slack_user" in found.value.hint


def test_a_technical_contact_who_is_a_person_is_looked_up_too(council: Settings, workspace: SlackStandIn) -> None:
    for officer in council.officers:
        workspace.add_user(officer.slack_user, officer.name)
    contact = council.technical_contact.model_copy(update={"slack": "U0NOBODY1"})
    with pytest.raises(Sick, match="U0NOBODY1"):
        people(council.model_copy(update={"technical_contact": contact}))


def test_without_a_token_the_rest_is_not_told_three_times(tmp_path: Path) -> None:
    before = the_settings(tmp_path)
    assert channels(before) == people(before) == "not looked at before Slack is set"
    with pytest.raises(Sick, match="there is no bot token"):
        slack(before)
