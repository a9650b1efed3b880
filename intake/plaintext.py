"""What the sender wrote: HTML made plain text, earlier letters and signatures set aside and never thrown away."""

import html
import re

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement, PreformattedString
from bs4.exceptions import ParserRejectedMarkup

MOST_TAGS = 15_000
"""Above this many tags a tree would cost seconds and hundreds of megabytes, so they are read one after another."""

SHORT_NOTE = 300
"""Characters above a forwarded letter that still leave the forwarded words the matter of the message."""

LONGEST_SIGNATURE = 20
"""Lines after a signature mark; with more than that the mark was a line in the letter."""

_PARAGRAPHS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "pre", "blockquote"})
_BLOCKS = _PARAGRAPHS | {
    *("div", "li", "tr", "hr", "section", "article", "aside", "nav", "main", "header", "footer", "address"),
    *("dt", "dd", "dl", "form", "fieldset", "center", "body", "caption"),
}
_UNSEEN = frozenset(
    {
        *("head", "script", "style", "title", "noscript", "template"),
        *("svg", "math", "object", "iframe", "select", "textarea"),
    }
)
_FLAT_UNSEEN = frozenset({"head", "script", "style", "title"})
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|max-height\s*:\s*0(?![.\d])", re.IGNORECASE
)
_SPACES = re.compile("[ \t\r\n\f\xa0]+")
_INVISIBLE = re.compile("[\u00ad\u034f\u200b-\u200f\u2060\ufeff]")
_TAG = re.compile(r"<!--|<!?(/?)([a-zA-Z][a-zA-Z0-9]{0,20})[^<>]*>|<[?!][^<>]*>")

LONGEST_MARK = 300
"""Characters of a line that can be a mark; anything longer is somebody's words."""

_ORIGINAL = re.compile(
    r"[>\s*]*-{2,}\s*"
    r"(original (message|appointment)|neges wreiddiol|ursprüngliche nachricht|message d.origine)\s*-{2,}",
    re.IGNORECASE,
)
_FORWARD = re.compile(
    r"[>\s*]*(-{2,}\s*(forwarded message|forwarded by|neges wedi.i hanfon ymlaen)|begin forwarded message:)",
    re.IGNORECASE,
)
_FROM = re.compile(r"[>\s*]*(from|oddi wrth|von|de)\s*:[\s*]*\S", re.IGNORECASE)
_OTHER_HEADS = re.compile(
    r"[>\s*]*(sent|date|to|subject|cc|anfonwyd|dyddiad|at|pwnc|gesendet|an|betreff|envoyé|à|objet)\s*:",
    re.IGNORECASE,
)
_RULE = re.compile(r"\s*_{10,}\s*$")
_FOOTER = re.compile(r"confidential|disclaimer|intended recipient|mailing list|unsubscribe|virus", re.IGNORECASE)
_ATTRIBUTION_START = re.compile(r"[>\s]*(on|ar|le|am|el)\b", re.IGNORECASE)
_ATTRIBUTION = re.compile(
    r"(on\b.*[\d@].*\bwrote|ar\b.*\d.*\bysgrifennodd\b.*|le\b.*\d.*\ba écrit"
    r"|am\b.*\d.*\bschrieb\b.*|el\b.*\d.*\bescribió)\s*:\s*$",
    re.IGNORECASE,
)
_SENT_FROM = re.compile(
    r"\s*(sent|get|anfonwyd|envoyé) (from|via|o.?m|de) ((my|mon) (\w+ ){0,2})?"
    r"(iphone|ipad|android|blackberry|samsung|galaxy|huawei|mobile|phone|smartphone|windows|mail for|outlook|yahoo"
    r"|gmail|proton)\b[^.!?<>]{0,60}\.?\s*(<[^<>]*>)?\s*$|\s*get outlook for \w+.{0,60}$",
    re.IGNORECASE,
)


class _Lines:
    """Text gathered line by line, as a reader would see it."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.current: list[str] = []
        self.quotes = 0
        self.verbatim = 0

    def add(self, text: str) -> None:
        if not self.verbatim:
            self.current.append(text)
            return
        *lines, last = text.split("\n")
        for line in lines:
            self.current.append(line)
            self.end()
        self.current.append(last)

    def end(self, *, blank: bool = False) -> None:
        """End the line if it holds anything; with ``blank``, leave an empty line after it."""
        line = _SPACES.sub(" ", "".join(self.current)).strip()
        self.current.clear()
        if line:
            self.done.append("> " * min(self.quotes, 5) + line)
        if blank and self.done and self.done[-1]:
            self.done.append("")

    def enter(self, name: str, *, is_quote: bool) -> None:
        if name == "br":
            self.end(blank=not "".join(self.current).strip())
        elif name in {"td", "th"}:
            self.current.append(" ")
        elif name in _BLOCKS:
            self.end(blank=name in _PARAGRAPHS)
        self.verbatim += name == "pre"
        self.quotes += is_quote

    def leave(self, name: str, *, is_quote: bool) -> None:
        if name in _BLOCKS:
            self.end(blank=name in _PARAGRAPHS)
        self.verbatim = max(0, self.verbatim - (name == "pre"))
        self.quotes -= is_quote

    def text(self) -> str:
        self.end()
        return "\n".join(self.done).strip("\n")


def html_to_text(markup: str) -> str:
    """The text a reader of this HTML sees: blocks as lines, links as their words, hidden parts left out.

    What a mail program marked as cited stands after ``>``, as it would in plain text.
    """
    markup = _INVISIBLE.sub("", markup)
    if not markup.strip():
        return ""
    return _read_flat(markup) if markup.count("<") > MOST_TAGS else _read_tree(markup)


def _read_tree(markup: str) -> str:
    lines = _Lines()
    try:
        tree = BeautifulSoup(f"<html>{markup}", "lxml")  # with a tag in front, no markup is warned of as XML or a URL
    except ParserRejectedMarkup:
        return _read_flat(markup)
    stack: list[tuple[PageElement, bool]] = [(tree, False)]
    while stack:
        node, is_end = stack.pop()
        if isinstance(node, Tag):
            if is_end:
                lines.leave(node.name, is_quote=_is_quote(node))
            elif not _is_hidden(node):
                lines.enter(node.name, is_quote=_is_quote(node))
                stack.append((node, True))
                stack.extend((child, False) for child in reversed(node.contents))
        elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
            lines.add(str(node) if lines.verbatim else _SPACES.sub(" ", node))
    return lines.text()


def _is_quote(tag: Tag) -> bool:
    if tag.name != "blockquote":
        return False
    return tag.get("type") == "cite" or "quote" in str(tag.get("class", "")).lower()


def _is_hidden(tag: Tag) -> bool:
    if tag.name in _UNSEEN or tag.has_attr("hidden"):
        return True
    return bool(_HIDDEN.search(str(tag.get("style", ""))[:1000]))


def _read_flat(markup: str) -> str:
    """The same without a tree, for markup with too many tags: one pass, nothing kept but the text."""
    lines = _Lines()
    unseen = ""
    at = 0
    last_comment = markup.rfind("-->")
    for match in _TAG.finditer(markup):
        if match.start() < at:
            continue
        if not unseen:
            lines.add(_SPACES.sub(" ", html.unescape(markup[at : match.start()])))
        at = match.end()
        name, is_end = (match[2] or "").lower(), bool(match[1])
        if match[0] == "<!--":
            at = markup.index("-->", at) + 3 if at <= last_comment else at
        elif unseen or name in _FLAT_UNSEEN:
            unseen = "" if name == "body" or (is_end and name in {unseen, "head"}) else unseen or name
        elif name:
            (lines.leave if is_end else lines.enter)(name, is_quote=False)
    lines.add("" if unseen else html.unescape(markup[at:]))
    return lines.text()


def set_aside_quotes(text: str, *, forwarded: bool = False) -> tuple[str, str]:
    """What the sender wrote, and what was set aside: earlier letters and signatures.

    - Words written between quoted lines stay.
    - A forwarded letter stays, as its words are why it was sent; ``forwarded`` says that the subject calls it one.
    - If nothing would be left, the text stays whole and nothing is set aside.
    """
    lines = text.strip("\n").split("\n")
    kept, aside = _without_quotes(lines[: (cut := _first_cut(lines, forwarded=forwarded))])
    kept, signature = _without_signature(kept)
    written = "\n".join(kept).strip()
    if not written:
        return text.strip(), ""
    return written, "\n".join([*aside, *signature, *lines[cut:]]).strip()


def _first_cut(lines: list[str], *, forwarded: bool) -> int:
    """The line where everything below is an earlier letter; the number of lines if there is none."""
    above = 0
    for number, line in enumerate(lines):
        if len(line) <= LONGEST_MARK:
            if _FORWARD.match(line):
                return len(lines)
            if _begins_letter(lines, number):
                return len(lines) if forwarded and above < SHORT_NOTE else number
        above += len(line)
    return len(lines)


def _begins_letter(lines: list[str], number: int) -> bool:
    line = lines[number]
    if _ORIGINAL.match(line) or _is_letter_head(lines, number):
        return True
    if _RULE.match(line):
        below = [number + step for step in range(1, 4) if number + step < len(lines)]
        return any(_is_letter_head(lines, other) for other in below) or _is_footer(lines, number)
    return (size := _attribution(lines, number)) > 0 and not _quotes_follow(lines, number + size)


def _is_letter_head(lines: list[str], number: int) -> bool:
    """Whether an Outlook-like block (From, Sent, To, Subject) starts here."""
    if not _FROM.match(lines[number]):
        return False
    below = [line for line in lines[number + 1 : number + 9] if len(line) <= LONGEST_MARK]
    return len({match[1].lower() for line in below if (match := _OTHER_HEADS.match(line))}) >= 2


def _is_footer(lines: list[str], number: int) -> bool:
    return bool(_FOOTER.search(" ".join(line[:LONGEST_MARK] for line in lines[number + 1 : number + 4])))


def _attribution(lines: list[str], number: int) -> int:
    """How many lines the "On … wrote:" that starts here takes: 0 if none does, at most 3."""
    if not _ATTRIBUTION_START.match(lines[number]):
        return 0
    for size in (1, 2, 3):
        if not lines[min(number + size, len(lines)) - 1].endswith((":", ": ")):
            continue
        whole = " ".join(line[:LONGEST_MARK].strip("> ") for line in lines[number : number + size])
        if _ATTRIBUTION.match(whole):
            return size
    return 0


def _quotes_follow(lines: list[str], number: int) -> bool:
    return next((line.startswith(">") for line in lines[number : number + 4] if line.strip()), False)


def _without_quotes(lines: list[str]) -> tuple[list[str], list[str]]:
    kept: list[str] = []
    aside: list[str] = []
    skip_to = 0
    for number, line in enumerate(lines):
        if len(line) <= LONGEST_MARK and number >= skip_to:
            skip_to = max(skip_to, number + _attribution(lines, number))
        is_mark = number < skip_to or line.lstrip().startswith(">") or bool(_SENT_FROM.match(line[: LONGEST_MARK + 1]))
        (aside if is_mark else kept).append(line)
    return kept, aside


def _without_signature(lines: list[str]) -> tuple[list[str], list[str]]:
    start = max(0, len(lines) - LONGEST_SIGNATURE - 1)
    marks = [number for number in range(start, len(lines)) if lines[number] in {"-- ", "--"}]
    return (lines[: marks[0]], lines[marks[0] :]) if marks else (lines, [])
