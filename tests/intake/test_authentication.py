"""Whose word on a sender is believed. The headers are written after those of real servers, with invented names."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.authentication import MICROSOFT, Verdict, is_council_address, verdict
from intake.parse import parse
from models.rules.letters import Email

COUNCIL = "mx.exampleshire.example"
BEN = "ben.carter@exampleshire.example"
PASSED, FAILED, NONE = Verdict

OUR_LINE = (
    "Received: from mail.sender.example (mail.sender.example [192.0.2.7])\n\tby mx.exampleshire.example (Postfix)\n"
)
OUR_LINE += "\twith ESMTPS id 4ABC; Mon, 12 Oct 2026 08:58:02 +0100 (BST)\n"
DELIVERY = (
    "Received: from mx.exampleshire.example ([10.0.0.2]) by store.exampleshire.example with LMTP id 77;\n\tdate\n"
)
THEIR_LINE = "Received: from laptop ([198.51.100.3]) by mail.sender.example with ESMTPSA id 9; date\n"
FORGED = "Authentication-Results: mx.exampleshire.example; dmarc=pass header.from=exampleshire.example\n"
OUR_FAIL = "Authentication-Results: mx.exampleshire.example; dmarc=fail header.from=exampleshire.example\n"

OPENDMARC = """\
Authentication-Results: mx.exampleshire.example; dmarc={0} (p=reject dis=none) header.from=exampleshire.example
Authentication-Results: mx.exampleshire.example;
\tdkim=pass (2048-bit key; unprotected) header.d=exampleshire.example header.i=@exampleshire.example
\theader.b="qfJ+9Q;x"; dkim-atps=neutral
"""
EXIM = """\
Authentication-Results: mx.exampleshire.example;
\tiprev=pass (mail.sender.example) smtp.remote-ip=192.0.2.7;
\tspf=pass smtp.mailfrom=exampleshire.example;
\tdkim=pass header.d=exampleshire.example header.s=s1 header.a=rsa-sha256;
\tdmarc={0} header.from=exampleshire.example
"""
GOOGLE = """\
Delivered-To: complaints@exampleshire.example
Received: by 2002:a05:6a20:1111:b0:0:0:0 with SMTP id ab12csp99; Mon, 12 Oct 2026 00:58:05 -0700 (PDT)
X-Received: by 2002:a17:90b:222::1 with SMTP id x1-20020; Mon, 12 Oct 2026 00:58:04 -0700 (PDT)
ARC-Authentication-Results: i=1; mx.google.com; dmarc=pass header.from=exampleshire.example
Return-Path: <ben.carter@exampleshire.example>
Received: from mail.sender.example (mail.sender.example. [192.0.2.7])
        by mx.google.com with ESMTPS id d2e1a72fcca58-7 for <complaints@exampleshire.example>;
        Mon, 12 Oct 2026 00:58:04 -0700 (PDT)
Received-SPF: pass (google.com: domain of ben.carter@exampleshire.example designates 192.0.2.7 as permitted sender)
Authentication-Results: mx.google.com;
       dkim=pass header.i=@exampleshire.example header.s=s1 header.b=AbC123;
       spf=pass (google.com: domain of ben.carter@exampleshire.example designates 192.0.2.7 as permitted sender)
       smtp.mailfrom=ben.carter@exampleshire.example;
       dmarc={0} (p=REJECT sp=REJECT dis=NONE) header.from=exampleshire.example
"""
MICROSOFT_365 = """\
Received: from LO0P111MB0001.GBRP111.PROD.OUTLOOK.COM (2603:10a6:1::1) by
 CW0P111MB0002.GBRP111.PROD.OUTLOOK.COM with HTTPS; Mon, 12 Oct 2026 07:58:06 +0000
ARC-Authentication-Results: i=1; mx.microsoft.com 1; spf=pass; dmarc=pass header.from=exampleshire.example
Received: from AM0PR01CA001.eurprd01.prod.exchangelabs.com (2603:10a6:2::1) by
 LO0P111MB0001.GBRP111.PROD.OUTLOOK.COM (2603:10a6:1::1) with Microsoft SMTP Server id 15.20; date
Authentication-Results: spf=pass (sender IP is 192.0.2.7)
 smtp.mailfrom=exampleshire.example; dkim=pass (signature was verified)
 header.d=exampleshire.example;dmarc={0} action={1}
 header.from=exampleshire.example;compauth={2} reason=100
Received-SPF: Pass (protection.outlook.com: domain of exampleshire.example designates 192.0.2.7 as permitted sender)
 receiver=protection.outlook.com; client-ip=192.0.2.7; helo=mail.sender.example; pr=C
Received: from mail.sender.example (192.0.2.7) by
 AMS0EPF000001.mail.protection.outlook.com (10.167.1.1) with Microsoft SMTP Server id 15.20; date
"""


def a_letter(headers: str, sender: str = BEN) -> Email:
    return parse(f"{headers}From: Ben Carter <{sender}>\nSubject: Elm Road\n\nPlease see to it.\n".encode())


def told(headers: str, server: str = COUNCIL, sender: str = BEN) -> Verdict:
    return verdict(a_letter(headers, sender), authserv_id=server)


def told_of(results: str, server: str = COUNCIL, sender: str = BEN) -> Verdict:
    return told(f"Authentication-Results: {results}\n{OUR_LINE}", server, sender)


@pytest.mark.parametrize(("result", "expected"), [("pass", PASSED), ("fail", FAILED), ("none", NONE)])
def test_postfix_with_opendmarc_above_or_below_its_own_line(result: str, expected: Verdict) -> None:
    ours = OPENDMARC.format(result)
    assert told(DELIVERY + ours + OUR_LINE + THEIR_LINE) == expected
    assert told(DELIVERY + OUR_LINE + ours + THEIR_LINE) == expected


@pytest.mark.parametrize(("result", "expected"), [("pass", PASSED), ("fail", FAILED), ("temperror", NONE)])
def test_exim(result: str, expected: Verdict) -> None:
    assert told(DELIVERY + EXIM.format(result) + OUR_LINE + THEIR_LINE) == expected


@pytest.mark.parametrize(("result", "expected"), [("pass", PASSED), ("fail", FAILED)])
def test_google_below_two_lines_of_its_own(result: str, expected: Verdict) -> None:
    assert told(GOOGLE.format(result) + THEIR_LINE + FORGED, "mx.google.com") == expected


@pytest.mark.parametrize(
    ("dmarc", "action", "compauth", "expected"),
    [
        ("pass", "none", "pass", PASSED),
        ("fail", "oreject", "fail", FAILED),
        ("fail", "quarantine", "pass", FAILED),
        ("bestguesspass", "none", "pass", PASSED),
        ("none", "none", "pass", NONE),
        ("none", "none", "softpass", NONE),
        ("none", "none", "fail", FAILED),
        ("pass", "none", "fail", PASSED),
        ("permerror", "none", "pass", NONE),
    ],
)
def test_microsoft_365_names_no_server(dmarc: str, action: str, compauth: str, expected: Verdict) -> None:
    assert told(MICROSOFT_365.format(dmarc, action, compauth) + THEIR_LINE, MICROSOFT) == expected


def test_a_header_without_a_server_counts_for_microsoft_alone() -> None:
    nameless = "spf=pass smtp.mailfrom=exampleshire.example; dmarc=pass header.from=exampleshire.example"
    assert told_of(nameless) == NONE


def test_a_colleagues_mail_inside_microsoft_365_has_no_verdict() -> None:
    inside = "Received: from A.PROD.OUTLOOK.COM by B.PROD.OUTLOOK.COM with HTTPS; date\n"
    inside += "Authentication-Results: dkim=none (message not signed)\n header.d=none;dmarc=none action=none\n"
    assert told(f"{inside} header.from=exampleshire.example;\n", MICROSOFT) == NONE


def test_without_a_name_in_the_settings_nobody_is_believed() -> None:
    assert told(OPENDMARC.format("pass") + OUR_LINE, "") == NONE
    assert told(MICROSOFT_365.format("pass", "none", "pass"), "") == NONE


def test_what_another_server_says_is_not_believed() -> None:
    assert told_of("mx.elsewhere.example; dmarc=pass header.from=exampleshire.example") == NONE
    assert told_of("mx.exampleshire.example.attacker.example; dmarc=pass") == NONE


def test_the_name_is_compared_without_its_case() -> None:
    assert (
        told_of("MX.Exampleshire.Example; DMARC=Pass header.from=Exampleshire.example", f" {COUNCIL.upper()} ")
        == PASSED
    )


@pytest.mark.parametrize("place", ["above our line", "below our line"])
def test_a_forged_header_below_ours_is_not_looked_at(place: str) -> None:
    ours = OUR_FAIL + OUR_LINE if place == "above our line" else OUR_LINE + OUR_FAIL
    assert told(ours + FORGED) == FAILED
    assert told(ours + FORGED + THEIR_LINE + FORGED) == FAILED


def test_our_header_without_dmarc_is_not_helped_out_by_a_forged_one() -> None:
    silent = "Authentication-Results: mx.exampleshire.example; spf=pass smtp.mailfrom=sender.example\n"
    assert told(silent + OUR_LINE + FORGED) == NONE


def test_a_forged_header_below_a_strangers_line_is_not_believed_though_ours_is_missing() -> None:
    assert told(DELIVERY + OUR_LINE + THEIR_LINE + FORGED) == NONE
    assert told(OUR_LINE + THEIR_LINE + FORGED) == NONE


def test_a_forged_line_of_ours_does_not_move_the_border() -> None:
    assert told(DELIVERY + OUR_LINE + THEIR_LINE + FORGED + OUR_LINE) == NONE


def test_where_no_line_names_the_server_only_the_last_hop_counts() -> None:
    assert told(OUR_FAIL.replace("fail", "pass") + THEIR_LINE) == PASSED
    assert told(THEIR_LINE + THEIR_LINE + FORGED) == NONE


def test_a_message_no_server_received_has_no_verdict() -> None:
    assert told(FORGED) == NONE


def test_arc_is_the_word_of_others() -> None:
    assert told(f"ARC-{FORGED.replace(': ', ': i=1; ')}{OUR_LINE}") == NONE


@pytest.mark.parametrize(
    "results",
    [
        "mx.exampleshire.example 1; dmarc=pass header.from=exampleshire.example",
        "mx.exampleshire.example (a (n \\) o) c) ; dmarc = pass (p=reject; dmarc=fail) policy.dmarc=reject",
        '"mx.exampleshire.example"; dmarc/1=pass reason="all (is) well; dmarc=fail" header.from=exampleshire.example',
        "mx.exampleshire.example; (first) dmarc=pass header.from=(whose) exampleshire.example",
        "mx.exampleshire.example; spf=fail smtp.mailfrom=bounces.example; dmarc=pass;",
    ],
)
def test_comments_versions_and_quotes_are_read(results: str) -> None:
    assert told_of(results) == PASSED


@pytest.mark.parametrize(
    "results",
    [
        "",
        "mx.exampleshire.example",
        "mx.exampleshire.example; none",
        "mx.exampleshire.example; (dmarc=pass)",
        "mx.exampleshire.example; (dmarc=fail; dmarc=pass",
        "mx.exampleshire.example); dmarc=pass",
        'mx.exampleshire.example; spf=none reason="; dmarc=pass',
        'mx.exampleshire.example; spf=pass smtp.mailfrom="a; dmarc=pass; x"@sender.example',
        "mx.exampleshire.example; spf=pass (domain of a; dmarc=pass header.from=exampleshire.example)",
        "mx.exampleshire.example; xdmarc=pass; dmarc-atps=pass; dmarc=passed",
        "mx.exampleshire.example; dmarc=pass.ed",
        "mx.exampleshire.example; dmarc=pass (a comment without an end",
        "mx.exampleshire.example; dmarc=pass" + ";" * 20_000,
        "mx.exampleshire.example 2; dmarc=pass",
        "mx.exampleshire.example; header.from=dmarc=pass",
        "mx.exampleshire.example;" * 5_000,
    ],
)
def test_what_is_malformed_or_only_looks_like_a_pass_says_nothing(results: str) -> None:
    assert told_of(results) == NONE


def test_of_several_results_in_one_header_the_worst_counts() -> None:
    assert told_of("mx.exampleshire.example; dmarc=pass; dmarc=fail") == FAILED
    assert told_of("mx.exampleshire.example; dmarc=fail; dmarc=pass") == FAILED
    assert told_of("mx.exampleshire.example; dmarc=pass; dmarc=none") == NONE


def test_a_pass_for_another_domain_is_no_pass() -> None:
    assert told_of("mx.exampleshire.example; dmarc=pass header.from=attacker.example") == NONE
    assert told_of("mx.exampleshire.example; dmarc=pass header.from=shire.example") == NONE


def test_a_pass_of_the_domain_above_holds() -> None:
    """Exim names the domain whose policy it found."""
    passes = "mx.exampleshire.example; dmarc=pass header.from=exampleshire.example"
    assert told_of(passes, sender="ann@members.exampleshire.example") == PASSED


def test_a_fail_counts_whatever_domain_it_names() -> None:
    assert told_of("mx.exampleshire.example; dmarc=fail header.from=attacker.example") == FAILED


def test_a_huge_header_costs_little() -> None:
    email = a_letter(f"Authentication-Results: {COUNCIL}; {'(' * 500_000}{';' * 500_000}\n{OUR_LINE}")
    began = time.monotonic()
    assert verdict(email, authserv_id=COUNCIL) == NONE
    assert time.monotonic() - began < 0.5


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (BEN, True),
        ("BEN@Exampleshire.Example", True),
        ("cllr@members.exampleshire.example", True),
        ("ben@notexampleshire.example", False),
        ("exampleshire.example@attacker.example", False),
        ("lena@partner.example", True),
        ("Lena@Partner.example", True),
        ("other@partner.example", False),
        ("", False),
    ],
)
def test_who_claims_to_be_the_council(address: str, expected: bool) -> None:
    claims = is_council_address(address, council_domains=("@Exampleshire.example",), officers=("Lena@partner.example",))
    assert claims is expected


def test_with_no_domains_set_only_officers_are_the_councils() -> None:
    assert not is_council_address("someone@anywhere.example", council_domains=("",), officers=())


_BITS = [
    "mx.exampleshire.example",
    " 1",
    ";",
    "dmarc=",
    "pass",
    "fail",
    '"',
    "(",
    ")",
    "\\",
    " ",
    "=",
    "header.from=x.example",
]
_HEADERS = st.tuples(
    st.sampled_from(["received", "authentication-results", "from"]),
    st.text() | st.lists(st.sampled_from(_BITS)).map("".join) | st.just(f"by {COUNCIL}"),
)


@given(st.lists(_HEADERS, max_size=8), st.sampled_from([COUNCIL, MICROSOFT, "", ".", " "]))
def test_no_headers_break_it(headers: list[tuple[str, str]], server: str) -> None:
    assert verdict(Email(sender=BEN, headers=tuple(headers)), authserv_id=server) in Verdict


@given(st.text())
def test_no_comment_or_quoted_word_makes_a_pass(words: str) -> None:
    """What a sender chose stands in comments and quotes, escaped by the server as RFC 5322 has it."""
    escaped = "".join(f"\\{letter}" if letter in '\\()"' else letter for letter in words)
    said = f'{COUNCIL}; spf=none ({escaped}) smtp.mailfrom="{escaped}"; dmarc=none'
    headers = (("authentication-results", said), ("received", f"from x by {COUNCIL}"))
    assert verdict(Email(sender=BEN, headers=headers), authserv_id=COUNCIL) is NONE
