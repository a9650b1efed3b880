"""A council on real servers: Dovecot, PostgreSQL, an SMTP server, the stand-in for Slack, and the program itself."""

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlmodel import col, func, select

from demo.slack import SlackStandIn
from models.db import open_engine, reading
from models.outbox import Delivery, OutboxEntry
from tests.build import a_letter
from tests.people import ASHA, BEN, OFFICERS
from tests.servers.dovecot import Dovecot
from tests.servers.program import Program, wait_until
from tests.servers.smtp import SmtpServer

HIGHWAYS = "complaints-highways"
LEAD = "complaint-alerts"
MONDAY = datetime(2026, 10, 12, 9, 0, tzinfo=UTC)
NEAR_THE_END = datetime(2026, 10, 22, 9, 0, tzinfo=UTC)
AFTER_THE_END = datetime(2026, 10, 27, 10, 0, tzinfo=UTC)

MORNING = "Your day"
MISSED = "The time to answer at stage 1 ended"
IN_DOUBT = "A letter of ours may not have arrived"

COMPLAINT = (
    "I reported the pothole outside 4 Elm Road in August and again in September, reference 88412. Your website says "
    "it was repaired. It was not repaired, nobody has come, and nobody has answered my messages. I want to complain "
    "about how the highways team has dealt with this road."
)


class RealCouncil:
    """Everything joined; each step of the journey is a method that does it and one that sees it done."""

    def __init__(
        self, folder: Path, *, dovecot: Dovecot, smtp: SmtpServer, slack: SlackStandIn, database_url: str
    ) -> None:
        self.dovecot, self.smtp, self.slack = dovecot, smtp, slack
        for name in (HIGHWAYS, LEAD, "complaints-corporate", "complaints-waste", "complaints-parks"):
            slack.add_channel(name)
        for officer in OFFICERS:
            slack.add_user(str(officer["slack_user"]), str(officer["name"]))
        mailbox = {
            "kind": "imap",
            "name": "complaints",
            "host": "localhost",
            "port": dovecot.tls_port,
            "ca_file": str(dovecot.ca_file),
            "user": dovecot.user,
            "timeout_seconds": 10,
        }
        extra = {
            "TOCSIN__MAILBOXES": json.dumps([mailbox]),
            "TOCSIN__MAILBOXES__0__PASSWORD": dovecot.password,
            "TOCSIN__SMTP__HOST": "127.0.0.1",
            "TOCSIN__SMTP__PORT": str(smtp.port),
            "TOCSIN__SMTP__SECURITY": "none",
            # the clock jumps by days, and what Slack took in the meantime is not late
            "TOCSIN__NAGS__BY_EMAIL_AFTER_MINUTES": "10000",
        }
        self.engine = open_engine(database_url)
        self.program = Program(folder, slack=slack, database_url=database_url, extra=extra)
        self.program.move_clock(MONDAY)

    def start(self, *, anew: bool = False) -> None:
        """Start the program and wait until it listens to Slack; ``anew``: by a Python of its own."""
        self.program.start(anew=anew)
        self.slack.wait_for_socket(seconds=30)

    def write(self) -> None:
        """Asha's letter arrives on the mail server."""
        self.dovecot.deliver(a_letter(COMPLAINT))

    def acknowledge(self) -> None:
        """Ben presses Acknowledge; when the program dies before it answers he presses again."""

        def pressed() -> bool:
            self.slack.wait_for_socket(seconds=30)
            return self.slack.press(BEN, HIGHWAYS, self.cards()[0]["ts"], "acknowledge").acked

        wait_until(pressed, 20, "the press was never acknowledged")

    def come_near_the_end(self) -> None:
        """Two working days are left for the answer."""
        self.program.move_clock(NEAR_THE_END)

    def pass_the_end(self) -> None:
        """The last day for the answer is over."""
        self.program.move_clock(AFTER_THE_END)

    def cards(self) -> list[dict[str, Any]]:
        """The cards in the highways channel."""
        return [message for message in self.slack.messages(HIGHWAYS) if _has_button(message, "read")]

    def nags(self) -> list[str]:
        """What Ben was reminded of."""
        return [text for text in self._told() if not text.startswith(MORNING)]

    def mornings(self) -> list[str]:
        """The days whose digest Ben was given."""
        return [text.partition(":")[0] for text in self._told() if text.startswith(MORNING)]

    def _told(self) -> list[str]:
        return [str(message["text"]) for message in self.slack.messages(BEN)]

    def alerts(self) -> list[dict[str, Any]]:
        """What the corporate lead was warned of."""
        return self.slack.messages(LEAD)

    def card_and_receipt_are_there(self) -> bool:
        """The card stands in the channel and the receipt has reached Asha."""
        return bool(self.cards()) and bool(self.smtp.letters)

    def acknowledgement_is_there(self) -> bool:
        """The letter has reached Asha and the card offers the next step."""
        return len(self.smtp.letters) > 1 and _has_button(self.cards()[0], "answer")

    def nag_is_there(self) -> bool:
        """Ben was reminded."""
        return bool(self.nags())

    def alert_is_there(self) -> bool:
        """Ben was told that the date was missed, and the lead was warned."""
        return len(self.nags()) > 1 and any(MISSED in str(alert["blocks"]) for alert in self.alerts())

    def seen(self, condition: Callable[[], bool], seconds: float = 20) -> float:
        """Wait until a condition holds; how long it took, in seconds."""
        began = time.monotonic()
        wait_until(condition, seconds, lambda: f"not seen: {condition.__name__}; the log says:\n{self._log()}")
        return time.monotonic() - began

    def nothing_more_happens(self) -> None:
        """See everything settled, so that no lease can end, and then give several ticks and sweeps their time."""
        self.seen(self._everything_is_settled)
        time.sleep(1)

    def _everything_is_settled(self) -> bool:
        with reading(self.engine) as session:
            open_states = (Delivery.WAITING, Delivery.SENDING)
            asked = select(func.count()).where(col(OutboxEntry.state).in_(open_states))
            return session.exec(asked).one() == 0

    def everything_happened_exactly_once(self) -> None:
        """One case, one card, two letters, two reminders, one warning; nothing doubled and nothing lost."""
        assert len(self.cards()) == 1, self.cards()
        subjects = self.smtp.subjects()
        assert len(subjects) == 2, subjects
        assert subjects[0].startswith("We have your message"), subjects
        assert subjects[1].startswith("Your complaint"), subjects
        assert all(letter["To"] == ASHA for letter in self.smtp.letters)
        nags = self.nags()
        assert len(nags) == 2, nags
        assert "in 2 working days" in nags[0], nags
        assert "should have been answered" in nags[1], nags
        assert len(self.mornings()) == len(set(self.mornings())), self.mornings()
        missed = [alert for alert in self.alerts() if MISSED in str(alert["blocks"])]
        others = [alert for alert in self.alerts() if alert not in missed]
        assert len(missed) == 1, missed
        # killed in the moment between the mail server's answer and writing it down, it says what it cannot know
        assert all(IN_DOUBT in str(alert["blocks"]) for alert in others), others

    def the_log_names_nobody(self) -> None:
        """Not the resident, not her address, not one of her words."""
        log = self.program.log.read_text().lower()
        for private in ("asha", "okafor", ASHA, "pothole", "elm road", "88412"):
            assert private not in log, f"the log holds “{private}”"

    def _log(self) -> str:
        return self.program.log.read_text()[-3000:]


def _has_button(message: dict[str, Any], action_id: str) -> bool:
    elements = [each for block in message.get("blocks", []) for each in block.get("elements", [])]
    return any(each.get("action_id") == action_id for each in elements)
