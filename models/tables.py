"""Every table, imported once, so that the schema is complete whoever asks for it."""

from sqlmodel import SQLModel

from models.absence import Absence, TeamTurn
from models.act_link import ActLink
from models.cards import SlackCard
from models.case import Case, CaseEvent
from models.case_link import CaseLink
from models.correspondence import Correspondence, HeldMessage, InboundMessage, LetterBand, MailboxCopy
from models.duty import Duty
from models.envelopes import Envelope
from models.independent import Appointment, Independent, Unavailability
from models.known_day import KnownDay
from models.ombudsman import OmbudsmanCase, OmbudsmanFigure
from models.outbox import OutboxEntry
from models.people import Complainant, Officer
from models.reminders import Alert, Nag
from models.triage import Suggestion

TABLES = (
    Absence,
    ActLink,
    Alert,
    Appointment,
    Case,
    CaseEvent,
    CaseLink,
    Complainant,
    Correspondence,
    Duty,
    Envelope,
    HeldMessage,
    InboundMessage,
    Independent,
    KnownDay,
    LetterBand,
    MailboxCopy,
    Nag,
    Officer,
    OmbudsmanCase,
    OmbudsmanFigure,
    OutboxEntry,
    SlackCard,
    Suggestion,
    TeamTurn,
    Unavailability,
)

SCHEMA = SQLModel.metadata
