"""What answers in Slack's place, and what Slack says of all messages alike, fails none of them for good."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from jobs.deliver import deliver_slack_one
from jobs.transports.answers import Place, Technical, Temporary
from jobs.transports.slack import SlackTransport
from tests.build import a_letter
from tests.jobs.contact import CONTACT, letters_to, lines_in, put_again
from tests.jobs.office import LEAD, Office
from tests.servers.between import NONSENSE, answering, http

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

A_PAGE = "<html>blocked</html>"
PLACE = Place("D012345678", "1.0")


def refusing(error: str) -> bytes:
    return http("200 OK", f'{{"ok": false, "error": "{error}"}}', "application/json")


@contextmanager
def instead_of_slack(office: Office, answer: bytes) -> Iterator[None]:
    slack = office.client.base_url
    with answering(answer) as between:
        office.client.base_url = between.url
        yield
    office.client.base_url = slack


@pytest.mark.parametrize(
    "answer",
    [
        http("403 Forbidden", A_PAGE),
        http("407 Proxy Authentication Required", ""),
        http("200 OK", A_PAGE),
        http("503 Service Unavailable\r\nRetry-After: Mon, 12 Oct 2026 10:00:00 GMT", A_PAGE),
        NONSENSE,
        b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{",
    ],
)
def test_whatever_answers_in_slacks_place_all_that_waits_goes_on_waiting(office: Office, answer: bytes) -> None:
    for number in range(3):
        office.new_case(a_letter(f"Lamp {number} is out.", Message_ID=f"<{number}@residents.example>"))
    waiting = office.states()
    with instead_of_slack(office, answer):
        assert not deliver_slack_one(office.parts), "what the line does not take now it does not take in a moment"
    assert office.states() == waiting
    assert not any("blocked" in entry.problem for entry in office.entries())
    put_again(office)
    assert len(office.cards()) == 3


def test_a_message_is_taken_away_later_when_nonsense_answers(office: Office) -> None:
    with instead_of_slack(office, NONSENSE), pytest.raises(Temporary):
        SlackTransport(office.client).remove(PLACE)


@pytest.mark.parametrize(
    ("error", "judged"),
    [
        ("rate_limited", Temporary),
        ("message_limit_exceeded", Temporary),
        ("org_login_required", Temporary),
        ("team_added_to_org", Temporary),
        ("accesslimited", Technical),
        ("access_denied", Technical),
        ("ekm_access_denied", Technical),
    ],
)
def test_what_is_wrong_with_the_workspace_is_no_fault_of_a_message(
    office: Office, error: str, judged: type[Exception]
) -> None:
    with instead_of_slack(office, refusing(error)), pytest.raises(judged):
        SlackTransport(office.client).remove(PLACE)


def test_what_slack_refuses_for_good_is_told_once_a_day(told: Office) -> None:
    for _ in range(2):
        for number in range(2):
            told.new_case(a_letter(f"Lamp {number} is out.", Message_ID=f"<{told.clock.now()}.{number}@r.example>"))
        with instead_of_slack(told, refusing("msg_too_long")):
            while deliver_slack_one(told.parts):
                pass
        told.clock.pass_time(days=1)
    assert "failed" in told.states()
    told.deliver()
    first, second = letters_to(told, CONTACT)
    assert "Slack refuses the message: msg_too_long." in first
    assert "tocsin outbox" in second
    assert "is not tried again" not in lines_in(told, LEAD), "Slack refused that line too, and nobody told of it again"
