"""Settings of mail: mailboxes read, letters sent, and what is done with what arrives."""

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, model_validator

from models.section import LOOPBACK, EmailAddress, Port, Seconds, Section


class Mailbox(Section):
    """One mailbox to read: a Maildir folder, or IMAP.

    ``login`` says how an IMAP account proves itself: a password; ``microsoft`` (client credentials, or the
    refresh token of a person's consent when one is given); ``google`` (refresh token).
    """

    kind: Literal["maildir", "imap"]
    name: str = "complaints"
    path: Path = Path("var/mail")
    host: str = ""
    port: Port = 993
    security: Literal["tls", "starttls", "none"] = "tls"
    ca_file: Path | None = None
    user: str = ""
    password: SecretStr = SecretStr("")
    login: Literal["password", "microsoft", "google"] = "password"
    tenant: str = ""
    client_id: str = ""
    client_secret: SecretStr = SecretStr("")
    refresh_token: SecretStr = SecretStr("")
    token_url: str = ""
    secret_expires: date | None = None
    folder: str = "INBOX"
    when_kept: Literal["flag", "move"] = "flag"
    kept_folder: str = "Tocsin kept"
    timeout_seconds: Annotated[Seconds, Field(le=40)] = 30.0

    @model_validator(mode="after")
    def _imap_needs_a_host(self) -> "Mailbox":
        if self.kind == "imap" and not (self.host and self.user):
            raise ValueError("an IMAP mailbox needs a host and a user")
        if self.security == "none" and self.host not in LOOPBACK:
            raise ValueError("security “none” sends the password in clear; it is for this machine only")
        if self.login != "password" and not self.client_id:
            raise ValueError(f"login “{self.login}” needs client_id")
        if self.login == "microsoft" and not (self.tenant or self.token_url):
            raise ValueError("login “microsoft” needs the tenant")
        return self


class SmtpSettings(Section):
    """How letters leave: by SMTP, or (for a try-out) into a folder."""

    host: str = "localhost"
    port: Port = 587
    security: Literal["starttls", "tls", "none"] = "starttls"
    ca_file: Path | None = None
    user: str = ""
    password: SecretStr = SecretStr("")
    folder: Path | None = None
    timeout_seconds: Seconds = 30.0

    @model_validator(mode="after")
    def _clear_text_stays_here(self) -> "SmtpSettings":
        if self.security == "none" and self.host not in LOOPBACK:
            raise ValueError("security “none” sends letters in clear; it is for this machine only")
        return self


class NotifySettings(Section):
    """GOV.UK Notify: used for letters instead of SMTP once a template is named.

    The template must have the personalisation ``((subject))`` and ``((text))``.
    """

    api_key: SecretStr = SecretStr("")
    template_id: str = ""
    reply_to_id: str = ""
    base_url: str = "https://api.notifications.service.gov.uk"
    timeout_seconds: Seconds = 30.0


class LetterSettings(Section):
    """What letters to residents say of the council, and how many automatic ones an address may get.

    ``keyed_replies``: the address to reply to holds the case's own key after a plus sign; the mail
    server must deliver such addresses to the mailbox. ``templates`` is a folder of the council's own.
    """

    from_address: EmailAddress
    from_name: str
    automatic_letters_per_day: int = Field(default=5, ge=1)
    keyed_replies: bool = True
    templates: Path | None = None


class IntakeSettings(Section):
    """Limits of what is taken in, where attachments are kept, and whose word on senders is believed.

    - ``largest_message_bytes``: of a larger message an IMAP mailbox hands over only the beginning.
    - ``authserv_id``: the name the council's own mail server writes into Authentication-Results; without it
      nobody's word is taken.
    - ``council_domains``: whose senders are officers or councillors: what they pass on is the resident's. One that
      fails DMARC is flagged, and gets no automatic letter.
    - ``clamd``: ``host:port`` or the path of a socket; without it attachments are kept unscanned.
    """

    largest_message_bytes: int = Field(default=25_000_000, ge=10_000)
    tries: int = Field(default=3, ge=1)
    attachments: Path = Path("var/attachments")
    largest_attachment_bytes: int = Field(default=25_000_000, ge=1_000)
    clamd: str = ""
    clamd_timeout_seconds: Seconds = 20.0
    authserv_id: str = ""
    council_domains: tuple[str, ...] = ()


class CampaignSettings(Section):
    """When letters of several people count as one campaign.

    ``people``: different senders it takes, the first included; ``likeness``: the share of word runs in common
    (0 to 1); ``days``: how far back it is looked for.
    """

    people: int = Field(default=3, ge=2)
    likeness: float = Field(default=0.8, ge=0.5, le=1.0)
    days: int = Field(default=30, ge=1)


class TechnicalContact(Section):
    """Who hears of the mailbox, tokens and the daily count: a Slack channel or member, an email address, or both."""

    slack: str = ""
    email: EmailAddress | None = None
