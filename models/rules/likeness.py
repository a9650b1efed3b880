"""How alike two letters are, and the fingerprints by which near-identical ones are found among a hundred thousand.

A campaign's letters share their sentences and differ in who signs them. So what is each writer's own is left out
first: greeting, signature, address, postcode, dates and numbers. What remains is a set of runs of three words.
Two letters are as alike as the share of runs they have in common (Jaccard); equal ones are 1, strangers near 0.

Fingerprints are minimal hashes (Broder, *On the resemblance and containment of documents*, 1997): each of 18 points
on the ring of 32-bit numbers picks the first run that follows it, and two letters agree on a pick as often as they
are alike. Three picks make a band. Letters that share one of six bands are candidates, to be compared in full:
of pairs alike by 0.8 that finds 98 in 100, by 0.9 all but 4 in 10,000, and of pairs alike by 0.2 it brings 5.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass
from hashlib import blake2b
from struct import pack
from zlib import crc32

FEWEST_WORDS = 25
"""Letters with fewer words of substance are alike by chance."""

BANDS = 6
"""Fingerprints of a letter."""

_RUN = 3
_ROWS = 3
_LONGEST = 50_000
_RING = 1 << 32
_POINTS = tuple(place * _RING // (BANDS * _ROWS) for place in range(BANDS * _ROWS))

_MONTHS = "january february march april june july august september october november december"
_DAYS = "monday tuesday wednesday thursday friday saturday sunday"
_LEFT_OUT = frozenset((_MONTHS + " " + _DAYS).split())
"""“May” is a word of its own far more often than a month."""

_GREETING = re.compile(
    r"^[ \t]*(?:dear|hello|hi|good (?:morning|afternoon|evening)|to whom it may concern)\b[^\n,:;.!]{0,60}[,:;.!]?",
    re.IGNORECASE | re.MULTILINE,
)
_SIGNATURE = re.compile(
    r"^[ \t]*(?:yours (?:sincerely|faithfully|truly)|(?:(?:kind|best|warm)(?:est)? )?(?:regards|wishes)|many thanks)\b"
    r"[^\n]{0,100}",
    re.IGNORECASE | re.MULTILINE,
)
_WHO = re.compile(
    r"\b(?i:my (?:full )?name is|i am called|my (?:home )?address is|i (?:live|reside) (?:at|in|on))\b"
    r"(?:,? (?:the )?[A-Z\d][\w'’-]*){1,8}"
)
"""Who they are and where they live, as far as the words begin with a capital or a figure."""

_STREET = re.compile(
    r"\b\d{1,4}[a-z]?,? (?:\w[\w'’-]* ){1,3}?"
    r"(?:road|street|lane|avenue|close|drive|way|place|court|gardens|terrace|crescent|grove|hill|rd|st|ave)\b",
    re.IGNORECASE,
)
WRITERS_OWN = (_GREETING, _SIGNATURE, _WHO, _STREET)
"""What each writer's letter has of its own, wherever it stands."""

_SHORT_LINE = re.compile(r"^[ \t]*[^\s.!?]+(?:[ \t]+[^\s.!?]+){0,5}[ \t]*$", re.MULTILINE)
"""A line of at most six words that ends no sentence: part of an address, a name, a date, a heading."""

_NO_WORD = re.compile(r"[\d@/]")
"""What is in a number, a date, a postcode, an address of email or of a page."""

_AROUND = ".,;:!?\"'()[]<>*-_“”‘’–—…•"


@dataclass(frozen=True)
class Prints:
    """A letter as it is compared: its fingerprints, as signed 64-bit integers, and the hashes of its runs of words."""

    bands: tuple[int, ...]
    runs: frozenset[int]


def prints(text: str) -> Prints | None:
    """What a letter is found and compared by; None when it is too short to say anything."""
    words = _words(text)
    if len(words) < FEWEST_WORDS:
        return None
    runs = _runs(words)
    ring = sorted(runs)
    picks = [ring[bisect_left(ring, point) % len(ring)] for point in _POINTS]
    return Prints(tuple(_band(number, picks[number::BANDS]) for number in range(BANDS)), runs)


def likeness(one: str, other: str) -> float:
    """How alike two letters are, from 0 to 1."""
    return in_common(runs_of(one), runs_of(other))


def runs_of(text: str) -> frozenset[int]:
    """The hashes of a letter's runs of words."""
    return _runs(_words(text))


def is_short_line(line: str) -> bool:
    """Whether a line is of at most six words and ends no sentence, as in an address or below a letter."""
    return _SHORT_LINE.fullmatch(line) is not None


def in_common(one: frozenset[int], other: frozenset[int]) -> float:
    """The share of two letters' runs that both have; 1 when neither has any."""
    both = len(one & other)
    either = len(one) + len(other) - both
    return both / either if either else 1.0


def _words(text: str) -> list[str]:
    """A letter's words in small letters, without what is its writer's own."""
    kept = text[:_LONGEST].replace("\r", "")
    for own in (*WRITERS_OWN, _SHORT_LINE):
        kept = own.sub(" ", kept)
    bare = [each.strip(_AROUND) for each in kept.lower().replace("’", "'").split() if not _NO_WORD.search(each)]
    return [word for word in bare if word and word not in _LEFT_OUT]


def _runs(words: list[str]) -> frozenset[int]:
    if len(words) < _RUN:
        return frozenset({crc32(" ".join(words).encode())} if words else ())
    return frozenset(
        crc32(f"{first} {second} {third}".encode())
        for first, second, third in zip(words, words[1:], words[2:], strict=False)
    )


def _band(number: int, picks: list[int]) -> int:
    digest = blake2b(pack(f">{1 + _ROWS}I", number, *picks), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
