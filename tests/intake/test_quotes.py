import random
import re

import pytest

from intake.marks import marks_in
from intake.parse import parse
from intake.quotes import parted_or_whole

WORDS = "The bin was missed again.\n\nAsha"


def set_aside_quotes(text: str) -> tuple[str, str]:
    lines = text.strip("\n").split("\n")
    return parted_or_whole(lines, marks_in(lines))


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
        "2026-03-02 10:00 GMT Complaints <c@council.example>:\n> Thank you.",
        "W dniu 2.03.2026 o 10:00, Complaints <c@council.example> pisze:\n> Thank you.",
        "--- On Mon, 2/3/26, Complaints <c@council.example> wrote:\n\nThank you.",
        "On Mon, 2 Mar 2026 at 10:00, The Complaints Team\n<complaints.team@council.example>\nwrote:\n> x",
        "Ar ddydd Llun, 2 Mawrth 2026 am 10:00, ysgrifennodd\nCwynion <c@council.example>:\n\n> Diolch.",
        "-----Neges Wreiddiol-----\nOddi wrth: Cwynion\nDiolch.",
        "Anfonwyd o fy ffôn",
        "Sent from Yahoo Mail for iPhone",
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
        "My diary of the noise:\nFrom: 23:00\nTo: 02:00\nDate: 3 March\nFrom: 22:00\nTo: 04:00\nDate: 4 March",
        "I wrote to ben@council.example on 3 March and say again:\nthe gate is broken.",
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


def html(markup: str) -> tuple[str, str]:
    email = parse(f"From: a@b.example\nSubject: Re: Bins\nContent-Type: text/html; charset=utf-8\n\n{markup}".encode())
    return email.text, email.quoted


THEIRS = "<div>Dziękujemy za list.</div>"


@pytest.mark.parametrize(
    "below",
    [
        f"<div class=gmail_attr>2 mar, Council napisał(a):</div><blockquote class=gmail_quote>{THEIRS}</blockquote>",
        f"<div class=moz-cite-prefix>2 mar, Council napisał(a):</div><blockquote type=cite>{THEIRS}</blockquote>",
        f"<div id=appendonsend></div><hr><div id=divRplyFwdMsg><b>Od:</b> Council<br><b>Do:</b> Asha</div>{THEIRS}",
        f"<div id=divRplyFwdMsg><b>Od:</b> Council<br><b>Wysłano:</b> 2 marca</div>{THEIRS}",
        f"<span id=OLK_SRC_BODY_SECTION><div>Od: Council</div>{THEIRS}</span>",
        f"<div id=yahoo_quoted_12 class=yahoo_quoted><div>W dniu 2 marca Council napisał(a):</div>{THEIRS}</div>",
        f"<div class=protonmail_quote>2 marca, Council napisał(a):<blockquote>{THEIRS}</blockquote></div>",
        f"<div id=mail-editor-reference-message-container><div>Od: Council</div>{THEIRS}</div>",
    ],
    ids=["gmail", "thunderbird", "outlook web", "outlook phone", "outlook mac", "yahoo", "proton", "new outlook"],
)
def test_what_the_markup_cites_is_set_aside_in_any_language(below: str) -> None:
    text, quoted = html(f"<div>My bin was missed.</div><br>{below}")
    assert text == "My bin was missed."
    assert "Council" in quoted
    assert "Dziękujemy za list." in quoted
    assert "\ufdd0" not in quoted


def test_answers_inside_gmails_quote_stay() -> None:
    attribution = "<div class=gmail_attr>On 2 Mar, Ben &lt;b@c.example&gt; wrote:</div>"
    cited = "<blockquote class=gmail_quote>Did we {}?</blockquote>"
    text, quoted = html(
        f"<div class=gmail_quote>{attribution}{cited.format('call')}"
        f"<div>No, you did not.</div>{cited.format('come')}<div>No.</div></div>"
    )
    assert text == "No, you did not.\n\n\nNo."
    assert "Did we come?" in quoted


def test_many_tags_lose_no_quote() -> None:
    text, quoted = html("<p>mine</p><blockquote type='cite'>theirs</blockquote>" + "<i>x</i>" * 20_000)
    assert "theirs" not in text
    assert "> theirs" in quoted


def test_every_word_is_in_one_of_the_halves() -> None:
    chance = random.Random(20260306)
    pieces = [
        "w{}",
        "> w{}",
        ">> w{}",
        "On 2 Mar 2026 Ben <b{}@c.example> wrote:",
        "-- ",
        "--",
        "",
        "From: A{} <a@b.example>",
    ]
    pieces += ["Sent: x{}", "To: y{}", "Subject: z{}", "Sent from my iPhone", "-----Original Message-----", "_" * 32]
    pieces += [
        "---------- Forwarded message ---------",
        "Begin forwarded message:",
        "> Begin forwarded message:",
        "\t w{} ",
    ]
    for _ in range(1_500):
        lines = [chance.choice(pieces).format(number) for number in range(chance.randint(1, 25))]
        head = f"From: a@b.example\nTo: c@d.example\nSubject: {chance.choice(['Fw: x', 'Re: x', 'x'])}\n\n"
        email = parse((head + "\n".join(lines)).encode())
        assert words_of(email.text + "\n" + email.quoted) == words_of("\n".join(lines))


def words_of(text: str) -> list[str]:
    return sorted(re.findall(r"[^\s>]+", text))
