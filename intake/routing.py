"""The route table: in which order a message is judged, and what becomes of it.

Each rule is one question; it answers with its reason, or None. What hit is kept
with the message, so "why was this held?" has an answer.
"""

from collections.abc import Callable
from dataclasses import dataclass

from intake.automatic import Automation, automation, is_from_a_robot
from models.correspondence import Disposition
from models.rules.letters import Email


@dataclass(frozen=True)
class KnownCase:
    """A case the message names or answers, and whose addresses may write into it.

    ``is_proven``: it bears a key that only those we wrote to have, or names the case and the council's own mail
    server vouches for a party's address. A sender's name alone proves nothing: anyone can write one.
    """

    reference: str
    parties: frozenset[str]
    is_proven: bool = True


@dataclass(frozen=True)
class KnownRequest:
    """What a partner was asked, on which case, and surely answers: it bears a letter's key, or is vouched for."""

    reference: str
    duty_id: int


@dataclass(frozen=True)
class Known:
    """What the record knows that bears on one message; ``reports_on`` is the case whose letter came back.

    - ``has_failed``: the council's own mail server says that the sender is somebody else.
    - ``request``: what its sender, who is no party to the case, was asked by us.
    """

    cases: tuple[KnownCase, ...] = ()
    is_our_message_id: bool = False
    our_address: str = ""
    has_failed: bool = False
    is_cut_short: bool = False
    reports_on: str | None = None
    request: KnownRequest | None = None


@dataclass(frozen=True)
class Routed:
    """What was decided, by which rule, and why in words; ``joins`` is the case a follow-up belongs to.

    ``duty_id``: the request that it answers, when a partner wrote it.
    """

    disposition: Disposition
    rule: str
    reason: str
    joins: str | None = None
    duty_id: int | None = None


Rule = Callable[[Email, Known], str | None]


def own_cases(email: Email, known: Known) -> list[str]:
    """References of the cases the message surely belongs to, and whose party its sender is."""
    return [case.reference for case in known.cases if case.is_proven and email.sender in case.parties]


def is_empty(email: Email, _known: Known) -> str | None:
    """Not a byte to read."""
    return "The message is empty." if "empty" in email.defects else None


def is_not_a_message(email: Email, _known: Known) -> str | None:
    """Bytes that are no letter."""
    return None if email.is_readable else "The bytes are not an email message."


def is_our_own_letter(email: Email, known: Known) -> str | None:
    """A letter of ours that came back round a forwarding loop, and not by hand: who sends it on may add to it."""
    is_sent_on = email.has_any("Resent-From")  # RFC 5322, 3.6.6
    is_ours = known.is_our_message_id and email.sender == known.our_address and not is_sent_on
    return "It is our own letter, come back." if is_ours else None


def copies_our_message_id(_email: Email, known: Known) -> str | None:
    """Somebody else's letter under the Message-ID of one of ours: a person says what it is."""
    copied = "It bears the Message-ID of a letter of ours, but somebody else sent it, or sent it on."
    return copied if known.is_our_message_id else None


def bears_our_address(email: Email, known: Known) -> str | None:
    """No letter of ours, but from our own address: there is no resident to answer."""
    ours = "It bears the council's own address, but is no letter of ours; look whose it is."
    return ours if email.sender and email.sender == known.our_address else None


def reports_on_our_letter(email: Email, known: Known) -> str | None:
    """A mail server says what became of a letter of ours, and which one it was."""
    if known.reports_on is None or email.report is None:
        return None
    became = "did not arrive" if email.report.is_final else "is late"
    return f"A mail server says that a letter of {known.reports_on} {became}."


def is_delivery_report(email: Email, _known: Known) -> str | None:
    """A mail server says that a letter did not arrive."""
    if automation(email) is not Automation.BOUNCE:
        return None
    return "A mail server says that a letter could not be delivered: the resident may not have heard from us."


def is_automatic_reply(email: Email, known: Known) -> str | None:
    """An out-of-office note answering one of our letters, or of somebody we write to."""
    answers_us = bool(known.request) or any(case.is_proven or email.sender in case.parties for case in known.cases)
    return "It is an automatic reply." if answers_us and automation(email) is Automation.AUTO_REPLY else None


def calls_itself_automatic(email: Email, _known: Known) -> str | None:
    """Marked as an automatic reply, but to no letter of ours: a ticket system may have forwarded a complaint."""
    is_marked = automation(email) is Automation.AUTO_REPLY
    return "It calls itself an automatic reply, but answers no letter of ours." if is_marked else None


def has_nothing_to_read(email: Email, known: Known) -> str | None:
    """No words at all; perhaps a photograph, perhaps a mistake."""
    if email.text.strip() or (email.subject.strip() and not known.is_cut_short):
        return None
    if known.is_cut_short:
        return "It is very large, and its beginning has no words; the whole of it is in the mailbox."
    return "It has no words; look at what is attached." if email.attachments else "It has no words."


def names_several_cases(email: Email, known: Known) -> str | None:
    """More than one of the sender's own cases."""
    own = own_cases(email, known)
    return f"It names several cases: {', '.join(own)}." if len(own) > 1 else None


def is_sent_by_a_robot(email: Email, known: Known) -> str | None:
    """A robot's address stands for many people, so it is a party to no case."""
    own = own_cases(email, known)
    return (
        f"It names {own[0]}, but a machine sent it, perhaps for someone else."
        if own and is_from_a_robot(email)
        else None
    )


def fails_the_councils_check(email: Email, known: Known) -> str | None:
    """Bears a key, which somebody may have passed on, and is not from the party it says it is from."""
    if not known.has_failed:
        return None
    own = [known.request.reference] if known.request else own_cases(email, known)
    return f"It names {own[0]}, but its sender failed the council's own check." if own else None


def answers_our_request(_email: Email, known: Known) -> str | None:
    """A partner writes about what it was asked; a person reads whether that is the answer."""
    return f"A partner answers what it was asked on {known.request.reference}." if known.request else None


def joins_its_case(email: Email, known: Known) -> str | None:
    """Answers a letter of ours, and the sender is a party to the case. A closed case is joined too."""
    own = own_cases(email, known)
    return f"It belongs to {own[0]} and comes from a party to it." if own else None


def names_without_proof(email: Email, known: Known) -> str | None:
    """Names a case of the sender's, but bears no key of ours: whoever knows the reference can write the address."""
    own = [case.reference for case in known.cases if email.sender in case.parties]
    return f"It names {own[0]}, but answers no letter of ours, so nothing shows who sent it." if own else None


def names_a_strangers_case(email: Email, known: Known) -> str | None:
    """Names a case the sender is no party to: nothing of it may be shown to them, or mixed into it."""
    strange = [case.reference for case in known.cases if email.sender not in case.parties]
    return f"It names {strange[0]}, but its sender is not known to be a party to that case." if strange else None


def is_sealed(email: Email, _known: Known) -> str | None:
    """Encrypted, so only a person with the key can read it."""
    return "It is encrypted; only a person with the key can read it." if email.seal == "encrypted" else None


def anything_else(_email: Email, _known: Known) -> str | None:
    """A new matter."""
    return OPENS.reason


ROUTE: tuple[tuple[Rule, Disposition], ...] = (
    (is_empty, Disposition.HELD),
    (is_not_a_message, Disposition.HELD),
    (is_our_own_letter, Disposition.IGNORED),
    (copies_our_message_id, Disposition.HELD),
    (bears_our_address, Disposition.HELD),
    (reports_on_our_letter, Disposition.FOLLOW_UP),
    (is_delivery_report, Disposition.HELD),
    (is_automatic_reply, Disposition.IGNORED),
    (calls_itself_automatic, Disposition.HELD),
    (is_sealed, Disposition.HELD),
    (has_nothing_to_read, Disposition.HELD),
    (fails_the_councils_check, Disposition.HELD),
    (answers_our_request, Disposition.FOLLOW_UP),
    (names_several_cases, Disposition.HELD),
    (is_sent_by_a_robot, Disposition.HELD),
    (joins_its_case, Disposition.FOLLOW_UP),
    (names_without_proof, Disposition.HELD),
    (names_a_strangers_case, Disposition.HELD),
    (anything_else, Disposition.CASE),
)


OPENS = Routed(Disposition.CASE, anything_else.__name__, "It opens a new case.")
"""What becomes of a message to which no other rule applies."""


def route(email: Email, known: Known) -> Routed:
    """The first rule that applies decides."""
    for rule, disposition in ROUTE:
        reason = rule(email, known)
        if reason is not None:
            if rule is answers_our_request and known.request:
                return Routed(disposition, rule.__name__, reason, known.request.reference, known.request.duty_id)
            joins = _joined(email, known) if disposition is Disposition.FOLLOW_UP else None
            return Routed(disposition, rule.__name__, reason, joins)
    raise AssertionError("the last rule always applies")


def _joined(email: Email, known: Known) -> str:
    return known.reports_on or own_cases(email, known)[0]
