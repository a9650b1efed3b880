"""What of a resident's may stand in no channel, and whether a text holds any of it. Pure.

Names, ways to reach somebody, addresses, the names of attached files, and six words in a row of what they wrote.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

RUN = 6
"""So many words of a letter in a row are the resident's own words; five may meet by chance."""

_WORD = re.compile(r"[^\W_]+")
_EMAIL = re.compile(r"[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_POSTCODE = re.compile(r"\b([A-Z]{1,2}[0-9][A-Z0-9]?) {0,2}([0-9][A-Z]{2})\b", re.IGNORECASE)
_PHONE = re.compile(r"(?<![\d-])(?:\+ ?44|0)(?:[ ().-]{0,3}\d){9,10}(?!\d)")
_STREETS = "road|street|lane|avenue|close|drive|way|court|place|crescent|terrace|gardens|grove|square|house|flats|rd|st"
_ADDRESS = re.compile(rf"\b\d{{1,4}}[a-z]?,? {{1,2}}(?:[^\W\d_]+ {{1,2}}){{1,3}}(?:{_STREETS})\b", re.IGNORECASE)
_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "cllr", "councillor", "sir", "rev", "prof"})
_UNSEEN = re.compile(r"[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")
"""Characters that show nothing: between the letters of a name they would hide it."""
_SHORTEST_NAME = 3
_SHORTEST_FILE = 5


@dataclass(frozen=True)
class Private:
    """What somebody wrote and who they are: their names, how they are reached, their letters, their files' names.

    ``own_words`` are names of officers, which are shown though a resident may bear the same one.
    """

    names: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    letters: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    own_words: tuple[str, ...] = ()

    @cached_property
    def ways_to_reach(self) -> set[str]:
        """Addresses of mail, telephone numbers and postcodes."""
        return _contacts(chain(self.contacts, self.letters))

    @cached_property
    def addresses(self) -> set[str]:
        """Numbers with streets."""
        return _addresses(chain(self.contacts, self.letters))

    @cached_property
    def spoken_letters(self) -> list[str]:
        """The letters' words."""
        return [f" {_spoken(_plain(letter))} " for letter in self.letters]

    @cached_property
    def spoken_own_words(self) -> list[str]:
        """The officers' names."""
        return [_spoken(_plain(own)) for own in self.own_words]


def leak_in(shown: Iterable[str], private: Private) -> str:
    """What of a resident's stands in these texts, in words; "" when nothing does."""
    texts = [_plain(text) for text in shown]
    for text in texts:
        for what, holds in _CHECKS.items():
            if holds(text, private):
                return what
    return ""


def _has_contact(text: str, private: Private) -> bool:
    return not _contacts([text]).isdisjoint(private.ways_to_reach)


def _has_address(text: str, private: Private) -> bool:
    return not _addresses([text]).isdisjoint(private.addresses)


def _has_name(text: str, private: Private) -> bool:
    words = f" {_spoken(text)} "
    return any(_is_said(each, words, private) for name in private.names for each in _ways_to_say(name))


def _is_said(name: str, words: str, private: Private) -> bool:
    return f" {name} " in words and f" {name} " in _without_officers_of_that_name(name, words, private)


def _without_officers_of_that_name(name: str, words: str, private: Private) -> str:
    """Only whole names that hold this one are cut out: an officer's that is part of a resident's hides nobody."""
    for own in private.spoken_own_words:
        if f" {name} " in f" {own} ":
            words = re.sub(rf"\b{own}\b", "|", words)
    return words


def _has_file(text: str, private: Private) -> bool:
    said = text.casefold()
    return any(len(name) >= _SHORTEST_FILE and _plain(name).casefold() in said for name in private.files)


def _has_run(text: str, private: Private) -> bool:
    words = _spoken(text).split()
    runs = {f" {' '.join(words[at : at + RUN])} " for at in range(len(words) - RUN + 1)}
    return bool(runs) and any(run in letter for letter in private.spoken_letters for run in runs)


_CHECKS = {
    "a way to reach the resident": _has_contact,
    "an address": _has_address,
    "the resident’s name": _has_name,
    "the name of an attached file": _has_file,
    "words of a letter": _has_run,
}


def _ways_to_say(name: str) -> Iterator[str]:
    """A name as it is written, turned about, and the last of it after a title or an initial; a lone word as it is."""
    words = [word for word in _spoken(_plain(name)).split() if word not in _TITLES]
    if len(words) > 1:
        yield " ".join(words)
        yield " ".join([words[-1], *words[:-1]])
        yield f"{words[0]} {words[-1]}"
        yield from (f"{title} {words[-1]}" for title in (*_TITLES, words[0][0]))
    elif words and len(words[0]) >= _SHORTEST_NAME:
        yield words[0]


def _contacts(texts: Iterable[str]) -> set[str]:
    """Addresses of mail, telephone numbers and postcodes, each written in one way."""
    found: set[str] = set()
    for text in map(_plain, texts):
        found |= {email.casefold() for email in _EMAIL.findall(text)}
        found |= {_digits(number) for number in _PHONE.findall(text)}
        found |= {f"{out}{back}".casefold() for out, back in _POSTCODE.findall(text)}
    return found


def _digits(number: str) -> str:
    digits = "".join(each for each in number if each.isdigit())
    return digits if digits.startswith("0") else "0" + digits.removeprefix("44").removeprefix("0")


def _addresses(texts: Iterable[str]) -> set[str]:
    return {_spoken(address) for text in texts for address in _ADDRESS.findall(_plain(text))}


def _spoken(text: str) -> str:
    """The words alone, with one space between."""
    return " ".join(_WORD.findall(text.casefold()))


def _plain(text: str) -> str:
    """Without what only looks different, and without what Slack is told instead of &, < and >."""
    text = unicodedata.normalize("NFKC", text).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return _UNSEEN.sub("", text)
