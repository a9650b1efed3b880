"""What the visitor does on the page: acts as an officer, writes as a resident, moves the clock."""

from base64 import b64decode
from collections.abc import Callable
from dataclasses import dataclass

from demo.page.council import Council, Enclosed, Written
from demo.slack import Envelope, PersonCannot, SlackStandIn
from demo.slack.world import Json

NOT_HEARD = {
    "no ack": "Slack waited three seconds and got no answer.",
    "no socket": "The program is not connected to Slack.",
}


@dataclass
class Acts:
    """Each act takes what the page sent, and returns what to tell the visitor."""

    slack: SlackStandIn
    council: Council

    def table(self) -> dict[str, Callable[[Json], Json]]:
        """The acts by the name the page calls them by."""
        return {
            "press": self.press,
            "submit": self.submit,
            "close": self.close,
            "say": self.say,
            "home": self.home,
            "email": self.email,
            "send-back": self.send_back,
            "next-day": self.next_day,
        }

    def perform(self, name: str, sent: Json) -> Json:
        """Do it. What a person could not do in Slack comes back as a warning."""
        try:
            return self.table()[name](sent)
        except PersonCannot as no:
            return {"warning": f"Slack does not allow that: {no}."}

    def press(self, sent: Json) -> Json:
        """Press or choose, on a message or in a view."""
        if sent.get("view_id"):
            return _heard(
                self.slack.hands.press_in_view(sent["as"], sent["view_id"], sent["action_id"], sent.get("value"))
            )
        return _heard(self.slack.press(sent["as"], sent["channel"], sent["ts"], sent["action_id"], sent.get("value")))

    def submit(self, sent: Json) -> Json:
        """Submit the modal on top; errors come back by block."""
        envelope = self.slack.submit(sent["as"], sent["view_id"], sent["values"])
        errors = (envelope.response or {}).get("errors", {})
        return _heard(envelope) | {"errors": errors}

    def close(self, sent: Json) -> Json:
        """Close the modal on top."""
        self.slack.hands.close(sent["as"], sent["view_id"])
        return {}

    def say(self, sent: Json) -> Json:
        """Type a message, or a command if it begins with a stroke."""
        text = str(sent["text"]).strip()
        if text.startswith("/"):
            name, _, rest = text.partition(" ")
            return _heard(self.slack.command(sent["as"], sent["channel"], name, rest.strip()))
        self.slack.say(sent["as"], sent["channel"], text)
        return {}

    def home(self, sent: Json) -> Json:
        """Open the home tab, which the program then fills."""
        return _heard(self.slack.hands.open_home(sent["as"]))

    def email(self, sent: Json) -> Json:
        """Write to the council, in reply to a letter of its own if the page names one."""
        file = sent.get("file")
        enclosed = Enclosed(file["name"], file["type"], b64decode(file["content"])) if file else None
        self.council.send_email(
            Written(
                sent["name"],
                sent["address"],
                sent["subject"],
                sent["body"],
                answers=sent.get("answers", ""),
                enclosed=enclosed,
            )
        )
        return {}

    def send_back(self, sent: Json) -> Json:
        """Return a letter to the council as undeliverable."""
        self.council.send_back(sent["letter"])
        return {}

    def next_day(self, _sent: Json) -> Json:
        """Move the clock."""
        self.council.next_working_day()
        return {}


def _heard(envelope: Envelope) -> Json:
    warning = NOT_HEARD.get(envelope.outcome, "") or envelope.problem
    return {"warning": warning} if warning else {}
