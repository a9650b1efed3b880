"""The daily count in words: in balance only when every message is somewhere and every mailbox was looked into."""

from dataclasses import replace
from datetime import datetime

from models.rules.balance import Balance, MailboxCount, SourceCount, equation, in_sentences

SOURCE = SourceCount(
    "complaints",
    1_562,
    cases=900,
    follow_ups=300,
    held=40,
    ignored=20,
    unprocessed=2,
    further_copies=300,
    settled=7,
)
SUM = "900 cases + 300 follow-ups + 40 held + 20 ignored + 2 not yet processed + 300 further copies"
BOX = MailboxCount("complaints", waiting=3, marked=1_500, gone=62)


def test_a_sum_that_comes_out_is_in_balance_and_is_written_out(now: datetime) -> None:
    balance = Balance(now, (SOURCE,), (BOX,))
    assert SOURCE.accounted_for == 1_562
    assert balance.is_balanced
    assert in_sentences(balance) == [
        "In balance: 1,562 messages arrived, and each is accounted for.",
        f"complaints: 1,562 arrived = {SUM}",
        "complaints now holds 3 still to come and 1,500 kept; 62 taken in before are no longer there.",
        "7 of all these were held, and a person settled them.",
    ]


def test_each_figure_counts_in_the_sum() -> None:
    for figure in ("cases", "follow_ups", "held", "ignored", "unprocessed", "further_copies"):
        one_less = replace(SOURCE, **{figure: getattr(SOURCE, figure) - 1})
        assert one_less.accounted_for == 1_561, figure
        assert equation(one_less) != equation(SOURCE), figure


def test_a_message_that_is_nowhere_is_missing(now: datetime) -> None:
    balance = Balance(now, (replace(SOURCE, arrived=1_563),), ())
    assert not balance.is_balanced
    assert balance.missing == ("complaints: 1,563 arrived, 1,562 are accounted for.",)
    assert balance.verdict.startswith("Out of balance: of 1,563 messages")


def test_a_message_that_is_on_no_case_though_it_is_said_to_be_is_missing(now: datetime) -> None:
    balance = Balance(now, (replace(SOURCE, astray=2),), ())
    assert balance.missing == ("complaints: 2 are said to be on a case and are on none.",)


def test_what_was_marked_and_never_kept_is_missing_and_the_way_back_is_told(now: datetime) -> None:
    (sentence,) = Balance(now, (SOURCE,), (replace(BOX, unknown=5),)).missing
    assert sentence.startswith("complaints: 5 marked as kept in the mailbox are not known here")
    assert "Take the mark off them" in sentence


def test_a_mailbox_that_could_not_be_looked_into_proves_nothing_and_loses_nothing(now: datetime) -> None:
    shut = MailboxCount("complaints", problem="Mailbox “complaints”: The mail server cannot be reached.")
    balance = Balance(now, (SOURCE,), (shut,))
    assert not balance.is_balanced
    assert balance.missing == ()
    assert in_sentences(balance)[:2] == [
        "Each of 1,562 messages is accounted for, but not every mailbox could be looked into.",
        shut.problem,
    ]
    assert "now holds" not in " ".join(in_sentences(balance))


def test_what_waits_too_long_is_told_and_is_not_missing(now: datetime) -> None:
    balance = Balance(now, (SOURCE,), (), waits_long=4)
    assert balance.is_balanced
    assert "4 have waited more than an hour" in " ".join(in_sentences(balance))
