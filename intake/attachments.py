"""Files that came with a letter: kept outside the database under their hash, never by a sender's name; scanned."""

import hashlib
import os
import re
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path

from intake.clamd import Found, ScannerDown, ScanRefused, scan
from intake.file_types import type_of
from intake.files import File
from models.rules.letters import Attachment
from models.scanned import CLEAN, INFECTED, TOO_LARGE, UNSCANNED
from models.settings_mail import IntakeSettings

_QUARANTINE = "quarantine"
_DIGEST = re.compile(r"[0-9a-f]{64}")


def store(
    files: Sequence[File], attachments: Sequence[Attachment], *, settings: IntakeSettings
) -> tuple[Attachment, ...]:
    """Keep each file, and say of its attachment what it truly is, where it is and whether it is safe.

    It asks the scanner and writes files, so it is called before the transaction that processes the letter. A crash
    between the two leaves at most a file that no row names, which the next try finds there already. A scanner
    that is down loses nothing: the file is kept as ``unscanned``, and ``jobs.scan_attachments`` asks again.

    Raises OSError where the disk refuses; the letter is then tried again.
    """
    is_down = False
    kept = []
    for file, attachment in zip(files, attachments, strict=True):
        digest = hashlib.sha256(file.content).hexdigest()
        known = replace(attachment, content_type=type_of(file.content, file.declared), size=len(file.content))
        if known.size > settings.largest_attachment_bytes:
            kept.append(replace(known, state=TOO_LARGE))
            continue
        state, is_down = _judge(digest, file.content, settings, is_down=is_down)
        if state == INFECTED:
            _lock_away(digest, file.content, settings)
        else:
            _write(_place(settings.attachments, digest), file.content)
        kept.append(replace(known, digest=digest, state=state))
    return tuple(kept)


def rescan(digest: str, settings: IntakeSettings) -> str:
    """Have a stored file looked at again; returns its state, and locks it away when it is infected.

    "" when there is no such file any more. Raises ScannerDown or ScanRefused.
    """
    if is_locked_away(digest, settings):
        return INFECTED
    try:
        content = _place(settings.attachments, digest).read_bytes()
    except FileNotFoundError:
        return ""
    if scan(content, settings) is Found.CLEAN:
        return CLEAN
    _lock_away(digest, content, settings)
    return INFECTED


def is_locked_away(digest: str, settings: IntakeSettings) -> bool:
    """Whether the file is in quarantine, whatever was thought of it when it came."""
    return _place(settings.attachments, digest, is_infected=True).exists()


def content_of(digest: str, settings: IntakeSettings) -> bytes:
    """The bytes of a stored file. Raises FileNotFoundError, also for one in quarantine, which nothing hands out."""
    if is_locked_away(digest, settings):
        raise FileNotFoundError(digest)
    return _place(settings.attachments, digest).read_bytes()


def _judge(digest: str, content: bytes, settings: IntakeSettings, *, is_down: bool) -> tuple[str, bool]:
    """The file's state, and whether the scanner is down: a letter with many files asks it once."""
    if is_locked_away(digest, settings):
        return INFECTED, is_down
    if is_down or not settings.clamd:
        return UNSCANNED, is_down
    try:
        return scan(content, settings).value, False
    except ScanRefused:
        return UNSCANNED, False
    except ScannerDown:
        return UNSCANNED, True


def _lock_away(digest: str, content: bytes, settings: IntakeSettings) -> None:
    _write(_place(settings.attachments, digest, is_infected=True), content)
    with suppress(FileNotFoundError):
        _place(settings.attachments, digest).unlink()


def _place(folder: Path, digest: str, *, is_infected: bool = False) -> Path:
    if not _DIGEST.fullmatch(digest):
        raise ValueError("a digest is 64 hexadecimal digits")
    return (folder / _QUARANTINE if is_infected else folder / digest[:2]) / digest


def _write(path: Path, content: bytes) -> None:
    """Put a file there whole or not at all, for its owner alone (in quarantine: to read only); once is enough."""
    if path.exists():
        return
    _make(path.parent)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix="new-")  # 0600, and unknown to anybody
    with ExitStack() as unless_whole:
        unless_whole.callback(Path(temporary).unlink, missing_ok=True)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fchmod(file.fileno(), 0o400 if path.parent.name == _QUARANTINE else 0o600)
            os.fsync(file.fileno())
        Path(temporary).rename(path)
        unless_whole.pop_all()
    _sync(path.parent)


def _make(folder: Path) -> None:
    """The folder, its owner's alone, and its name on the disk before anything is in it."""
    if folder.is_dir():
        return
    for each in (folder.parent, folder):
        each.mkdir(mode=0o700, parents=True, exist_ok=True)
    _sync(folder.parent)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
