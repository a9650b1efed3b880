"""A real clamd on loopback that knows one virus: EICAR's harmless test file."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import threading
from contextlib import suppress
from pathlib import Path
from typing import Self

from intake.clamd import TEST_VIRUS, ScannerDown, version
from models.settings_mail import IntakeSettings
from tests.servers.smtp import free_port

CONFIG = """
Foreground yes
DatabaseDirectory {here}/signatures
LogFile {here}/clamd.log
LocalSocket {here}/clamd.sock
TCPSocket {port}
TCPAddr 127.0.0.1
User {user}
StreamMaxLength {largest}
ConcurrentDatabaseReload no
"""


class Clamd:
    """``with Clamd() as scanner``: it listens at ``place`` (host:port) and at ``path`` (a socket)."""

    def __init__(self, *, largest: int = 25_000_000) -> None:
        self.largest = largest

    def __enter__(self) -> Self:
        program = shutil.which("clamd", path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")
        if program is None:
            raise RuntimeError("clamd is not installed: apt-get install clamav-daemon")
        self.here = Path(tempfile.mkdtemp(prefix="clamd-"))
        self.path = str(self.here / "clamd.sock")
        try:
            self._start(program)
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    @property
    def place(self) -> str:
        """Where it listens on loopback, as the settings say it."""
        return f"127.0.0.1:{self.port}"

    def _start(self, program: str) -> None:
        # run by root it would give up root, so its folder is its own
        user = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
        (self.here / "signatures").mkdir()
        (self.here / "signatures" / "test.ndb").write_text(f"Test.Eicar:0:*:{TEST_VIRUS.hex()}\n")
        self.port = free_port()
        config = CONFIG.format(here=self.here, port=self.port, user=user.pw_name, largest=self.largest)
        (self.here / "clamd.conf").write_text(config)
        for path in (self.here, *self.here.rglob("*")):
            os.chown(path, user.pw_uid, user.pw_gid)
        quiet = subprocess.DEVNULL
        self.process = subprocess.Popen(
            [program, "-c", str(self.here / "clamd.conf")], stdout=quiet, stderr=quiet, start_new_session=True
        )
        self._wait()

    def _wait(self) -> None:
        settings = IntakeSettings(clamd=self.place, clamd_timeout_seconds=5)
        for _ in range(400):
            with suppress(ScannerDown):
                version(settings)
                return
            if self.process.poll() is not None:
                break
            threading.Event().wait(0.05)
        log = self.here / "clamd.log"
        raise RuntimeError(f"clamd did not start: {log.read_text() if log.exists() else 'no log'}")

    def _stop(self) -> None:
        if hasattr(self, "process"):
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(timeout=10)
        shutil.rmtree(self.here, ignore_errors=True)
