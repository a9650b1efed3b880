"""Tokens for mailboxes that are opened without a password (XOAUTH2): asked for, kept in memory, renewed in time.

Microsoft: the application's own rights (RFC 6749, 4.4), or a person's consent by its refresh token (section 6).
Google: the refresh token. A provider may hand out a new refresh token with any answer; the newest is kept in a
file that only this account may read. No secret reaches a log or an error: of an answer only its code is quoted.
"""

import hashlib
import json
import os
import re
import ssl
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from http.client import HTTPException
from pathlib import Path
from typing import Any

from intake import boxes
from models.section import LOOPBACK
from models.settings_mail import Mailbox

RENEW_BEFORE = 300.0
"""Seconds before its end at which a token is renewed; one that lives not much longer is used for half its life."""

_MICROSOFT = "https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token"
_GOOGLE = "https://oauth2.googleapis.com/token"
_APPLICATION_SCOPE = "https://outlook.office365.com/.default"
_PERSON_SCOPE = "https://outlook.office.com/IMAP.AccessAsUser.All offline_access"

_LONGEST_ANSWER = 100_000

_KINDS: tuple[tuple[str, type[boxes.MailboxError]], ...] = (
    ("AADSTS7000222", boxes.SecretExpired),
    ("AADSTS7000215", boxes.SecretWrong),
    ("invalid_grant", boxes.ConsentEnded),
    ("invalid_client", boxes.SecretWrong),
)


class Tokens:
    """The tokens of one mailbox. ``folder`` is where a refresh token that the provider has changed is remembered."""

    def __init__(self, mailbox: Mailbox, folder: Path) -> None:
        self._mailbox = mailbox
        self._file = folder / f"{urllib.parse.quote(mailbox.name, safe='')}.json"
        self._lock = threading.Lock()
        self._token = ""
        self._ends = self._renew_at = 0.0

    def token(self) -> str:
        """The token at hand, or a new one when it ends within minutes. Raises MailboxError."""
        with self._lock:
            if not self._token or time.monotonic() >= self._renew_at:
                self._renew()
            return self._token

    def minutes_left(self) -> int:
        """How long the token at hand is good for, a new one if need be. Raises MailboxError."""
        self.token()
        with self._lock:
            return int((self._ends - time.monotonic()) // 60)

    def forget(self) -> None:
        """Ask for a new one next time."""
        with self._lock:
            self._token = ""

    def _renew(self) -> None:
        answer = self._ask()
        token = answer.get("access_token")
        if not isinstance(token, str) or not token:
            raise boxes.NoToken(self._mailbox.name, "no access_token")
        if isinstance(fresh := answer.get("refresh_token"), str) and fresh:
            self._remember(fresh)
        lives = _seconds(answer.get("expires_in"))
        now = time.monotonic()
        self._token, self._ends, self._renew_at = token, now + lives, now + max(lives - RENEW_BEFORE, lives / 2)

    def _ask(self) -> dict[str, Any]:
        """One question to the provider; its answer as it came."""
        address = _address(self._mailbox)
        request = urllib.request.Request(address, urllib.parse.urlencode(self._form()).encode())  # noqa: S310 - checked
        seconds = self._mailbox.timeout_seconds
        try:
            with urllib.request.urlopen(request, timeout=seconds, context=ssl.create_default_context()) as answer:  # noqa: S310
                return _read(answer.read(_LONGEST_ANSWER))
        except urllib.error.HTTPError as refused:
            with refused:
                code = _code(_read(refused.read(_LONGEST_ANSWER))) or f"HTTP {refused.code}"
            if refused.code >= 500 or refused.code == 429:
                raise boxes.ProviderUnreachable(self._mailbox.name, code) from None
            kind = next((kind for known, kind in _KINDS if known in code.split()), boxes.NoToken)
            raise kind(self._mailbox.name, code) from None
        except (OSError, HTTPException) as failed:
            why = getattr(failed, "reason", failed)
            said = why.strerror if isinstance(why, OSError) and why.strerror else type(why).__name__
            raise boxes.ProviderUnreachable(self._mailbox.name, said) from None

    def _form(self) -> dict[str, str]:
        box = self._mailbox
        form = {"client_id": box.client_id, "client_secret": box.client_secret.get_secret_value()}
        refresh = self._refresh_token()
        if refresh:
            form |= {"grant_type": "refresh_token", "refresh_token": refresh}
        else:
            form |= {"grant_type": "client_credentials"}
        if box.login == "microsoft":
            form["scope"] = _PERSON_SCOPE if refresh else _APPLICATION_SCOPE
        return {name: value for name, value in form.items() if value}

    def _refresh_token(self) -> str:
        """The newest refresh token: the remembered one, unless the settings have been given another since."""
        given = self._mailbox.refresh_token.get_secret_value()
        try:
            kept = _read(self._file.read_bytes())
        except OSError:
            return given
        return str(kept.get("refresh_token") or given) if kept.get("follows") == _fingerprint(given) else given

    def _remember(self, refresh_token: str) -> None:
        """Keep it for this account's eyes only; a file half written never stands in its place."""
        if refresh_token == self._refresh_token():
            return
        given = self._mailbox.refresh_token.get_secret_value()
        self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = self._file.with_name(f".{self._file.name}.{os.getpid()}")
        fresh.unlink(missing_ok=True)
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as writing:
            json.dump({"refresh_token": refresh_token, "follows": _fingerprint(given)}, writing)
            writing.flush()
            os.fsync(writing.fileno())
        fresh.replace(self._file)


def _address(mailbox: Mailbox) -> str:
    usual = _GOOGLE if mailbox.login == "google" else _MICROSOFT.format(tenant=urllib.parse.quote(mailbox.tenant, ""))
    address = mailbox.token_url or usual
    parts = urllib.parse.urlsplit(address)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise boxes.TokenAddressUnsafe(mailbox.name)
    return address


def _read(said: bytes) -> dict[str, Any]:
    try:
        found = json.loads(said)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _code(answer: dict[str, Any]) -> str:
    """The provider's own names for what is wrong: the standard's word (RFC 6749, 5.2), and Microsoft's number."""
    word = str(answer.get("error", ""))
    number = re.search(r"AADSTS\d{3,9}", str(answer.get("error_description", "")))
    said = (word if re.fullmatch(r"[a-z_]{1,40}", word) else "", number[0] if number else "")
    return " ".join(each for each in said if each)


def _seconds(given: object) -> float:
    try:
        return max(0.0, float(str(given)))
    except ValueError:
        return 0.0


def _fingerprint(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
