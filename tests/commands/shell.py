"""The command line as people use it: a process for each command, with a council's settings in its environment."""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.people import OFFICERS
from tests.servers.forked import Streams, start


@dataclass(frozen=True)
class Ran:
    """What a command did: its exit code, and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[dict[str, Any]]:
        """The answer as JSON, one object a line."""
        return [json.loads(line) for line in self.out.splitlines()]

    def is_civil(self) -> bool:
        """No traceback, whatever happened."""
        return "Traceback" not in self.out + self.err


class Shell:
    """Runs commands for a council whose things lie in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = folder / "tocsin.db"
        ours = {name: value for name, value in os.environ.items() if not name.startswith("TOCSIN")}
        box = {"kind": "maildir", "name": "complaints", "path": str(folder / "mail")}
        self.environment = ours | {
            "TOCSIN__DATABASE__URL": f"sqlite:///{self.database}",
            "TOCSIN__MAILBOXES": json.dumps([box]),
            "TOCSIN__SMTP__FOLDER": str(folder / "letters"),
            "TOCSIN__INTAKE__ATTACHMENTS": str(folder / "attachments"),
            "TOCSIN__CLASSIFIER__ARTEFACT": str(folder / "no model"),
            "TOCSIN__OFFICERS": json.dumps(OFFICERS),
        }

    def run(self, *words: object, stdin: bytes = b"", **environment: object) -> Ran:
        """Run “tocsin” with these words; further settings by name, such as ``WEB__PORT=1``."""
        return self._run(words, stdin, environment, anew=False)

    def run_anew(self, *words: object, **environment: object) -> Ran:
        """The same by a Python that is started for it and has imported nothing yet."""
        return self._run(words, b"", environment, anew=True)

    def _run(self, words: tuple[object, ...], stdin: bytes, settings: dict[str, object], *, anew: bool) -> Ran:
        environment = self.environment | {f"TOCSIN__{name}": str(value) for name, value in settings.items()}
        with TemporaryDirectory() as folder:
            streams = Streams(*(Path(folder, name) for name in Streams._fields))
            streams.given.write_bytes(stdin)
            process = start([*map(str, words)], environment=environment, streams=streams, anew=anew)
            try:
                code = process.wait(120)
            finally:
                process.kill()
            return Ran(code, streams.out.read_text(), streams.err.read_text())
