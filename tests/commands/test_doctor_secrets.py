"""What “tocsin doctor” says of tokens and of the secrets they are asked for with."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from models.clock import Clock, london_date
from tests.commands.shell import Ran, Shell
from tests.servers.token_endpoint import TokenEndpoint

pytestmark = pytest.mark.slow


def doctor(shell: Shell, provider: TokenEndpoint, days: int | None, *words: str) -> Ran:
    box = {
        "kind": "imap",
        "name": "complaints",
        "host": "localhost",
        "port": 1,
        "user": provider.user,
        "login": "microsoft",
        "tenant": "exampleshire",
        "client_id": provider.client_id,
        "token_url": provider.token_url,
    }
    if days is not None:
        box["secret_expires"] = str(london_date(Clock().now()) + timedelta(days=days))
    shell.environment["TOCSIN__MAILBOXES"] = json.dumps([box])
    shell.environment["TOCSIN__MAILBOXES__0__CLIENT_SECRET"] = provider.client_secret
    return shell.run("doctor", *words)


@pytest.mark.parametrize(
    ("days", "is_well", "has_hint"),
    [(None, True, False), (31, True, False), (30, True, True), (0, True, True), (-1, False, True)],
)
def test_a_secret_that_ends_is_told_before_it_does(
    shell: Shell, days: int | None, is_well: bool, has_hint: bool
) -> None:
    with TokenEndpoint() as provider:
        ran = doctor(shell, provider, days, "--json")
    [found] = [line for line in ran.lines if line["name"] == "secrets"]
    assert (found["is_well"], bool(found["hint"])) == (is_well, has_hint), found
    assert "a token for 59 minutes" in found["sentence"]
    assert provider.client_secret not in ran.out + ran.err


def test_a_secret_the_provider_refuses_is_told_with_its_code(shell: Shell) -> None:
    with TokenEndpoint() as provider:
        provider.refuse("invalid_client", "AADSTS7000222: The provided client secret keys are expired.", 401)
        ran = doctor(shell, provider, None)
    assert ran.code == 1
    [line] = [line for line in ran.out.splitlines() if "FAIL  secrets" in line]
    assert "AADSTS7000222" in line
    assert "has expired" in line


def test_a_coming_end_is_marked_for_the_eye(shell: Shell, tmp_path: Path) -> None:
    with TokenEndpoint() as provider:
        ran = doctor(shell, provider, 5)
    assert any(line.startswith("soon  secrets") for line in ran.out.splitlines()), ran.out
