"""A year at an office where everybody is careless: what officers type names residents and quotes their letters.

``live`` lets it pass and delivers everything to the stand-in for Slack; ``shown`` is all that any message there ever
said, also before it was edited or taken away; ``leaks`` are the residents' names, addresses and words found in it.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from email.message import EmailMessage
from functools import cache, cached_property
from random import Random

from sqlmodel import select

from classifier.examples import Example, read_corpus
from demo.slack.api import Call
from jobs.deliver import deliver_slack_one
from models.absences import Leave, go_away
from models.case import Case, CaseEvent
from models.clock import london_date
from models.council import officer_by_slack
from models.db import reading, writing
from models.people import Complainant
from models.queries import get_case
from models.rules.errors import TocsinError
from models.rules.labels import Area, Kind, Signal
from models.rules.steps import CaseStatus
from models.rules.threads import keyed_address
from models.settings import Settings
from models.verbs.escalate import ESCALATE
from models.verbs.extend import EXTEND
from models.verbs.handled import ACKNOWLEDGE, CLOSE, CORRECT_AREA, CORRECT_KIND, REOPEN, RESPOND
from models.verbs.registry import VERBS
from models.verbs.verb import Act, Asked, perform
from tests.build import a_letter, an_opinion, arrive
from tests.campaign_letters import campaign_text
from tests.jobs.office import Office
from tests.people import BEN, CARA, LENA

RUN = 6
FIRST = (
    "Isolde",
    "Tamsin",
    "Ignatius",
    "Oluwaseun",
    "Bronwyn",
    "Zbigniew",
    "Marguerite",
    "Thaddeus",
    "Ffion",
    "Kwabena",
)
LAST = ("Thornquist", "Vexley", "Abernathy", "Quillfeather", "Okonkwo", "Pendergast", "Zarrin", "Hallorhan")
JOBS = ("triage", "follow campaigns", "reckon anew", "remind", "remind duties", "tell nags", "close out")
DAILY = ("announce absences", "warn of orphans", "warn of held", "morning digest", "remove messages")

ORDINARY = {
    CaseStatus.NEW: [ACKNOWLEDGE, CORRECT_AREA],
    CaseStatus.ACKNOWLEDGED: [RESPOND, EXTEND, CORRECT_KIND],
    CaseStatus.RESPONDED: [CLOSE, ESCALATE],
    CaseStatus.CLOSED: [REOPEN],
}
"""What officers mostly do next; half of all they try is anything there is."""


@dataclass(frozen=True)
class Resident:
    """Somebody who writes, with everything no channel may show of them."""

    number: int

    @property
    def name(self) -> str:
        return f"{FIRST[self.number % len(FIRST)]} {LAST[self.number % len(LAST)]}"

    @property
    def email(self) -> str:
        return f"{self.name.replace(' ', '.').lower()}{self.number}@residents.example"

    @property
    def phone(self) -> str:
        return f"07700 900{self.number % 1000:03d}"

    @property
    def street(self) -> str:
        return f"{self.number + 100} Marrowfat Crescent"

    @property
    def postcode(self) -> str:
        return f"ZX{self.number % 10} {self.number % 9}QV"

    def signs(self, text: str) -> str:
        return f"{text}\n\n{self.name}\n{self.street}\n{self.postcode}\n{self.phone}\n"


@dataclass
class Year:
    """The office, who wrote, and what."""

    office: Office
    chance: Random
    residents: list[Resident] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    cases: dict[int, Resident] = field(default_factory=dict)
    acts: int = 0

    @property
    def letters(self) -> list[Example]:
        return _letters()

    def new_case(self, text: str = "", kind: Kind | None = Kind.COMPLAINT) -> None:
        """Somebody writes for the first time."""
        example = self.chance.choice(self.letters)
        who = Resident(len(self.residents))
        self.residents.append(who)
        signals = tuple(self.chance.sample(list(Signal), self.chance.choice((0, 0, 1))))
        body = who.signs(text or example.body)
        self.written.append(f"{example.subject}\n{body}")
        raw = self._message(who, " ".join(example.subject.split())[:100] or "Council", body)
        area = self.chance.choice(list(Area))
        case = self.office.new_case(raw, an_opinion(kind, area, *signals))
        self.cases[case.number] = who
        with writing(self.office.parts.engine) as session:
            session.get_one(Complainant, case.complainant_id).contact = f"{who.phone}, {who.street}"

    def _message(self, who: Resident, subject: str, body: str) -> bytes:
        letter = EmailMessage()
        letter["From"], letter["To"] = f"{who.name} <{who.email}>", "complaints@exampleshire.example"
        letter["Subject"], letter["Message-ID"] = subject, f"<{self.chance.getrandbits(64)}@residents.example>"
        letter.set_content(body)
        if self.chance.random() < 0.2:
            letter.add_attachment(b"\xff\xd8\xff" + bytes(50), "image", "jpeg", filename=f"{who.name} at the door.jpg")
        return letter.as_bytes()

    def writes_again(self) -> None:
        """A resident answers a letter of ours, or somebody who has no proof names their case: it is held."""
        number, who = self.chance.choice(list(self.cases.items()))
        with reading(self.office.parts.engine) as session:
            case = session.get_one(Case, number)
        to = keyed_address("complaints@exampleshire.example", case.thread_key)
        says = who.signs(self.chance.choice(self.letters).body)
        self.written.append(says)
        headers = {"From": f"{who.name} <{who.email}>", "Message_ID": f"<{self.chance.getrandbits(64)}@x.example>"}
        if self.chance.random() < 0.3:
            headers |= {"From": "Dorothea Inchbald <dorothea@residents.example>", "Subject": case.reference}
        else:
            headers |= {"To": to}
        arrive(self.office.parts.engine, a_letter(says, **headers), settings=self.settings, now=self.office.clock.now())

    def somebody_acts(self) -> None:
        """An officer uses a verb on a case, and types what they should not."""
        number = self.chance.choice(list(self.cases)[-8:])
        try:
            with writing(self.office.parts.engine) as session:
                by = officer_by_slack(session, self.chance.choice((LENA, LENA, BEN, CARA)))
                assert by is not None
                act = Act(session, get_case(session, number), by, self.settings, self.office.clock.now())
                verb = self.chance.choice(VERBS if self.chance.random() < 0.5 else ORDINARY[act.case.status])
                perform(verb, act, {each.name: self._typed(act, each) for each in verb.fields})
        except TocsinError:
            return
        self.acts += 1

    def _typed(self, act: Act, asked: Asked) -> str:
        if asked.choices is not None:
            return self.chance.choice([*asked.choices(act.session, act.case, act.settings)] or [""])
        day = london_date(act.now) + timedelta(days=self.chance.choice((-3, 0, 7, 20, 40)))
        plain = {"date": str(day), "flag": "yes", "number": "1"} | dict.fromkeys(("owner", "to"), "ben@council.example")
        plain |= {"party_email": "works@partner.example"} | dict.fromkeys(("other", "into"), self._other_case())
        return plain.get(asked.kind) or plain.get(asked.name) or self._indiscreet(act.case)

    def _indiscreet(self, case: Case) -> str:
        """Words that name whoever wrote, and quote a letter."""
        who = self.cases[case.number]
        quoted = " ".join(self.chance.choice(self.written).split()[:14])
        return f"{who.name} of {who.street} ({who.phone}, {who.email}) says: {quoted}"

    def _other_case(self) -> str:
        with reading(self.office.parts.engine) as session:
            return session.get_one(Case, self.chance.choice(list(self.cases))).reference

    @property
    def settings(self) -> Settings:
        return self.office.parts.settings

    def shown(self) -> Iterator[tuple[str, str]]:
        """Every text of every message that stood anywhere in Slack: its channel, and the text."""
        for call in self.office.slack.calls():
            if call.method in {"chat.postMessage", "chat.update"}:
                yield from ((str(call.args["channel"]), text) for text in texts_in(call))

    def leaks(self, shown: Iterable[tuple[str, str]]) -> list[str]:
        """What of a resident's stands in these texts; read another way than the program reads it."""
        private = self._private()
        found = []
        for channel, text in shown:
            said = spoken(text)
            words = said.split()
            runs = {" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}
            squeezed = said.replace(" ", "")
            found += [f"{channel}: {each}" for each in private if each.replace(" ", "") in squeezed]
            found += [f"{channel}: {run}" for run in runs & self._runs]
        return found

    def _private(self) -> set[str]:
        """Names of people, first and last, and how they are reached."""
        everybody = {each for who in self.residents for each in (who.email, who.phone, who.street, who.postcode)}
        return {spoken(each) for each in (*FIRST, *LAST, "Dorothea", "Inchbald", *everybody)}

    @cached_property
    def _runs(self) -> set[str]:
        texts = (spoken(each).split() for each in self.written)
        return {" ".join(words[at : at + RUN]) for words in texts for at in range(len(words) - RUN + 1)}


@cache
def _letters() -> list[Example]:
    return [each for each in read_corpus() if len(each.body.split()) > 20]


def texts_in(call: Call) -> Iterator[str]:
    """The texts of one call: what a notification shows, every text of the blocks, and what nobody sees."""
    yield str(call.args.get("text", ""))
    yield json.dumps(call.args.get("metadata") or {}, ensure_ascii=False)
    yield from strings(call.args.get("blocks") or [])


def strings(thing: object) -> Iterator[str]:
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, dict):
        yield from (each for inner in thing.values() for each in strings(inner))
    elif isinstance(thing, list):
        yield from (each for inner in thing for each in strings(inner))


def spoken(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", text.lower()))


def live(office: Office, *, fortnights: int, seed: int = 6) -> Year:
    """Let so many fortnights pass."""
    year = Year(office, Random(seed))
    for team in year.settings.teams:
        if not any(one.name == team.channel for one in office.slack.world.channels.values()):
            office.slack.add_channel(team.channel)
    for number in range(fortnights):
        _a_fortnight(year, number)
    return year


def _a_fortnight(year: Year, number: int) -> None:
    office = year.office
    for _ in range(2):
        year.new_case(kind=year.chance.choice((Kind.COMPLAINT, Kind.COMPLAINT, Kind.CHASER, None, *Kind)))
    if number % 3 == 0:
        year.new_case(campaign_text(number))
    year.writes_again()
    for _ in range(12):
        year.somebody_acts()
    if number % 10 == 5:
        _goes_away(year)
    for name in (*JOBS, *DAILY):
        office.work(name)
    while deliver_slack_one(office.parts):
        pass
    office.clock.pass_time(days=14)


def _goes_away(year: Year) -> None:
    today = london_date(year.office.clock.now())
    with writing(year.office.parts.engine) as session:
        ben, cara = officer_by_slack(session, BEN), officer_by_slack(session, CARA)
        assert ben is not None
        leave = Leave(today, today + timedelta(days=4), cara)
        go_away(session, ben, leave, by=ben, settings=year.settings, now=year.office.clock.now())


def kinds_put(year: Year) -> set[str]:
    """Which sorts of message were put for Slack."""
    return {str(entry.payload["draw"]) for entry in year.office.entries() if entry.channel == "slack"}


def happened(year: Year) -> set[str]:
    """The names of the events that happened."""
    with reading(year.office.parts.engine) as session:
        return set(session.exec(select(CaseEvent.name).distinct()))
