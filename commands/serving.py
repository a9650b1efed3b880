"""Serves a web application in a thread of the program."""

import socket
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from commands.joining import say_and_stop

if TYPE_CHECKING:
    from fastapi import FastAPI

Stop = Callable[[], None]

_SECTIONS = {"web": "The web form", "slack": "The door for Slack"}


def serve(web: "FastAPI", host: str, port: int, section: str) -> Stop:
    """Listen, and return what stops it; ends the program with a sentence when the port is taken.

    ``section`` is the part of the settings that says where.
    """
    import uvicorn

    server = uvicorn.Server(uvicorn.Config(web, host=host, port=port, log_level="warning", access_log=False))
    try:
        # uvicorn finds a taken port in its thread, where nobody would hear of it
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listening = socket.create_server((host, port), family=family)
    except OSError as taken:
        say_and_stop(
            f"{_SECTIONS[section]} cannot listen at {host}, port {port}: {taken.strerror}.",
            hint=f"Set {section}.port to a port that is free.",
        )
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, name=section, daemon=True)
    thread.start()

    def stop() -> None:
        server.should_exit = True
        thread.join(timeout=5)

    return stop
