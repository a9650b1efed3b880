"""A workspace with its people and channels, and the real client to call it with."""

from collections.abc import Iterator

import pytest
from slack_sdk import WebClient

from demo.slack import SlackStandIn
from tests.demo.slack_program import client_of, workspace


@pytest.fixture
def slack() -> Iterator[SlackStandIn]:
    with workspace() as running:
        yield running


@pytest.fixture
def client(slack: SlackStandIn) -> WebClient:
    return client_of(slack)
