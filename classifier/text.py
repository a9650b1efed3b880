"""Cleaned text: one subject and one body made into plain lower-case words the matchers and the model read.

What a person wrote is kept; what a form, a mail program or a machine added is
taken out. Anything may arrive here (nothing, a megabyte, HTML, another script),
so every step is bounded and none can raise.
"""

import html
import re
import unicodedata
from collections.abc import Sequence

from classifier.forms import answers

RAW_LIMIT = 100_000
"""Characters of a body that are looked at before cleaning; a letter of ten pages has about 30,000."""
LIMIT = 20_000
"""Characters of cleaned text that are kept."""

REFERENCE = "refnumber"
"""The word that stands in the cleaned text for any long number."""

_REPORT_LINK = re.compile(r"\bhttps?://\S{1,100}/(?:reports?|cases?|requests?)/\d+\S*", re.IGNORECASE)
_NAMED_NUMBER = re.compile(
    r"\b(ref|reference|case|job|ticket|log|report|request|enquiry|incident|sr)"
    r"([ \t]*+(?:no|number|is|:|#|\.)?+[ \t.:#]*+)((?:[a-z]{1,4}[-/ ]?)?\d[\d/-]{2,})\b",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"<(script|style|head)\b[^>]{0,500}>(?:(?!<\1\b).){0,20000}?</\1>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"</?[a-zA-Z!][^<>]{0,1000}>")
_LINK = re.compile(r"\b(?:https?://|www\.)\S{1,500}", re.IGNORECASE)
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{1,100}")
_LONG_RUN = re.compile(r"\S{60,}")
_NUMBER = re.compile(r"\b(?:[A-Za-z]{1,4}[-/]?)?\d{6,}\b|\b[A-Za-z]{2,4}[-/]\d{2,}(?:[-/]\d+)+\b")
_SUBJECTS = "(?:complaints?|compliments?|comments?|suggestions?|feedback|enquir(?:y|ies)|praise)"
_FORM_NAME = re.compile(rf"\b{_SUBJECTS}(?:(?:\s*[,/&]\s*|\s+(?:or|and)\s+)(?:or |and )?{_SUBJECTS})+\b")
_MAY_BE_NUMBER = re.compile(r"\d[\d/-]")
_PARAGRAPH = re.compile(r"([^.!?:;,\s])[ \t]*\n\s*\n")
_REPEATED_MARK = re.compile(r"([!?.,*\-_=#~])\1+")
_LONG_LETTER = re.compile(r"([a-z])\1{3,}")

_SHORT_NOT = [
    *("n't", "isnt", "arent", "wasnt", "werent", "hasnt", "havent", "hadnt"),
    *("doesnt", "dont", "didnt", "wouldnt", "couldnt", "shouldnt"),
]
_SHORT_FORMS: tuple[tuple[Sequence[str], re.Pattern[str], str], ...] = (
    (["can't", "cant"], re.compile(r"\bca(?:n't|nt)\b"), "can not"),
    (["won't", "wont"], re.compile(r"\bwo(?:n't|nt)\b"), "will not"),
    (
        _SHORT_NOT,
        re.compile(r"\b(is|are|was|were|has|have|had|does|do|did|would|could|should)(?:n't|nt)\b"),
        r"\1 not",
    ),
    (["cannot"], re.compile(r"\bcannot\b"), "can not"),
    (["'ve", "ive", "weve", "youve", "theyve"], re.compile(r"\b(i|we|you|they)'?ve\b"), r"\1 have"),
    (["'ll"], re.compile(r"\b(i|we|you|they|it|he|she|this|that)'ll\b"), r"\1 will"),
    (["i'm", "im"], re.compile(r"\bi'?m\b"), "i am"),
    (["'re"], re.compile(r"\b(you|we|they)'re\b"), r"\1 are"),
    (["'s"], re.compile(r"\b(it|that|there|this|he|she|what|who|nothing)'s\b"), r"\1 is"),
    (["its "], re.compile(r"\bits (been|not|still|now|a|the|only|never|just|always)\b"), r"it is \1"),
    (["'d"], re.compile(r"\b(i|we|you|they|he|she)'d\b"), r"\1 had"),
    (["noone", "no one", "no-one"], re.compile(r"\bno[ -]?one\b"), "nobody"),
    (["binm", "bin m", "bin-m"], re.compile(r"\bbin[ -]?m[ea]n\b"), "binmen"),
    (["pls", "plz"], re.compile(r"\bpls\b|\bplz\b"), "please"),
    # its name says "social care", which is not what the message is about
    (
        ["local government ", "lgsco"],
        re.compile(r"\blocal government (?:and|&) social care ombudsman\b|\blgsco\b"),
        "the ombudsman",
    ),
)
"""A short form, how it is written in full, and first what must stand in a text that has it: to look for that is quick.

What costs most of the cleaning is to look for what is not there."""


def clean(subject: str, body: str) -> str:
    """Subject and body as one line of lower-case text of at most ``LIMIT`` characters; "" when there are no words."""
    parts = (_readable(subject[:1000]), _readable(answers(body[:RAW_LIMIT])))
    joined = " . ".join(part for part in parts if part)
    return joined[:LIMIT] if any(character.isalnum() for character in joined) else ""


def _readable(text: str) -> str:
    """Markup, links, addresses and long numbers taken out or named, words in one shape."""
    text = unicodedata.normalize("NFKC", html.unescape(_TAG.sub(" ", _HIDDEN.sub(" ", text))))
    text = text[:RAW_LIMIT].replace("’", "'").replace("‘", "'").replace("`", "'")
    if not text.replace("\n", "").isprintable():  # most letters hold nothing hidden, and need not be looked at closely
        text = "".join(" " if _is_hidden(character) else character for character in text)
    text = _LONG_RUN.sub(" ", _without_addresses(text))
    if _MAY_BE_NUMBER.search(text):
        text = _NUMBER.sub(f" {REFERENCE} ", _NAMED_NUMBER.sub(rf"\1 {REFERENCE} ", text))
    if "\n" in text:
        text = _PARAGRAPH.sub(r"\1 . ", text)
    return " ".join(_in_full(_FORM_NAME.sub(" ", _REPEATED_MARK.sub(r"\1", text.lower()))).split())


def _without_addresses(text: str) -> str:
    """Links and addresses taken out; a link to a report named as a number."""
    if "://" in text or "www." in text.lower():
        text = _LINK.sub(" ", _REPORT_LINK.sub(f" {REFERENCE} ", text))
    return _ADDRESS.sub(" ", text) if "@" in text else text


def _is_hidden(character: str) -> bool:
    """Whether a character is none a person writes: control, format, private, half a pair. A new line is kept."""
    return character != "\n" and unicodedata.category(character) in {"Cf", "Cc", "Co", "Cs"}


def _in_full(text: str) -> str:
    """Short forms written out, so that "hasn't", "hasnt" and "has not" are one thing."""
    for needs, pattern, full in _SHORT_FORMS:
        if any(need in text for need in needs):
            text = pattern.sub(full, text)
    return _LONG_LETTER.sub(r"\1\1", text)
