"""The program's ears: what Slack sends reaches the receiver through real Bolt, over a socket or over HTTP."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from slack_bolt.adapter.socket_mode import SocketModeHandler

from bot.app import build_app, connect
from bot.receiving import Receiver
from bot.receiving_http import PATH, create_door
from demo.slack.running import ServerInThread
from jobs.taking_in import window_of
from jobs.work_envelopes import Workers
from tests.jobs.office import Office
from tests.servers.hanging_up import hang_up

Mode = Literal["socket", "http"]


@contextmanager
def listening(office: Office, mode: Mode = "socket") -> Iterator[Receiver]:
    """The program listening to an office's Slack."""
    window = window_of(office.parts)
    workers = Workers(window, office.client)
    receiver = Receiver(window, office.client, workers.take)
    with _open(office, receiver, mode):
        yield receiver
    _end(receiver, workers)


def _end(receiver: Receiver, workers: Workers) -> None:
    """What they were given is done before the test takes the database away."""
    for pool in (receiver._opening, receiver._forms, workers._pool):
        pool.shutdown()
    receiver.close()
    workers.close()


@contextmanager
def _open(office: Office, receiver: Receiver, mode: Mode) -> Iterator[None]:
    app = build_app(receiver)
    if mode == "http":
        door = ServerInThread(create_door(app, office.slack.signing_secret))
        door.start()
        office.slack.post_to(f"{door.url}{PATH}", again_after=(0.0, 0.1, 0.1))
        yield
        door.stop()
        return
    handler = connect(app, office.client, office.parts.settings)
    handler.connect()  # type: ignore[no-untyped-call]  # slack_bolt left this one without types
    office.slack.wait_for_socket()
    yield
    hang_up(handler)


@contextmanager
def handler_of(office: Office) -> Iterator[SocketModeHandler]:
    """The same over a socket that is not open yet; closed at the end."""
    window = window_of(office.parts)
    workers = Workers(window, office.client)
    receiver = Receiver(window, office.client, workers.take)
    handler = connect(build_app(receiver), office.client, office.parts.settings)
    yield handler
    hang_up(handler)
    _end(receiver, workers)
