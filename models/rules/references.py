"""Case references: written with a check letter, so that a slip of the pen finds no other case."""

import re

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_PRIME = 23
_PATTERN = re.compile(r"(?<![A-Za-z0-9])T([0-9]{2})-([0-9]{5,9})-([A-Z])(?![A-Za-z0-9])", re.IGNORECASE)


def make_reference(number: int, year: int) -> str:
    """The reference of the case with that number, such as ``T26-00042-X``."""
    return f"T{year % 100:02d}-{number:05d}-{_check_letter(number, year % 100)}"


def find_references(text: str) -> tuple[str, ...]:
    """Every well-formed reference in a text, in order, each once."""
    found = (
        make_reference(int(number), int(year))
        for year, number, letter in _PATTERN.findall(text)
        if _check_letter(int(number), int(year)) == letter.upper()
    )
    return tuple(dict.fromkeys(found))


def find_mistyped(text: str) -> str | None:
    """The first that is written like a reference and whose letter does not agree with its figures."""
    for year, number, letter in _PATTERN.findall(text):
        if _check_letter(int(number), int(year)) != letter.upper():
            return f"T{year}-{number}-{letter.upper()}"
    return None


def _check_letter(number: int, year: int) -> str:
    """A weight of its own for every place, modulo a prime: one wrong digit, or two changed about, always shows."""
    digits = [int(digit) for digit in f"{year:02d}{number:09d}"]
    return _LETTERS[sum(place * digit for place, digit in enumerate(digits, start=2)) % _PRIME]
