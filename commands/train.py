"""``tocsin train``: train the classifier from the corpus, and with --with-corrections from what officers decided."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from classifier import shelf
from classifier.artefact import ArtefactError, check, read_card, version_of
from classifier.examples import CorpusError, Example, read_corpus
from commands.joining import engine_of, say_and_stop, settings_of, suggester_of
from models.settings import Settings

if TYPE_CHECKING:
    from classifier.challenge import Comparison
    from classifier.learning import OwnLetters
    from classifier.suggest import Suggester


@click.command()
@click.option("--if-stale", is_flag=True, help="Only when the corpus, the code or a library changed.")
@click.option("--with-corrections", is_flag=True, help="Learn from officers too; in use only if nothing got worse.")
@click.option("--json", "as_json", is_flag=True, help="With --with-corrections: one JSON object.")
@click.pass_context
def command(context: click.Context, *, if_stale: bool, with_corrections: bool, as_json: bool) -> None:
    """Train on the starter corpus and take the model into use, where the settings say.

    With --with-corrections a challenger learns from what officers decided too. It is compared with the model in use
    on letters that neither has seen, and promoted only when nothing important got worse.
    """
    if if_stale and with_corrections:
        say_and_stop("Choose one: --if-stale or --with-corrections.", code=2)
    settings = settings_of(context)
    if with_corrections:
        _say(_challenge(settings), as_json=as_json)
        return
    folder = settings.classifier.artefact
    if not if_stale or shelf.is_stale(folder):
        _train_anew(folder)


def _train_anew(folder: Path) -> None:
    examples = _corpus()
    click.echo(f"== Training the classifier on {len(examples)} messages (a minute or two)", err=True)
    from classifier.training import train

    had_corrections = _has_corrections(folder)
    version = shelf.keep(folder, train(examples))
    shelf.promote(folder, version)
    click.echo(f"The model is version {version}, in {folder}.", err=True)
    if had_corrections:
        click.echo(
            "    Hint: what officers taught the one before is not in it: tocsin train --with-corrections", err=True
        )


def _has_corrections(folder: Path) -> bool:
    """Whether the model in use learnt from officers."""
    if not shelf.current_version(folder):
        return False
    return bool(read_card(shelf.current_folder(folder)).get("corrections"))


def _challenge(settings: Settings) -> dict[str, Any]:
    """Train a challenger, compare it, promote it or not; what happened, by name."""
    from classifier.challenge import compare
    from classifier.training import train

    corpus, frozen, own = _corpus(), _frozen(), _own_letters(settings)
    folder = settings.classifier.artefact
    in_use = _version_in_use(folder)
    told: dict[str, Any] = {"champion": in_use, "learnt_from": len(own.taught), "set_aside": len(own.aside)}
    if why := _nothing_to_learn(own, in_use):
        return told | {"promoted": False, "kept_because": [why]}
    champion = suggester_of(settings)
    click.echo(f"== Training on {len(corpus)} messages and {len(own.taught)} that officers decided (minutes)", err=True)
    model = train([*corpus, *own.taught])
    click.echo(f"== Comparing on {len(frozen)} frozen messages and {len(own.aside)} of the council’s own", err=True)
    challenger = _as_suggester(model, settings)
    comparison = compare(champion, challenger, frozen, own.aside)
    version = shelf.keep(folder, model, corrections=own.corrections, comparison=comparison.as_dict())
    worse = comparison.worse()
    if not worse:
        shelf.promote(folder, version)
    return told | {"version": version, "promoted": not worse, "kept_because": worse, "comparison": comparison}


def _version_in_use(folder: Path) -> str:
    """By its card, which is quick; ends the program with a sentence when there is none that fits."""
    try:
        return check(shelf.current_folder(folder))
    except ArtefactError as refused:
        say_and_stop(str(refused))


def _nothing_to_learn(own: "OwnLetters", champion: str) -> str:
    """Why there is nothing new to train on, or ""."""
    if not own.taught:
        return "officers have decided no case yet that could be learnt from"
    if version_of(own.corrections) == champion:
        return "it has learnt from all that officers decided"
    return ""


def _as_suggester(model: Any, settings: Settings) -> "Suggester":
    from classifier.suggest import ModelSuggester

    return ModelSuggester(model, version="challenger", thresholds=settings.classifier.thresholds)


def _own_letters(settings: Settings) -> "OwnLetters":
    from classifier.learning import MOST, own_letters
    from models.corrections import decided_letters
    from models.db import reading

    with reading(engine_of(settings)) as session:
        return own_letters(decided_letters(session, most=MOST))


def _corpus() -> list[Example]:
    try:
        return read_corpus()
    except CorpusError as wrong:
        say_and_stop(str(wrong), hint="Mend that line of the corpus.", code=2)


def _frozen() -> list[Example]:
    from classifier.challenge import frozen_examples

    try:
        found = frozen_examples()
    except CorpusError as wrong:
        say_and_stop(str(wrong), hint="Mend that line of the frozen set.", code=2)
    if not found:
        say_and_stop("There is no frozen set to compare on.", hint="Install Tocsin anew: classifier/frozen is missing.")
    return found


def _say(told: dict[str, Any], *, as_json: bool) -> None:
    comparison: Comparison | None = told.get("comparison")
    if as_json:
        click.echo(json.dumps(told | ({"comparison": comparison.as_dict()} if comparison else {})))
        return
    if comparison is not None:
        click.echo(comparison.as_text())
    if told["promoted"]:
        click.echo(f"promoted: {told['version']} is in use in place of {told['champion']}; “tocsin model roll-back”")
        click.echo("takes it back. Programs that run take it up with the next letter.")
        return
    click.echo(f"kept: {told['champion']} stays in use: {'; '.join(told['kept_because'])}.")
    if "version" in told:
        click.echo(f"The challenger is on the shelf; “tocsin model promote {told['version']}” takes it all the same.")
