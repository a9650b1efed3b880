"""Calendar invitations, told in a few lines, and soft line ends joined."""

import random

import pytest

from intake.flowed import unflowed
from intake.invitations import invitation_lines
from intake.parse import parse

EVENT = """BEGIN:VCALENDAR
VERSION:2.0
METHOD:REQUEST
BEGIN:VTIMEZONE
TZID:GMT Standard Time
BEGIN:STANDARD
DTSTART:16010101T020000
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
ORGANIZER;CN="Officer, Ben":MAILTO:ben@council.example
DTSTART;TZID=GMT Standard Time:20260702T100000
DTEND;TZID=GMT Standard Time:20260702T113000
SUMMARY;LANGUAGE=en-gb:Visit about the damp\\, kit
 chen
LOCATION:12 Larch Close\\nfirst floor
BEGIN:VALARM
DESCRIPTION:REMINDER
END:VALARM
END:VEVENT
END:VCALENDAR
"""
TOLD = (
    "Invitation: Visit about the damp, kitchen\nWhen: 2 July 2026, 10:00 to 11:30\n"
    "Where: 12 Larch Close\nfirst floor\nOrganiser: Officer, Ben <ben@council.example>"
)


def letter(*parts: tuple[str, str]) -> bytes:
    head = "From: a@b.example\nSubject: s\nContent-Type: multipart/mixed; boundary=b\n\n"
    return (head + "".join(f"--b\nContent-Type: {kind}\n\n{body}\n" for kind, body in parts) + "--b--\n").encode()


def test_an_invitation_alone_is_the_letter() -> None:
    email = parse(letter(("text/calendar; method=REQUEST; charset=utf-8", EVENT)))
    assert email.text == TOLD
    assert "invitation" in email.defects


def test_an_invitation_beside_words_is_a_note() -> None:
    email = parse(letter(("text/plain", "Please come."), ("text/calendar", EVENT)))
    assert email.text == "Please come."
    assert email.quoted == TOLD
    assert [each.content_type for each in email.attachments] == ["text/calendar"]


def test_an_invitation_in_an_attached_letter_is_told_once() -> None:
    inner = f"Subject: visit\nContent-Type: text/calendar\n\n{EVENT}"
    email = parse(letter(("text/plain", "See this."), ("message/rfc822", inner)))
    assert email.text == f"See this.\n\n{TOLD}"
    assert email.quoted == ""


def test_a_letter_without_one_is_none() -> None:
    assert "invitation" not in parse(letter(("text/plain", "Please come."))).defects


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("DTSTART:20260702T090000Z", "2 July 2026, 10:00"),
        ("DTSTART:20260102T090000Z", "2 January 2026, 09:00"),
        ("DTSTART;VALUE=DATE:20260702", "2 July 2026"),
        ("DTSTART;TZID=Europe/Paris:20260702T100000", "2 July 2026, 09:00"),
        ("DTSTART;TZID=W. Europe Standard Time:20260702T100000", "2 July 2026, 09:00"),
        ("DTSTART;TZID=../../etc/passwd:20260702T100000", "2 July 2026, 10:00"),
        ("DTSTART;TZID=Europe:20260702T100000", "2 July 2026, 10:00"),
        ("DTSTART:20260702T100000", "2 July 2026, 10:00"),
        ("DTSTART:20261302T100000Z", "20261302T100000Z"),
        ("DTSTART:00010101T000000Z", "00010101T000000Z"),
        ("DTSTART:next Tuesday", "next Tuesday"),
        ("DTSTART:20260702T100000Z\nDTEND:20260703T110000Z", "2 July 2026, 11:00 to 3 July 2026, 12:00"),
    ],
)
def test_times_are_told_as_london_has_them(line: str, told: str) -> None:
    assert invitation_lines(f"BEGIN:VEVENT\n{line}\nEND:VEVENT") == f"When: {told}"


def test_a_damaged_invitation_tells_what_is_left() -> None:
    assert "Visit about" in invitation_lines(
        EVENT.replace("BEGIN:VCALENDAR\n", "stray line\n").split("BEGIN:VALARM")[0]
    )
    assert invitation_lines("BEGIN:VCALENDAR") == ""
    chance = random.Random(20260305)
    for _ in range(2_000):
        text = list(EVENT)
        for _ in range(chance.randint(1, 20)):
            text[chance.randrange(len(text))] = chance.choice('\n:;="\\,9TZ \ud800é')
        invitation_lines("".join(text))


@pytest.mark.parametrize(
    ("flowed", "text"),
    [
        ("one \ntwo", "one two"),
        ("one \ntwo\nthree", "one two\nthree"),
        ("one\n\n two", "one\n\ntwo"),
        (" From the start", "From the start"),
        (" >no quote", ">no quote"),
        ("> cited \n> more\nmine", "> cited more\nmine"),
        (">>deep \n>other", "> > deep \n> other".replace("deep \n", "deep\n")),
        ("words \n-- \nAsha", "words\n-- \nAsha"),
        ("open end ", "open end"),
        ("", ""),
    ],
)
def test_soft_line_ends_are_joined(flowed: str, text: str) -> None:
    assert unflowed(flowed) == text


def test_a_deleted_space_joins_words_of_a_script_without_spaces() -> None:
    email = parse(
        "From: a@b.example\nContent-Type: text/plain; charset=utf-8; format=flowed; delsp=yes\n\n日 \n本".encode()
    )
    assert email.text == "日本"
    email = parse(b"From: a@b.example\nContent-Type: text/plain; format=Flowed\n\none \ntwo")
    assert email.text == "one two"
