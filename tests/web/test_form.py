"""The public form over HTTP: every answer is kept once, whatever it holds, and every page says what to do."""

import email
import html
import re
from email import policy

import pytest

from intake.web.form import Form, raw_message
from tests.people import ASHA
from tests.web.conftest import Site

HAPPENED = "My bin has been missed four times since August."


def plain(page: str) -> str:
    """What a person reads on a page."""
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)))


def test_the_blank_form_needs_no_script_and_names_every_field(site: Site) -> None:
    page = site.browser.get("/").text
    assert "<script" not in page
    fields = re.findall(r'<(?:input|textarea)[^>]* id="([^"]+)"', page)
    assert set(fields) == set(re.findall(r'<label for="([^"]+)"', page)), "each field has its label"
    assert 'lang="en-GB"' in page
    assert "call 999" in page
    tokens = {re.search(r'name="once" value="(\w+)"', site.browser.get("/").text)[1] for _ in range(2)}  # type: ignore[index]  # it is there
    assert len(tokens) == 2, "two blank forms are two messages"


def test_a_filled_form_becomes_a_case_with_a_receipt_on_the_page_and_by_email(site: Site) -> None:
    answer = site.send(
        happened=HAPPENED,
        told_before="yes",
        told_details="In August, ref 88412",
        put_right="An apology – and a collection.",
        name="Zoë O’Neill",
        email=ASHA,
    )
    assert answer.status_code == 200
    [case] = site.cases()
    read = plain(answer.text)
    assert case.reference in read
    assert "Monday 19 October 2026" in read
    assert "receipt is on its way" in read
    [letter] = site.letters()
    for words in (HAPPENED, "Yes In August, ref 88412", "An apology – and a collection."):
        assert words in " ".join(letter.text.split())
    [complainant] = site.complainants()
    assert (complainant.email, complainant.name) == (ASHA, "Zoë O’Neill")


def test_nobody_has_to_say_who_they_are(site: Site) -> None:
    read = plain(site.send(happened=HAPPENED).text)
    [case] = site.cases()
    assert case.reference in read
    assert "write the reference down" in read
    assert "receipt is on its way" not in read
    assert site.complainants()[0].email is None
    assert not case.may_answer


def test_what_is_missing_is_said_in_words_with_a_link_to_the_field(site: Site) -> None:
    answer = site.send(happened="  ", email="not an address", name="Asha", told_before="yes")
    assert answer.status_code == 422
    page = answer.text
    assert "<title>Error: " in page
    assert 'role="alert"' in page
    for field, words in (("happened", "Tell us what happened"), ("email", "Write an email address like")):
        assert f'<a href="#{field}">{words}' in page
        [tag] = re.findall(rf'<(?:input|textarea)[^>]* id="{field}"[^>]*>', page)
        assert 'aria-invalid="true"' in tag
        assert f"{field}-error" in tag
        assert f'id="{field}-error"' in page
    assert 'value="Asha"' in page, "what was written stays"
    assert 'value="yes" checked' in page
    assert 'name="once" value="a1b2c3"' in page
    assert site.cases() == []


def test_the_same_form_sent_twice_makes_one_case(site: Site) -> None:
    first, second = (site.send(happened=HAPPENED, email=ASHA) for _ in range(2))
    assert len(site.cases()) == 1
    assert plain(first.text) == plain(second.text)
    site.browser.post("/", data={"once": "another", "happened": HAPPENED, "email": ASHA})
    assert len(site.cases()) == 2, "the same words on another form are another message"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "Asha\r\nBcc: everyone@council.example"),
        ("name", "=?utf-8?q?a=0D=0ABcc:_everyone=40council.example?="),
        ("name", '","<everyone@council.example>'),
        ("happened", "First line\r\nBcc: everyone@council.example\r\n\r\nX"),
        ("happened", "=?utf-8?q?a=0AX-Evil:_1?="),
        ("email", "a@b.example\r\nBcc: everyone@council.example"),
        ("email", "a@b.example, everyone@council.example"),
        ("once", "x>\r\nBcc: everyone@council.example"),
        ("once", "]["),
        ("other_contact", "\x00\x1b[31m\u2028\ufffe 😀 \u202e"),
        ("happened", "\x00"),
        ("name", "\x00\x0b\x85" * 50),
        ("told_before", "perhaps"),
    ],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_nothing_anybody_writes_becomes_a_header_or_an_error(site: Site, field: str, value: str) -> None:
    answer = site.send(**({"happened": HAPPENED, "email": ASHA} | {field: value}))
    assert answer.status_code in {200, 422}
    for raw in site.raw():
        letter = email.message_from_bytes(raw, policy=policy.default)
        assert letter["Bcc"] is None
        assert letter["X-Evil"] is None
        assert str(letter["From"]).count("@") - str(letter["From"]).count("everyone@") <= 1
    assert "everyone@council.example" not in {each.email for each in site.complainants()}
    assert len(site.cases()) == (answer.status_code == 200)


def test_what_a_text_column_cannot_hold_is_no_hindrance(site: Site) -> None:
    answer = site.send(happened=f"{HAPPENED}\x00 \ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"))
    assert answer.status_code == 200
    assert HAPPENED in site.letters()[0].text


def test_tags_in_an_answer_are_shown_and_never_obeyed(site: Site) -> None:
    evil = '"><script>alert(1)</script><img src=x onerror=alert(2)>'
    page = site.send(happened="", name=evil, put_right=evil, told_details=evil, email=evil, once=evil).text
    assert "<script" not in page
    assert "<img" not in page
    assert page.count("&lt;script&gt;") == 5
    assert site.send(happened=evil, name=evil).text.count("<script") == 0


def test_a_long_answer_is_kept_whole_or_said_to_be_too_long(site: Site) -> None:
    long = "word " * 6_000
    answer = site.send(happened=long)
    if answer.status_code == 422:
        assert "30,000" in plain(answer.text) or "20,000" in plain(answer.text)
        assert long.strip() in answer.text, "what was written is not taken from its writer"
    else:
        assert len(site.letters()[0].text) > len(long.strip()), "a part of a complaint is lost and nobody is told"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_huge_answer_does_no_harm(site: Site) -> None:
    for size in (900_000, 3_000_000):
        answer = site.send(happened="x" * size, name="n" * 100_000)
        assert answer.status_code in {200, 400, 413, 422}
    assert site.browser.get("/healthz").text == "ok\n"
    assert all(len(raw) < 1_000_000 for raw in site.raw())


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_whatever_is_posted_the_form_answers(site: Site) -> None:
    odd = [
        {"content": b"\xff\xfe=%zz&&==;", "headers": {"content-type": "application/x-www-form-urlencoded"}},
        {"content": b"{}", "headers": {"content-type": "application/json"}},
        {"content": b"", "headers": {}},
        {"content": b"--x\r\nbroken", "headers": {"content-type": "multipart/form-data; boundary=x"}},
        {"files": {"happened": ("a.txt", b"a file", "text/plain")}},
    ]
    for how in odd:
        assert site.browser.post("/", **how).status_code in {200, 400, 422}  # type: ignore[arg-type]  # as told
    assert all("UploadFile" not in letter.text for letter in site.letters()), "a file is no text"


def test_every_page_is_guarded_by_its_headers(site: Site) -> None:
    for answer in (site.browser.get("/"), site.send(happened=""), site.send(happened=HAPPENED)):
        guard = answer.headers["content-security-policy"]
        for rule in ("default-src 'none'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"):
            assert rule in guard
        assert "script-src" not in guard
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"
    assert site.browser.get("/style.css").headers["content-type"].startswith("text/css")
    for path in ("/docs", "/openapi.json", "/static/../app.py", "/nothing"):
        assert site.browser.get(path).status_code == 404


def test_the_receipt_promises_an_email_only_when_one_is_put(site: Site) -> None:
    for number in range(6):
        answer = site.send(happened=f"Matter number {number}.", email=ASHA, once=str(number))
    assert "receipt is on its way" not in plain(answer.text), "five a day to one address are enough; this is the sixth"


def test_a_raw_message_is_the_same_for_the_same_form() -> None:
    form = Form(happened=HAPPENED, name="Asha", email=ASHA, once="a1")
    assert raw_message(form, to="c@council.example") == raw_message(form, to="c@council.example")
