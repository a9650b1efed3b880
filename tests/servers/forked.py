"""``tocsin`` as a process of its own in a tenth of a second: forked from one that has imported what it needs.

Its environment, output, signals and end are its own, as if it were started anew; only the imports are not done again.
"""

import multiprocessing
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

ROOT = Path(__file__).parent.parent.parent
IMPORTED = "tests.servers.imported"

FORKS = multiprocessing.get_context("forkserver")
"""Where a test that wants processes gets them: forked from one that did the imports and has no threads."""
FORKS.set_forkserver_preload([IMPORTED])


class Running(Protocol):
    """A process, as ``subprocess.Popen`` has it."""

    @property
    def pid(self) -> int:
        """Its number."""
        ...

    def poll(self) -> int | None:
        """Its exit code, once it has ended."""
        ...

    def kill(self) -> None:
        """SIGKILL."""
        ...

    def terminate(self) -> None:
        """SIGTERM."""
        ...

    def wait(self, timeout: float | None = None, /) -> int:
        """Wait for its end; its exit code. Raises ``subprocess.TimeoutExpired`` after so many seconds."""
        ...


class Streams(NamedTuple):
    """The files that a program reads and writes; what it writes is added."""

    out: Path
    err: Path
    given: Path = Path(os.devnull)

    @classmethod
    def log(cls, path: Path) -> "Streams":
        """Everything is written to one file, and nothing read."""
        return cls(path, path)


class Forked:
    """``python -m tocsin`` with these words."""

    def __init__(self, words: Sequence[str], *, environment: Mapping[str, str], streams: Streams) -> None:
        given = (list(words), dict(environment), streams)
        self._process = FORKS.Process(target=_live, args=given, daemon=True)
        self._process.start()
        self.kill, self.terminate = self._process.kill, self._process.terminate

    @property
    def pid(self) -> int:
        """Its number."""
        return self._process.pid or 0

    def poll(self) -> int | None:
        """Its exit code, once it has ended."""
        return self._process.exitcode

    def wait(self, timeout: float | None = None, /) -> int:
        """Wait for its end; its exit code. Raises ``subprocess.TimeoutExpired`` after so many seconds."""
        self._process.join(timeout)
        code = self._process.exitcode
        if code is None:
            raise subprocess.TimeoutExpired("tocsin", timeout or 0)
        return code


def start(words: Sequence[str], *, environment: Mapping[str, str], streams: Streams, anew: bool) -> Running:
    """``python -m tocsin`` with these words, by a Python that is started anew or forked from one that runs."""
    if not anew:
        return Forked(words, environment=environment, streams=streams)
    command = [sys.executable, "-m", "tocsin", *words]
    with streams.given.open("rb") as given, streams.out.open("ab") as out, streams.err.open("ab") as err:
        return subprocess.Popen(command, cwd=ROOT, env=dict(environment), stdin=given, stdout=out, stderr=err)


def _live(words: list[str], environment: dict[str, str], streams: Streams) -> None:
    """What ``python -m tocsin`` does once Python has started."""
    assert IMPORTED in sys.modules, "the imports were not done before the fork"
    assert len([*Path(f"/proc/{os.getppid()}/task").iterdir()]) == 1, "a fork of a process with threads may hang"
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(ROOT)
    _connect(streams)
    import tocsin

    tocsin.main(words, prog_name="tocsin")


def _connect(streams: Streams) -> None:
    adding = os.O_WRONLY | os.O_APPEND | os.O_CREAT
    for number, (path, how) in enumerate([(streams.given, os.O_RDONLY), (streams.out, adding), (streams.err, adding)]):
        file = os.open(path, how)
        os.dup2(file, number)
        os.close(file)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 -- multiprocessing had put an empty one there
