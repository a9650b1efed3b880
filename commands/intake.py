"""``tocsin intake``: messages put aside for a person and the ways out of there; the count that nothing is lost."""

import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import Any

import click
from sqlmodel import Session

from commands.joining import clock_of, engine_of, say_and_stop, settings_of
from intake.parse import parse
from models import held as verbs
from models.clock import LONDON
from models.correspondence import HeldMessage, InboundMessage
from models.council import officer_by_email
from models.db import reading, writing
from models.held_list import DISMISSED, Held, HeldUnknown, held_list, ignored_list
from models.people import Officer
from models.rules.balance import Balance, findings, notes
from models.rules.errors import TocsinError
from models.settings import Settings

_LIST = "“tocsin intake held” lists their numbers."

Verb = Callable[[Session, HeldMessage, Officer | None, Settings, datetime], str]


@click.group()
def command() -> None:
    """Held messages, the ways out of there, and the count that nothing is lost."""


@command.command("held")
@click.option("--all", "with_settled", is_flag=True, help="Also those that a person settled.")
@click.option("--ignored", is_flag=True, help="Instead, those that were ignored, by a rule or by a person.")
@click.option("--show", "number", type=int, help="Show the message with that number.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a message.")
@click.pass_context
def held_command(
    context: click.Context, *, with_settled: bool, ignored: bool, number: int | None, as_json: bool
) -> None:
    """List messages put aside for a person, with the reason; --show opens one."""
    settings = settings_of(context)
    with reading(engine_of(settings)) as session:
        if number is not None:
            _show(session.get(InboundMessage, number), settings.intake.largest_message_bytes, as_json=as_json)
            return
        found = ignored_list(session) if ignored else held_list(session, with_settled=with_settled)
    if not found and not as_json:
        click.echo("Nothing is ignored." if ignored else "Nothing is held.")
    for message in found:
        click.echo(json.dumps(asdict(message), default=str, ensure_ascii=False) if as_json else _line(message))


@command.command()
@click.argument("number", type=int)
@click.option("--new", "as_new", is_flag=True, help="It becomes a new case.")
@click.option("--case", "reference", metavar="REF", help="It joins that case.")
@click.option("--by", "email", metavar="EMAIL", help="The officer who decided; otherwise the command line did.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.pass_context
def release(
    context: click.Context, number: int, *, as_new: bool, reference: str | None, email: str | None, as_json: bool
) -> None:
    """Let the held message NUMBER become a new case, or join one."""
    if as_new == (reference is not None):
        say_and_stop("Say what it becomes: either --new or --case REF.", hint=_LIST, code=2)

    def verb(session: Session, row: HeldMessage, by: Officer | None, settings: Settings, now: datetime) -> str:
        if reference is None:
            return verbs.release_as_new(session, row, by=by, settings=settings, now=now)
        return verbs.release_to(session, row, reference, by=by, settings=settings, now=now)

    _settle(context, number, verb, email=email, as_json=as_json)


@command.command()
@click.argument("number", type=int)
@click.option("--reason", required=True, help="Why no case comes of it; kept with the message.")
@click.option("--by", "email", metavar="EMAIL", help="The officer who decided; otherwise the command line did.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.pass_context
def dismiss(context: click.Context, number: int, *, reason: str, email: str | None, as_json: bool) -> None:
    """Put the held message NUMBER aside for good; it is kept."""

    def verb(session: Session, row: HeldMessage, by: Officer | None, settings: Settings, now: datetime) -> str:
        return verbs.dismiss(session, row, reason, by=by, settings=settings, now=now)

    _settle(context, number, verb, email=email, as_json=as_json)


@command.command("reconcile")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.pass_context
def reconcile_command(context: click.Context, *, as_json: bool) -> None:
    """Count what arrived against what became of it; exit code 1 unless each message is accounted for."""
    from jobs.reconcile import look_into
    from models.reconciling import reconcile

    settings = settings_of(context)
    engine = engine_of(settings)
    lying = look_into(settings)
    with reading(engine) as session:
        balance = reconcile(session, lying, now=clock_of(settings).now())
    if as_json:
        told = {"verdict": balance.verdict, "is_balanced": balance.is_balanced, "missing": balance.missing}
        click.echo(json.dumps(told | asdict(balance), default=str, ensure_ascii=False))
    else:
        _print(balance)
    sys.exit(0 if balance.is_balanced else 1)


def _settle(context: click.Context, number: int, verb: Verb, *, email: str | None, as_json: bool) -> None:
    settings = settings_of(context)
    now = clock_of(settings).now()
    engine = engine_of(settings)
    try:
        with writing(engine) as session:
            by = _officer(session, email)
            said = verb(session, verbs.held_message(session, number, now=now), by, settings, now)
    except HeldUnknown as unknown:
        say_and_stop(str(unknown), hint=_LIST)
    except TocsinError as refused:
        say_and_stop(str(refused), hint="“tocsin intake held --all” says where each message stands.")
    click.echo(json.dumps({"message": number, "done": said}, ensure_ascii=False) if as_json else said)


def _officer(session: Session, email: str | None) -> Officer | None:
    if email is None:
        return None
    officer = officer_by_email(session, email)
    if officer is None:
        say_and_stop(f"There is no officer with the address {email}.", hint="The settings list them under “officers”.")
    return officer


def _line(message: Held) -> str:
    at = f"{message.received_at.astimezone(LONDON):%Y-%m-%d %H:%M}"
    was_released = message.is_settled and message.rule != DISMISSED
    said = message.outcome if was_released else message.reason
    return f"{message.number:6}  {at}  {message.source:14} {message.size:>9} B  {said}"


def _show(message: InboundMessage | None, at_most: int, *, as_json: bool) -> None:
    if message is None:
        say_and_stop("There is no such message.", hint=_LIST)
    email = parse(message.raw[:at_most])
    attached = [f"{each.name} ({each.content_type}, {each.size} B)" for each in email.attachments]
    told: dict[str, Any] = {"from": email.sender, "subject": email.subject, "held because": message.reason}
    if as_json:
        told |= {"number": message.id, "attached": attached, "text": email.text or email.quoted}
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    for name, value in told.items():
        click.echo(f"{name.capitalize()}: {value or '(none)'}")
    for each in attached:
        click.echo(f"Attached: {each}")
    click.echo(f"\n{email.text or email.quoted}")


def _print(balance: Balance) -> None:
    heads = ("arrived", "cases", "follow-ups", "held", "ignored", "to process", "copies")
    click.echo(" " * 20 + "".join(f"{head:>12}" for head in heads))
    for each in balance.sources:
        found = (each.cases, each.follow_ups, each.held, each.ignored, each.unprocessed, each.further_copies)
        click.echo(f"{each.source:20}" + "".join(f"{number:12,}" for number in (each.arrived, *found)))
    for line in (*findings(balance), *notes(balance)):
        click.echo(line)
