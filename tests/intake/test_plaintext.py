import random
import time

import pytest

from intake.plaintext import MOST_TAGS, html_to_text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("one<br>two<br><br>three", "one\ntwo\n\nthree"),
        ("<div>one</div><div>two</div>", "one\ntwo"),
        ("<b>one</b> <i>t</i>wo", "one two"),
        ("see <a href='https://map.example'>the map</a>.", "see the map."),
        ("<ul><li>one</li><li>two</li></ul>", "one\ntwo"),
        (
            "<table><tr><td>Name</td><td>Asha</td></tr><tr><td>Bin</td><td>green</td></tr></table>",
            "Name Asha\nBin green",
        ),
        ("a&nbsp;b &pound;5 &lt;x&gt; &#8217;", "a b £5 <x> ’"),
        ("<pre>one\n  two</pre>", "one\ntwo"),
        ("one\n   two", "one two"),
        ("<!-- hidden -->seen<script>x()</script><style>p{}</style>", "seen"),
        ("<head><title>t</title></head><body>seen</body>", "seen"),
        ("<div style='display: none'>unseen</div><p hidden>unseen</p>seen", "seen"),
        ("pre\u200bheader\u00ad", "preheader"),
        ("unclosed <b>bold <p>para", "unclosed bold\n\npara"),
        ("a < b and c > d", "a < b and c > d"),
        ("<?xml version='1.0'?><html>seen</html>", "seen"),
        ("https://map.example/1", "https://map.example/1"),
        ("", ""),
    ],
)
def test_markup_becomes_what_a_reader_sees(markup: str, text: str) -> None:
    assert html_to_text(markup) == text


def test_what_a_mail_program_cites_is_marked_as_quoted() -> None:
    markup = "<p>mine</p><blockquote type='cite'>theirs<br>more</blockquote><p>mine too</p>"
    assert html_to_text(markup) == "mine\n\n> theirs\n> more\n\nmine too"


def test_a_plain_indent_is_not_a_quote() -> None:
    assert html_to_text("<blockquote style='margin-left:2em'>mine</blockquote>") == "mine"


def test_markup_with_too_many_tags_reads_the_same() -> None:
    row = "<p>one &amp; <b>two</b></p><!-- no --><script>x < y</script>"
    few, many = html_to_text(row * 3), html_to_text(row * MOST_TAGS)
    assert few == "one & two\n\none & two\n\none & two"
    assert many[: len(few)] == few
    assert set(many.split("\n")) == {"", "one & two"}


@pytest.mark.parametrize(
    "markup",
    ["<div>" * 200_000 + "deep", "<" * 1_000_000, "<!--" * 250_000, "<p>" * 330_000, "<div>" * 14_000 + "deep"],
)
def test_markup_made_to_hurt_is_read_within_two_seconds(markup: str) -> None:
    began = time.process_time()
    html_to_text(markup)
    assert time.process_time() - began < 2


def test_no_markup_at_all_can_stop_the_reading() -> None:
    chance = random.Random(20260303)
    pieces = [
        "<",
        ">",
        "</",
        "<p>",
        "<![CDATA[",
        "<!--",
        "-->",
        "<?xml ?>",
        "<!doctype html>",
        "<svg>",
        "<pre>",
        "</pre>",
    ]
    pieces += [
        "<blockquote type=cite>",
        "</blockquote>",
        "&#xD800;",
        "&#0;",
        "&nope;",
        "a\nb",
        " ",
        "\x85",
        "<a href='",
        "'>",
    ]
    for _ in range(1_000):
        html_to_text("".join(chance.choices(pieces, k=chance.randint(1, 30)))).encode("utf-8")
