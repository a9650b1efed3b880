"""What “tocsin slack manifest” prints."""

import pytest
import yaml
from click.testing import CliRunner

from bot.manifest import in_yaml
from bot.receiving_http import PATH
from commands.slack import command

HOST = "https://tocsin.example.org"


def test_it_prints_the_manifest_for_socket_mode() -> None:
    ran = CliRunner().invoke(command, ["manifest"])
    assert (ran.exit_code, ran.output) == (0, in_yaml())


@pytest.mark.parametrize("given", [HOST, f"{HOST}/", f"{HOST}{PATH}"])
def test_an_address_without_a_path_means_the_one_the_program_listens_on(given: str) -> None:
    ran = CliRunner().invoke(command, ["manifest", "--http", given])
    assert yaml.safe_load(ran.output)["settings"]["event_subscriptions"]["request_url"] == f"{HOST}{PATH}"


@pytest.mark.parametrize("given", ["http://tocsin.example.org/slack/events", "tocsin.example.org", "https://"])
def test_an_address_slack_would_refuse_is_refused_with_a_hint(given: str) -> None:
    ran = CliRunner().invoke(command, ["manifest", "--http", given])
    assert ran.exit_code == 2
    assert f"Hint: Write it like {HOST}{PATH}" in ran.output
