"""Letters through GOV.UK Notify: sent once whatever the line does, and each refusal is whose it is."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import SecretStr

from jobs.transports.answers import Delivered, Permanent, Technical, Temporary
from jobs.transports.notify import GONE, NotifyTransport
from models.outbox import Channel, Parcel
from models.settings_mail import NotifySettings
from tests.people import ASHA
from tests.servers.notify import API_KEY, SERVICE, TEMPLATE, NotifyServer, Refusal
from tests.servers.smtp import free_port

KEY = "T26-00001-M stage 1 receipt"
PAYLOAD: dict[str, Any] = {
    "to": ASHA,
    "subject": "We have your message [T26-00001-M]",
    "text": "Dear Asha,\n\nDiolch – thank you.\n",
    "message_id": "<tocsin.1@exampleshire.example>",
    "reply_to": "complaints+k@exampleshire.example",
    "automatic": True,
}


@pytest.fixture
def notify() -> Iterator[NotifyServer]:
    with NotifyServer() as server:
        yield server


def transport(notify: NotifyServer, **changes: Any) -> NotifyTransport:
    given = {"api_key": SecretStr(API_KEY), "template_id": TEMPLATE, "base_url": notify.url, "timeout_seconds": 2}
    return NotifyTransport(NotifySettings(**(given | changes)))


def a_parcel(attempts: int = 1, *, was_interrupted: bool = False, **changes: Any) -> Parcel:
    return Parcel(1, KEY, Channel.EMAIL, {**PAYLOAD, **changes}, 1, attempts, was_interrupted)


def test_a_letter_is_sent_with_its_key_as_reference(notify: NotifyServer) -> None:
    done = transport(notify, reply_to_id="a-reply-to").send(a_parcel(), None)
    [letter] = notify.sent
    assert done == Delivered(letter["id"])
    assert letter["email_address"] == ASHA
    assert letter["personalisation"] == {"subject": PAYLOAD["subject"], "text": PAYLOAD["text"]}
    assert (letter["reference"], letter["email_reply_to_id"]) == (KEY, "a-reply-to")
    assert notify.asked == ["POST /v2/notifications/email"], "a first try asks nothing before"


@pytest.mark.parametrize("code", [0, 500, 502])
def test_a_letter_that_was_taken_though_the_line_died_is_not_sent_again(notify: NotifyServer, code: int) -> None:
    notify.refusals = [Refusal(code, keeps=True)]
    with pytest.raises(Temporary) as failed:
        transport(notify).send(a_parcel(), None)
    assert failed.value.after is not None
    assert failed.value.after.total_seconds() >= 60, "Notify may need a moment to know what it has"
    assert transport(notify).send(a_parcel(2), None) == Delivered(notify.sent[0]["id"])
    assert (len(notify.sent), notify.posts()) == (1, 1)


def test_a_letter_that_was_not_taken_is_sent_again(notify: NotifyServer) -> None:
    notify.refusals = [Refusal(0)]
    with pytest.raises(Temporary):
        transport(notify).send(a_parcel(), None)
    assert transport(notify).send(a_parcel(2), None) == Delivered(notify.sent[0]["id"])
    assert len(notify.sent) == 1


def test_after_an_interruption_it_is_looked_up_first(notify: NotifyServer) -> None:
    first = transport(notify).send(a_parcel(), None)
    assert transport(notify).send(a_parcel(was_interrupted=True), None) == first
    assert notify.posts() == 1


@pytest.mark.parametrize("refusal", [Refusal(0), Refusal(500), Refusal(429, "RateLimitError")])
def test_while_looking_it_up_fails_nothing_is_sent(notify: NotifyServer, refusal: Refusal) -> None:
    notify.always = refusal
    with pytest.raises(Temporary):
        transport(notify).send(a_parcel(2), None)
    assert (notify.sent, notify.posts()) == ([], 0)


def test_only_the_letter_itself_counts_as_sent(notify: NotifyServer) -> None:
    transport(notify).send(a_parcel(), None)
    notify.sent[0]["reference"] = "T26-00002-K stage 1 receipt"
    transport(notify).send(a_parcel(2), None)
    assert len(notify.sent) == 2


@pytest.mark.parametrize(
    ("refusal", "kind"),
    [
        (Refusal(500), Temporary),
        (Refusal(503), Temporary),
        (Refusal(429, "RateLimitError", "Exceeded rate limit for key type LIVE"), Temporary),
        (Refusal(429, "TooManyRequestsError", "Exceeded send limits (50) for today"), Temporary),
        (Refusal(0), Temporary),
        (Refusal(401, "AuthError", "Unauthorized"), Technical),
        (Refusal(403, "AuthError", "Error: Your system clock must be accurate to within 30 seconds"), Technical),
        (Refusal(404, "NoResultFound", "No result found"), Technical),
        (Refusal(400, "BadRequestError", "Template not found"), Technical),
        (Refusal(400, "BadRequestError", "email_reply_to_id x does not exist"), Technical),
        (Refusal(400, "BadRequestError", "Can't send to this recipient using a team-only API key"), Technical),
        (Refusal(400, "ValidationError", "email_address Not a valid email address"), Permanent),
        (Refusal(400, "BadRequestError", "Emails cannot be longer than 2000000 bytes"), Permanent),
    ],
)
def test_each_refusal_is_whose_it_is(
    notify: NotifyServer, refusal: Refusal, kind: type[Exception], caplog: pytest.LogCaptureFixture
) -> None:
    refusal.message += f" {ASHA}"
    notify.always = refusal
    with caplog.at_level(logging.DEBUG, "tocsin"), pytest.raises(kind) as refused:
        transport(notify).send(a_parcel(), None)
    assert ASHA not in str(refused.value) + caplog.text, "Notify's sentence is not passed on"


def test_nobody_at_the_other_end_is_a_matter_of_time(notify: NotifyServer) -> None:
    with pytest.raises(Temporary, match="no answer"):
        transport(notify, base_url=f"http://127.0.0.1:{free_port()}").send(a_parcel(), None)


@pytest.mark.parametrize("key", ["", "council-short", f"council-{SERVICE}-{SERVICE}"])
def test_a_wrong_key_is_ours_to_mend(notify: NotifyServer, key: str) -> None:
    with pytest.raises(Technical) as refused:
        transport(notify, api_key=SecretStr(key)).send(a_parcel(), None)
    assert notify.sent == []
    assert SERVICE not in str(refused.value)


def test_how_far_a_letter_has_come_is_told(notify: NotifyServer) -> None:
    sent = transport(notify).send(a_parcel(), None).provider_id
    assert transport(notify).status(sent) == "created"
    notify.becomes("delivered")
    assert transport(notify).status(sent) == "delivered"
    notify.forgets()
    assert transport(notify).status(sent) == GONE


def test_the_template_is_checked_for_its_places(notify: NotifyServer) -> None:
    assert transport(notify).check() == "Letters"
    notify.body = "Dear resident"
    with pytest.raises(Technical, match=r"lacks \(\(text\)\)"):
        transport(notify).check()
    with pytest.raises(Technical, match="404"):
        transport(notify, template_id=SERVICE).check()
