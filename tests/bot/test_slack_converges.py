"""Whatever goes wrong on the way, once Slack is well again it shows exactly what the database says.

A third of the calls is refused (429, 500), answers to posts and redraws are lost, sockets close all the while; officers
press, write, change and move some dozens of cases hundreds of times. Then: one card a case, at its newest version,
every thread complete and in order, each form done once, each alert and each reminder once.
"""

import contextlib
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from sqlmodel import Session, col, select

from bot.cards import case_card
from bot.case_view import case_view
from bot.thread_lines import LINES, Happened, line_of
from demo.slack.api import METHODS
from models.case import Case, CaseEvent
from models.db import reading, writing
from models.handling import correct_area, correct_kind
from models.outbox import Channel
from models.people import Officer
from models.queries import get_case, history
from models.record import raise_alert
from models.reminders import Alert, Nag
from models.rules.errors import TocsinError
from models.rules.labels import Area, Kind
from models.rules.warning_signs import WarningSign
from tests.bot.desk import Desk, filled
from tests.build import a_letter, officer
from tests.jobs.office import HIGHWAYS, HOUSING, LEAD, Json, Office, buttons, words_on
from tests.people import BEN, CARA, DEV, LENA

CASES, ACTS = 16, 140


@dataclass
class Storm:
    """Officers at work while Slack is unwell; the same on every run."""

    desk: Desk
    cases: list[int]
    dice: random.Random
    sent: dict[str, bool] = field(default_factory=dict)
    """What was written into forms, and whether Slack heard that it was taken."""

    @property
    def office(self) -> Office:
        return self.desk.office

    def blow(self) -> None:
        slack = self.office.slack
        slack.sockets.ack_seconds = 0.3  # nobody waits here for a press that is lost
        for method in METHODS:  # all but opening a socket: slack_sdk tries that again after ten seconds only
            slack.fail(method, "429", times=None, share=0.17, seconds=2)
            slack.fail(method, "500", times=None, share=0.2)
        slack.fail("chat.postMessage", "closed", times=None, share=0.2, after=True)
        slack.fail("chat.update", "closed", times=None, share=0.2, after=True)

    def act(self, number: int) -> None:
        """One act of somebody's, in Slack or elsewhere."""
        deeds: list[Callable[[], None]] = [self.press, self.press, self.fill_in, self.move, self.file, self.warn]
        self.dice.choice(deeds)()
        if number % 25 == 0:
            self.office.slack.sockets.close_all()
            self.office.slack.wait_for_socket()
        if number % 3 == 0:
            self.office.deliver()
            self.office.clock.pass_time(seconds=self.dice.choice([1, 2, 5]))

    def press(self) -> None:
        """Press a button on a card that may be old; it may not be heard."""
        cards = [*self.office.cards(HIGHWAYS), *self.office.cards(HOUSING)]
        if not cards:
            return
        card = self.dice.choice(cards)
        known = {"acknowledge", "take"} & set(buttons(card))
        if known and self.office.slack.sockets.sockets:
            who = self.dice.choice([BEN, CARA, DEV, LENA])
            self.office.slack.press(who, card["channel"], card["ts"], self.dice.choice(sorted(known)))

    def fill_in(self) -> None:
        """Open a form, if it comes, and send it until somebody seems to have heard."""
        cards = [each for each in every_card(self.office) if {"close", "reopen"} & set(buttons(each))]
        if not cards or not self.office.slack.sockets.sockets:
            return
        slack, card, who = self.office.slack, self.dice.choice(cards), self.dice.choice([BEN, CARA, DEV, LENA])
        [button] = {"close", "reopen"} & set(buttons(card))
        before = slack.views(who)
        slack.press(who, card["channel"], card["ts"], button)
        with contextlib.suppress(TimeoutError):
            slack.wait_for(lambda: filled(slack.views(who), before=before), seconds=0.5)
        if filled(slack.views(who), before=before) and self.desk.forms(who):
            self.send(who, slack.views(who)[-1]["id"], reason=f"Gale {len(self.sent)}.")

    def send(self, who: str, view: str, *, reason: str) -> None:
        self.sent[reason] = False
        for _ in range(3):
            done = self.office.slack.submit(who, view, {"reason": reason})
            if done.acked:
                self.sent[reason] = done.response is None
                return

    def move(self) -> None:
        area = self.dice.choice([Area.HIGHWAYS_TRANSPORT, Area.HOUSING])
        how: Json = {"settings": self.office.parts.settings, "now": self.office.clock.now()}
        self.do(lambda session, case, by: correct_area(session, case, area, by=by, **how))

    def file(self) -> None:
        kind = self.dice.choice([Kind.COMPLAINT, Kind.SERVICE_REQUEST])
        how: Json = {"settings": self.office.parts.settings, "now": self.office.clock.now()}
        self.do(lambda session, case, by: correct_kind(session, case, kind, by=by, **how))

    def warn(self) -> None:
        sign = WarningSign(f"storm {self.dice.randrange(3)}", "The wind is up.")
        self.do(lambda session, case, _by: raise_alert(session, case, sign, now=self.office.clock.now()))

    def do(self, verb: Callable[[Session, Case, Officer], object]) -> None:
        by, number = officer(self.office.parts.engine, LENA), self.dice.choice(self.cases)
        try:
            with writing(self.office.parts.engine) as session:
                verb(session, get_case(session, number), by)
        except TocsinError:
            """Refused, as an officer would be."""

    def pass_days(self, days: int) -> None:
        for _ in range(days):
            self.office.clock.pass_time(days=1)
            self.office.work("remind")
            self.office.work("tell nags")
            self.office.deliver()

    def calm(self) -> None:
        self.office.slack.recover()
        for _ in range(200):
            self.office.deliver()
            if set(self.office.states(Channel.SLACK)) == {"sent"}:
                return
            self.office.clock.pass_time(seconds=30)
        raise AssertionError(f"not delivered: {Counter(self.office.states(Channel.SLACK))}")


pytestmark = pytest.mark.slow


@pytest.fixture
def storm(desk: Desk) -> Storm:
    office = desk.office
    cases = [
        office.new_case(a_letter(f"The pothole in street {n} is back.", Message_ID=f"<{n}@residents.example>")).number
        for n in range(CASES)
    ]
    office.clock.pass_time(minutes=1)  # what is found at the instant of triage stands on the card
    return Storm(desk, cases, random.Random(6))


def test_after_a_storm_slack_shows_the_state_of_the_database(storm: Storm) -> None:
    storm.blow()
    for number in range(ACTS):
        storm.act(number)
    storm.pass_days(8)
    storm.calm()
    office = storm.office
    assert not is_doubled(office)
    with reading(office.parts.engine) as session:
        for number in storm.cases:
            case = session.get_one(Case, number)
            [card] = [each for each in every_card(office) if f"{case.reference}  " in words_on(each["blocks"][:1])]
            assert words_on(card["blocks"]) == words_on(drawn(session, case, office)), "the newest version"
            team = office.parts.settings.team_for(case.main_area)
            assert card["channel"] == office.slack._channel(team.channel).id
            assert thread_of(office, case) == told_of(session, case)
        assert Counter(alerts_shown(office)) == Counter(str(each) for each in session.exec(select(Alert.id)))
        assert set(session.exec(select(Nag.told_in))) <= {each.key for each in office.entries()}
    reminders = [each for each in office.entries() if each.payload.get("draw") == "nags"]
    with reading(office.parts.engine) as session:
        told = session.exec(select(CaseEvent).where(col(CaseEvent.name).in_(["closed", "reopened"]))).all()
    written = Counter(each.details["reason"] for each in told)
    heard = {reason for reason, was_heard in storm.sent.items() if was_heard}
    assert heard, "no form came through"
    assert heard <= set(written) <= set(storm.sent)
    assert set(written.values()) == {1}, "what was sent again was done again"
    due = {each.key for each in reminders if each.provider_id != "nothing left to show"}
    shown = {subject(each) for each in every_message(office)} & {each.key for each in reminders}
    assert due <= shown, "of what is still due each was told"
    # told, its answer lost, and overtaken by the act before it was tried again
    assert all(each.attempts > 1 for each in reminders if each.key in shown - due)
    assert due


def every_message(office: Office) -> list[Json]:
    channels = [each for each in office.slack.world.channels.values() if each.name or each.person]
    return [message for channel in channels for message in office.slack.messages(channel.id)]


def every_card(office: Office) -> list[Json]:
    return [*office.cards(HIGHWAYS), *office.cards(HOUSING)]


def subject(message: Json) -> str:
    return str(message.get("metadata", {}).get("event_payload", {}).get("subject", ""))


def is_doubled(office: Office) -> list[str]:
    """Subjects that stand twice; a card leaves a line behind in each channel it left."""
    seen = Counter((subject(each), each["channel"]) for each in every_message(office) if subject(each))
    return [what for (what, _), times in seen.items() if times > 1 and not what.startswith("case ")]


def drawn(session: Session, case: Case, office: Office) -> list[Json]:
    return case_card(case_view(session, case, settings=office.parts.settings, now=office.clock.now()))


def thread_of(office: Office, case: Case) -> list[str]:
    """What stands in all threads of a case, in the order it was posted, without the lines that say where it went on."""
    replies = [each for each in every_message(office) if subject(each).startswith(f"thread {case.number} ")]
    replies.sort(key=lambda each: float(each["ts"]))
    assert all(each.get("thread_ts") for each in replies)
    lines = [line for each in replies for line in words_on(each["blocks"]).split("\n")]
    return [line for line in lines if not line.startswith(("It came from", "The card was posted again"))]


def told_of(session: Session, case: Case) -> list[str]:
    events = [Happened(event.name, event.at, by, event.details) for event, by in history(session, case)]
    triaged = next(place for place, each in enumerate(events) if each.name == "suggestion_recorded")
    return [line_of(each) for each in events[triaged:] if each.name in LINES]


def alerts_shown(office: Office) -> list[str]:
    return [subject(each).removeprefix("alert ") for each in office.slack.messages(LEAD) if "alert " in subject(each)]
