"""Two robots must not write to each other for ever: a vacation responder against our receipts, over real SMTP."""

import smtplib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlmodel import func, select

from models.case import Case
from models.correspondence import Correspondence, Direction, Disposition
from models.db import reading
from tests.build import a_letter, arrive
from tests.jobs.office import Office
from tests.people import ASHA
from tests.servers.smtp import SmtpServer, free_port

AWAY = "I am away until Monday and read no mail."
MOST = 5


@dataclass
class Responder:
    """Asha's mail server while she is away: answers every letter by a letter to the council's own server."""

    council_port: int
    answer: Callable[[EmailMessage, str], EmailMessage]
    letters: list[EmailMessage] = field(default_factory=list)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 -- its name
        letter = message_from_bytes(envelope.original_content or b"", policy=policy.default)
        self.letters.append(letter)
        answer = self.answer(letter, envelope.mail_from or "")
        answer["From"], answer["Message-ID"] = ASHA, f"<away-{len(self.letters)}@residents.example>"
        answer.set_content(AWAY)
        with smtplib.SMTP("127.0.0.1", self.council_port) as line:
            line.send_message(answer, from_addr=ASHA, to_addrs=[str(answer["To"])])
        return "250 OK"


def polite(letter: EmailMessage, comes_back_to: str) -> EmailMessage:
    """As RFC 3834 wants it: marked, to the return path, naming what it answers."""
    answer = EmailMessage()
    answer["To"], answer["Subject"] = comes_back_to, f"Auto: {letter['Subject']}"
    answer["Auto-Submitted"], answer["In-Reply-To"] = "auto-replied", letter["Message-ID"]
    return answer


def rude(letter: EmailMessage, comes_back_to: str) -> EmailMessage:
    """Marked by nothing, and written as a person would: “Re:” to the address that asks for replies."""
    answer = EmailMessage()
    answer["To"], answer["Subject"] = str(letter["Reply-To"] or letter["From"]), f"Re: {letter['Subject']}"
    return answer


def rudest(letter: EmailMessage, comes_back_to: str) -> EmailMessage:
    """It does not even say what it answers, so each looks like a new matter."""
    answer = EmailMessage()
    answer["To"], answer["Subject"] = letter["From"].addresses[0].addr_spec, "Away"
    return answer


@contextmanager
def away(
    office: Office, council: SmtpServer, answer: Callable[[EmailMessage, str], EmailMessage]
) -> Iterator[Responder]:
    responder = Responder(council.port, answer)
    office.smtp.stop()
    controller = Controller(responder, hostname="127.0.0.1", port=office.smtp.port)
    controller.start()
    try:
        yield responder
    finally:
        controller.stop()


def until_both_are_silent(office: Office, council: SmtpServer) -> list[Disposition]:
    """Deliver and take in by turns; what became of each of the responder's letters."""
    became: list[Disposition] = []
    for _ in range(4 * MOST):
        office.deliver()
        arrived = council.letters[len(became) :]
        if not arrived:
            return became
        parts = office.parts
        for letter in arrived:
            done = arrive(parts.engine, letter.as_bytes(), settings=parts.settings, now=office.clock.now())
            became.append(done.disposition)
    raise AssertionError(f"they still write to each other after {len(became)} letters")


def write_once(office: Office) -> None:
    arrive(office.parts.engine, a_letter(), settings=office.parts.settings, now=office.clock.now())


def test_a_responder_that_marks_its_letters_gets_one_of_ours(office: Office) -> None:
    with SmtpServer(free_port()) as council, away(office, council, polite) as responder:
        write_once(office)
        became = until_both_are_silent(office, council)
    assert (len(responder.letters), became) == (1, [Disposition.IGNORED])
    assert responder.letters[0]["Auto-Submitted"] == "auto-replied"


def test_a_responder_that_marks_nothing_gets_one_of_ours_while_it_names_the_case(office: Office) -> None:
    with SmtpServer(free_port()) as council, away(office, council, rude) as responder:
        write_once(office)
        became = until_both_are_silent(office, council)
    assert (len(responder.letters), len(became)) == (1, 1)
    assert_every_word_is_kept(office, became)


def test_the_rudest_responder_gets_no_more_than_a_days_letters(office: Office) -> None:
    assert office.parts.settings.letters.automatic_letters_per_day == MOST
    with SmtpServer(free_port()) as council, away(office, council, rudest) as responder:
        write_once(office)
        became = until_both_are_silent(office, council)
    assert len(responder.letters) == len(became) == MOST
    last = [letter.get_content() for letter in responder.letters]
    assert ["the last automatic letter" in text for text in last] == [*[False] * (MOST - 1), True]
    assert_every_word_is_kept(office, became)


def assert_every_word_is_kept(office: Office, became: list[Disposition]) -> None:
    """We fall silent, but lose nothing: somebody who looks like a robot may be a person."""
    assert set(became) <= {Disposition.CASE, Disposition.FOLLOW_UP}
    with reading(office.parts.engine) as session:
        kept = select(func.count()).select_from(Correspondence).where(Correspondence.direction == Direction.IN)
        assert session.exec(kept).one() == len(became) + 1
        assert session.exec(select(func.count()).select_from(Case)).one() <= len(became) + 1
