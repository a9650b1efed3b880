"""``tocsin run --only intake`` as a process of its own: what keeps letters, and nothing else; it may be killed."""

import json
import os
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.people import OFFICERS
from tests.servers.forked import Running, Streams, start


class IntakeProgram:
    """Reads the mailboxes given, as the settings name them, into a database; ``log`` is where it writes.

    Python is started ``anew`` for it, or it is forked from a process that has done the imports.
    """

    def __init__(self, folder: Path, *, database_url: str, mailboxes: list[dict[str, Any]], anew: bool = True) -> None:
        self._anew = anew
        self.log = folder / "intake.log"
        self._environment = os.environ | {
            "TOCSIN__DATABASE__URL": database_url,
            "TOCSIN__MAILBOXES": json.dumps([_without_password(each) for each in mailboxes]),
            "TOCSIN__OFFICERS": json.dumps(OFFICERS),
            "TOCSIN__INTAKE__ATTACHMENTS": str(folder / "attachments"),
        }
        for number, mailbox in enumerate(mailboxes):
            self._environment[f"TOCSIN__MAILBOXES__{number}__PASSWORD"] = mailbox.get("password", "")
        self._process: Running | None = None
        self._said_before = 0

    def start(self) -> Self:
        """Start it; what it does is seen in the database."""
        self._said_before = len(self.said_ever())
        words = ("run", "--only", "intake")
        self._process = start(words, environment=self._environment, streams=Streams.log(self.log), anew=self._anew)
        return self

    def kill(self) -> None:
        """SIGKILL: no chance to tidy up. The process this object started, and no other."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(10)

    def is_running(self) -> bool:
        """Whether it has said, since it was last started, that it runs."""
        return "running" in self.said_ever()[self._said_before :]

    def said(self) -> str:
        """The end of its log."""
        return self.said_ever()[-3000:]

    def said_ever(self) -> str:
        """Its whole log, of every time it was started."""
        return self.log.read_text(encoding="utf-8") if self.log.exists() else ""

    def most_megabytes(self) -> float:
        """The most memory it has held so far."""
        assert self._process is not None, "it was not started"
        lines = Path(f"/proc/{self._process.pid}/status").read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1000

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, no: BaseException | None, tb: TracebackType | None) -> None:
        self.kill()


def _without_password(mailbox: dict[str, Any]) -> dict[str, Any]:
    """Secrets come one by one, as in a council's own set-up."""
    return {name: value for name, value in mailbox.items() if name != "password"}
