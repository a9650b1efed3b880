"""Whether two letters of one person are about the same matter, told by the rarer words both have.

Only letters of one person are compared, and people seldom write about two matters in a year, so the rule need not be
sharp; but it must not take a name, an address or "Please could you" for a matter. What is the writer's own is left
out, and so are the words that stand in one letter of fifty: bin, road, council, week. What remains names a matter:
wardrobe, Larkfield, inhaler.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from models.rules.likeness import WRITERS_OWN, is_short_line
from models.rules.references import find_references

LONGEST = 4_000
"""Characters of a letter that are compared: few are longer, and have named their matter by then."""

FEWEST_SHARED = 2
"""Rarer words in common. One alone is often the street somebody lives in."""

SHARE = 0.15
"""The least part of the shorter letter's rarer words that the other must have.

Of pairs in the starter corpus on one matter, each told by somebody else in other words, 26 in 100 pass, and one person
repeats more of their own words; of pairs on different matters of one service 1.1 in 100 do, of any two 0.2. At 0.10
that is 30, 1.8 and 0.5; at 0.25 it is 19, 0.5 and 0.1.
"""

_WORD = re.compile(r"[^\W\d_][^\W\d_']+|(?<!\d)[1-9]\d{4,}")
"""Words, and numbers such as a job's; a telephone number begins with nought and is the writer's own."""

_COMMON = frozenset(
    """
    about across after again ago all and another answer any anyone anything april are ask asked asking august away
    back bags bank because been before behind being between bin bins both broken bus but call caller came can cant
    car care children close closed come coming complaint could council court cut date daughter day days dear details
    did does dog done dont door down each eleven email end every faithfully february find first five flat floor for
    form found four friday from front full garden gate gave get give goes going gone good got green had half
    happened has have hello her here him his home hours house housing how into isnt its ive january job july june
    just kids know lady lane last left let letter light like list long look made make man manager march may minutes
    monday month months more morning moved mrs mum name need needs neighbour never new next night nine nobody not
    nothing notice now number off office officer old one only open order other our out outside over own paid park
    past path pavement pay people person phone place please post put rang read reply report reported request right
    ring road room round said same saturday say says school second see send sent september she should side sign
    since sir six some somebody someone son still stop street sunday take taken team tell ten than thank thanks that
    the their them then there they think this thought three through thursday time times today told took top tuesday
    twice two under until use van very walk wall want wants was waste water way week weeks well went were weve what
    when where whether which who why will window with within without work working would write writing wrong wrote
    year years yet you your yours
    """.split()  # noqa: SIM905 -- as a list it would be longer than the rule
)
"""Words in more than 2 in 100 messages of the starter corpus."""

_COMMON_IN_WELSH = frozenset(
    """
    annwyl arall ateb bin biniau blaen blwyddyn bob bod bydd byth cael cafodd cefais chi chwi cofion cwyn cyfeiriad
    cyn cyngor daeth dal dan ddaeth ddim diolch diwrnod dod dweud dydd dydi ebost efo eich ein eisoes enw eraill
    erbyn ers eto fel felly ffonio ffordd fis flwyddyn fod fydd gael gallwch galw gan gofion gofyn gorau gwaith
    gweld gwneud gwyn gwyno gyda gyngor gywir heb hefyd heol hon honno hwn hyd hynny iawn llawer mae maent mewn min
    mis mor mynd nac nad neb neu nghyngor nhw nid oedd oes oherwydd ond pam pan parch plant pob pobl pryd rhaid rhif
    rhwng roedd rwy rwyf rydw rydym stryd sut sydd syr trwy tua tŷ unrhyw unwaith wedi wrth wyf wythnos ychydig ydw
    ydy ydyw yma yna yno ysgrifennu yw
    """.split()  # noqa: SIM905 -- the same
)


@dataclass(frozen=True)
class Earlier:
    """An earlier case of the same person, and the beginning of the letter that opened it."""

    number: int
    reference: str
    is_open: bool
    subject: str
    text: str


@dataclass(frozen=True)
class Before:
    """Of the earlier cases on the same matter: the numbers of those that are open, newest first, and of the others."""

    open: tuple[int, ...] = ()
    closed: tuple[int, ...] = ()


@dataclass(frozen=True)
class Matter:
    """What a letter is compared by: its rarer words, and the council's references it names."""

    words: frozenset[str]
    references: frozenset[str]


def matter_of(subject: str, text: str, *, writer: str = "") -> Matter:
    """A letter's matter; ``writer`` is the name of who wrote it, which says nothing of the matter."""
    body = _without_own("\n".join(line.strip() for line in text[:LONGEST].splitlines()))
    words = _words(f"{subject[:LONGEST]}\n{body}") - _words(writer)
    return Matter(words, frozenset(find_references(f"{subject[:LONGEST]}\n{text[:LONGEST]}")))


def before(letter: Matter, earlier: Iterable[Earlier], *, writer: str = "") -> Before:
    """Which of a person's earlier cases, newest first, are on the matter of a letter."""
    same = [case for case in earlier if is_same(letter, _matter_of_case(case, writer))]
    return Before(
        open=tuple(case.number for case in same if case.is_open),
        closed=tuple(case.number for case in same if not case.is_open),
    )


def is_same(one: Matter, other: Matter) -> bool:
    """Whether two letters of one person name one case, or share enough of their rarer words."""
    shared = len(one.words & other.words)
    fewer = min(len(one.words), len(other.words))
    return not one.references.isdisjoint(other.references) or (shared >= FEWEST_SHARED and shared >= SHARE * fewer)


def _matter_of_case(case: Earlier, writer: str) -> Matter:
    matter = matter_of(case.subject, case.text, writer=writer)
    return replace(matter, references=matter.references | {case.reference})


def _words(text: str) -> frozenset[str]:
    plain = text.lower().replace("’", "'").replace("'s", "").replace("'", "")
    return frozenset(word for word in _WORD.findall(plain) if len(word) > 2) - _COMMON - _COMMON_IN_WELSH


def _without_own(body: str) -> str:
    """Without the greeting, who they are and where they live, and the short lines at the end: name, street, town."""
    lines = body.splitlines()
    while lines and (not lines[-1] or is_short_line(lines[-1])):
        lines.pop()
    kept = "\n".join(lines) or body  # a letter of short lines only is all matter
    for own in WRITERS_OWN:
        kept = own.sub(" ", kept)
    return kept
