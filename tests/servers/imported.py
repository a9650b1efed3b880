"""What ``tocsin run`` imports, once, in the process that ``forked`` forks programs from."""

import gc
import importlib
import os

MODULES = (
    "alembic.command",
    "bot.app",
    "commands.joining_slack",
    "commands.run",
    "intake.web.app",
    "jobs.ticking",
    "jobs.transports.email",
    "jobs.transports.slack",
    "jobs.watch_mailbox",
    "skops.io",
    "sqlalchemy.dialects.postgresql.psycopg",
    "sqlalchemy.dialects.sqlite.pysqlite",
)

os.environ |= {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}  # whoever forks may have no threads
for name in MODULES:
    importlib.import_module(name)


def _make_the_patterns() -> None:
    """A hundred thousand rows of words, which every program would make anew from the same patterns."""
    from classifier.reading import Reader
    from classifier.signals import signals_in

    signals_in(Reader().read("", "warm"), ())


_make_the_patterns()
gc.freeze()  # what never changes is left where it lies, and not copied into every program
