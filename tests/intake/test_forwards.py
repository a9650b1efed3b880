"""A forward brings somebody else's words; a reply quotes what it answers. Both ways, as mail programs write them."""

import pytest

from intake.parse import parse
from models.rules.letters import Email, Forwarded

ROSA = Forwarded("Rosa Resident", "rosa@mail.example")
WORDS = "The wall is black and my son coughs all night."
ROSAS = "Rosa Resident <rosa@mail.example>"
ROSAS_HTML = "<b>Rosa Resident</b> &lt;rosa@mail.example&gt;"


def lines(*each: str) -> str:
    return "\n".join(each)


HEAD = lines(f"From: {ROSAS}", "Sent: 04 March 2026 21:15", "To: Ben Officer <ben@council.example>", "Subject: Damp")


def letter(
    body: str, *, subject: str = "Fw: Damp", to: str = "complaints@council.example", kind: str = "plain", more: str = ""
) -> Email:
    head = f"From: Ben Officer <ben@council.example>\nTo: {to}\nSubject: {subject}\n{more}"
    return parse(f"{head}Content-Type: text/{kind}; charset=utf-8\n\n{body}".encode())


@pytest.mark.parametrize(
    "above",
    [
        HEAD,
        f"________________________________\n{HEAD}",
        f"-----Original Message-----\n{HEAD}",
        lines(f"*From:* {ROSAS}", "*Sent:* Monday", "*To:* Ben", "*Subject:* Damp"),
        lines("From: Rosa Resident [mailto:rosa@mail.example]", "Sent: Monday", "To: Ben", "Subject: Damp"),
        lines("From: Rosa Resident <rosa@mail.example<mailto:rosa@mail.example>>", "Sent: Monday", "Subject: Damp"),
        lines(f"Oddi wrth: {ROSAS}", "Anfonwyd: Dydd Llun", "At: Ben", "Pwnc: Lleithder"),
        lines("---------- Forwarded message ---------", f"From: {ROSAS}", "Date: Wed, 4 Mar 2026", "Subject: Damp"),
        lines("Begin forwarded message:", "", f"From: {ROSAS}", "Subject: Damp", "Date: 4 March 2026 at 21:15:00 GMT"),
        lines(
            "-------- Forwarded Message --------", "Subject: \tDamp", "Date: \t4 Mar", f"From: \t{ROSAS}", "To: \tBen"
        ),
        lines("----- Forwarded Message -----", f"From: {ROSAS}", "To: Ben", "Sent: 4 March 2026", "Subject: Damp"),
        lines("------- Neges wedi'i hanfon ymlaen ------", f"Oddi wrth: {ROSAS}", "Dyddiad: Maw 4", "Pwnc: Lleithder"),
        f"On Wed, 4 Mar 2026 at 21:15, {ROSAS} wrote:\n",
    ],
)
@pytest.mark.parametrize(
    "note", ["", "Please log this one.\n\nKind regards\nBen Officer\n" + "Council House, Larch Road. " * 20]
)
def test_the_residents_words_in_a_forward_are_heard(above: str, note: str) -> None:
    email = letter(f"{note}\n\n{above}\n\n{WORDS}\n")
    assert email.forwarded == ROSA
    assert WORDS in email.text
    assert email.text.startswith(note.partition("\n")[0])
    assert email.quoted == ""


@pytest.mark.parametrize(
    "subject", ["Fw: Damp", "FWD: Damp", "Ymlaen: Lleithder", "[EXTERNAL] Fw: Damp", "Fw: Re: Damp"]
)
def test_a_subject_calls_a_letter_a_forward(subject: str) -> None:
    assert letter(f"See below.\n\n{HEAD}\n\n{WORDS}", subject=subject).forwarded == ROSA


def test_what_a_phone_adds_above_a_forward_is_set_aside() -> None:
    email = letter(
        f"Get Outlook for iOS<https://aka.example/o0ukef>\n________________________________\n{HEAD}\n\n{WORDS}"
    )
    assert email.forwarded == ROSA
    assert WORDS in email.text
    assert email.quoted == "Get Outlook for iOS<https://aka.example/o0ukef>"


def test_a_forward_that_a_program_quoted_as_a_whole_is_heard() -> None:
    quoted = "\n".join(f"> {line}" for line in f"{HEAD}\n\n{WORDS}".split("\n"))
    email = letter(f"Begin forwarded message:\n\n{quoted}", subject="Fwd: Damp")
    assert email.forwarded == ROSA
    assert email.text.endswith(f"\n\n{WORDS}")


def test_an_attribution_with_quoted_lines_below_it_is_heard_in_a_forward() -> None:
    email = letter(f"Hers.\n\nOn 4 Mar 2026, Rosa Resident <rosa@mail.example> wrote:\n> {WORDS}\n> Rosa")
    assert email.forwarded == ROSA
    assert f"\n\n{WORDS}\nRosa" in email.text


@pytest.mark.parametrize(
    "markup",
    [
        lines(
            "<div>Hers.</div><br><div class=gmail_quote><div dir=ltr class=gmail_attr>---------- Forwarded message",
            f"---------<br>From: {ROSAS_HTML}<br>Date: 4 Mar 2026<br>Subject: Damp<br>To: Ben</div><br>{WORDS}</div>",
        ),
        lines(
            f"<div>Hers.</div><div>Begin forwarded message:</div><blockquote type=cite><div>From: {ROSAS_HTML}</div>",
            f"<div>Subject: Damp</div><div>Date: 4 Mar</div><div>To: Ben</div><br><div>{WORDS}</div></blockquote>",
        ),
        lines(
            f"<p>Hers.</p><div id=appendonsend></div><hr><div id=divRplyFwdMsg><b>From:</b> {ROSAS_HTML}<br>",
            f"<b>Sent:</b> 4 March<br><b>To:</b> Ben<br><b>Subject:</b> Damp</div><div>{WORDS}</div>",
        ),
        lines(
            f"<p>Hers.</p><span id=OLK_SRC_BODY_SECTION><div><b>From: </b>{ROSAS_HTML}<br><b>Date: </b>4 ",
            f"March<br><b>To: </b>Ben<br><b>Subject: </b>Damp</div><div>{WORDS}</div></span>",
        ),
        lines(
            f"<p>Hers.</p><div class=yahoo_quoted><div>----- Forwarded Message -----</div><div>From: {ROSAS_HTML}",
            f"</div><div>To: Ben</div><div>Sent: 4 March</div><div>Subject: Damp</div><div>{WORDS}</div></div>",
        ),
        lines(
            "<p>Hers.</p><div class=moz-forward-container>-------- Forwarded Message --------<table><tr><th>Subject: ",
            f"</th><td>Damp</td></tr><tr><th>From: </th><td>{ROSAS_HTML}</td></tr></table><p>{WORDS}</p></div>",
        ),
    ],
    ids=["gmail", "apple", "outlook web", "outlook mac", "yahoo", "thunderbird"],
)
def test_a_forward_in_html_is_heard(markup: str) -> None:
    email = letter(markup, kind="html")
    assert email.forwarded == ROSA
    assert email.text.startswith("Hers.")
    assert email.text.endswith(WORDS)


def test_a_forward_of_a_forward_names_who_wrote_first() -> None:
    between = "From: Ann Clerk <ann@council.example>\nSent: Thursday\nTo: Ben\nSubject: Fw: Damp"
    email = letter(f"{between}\n\nOne for you?\n\n{HEAD}\n\n{WORDS}")
    assert email.forwarded == ROSA
    assert "One for you?" in email.text
    assert WORDS in email.text


def test_what_a_forwarded_letter_answers_is_set_aside() -> None:
    head = HEAD.replace("Damp", "Re: Damp")
    email = letter(
        f"Hers.\n\n{head}\n\n{WORDS}\n\nOn 3 Mar 2026, Ben <ben@council.example> wrote:\n> Thank you for your letter."
    )
    assert email.forwarded == ROSA
    assert email.text.endswith(WORDS)
    assert "Thank you for your letter." in email.quoted


def test_a_name_without_an_address_is_enough_in_a_forward() -> None:
    email = letter(f"From: Resident, Rosa\nSent: Monday\nTo: Ben\nSubject: Damp\n\n{WORDS}")
    assert email.forwarded == Forwarded("Resident, Rosa", "")


def test_a_subject_that_lost_its_prefix_is_still_a_forward() -> None:
    assert letter(f"Please log.\n\n{HEAD}\n\n{WORDS}", subject="Damp").forwarded == ROSA
    assert letter(f"{HEAD}\n\n{WORDS}", subject="A complaint").forwarded == ROSA


@pytest.mark.parametrize(
    ("subject", "to"),
    [
        ("Re: Damp", "complaints@council.example"),
        ("RE: Fw: Damp", "complaints@council.example"),
        ("Ateb: Lleithder", "complaints@council.example"),
        ("[EXTERNAL] RE: Damp", "complaints@council.example"),
        ("Damp", "rosa@mail.example"),
        ("Damp", "Rosa <rosa+a1b2@mail.example>, complaints@council.example"),
        ("I am not satisfied", "complaints@council.example"),
    ],
)
def test_a_reply_that_quotes_below_is_no_forward(subject: str, to: str) -> None:
    email = letter(f"I do not accept this.\n\n{HEAD}\n\n{WORDS}", subject=subject, to=to)
    assert email.forwarded is None
    assert email.text == "I do not accept this."
    assert WORDS in email.quoted


def test_a_long_letter_above_a_forwarded_one_stands_alone() -> None:
    email = letter("My own complaint is long. " * 20 + f"\n\n{HEAD}\n\n{WORDS}")
    assert email.forwarded is None
    assert "black" not in email.text
    assert WORDS in email.quoted


@pytest.mark.parametrize("mark", ["---------- Forwarded message ---------", "Begin forwarded message:"])
def test_a_forwarding_mark_below_a_long_letter_keeps_all_below_it(mark: str) -> None:
    text = f"{'See below. ' * 50}\n\n{mark}\n{HEAD}\n\n{WORDS}"
    email = letter(text)
    assert email.text == text
    assert email.forwarded is None


def test_ones_own_earlier_letter_is_no_forward_but_is_heard() -> None:
    own = HEAD.replace("Rosa Resident <rosa@mail.example>", "Ben Officer <ben@council.example>")
    email = letter(f"I wrote this in March.\n\n{own}\n\n{WORDS}")
    assert email.forwarded is None
    assert WORDS in email.text


ATTACHED = lines(
    *("--o", "Content-Type: text/plain", "", "{note}", "--o", "Content-Type: message/rfc822", ""),
    *(f"From: {ROSAS}", "Subject: Damp", "", "{words}", "--o--", ""),
)


def attached(note: str, subject: str) -> Email:
    head = f"From: Ben <ben@council.example>\nSubject: {subject}\nContent-Type: multipart/mixed; boundary=o\n\n"
    return parse((head + ATTACHED.format(note=note, words=WORDS)).encode())


def test_an_attached_letter_is_a_forward_when_little_is_written_above_it() -> None:
    email = attached("One for you.", "Damp")
    assert email.forwarded == ROSA
    assert email.text == f"One for you.\n\n{WORDS}"


@pytest.mark.parametrize(("note", "subject"), [("My own complaint. " * 30, "Damp"), ("As asked.", "Re: Damp")])
def test_an_attached_letter_may_be_mere_evidence(note: str, subject: str) -> None:
    email = attached(note, subject)
    assert email.forwarded is None
    assert WORDS in email.text


def test_what_an_attached_letter_quotes_is_kept_aside() -> None:
    words = f"{WORDS}\n\nOn 3 Mar 2026, Ben <ben@council.example> wrote:\n> Thank you."
    email = parse(
        b"From: Ben <ben@council.example>\nContent-Type: multipart/mixed; boundary=o\n\n"
        + ATTACHED.format(note="Hers.", words=words).encode()
    )
    assert email.text == f"Hers.\n\n{WORDS}"
    assert "Thank you." in email.quoted
