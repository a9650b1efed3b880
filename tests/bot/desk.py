"""What officers do at their desks, and what they are told."""

from collections.abc import Sequence
from dataclasses import dataclass

from demo.slack import Envelope
from models.case import Case
from tests.build import reload
from tests.jobs.office import HIGHWAYS, Json, Office, words_on


def filled(views: list[Json], *, before: Sequence[Json] = ()) -> bool:
    """Whether another form is on top now, and more than the empty one that opens at once."""
    ids = [view["id"] for view in views]
    return ids[-1:] != [view["id"] for view in before][-1:] and "One moment…" not in words_on(views[-1]["blocks"])


@dataclass
class Desk:
    """An office with people at work in it."""

    office: Office

    def new_case(self, raw: bytes | None = None, **how: object) -> Case:
        """A case whose card stands in its channel and whose receipt is on its way."""
        case = self.office.new_case(raw, **how)  # type: ignore[arg-type]  # passed on as it came
        self.office.deliver()
        return case

    def press(self, user: str, action_id: str, channel: str = HIGHWAYS) -> str:
        """Press a button on the one card; the line that only the presser sees, "" when a form came. In time, always."""
        return self.press_on(user, self.office.card(channel), action_id)

    def press_on(self, user: str, message: Json, action_id: str) -> str:
        """Press a button on a message that may be older than what stands in Slack now."""
        slack = self.office.slack
        told, shown = len(slack.ephemerals(user)), slack.views(user)
        done = slack.press(user, message["channel"], message["ts"], action_id)
        assert done.acked, done.outcome
        assert done.latency is not None
        assert done.latency < 3
        return self.answered(user, told, shown)

    def answered(self, user: str, told: int, shown: Sequence[Json]) -> str:
        """What a person is told after so many lines and these forms; "" when another form is open before them."""
        slack = self.office.slack
        slack.wait_for(lambda: len(slack.ephemerals(user)) > told or filled(slack.views(user), before=shown))
        if len(slack.ephemerals(user)) > told:
            return str(slack.ephemerals(user)[-1]["text"])
        return words_on(slack.views(user)[-1]["blocks"]) if self.forms(user) == [] else ""

    def forms(self, user: str) -> list[Json]:
        """What is open before this person and more than a sentence."""
        return [view for view in self.office.slack.views(user) if view["title"]["text"] != "Tocsin"]

    def modal(self, user: str, action_id: str) -> Json:
        """Press a button that opens a form or the letters; what is open before this person then."""
        assert self.press(user, action_id) == "", "a line came instead of a form"
        return self.office.slack.views(user)[-1]

    def opened(self, user: str) -> Json:
        """The form open before this person, once it is filled in."""
        self.office.slack.wait_for(lambda: filled(self.office.slack.views(user)))
        return self.office.slack.views(user)[-1]

    def submit(self, user: str, view: Json, values: Json) -> Envelope:
        """Fill in a form and send it; when it was taken, wait for the line that says what was done."""
        slack = self.office.slack
        told = len(slack.ephemerals(user))
        done = slack.submit(user, view["id"], values)
        assert done.acked, done.outcome
        assert done.problem == ""
        if done.response is None:
            slack.wait_for(lambda: len(slack.ephemerals(user)) > told)
        return done

    def fill(self, user: str, action_id: str, values: Json) -> Envelope:
        """Open a form with a button, fill it in and send it."""
        return self.submit(user, self.modal(user, action_id), values)

    def told(self, user: str) -> str:
        """The last line only this person sees."""
        lines = self.office.slack.ephemerals(user)
        return str(lines[-1]["text"]) if lines else ""

    def now(self, case: Case) -> Case:
        """The case as it now is."""
        return reload(self.office.parts.engine, case)

    def face(self, channel: str = HIGHWAYS) -> str:
        """What the one card says, once everything is delivered."""
        self.office.deliver()
        return words_on(self.office.card(channel)["blocks"])
