"""What an officer should know about a case before believing or answering it, each with its sentence."""

from enum import StrEnum


class Doubt(StrEnum):
    """A reason for care."""

    SENDER_FAILED = "sender_failed"
    CUT_SHORT = "cut_short"
    INFECTED = "infected"
    SIGNED = "signed"
    LETTER_BOUNCED = "letter_bounced"
    FORWARDED = "forwarded"


DOUBTS: dict[Doubt, str] = {
    Doubt.SENDER_FAILED: "The sender may not be who they say: the address failed the council's own check.",
    Doubt.CUT_SHORT: "The message is very large; only its beginning was read. The whole is in the mailbox.",
    Doubt.INFECTED: "An attachment holds a virus and is locked away.",
    Doubt.SIGNED: "The message bears a digital signature, which nothing here has checked.",
    Doubt.LETTER_BOUNCED: "A letter of ours came back: the resident may not have heard from us.",
    Doubt.FORWARDED: "An officer passed it on; no receipt was sent, so tell the resident it has arrived.",
}
