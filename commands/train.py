"""``tocsin train``: train the classifier from the corpus."""

import click

from classifier.artefact import is_stale, save
from classifier.examples import CorpusError, read_corpus
from commands.joining import say_and_stop, settings_of


@click.command()
@click.option("--if-stale", is_flag=True, help="Only when the corpus, the code or a library changed.")
@click.pass_context
def command(context: click.Context, if_stale: bool) -> None:
    """Train on the starter corpus and keep the model where the settings say."""
    folder = settings_of(context).classifier.artefact
    if if_stale and not is_stale(folder):
        return
    try:
        examples = read_corpus()
    except CorpusError as wrong:
        say_and_stop(str(wrong), hint="Mend that line of the corpus.", code=2)
    click.echo(f"== Training the classifier on {len(examples)} messages (half a minute)", err=True)
    from classifier.training import train

    click.echo(f"The model is version {save(train(examples), folder)}, in {folder}.", err=True)
