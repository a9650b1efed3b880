"""What the record knows that bears on one message: the cases it names or answers, and how sure that is."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from intake.authentication import Verdict, is_council_address, verdict
from intake.routing import Known, KnownCase, KnownRequest
from models.bounces import find_bounced
from models.case import Case
from models.correspondence import Correspondence, Direction, InboundMessage
from models.partner_letters import request_by_key, request_named
from models.people import Complainant
from models.rules.letters import Email
from models.rules.references import find_references
from models.rules.threads import key_of_letter, keys_in
from models.settings import Settings

_MOST_NAMED = 50
_READ_FOR_REFERENCES = 20_000
_ENVELOPE = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to")
_OURS = "<tocsin."
_NOT_IN_FROM = frozenset({"no_from", "bad_from"})


@dataclass(frozen=True)
class Named:
    """What a message points at: references in its words, keys in its addresses, letters it answers."""

    references: tuple[str, ...]
    keys: tuple[str, ...]
    answered: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.references or self.keys or self.answered)


def named_in(email: Email, settings: Settings) -> Named:
    """Everything in a message that points at a case."""
    words = (email.subject, email.text[:_READ_FOR_REFERENCES], email.quoted[:_READ_FOR_REFERENCES])
    envelope = tuple(value.strip("<> \t") for name, value in email.headers if name in _ENVELOPE)
    return Named(
        references=find_references("\n".join(words))[:_MOST_NAMED],
        keys=keys_in((*email.to, *envelope), ours=settings.letters.from_address)[:_MOST_NAMED],
        answered=tuple(each for each in email.in_reply_to if each.startswith(_OURS))[:_MOST_NAMED],
    )


def points_at_nothing(email: Email, settings: Settings) -> bool:
    """Whether nothing in the record can bear on a message: what becomes of it is known without asking."""
    is_ours = email.message_id.startswith(_OURS)
    return not (email.report or is_ours or named_in(email, settings))


def known_for(session: Session, email: Email, message: InboundMessage, settings: Settings, *, now: datetime) -> Known:
    """What the record knows; asks the database only for what the message points at."""
    named = named_in(email, settings)
    passed = verdict(email, authserv_id=settings.intake.authserv_id) is Verdict.PASSED
    bounced = find_bounced(session, email.report, named.keys) if email.report else None
    return Known(
        cases=_cases(session, named, vouched_for=email.sender if passed else "") if named else (),
        has_failed=sender_failed(email, settings),
        is_our_message_id=email.message_id.startswith(_OURS) and _is_ours(session, email.message_id),
        our_address=settings.letters.from_address.lower(),
        is_cut_short=is_cut_short(message, settings),
        reports_on=session.get_one(Case, bounced.case_id).reference if bounced else None,
        request=_request(session, email, named, vouched_for=passed, now=now) if named and email.sender else None,
    )


def is_cut_short(message: InboundMessage, settings: Settings) -> bool:
    """Whether only the beginning of a message is read: it is larger than is read by machine."""
    return message.is_partial or message.size > settings.intake.largest_message_bytes


def sender_failed(email: Email, settings: Settings) -> bool:
    """Whether the council's own mail server says that the sender is not who the address says.

    DMARC speaks of From alone (RFC 7489, 3.1): an address found elsewhere cannot have passed where that server checks.
    """
    server = settings.intake.authserv_id
    is_from_elsewhere = bool(email.sender) and not _NOT_IN_FROM.isdisjoint(email.defects)
    return verdict(email, authserv_id=server) is Verdict.FAILED or (bool(server) and is_from_elsewhere)


def is_from_the_council(email: Email, settings: Settings) -> bool:
    """Whether it claims to come from an officer or councillor, by its address."""
    officers = frozenset(officer.email.lower() for officer in settings.officers)
    return is_council_address(email.sender, settings.intake.council_domains, officers)


def _cases(session: Session, named: Named, *, vouched_for: str) -> tuple[KnownCase, ...]:
    """The cases a message points at; the council's own server vouches for the address ``vouched_for``, or none."""
    answered = frozenset(
        session.exec(
            select(Correspondence.case_id).where(
                col(Correspondence.message_id).in_(named.answered), Correspondence.direction == Direction.OUT
            )
        ).all()
        if named.answered
        else ()
    )
    found = session.exec(
        select(Case, Complainant.email)
        .join(Complainant)
        .where(
            col(Case.reference).in_(named.references)
            | col(Case.thread_key).in_(named.keys)
            | col(Case.id).in_(answered)
        )
        .order_by(col(Case.id))
    ).all()
    keyed = {case.number for case, _ in found if case.thread_key in named.keys} | answered
    # a key says more than a word
    proven = keyed or {case.number for case, address in found if address == vouched_for}
    return tuple(
        KnownCase(case.reference, frozenset({address} if address else ()), is_proven=case.number in proven)
        for case, address in found
    )


def _request(session: Session, email: Email, named: Named, *, vouched_for: bool, now: datetime) -> KnownRequest | None:
    """What its sender was asked by us: by the key of a letter, or by a reference where the sender is vouched for."""
    keys = {*named.keys, *filter(None, map(key_of_letter, named.answered))}
    duty = request_by_key(session, keys, email.sender, now=now)
    if duty is None and vouched_for:
        duty = request_named(session, named.references, email.sender)
    return KnownRequest(session.get_one(Case, duty.case_id).reference, duty.number) if duty else None


def _is_ours(session: Session, message_id: str) -> bool:
    ours = select(Correspondence.id).where(
        Correspondence.message_id == message_id, Correspondence.direction == Direction.OUT
    )
    return session.exec(ours).first() is not None
