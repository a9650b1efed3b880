"""Awkward letters from other projects' tests, read where they lie beside the checkout; none is copied here."""

import re
import time
from email import message_from_bytes
from email.message import Message
from pathlib import Path

import pytest

from intake.parse import parse

FOLDER = Path(__file__).parents[3] / "shared" / "mail"
LETTERS = [path for path in sorted(FOLDER.rglob("*")) if path.is_file() and path.name != "README.md"]
pytestmark = pytest.mark.skipif(not LETTERS, reason="the folder ../shared/mail is not beside this checkout")


@pytest.mark.parametrize("path", LETTERS, ids=lambda path: path.name)
def test_a_strangers_letter_is_read_soundly(path: Path) -> None:
    raw = path.read_bytes()
    began = time.process_time()
    email = parse(raw)
    assert time.process_time() - began < 2
    said = email.text + email.quoted + email.subject
    said.encode("utf-8")
    assert "\ufffd" not in said or b"\xef\xbf\xbd" in raw
    assert "\0" not in said
    assert email.text.strip() or not holds_words(message_from_bytes(raw))


def holds_words(message: Message) -> bool:
    """Whether the standard library, asked in the plainest way, finds anything to read."""
    texts = [part for part in message.walk() if part.get_content_type() in {"text/plain", "text/html"}]
    payloads = [part.get_payload(decode=True) for part in texts]
    return any(re.sub(rb"<[^>]*>|&nbsp;|\0", b"", raw).strip() for raw in payloads if isinstance(raw, bytes))
