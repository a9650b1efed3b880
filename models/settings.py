"""Settings: config.yaml and the environment as frozen values.

Any key can be set from the environment as ``TOCSIN__SECTION__KEY`` (items of a
list by number, such as ``TOCSIN__MAILBOXES__0__HOST``). Secrets come only from
there, or from a file named by the same variable with ``_FILE`` at its end.
"""

from datetime import date, time
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from models.rules.chasers import Chasers
from models.rules.labels import Area, Kind, Signal
from models.rules.procedures import Procedure
from models.rules.thresholds import DEFAULT as THRESHOLDS
from models.rules.thresholds import Thresholds
from models.rules.working_days import NATIONS, WorkingCalendar
from models.section import EmailAddress, Port, Seconds, Section
from models.settings_mail import (
    CampaignSettings,
    IntakeSettings,
    LetterSettings,
    Mailbox,
    NotifySettings,
    SmtpSettings,
    TechnicalContact,
)


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
    """The workspace, and the channels that are not a team's."""

    api_url: str = "https://slack.com/api/"
    bot_token: SecretStr = SecretStr("")
    app_token: SecretStr = SecretStr("")
    lead_channel: str
    timeout_seconds: Seconds = 20.0


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


def _read_time(value: Any) -> Any:
    # YAML reads 09:00 as a number in base sixty
    return time(value // 60, value % 60) if isinstance(value, int) and not isinstance(value, bool) else value


TimeOfDay = Annotated[time, BeforeValidator(_read_time)]


class NagSettings(Section):
    """When owners are reminded, in working days before a date, and between which hours."""

    coming_up_working_days: tuple[Annotated[int, Field(ge=1, le=60)], ...] = (2, 1)
    from_time: TimeOfDay = time(9, 0)
    until_time: TimeOfDay = time(17, 0)

    @model_validator(mode="after")
    def _a_day_has_hours(self) -> "NagSettings":
        if self.from_time >= self.until_time:
            raise ValueError("until_time must be later than from_time")
        return self


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


class Team(Section):
    """A team: the service areas it answers for and its Slack channel."""

    name: str
    areas: tuple[Area, ...]
    channel: str


class OfficerEntry(Section):
    """Someone who works cases."""

    name: str
    email: EmailAddress
    slack_user: str
    areas: tuple[Area, ...] = ()
    is_corporate_lead: bool = False

    @model_validator(mode="after")
    def _works_somewhere(self) -> "OfficerEntry":
        if not self.areas and not self.is_corporate_lead:
            raise ValueError("an officer needs areas, or is_corporate_lead: true")
        return self


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
    warnings: WarningSettings
    jobs: JobSettings = JobSettings()
    clock: ClockSettings = ClockSettings()
    procedures: dict[str, Procedure]
    teams: tuple[Team, ...]
    officers: tuple[OfficerEntry, ...] = ()

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
