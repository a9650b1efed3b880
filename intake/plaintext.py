"""HTML made the plain text a reader sees, with what the mail program marked as cited after ``>``."""

import html
import re

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement, PreformattedString
from bs4.exceptions import ParserRejectedMarkup

from intake.marks import EARLIER_LETTER, FORWARD

MOST_TAGS = 15_000
"""Above this many tags a tree would cost seconds and hundreds of megabytes, so they are read one after another."""

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
_INVISIBLE = re.compile(f"[\u00ad\u034f\u200b-\u200f\u2060\ufeff{EARLIER_LETTER}]")
_TAG = re.compile(r"<!--|<!?(/?)([a-zA-Z][a-zA-Z0-9]{0,20})[^<>]*>|<[?!][^<>]*>")
_CITED = re.compile(r"<blockquote\b[^<>]*(type\s*=\s*[\"']?cite|class\s*=\s*[\"']?[^\"'<>]*quote)", re.IGNORECASE)
_QUOTES_BY_CLASS = frozenset({"yahoo_quoted", "protonmail_quote", "zmail_extra", "gmail_attr", "moz-cite-prefix"})
_QUOTES_BY_ID = ("olk_src_body_section", "yahoo_quoted", "mail-editor-reference-message-container")
_BEFORE_QUOTES = frozenset({"appendonsend", "divrplyfwdmsg", "stopspelling"})
_NODES_ASKED = 40


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

    def mark(self) -> None:
        """Mark that an earlier letter begins here."""
        self.end()
        self.done.append(EARLIER_LETTER)

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
    stack: list[tuple[PageElement, bool | None]] = [(tree, None)]
    while stack:
        node, ends_quote = stack.pop()
        if isinstance(node, Tag):
            if ends_quote is not None:
                lines.leave(node.name, is_quote=ends_quote)
            elif not _is_hidden(node):
                if _word(node, "id") in _BEFORE_QUOTES:
                    lines.mark()
                lines.enter(node.name, is_quote=(is_quote := _is_quote(node)))
                stack.append((node, is_quote))
                stack.extend((child, None) for child in reversed(node.contents))
        elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
            lines.add(str(node) if lines.verbatim else _SPACES.sub(" ", node))
    return lines.text()


def _is_quote(tag: Tag) -> bool:
    """Whether a mail program marked this as an earlier letter, or as the line that introduces one."""
    if tag.name == "blockquote":
        return _word(tag, "type") == "cite" or "quote" in str(tag.get("class", "")).lower()
    if tag.name not in {"div", "span"} or not (tag.get("id") or tag.get("class")):
        return False
    is_marked = _word(tag, "id").startswith(_QUOTES_BY_ID) or not _QUOTES_BY_CLASS.isdisjoint(tag.get("class") or ())
    return is_marked and not _passes_on(tag)


def _word(tag: Tag, attribute: str) -> str:
    return str(tag.get(attribute, "")).lower()


def _passes_on(tag: Tag) -> bool:
    """Whether it begins with a forwarding mark: mail programs use the same class for both."""
    begins: list[str] = []
    stack: list[PageElement] = [tag]
    for _ in range(_NODES_ASKED):
        if not stack:
            break
        node = stack.pop()
        if isinstance(node, Tag):
            stack.extend(reversed(node.contents[:_NODES_ASKED]))
        else:
            begins.append(str(node)[:300])
    return FORWARD.match(" ".join(begins)[:300]) is not None


def _is_hidden(tag: Tag) -> bool:
    if tag.name in _UNSEEN or tag.has_attr("hidden"):
        return True
    return bool(_HIDDEN.search(str(tag.get("style", ""))[:1000]))


def _read_flat(markup: str) -> str:
    """The same without a tree, for markup with too many tags: one pass, nothing kept but the text."""
    lines = _Lines()
    cited: list[bool] = []
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
        elif name == "blockquote" and not is_end:
            cited.append(_CITED.match(match[0][:1000]) is not None)
            lines.enter(name, is_quote=cited[-1])
        elif name:
            is_quote = name == "blockquote" and bool(cited) and cited.pop()
            (lines.leave if is_end else lines.enter)(name, is_quote=is_quote)
    lines.add("" if unseen else html.unescape(markup[at:]))
    return lines.text()
