"""Attachments that came while the virus scanner was down, or before there was one, are scanned later."""

from intake.attachments import rescan
from intake.clamd import ScannerDown, ScanRefused
from jobs.parts import Parts
from models.db import reading, writing
from models.scanned import letters_to_scan, note_scanned

_AT_ONCE = 20


def scan_unscanned(parts: Parts) -> bool:
    """Scan the attachments of the next few letters that have unscanned ones. True: there may be more.

    Nothing of the database is open while the scanner works. A file it refuses, or that is gone, is left alone
    for an hour (``again_at`` in its row), so that it holds up nothing; a scanner that is down ends the round.
    """
    if not parts.settings.intake.clamd:
        return False
    now = parts.clock.now()
    with reading(parts.engine) as session:
        waiting = letters_to_scan(session, now=now)
    for letter_id, case_id, digests in waiting[:_AT_ONCE]:
        try:
            states = {digest: _state_of(digest, parts) for digest in digests}
        except ScannerDown:
            return False
        with writing(parts.engine) as session:
            note_scanned(session, letter_id, case_id, states, now=now)
    return len(waiting) > _AT_ONCE


def _state_of(digest: str, parts: Parts) -> str:
    """Its state, or "" where it cannot be told now. Raises ScannerDown."""
    try:
        return rescan(digest, parts.settings.intake)
    except ScanRefused:
        return ""
