"""``tocsin act``: do anything to a case that an officer may do, without Slack."""

import json
from collections.abc import Mapping, Sequence

import click
from sqlmodel import Session

from commands.joining import case_of, clock_of, engine_of, say_and_stop, settings_of
from models.case import Case
from models.council import officer_by_email
from models.db import reading, writing
from models.people import Officer
from models.rules.errors import GivenWrong, StepNotAllowed, TocsinError
from models.settings import Settings
from models.verbs.other_case import case_to_act_on
from models.verbs.registry import GROUPS, VERBS, offered_on, verb_named
from models.verbs.verb import Act, Asked, Verb, perform


@click.command()
@click.argument("reference", required=False)
@click.argument("verb", required=False)
@click.option("--by", "email", help="Whose act it is: an officer's address.")
@click.option("--set", "given", multiple=True, metavar="FIELD=VALUE", help="What it asks for; once a field.")
@click.option("--json", "as_json", is_flag=True, help="Without VERB: every act and its fields as JSON.")
@click.pass_context
def command(
    context: click.Context,
    reference: str | None,
    verb: str | None,
    email: str | None,
    given: tuple[str, ...],
    as_json: bool,
) -> None:
    """Do VERB to the case REFERENCE; without them, say which verbs there are.

    With REFERENCE only, it lists those that make sense on that case now; with REFERENCE and VERB only, it says what the
    verb asks for.
    """
    if reference is None:
        _list(GROUPS, as_json=as_json)
        return
    settings = settings_of(context)
    if verb is None:
        _list(_offered(reference, email, settings), as_json=as_json)
        return
    wanted = _verb(verb)
    if email is None:
        _explain(wanted, reference, settings)
        return
    click.echo(_done(wanted, reference, email, _given(given), settings))


def _done(wanted: Verb, reference: str, email: str, given: dict[str, str], settings: Settings) -> str:
    now = clock_of(settings).now()
    try:
        with writing(engine_of(settings)) as session:
            by = _officer(session, email)
            case = case_to_act_on(session, case_of(session, reference).number, wanted, given)
            return perform(wanted, Act(session, case, by, settings, now), given)
    except GivenWrong as wrong:
        hint = f"“tocsin act {reference} {wanted.name}” says what it asks for."
        say_and_stop(f"{wrong.field}: {wrong}", hint=hint, code=2)
    except TocsinError as refused:
        say_and_stop(str(refused))


def _offered(reference: str, email: str | None, settings: Settings) -> Mapping[str, Sequence[Verb]]:
    """What Slack's More… lists too."""
    with reading(engine_of(settings)) as session:
        by = _officer(session, email) if email else None
        return offered_on(session, case_of(session, reference), settings, by=by)


def _officer(session: Session, email: str) -> Officer:
    found = officer_by_email(session, email)
    if found is None:
        say_and_stop(f"There is no officer with the address {email}.", hint="“tocsin people” lists them.")
    return found


def _verb(name: str) -> Verb:
    found = verb_named(name)
    if found is None:
        known = ", ".join(verb.name for verb in VERBS)
        say_and_stop(f"There is no act “{name}”.", hint=f"Choose one of: {known}.", code=2)
    return found


def _given(pairs: tuple[str, ...]) -> dict[str, str]:
    given = {}
    for pair in pairs:
        field, equals, value = pair.partition("=")
        if not equals:
            say_and_stop(
                f"“{pair}” has no value.", hint="Write it like --set reason='We wait for the surveyor'.", code=2
            )
        given[field.strip()] = value
    return given


def _list(groups: Mapping[str, Sequence[Verb]], *, as_json: bool) -> None:
    listed = {name: verbs for name, verbs in groups.items() if verbs}
    if as_json:
        told = [_verb_as_json(verb) for verbs in listed.values() for verb in verbs]
        click.echo(json.dumps(told, indent=2))
        return
    for name, verbs in listed.items():
        click.echo(f"{name}:")
        for verb in verbs:
            click.echo(f"  {verb.name:20} {verb.does}")
    click.echo("\n“tocsin act REFERENCE VERB” says what a verb asks for; with --by ADDRESS it is done.")


def _explain(verb: Verb, reference: str, settings: Settings) -> None:
    click.echo(f"{verb.title}: {verb.does}")
    with reading(engine_of(settings)) as session:
        case = case_of(session, reference)
        for asked in verb.fields:
            click.echo(f"  --set {asked.name}=…  {_described(asked, _choices(session, asked, case, settings))}")
    click.echo("Add --by with the address of the officer whose act it is.")


def _choices(session: Session, asked: Asked, case: Case, settings: Settings) -> str:
    try:
        return ", ".join(asked.choices(session, case, settings)) if asked.choices else ""
    except StepNotAllowed as refused:
        say_and_stop(str(refused))


def _described(asked: Asked, choices: str) -> str:
    kinds = {"date": "a date such as 2026-11-30", "number": "a whole number", "flag": "yes or nothing"}
    form = f"one of: {choices}" if choices else kinds.get(asked.kind, "words")
    return f"{asked.label} ({form}{'' if asked.is_required else '; may be left out'}). {asked.hint}".rstrip()


def _verb_as_json(verb: Verb) -> dict[str, object]:
    return {"verb": verb.name, "does": verb.does, "fields": [_as_json(asked) for asked in verb.fields]}


def _as_json(asked: Asked) -> dict[str, object]:
    return {"name": asked.name, "label": asked.label, "kind": asked.kind, "required": asked.is_required}
