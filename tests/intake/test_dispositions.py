"""The page on awkward mail says what becomes of it today."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "dispositions.md"
MAIL = ROOT.parent / "shared" / "mail"


@pytest.fixture(scope="module")
def tables() -> str:
    if not MAIL.is_dir():
        pytest.skip("the folder ../shared/mail is not beside this checkout")
    made = subprocess.run(
        [sys.executable, "tools/dispositions"], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
    )
    assert made.returncode == 0, made.stderr[-2000:]
    return made.stdout


@pytest.mark.slow
def test_the_page_holds_what_becomes_of_awkward_mail(tables: str) -> None:
    assert tables in PAGE.read_text(encoding="utf-8"), "run: .venv/bin/python tools/dispositions --write"


@pytest.mark.slow
def test_no_awkward_message_is_lost_raises_or_is_spoiled(tables: str) -> None:
    headings, _, *rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in tables.splitlines()[:8]]
    every = dict(zip(headings, rows[-1], strict=True))
    assert every["folder"] == "all"
    files = int(every["files"])
    became = sum(int(every[name]) for name in ("cases", "follow-ups", "held", "ignored", "the same again"))
    assert became == files == int(every["one as LF, CRLF, CR"])
    assert (every["lost"], every["exceptions"]) == ("0", "0")
    assert every["blank text"].endswith("+ 0"), "words that the standard library finds were not read"
    assert every["U+FFFD"].endswith("+ 0"), "a replacement character that the bytes do not force"
