"""Tocsin's command line. Each command lives in a file of its own under commands/ and is loaded when it is called."""

import importlib
from pathlib import Path

import click

COMMANDS = {
    "run": ("commands.run", "Run the program: mailboxes, web form, Slack and the jobs."),
    "demo": ("commands.demo", "Run a pretend council on this machine, with no accounts."),
    "doctor": ("commands.doctor", "Check settings, database, mailbox, Slack, SMTP, model and clock."),
    "ingest": ("commands.ingest", "Take in files or folders of messages as if they had come by mail."),
    "cases": ("commands.cases", "List open cases, the nearest date first."),
    "case": ("commands.case", "Show one case with its whole history."),
    "act": ("commands.act", "Do anything to a case that an officer may do, without Slack."),
    "duties": ("commands.duties", "List what is promised, asked, missing or recommended, and by when."),
    "stuck": ("commands.stuck", "List what does not move, and why, the oldest first."),
    "ombudsman": ("commands.ombudsman", "List the Ombudsmen's cases with their remedies; the annual letter's figures."),
    "campaign": ("commands.campaign", "List the cases that one speaks for; --leave takes one out."),
    "attachments": ("commands.attachments", "List a case's attachments, and save them."),
    "people": ("commands.people", "List teams and officers; hand-over lists, who is back, what nobody looks after."),
    "away": ("commands.away", "Enter that an officer is away, and who covers."),
    "independents": ("commands.independents", "The pool of independent people: who is free, and what they cost."),
    "letter": ("commands.letter", "Show a letter as a case would get it; nothing is sent."),
    "intake": ("commands.intake", "Held messages and the ways out of there; the count that nothing is lost."),
    "slack": ("commands.slack", "Print the manifest that the Slack app is made from."),
    "outbox": ("commands.outbox", "List what could not be delivered; --retry tries again."),
    "deadlines": ("commands.deadlines", "Say when a stage is due, and with --explain why."),
    "procedures": ("commands.procedures", "List the procedures; with a name, print one as a table."),
    "classify": ("commands.classify", "Say what kind of message a text is, and why."),
    "train": ("commands.train", "Train the classifier from the corpus; --with-corrections learns from officers too."),
    "model": ("commands.model", "List the trained models, take one into use, roll back; the monthly note."),
    "evaluate": ("commands.evaluate", "Measure the classifier on labelled messages."),
    "db": ("commands.db", "Bring the database up to date."),
}


class Commands(click.Group):
    """Knows its commands by name and imports one only when it is wanted, so that each starts fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- click's signature
        """The names, in the order a newcomer meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 -- the same
        """The command of that name, or None."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(COMMANDS[cmd_name][0]).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 -- the same
        """The list for --help, without importing anything."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, words) for name, (_, words) in COMMANDS.items()])


def _settings_file() -> Path:
    here = Path("config.yaml")
    return here if here.exists() else Path(__file__).parent / "config.yaml"


@click.group(cls=Commands)
@click.option(
    "--config",
    type=click.Path(path_type=Path, dir_okay=False),
    default=_settings_file,
    envvar="TOCSIN_CONFIG",
    show_default="config.yaml here, or else the project's",
    help="The settings file.",
)
@click.version_option("0.1.0", prog_name="tocsin")
def main(config: Path) -> None:
    """Tocsin: complaint triage for councils. It takes in, sorts, reminds, and warns in time."""


if __name__ == "__main__":
    main()
