"""What a person does in Slack: press, choose, fill in, submit, close, type."""

import secrets
from dataclasses import dataclass

from demo.slack import chat, payloads, views
from demo.slack.payloads import PersonCannot
from demo.slack.refusals import Refused
from demo.slack.response_urls import ResponseUrls
from demo.slack.sockets import Envelope, SocketMode
from demo.slack.world import Json, Message, Person, View, World


@dataclass
class Hands:
    """The people's side of the workspace. Each act returns its envelope, acknowledged or not."""

    world: World
    sockets: SocketMode
    response_urls: ResponseUrls

    def press(self, user: str, message: Message, action_id: str, value: object = None) -> Envelope:
        """Press a button, or choose `value` in a menu, on a message this person can see."""
        world = self.world
        person = self._person(user)
        if user not in world.channels[message.channel].members or message.seen_by not in {"", user}:
            raise PersonCannot("this person does not see that message")
        with world.condition:
            block, element = payloads.find_element(message.blocks, action_id, value)
            payload = payloads.press_on_message(world, person, message, (block, element, value))
            self.response_urls.allow(payload["response_url"], user)
        return self.sockets.deliver("interactive", payload)

    def press_in_view(self, user: str, view_id: str, action_id: str, value: object = None) -> Envelope:
        """Press or choose in a modal or on the home tab; what is chosen stays chosen."""
        view, person = self._view(user, view_id), self._person(user)
        with self.world.changing():
            block, element = payloads.find_element(view.body["blocks"], action_id, value)
            hold_initial(view.body)
            if element["type"] != "button":
                state = view.body["state"]["values"][block["block_id"]]
                state[action_id] = payloads.chosen_value(element, value)
            payload = payloads.press_on_view(self.world, person, view, (block, element, value))
        return self.sockets.deliver("interactive", payload)

    def submit(self, user: str, view_id: str, values: Json) -> Envelope:
        """Fill in the modal and press its submit button; the view then does what the answer says."""
        view, person = self._view(user, view_id), self._person(user)
        with self.world.changing():
            view.body["state"]["values"] = filled(view.body["blocks"], view.body["state"]["values"], values)
            payload = payloads.submission(self.world, person, view)
        envelope = self.sockets.deliver("interactive", payload, accepts_response=True)
        if envelope.acked:
            with self.world.changing():
                self._follow(view, envelope)
        return envelope

    def _follow(self, view: View, envelope: Envelope) -> None:
        answer = envelope.response or {}
        action = answer.get("response_action")
        try:
            if action == "errors":
                self._check_errors(view, answer)
            elif action == "clear":
                self._close_all(view.owner)
            elif action in {"update", "push"}:
                self._show_next(view, action, answer.get("view") or {})
            else:
                view.is_open = False
        except Refused as no:
            envelope.problem = f"{no.error}: {no.answer().get('errors', '')}"

    @staticmethod
    def _check_errors(view: View, answer: Json) -> None:
        known = {block["block_id"] for block in view.body["blocks"] if block["type"] == "input"}
        wrong = set(answer.get("errors") or {}) - known
        if wrong or not answer.get("errors"):
            raise Refused("invalid_arguments", where=[f"[ERROR] no input block {name}" for name in sorted(wrong)])

    def _show_next(self, view: View, action: str, body: Json) -> None:
        views.check_view(body)
        if action == "update":
            views.redraw(view, body)
        else:
            views.show(self.world, view.owner, body, on_top=True)

    def _close_all(self, user: str) -> None:
        for view in views.open_views(self.world, user):
            view.is_open = False

    def close(self, user: str, view_id: str) -> Envelope | None:
        """Close a modal without submitting; the program hears of it only if it asked to."""
        view, person = self._view(user, view_id), self._person(user)
        with self.world.changing():
            view.is_open = False
            payload = payloads.closing(self.world, person, view)
        return self.sockets.deliver("interactive", payload) if view.body["notify_on_close"] else None

    def say(self, user: str, channel_id: str, text: str, thread_ts: str = "") -> Envelope:
        """Type a message; the program hears of it as an event."""
        person, world = self._person(user), self.world
        with world.changing():
            message = Message(channel_id, world.next_ts(), text, [], user=person.id)
            chat.put_in_thread(world, message, {"thread_ts": thread_ts})
            world.messages.append(message)
            channel = world.channels[channel_id]
            kind = "im" if channel.person else "group" if channel.is_private else "channel"
        return self.sockets.deliver(
            "events_api",
            payloads.event(
                message.public() | {"channel": channel_id, "channel_type": kind, "client_msg_id": secrets.token_hex(8)}
            ),
        )

    def command(self, user: str, channel_id: str, name: str, text: str = "") -> Envelope:
        """Type a slash command; an answer in the ack is shown to this person alone."""
        payload = payloads.command(self.world, self._person(user), channel_id, (name, text))
        self.response_urls.allow(payload["response_url"], user)
        envelope = self.sockets.deliver("slash_commands", payload, accepts_response=True)
        if envelope.response:
            self.response_urls.post(payload["response_url"], envelope.response)
        return envelope

    def shortcut(self, user: str, message: Message, callback_id: str) -> Envelope:
        """Choose one of the app's shortcuts in a message's menu."""
        payload = payloads.message_shortcut(self.world, self._person(user), message, callback_id)
        self.response_urls.allow(payload["response_url"], user)
        return self.sockets.deliver("interactive", payload)

    def open_home(self, user: str) -> Envelope:
        """Open the app's home tab; the program hears of it as an event."""
        channel = self.world.direct_messages(user)
        inner = {"type": "app_home_opened", "user": user, "channel": channel.id, "tab": "home"}
        return self.sockets.deliver("events_api", payloads.event(inner | {"event_ts": self.world.next_ts()}))

    def _person(self, user: str) -> Person:
        person = self.world.people.get(user)
        if person is None:
            raise PersonCannot("there is nobody of that id")
        return person

    def _view(self, user: str, view_id: str) -> View:
        home = self.world.homes.get(user)
        if home and home.body["id"] == view_id:
            return home
        view = self.world.views.get(view_id)
        if view is None or view.owner != user or not view.is_open:
            raise PersonCannot("that view is not open before this person")
        return view


def filled(blocks: list[Json], before: Json, values: Json) -> Json:
    """A view's state after filling in. `values`: by action_id, by block_id, or block_id then action_id.

    What is not named keeps its initial value. Raises PersonCannot as Slack's window would hold back the submit
    button: a required input left empty, or a text over its length.
    """
    state: Json = {}
    for block, element in payloads.elements_in(blocks):
        if element["type"] == "button":
            continue
        held = before.get(block["block_id"], {}).get(element["action_id"]) or initial(element)
        given = given_for(block, element, values)
        if given is not None:
            held = payloads.chosen_value(element, given)
        if block["type"] == "input":
            _hold_back(block, element, held)
        state.setdefault(block["block_id"], {})[element["action_id"]] = held
    return state


def hold_initial(view: Json) -> None:
    """Let every element of a view that nobody has touched hold what it began with."""
    for block, element in payloads.elements_in(view["blocks"]):
        if element["type"] != "button":
            state = view["state"]["values"].setdefault(block["block_id"], {})
            state.setdefault(element["action_id"], initial(element))


def given_for(block: Json, element: Json, values: Json) -> object:
    """What `values` has for this element, if anything."""
    by_block = values.get(block["block_id"])
    if isinstance(by_block, dict):
        return by_block.get(element["action_id"])
    return values.get(element["action_id"]) if by_block is None else by_block


def initial(element: Json) -> Json:
    """What an element holds before anybody touches it."""
    option, options = element.get("initial_option"), element.get("initial_options")
    if options:
        return payloads.chosen_value(element, [one["value"] for one in options])
    if option:
        return payloads.chosen_value(element, option["value"])
    first = next((v for k, v in element.items() if k.startswith("initial_")), None)
    return payloads.chosen_value(element, first)


def _hold_back(block: Json, element: Json, held: Json) -> None:
    value = next((v for k, v in held.items() if k != "type"), None)
    if not value and not block.get("optional"):
        raise PersonCannot(f"the input {block['block_id']} is required")
    if isinstance(value, str) and not element.get("min_length", 0) <= len(value) <= element.get("max_length", 3000):
        raise PersonCannot(f"the input {block['block_id']} is too long or too short")
