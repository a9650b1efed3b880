"""The real program as a process of its own: started, killed, started again, its clock moved."""

import json
import os
import time
import urllib.request
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from demo.slack import SlackStandIn
from models.clock import Clock
from tests.people import OFFICERS
from tests.servers.forked import Running, Streams, start
from tests.servers.smtp import free_port


class Program:
    """``tocsin run`` with settings from the environment; ``log`` is where it writes."""

    def __init__(self, folder: Path, *, slack: SlackStandIn, database_url: str, extra: dict[str, str]) -> None:
        self.log = folder / "program.log"
        self.web_port = free_port()
        self._clock = Clock(folder / "clock")
        self.environment = os.environ | {
            "TOCSIN__DATABASE__URL": database_url,
            "TOCSIN__SLACK__API_URL": slack.url,
            "TOCSIN__SLACK__BOT_TOKEN": slack.bot_token,
            "TOCSIN__SLACK__APP_TOKEN": slack.app_token,
            "TOCSIN__CLOCK__OFFSET_FILE": str(folder / "clock"),
            "TOCSIN__OFFICERS": json.dumps(OFFICERS),
            "TOCSIN__WEB__PORT": str(self.web_port),
            "TOCSIN__JOBS__TICK_SECONDS": "0.2",
            "TOCSIN__JOBS__SWEEP_SECONDS": "0.3",
            "TOCSIN__JOBS__LEASE_SECONDS": "2",
            **extra,
        }
        self._process: Running | None = None

    def start(self, *arguments: str, anew: bool = True) -> Self:
        """Start it and wait until its web form answers; ``anew``: by a Python of its own, not forked from one."""
        self._process = start(
            ("run", *arguments), environment=self.environment, streams=Streams.log(self.log), anew=anew
        )
        wait_until(self._answers, 60, lambda: f"the program did not start:\n{self.log.read_text()[-2000:]}")
        return self

    def kill(self) -> None:
        """SIGKILL: no chance to tidy up."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(10)

    def stop(self) -> int:
        """Ask it to end, as a service manager does; its exit code."""
        assert self._process is not None, "it was not started"
        self._process.terminate()
        return self._process.wait(15)

    def move_clock(self, instant: datetime) -> None:
        """Make it that instant for the program."""
        self._clock.move_to(instant)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, no: BaseException | None, tb: TracebackType | None) -> None:
        self.kill()

    def _answers(self) -> bool:
        assert self._process is not None
        if self._process.poll() is not None:
            return False
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.web_port}/healthz", timeout=1) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False


def wait_until(condition: object, seconds: float, complaint: object = "it did not happen in time") -> None:
    """Wait until a condition holds; fail with the complaint when it does not in time."""
    assert callable(condition)
    give_up = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < give_up, complaint() if callable(complaint) else complaint
        time.sleep(0.05)
