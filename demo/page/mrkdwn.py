"""Slack's mrkdwn as HTML. Nothing in the text becomes HTML of its own: all of it is escaped first."""

import re
from collections.abc import Callable

from markupsafe import Markup, escape

Names = Callable[[str], str]
"""From a person's or channel's id to the name shown."""

EMOJI = {
    "warning": ("⚠", "amber"),
    "rotating_light": ("❗", "red"),
    "exclamation": ("❗", "red"),
    "triangular_flag_on_post": ("⚑", "red"),
    "no_entry": ("⊘", "red"),
    "x": ("✘", "red"),
    "white_check_mark": ("✔", "green"),
    "heavy_check_mark": ("✔", "green"),
    "red_circle": ("●", "red"),
    "large_orange_circle": ("●", "amber"),
    "large_yellow_circle": ("●", "amber"),
    "large_green_circle": ("●", "green"),
    "large_blue_circle": ("●", "blue"),
    "information_source": ("ℹ", "blue"),
    "hourglass": ("⌛", "ink"),
    "hourglass_flowing_sand": ("⌛", "ink"),
    "envelope": ("✉", "ink"),
    "email": ("✉", "ink"),
    "memo": ("✎", "ink"),
    "pencil2": ("✎", "ink"),
    "mag": ("⌕", "ink"),
    "bell": ("🔔", "ink"),
    "eyes": ("👀", "ink"),
    "lock": ("🔒", "ink"),
    "calendar": ("📅", "ink"),
    "alarm_clock": ("⏰", "ink"),
    "wave": ("👋", "ink"),
    "bar_chart": ("📊", "ink"),
    "chart_with_upwards_trend": ("📈", "ink"),
}
"""Emoji by Slack's names: a sign that common fonts hold where there is one, and its tone in slack.css."""

SPECIAL = re.compile(r"```(?P<pre>.+?)```|`(?P<code>[^`\n]+)`|<(?P<ref>[^<>\n]+)>|:(?P<emoji>[a-z0-9_+-]+):", re.DOTALL)
EMOJI_NAME = re.compile(r":([a-z0-9_+-]+):")
STYLES = [
    (re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])"), r"<b>\1</b>"),
    (re.compile(r"(?<![\w_])_(?=\S)([^_\n]+?)(?<=\S)_(?![\w_])"), r"<i>\1</i>"),
    (re.compile(r"(?<![\w~])~(?=\S)([^~\n]+?)(?<=\S)~(?![\w~])"), r"<s>\1</s>"),
]
HELD = re.compile("\ue000(\\d+)\ue001")
PRIVATE = re.compile("[\ue000\ue001]")
SAFE_LINK = re.compile(r"(https?://|mailto:)", re.IGNORECASE)


def unescaped(text: str) -> str:
    """The text with Slack's three entities turned back: what was meant."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def plain(text: str) -> Markup:
    """A plain_text object: only emoji names are read, nothing else."""
    return escape(EMOJI_NAME.sub(lambda found: EMOJI.get(found[1], (found[0], ""))[0], unescaped(text)))


def mrkdwn(text: str, names: Names) -> Markup:
    """A mrkdwn text as safe HTML, a line at a time: quotes, bullets and the rest."""
    held: list[Markup] = []

    def hold(found: re.Match[str]) -> str:
        shown = _special(found, names)
        if shown is None:
            return found[0]
        held.append(shown)
        return f"\ue000{len(held) - 1}\ue001"

    marked = SPECIAL.sub(hold, PRIVATE.sub("", text))
    html = "\n".join(_line(line) for line in marked.split("\n"))
    html = HELD.sub(lambda found: str(held[int(found[1])]), html)
    return Markup(html)  # noqa: S704 - every part was escaped in _line or _special


def _special(found: re.Match[str], names: Names) -> Markup | None:
    if found["pre"]:
        return Markup("<code class='pre'>{}</code>").format(unescaped(found["pre"].strip("\n")))
    if found["code"]:
        return Markup("<code>{}</code>").format(unescaped(found["code"]))
    if found["ref"]:
        return _reference(found["ref"], names)
    if found["emoji"] not in EMOJI:
        return None
    sign, tone = EMOJI[found["emoji"]]
    words = found["emoji"].replace("_", " ")
    return Markup("<span class='emoji {}' role='img' aria-label='{}'>{}</span>").format(tone, words, sign)


def _reference(inside: str, names: Names) -> Markup:
    target, _, label = inside.partition("|")
    if target[:1] in {"@", "#"}:
        shown = target[0] + names(target[1:])
        return Markup("<span class='mention'>{}</span>").format(shown)
    if target.startswith("!"):
        return Markup("<span class='mention'>{}</span>").format(unescaped(label) or f"@{target[1:].split('^')[0]}")
    if not SAFE_LINK.match(target):
        return escape(f"<{unescaped(inside)}>")
    return Markup("<a href='{}' target='_blank' rel='noopener noreferrer'>{}</a>").format(
        unescaped(target), unescaped(label or target)
    )


def _line(line: str) -> str:
    quote = re.match(r"(&gt;|>) ?", line)
    bullet = re.match(r"\s*[•\-–] ", line)
    html = str(escape(unescaped(line[quote.end() :] if quote else line)))
    for pattern, shown in STYLES:
        html = pattern.sub(shown, html)
    kind = "quote" if quote else "bullet" if bullet else "line"
    return f"<span class='{kind}'>{html or '&nbsp;'}</span>"
