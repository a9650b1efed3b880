"""Tokens: which question each provider is asked, what is remembered, and what is said when there is none."""

import socket
import stat
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from intake import boxes, tokens
from intake.tokens import Tokens
from models.settings_mail import Mailbox
from tests.servers.token_endpoint import TokenEndpoint


@pytest.fixture
def provider() -> Iterator[TokenEndpoint]:
    with TokenEndpoint() as running:
        yield running


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "tokens"


def mailbox(provider: TokenEndpoint, **changes: Any) -> Mailbox:
    given = {
        "kind": "imap",
        "host": "localhost",
        "user": "complaints",
        "login": "microsoft",
        "tenant": "exampleshire",
        "client_id": provider.client_id,
        "client_secret": provider.client_secret,
        "token_url": provider.token_url,
        "timeout_seconds": 2,
    }
    return Mailbox(**{**given, **changes})


@pytest.mark.parametrize(
    ("changes", "grant", "scope"),
    [
        ({}, "client_credentials", "https://outlook.office365.com/.default"),
        (
            {"refresh_token": "first-consent"},
            "refresh_token",
            "https://outlook.office.com/IMAP.AccessAsUser.All offline_access",
        ),
        ({"login": "google", "refresh_token": "first-consent"}, "refresh_token", None),
    ],
)
def test_each_provider_is_asked_as_it_wants(
    provider: TokenEndpoint, folder: Path, changes: dict[str, str], grant: str, scope: str | None
) -> None:
    assert provider.knows(Tokens(mailbox(provider, **changes), folder).token())
    [form] = provider.asked
    assert (form["grant_type"], form.get("scope")) == (grant, scope)


@pytest.mark.parametrize(
    ("changes", "address"),
    [
        ({"tenant": "a/../b"}, "https://login.microsoftonline.com/a%2F..%2Fb/oauth2/v2.0/token"),
        ({"login": "google"}, "https://oauth2.googleapis.com/token"),
    ],
)
def test_the_usual_addresses_are_the_providers_own(
    provider: TokenEndpoint, changes: dict[str, str], address: str
) -> None:
    assert tokens._address(mailbox(provider, token_url="", **changes)) == address


def test_a_token_is_renewed_before_it_ends(
    provider: TokenEndpoint, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    passed = 0.0
    real = time.monotonic
    monkeypatch.setattr(time, "monotonic", lambda: real() + passed)
    source = Tokens(mailbox(provider), folder)
    first = source.token()
    passed = 3600 - tokens.RENEW_BEFORE - 60
    assert source.token() == first
    passed = 3600 - tokens.RENEW_BEFORE + 1
    assert source.token() != first


def test_a_new_refresh_token_is_remembered_for_this_account_alone(provider: TokenEndpoint, folder: Path) -> None:
    provider.rotates = True
    box = mailbox(provider, refresh_token="first-consent")
    Tokens(box, folder).token()
    Tokens(box, folder).token()  # another process: it has only the file
    assert [form["refresh_token"] for form in provider.asked] == ["first-consent", "consent-2"]
    [file] = folder.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_refresh_token_given_anew_is_used_instead_of_the_remembered(provider: TokenEndpoint, folder: Path) -> None:
    provider.rotates = True
    Tokens(mailbox(provider, refresh_token="first-consent"), folder).token()
    provider.good_refresh_tokens = {"second-consent"}
    assert provider.knows(Tokens(mailbox(provider, refresh_token="second-consent"), folder).token())


@pytest.mark.parametrize("content", [b"", b"[]", b"\xff{", b'{"follows": 3}'])
def test_a_spoilt_file_of_a_refresh_token_is_passed_over(provider: TokenEndpoint, folder: Path, content: bytes) -> None:
    folder.mkdir()
    (folder / "complaints.json").write_bytes(content)
    assert provider.knows(Tokens(mailbox(provider, refresh_token="first-consent"), folder).token())


@pytest.mark.parametrize("name", ["../../escaped", ".", "a/b", "Tŷ"])
def test_the_file_stays_in_its_folder_whatever_the_mailbox_is_called(
    provider: TokenEndpoint, folder: Path, name: str
) -> None:
    provider.rotates = True
    Tokens(mailbox(provider, name=name, refresh_token="first-consent"), folder).token()
    assert len([path for path in folder.iterdir() if path.is_file()]) == 1
    assert list(folder.parent.iterdir()) == [folder]


def test_mailboxes_whose_names_are_nearly_the_same_keep_their_tokens_apart(
    provider: TokenEndpoint, folder: Path
) -> None:
    provider.rotates = True
    for name in ("a b", "a_b", "a%20b"):
        provider.good_refresh_tokens = {"first-consent"}
        Tokens(mailbox(provider, name=name, refresh_token="first-consent"), folder).token()
    assert [form["refresh_token"] for form in provider.asked] == ["first-consent"] * 3
    assert len(list(folder.iterdir())) == 3


@pytest.mark.parametrize(
    ("error", "description", "kind", "quoted"),
    [
        ("invalid_client", "AADSTS7000215: Invalid client secret.", boxes.SecretWrong, "invalid_client AADSTS7000215"),
        ("invalid_client", "AADSTS7000222: The keys are expired.", boxes.SecretExpired, "invalid_client AADSTS7000222"),
        ("invalid_grant", "AADSTS700082: inactive for 90 days.", boxes.ConsentEnded, "invalid_grant AADSTS700082"),
        ("invalid_grant", "Token has been expired or revoked.", boxes.ConsentEnded, "invalid_grant"),
        ("unauthorized_client", "AADSTS700016: not found.", boxes.NoToken, "unauthorized_client AADSTS700016"),
        ("<script>", "tocsin-client-secret first-consent", boxes.NoToken, "HTTP 400"),
    ],
)
def test_a_refusal_is_told_in_a_sentence_with_the_providers_code_and_no_secret(
    provider: TokenEndpoint, folder: Path, error: str, description: str, kind: type[boxes.MailboxError], quoted: str
) -> None:
    provider.refuse(error, description)
    with pytest.raises(boxes.MailboxError) as refusal:
        Tokens(mailbox(provider, refresh_token="first-consent"), folder).token()
    assert type(refusal.value) is kind
    assert f"The answer was: {quoted}." in str(refusal.value)
    for secret in ("tocsin-client-secret", "first-consent"):
        assert secret not in repr(refusal.value) + str(refusal.value) + repr(refusal.value.__cause__)


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (503, b"<html>busy</html>", boxes.ProviderUnreachable),
        (429, b"", boxes.ProviderUnreachable),
        (200, b"<html>a login page</html>", boxes.NoToken),
        (200, b'{"access_token": ""}', boxes.NoToken),
        (404, b"[]", boxes.NoToken),
    ],
)
def test_any_other_answer_is_no_token(
    provider: TokenEndpoint, folder: Path, status: int, body: bytes, kind: type[boxes.MailboxError]
) -> None:
    provider.refuse_with = status, body
    with pytest.raises(kind):
        Tokens(mailbox(provider), folder).token()


def test_a_wrong_secret_is_found_out(provider: TokenEndpoint, folder: Path) -> None:
    with pytest.raises(boxes.SecretWrong):
        Tokens(mailbox(provider, client_secret="a-guess"), folder).token()


def test_after_a_refusal_the_provider_is_asked_again(provider: TokenEndpoint, folder: Path) -> None:
    source = Tokens(mailbox(provider), folder)
    provider.refuse("temporarily_unavailable")
    with pytest.raises(boxes.NoToken):
        source.token()
    provider.refuse_with = None
    assert provider.knows(source.token())


def test_a_silent_provider_is_given_up_in_time(provider: TokenEndpoint, folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/token"
        with pytest.raises(boxes.ProviderUnreachable):
            Tokens(mailbox(provider, token_url=address, timeout_seconds=0.3), folder).token()


def test_nobody_listening_is_said_plainly(provider: TokenEndpoint, folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/token"
    with pytest.raises(boxes.ProviderUnreachable, match="refused"):
        Tokens(mailbox(provider, token_url=address), folder).token()


@pytest.mark.parametrize("address", ["http://login.example.org/token", "file:///etc/passwd", "ftp://localhost/x", "x"])
def test_no_secret_is_sent_in_clear_over_a_network(provider: TokenEndpoint, folder: Path, address: str) -> None:
    with pytest.raises(boxes.TokenAddressUnsafe):
        Tokens(mailbox(provider, token_url=address), folder).token()
