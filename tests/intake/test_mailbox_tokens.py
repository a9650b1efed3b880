"""Opening a mailbox by token: a real Dovecot asks a provider on loopback whether each token is good."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from intake import boxes
from intake.boxes import ImapAccount
from intake.mailbox import ImapBox
from intake.tokens import Tokens
from models.settings_mail import Mailbox
from tests.servers.dovecot import Dovecot
from tests.servers.program import wait_until
from tests.servers.token_endpoint import TokenEndpoint

pytestmark = pytest.mark.slow

LETTER = b"From: asha@example.org\r\nSubject: Bins\r\n\r\nPlease.\r\n"


@pytest.fixture
def provider() -> Iterator[TokenEndpoint]:
    with TokenEndpoint() as running:
        yield running


@pytest.fixture
def server(provider: TokenEndpoint) -> Iterator[Dovecot]:
    with Dovecot(introspect_url=provider.introspect_url) as running:
        yield running


def tokens(provider: TokenEndpoint, folder: Path, **changes: Any) -> Tokens:
    given = {
        "kind": "imap",
        "host": "localhost",
        "user": provider.user,
        "login": "microsoft",
        "tenant": "exampleshire",
        "client_id": provider.client_id,
        "client_secret": provider.client_secret,
        "token_url": provider.token_url,
        "timeout_seconds": 5,
    }
    return Tokens(Mailbox(**{**given, **changes}), folder)


def box(server: Dovecot, source: Tokens) -> ImapBox:
    return ImapBox(
        ImapAccount(
            "complaints", "localhost", server.tls_port, server.user, "", "tls", ca_file=server.ca_file, tokens=source
        )
    )


def test_a_letter_is_read_with_a_token_and_no_password(
    server: Dovecot, provider: TokenEndpoint, tmp_path: Path
) -> None:
    server.deliver(LETTER)
    opened = box(server, tokens(provider, tmp_path))
    assert [arrival.raw for arrival in opened.arrivals()] == [LETTER]
    opened.close()
    assert [form["grant_type"] for form in provider.asked] == ["client_credentials"]


def test_a_good_token_is_used_again(server: Dovecot, provider: TokenEndpoint, tmp_path: Path) -> None:
    source = tokens(provider, tmp_path)
    for _ in range(3):
        box(server, source).login_check()
    assert len(provider.asked) == 1


def test_an_expired_token_is_renewed_while_the_program_runs(
    server: Dovecot, provider: TokenEndpoint, tmp_path: Path
) -> None:
    provider.lives = 1.0
    source = tokens(provider, tmp_path)
    opened = box(server, source)
    assert list(opened.arrivals()) == []
    first = source.token()
    server.deliver(LETTER)
    opened.close()  # as Microsoft does when the token of a connection ends
    wait_until(lambda: not provider.knows(first), 5, "the token does not end")
    assert [arrival.raw for arrival in opened.arrivals()] == [LETTER]
    opened.close()
    assert len(provider.asked) == 2


def test_a_token_that_came_too_late_is_replaced_once(server: Dovecot, provider: TokenEndpoint, tmp_path: Path) -> None:
    provider.lives = 0.0
    source = tokens(provider, tmp_path)
    with pytest.raises(boxes.TokenNotAccepted):
        box(server, source).login_check()
    assert len(provider.asked) == 2


def test_a_token_withdrawn_before_its_end_is_replaced_at_once(
    server: Dovecot, provider: TokenEndpoint, tmp_path: Path
) -> None:
    server.deliver(LETTER)
    opened = box(server, tokens(provider, tmp_path))
    opened.login_check()
    provider.withdraw_tokens()
    assert [arrival.raw for arrival in opened.arrivals()] == [LETTER]
    opened.close()
    assert len(provider.asked) == 2


def test_a_user_the_token_is_not_for_is_told_in_a_sentence(
    server: Dovecot, provider: TokenEndpoint, tmp_path: Path
) -> None:
    provider.user = "somebody-else"
    with pytest.raises(boxes.TokenNotAccepted) as refusal:
        box(server, tokens(provider, tmp_path)).login_check()
    assert "does not accept the account’s token" in str(refusal.value)
    assert "token-" not in str(refusal.value)
    assert len(provider.asked) == 2, "one fresh token is tried, and no third"
