"""``tocsin letter NAME --case REF``: a letter as a case would get it; nothing is sent, and nothing stored."""

import json
from datetime import date

import click

from commands.joining import case_of, engine_of, say_and_stop, settings_of
from models.db import reading
from models.handling import Outcome
from models.letter_texts import blanks, compose
from models.own_letters import whose
from models.people import Complainant
from models.rules.errors import LetterLacks, LetterUnknown
from models.rules.languages import Language

_OUTCOMES = tuple(outcome.value for outcome in Outcome)

_CHECKS = "Check every letter of the council’s own, and say whose each letter is."


def _check(context: click.Context, _option: click.Parameter, is_asked: bool) -> None:
    """The settings are refused when a letter of the council's own is wrong, so here all of them are well."""
    if not is_asked:
        return
    for name, file in whose(settings_of(context)):
        click.echo(f"{name:24} {file or 'Tocsin’s own'}")
    context.exit()


@click.command()
@click.argument("name", required=False)
@click.option("--case", "reference", metavar="REF", help="The case it is written for.")
@click.option("--set", "given", multiple=True, metavar="BLANK=WORDS", help='Fill a blank, as in --set reason="…".')
@click.option(
    "--language",
    type=click.Choice([each.value for each in Language]),
    help="Instead of the language the resident is written to in.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.option("--check", "is_check", is_flag=True, is_eager=True, callback=_check, expose_value=False, help=_CHECKS)
@click.pass_context
def command(
    context: click.Context,
    name: str | None,
    reference: str | None,
    given: tuple[str, ...],
    language: str | None,
    as_json: bool,
) -> None:
    """Show the letter NAME for a case. The blank “until” is a day, written 2026-11-09."""
    settings = settings_of(context)
    if name is None or reference is None:
        say_and_stop("Say which letter, and for which case.", hint="tocsin letter receipt --case T26-00001-M", code=2)
    also = _filled(name, given)
    with reading(engine_of(settings)) as session:
        case = case_of(session, reference)
        addressee = _addressee(session.get_one(Complainant, case.complainant_id), language)
        try:
            subject, text = compose(case, name, complainant=addressee, settings=settings, **also)
        except LetterLacks as lacks:
            say_and_stop(str(lacks), hint='Fill each blank with --set, as in --set reason="…".', code=2)
    if as_json:
        shown = {"case": case.reference, "letter": name, "to": addressee.email}
        shown |= {"language": addressee.language, "subject": subject, "text": text}
        click.echo(json.dumps(shown, ensure_ascii=False))
        return
    click.secho(f"Subject: {subject}\n", bold=True)
    click.echo(text, nl=False)


def _addressee(complainant: Complainant, language: str | None) -> Complainant:
    """The complainant as a value of its own, so that another language is never stored."""
    return Complainant(
        **complainant.model_dump(include={"name", "email"}), language=Language(language or complainant.language)
    )


def _filled(name: str, given: tuple[str, ...]) -> dict[str, str | date]:
    """The blanks with what they are filled with; ends the program when one is unknown or filled wrongly."""
    try:
        wanted = sorted(blanks(name))
    except LetterUnknown as unknown:
        say_and_stop(str(unknown), code=2)
    pairs = dict(each.partition("=")[::2] for each in given)
    for blank in pairs:
        if blank not in wanted:
            known = f"It has: {', '.join(wanted)}." if wanted else "It has none."
            say_and_stop(f"The letter “{name}” has no blank “{blank}”.", hint=known, code=2)
    return {blank: _value(blank, words.strip()) for blank, words in pairs.items()}


def _value(blank: str, words: str) -> str | date:
    if not words:
        say_and_stop(f"The blank “{blank}” is empty.", hint=f'Write --set {blank}="…".', code=2)
    if blank == "outcome" and words not in _OUTCOMES:
        say_and_stop(f"There is no outcome “{words}”.", hint=f"Choose one of: {', '.join(_OUTCOMES)}.", code=2)
    if blank != "until":
        return words
    try:
        return date.fromisoformat(words)
    except ValueError:
        say_and_stop(f"“{words}” is no date.", hint="Write it like 2026-11-09.", code=2)
