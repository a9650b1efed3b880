"""Awkward letters from other projects' tests, read where they lie beside the checkout; none is copied here."""

import re
import time
from email import message_from_bytes
from email.message import Message
from pathlib import Path

import pytest

from intake.automatic import Automation, automation
from intake.parse import parse, read

FOLDER = Path(__file__).parents[3] / "shared" / "mail"
LETTERS = [path for path in sorted(FOLDER.rglob("*")) if path.is_file() and path.name != "README.md"]
pytestmark = pytest.mark.skipif(not LETTERS, reason="the folder ../shared/mail is not beside this checkout")


@pytest.mark.parametrize("path", LETTERS, ids=lambda path: path.name)
def test_a_strangers_letter_is_read_soundly(path: Path) -> None:
    raw = path.read_bytes()
    began = time.process_time()
    reading = read(raw)
    assert time.process_time() - began < 2
    email = reading.email
    said = email.text + email.quoted + email.subject + email.sender_name + "".join(file.name for file in reading.files)
    said.encode("utf-8")
    assert "\ufffd" not in said or b"\xef\xbf\xbd" in raw
    assert "\0" not in said
    assert email.text.strip() or not holds_words(message_from_bytes(raw))
    assert [(each.name, each.size) for each in email.attachments] == [(f.name, len(f.content)) for f in reading.files]
    assert (email.report is not None) == (automation(email) is Automation.BOUNCE)


REPLIES = [path for path in LETTERS if "standard_replies" in path.name and "android" not in path.name]


@pytest.mark.parametrize("path", REPLIES, ids=lambda path: path.name)
def test_a_reply_of_every_mail_program_is_cut_from_what_it_answers(path: Path) -> None:
    email = parse(path.read_bytes())
    assert len(email.text.split()) == 1  # each of them answers with one word
    assert len(email.quoted.split()) > 1
    assert email.forwarded is None


def holds_words(message: Message) -> bool:
    """Whether the standard library, asked in the plainest way, finds anything to read."""
    texts = [part for part in message.walk() if part.get_content_type() in {"text/plain", "text/html"}]
    payloads = [part.get_payload(decode=True) for part in texts]
    return any(re.sub(rb"<[^>]*>|&nbsp;|\0", b"", raw).strip() for raw in payloads if isinstance(raw, bytes))
