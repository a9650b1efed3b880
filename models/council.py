"""The people of the settings, kept as rows, so that what they did keeps their names."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from models.people import Officer
from models.settings import Settings
from models.settings_people import OfficerEntry


def sync_officers(session: Session, settings: Settings) -> None:
    """Make the officers' table say what the settings say. Leavers stay, inactive.

    An officer is known by the address, or, when that changed, by the Slack user.
    """
    rows = session.exec(select(Officer)).all()
    pairs = _paired(rows, settings.officers)
    _free_the_names(session, rows, pairs)
    for entry, row in pairs:
        officer = row or Officer(name="", email="", slack_user="")
        officer.name, officer.email, officer.slack_user = entry.name, entry.email.lower(), entry.slack_user
        officer.areas = [area.value for area in entry.areas]
        officer.is_corporate_lead, officer.is_active = entry.is_corporate_lead, True
        session.add(officer)


def officer_by_slack(session: Session, slack_user: str) -> Officer | None:
    """The active officer behind a Slack user, or None."""
    found = select(Officer).where(Officer.slack_user == slack_user, col(Officer.is_active).is_(True))
    return session.exec(found).first()


def officer_by_email(session: Session, email: str) -> Officer | None:
    """The active officer with that address, or None."""
    found = select(Officer).where(Officer.email == email.strip().lower(), col(Officer.is_active).is_(True))
    return session.exec(found).first()


Pairs = list[tuple[OfficerEntry, Officer | None]]


def _paired(rows: Sequence[Officer], entries: tuple[OfficerEntry, ...]) -> Pairs:
    by_email = {row.email: row for row in rows}
    by_slack = {row.slack_user: row for row in rows if row.email not in {entry.email.lower() for entry in entries}}
    return [(entry, by_email.get(entry.email.lower()) or by_slack.get(entry.slack_user)) for entry in entries]


def _free_the_names(session: Session, rows: Sequence[Officer], pairs: Pairs) -> None:
    """Two officers may have exchanged a Slack user: whoever changes lets go of the old one first."""
    kept = {row.id: entry for entry, row in pairs if row is not None}
    taken = {entry.slack_user for entry, _ in pairs}
    for row in rows:
        entry = kept.get(row.id)
        if entry is None:
            row.is_active = False
        if row.slack_user in taken and (entry is None or entry.slack_user != row.slack_user):
            row.slack_user = f"was {row.slack_user} ({row.id})"
        session.add(row)
    session.flush()
