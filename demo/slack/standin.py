"""SlackStandIn: the pretend workspace, served, with a person's hands and the switches for faults."""

import time
from collections.abc import Callable, Iterable
from dataclasses import asdict
from types import TracebackType
from typing import Self, TypeVar

from starlette.applications import Starlette
from starlette.routing import Mount, Route, WebSocketRoute

from demo.slack import views
from demo.slack.admin import Admin
from demo.slack.api import Call, WebApi
from demo.slack.control import control_routes
from demo.slack.faults import Fault, FaultKind, Faults
from demo.slack.payloads import PersonCannot
from demo.slack.people import Hands
from demo.slack.posting import Posting
from demo.slack.response_urls import ResponseUrls
from demo.slack.running import ServerInThread
from demo.slack.sockets import Envelope, SocketMode
from demo.slack.world import APP_TOKEN, BOT_TOKEN, BOT_USER_ID, SIGNING_SECRET, Channel, Json, World

T = TypeVar("T")


class SlackStandIn:
    """A Slack of one's own. See the notes at the top of demo.slack for how to use it."""

    bot_token: str = BOT_TOKEN
    app_token: str = APP_TOKEN
    signing_secret: str = SIGNING_SECRET
    world: World
    faults: Faults
    sockets: SocketMode
    hands: Hands

    def __init__(
        self,
        *,
        port: int = 0,
        ack_seconds: float = 3.0,
        trigger_seconds: float = 3.0,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """`clock` gives the seconds that name new messages; the other times are Slack's own, shorter if wished."""
        self.world = World(clock=clock, trigger_seconds=trigger_seconds)
        self.admin = Admin(self.world)
        self.faults = Faults()
        self.sockets = SocketMode(self.world, ack_seconds=ack_seconds)
        self.api = WebApi(self.world, self.faults, self.sockets)
        self.response_urls = ResponseUrls(self.world)
        self.hands = Hands(self.world, self.sockets, self.response_urls)
        self.app = self._application()
        self._server = ServerInThread(self.app, port)

    def _application(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/api/{method}", self.api.answer, methods=["GET", "POST"]),
                Route("/response/{channel}/{ts}/{secret}", self.response_urls.answer, methods=["POST"]),
                WebSocketRoute("/link/", self.sockets.link),
                WebSocketRoute("/link", self.sockets.link),
                Mount("/control", routes=control_routes(self)),
            ]
        )

    def start(self) -> Self:
        """Listen on 127.0.0.1."""
        self._server.start()
        self.world.base_url = self._server.url
        self.sockets.loop = self._server.loop
        return self

    def stop(self) -> None:
        """Close every socket and stop listening."""
        self.sockets.refusing = True
        self.sockets.close_all()
        self._server.stop()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, no: BaseException | None, tb: TracebackType | None) -> None:
        self.stop()

    @property
    def url(self) -> str:
        """What goes into slack.api_url, with the slash at the end that slack_sdk needs."""
        return f"{self._server.url}/api/"

    def post_to(self, url: str, *, again_after: tuple[float, ...] = (0.0, 60.0, 300.0)) -> None:
        """Send everything by signed posts to this address from now on, instead of over sockets."""
        self.sockets.posting = Posting(url, ack_seconds=self.sockets.ack_seconds, again_after=again_after)

    def add_channel(
        self,
        name: str,
        channel_id: str = "",
        *,
        private: bool = True,
        bot_inside: bool = True,
        people: Iterable[str] | None = None,
    ) -> str:
        """Make a channel and return its id. With no `people` named, everybody is in it, also who joins later."""
        world = self.world
        with world.changing():
            members = set(world.people if people is None else people) - {BOT_USER_ID}
            channel = Channel(channel_id or world.number("C"), name.removeprefix("#"), private)
            channel.members = members | ({BOT_USER_ID} if bot_inside else set())
            channel.for_everybody = people is None
            world.channels[channel.id] = channel
        return channel.id

    def archive(self, channel: str) -> None:
        """Archive a channel."""
        with self.world.changing():
            self._channel(channel).is_archived = True

    def add_user(self, user_id: str, name: str) -> str:
        """Enrol a person, in every channel, and return their id."""
        return self.world.add_person(user_id, name).id

    def messages(self, channel: str) -> list[Json]:
        """What stands in a channel now, oldest first, threads included; `revisions` is how it stood before edits.

        `channel` is an id, a name, or a person's id for the direct messages with them.
        """
        with self.world.condition:
            wanted = self._channel(channel).id
            found = [one for one in self.world.messages if one.channel == wanted and not one.seen_by]
            return [one.public() | {"channel": one.channel, "revisions": list(one.revisions)} for one in found]

    def ephemerals(self, user: str) -> list[Json]:
        """The lines only this person sees, oldest first."""
        with self.world.condition:
            found = [one for one in self.world.messages if one.seen_by == user]
            return [one.public() | {"channel": one.channel} for one in found]

    def views(self, user: str) -> list[Json]:
        """The modals open before this person, the top one last."""
        with self.world.condition:
            return [dict(view.body) for view in views.open_views(self.world, user)]

    def home(self, user: str) -> Json | None:
        """The home tab published for this person."""
        with self.world.condition:
            view = self.world.homes.get(user)
            return dict(view.body) if view else None

    def press(self, user: str, channel: str, ts: str, action_id: str, value: object = None) -> Envelope:
        """Press a button or choose in a menu, and wait for the ack.

        Of buttons with one action_id, `value` picks; in a menu it is the option's. Raises PersonCannot.
        """
        message = self.world.find_message(self._channel(channel).id, ts)
        if message is None:
            raise PersonCannot("that message is not there")
        return self.hands.press(user, message, action_id, value)

    select = press

    def submit(self, user: str, view_id: str, values: Json) -> Envelope:
        """Fill in a modal and submit it; `values` by action_id or by block_id. Raises PersonCannot."""
        return self.hands.submit(user, view_id, values)

    def say(self, user: str, channel: str, text: str, thread_ts: str = "") -> Envelope:
        """Type a message."""
        return self.hands.say(user, self._channel(channel).id, text, thread_ts)

    def command(self, user: str, channel: str, name: str, text: str = "") -> Envelope:
        """Type a slash command."""
        return self.hands.command(user, self._channel(channel).id, name, text)

    @property
    def envelopes(self) -> list[Envelope]:
        """Everything sent over the sockets, and how it was acknowledged."""
        return list(self.sockets.envelopes)

    def calls(self, method: str = "") -> list[Call]:
        """The Web API calls so far, of one method or of all."""
        return [call for call in list(self.api.calls) if method in {"", call.method}]

    def fail(self, method: str, kind: FaultKind, **how: object) -> None:
        """Make calls fail; `how` is as in demo.slack.faults.Fault: times, share, after, seconds."""
        known = asdict(Fault(method, kind)) | how
        self.faults.add(Fault(**known))

    def go_down(self, *, down: bool = True) -> None:
        """Refuse every call with 503 and every socket, or be well again."""
        self.faults.down = down
        self.sockets.refusing = down
        if down:
            self.sockets.close_all()

    def recover(self) -> None:
        """Take back every fault; sockets may connect again."""
        self.faults.clear()
        self.go_down(down=False)

    def wait_for(self, predicate: Callable[[], T], seconds: float = 5.0) -> T:
        """Wait until the predicate holds and return what it gave. Raises TimeoutError."""
        give_up = time.monotonic() + seconds
        while not (found := predicate()):
            if time.monotonic() > give_up:
                raise TimeoutError(f"not within {seconds} s")
            with self.world.condition:
                self.world.condition.wait(0.05)
        return found

    def wait_for_socket(self, count: int = 1, seconds: float = 10.0) -> None:
        """Wait until the program has so many sockets open."""
        self.wait_for(lambda: len(self.sockets.sockets) >= count, seconds)

    def _channel(self, wanted: str) -> Channel:
        if wanted in self.world.people:
            return self.world.direct_messages(wanted)
        name = wanted.removeprefix("#")
        for channel in self.world.channels.values():
            if channel.id == wanted or (channel.name and channel.name == name):
                return channel
        raise KeyError(f"no channel {wanted}")
