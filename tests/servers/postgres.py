"""A real PostgreSQL server on a free port, started by whoever needs one and stopped by them."""

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self
from uuid import uuid4

import psycopg
from psycopg import sql

MISSING = "PostgreSQL's server programs are missing; install them with: apt-get install postgresql"


def server_programs() -> Path:
    """The folder of initdb and postgres, which Debian keeps off PATH."""
    asked = subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True, check=False)
    places = [Path(asked.stdout.strip())] if asked.returncode == 0 else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for place in places:
        if (place / "initdb").exists():
            return place
    raise RuntimeError(MISSING)


class Postgres:
    """One server in a temporary folder; ``new_database`` gives each test its own."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="tocsin-pg-", dir=_memory()))
        self._programs = server_programs()
        self._owner = _owner()
        self.port = _free_port()
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> Self:
        """Make the cluster and wait until it answers."""
        if self._owner:
            shutil.chown(self._folder, self._owner)
        data = self._folder / "data"
        self._run("initdb", "-D", data, "-U", "tocsin", "-A", "trust", "-N", "--locale=C.UTF-8", "-E", "UTF8")
        settings = {
            "port": self.port,
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": self._folder,
            "fsync": "off",
            "full_page_writes": "off",
            "wal_level": "minimal",
            "max_wal_senders": 0,
            "shared_buffers": "32MB",  # a database that goes is looked for in all of them
            "max_connections": 60,
        }
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        self._process = subprocess.Popen(
            self._as_owner(self._programs / "postgres", "-D", data, *options),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
        )
        self._await_answer()
        return self

    def stop(self) -> None:
        """Stop the server this object started, and no other."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(timeout=20)
        shutil.rmtree(self._folder, ignore_errors=True)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, no: BaseException | None, tb: TracebackType | None) -> None:
        self.stop()

    def url(self, database: str) -> str:
        """The address of a database, as the settings take it."""
        return f"postgresql://tocsin@127.0.0.1:{self.port}/{database}"

    def new_database(self, template: str | None = None) -> str:
        """A new database, empty or a copy of a template; returns its name."""
        name = f"t{uuid4().hex[:12]}"
        # copied file by file, which takes a third of the time of writing each page to the log
        copy = sql.SQL(" TEMPLATE {} STRATEGY FILE_COPY")
        copied = copy.format(sql.Identifier(template)) if template else sql.SQL("")
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)) + copied)
        return name

    def drop(self, name: str) -> None:
        """Remove a database, whoever is still connected to it."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def _await_answer(self) -> None:
        for _ in range(200):
            with contextlib.suppress(psycopg.OperationalError):
                psycopg.connect(self.url("postgres"), connect_timeout=1).close()
                return
            if self._process is None or self._process.poll() is not None:
                break
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(timeout=0.1)
        raise RuntimeError("PostgreSQL did not start")

    def _run(self, program: str, *arguments: object) -> None:
        subprocess.run(self._as_owner(self._programs / program, *arguments), check=True, capture_output=True, cwd="/")

    def _as_owner(self, program: Path, *arguments: object) -> list[str]:
        words = [str(program), *map(str, arguments)]
        return ["setpriv", f"--reuid={self._owner}", "--clear-groups", *words] if self._owner else words


def _memory() -> str | None:
    """Where files lie in memory, if there is room: to copy a database costs a fifth there. None: the usual place."""
    try:
        free = shutil.disk_usage("/dev/shm").free  # noqa: S108 -- mkdtemp makes a folder of our own in it
    except OSError:
        return None
    return "/dev/shm" if free > 2_000_000_000 and os.access("/dev/shm", os.W_OK) else None  # noqa: S108


def _owner() -> str | None:
    """PostgreSQL refuses root, so as root it runs as the ordinary user Debian made for it."""
    if os.geteuid() != 0:
        return None
    with contextlib.suppress(KeyError):
        return pwd.getpwnam("postgres").pw_name
    return "nobody"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
