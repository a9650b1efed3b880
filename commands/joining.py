"""Joins the parts of one program: settings, database, clock, classifier, ways out."""

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from models.case import Case
from models.clock import Clock
from models.council import sync_officers
from models.db import open_ready, writing
from models.outbox import Channel
from models.queries import case_by_reference
from models.reading_settings import SettingsWrong, read_settings
from models.rules.errors import CaseUnknown, DatabaseAhead, DatabaseBehind
from models.settings import Settings

if TYPE_CHECKING:
    from classifier.suggest import Suggester
    from jobs.parts import Parts
    from jobs.transports.answers import Transport

SETTINGS_WRONG = 2


def say_and_stop(sentence: str, *, hint: str = "", code: int = 1) -> NoReturn:
    """End the program with a sentence and a hint instead of a traceback."""
    click.echo(sentence, err=True)
    if hint:
        click.echo(f"    Hint: {hint}", err=True)
    sys.exit(code)


def settings_of(context: click.Context) -> Settings:
    """The settings of this run; ends the program with code 2 and every problem when they are wrong."""
    path: Path = context.find_root().params["config"]
    try:
        settings = read_settings(path)
        _check_own_letters(settings)
    except SettingsWrong as wrong:
        for problem in wrong.problems:
            click.echo(str(problem), err=True)
        sys.exit(SETTINGS_WRONG)
    return settings


def _check_own_letters(settings: Settings) -> None:
    """A letter that cannot be filled is found now, and not by the resident who waits for it."""
    if settings.letters.templates is None:
        return
    from models.own_letters import problems_in_own_letters

    if problems := problems_in_own_letters(settings):
        raise SettingsWrong(problems)


def clock_of(settings: Settings) -> Clock:
    """The clock of this run."""
    return Clock(settings.clock.offset_file)


def engine_of(settings: Settings) -> Engine:
    """The database, ready for use; ends the program with a sentence when it cannot be."""
    try:
        engine = open_ready(settings.database.url)
        with writing(engine) as session:
            sync_officers(session, settings)
    except (DatabaseBehind, DatabaseAhead) as mismatch:
        say_and_stop(str(mismatch))
    except OperationalError as refused:
        reason = str(refused.orig).strip().splitlines()[0]
        say_and_stop(
            f"The database cannot be opened: {reason}", hint="Check database.url in the settings, and that it runs."
        )
    except OSError as refused:
        say_and_stop(f"The database cannot be opened: {refused.strerror}.", hint="Check database.url in the settings.")
    return engine


def case_of(session: Session, reference: str) -> Case:
    """The case with that reference; ends the program with a sentence when there is none."""
    try:
        return case_by_reference(session, reference)
    except CaseUnknown as unknown:
        say_and_stop(str(unknown), hint="“tocsin cases --all” lists every case.")


def suggester_of(settings: Settings) -> "Suggester":
    """The trained classifier; ends the program with a sentence when there is none."""
    from classifier.artefact import ArtefactError
    from classifier.suggest import load

    try:
        return load(settings.classifier.artefact, settings.classifier.thresholds)
    except ArtefactError as refused:
        say_and_stop(str(refused))


def transports_of(settings: Settings, clock: Clock) -> "dict[Channel, Transport]":
    """The ways out that the settings name."""
    from bot.app import slack_client
    from jobs.transports.slack import SlackTransport

    return {Channel.SLACK: SlackTransport(slack_client(settings)), Channel.EMAIL: _way_of_letters(settings, clock)}


def _way_of_letters(settings: Settings, clock: Clock) -> "Transport":
    """GOV.UK Notify once a template of it is named; else a folder, for trying out; else SMTP."""
    if settings.notify.template_id:
        from jobs.transports.notify import NotifyTransport

        return NotifyTransport(settings.notify)
    from jobs.transports.email import FolderTransport, SmtpTransport

    if settings.smtp.folder:
        return FolderTransport(settings.smtp.folder, settings.letters, clock)
    return SmtpTransport(settings.smtp, settings.letters, clock)


def parts_of(settings: Settings) -> "Parts":
    """Everything joined, for a program that runs."""
    from jobs.current_model import CurrentModel
    from jobs.parts import Parts

    clock = clock_of(settings)
    return Parts(
        settings=settings,
        engine=engine_of(settings),
        clock=clock,
        transports=transports_of(settings, clock),
        suggester=CurrentModel(settings, first=partial(suggester_of, settings)),
    )
