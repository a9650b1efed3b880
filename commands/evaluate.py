"""``tocsin evaluate``: measure the classifier on labelled messages."""

import json
from pathlib import Path

import click

from classifier.evaluation import LabelledError, evaluate, read_labelled
from commands.joining import say_and_stop, settings_of, suggester_of


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.pass_context
def command(context: click.Context, file: Path, as_json: bool) -> None:
    """Compare what the classifier says of the messages in FILE with what people said.

    FILE holds JSON lines with text (or subject and body) and label (or kind); null labels are counted and skipped.
    """
    try:
        lines = read_labelled(file)
    except LabelledError as wrong:
        say_and_stop(str(wrong), hint="One JSON object a line, with text and label.", code=2)
    report = evaluate(suggester_of(settings_of(context)), lines)
    click.echo(json.dumps(report.as_dict()) if as_json else report.as_text())
