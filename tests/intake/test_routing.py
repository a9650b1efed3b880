from dataclasses import replace

import pytest

from intake.routing import ROUTE, Known, KnownCase, anything_else, route
from models.correspondence import Disposition
from models.rules.letters import Attachment, Email, Report

ASHA = "asha@residents.example"
OPEN = KnownCase("T26-00001-A", parties=frozenset({ASHA}))
OTHER = KnownCase("T26-00002-B", parties=frozenset({ASHA}))
NAMED = KnownCase("T26-00003-C", parties=frozenset({ASHA}), is_proven=False)
STRANGE = KnownCase("T26-00004-D", parties=frozenset({"bo@residents.example"}))
MERELY_NAMED = replace(STRANGE, is_proven=False)
NOBODYS = KnownCase("T26-00005-E", parties=frozenset())
REPORT = Report("asha@residents.example", "5.1.1", "<tocsin.1@council.example>")

LETTER = Email(sender=ASHA, subject="Bins", text="My bin was missed.", message_id="<1@residents.example>")


def headed(*headers: tuple[str, str], sender: str = ASHA, subject: str = "Bins", text: str = "Words.") -> Email:
    return Email(sender=sender, subject=subject, text=text, headers=headers)


@pytest.mark.parametrize(
    ("email", "cases", "disposition", "rule"),
    [
        (LETTER, (), "case", "anything_else"),
        (LETTER, (OPEN,), "follow_up", "joins_its_case"),
        (LETTER, (OPEN, OTHER), "held", "names_several_cases"),
        (LETTER, (NAMED,), "held", "names_without_proof"),
        (LETTER, (STRANGE,), "held", "names_a_strangers_case"),
        (LETTER, (NOBODYS,), "held", "names_a_strangers_case"),
        (LETTER, (OPEN, NAMED), "follow_up", "joins_its_case"),
        (LETTER, (OPEN, STRANGE), "follow_up", "joins_its_case"),
        (Email(subject="T26-00005-E", text="It is mine."), (NOBODYS,), "held", "names_a_strangers_case"),
        (Email(sender=ASHA, subject="Bins"), (), "case", "anything_else"),
        (Email(sender=ASHA, text="Bins"), (), "case", "anything_else"),
        (Email(sender=ASHA, subject=" ", text="\n"), (), "held", "has_nothing_to_read"),
        (Email(is_readable=False, defects=("not_a_message",)), (), "held", "is_not_a_message"),
        (Email(is_readable=False, defects=("empty",)), (), "held", "is_empty"),
        (headed(("auto-submitted", "auto-replied")), (), "held", "calls_itself_automatic"),
        (headed(("auto-submitted", "auto-replied")), (OPEN,), "ignored", "is_automatic_reply"),
        (headed(("auto-submitted", "auto-replied")), (NAMED,), "ignored", "is_automatic_reply"),
        (headed(("auto-submitted", "auto-replied")), (MERELY_NAMED,), "held", "calls_itself_automatic"),
        (headed(("auto-submitted", "auto-generated")), (), "case", "anything_else"),
        (headed(("precedence", "bulk")), (), "case", "anything_else"),
        (headed(("x-failed-recipients", "x@y.example")), (OPEN,), "held", "is_delivery_report"),
        (headed(("content-type", "multipart/report; report-type=delivery-status")), (), "held", "is_delivery_report"),
        (Email(sender=ASHA, text="Words.", seal="encrypted"), (OPEN,), "held", "is_sealed"),
        (Email(sender=ASHA, text="Words.", seal="signed"), (), "case", "anything_else"),
        (headed(("auto-submitted", "auto-generated")), (OPEN,), "held", "is_sent_by_a_robot"),
    ],
)
def test_a_message_is_judged_by_this_rule(
    email: Email, cases: tuple[KnownCase, ...], disposition: str, rule: str
) -> None:
    routed = route(email, Known(cases=cases))
    assert (routed.disposition, routed.rule) == (disposition, rule)
    assert routed.reason.endswith(".")
    assert (routed.joins is not None) is (disposition == "follow_up")


def test_a_follow_up_joins_the_senders_own_case() -> None:
    assert route(LETTER, Known(cases=(STRANGE, OPEN))).joins == OPEN.reference


def test_who_failed_the_councils_check_joins_nothing_but_may_write_anew() -> None:
    assert route(LETTER, Known(cases=(OPEN, OTHER), has_failed=True)).rule == "fails_the_councils_check"
    assert route(LETTER, Known(has_failed=True)).disposition is Disposition.CASE


def test_our_own_letter_is_ignored_whatever_it_names() -> None:
    known = Known(cases=(OPEN,), is_our_message_id=True, our_address=ASHA)
    assert route(LETTER, known).rule == "is_our_own_letter"


def test_our_own_letter_sent_on_by_hand_is_put_before_a_person() -> None:
    """Some mail programs let one write into a letter that is redirected."""
    known = Known(is_our_message_id=True, our_address=ASHA)
    assert route(headed(("resent-from", "bo@elsewhere.example")), known).rule == "copies_our_message_id"


def test_somebody_elses_letter_under_our_message_id_is_put_before_a_person() -> None:
    known = Known(is_our_message_id=True, our_address="complaints@council.example")
    assert route(LETTER, known).rule == "copies_our_message_id"


def test_a_letter_without_an_id_is_not_our_own() -> None:
    assert route(Email(sender=ASHA, text="Words."), Known()).disposition is Disposition.CASE


def test_the_beginning_of_a_large_letter_opens_a_case_when_it_has_words() -> None:
    assert route(LETTER, Known(is_cut_short=True)).disposition is Disposition.CASE
    only_subject = route(Email(sender=ASHA, subject="Photos"), Known(is_cut_short=True))
    assert (only_subject.disposition, only_subject.rule) == (Disposition.HELD, "has_nothing_to_read")
    assert "the whole of it is in the mailbox" in only_subject.reason


@pytest.mark.parametrize(("is_final", "said"), [(True, "did not arrive"), (False, "is late")])
def test_a_report_on_a_letter_of_ours_joins_its_case(is_final: bool, said: str) -> None:
    report = Email(sender="", text="Sorry.", report=replace(REPORT, is_final=is_final))
    routed = route(report, Known(cases=(STRANGE,), reports_on="T26-00009-J"))
    assert (routed.rule, routed.joins) == ("reports_on_our_letter", "T26-00009-J")
    assert said in routed.reason


def test_the_reference_is_shown_of_what_is_held_for_want_of_proof() -> None:
    assert NAMED.reference in route(LETTER, Known(cases=(NAMED,))).reason


def test_a_photograph_without_words_says_what_to_do() -> None:
    photograph = Email(sender=ASHA, attachments=(Attachment("hole.jpg", "image/jpeg", 5),))
    assert route(photograph, Known()).reason == "It has no words; look at what is attached."


def test_the_last_rule_always_applies() -> None:
    rule, disposition = ROUTE[-1]
    assert (rule, disposition) == (anything_else, Disposition.CASE)


def test_every_rule_says_what_it_asks() -> None:
    assert [rule.__name__ for rule, _ in ROUTE if not rule.__doc__] == []
    assert len({rule.__name__ for rule, _ in ROUTE}) == len(ROUTE)


def test_nothing_a_person_wrote_is_ignored_for_its_words_alone() -> None:
    for subject in ("Out of office", "Undeliverable: bins", "Automatic reply", "Delivery failed"):
        routed = route(Email(sender=ASHA, subject=subject, text="My bin was missed."), Known())
        assert routed.disposition is Disposition.CASE, subject
