import random
import time

import pytest

from intake.plaintext import MOST_TAGS, html_to_text, set_aside_quotes

WORDS = "The bin was missed again.\n\nAsha"


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


@pytest.mark.parametrize(
    "below",
    [
        "On Mon, 2 Mar 2026 at 10:00, Complaints <c@council.example> wrote:\n> Thank you.\n> Ben",
        "On 2 Mar 2026, at 10:00, Complaints\n<c@council.example> wrote:\n\n> Thank you.",
        "On Monday, 2 March 2026, 10:00:00 GMT, Complaints <c@council.example> wrote:\n\nThank you.",
        "Ar Llun, 2 Maw 2026 am 10:00 ysgrifennodd Cwynion <c@council.example>:\n> Diolch.",
        "-----Original Message-----\nFrom: Complaints\nThank you.",
        "---- Original message ----\nFrom: Complaints\nThank you.",
        "From: Complaints <c@council.example>\nSent: 02 March 2026 10:00\nTo: Asha\nSubject: Bins\n\nThank you.",
        "*From:* Complaints\n*Sent:* Monday\n*To:* Asha\n*Subject:* Bins\n\nThank you.",
        "Oddi wrth: Cwynion\nAnfonwyd: Dydd Llun\nAt: Asha\nPwnc: Biniau\n\nDiolch.",
        "________________________________\nFrom: Complaints\nSent: Monday\nTo: Asha\nSubject: Bins\n\nThank you.",
        "________________________________\nThis email is confidential.",
        "-- \nAsha Example\n07700 900000",
        "Sent from my iPhone",
        "Sent from my Example Mobile BlackBerry",
        "Sent from Outlook for iOS<https://aka.example/o0ukef>",
        "Get Outlook for Android",
        "> Thank you.\n> Ben",
    ],
)
def test_what_the_sender_did_not_write_now_is_set_aside(below: str) -> None:
    text, aside = set_aside_quotes(f"{WORDS}\n\n{below}\n")
    assert text == WORDS
    assert aside.replace("\n\n", "\n") == below.replace("\n\n", "\n")


@pytest.mark.parametrize(
    "text",
    [
        "On the third of March nobody wrote: that is my complaint.",
        "I waited.\nFrom: my window I can see the skip.\nIt is still there.",
        "Sent from my desk, this is the fourth letter.",
        "First matter:\n____________________\nThe gate is broken.",
        "One - two -- three --- four",
        "Prices:\n-- \n" + "\n".join(f"line {number}" for number in range(30)),
        "On 3 March my neighbour " + "wrote and wrote " * 40 + "wrote:",
    ],
)
def test_words_that_only_look_like_marks_stay(text: str) -> None:
    assert set_aside_quotes(text) == (text, "")


def test_answers_between_quoted_lines_stay() -> None:
    text = "On 2 Mar 2026 Ben <b@council.example> wrote:\n> Did we call?\nNo, you did not.\n> Was it fixed?\nNo."
    assert set_aside_quotes(text) == (
        "No, you did not.\nNo.",
        "On 2 Mar 2026 Ben <b@council.example> wrote:\n> Did we call?\n> Was it fixed?",
    )


@pytest.mark.parametrize("text", ["> all of it\n> is quoted", "-- \nAsha", "Sent from my iPhone", ""])
def test_a_letter_that_is_all_quotes_stays_whole(text: str) -> None:
    assert set_aside_quotes(text) == (text, "")


FORWARDED = "From: Rosa\nSent: Monday\nTo: Ben\nSubject: Damp\n\nThe wall is black."


def test_a_forwarded_letter_stays() -> None:
    text = f"Please log this.\n\n{FORWARDED}"
    assert set_aside_quotes(text, forwarded=True) == (text, "")


def test_a_long_letter_above_a_forwarded_one_stands_alone() -> None:
    text, aside = set_aside_quotes("My own complaint is long. " * 20 + f"\n\n{FORWARDED}", forwarded=True)
    assert "black" not in text
    assert aside == FORWARDED


@pytest.mark.parametrize("mark", ["---------- Forwarded message ---------", "Begin forwarded message:"])
def test_a_forwarding_mark_keeps_all_below_it(mark: str) -> None:
    text = f"{'See below. ' * 50}\n\n{mark}\n{FORWARDED}"
    assert set_aside_quotes(text) == (text, "")


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
