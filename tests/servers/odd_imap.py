"""An IMAP server of one folder that can be as odd as real ones are; for what Dovecot never does."""

import re
import socketserver
from collections.abc import Callable

from tests.servers.serving import Serving

Letters = dict[int, bytes]
Fetch = Callable[[list[int], str], bytes | None]


class OddImap(Serving):
    """``with OddImap(letters) as server``: plain IMAP at ``port``.

    - ``fetch``: given the UIDs and what is asked of them, what to write before “OK”; None hangs up.
      It may raise ``Refuse``. The usual one is ``plain_fetch``.
    - ``before_idle``: a line told after IDLE was asked for and before leave is given.
    """

    def __init__(self, letters: Letters) -> None:
        self.letters = letters
        self.fetch: Fetch = self.plain_fetch
        self.before_idle = b""
        self.marked: set[int] = set()
        self.logins = 0
        self.is_away = False

    def plain_fetch(self, uids: list[int], items: str) -> bytes:
        """What a well-behaved server answers."""
        return b"".join(self.line(uid, items) for uid in uids if uid in self.letters)

    def line(self, uid: int, items: str) -> bytes:
        """One letter's answer."""
        raw = self.letters[uid]
        if "RFC822.SIZE" in items:
            date = b'INTERNALDATE "02-Apr-2026 23:30:00 +0100"'
            return b"* %d FETCH (UID %d RFC822.SIZE %d %s)\r\n" % (uid, uid, len(raw), date)
        where = ""
        if piece := re.search(r"<(\d+)\.(\d+)>", items):
            start, size = int(piece[1]), int(piece[2])
            raw, where = raw[start : start + size], f"<{start}>"
        return b"* %d FETCH (UID %d BODY[]%s {%d}\r\n%s)\r\n" % (uid, uid, where.encode(), len(raw), raw)

    def make_server(self) -> socketserver.TCPServer:
        """One that speaks as this server does."""
        return _Server(("127.0.0.1", 0), _handler_of(self))


class Refuse(Exception):  # noqa: N818 -- what the server does
    """Answer NO."""


class _HangUp(Exception):  # noqa: N818 -- what the server does
    pass


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False


def _uids(given: str) -> list[int]:
    found: list[int] = []
    for run in given.split(","):
        first, _, last = run.partition(":")
        found += range(int(first), int(last or first) + 1)
    return found


def _handler_of(server: OddImap) -> type[socketserver.StreamRequestHandler]:
    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            if server.is_away:
                return
            self.wfile.write(b"* OK ready\r\n")
            while line := self.rfile.readline():
                tag, _, command = line.decode().strip().partition(" ")
                try:
                    self.wfile.write(self._answer(command) + f"{tag} OK done\r\n".encode())
                except Refuse:
                    self.wfile.write(f"{tag} NO not that one\r\n".encode())
                except _HangUp:
                    return
                if command == "LOGOUT":
                    return

        def _answer(self, command: str) -> bytes:
            if command == "IDLE":
                self.wfile.write(server.before_idle + b"+ idling\r\n")
                self.rfile.readline()
                return b""
            if command.startswith("LOGIN"):
                server.logins += 1
            plain = {
                "CAPABILITY": b"* CAPABILITY IMAP4rev1 IDLE\r\n",
                "SELECT": b"* %d EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n" % len(server.letters),
            }
            word, _, rest = command.partition(" ")
            return _uid(server, *rest.split(" ", 2)) if word == "UID" else plain.get(word, b"")

    return Handler


def _uid(server: OddImap, verb: str, which: str, items: str = "") -> bytes:
    if verb == "SEARCH":
        waiting = sorted(set(server.letters) - server.marked)
        return f"* SEARCH {' '.join(map(str, waiting))}\r\n".encode()
    if verb == "STORE":
        server.marked |= set(_uids(which))
        return b""
    said = server.fetch(_uids(which), items)
    if said is None:
        raise _HangUp
    return said
