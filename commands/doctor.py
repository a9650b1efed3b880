"""``tocsin doctor``: one line a check; exit code 1 when any fails."""

import json
import os
import shutil
import smtplib
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import click
from sqlalchemy import make_url, text
from sqlalchemy.exc import SQLAlchemyError

from classifier.artefact import ArtefactError
from classifier.shelf import read_current
from commands.doctor_slack import channels, people, slack
from commands.findings import Sick, Soon, sick_on
from commands.joining import clock_of, settings_of
from intake.boxes import MailboxError
from intake.clamd import TEST_VIRUS, Found, ScannerDown, scan, version
from jobs.transports.email import connect
from jobs.transports.notify import NotifyTransport
from jobs.watch_mailbox import check_login, tokens
from models.clock import london_date
from models.db import head, open_engine, revision
from models.rules.errors import DeliveryFailed
from models.rules.expiry import SOON
from models.rules.working_days import CALENDARS, bank_holidays
from models.settings import Settings


@dataclass(frozen=True)
class Finding:
    """What one check found; a hint beside what is well is about what comes."""

    name: str
    is_well: bool
    sentence: str
    hint: str = ""


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object a check.")
@click.pass_context
def command(context: click.Context, as_json: bool) -> None:
    """Check everything the program leans on."""
    settings = settings_of(context)
    findings = [
        Finding("settings", is_well=True, sentence="no problems"),
        *(_find(check, settings) for check in CHECKS),
    ]
    for finding in findings:
        if as_json:
            click.echo(json.dumps(vars(finding)))
        else:
            _print(finding)
    sys.exit(0 if all(finding.is_well for finding in findings) else 1)


def database(settings: Settings) -> str:
    """The database answers and has the newest schema."""
    hint = "Check database.url, and that the server runs."
    with sick_on((SQLAlchemyError, OSError), "it cannot be opened", hint):
        engine = open_engine(settings.database.url)
        found = revision(engine)
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    if found is None:
        return f"{engine.dialect.name}, new: it is set up at the first start"
    if found != head():
        raise Sick(f"its schema is {found}, the program’s is {head()}", "Run “tocsin db upgrade”.")
    return f"{engine.dialect.name}, schema {found}"


def mailbox(settings: Settings) -> str:
    """Every mailbox can be opened."""
    if not settings.mailboxes:
        raise Sick("none is set", "Add one under mailboxes in config.yaml.")
    for box in settings.mailboxes:
        with sick_on((MailboxError, OSError), box.name, "Check its entry under mailboxes."):
            check_login(box, settings.intake)
    return ", ".join(f"{box.name} ({box.kind}) opens" for box in settings.mailboxes)


def secrets(settings: Settings) -> str:
    """Tokens are given for the mailboxes that need them, and no secret they are asked for with ends soon."""
    today = london_date(clock_of(settings).now())
    found, left = [], [SOON + 1]
    for box in settings.mailboxes:
        with sick_on((MailboxError, OSError), box.name, "Check its entry under mailboxes."):
            source = tokens(box, settings.intake)
            found += [f"{box.name}: a token for {source.minutes_left()} minutes"] if source is not None else []
        if (ends := box.secret_expires) is not None:
            left.append((ends - today).days)
            found.append(f"{box.name}: its secret {'is good until' if left[-1] >= 0 else 'ended on'} {ends}")
    hint = "Make a new secret with the provider, put it where this program reads its secrets, and set secret_expires."
    if min(left) <= SOON:
        raise (Soon if min(left) >= 0 else Sick)("; ".join(found), hint)
    return "; ".join(found) or "no mailbox uses tokens"


def smtp(settings: Settings) -> str:
    """Letters can leave."""
    if settings.notify.template_id:
        return _notify(settings)
    if settings.smtp.folder:
        return f"letters go into the folder {settings.smtp.folder}"
    failures = (OSError, smtplib.SMTPException)
    with sick_on(failures, f"{settings.smtp.host}:{settings.smtp.port}", "Check the smtp section."):
        connect(settings.smtp).quit()
    return f"{settings.smtp.host}:{settings.smtp.port} ({settings.smtp.security}) answers"


def _notify(settings: Settings) -> str:
    try:
        return f"GOV.UK Notify answers; template “{NotifyTransport(settings.notify).check()}”"
    except DeliveryFailed as refused:
        hint = "Check the notify section, TOCSIN__NOTIFY__API_KEY and this machine’s clock."
        raise Sick(str(refused.args[0]), hint) from None


def files(settings: Settings) -> str:
    """Attachments can be kept, and nobody else can read them."""
    folder = settings.intake.attachments
    there = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    if not os.access(there, os.W_OK | os.X_OK):
        raise Sick(f"{there} cannot be written to", "Check intake.attachments, and whose the folder is.")
    if folder.exists() and folder.stat().st_mode & 0o077:
        raise Sick(f"others on this machine may look into {folder}", f"Run “chmod 700 {folder}”.")
    return f"attachments are kept in {folder}"


def scanner(settings: Settings) -> str:
    """The virus scanner knows a virus when it sees one, and takes the largest attachment."""
    if not settings.intake.clamd:
        return "none is set (intake.clamd): attachments are kept unscanned"
    try:
        name, found = version(settings.intake), scan(TEST_VIRUS, settings.intake)
        scan(bytes(settings.intake.largest_attachment_bytes), settings.intake)
    except ScannerDown as down:
        raise Sick(str(down), down.hint) from None
    if found is not Found.INFECTED:
        raise Sick("it lets EICAR’s test file pass", "Its signatures are missing: run freshclam.")
    return name


def model(settings: Settings) -> str:
    """The classifier is trained and fits this program."""
    try:
        _, version = read_current(settings.classifier.artefact)
    except ArtefactError as refused:
        raise Sick(str(refused), "Run “tocsin train”.") from None
    return f"version {version}"


def clock(settings: Settings) -> str:
    """The clock is a real one, is not absurd, and bank holidays are known for next year."""
    now = clock_of(settings).now()
    if settings.clock.offset_file and settings.clock.offset_file.exists():
        raise Sick(f"it is moved: it says {now:%Y-%m-%d %H:%M} UTC", "Remove clock.offset_file: it is for the demo.")
    _not_absurd(now)
    year = london_date(now).year + 1
    if short := [name for name in CALENDARS if not bank_holidays(name, year).get(date(year, 12, 25))]:
        raise Sick(f"bank holidays of {year} are missing for {', '.join(short)}", "Update the “holidays” package.")
    return f"{now:%Y-%m-%d %H:%M} UTC; bank holidays known to the end of {year}"


def disk(settings: Settings) -> str:
    """There is room for mail to come."""
    folder = _kept_in(settings)
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    if free < 1_000_000_000:
        raise Sick(f"only {free / 1e6:.0f} MB are free", "Make room: mail that cannot be kept stays in the mailbox.")
    return f"{free / 1e9:.0f} GB free"


def _kept_in(settings: Settings) -> Path:
    """The folder of the embedded database; with a server, the model's."""
    url = make_url(settings.database.url)
    is_file = url.get_backend_name() == "sqlite" and url.database
    return Path(url.database).parent if is_file and url.database else settings.classifier.artefact


CHECKS: tuple[Callable[[Settings], str], ...] = (
    database,
    mailbox,
    slack,
    smtp,
    files,
    scanner,
    model,
    clock,
    disk,
    secrets,
    channels,
    people,
)


def _not_absurd(now: datetime) -> None:
    if now.year < 2026:
        raise Sick(f"it says {now:%Y-%m-%d}", "Set the machine’s clock; use NTP.")


def _find(check: Callable[[Settings], str], settings: Settings) -> Finding:
    try:
        return Finding(check.__name__, is_well=True, sentence=check(settings))
    except Sick as sick:
        return Finding(check.__name__, is_well=isinstance(sick, Soon), sentence=str(sick), hint=sick.hint)


def _print(finding: Finding) -> None:
    well = click.style("soon", fg="yellow") if finding.hint else click.style("ok  ", fg="green")
    mark = well if finding.is_well else click.style("FAIL", fg="red")
    click.echo(f"{mark}  {finding.name:9} {finding.sentence}")
    if finding.hint:
        click.echo(f"                Hint: {finding.hint}")
