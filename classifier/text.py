"""Cleaned text: one subject and one body made into plain lower-case words the matchers and the model read.

What a person wrote is kept; what a form, a mail program or a machine added is
taken out. Anything may arrive here (nothing, a megabyte, HTML, another script),
so every step is bounded and none can raise.
"""

import html
import re
import unicodedata

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
_PARAGRAPH = re.compile(r"([^.!?:;,\s])[ \t]*\n\s*\n")
_SPACE = re.compile(r"\s+")
_REPEATED_MARK = re.compile(r"([!?.,*\-_=#~])\1+")
_LONG_LETTER = re.compile(r"([a-z])\1{3,}")

_SHORT_FORMS = (
    (re.compile(r"\bca(?:n't|nt)\b"), "can not"),
    (re.compile(r"\bwo(?:n't|nt)\b"), "will not"),
    (re.compile(r"\b(is|are|was|were|has|have|had|does|do|did|would|could|should)(?:n't|nt)\b"), r"\1 not"),
    (re.compile(r"\bcannot\b"), "can not"),
    (re.compile(r"\b(i|we|you|they)'?ve\b"), r"\1 have"),
    (re.compile(r"\b(i|we|you|they|it|he|she|this|that)'ll\b"), r"\1 will"),
    (re.compile(r"\bi'?m\b"), "i am"),
    (re.compile(r"\b(you|we|they)'re\b"), r"\1 are"),
    (re.compile(r"\b(it|that|there|this|he|she|what|who|nothing)'s\b"), r"\1 is"),
    (re.compile(r"\bits (been|not|still|now|a|the|only|never|just|always)\b"), r"it is \1"),
    (re.compile(r"\b(i|we|you|they|he|she)'d\b"), r"\1 had"),
    (re.compile(r"\bno[ -]?one\b"), "nobody"),
    (re.compile(r"\bbin[ -]?m[ea]n\b"), "binmen"),
    (re.compile(r"\bpls\b|\bplz\b"), "please"),
    # its name says "social care", which is not what the message is about
    (re.compile(r"\blocal government (?:and|&) social care ombudsman\b|\blgsco\b"), "the ombudsman"),
)


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
    text = _LINK.sub(" ", _REPORT_LINK.sub(f" {REFERENCE} ", text))
    text = _LONG_RUN.sub(" ", _ADDRESS.sub(" ", text))
    text = _NUMBER.sub(f" {REFERENCE} ", _NAMED_NUMBER.sub(rf"\1 {REFERENCE} ", text))
    text = _PARAGRAPH.sub(r"\1 . ", text)
    return _SPACE.sub(" ", _in_full(_FORM_NAME.sub(" ", _REPEATED_MARK.sub(r"\1", text.lower())))).strip()


def _is_hidden(character: str) -> bool:
    """Whether a character is none a person writes: control, format, private, half a pair. A new line is kept."""
    return character != "\n" and unicodedata.category(character) in {"Cf", "Cc", "Co", "Cs"}


def _in_full(text: str) -> str:
    """Short forms written out, so that "hasn't", "hasnt" and "has not" are one thing."""
    for pattern, full in _SHORT_FORMS:
        text = pattern.sub(full, text)
    return _LONG_LETTER.sub(r"\1\1", text)
