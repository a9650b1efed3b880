import pytest

from intake.routing import ROUTE, Known, KnownCase, anything_else, route
from models.correspondence import Disposition
from models.rules.letters import Attachment, Email

ASHA = "asha@residents.example"
OPEN = KnownCase("T26-00001-A", is_open=True, parties=frozenset({ASHA}))
OTHER = KnownCase("T26-00002-B", is_open=True, parties=frozenset({ASHA}))
CLOSED = KnownCase("T26-00003-C", is_open=False, parties=frozenset({ASHA}))
STRANGE = KnownCase("T26-00004-D", is_open=True, parties=frozenset({"bo@residents.example"}))
NOBODYS = KnownCase("T26-00005-E", is_open=True, parties=frozenset())

LETTER = Email(sender=ASHA, subject="Bins", text="My bin was missed.", message_id="<1@residents.example>")


def headed(*headers: tuple[str, str], sender: str = ASHA, subject: str = "Bins", text: str = "Words.") -> Email:
    return Email(sender=sender, subject=subject, text=text, headers=headers)


@pytest.mark.parametrize(
    ("email", "cases", "disposition", "rule"),
    [
        (LETTER, (), "case", "anything_else"),
        (LETTER, (OPEN,), "follow_up", "joins_an_open_case"),
        (LETTER, (OPEN, OTHER), "held", "names_several_cases"),
        (LETTER, (CLOSED,), "held", "names_a_closed_case"),
        (LETTER, (STRANGE,), "held", "names_a_strangers_case"),
        (LETTER, (NOBODYS,), "held", "names_a_strangers_case"),
        (LETTER, (OPEN, CLOSED), "follow_up", "joins_an_open_case"),
        (LETTER, (OPEN, STRANGE), "follow_up", "joins_an_open_case"),
        (Email(subject="T26-00005-E", text="It is mine."), (NOBODYS,), "held", "names_a_strangers_case"),
        (Email(sender=ASHA, subject="Bins"), (), "case", "anything_else"),
        (Email(sender=ASHA, text="Bins"), (), "case", "anything_else"),
        (Email(sender=ASHA, subject=" ", text="\n"), (), "held", "has_nothing_to_read"),
        (Email(is_readable=False, defects=("not_a_message",)), (), "held", "is_not_a_message"),
        (Email(is_readable=False, defects=("empty",)), (), "held", "is_empty"),
        (headed(("auto-submitted", "auto-replied")), (), "held", "calls_itself_automatic"),
        (headed(("auto-submitted", "auto-replied")), (OPEN,), "ignored", "is_automatic_reply"),
        (headed(("auto-submitted", "auto-generated")), (), "case", "anything_else"),
        (headed(("precedence", "bulk")), (), "case", "anything_else"),
        (headed(("x-failed-recipients", "x@y.example")), (OPEN,), "held", "is_delivery_report"),
        (headed(("content-type", "multipart/report; report-type=delivery-status")), (), "held", "is_delivery_report"),
        (headed(("content-type", "multipart/encrypted; protocol=x")), (), "held", "is_sealed"),
        (headed(("content-type", "application/pkcs7-mime; smime-type=enveloped-data")), (), "held", "is_sealed"),
        (headed(("content-type", "application/pkcs7-mime; smime-type=signed-data")), (), "case", "anything_else"),
        (headed(("content-type", 'text/plain; name="unencrypted.txt"')), (), "case", "anything_else"),
        (headed(("auto-submitted", "auto-generated")), (OPEN,), "held", "is_sent_by_a_robot"),
        (headed(("content-type", "multipart/signed; micalg=sha-256")), (), "case", "anything_else"),
    ],
)
def test_a_message_is_judged_by_this_rule(
    email: Email, cases: tuple[KnownCase, ...], disposition: str, rule: str
) -> None:
    routed = route(email, Known(cases=cases, size=100))
    assert (routed.disposition, routed.rule) == (disposition, rule)
    assert routed.reason.endswith(".")
    assert (routed.joins is not None) is (disposition == "follow_up")


def test_a_follow_up_joins_the_senders_own_case() -> None:
    assert route(LETTER, Known(cases=(STRANGE, OPEN), size=100)).joins == OPEN.reference


def test_our_own_letter_is_ignored_whatever_it_names() -> None:
    known = Known(cases=(OPEN,), our_message_ids=frozenset({LETTER.message_id}), our_address=ASHA, size=100)
    assert route(LETTER, known).rule == "is_our_own_letter"


def test_somebody_elses_letter_under_our_message_id_is_put_before_a_person() -> None:
    known = Known(our_message_ids=frozenset({LETTER.message_id}), our_address="complaints@council.example", size=100)
    assert route(LETTER, known).rule == "copies_our_message_id"


def test_a_letter_without_an_id_is_not_our_own() -> None:
    assert route(Email(sender=ASHA, text="Words."), Known(size=100)).disposition is Disposition.CASE


@pytest.mark.parametrize(
    ("size", "rule"), [(0, "is_empty"), (1, "anything_else"), (10, "anything_else"), (11, "is_too_large")]
)
def test_size_is_judged_before_content(size: int, rule: str) -> None:
    assert route(LETTER, Known(size=size, largest=10)).rule == rule


def test_a_photograph_without_words_says_what_to_do() -> None:
    photograph = Email(sender=ASHA, attachments=(Attachment("hole.jpg", "image/jpeg", 5),))
    assert route(photograph, Known(size=9)).reason == "It has no words; look at what is attached."


def test_the_last_rule_always_applies() -> None:
    rule, disposition = ROUTE[-1]
    assert (rule, disposition) == (anything_else, Disposition.CASE)


def test_every_rule_says_what_it_asks() -> None:
    assert [rule.__name__ for rule, _ in ROUTE if not rule.__doc__] == []
    assert len({rule.__name__ for rule, _ in ROUTE}) == len(ROUTE)


def test_nothing_a_person_wrote_is_ignored_for_its_words_alone() -> None:
    for subject in ("Out of office", "Undeliverable: bins", "Automatic reply", "Delivery failed"):
        routed = route(Email(sender=ASHA, subject=subject, text="My bin was missed."), Known(size=100))
        assert routed.disposition is Disposition.CASE, subject
