"""An office whose technical contact reads letters, and what the people there are told."""

from typing import Any

from tests.jobs.office import Office, words_on

CONTACT = "it@council.example"


def with_settings(office: Office, **changes: Any) -> Office:
    """The office with other settings; the technical contact has an address."""
    contact = office.parts.settings.technical_contact.model_copy(update={"email": CONTACT})
    settings = office.parts.settings.model_copy(update={"technical_contact": contact, **changes})
    object.__setattr__(office.parts, "settings", settings)
    return office


def with_a_manager(office: Office, channel: str, email: str) -> Office:
    """The same, and the team of that channel has a manager."""
    teams = [
        each.model_copy(update={"manager": email}) if each.channel == channel else each
        for each in office.parts.settings.teams
    ]
    return with_settings(office, teams=tuple(teams))


def letters_to(office: Office, address: str) -> list[str]:
    """Subject and text of each letter to an address."""
    return [f"{each['Subject']}\n{each.get_content()}" for each in office.smtp.letters if each["To"] == address]


def lines_in(office: Office, channel: str) -> str:
    """All that stands in a channel."""
    return "\n".join(words_on(each["blocks"]) for each in office.slack.messages(channel))


def put_again(office: Office) -> None:
    """Whatever waits is tried again."""
    office.clock.pass_time(minutes=6)
    office.deliver()
