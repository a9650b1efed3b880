"""Where a door of the program cannot be opened, the sentence names the setting that mends it."""

import socket
from typing import Any

import pytest
from fastapi import FastAPI

from commands.serving import serve


def refused(capsys: pytest.CaptureFixture[str], host: str, port: int, **how: Any) -> str:
    """What is said before the program ends."""
    with pytest.raises(SystemExit):
        serve(FastAPI(), host, port, **{"section": "slack"} | how)
    return capsys.readouterr().err


def test_a_port_that_is_taken_is_to_be_another(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        said = refused(capsys, "127.0.0.1", taken.getsockname()[1], section="web")
    assert "The web form cannot listen at 127.0.0.1" in said
    assert "Set web.port to a port that is free." in said


@pytest.mark.parametrize("host", ["192.0.2.1", "no such host", "::zz"])
def test_a_host_that_is_not_this_machine_is_to_be_one_that_is(capsys: pytest.CaptureFixture[str], host: str) -> None:
    said = refused(capsys, host, 8660)
    assert f"The door for Slack cannot listen at {host}, port 8660" in said
    assert "Set slack.host to an address of this machine" in said
    assert "slack.port" not in said
