"""The log: one line an event, its data as name=value; never a name, an address or a word of a resident's."""

import logging
import sys

_ORDINARY = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class PlainFormatter(logging.Formatter):
    """Time, level, what happened, and the data that was given with it."""

    def format(self, record: logging.LogRecord) -> str:
        """One line, and a traceback below it when there is one."""
        line = super().format(record)
        data = " ".join(f"{name}={value}" for name, value in vars(record).items() if name not in _ORDINARY)
        head, *rest = line.splitlines()
        return "\n".join([f"{head} {data}".rstrip(), *rest])


def set_up_logging() -> None:
    """Log to standard error. Libraries speak only from warnings up: some log whole payloads below that."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(PlainFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("tocsin").setLevel(logging.INFO)
    # a tick that finds the last one still at work is skipped by design
    logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)
