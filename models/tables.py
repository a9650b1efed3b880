"""Every table, imported once, so that the schema is complete whoever asks for it."""

from sqlmodel import SQLModel

from models.cards import SlackCard
from models.case import Case, CaseEvent
from models.correspondence import Correspondence, HeldMessage, InboundMessage, LetterBand, MailboxCopy
from models.outbox import OutboxEntry
from models.people import Complainant, Officer
from models.reminders import Alert, Nag
from models.triage import Suggestion

TABLES = (
    Alert,
    Case,
    CaseEvent,
    Complainant,
    Correspondence,
    HeldMessage,
    InboundMessage,
    LetterBand,
    MailboxCopy,
    Nag,
    Officer,
    OutboxEntry,
    SlackCard,
    Suggestion,
)

SCHEMA = SQLModel.metadata
