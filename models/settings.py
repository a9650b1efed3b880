"""Settings: config.yaml and the environment as frozen values.

Any key can be set from the environment as ``TOCSIN__SECTION__KEY`` (items of a
list by number, such as ``TOCSIN__MAILBOXES__0__HOST``). Secrets come only from
there, or from a file named by the same variable with ``_FILE`` at its end.
"""

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from models.rules.chasers import Chasers
from models.rules.labels import Area, Kind, Signal
from models.rules.procedures import Procedure
from models.rules.thresholds import DEFAULT as THRESHOLDS
from models.rules.thresholds import Thresholds
from models.rules.working_days import NATIONS, WorkingCalendar
from models.section import Port, Seconds, Section
from models.settings_mail import (
    CampaignSettings,
    IntakeSettings,
    LetterSettings,
    Mailbox,
    NotifySettings,
    SmtpSettings,
    TechnicalContact,
)
from models.settings_people import ActLinkSettings, ChiefExecutive, CloseOut, NagSettings, OfficerEntry, Team


def _known_database(url: str) -> str:
    try:
        backend = make_url(url).get_backend_name()
    except ArgumentError:
        backend = ""
    if backend not in {"sqlite", "postgresql", "postgres"}:
        raise ValueError("it must begin with sqlite:/// or postgresql://")
    return url


class DatabaseSettings(Section):
    """Where everything is kept."""

    # may hold a password, so it is never shown
    url: Annotated[str, AfterValidator(_known_database)] = Field(default="sqlite:///var/tocsin.db", repr=False)


class SlackSettings(Section):
    """The workspace, how it reaches us, and the channels that are not a team's.

    - ``mode``: ``socket`` (Socket Mode, with ``app_token``) or ``http`` (the Events API posts to ``host`` and ``port``,
      signed with ``signing_secret``).
    - ``connections`` is how many sockets this app is to have open; Slack says how many there are.
    - After so many minutes of working time without a word the socket is opened anew, and the alarm given.
    - ``digest``: each officer is told once a working day, as their hours begin, what the day holds.
    - ``posts_a_second_per_channel``: Slack takes about one message a second in a channel; 0: as fast as it goes.
    - ``remove_after_days``: so long after a case was closed what Slack shows of it is taken away; 0: never.
    """

    api_url: str = "https://slack.com/api/"
    mode: Literal["socket", "http"] = "socket"
    bot_token: SecretStr = SecretStr("")
    app_token: SecretStr = SecretStr("")
    signing_secret: SecretStr = SecretStr("")
    host: str = "127.0.0.1"
    port: Port = 8660
    lead_channel: str
    timeout_seconds: Seconds = 20.0
    connections: Annotated[int, Field(ge=1, le=10)] = 1
    reopen_after_minutes: Annotated[int, Field(ge=1, le=10_000)] = 30
    alarm_after_minutes: Annotated[int, Field(ge=1, le=10_000)] = 120
    keep_envelopes_days: Annotated[int, Field(ge=1, le=365)] = 7
    remove_after_days: Annotated[int, Field(ge=0, le=3_650)] = 30
    posts_a_second_per_channel: Annotated[float, Field(ge=0.0, le=100.0)] = 1.0
    digest: bool = True

    @property
    def secret(self) -> SecretStr:
        """What the mode in use cannot do without, beside the bot's token."""
        return self.app_token if self.mode == "socket" else self.signing_secret


Chance = Annotated[float, Field(ge=0.0, le=1.0)]


class ClassifierSettings(Section):
    """Where the trained model lies, how sure it must be to name a kind, and what becomes of a chaser.

    All of ``at_least``, ``at_least_by_kind`` and ``complaint_at_most`` are probabilities.
    ``history_days``: how long ago a person's earlier case may have come to count as history.
    """

    artefact: Path = Path("var/model")
    at_least: Chance = THRESHOLDS.at_least
    at_least_by_kind: dict[Kind, Chance] = Field(default_factory=lambda: dict(THRESHOLDS.by_kind))
    complaint_at_most: Chance = THRESHOLDS.complaint_at_most
    history_days: int = Field(default=365, ge=1, le=3_650)
    chasers: Chasers = Chasers.OWN_CASE

    @property
    def thresholds(self) -> Thresholds:
        """How sure is sure."""
        return Thresholds(self.at_least, self.at_least_by_kind, self.complaint_at_most)


class WebSettings(Section):
    """The public form."""

    host: str = "127.0.0.1"
    port: Port = 8650


class WarningSettings(Section):
    """Which signals reach the corporate lead at once."""

    grave_signals: tuple[Signal, ...]


class JobSettings(Section):
    """How often the jobs look, and how long a delivery may take before it counts as lost."""

    tick_seconds: Seconds = 0.25
    sweep_seconds: Seconds = 10.0
    lease_seconds: Seconds = 120.0


class ClockSettings(Section):
    """For the demo and tests only: a file with the seconds the clock runs ahead."""

    offset_file: Path | None = None


class Settings(BaseSettings):
    """Everything a council sets."""

    model_config = SettingsConfigDict(frozen=True, extra="forbid")

    council: str
    council_in_welsh: str = ""
    nation: Literal["england", "wales", "scotland", "northern-ireland"] = "england"
    closed_days: tuple[date, ...] = ()
    database: DatabaseSettings = DatabaseSettings()
    mailboxes: tuple[Mailbox, ...] = ()
    slack: SlackSettings
    smtp: SmtpSettings = SmtpSettings()
    notify: NotifySettings = NotifySettings()
    letters: LetterSettings
    intake: IntakeSettings = IntakeSettings()
    campaigns: CampaignSettings = CampaignSettings()
    technical_contact: TechnicalContact = TechnicalContact()
    classifier: ClassifierSettings = ClassifierSettings()
    web: WebSettings = WebSettings()
    nags: NagSettings = NagSettings()
    close_out: CloseOut = CloseOut()
    act_links: ActLinkSettings = ActLinkSettings()
    warnings: WarningSettings
    jobs: JobSettings = JobSettings()
    clock: ClockSettings = ClockSettings()
    procedures: dict[str, Procedure]
    teams: tuple[Team, ...]
    chief_executive: ChiefExecutive = ChiefExecutive()
    officers: tuple[OfficerEntry, ...] = ()

    @model_validator(mode="after")
    def _managers_are_officers(self) -> "Settings":
        known = {officer.email.lower() for officer in self.officers}
        named = [(team.name, each) for team in self.teams for each in (team.manager, team.head_of_service) if each]
        if wrong := [f"{email} ({team})" for team, email in named if email.lower() not in known]:
            raise ValueError(f"managers and heads of service must be officers too; not one: {', '.join(wrong)}")
        return self

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 -- the library names it
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003 -- ours also fills lists and reads secret files
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 -- a file of secrets is never read unasked
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 -- the same
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Only what ``models.reading_settings`` hands over: the file with the environment laid over it."""
        return (init_settings,)

    @model_validator(mode="after")
    def _every_area_has_one_team(self) -> "Settings":
        claimed = [area for team in self.teams for area in team.areas]
        missing = [area for area in Area if area not in claimed]
        twice = sorted({area for area in claimed if claimed.count(area) > 1})
        if self.slack.lead_channel in {team.channel for team in self.teams}:
            raise ValueError("slack.lead_channel is a team’s channel too; the lead needs one apart")
        if missing or twice:
            raise ValueError(
                "every service area belongs to exactly one team; "
                + "; ".join(
                    f"{what}: {', '.join(areas)}"
                    for what, areas in (("without a team", missing), ("with two", twice))
                    if areas
                )
            )
        return self

    @model_validator(mode="after")
    def _there_is_a_corporate_procedure(self) -> "Settings":
        if "corporate" not in self.procedures:
            raise ValueError("procedures must have one named “corporate”: every new case begins there")
        return self

    @model_validator(mode="after")
    def _officers_are_different_people(self) -> "Settings":
        for what in ("email", "slack_user"):
            given = [getattr(officer, what).lower() for officer in self.officers]
            if twice := sorted({each for each in given if given.count(each) > 1}):
                raise ValueError(f"two officers have the same {what}: {', '.join(twice)}")
        return self

    def calendar(self, procedure: str = "corporate") -> WorkingCalendar:
        """The working days a procedure is counted in, with the council's own closed days."""
        name = self.procedures[procedure].calendar or NATIONS[self.nation]
        return WorkingCalendar(name, frozenset(self.closed_days))

    def team_for(self, area: Area) -> Team:
        """The team that answers for a service area."""
        return next(team for team in self.teams if area in team.areas)
