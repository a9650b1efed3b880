"""Case references: written with a check letter, so that a slip of the pen finds no other case."""

import re

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_PATTERN = re.compile(r"\bT(\d{2})-(\d{5,})-([A-Z])\b", re.IGNORECASE)


def make_reference(number: int, year: int) -> str:
    """The reference of the case with that number, such as ``T26-00042-K``."""
    return f"T{year % 100:02d}-{number:05d}-{_check_letter(number, year % 100)}"


def find_references(text: str) -> tuple[str, ...]:
    """Every well-formed reference in a text, in order, each once."""
    found = (
        make_reference(int(number), int(year))
        for year, number, letter in _PATTERN.findall(text)
        if _check_letter(int(number), int(year)) == letter.upper()
    )
    return tuple(dict.fromkeys(found))


def _check_letter(number: int, year: int) -> str:
    return _LETTERS[(year * 1_000_003 + number * 7) % len(_LETTERS)]
