"""Slack's way over HTTP: signed posts to an address, and events sent again when no 200 came in time."""

import json
import time
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from slack_sdk.signature import SignatureVerifier

from demo.slack.world import SIGNING_SECRET, Json

if TYPE_CHECKING:
    from demo.slack.sockets import Envelope


@dataclass
class Posting:
    """Where the program listens. Only events are sent again, so many seconds after the last try; Slack's are these."""

    url: str
    ack_seconds: float = 3.0
    again_after: tuple[float, ...] = (0.0, 60.0, 300.0)
    signing_secret: str = SIGNING_SECRET

    def deliver(self, envelope: "Envelope") -> None:
        """Post it until it is acknowledged; what was answered is in the envelope then."""
        pauses = self.again_after if envelope.type == "events_api" else ()
        reason = self._post(envelope, {})
        for number, pause in enumerate(pauses, start=1):
            if not reason:
                break
            time.sleep(pause)
            reason = self._post(envelope, {"X-Slack-Retry-Num": str(number), "X-Slack-Retry-Reason": reason})
        envelope.outcome = "no ack" if reason else "acked"

    def _post(self, envelope: "Envelope", retry: dict[str, str]) -> str:
        """Post once. Returns Slack's word for what went wrong, or "" when it was acknowledged."""
        kind, body = as_sent(envelope.type, envelope.payload)
        where, begun = urlsplit(self.url), time.monotonic()
        connection = HTTPConnection(where.netloc, timeout=self.ack_seconds)
        try:
            connection.request("POST", where.path, body, self.headers(body) | {"Content-Type": kind} | retry)
            answer = connection.getresponse()
            said = answer.read().decode()
        except TimeoutError:
            return "http_timeout"
        except (OSError, HTTPException):
            return "connection_failed"
        finally:
            connection.close()
        if answer.status != 200:
            return "http_error"
        envelope.latency, envelope.response = time.monotonic() - begun, _response(said)
        return ""

    def headers(self, body: bytes, *, age: float = 0.0) -> dict[str, str]:
        """Slack's signature of a body, as it was so many seconds ago."""
        stamp = str(int(time.time() - age))
        signature = SignatureVerifier(self.signing_secret).generate_signature(timestamp=stamp, body=body)
        return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": str(signature)}


def as_sent(kind: str, payload: Json) -> tuple[str, bytes]:
    """The content type and body of what is sent: JSON for events, a form for all else."""
    if kind == "events_api":
        return "application/json", json.dumps(payload).encode()
    fields = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
    return "application/x-www-form-urlencoded", urlencode(fields).encode()


def _response(body: str) -> Json | None:
    if not body:
        return None
    try:
        answer = json.loads(body)
    except ValueError:
        return {"text": body}
    return answer if isinstance(answer, dict) else {"text": body}
