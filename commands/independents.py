"""``tocsin independents``: the pool of Independent Investigators, Independent Persons and panel members."""

import json
from collections import defaultdict
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

import click
from sqlmodel import Session

from commands.joining import clock_of, engine_of, say_and_stop, settings_of
from models.clock import london_date
from models.db import reading, writing
from models.pool import Newcomer, be_unavailable, free_on, member, people, retire, running, take_in
from models.pool_costs import Cost, costs, year_of
from models.pool_strength import strengths
from models.rules.errors import GivenWrong
from models.rules.money import pence, pounds

_DAY = click.DateTime(formats=["%Y-%m-%d"])
_HINT = "“tocsin independents list” lists the pool."


@click.group()
def command() -> None:
    """The pool of independent people who investigate, accompany, and sit on panels.

    They are from outside the council; an officer may be in it as Investigating Officer, for other services than theirs.
    """


@command.command("add")
@click.argument("email")
@click.option("--name", required=True, help="Their name.")
@click.option("--role", "roles", multiple=True, required=True, help="What they may be appointed to; once for each.")
@click.option("--fee", default="0", show_default=True, help="Their fee for a case, in pounds.")
@click.pass_context
def add(context: click.Context, email: str, *, name: str, roles: tuple[str, ...], fee: str) -> None:
    """Take EMAIL into the pool."""
    settings = settings_of(context)
    fee_pence = pence(fee)
    if fee_pence is None:
        say_and_stop(f"{fee} is no sum in pounds.", hint="Write it as 1250 or 1250.50.")
    try:
        with writing(engine_of(settings)) as session:
            said = take_in(session, Newcomer(name, email, roles, fee_pence), settings=settings)
    except GivenWrong as wrong:
        say_and_stop(str(wrong))
    click.echo(said)


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.pass_context
def list_them(context: click.Context, as_json: bool) -> None:
    """List the pool, and whether it is large enough for the seats that wait."""
    settings = settings_of(context)
    today = london_date(clock_of(settings).now())
    with reading(engine_of(settings)) as session:
        everybody = _pool(session, today)
        roles = [asdict(each) | {"warning": each.warning} for each in strengths(session, settings, today=today)]
    if as_json:
        click.echo(json.dumps({"people": everybody, "roles": roles}, ensure_ascii=False))
        return
    for each in everybody:
        free = "free today" if each["is_free_today"] else "not free today"
        sits = f"; sits on {', '.join(each['sits_on'])}" if each["sits_on"] else ""
        click.echo(f"{each['name']:24} {each['email']:36} {', '.join(each['roles'])}; {free}{sits}")
    for each in roles:
        click.echo(
            f"{each['role']}: {each['people']} in the pool, {each['free']} free this month, "
            f"{len(each['waiting'])} wanted"
        )
    for each in roles:
        if each["warning"]:
            click.secho(f"WARNING: {each['warning']}", bold=True)


@command.command("unavailable")
@click.argument("email")
@click.option("--from", "from_day", type=_DAY, required=True, help="The first day, such as 2026-12-21.")
@click.option("--until", "until_day", type=_DAY, required=True, help="The last day, included.")
@click.pass_context
def unavailable(context: click.Context, email: str, from_day: datetime, until_day: datetime) -> None:
    """Enter days on which EMAIL is not free."""
    try:
        with writing(engine_of(settings_of(context))) as session:
            said = be_unavailable(session, member(session, email), from_day.date(), until_day.date())
    except GivenWrong as wrong:
        say_and_stop(str(wrong), hint=_HINT)
    click.echo(said)


@command.command("retire")
@click.argument("email")
@click.pass_context
def retire_one(context: click.Context, email: str) -> None:
    """Take EMAIL out of the pool; they keep what they sit on."""
    try:
        with writing(engine_of(settings_of(context))) as session:
            said = retire(session, member(session, email))
    except GivenWrong as wrong:
        say_and_stop(str(wrong), hint=_HINT)
    click.echo(said)


@command.command("cost")
@click.option("--year", required=True, help="A council's year such as 2026-27 (April to March), or 2026.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object an appointment.")
@click.pass_context
def cost(context: click.Context, year: str, as_json: bool) -> None:
    """Say what independent people cost in a year, case by case."""
    span = year_of(year)
    if span is None:
        say_and_stop(f"{year} is no year.", hint="Write it as 2026-27 or 2026.", code=2)
    with reading(engine_of(settings_of(context))) as session:
        found = costs(session, *span)
    if as_json:
        for each in found:
            click.echo(json.dumps(asdict(each), ensure_ascii=False))
        return
    _print_costs(found, year)


def _print_costs(found: list[Cost], year: str) -> None:
    by_case: dict[str, int] = defaultdict(int)
    for each in found:
        by_case[each.reference] += each.pence
    for reference, total in by_case.items():
        click.secho(f"{reference}  {pounds(total)}", bold=True)
        for each in found:
            if each.reference == reference:
                expected = " (fee; it still runs)" if each.is_expected else ""
                click.echo(f"  stage {each.stage}  {each.role:24} {each.name:24} {pounds(each.pence)}{expected}")
    click.echo(f"{year}: {len(by_case)} cases, {pounds(sum(by_case.values()))} in all")


def _pool(session: Session, today: date) -> list[dict[str, Any]]:
    free = {person.id for person in free_on(session, today)}
    sits: dict[int, list[str]] = defaultdict(list)
    for appointment, case in running(session):
        sits[appointment.independent_id].append(case.reference)
    return [
        {
            "name": person.name,
            "email": person.email,
            "roles": person.roles,
            "fee": pounds(person.fee_pence),
            "is_free_today": person.id in free,
            "sits_on": sits[person.id or 0],
        }
        for person in people(session)
    ]
