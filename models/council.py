"""The people of the settings, kept as rows, so that what they did keeps their names."""

from sqlmodel import Session, col, select

from models.people import Officer
from models.settings import Settings


def sync_officers(session: Session, settings: Settings) -> None:
    """Make the officers' table say what the settings say. Leavers stay, inactive."""
    known = {officer.email: officer for officer in session.exec(select(Officer))}
    for entry in settings.officers:
        officer = known.pop(entry.email.lower(), None) or Officer(name="", email=entry.email.lower(), slack_user="")
        officer.name, officer.slack_user = entry.name, entry.slack_user
        officer.areas = [area.value for area in entry.areas]
        officer.is_corporate_lead, officer.is_active = entry.is_corporate_lead, True
        session.add(officer)
    for leaver in known.values():
        leaver.is_active = False
        session.add(leaver)


def officer_by_slack(session: Session, slack_user: str) -> Officer | None:
    """The active officer behind a Slack user, or None."""
    found = select(Officer).where(Officer.slack_user == slack_user, col(Officer.is_active).is_(True))
    return session.exec(found).first()
