"""Forms: a message that came through a council's form or call script, its questions taken out and its answers kept.

Our own form's questions are known. Other forms and scripts are told by two or more lines that begin like a question
and end in "?" or ":"; a person who asks one question in passing keeps it.
"""

import re

TOLD_BEFORE = "toldbeforeyes"
"""The word that stands in the text when the form's answer says the council was told before."""

_OURS = re.compile(
    r"^[ \t]*+(what happened|have you told us before|what would put it right|how to reach you)[ \t]*[?:]+[ \t]*",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"^[ \t]*+[•*·–-]?+[ \t]*+("
    r"(?:please )?(?:give|provide|describe|enter|state|tell us)\b"
    r"|(?:what|how|when|where|which|who)(?: \w+)? (?:is|was|are|were|do|did|does|would|can|should|happened|\(if any\))"
    r"|have you|has this|did you"
    r")([^?:\n]{0,100})[?:]+[ \t]*",
    re.IGNORECASE,
)
_SAYS_NOTHING = {"no", "not said"}
"""Answers to whether the council was told before; our own form writes the second for whoever leaves it out."""
_AT_LEAST = 2
"""Questions that make a text a form."""
_OF_EARLIER = re.compile(r"\b(?:before|already|previously|in the past)\b", re.IGNORECASE)
_RECEIVED = re.compile(
    r"^[ \t]*(?:e-?mail|call|form|web ?form|message) received\b.{0,100}$", re.IGNORECASE | re.MULTILINE
)
_BULLET = re.compile(r"(?<![ \t])[ \t]*+•")


def answers(body: str) -> str:
    """What was answered, a "yes" to having told the council before kept as a word; another text as it is."""
    lines = _BULLET.sub("\n•", _RECEIVED.sub("", body)).splitlines()
    is_a_form = sum(_OTHERS.match(line) is not None for line in lines) >= _AT_LEAST
    kept: list[str] = []
    asked = ""
    for line in lines:
        found = _OURS.match(line) or (_OTHERS.match(line) if is_a_form else None)
        if found:
            asked = found[0].strip().lower()
        said = line[found.end() :] if found else line
        kept.append(_answer(asked, said))
        if said.strip() and asked.startswith("have you"):
            asked = ""
    return "\n".join(kept)


def _answer(asked: str, line: str) -> str:
    """What one line says, given the question it stands under."""
    if asked.startswith("how to reach"):
        return ""
    words = line.strip().lower()
    if not _OF_EARLIER.search(asked) or not words:
        return line
    if words.startswith("yes"):
        return f"{TOLD_BEFORE}. {line.strip()[3:].lstrip(' ,.:-')}"
    return "" if words.rstrip(".") in _SAYS_NOTHING else line
