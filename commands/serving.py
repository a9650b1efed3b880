"""Serves a web application in a thread of the program."""

import errno
import socket
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from commands.joining import say_and_stop

if TYPE_CHECKING:
    from fastapi import FastAPI

Stop = Callable[[], None]

_WHAT_TO_SET = {
    errno.EADDRINUSE: "Set {}.port to a port that is free.",
    errno.EACCES: "Set {}.port to one above 1023: those below are the administrator's.",
}
_ANOTHER_HOST = (
    "Set {}.host to an address of this machine: 127.0.0.1 when a web server on it passes requests on, 0.0.0.0 for all "
    "it has."
)

_SECTIONS = {"web": "The web form", "slack": "The door for Slack"}


def serve(web: "FastAPI", host: str, port: int, section: str) -> Stop:
    """Listen, and return what stops it; ends the program with a sentence when that cannot be.

    ``section`` is the part of the settings that says where.
    """
    import uvicorn

    server = uvicorn.Server(uvicorn.Config(web, host=host, port=port, log_level="warning", access_log=False))
    try:
        # uvicorn finds a taken port in its thread, where nobody would hear of it
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listening = socket.create_server((host, port), family=family)
    except OSError as refused:
        what = f"{_SECTIONS[section]} cannot listen at {host}, port {port}: {refused.strerror}."
        say_and_stop(what, hint=_WHAT_TO_SET.get(refused.errno or 0, _ANOTHER_HOST).format(section))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, name=section, daemon=True)
    thread.start()

    def stop() -> None:
        server.should_exit = True
        thread.join(timeout=5)

    return stop
