"""The client that asks Slack."""

import ssl
from pathlib import Path

from bot.app import slack_client
from tests.build import the_settings


def test_certificates_are_checked_and_read_once(tmp_path: Path) -> None:
    first, second = (slack_client(the_settings(tmp_path)).ssl for _ in range(2))
    assert first is not None
    assert first is second
    assert (first.verify_mode, first.check_hostname) == (ssl.CERT_REQUIRED, True)
