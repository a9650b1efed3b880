import hashlib
import re
import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from models import handling
from models.case import Case
from models.correspondence import Correspondence, Direction
from models.db import reading, writing
from models.handling import Answer, acknowledge
from models.letters import message_id_for, send_letter, send_receipt
from models.outbox import Channel, OutboxEntry
from models.people import Complainant
from models.queries import get_case, history, letters
from models.reckoning import stage_of
from models.rules.labels import Area, Kind
from models.rules.languages import Language
from models.rules.threads import keyed_address
from models.settings import Settings
from tests.build import a_case, a_letter, an_opinion, arrive, officer
from tests.people import ASHA, BEN

LETTERS = ("receipt", "acknowledgement", "response")


def sent(engine: Engine) -> list[Mapping[str, Any]]:
    with reading(engine) as session:
        query = select(OutboxEntry.payload).where(OutboxEntry.channel == Channel.EMAIL).order_by(col(OutboxEntry.id))
        return list(session.exec(query))


def whole_exchange(engine: Engine, settings: Settings, now: datetime, kind: Kind = Kind.COMPLAINT) -> str:
    case = a_case(engine, settings=settings, now=now, opinion=an_opinion(kind))
    ben = officer(engine, BEN)
    with writing(engine) as session:
        fresh = get_case(session, case.number)
        handling.acknowledge(session, fresh, by=ben, settings=settings, now=now)
        decision = stage_of(fresh, settings).outcomes[0]
        answer = Answer(decision, "We are sorry.\n\n1. The hole is filled.")
        handling.respond(session, fresh, answer, by=ben, settings=settings, now=now)
    return case.reference


def test_a_receipt_says_what_happens_next(engine: Engine, settings: Settings, now: datetime) -> None:
    case = arrive(engine, a_letter(), settings=settings, now=now).case
    (receipt,) = sent(engine)
    assert receipt["to"] == ASHA
    assert receipt["subject"] == f"We have your message [{case}]"
    assert receipt["automatic"] is True
    assert receipt["in_reply_to"] == "<one@residents.example>"
    for words in ("Dear Asha Okafor,", "Monday 12 October 2026", "Monday 19 October 2026", "999", "large print"):
        assert words in receipt["text"]


def test_an_acknowledgement_says_who_and_by_when(engine: Engine, settings: Settings, now: datetime) -> None:
    case = whole_exchange(engine, settings, now)
    letter = sent(engine)[1]
    assert (letter["subject"], letter["automatic"]) == (f"Your complaint [{case}]", False)
    for words in (
        "stage 1",
        "highways and transport",
        "Monday 26 October 2026",
        "Highways team",
        "an outcome you want",
    ):
        assert words in " ".join(letter["text"].split())


def test_a_response_names_the_next_stage_and_the_ombudsman(engine: Engine, settings: Settings, now: datetime) -> None:
    case = whole_exchange(engine, settings, now)
    letter = sent(engine)[2]
    assert (letter["subject"], letter["automatic"]) == (f"Our answer to your complaint [{case}]", False)
    said = " ".join(letter["text"].split())
    for words in ("1. The hole is filled.", "Our decision: upheld.", "ask for stage 2", "Ombudsman"):
        assert words in said


@pytest.mark.parametrize("kind", Kind)
def test_no_letter_calls_a_mere_request_a_complaint(
    engine: Engine, settings: Settings, now: datetime, kind: Kind
) -> None:
    if kind in {Kind.COMPLAINT, Kind.CHASER}:
        pytest.skip("it runs on the complaint's clock")
    whole_exchange(engine, settings, now, kind)
    _, acknowledgement, response = sent(engine)
    assert acknowledgement["subject"].startswith("Your message")
    assert response["subject"].startswith("Our answer to your message")
    assert "stage" not in acknowledgement["text"] + response["text"]


def test_no_letter_shows_the_marks_of_its_template(engine: Engine, settings: Settings, now: datetime) -> None:
    whole_exchange(engine, settings, now)
    for letter in sent(engine):
        assert not re.search(r"[{}%]|None|\n\n\n|^\n|[ \t]\n", letter["text"]), letter["text"]
        assert "\n" not in letter["subject"]


@pytest.mark.parametrize("name", LETTERS)
def test_a_letter_is_written_once_a_stage(engine: Engine, settings: Settings, now: datetime, name: str) -> None:
    case = a_case(engine, settings=settings, now=now)
    also = {"outcome": "upheld", "letter": "x"} if name == "response" else {}
    with writing(engine) as session:
        fresh = get_case(session, case.number)
        for stage, expected in ((2, True), (2, False), (3, True)):
            fresh.stage = stage
            put = send_letter(session, fresh, name, settings=settings, now=now, **also)
            assert put is expected
    assert len(sent(engine)) == 3
    with reading(engine) as session:
        assert len([letter for letter in letters(session, case) if letter.direction == "out"]) == 3


def test_no_letter_goes_to_nobody(engine: Engine, settings: Settings, now: datetime) -> None:
    case = a_case(engine, settings=settings, now=now, raw=a_letter(From=""))
    with writing(engine) as session:
        assert not send_letter(session, get_case(session, case.number), "receipt", settings=settings, now=now)
    assert sent(engine) == []
    with reading(engine) as session:
        assert "no_receipt_sent" in [event.name for event, _ in history(session, case)]


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto-Submitted": "auto-generated"},
        {"Precedence": "bulk"},
        {"List-Id": "<news.example>"},
        {"From": "no-reply@shop.example"},
    ],
)
def test_no_receipt_goes_to_a_machine(
    engine: Engine, settings: Settings, now: datetime, headers: dict[str, str]
) -> None:
    done = arrive(engine, a_letter(**headers), settings=settings, now=now)
    assert done.case is not None, "silence never costs the resident their case"
    assert sent(engine) == []


def test_one_address_gets_so_many_automatic_letters_a_day(engine: Engine, settings: Settings, now: datetime) -> None:
    most = settings.letters.automatic_letters_per_day
    for number in range(most + 2):
        arrive(engine, a_letter(Message_ID=f"<{number}@residents.example>"), settings=settings, now=now)
    assert len(sent(engine)) == most
    other = a_letter(From="someone@else.example", Message_ID="<other@else.example>")
    arrive(engine, other, settings=settings, now=now)
    assert len(sent(engine)) == most + 1, "the limit is each address's own"
    later = now + timedelta(days=1, seconds=1)
    arrive(engine, a_letter(Message_ID="<later@residents.example>"), settings=settings, now=later)
    assert len(sent(engine)) == most + 2


def test_the_addresses_of_one_mailbox_share_its_limit(engine: Engine, settings: Settings, now: datetime) -> None:
    most = settings.letters.automatic_letters_per_day
    for number in range(most + 2):
        raw = a_letter(From=f"di+{number}@else.example", Message_ID=f"<{number}@else.example>")
        arrive(engine, raw, settings=settings, now=now)
    assert len(sent(engine)) == most
    for number, other in enumerate(("di+1@elsewhere.example", "d_+1@else.example", "di@another.else.example")):
        arrive(engine, a_letter(From=other, Message_ID=f"<o{number}@x.example>"), settings=settings, now=now)
    assert len(sent(engine)) == most + 3, "these are other people's"


def test_a_receipt_not_sent_for_the_daily_limit_says_so(engine: Engine, settings: Settings, now: datetime) -> None:
    for number in range(settings.letters.automatic_letters_per_day + 1):
        case = a_case(engine, settings=settings, now=now, raw=a_letter(Message_ID=f"<{number}@residents.example>"))
    with reading(engine) as session:
        (why,) = [e.details["reason"] for e, _ in history(session, case) if e.name == "no_receipt_sent"]
    assert "robot" not in why, "Asha is no robot: the limit a day was reached"


def test_letters_by_people_are_not_limited(engine: Engine, settings: Settings, now: datetime) -> None:
    whole_exchange(engine, with_letters(settings, automatic_letters_per_day=1), now)
    assert len(sent(engine)) == 3


@pytest.mark.parametrize("name", ["A\r\nBcc: all@council.example", "{{ 7 * 7 }}", "x" * 500, "\u202eevil", ""])
def test_a_strange_name_stays_one_line_of_text(engine: Engine, settings: Settings, now: datetime, name: str) -> None:
    raw = a_letter(From="x@residents.example").replace(b"From: ", b"From: =?utf-8?q?" + quoted(name) + b"?= <", 1)
    arrive(engine, raw.replace(b"x@residents.example", b"x@residents.example>", 1), settings=settings, now=now)
    (receipt,) = sent(engine)
    dear = receipt["text"].splitlines()[0]
    assert dear.startswith("Dear ")
    assert len(dear) <= 90
    assert "49" not in dear


def quoted(text: str) -> bytes:
    return "".join(f"={byte:02X}" for byte in text.encode()).encode()


def test_two_copies_of_a_letter_are_one_message(settings: Settings) -> None:
    keys = ["T26-00042-A stage 1 receipt", "T26-00042-A stage 2 receipt", "T26-00043-B stage 1 receipt"]
    made = [message_id_for(key, "a1" * 10, settings) for key in keys]
    assert made == [message_id_for(key, "a1" * 10, settings) for key in keys]
    assert len(set(made)) == 3
    assert all(re.fullmatch(r"<tocsin\.[0-9a-f]{32}@exampleshire\.example>", each) for each in made)


def test_whoever_knows_the_reference_cannot_work_out_our_message_id(settings: Settings) -> None:
    key = "T26-00042-A stage 1 receipt"
    assert message_id_for(key, "a1" * 10, settings) != message_id_for(key, "b2" * 10, settings)
    digest = hashlib.sha256(key.encode()).hexdigest()
    assert digest[:24] not in message_id_for(key, "a1" * 10, settings)


def test_replies_go_to_the_cases_own_address(engine: Engine, settings: Settings, now: datetime) -> None:
    case = a_case(engine, settings=settings, now=now)
    (receipt,) = sent(engine)
    assert receipt["reply_to"] == keyed_address(settings.letters.from_address, case.thread_key)


def test_a_server_without_plus_addresses_gets_none(engine: Engine, settings: Settings, now: datetime) -> None:
    plain = with_letters(settings, keyed_replies=False)
    arrive(engine, a_letter(), settings=plain, now=now)
    assert sent(engine)[0]["reply_to"] == ""


def test_a_letter_names_what_it_answers_and_what_came_before(engine: Engine, settings: Settings, now: datetime) -> None:
    case = a_case(engine, settings=settings, now=now)
    (receipt,) = sent(engine)
    assert (receipt["in_reply_to"], receipt["references"]) == ("<one@residents.example>", ["<one@residents.example>"])
    again = a_letter(To=receipt["reply_to"], In_Reply_To=receipt["message_id"], Message_ID="<two@residents.example>")
    arrive(engine, again, settings=settings, now=now)
    with writing(engine) as session:
        acknowledge(session, get_case(session, case.number), by=officer(engine, BEN), settings=settings, now=now)
    acknowledgement = sent(engine)[1]
    assert acknowledgement["in_reply_to"] == "<two@residents.example>"
    assert acknowledgement["references"] == [
        "<one@residents.example>",
        receipt["message_id"],
        "<two@residents.example>",
    ]


def test_a_long_exchange_is_named_by_its_first_and_its_newest_letters(
    engine: Engine, settings: Settings, now: datetime
) -> None:
    case = a_case(engine, settings=settings, now=now)
    with writing(engine) as session:
        for number in range(60):
            letter = Correspondence(
                case_id=case.number, direction=Direction.IN, at=now, message_id=f"<{number}@residents.example>"
            )
            session.add(letter)
            session.flush()
        acknowledge(session, get_case(session, case.number), by=officer(engine, BEN), settings=settings, now=now)
    named = sent(engine)[1]["references"]
    assert (named[0], named[-1], len(named)) == ("<one@residents.example>", "<59@residents.example>", 21)


@pytest.mark.parametrize("odd", ["<a b@x>", "<a\r\nBcc: all@x>", "no brackets", f"<{'x' * 300}@y>", "<é@x>"])
def test_an_id_that_is_none_is_not_repeated(engine: Engine, settings: Settings, now: datetime, odd: str) -> None:
    case = a_case(engine, settings=settings, now=now)
    with writing(engine) as session:
        session.add(Correspondence(case_id=case.number, direction=Direction.IN, at=now, message_id=odd))
        session.flush()
        acknowledge(session, get_case(session, case.number), by=officer(engine, BEN), settings=settings, now=now)
    acknowledgement = sent(engine)[1]
    assert acknowledgement["in_reply_to"] == ""
    assert odd not in acknowledgement["references"]


def test_the_last_automatic_letter_of_a_day_says_so(engine: Engine, settings: Settings, now: datetime) -> None:
    most = settings.letters.automatic_letters_per_day
    for number in range(most + 1):
        arrive(engine, a_letter(Message_ID=f"<{number}@residents.example>"), settings=settings, now=now)
    said = ["the last automatic letter to this address today" in letter["text"] for letter in sent(engine)]
    assert said == [*[False] * (most - 1), True]


def test_the_last_of_a_day_says_so_in_welsh(engine: Engine, settings: Settings, now: datetime) -> None:
    case = a_case(engine, settings=settings, now=now)
    only_two = with_letters(settings, automatic_letters_per_day=2)
    with writing(engine) as session:
        session.get_one(Complainant, case.complainant_id).language = Language.WELSH
        fresh = get_case(session, case.number)
        fresh.stage = 2
        send_receipt(session, fresh, settings=only_two, now=now)
    assert "llythyr awtomatig olaf" in sent(engine)[1]["text"]


def test_two_messages_at_once_do_not_both_take_the_last_letter(
    engine: Engine, settings: Settings, now: datetime
) -> None:
    only_two = with_letters(settings, automatic_letters_per_day=2)
    case = a_case(engine, settings=settings, now=now)
    together = threading.Barrier(2)

    def answer(stage: int) -> None:
        together.wait()
        with writing(engine) as session:
            fresh = session.get_one(Case, case.number)
            session.expunge(fresh)  # another letter of the case; nothing of the case itself is stored
            fresh.stage = stage
            send_receipt(session, fresh, settings=only_two, now=now)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(answer, (2, 3)))
    assert len(sent(engine)) == 2


def test_a_day_ends_at_midnight_in_london(engine: Engine, settings: Settings) -> None:
    only_one = with_letters(settings, automatic_letters_per_day=1)
    evening = datetime(2026, 10, 12, 22, 30, tzinfo=UTC)  # half past eleven in London, in summer time
    arrive(engine, a_letter(Message_ID="<1@residents.example>"), settings=only_one, now=evening)
    arrive(engine, a_letter(Message_ID="<2@residents.example>"), settings=only_one, now=evening + timedelta(minutes=29))
    assert len(sent(engine)) == 1
    arrive(engine, a_letter(Message_ID="<3@residents.example>"), settings=only_one, now=evening + timedelta(minutes=31))
    assert len(sent(engine)) == 2


@pytest.mark.parametrize(
    ("name", "dear"),
    [
        ("Win a prize http://evil.example", "resident"),
        ("[Click](//evil.example)", "resident"),
        ("WWW.evil.example", "resident"),
        ("Win at evil.example now", "resident"),
        ("Ask a@b.example", "resident"),
        ("Dr. A.B. Khan jr.", "Dr. A.B. Khan jr."),
        ("Mary J. O’Neil-Smith (she/her)", "Mary J. O’Neil-Smith (she/her)"),
    ],
)
def test_a_link_is_no_name(engine: Engine, settings: Settings, now: datetime, name: str, dear: str) -> None:
    raw = a_letter(From="").replace(b"To:", b"From: =?utf-8?q?" + quoted(name) + b"?= <x@residents.example>\nTo:", 1)
    arrive(engine, raw, settings=settings, now=now)
    assert sent(engine)[0]["text"].startswith(f"Dear {dear},")


def with_letters(settings: Settings, **changes: Any) -> Settings:
    return settings.model_copy(update={"letters": settings.letters.model_copy(update=changes)})


def test_a_letter_to_several_services_names_them(engine: Engine, settings: Settings, now: datetime) -> None:
    case = a_case(engine, settings=settings, now=now)
    with writing(engine) as session:
        fresh = get_case(session, case.number)
        fresh.areas = [Area.HOUSING.value, Area.EDUCATION_SEND.value]
        assert send_letter(session, fresh, "acknowledgement", settings=settings, now=now)
        letter = letters(session, fresh)[-1]
    assert "housing and education and SEND" in " ".join(letter.text.split()), "an acronym keeps its capitals"


def test_letters_to_a_welsh_speaker_are_in_welsh(engine: Engine, settings: Settings, now: datetime) -> None:
    case = a_case(engine, settings=settings, now=now)
    ben = officer(engine, BEN)
    with writing(engine) as session:
        session.get_one(Complainant, case.complainant_id).language = Language.WELSH
        handling.acknowledge(session, get_case(session, case.number), by=ben, settings=settings, now=now)
    receipt, acknowledgement = sent(engine)
    assert receipt["text"].startswith("Dear Asha Okafor,"), "nothing chooses Welsh by itself"
    assert acknowledgement["subject"] == f"Eich cwyn [{case.reference}]"
    assert "erbyn dydd Llun 26 Hydref 2026" in acknowledgement["text"]


@pytest.mark.parametrize(
    ("kind", "says", "never_says"),
    [
        (Kind.COMPLAINT, "We have logged your complaint", "on the safe side"),
        (None, "To be on the safe side", "We have logged your complaint"),
        (Kind.SERVICE_REQUEST, "the team there is dealing with it", "complaints procedure"),
        (Kind.OTHER_PROCESS, "the time for it goes on", "We have logged your complaint"),
    ],
)
def test_an_acknowledgement_says_only_what_is_known(
    engine: Engine, settings: Settings, now: datetime, kind: Kind | None, says: str, never_says: str
) -> None:
    case = a_case(engine, settings=settings, now=now)
    with writing(engine) as session:
        fresh = get_case(session, case.number)
        fresh.kind = kind
        assert send_letter(session, fresh, "acknowledgement", settings=settings, now=now)
        letter = letters(session, fresh)[-1]
    assert says in letter.text
    assert never_says not in letter.text
    assert "_" not in letter.text, "a label is no word for a resident"
    assert "\n\n\n" not in letter.text
