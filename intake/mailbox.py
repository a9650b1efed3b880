"""An IMAP folder as a box: letters by UID, marked with a keyword or moved once they are kept."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress

from intake.boxes import Arrival, Census, ConnectionLost, ImapAccount, MailboxError, ServerRefused, TokenNotAccepted
from intake.imap_answers import Fetched, fetched_in, uid_set
from intake.imap_connection import KEPT, ImapConnection
from intake.receive import BEGINNING_BYTES

__all__ = ["ImapAccount", "ImapBox"]

SURVEYED_TOGETHER = 500
"""Letters whose sizes are asked for in one question, so that its line stays short."""

FETCHED_TOGETHER = 50
TOGETHER_BYTES = 4_000_000
PIECE_BYTES = 1_000_000
"""A larger letter is fetched alone, in pieces of this size: each answer has a time limit of its own."""

_PERHAPS_ONE_LETTER = (ServerRefused, ConnectionLost)
"""Some servers hang up over a letter they cannot read."""

_GIVE_UP_AFTER = 3


class ImapBox:
    """Letters in one IMAP folder. The connection is made when needed and made again after it breaks.

    A handle is the folder’s UIDVALIDITY and the letter’s UID. When the server renumbers the folder,
    handles from before name nothing any more: the letters come again and the content key makes that nothing.
    """

    def __init__(self, account: ImapAccount) -> None:
        self.name = account.name
        self._account = account
        self._open: ImapConnection | None = None

    def arrivals(self) -> Iterator[Arrival]:
        """Each letter not yet marked kept, by UID: sizes first, then small ones together and large ones in pieces.

        Raises MailboxError; a letter the server will not give does not keep back the rest.
        """
        connection = self._connected()
        waiting, validity = connection.search(self._wanted()), connection.validity
        refusals = _Refusals()
        alone_over = min(PIECE_BYTES, self._account.largest_bytes)
        for start in range(0, len(waiting), SURVEYED_TOGETHER):
            told = self._ask(validity, waiting[start : start + SURVEYED_TOGETHER], "(UID RFC822.SIZE INTERNALDATE)")
            for together in _batches(told, alone_over):
                yield from self._fetch(together, validity, refusals)
        if refusals.last is not None:
            raise refusals.last

    def mark_kept(self, handles: Sequence[str]) -> None:
        """Mark or move letters in one step. Those from before the server renumbered the folder are let be."""
        connection = self._connected()
        named = [handle.partition(":") for handle in handles]
        uids = [int(uid) for validity, _, uid in named if validity == connection.validity]
        if not uids:
            return
        if self._account.when_kept == "move":
            connection.move(uids, self._account.kept_folder)
        else:
            connection.ask("STORE", uid_set(uids), "+FLAGS.SILENT", f"({KEPT})")

    def census(self) -> Census:
        """Count the letters; their handles are told where kept ones stay in the folder."""
        connection = self._connected()
        waiting = connection.search(self._wanted())
        if self._account.when_kept == "move":
            return Census(len(waiting), connection.count(self._account.kept_folder))
        kept = connection.search(f"KEYWORD {KEPT}")
        lying, marked = (frozenset(f"{connection.validity}:{uid}" for uid in uids) for uids in (waiting + kept, kept))
        return Census(len(waiting), len(kept), lying, marked)

    def wait(self, seconds: float) -> None:
        """Return when the server tells of a change, or after ``seconds``. Raises MailboxError when it is gone."""
        self._connected().wait(seconds)

    def close(self) -> None:
        """Log out. Safe to call twice, and on a broken connection."""
        connection, self._open = self._open, None
        if connection is not None:
            connection.close()

    def login_check(self) -> None:
        """Connect, log in, open the folder and log out. Raises MailboxError with what a person should do."""
        self.close()
        self._connected()
        self.close()

    def _wanted(self) -> str:
        return "UNDELETED" if self._account.when_kept == "move" else f"UNKEYWORD {KEPT} UNDELETED"

    def _connected(self) -> ImapConnection:
        if self._open is None or self._open.is_closed:
            self._open = self._connect()
        return self._open

    def _connect(self) -> ImapConnection:
        if self._account.tokens is not None:
            with suppress(TokenNotAccepted):  # a token may be withdrawn before its time: one fresh one is tried
                return ImapConnection(self._account)
            self._account.tokens.forget()
        return ImapConnection(self._account)

    def _ask(self, validity: str, uids: Sequence[int], items: str) -> list[Fetched]:
        """What the server tells of these letters, by UID; nothing once the folder has been renumbered."""
        connection = self._connected()
        if connection.validity != validity:
            return []  # the next look finds the letters again
        asked = frozenset(uids)
        told = fetched_in(connection.ask("FETCH", uid_set(uids), items))
        return sorted((each for each in told if each.uid in asked), key=lambda each: each.uid)

    def _fetch(self, letters: Sequence[Fetched], validity: str, refusals: "_Refusals") -> Iterator[Arrival]:
        """These letters in one answer; those that do not come so, one by one."""
        got: dict[int, bytes] = {}
        if len(letters) > 1:
            with suppress(*_PERHAPS_ONE_LETTER):
                told = self._ask(validity, [each.uid for each in letters], "(UID BODY.PEEK[])")
                got = {each.uid: each.raw for each in told if each.raw is not None}
        for letter in letters:
            raw = got.pop(letter.uid, None)
            if raw is None:
                with refusals.put_up_with():
                    raw = self._fetch_alone(letter, validity)
            if raw is not None:
                is_partial = self._is_too_large(letter)
                size = letter.size or 0 if is_partial else 0
                yield Arrival(f"{validity}:{letter.uid}", raw, letter.arrived_at, size=size, is_partial=is_partial)

    def _fetch_alone(self, letter: Fetched, validity: str) -> bytes | None:
        """A letter piece by piece, or its beginning when it is too large; None if it is gone."""
        raw = bytearray()
        piece_bytes = BEGINNING_BYTES if self._is_too_large(letter) else PIECE_BYTES
        while True:
            told = self._ask(validity, [letter.uid], f"(UID BODY.PEEK[]<{len(raw)}.{piece_bytes}>)")
            piece = next((each.raw for each in told if each.raw is not None), None)
            if piece is None and len(raw) < max(letter.size or 0, 1):
                return None
            raw += piece or b""
            if self._is_too_large(letter) or len(piece or b"") < piece_bytes:
                return bytes(raw)

    def _is_too_large(self, letter: Fetched) -> bool:
        return (letter.size or 0) > self._account.largest_bytes


class _Refusals:
    """Letters the server would not give: they are put up with, and told of when the others have come."""

    def __init__(self) -> None:
        self.last: MailboxError | None = None
        self._lost_in_a_row = 0

    @contextmanager
    def put_up_with(self) -> Iterator[None]:
        """Note a refusal; a line lost again and again is no letter’s fault, and is raised."""
        try:
            yield
        except _PERHAPS_ONE_LETTER as trouble:
            self.last = trouble
            self._lost_in_a_row += isinstance(trouble, ConnectionLost)
            if self._lost_in_a_row >= _GIVE_UP_AFTER:
                raise
        else:
            self._lost_in_a_row = 0


def _batches(letters: Iterable[Fetched], alone_over: int) -> Iterator[list[Fetched]]:
    """Small letters together, as long as one answer holds them; one over so many bytes alone."""
    batch: list[Fetched] = []
    held = 0
    for letter in letters:
        if letter.size is None:
            continue
        if batch and (len(batch) == FETCHED_TOGETHER or held + letter.size > TOGETHER_BYTES):
            yield batch
            batch, held = [], 0
        if letter.size > alone_over:
            if batch:
                yield batch
            yield [letter]
            batch, held = [], 0
        else:
            batch.append(letter)
            held += letter.size
    if batch:
        yield batch
