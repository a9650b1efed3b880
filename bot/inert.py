"""The one way foreign words get into a text that Slack reads for formatting: as words, with nothing in them alive."""

import re

_LOOK_ALIKE = str.maketrans({"*": "∗", "~": "∼", "`": "ˋ"})
_AT_AN_EDGE = re.compile(r"(?<!\w)_|_(?!\w)")
"""Where an underscore would begin or end italics; within a word, as in secret_expires, Slack leaves it alone."""
_A_QUOTE = re.compile(r"^(\s*)>+", re.MULTILINE)
_AN_EMOJI = re.compile(r":(?=[A-Za-z_+'-][\w+'-]*:)")
_A_CALL = re.compile(r"(?<!\w)[@#](?=\w)")
_A_LINK = re.compile(r"(?<=\w:)(?=//)")
_NOTHING = "\u2060"
"""A word joiner: it shows nothing, and what stands behind it is no longer what Slack looks for."""


def inert(text: str) -> str:
    """Words in which Slack finds no mention, link, channel, ping, emoji or formatting, and which read the same.

    &, < and > go as Slack's own escapes. What marks bold, struck out, code and italics becomes a character that looks
    like it; @here, #channel and https:// are parted by a character that shows nothing.
    """
    text = _A_QUOTE.sub(r"\1›", text.translate(_LOOK_ALIKE))
    text = _AT_AN_EDGE.sub("ˍ", text)
    text = _AN_EMOJI.sub("꞉", text)
    text = _A_CALL.sub(lambda sign: sign[0] + _NOTHING, text)
    text = _A_LINK.sub(_NOTHING, text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
