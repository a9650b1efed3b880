"""The command line as people use it: a process of its own, with a council's settings in the environment."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.people import OFFICERS

ROOT = Path(__file__).parent.parent.parent


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
        ours = {name: value for name, value in os.environ.items() if not name.startswith("TOCSIN")}
        box = {"kind": "maildir", "name": "complaints", "path": str(folder / "mail")}
        self.environment = ours | {
            "TOCSIN__DATABASE__URL": f"sqlite:///{folder / 'tocsin.db'}",
            "TOCSIN__MAILBOXES": json.dumps([box]),
            "TOCSIN__SMTP__FOLDER": str(folder / "letters"),
            "TOCSIN__INTAKE__ATTACHMENTS": str(folder / "attachments"),
            "TOCSIN__CLASSIFIER__ARTEFACT": str(folder / "no model"),
            "TOCSIN__OFFICERS": json.dumps(OFFICERS),
        }

    def run(self, *words: object, stdin: bytes = b"", **environment: object) -> Ran:
        """Run “tocsin” with these words; further settings by name, such as ``WEB__PORT=1``."""
        settings = {f"TOCSIN__{name}": str(value) for name, value in environment.items()}
        done = subprocess.run(
            [sys.executable, "-m", "tocsin", *map(str, words)],
            cwd=ROOT,
            env=self.environment | settings,
            input=stdin,
            capture_output=True,
            timeout=120,
            check=False,
        )
        return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())
