"""Letters through GOV.UK Notify, each with its outbox key as reference, so that a doubtful one can be looked up."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from notifications_python_client.errors import APIError, InvalidResponse
from notifications_python_client.notifications import NotificationsAPIClient

from jobs.transports.answers import Delivered, Drawn, Permanent, Technical, Temporary
from models.outbox import Parcel
from models.rules.errors import DeliveryFailed
from models.settings_mail import NotifySettings

FINAL_FAILURES = frozenset({"permanent-failure", "temporary-failure", "technical-failure"})
"""What Notify says of an email it has given up; a “temporary” one was tried for 72 hours."""

DELIVERED = "delivered"

Client = Any
"""The library's client, which gives its calls no types."""

GONE = "gone"
"""Ours: Notify no longer knows the letter; it forgets after seven days, or sooner if the service says so."""

_BEFORE_ASKING_AGAIN = timedelta(minutes=1)
_SHORTEST_KEY = 73
_STANDS_IN = {"subject": "subject", "text": "body"}

# the library's warnings quote what Notify says of a request, and that may quote the request
logging.getLogger("notifications_python_client").setLevel(logging.ERROR)


class NotThere(Technical):
    """Notify does not know what it was asked for."""


class NotifyTransport:
    """Sends each letter by one template with the places ``subject`` and ``text``.

    Notify has one address to reply to for each id that somebody entered there, so a case's own
    address cannot be used: replies are told by the reference in their subject.
    """

    def __init__(self, settings: NotifySettings) -> None:
        self._settings = settings

    def send(self, parcel: Parcel, drawn: Drawn | None) -> Delivered:  # noqa: ARG002 -- letters are written when put
        """Hand one letter over; raises Temporary, Technical or Permanent, and never Uncertain.

        After any earlier try Notify is asked first whether it has the letter, and until it has answered nothing
        is sent. So a line that died in the middle is a matter of time, and needs no person to look.
        """
        may_have_it = parcel.was_interrupted or parcel.attempts > 1
        found = self._asked(lambda client: _look_up(client, parcel.key)) if may_have_it else None
        return Delivered(found or self._asked(lambda client: self._hand_over(client, parcel)))

    def status(self, notification: str) -> str:
        """How far a letter has come, in Notify's word, or GONE. Raises Temporary or Technical."""
        try:
            return str(self._asked(lambda client: client.get_notification_by_id(notification))["status"])
        except NotThere:
            return GONE

    def check(self) -> str:
        """The key and the template are good: the template's name. Raises Temporary or Technical."""
        template = self._asked(lambda client: client.get_template(self._settings.template_id))
        places = [name for name in ("subject", "text") if f"(({name}))" not in str(template[_STANDS_IN[name]])]
        if places:
            raise Technical(f"The Notify template lacks {' and '.join(f'(({name}))' for name in places)}.")
        return str(template["name"])

    def _hand_over(self, client: Client, parcel: Parcel) -> str:
        sent = client.send_email_notification(
            email_address=parcel.payload["to"],
            template_id=self._settings.template_id,
            personalisation={"subject": parcel.payload["subject"], "text": parcel.payload["text"]},
            reference=parcel.key,
            email_reply_to_id=self._settings.reply_to_id or None,
        )
        return str(sent["id"])

    def _asked(self, ask: Callable[[Client], Any]) -> Any:
        with self._client() as client:
            try:
                return ask(client)
            except APIError as refused:
                raise _judged(refused) from None

    @contextmanager
    def _client(self) -> Iterator[Client]:
        """A client of its own for each call: the library's is not for several threads."""
        key = self._settings.api_key.get_secret_value()
        if len(key) < _SHORTEST_KEY:
            raise Technical("There is no API key for GOV.UK Notify: set TOCSIN__NOTIFY__API_KEY.")
        client: Client = NotificationsAPIClient(  # type: ignore[no-untyped-call]
            key, base_url=self._settings.base_url, timeout=self._settings.timeout_seconds
        )
        with client.request_session:
            yield client


def _look_up(client: Client, reference: str) -> str | None:
    """Notify's id of the letter with that reference, if it has it."""
    known = client.get_all_notifications(template_type="email", reference=reference)["notifications"]
    return str(known[0]["id"]) if known else None


def _judged(refused: APIError) -> DeliveryFailed:
    """What an answer means for us. Notify's own sentence is not repeated: it may quote the address."""
    if refused.response is None or isinstance(refused, InvalidResponse):
        cause = type(refused.__cause__).__name__
        return Temporary(f"GOV.UK Notify gave no answer ({cause}).", after=_BEFORE_ASKING_AGAIN)
    code = refused.status_code
    if code == 429 or code >= 500:
        return Temporary(f"GOV.UK Notify asks to wait ({code}).", after=_BEFORE_ASKING_AGAIN)
    if code == 404:
        return NotThere("GOV.UK Notify does not know what was asked for (404).")
    if code == 400 and _is_about_the_letter(refused):
        return Permanent("GOV.UK Notify refused the address or the letter (400).")
    if code in {401, 403}:
        return Technical(f"GOV.UK Notify refuses the API key, or this machine’s clock is wrong ({code}).")
    return Technical(f"GOV.UK Notify refuses the template, the reply-to id or the rights of the key ({code}).")


def _is_about_the_letter(refused: APIError) -> bool:
    """Of a 400: about the address or the length. Else a template, a reply-to id or the key is not set up for it."""
    said = refused.message if isinstance(refused.message, list) else []
    sentences = [str(each.get("message", "")) for each in said]
    return any(sign in each for each in sentences for sign in ("email_address", "too long", "cannot be longer"))
