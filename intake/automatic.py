"""Whether a machine wrote the letter, and whether a machine may answer it (RFC 3834)."""

import re
from enum import StrEnum

from models.rules.letters import Email


class Automation(StrEnum):
    """What kind of machine wrote a letter.

    ``AUTO_GENERATED`` may still hold a resident's words: another system's web form sends such letters.
    """

    BOUNCE = "bounce"
    AUTO_REPLY = "auto_reply"
    AUTO_GENERATED = "auto_generated"
    LIST = "list"


_ROBOTS = re.compile(
    r"(mailer-?daemon|postmaster|no-?_?reply.*|do-?_?not-?_?reply.*|.*[._+-]no-?reply|bounces?|bounces?[-+=_.].*)@",
    re.IGNORECASE,
)
_DAEMONS = re.compile(r"(mailer-?daemon|postmaster)@", re.IGNORECASE)
_AWAY = re.compile(
    r"\W*(automatic reply|auto-?reply|auto(matic)? response|out of (the )?office|away from (the |my )?office"
    r"|ateb awtomatig|allan o.r swyddfa|automatische antwort|abwesen|réponse automatique|absence du bureau"
    r"|respuesta automática|automatyczna odpowied)",
    re.IGNORECASE,
)
_UNDELIVERED = re.compile(
    r"\W*(undeliver|delivery status notification|delivery (has )?failed|mail delivery (failed|system)|failure notice"
    r"|returned mail|message not delivered)",
    re.IGNORECASE,
)
_ACTION = re.compile(r"^Action:[ \t]*(\w+)", re.IGNORECASE | re.MULTILINE)
_AUTO_REPLY_HEADERS = ("X-Autoreply", "X-Autorespond", "X-Autoresponder", "X-Auto-Reply", "X-Mail-Autoreply")
_LIST_HEADERS = ("List-Id", "List-Unsubscribe", "List-Post", "Mailing-List")
_SILENCES = frozenset({"all", "autoreply", "oof"})  # dr, rn and nrn only silence receipts


def automation(email: Email) -> Automation | None:
    """Which machine wrote this, or None if a person may have."""
    if is_bounce(email):
        return Automation.BOUNCE
    if _is_auto_reply(email):
        return Automation.AUTO_REPLY
    if _submitted(email) not in {"", "no"}:
        return Automation.AUTO_GENERATED
    if email.has_any(*_LIST_HEADERS) or _word(email, "Precedence") in {"bulk", "list", "junk"}:
        return Automation.LIST
    return None


def may_answer(email: Email) -> bool:
    """Whether an automatic acknowledgement is good manners. A no hands the duty to a person; it never ends it."""
    return not (
        automation(email) is not None
        or not email.sender
        or has_null_return_path(email)
        or _ROBOTS.match(email.sender) is not None
        or asks_for_silence(email)
    )


def may_be_written_to(address: str) -> bool:
    """Whether a person reads what comes to that address, so that an officer's letter may go there."""
    return bool(address) and _ROBOTS.match(address) is None


def is_from_a_robot(email: Email) -> bool:
    """Whether a program's own address sent it, perhaps for a resident: another system's web form does."""
    return automation(email) is Automation.AUTO_GENERATED or _ROBOTS.match(email.sender) is not None


def has_null_return_path(email: Email) -> bool:
    """Whether the envelope named no sender: a Return-Path of ``<>``, which only machines may write."""
    return email.has_any("Return-Path") and email.header("Return-Path").strip() in {"<>", ""}


def asks_for_silence(email: Email) -> bool:
    """Whether X-Auto-Response-Suppress asks that no automatic answer be sent."""
    return bool(_SILENCES & {word.strip().lower() for word in email.header("X-Auto-Response-Suppress").split(",")})


def is_bounce(email: Email) -> bool:
    """Whether a mail server says that a letter did not arrive, or not yet; good news (RFC 3464, 2.3.3) is no bounce."""
    kind = email.header("Content-Type").lower()
    if kind.startswith("multipart/report"):
        return not ("disposition-notification" in kind or "feedback-report" in kind or _is_good_news(email))
    is_daemon = _DAEMONS.match(email.sender) is not None
    is_failure = _UNDELIVERED.match(email.subject) is not None
    is_unsigned = has_null_return_path(email) or not email.sender
    return email.has_any("X-Failed-Recipients") or (is_daemon + is_failure + is_unsigned >= 2)


def _is_good_news(email: Email) -> bool:
    """Whether a delivery report tells only of letters that arrived, or were passed on."""
    actions = {word.lower() for word in _ACTION.findall(email.quoted)}
    return bool(actions) and actions <= {"delivered", "relayed", "expanded"}


def _is_auto_reply(email: Email) -> bool:
    if _submitted(email) in {"auto-replied", "auto-notified"} or email.has_any(*_AUTO_REPLY_HEADERS):
        return True
    if _word(email, "Precedence") == "auto_reply" or _is_receipt(email) or _is_good_report(email):
        return True
    return _AWAY.match(email.subject) is not None and _has_another_sign(email)


def _has_another_sign(email: Email) -> bool:
    return (
        has_null_return_path(email)
        or _submitted(email) not in {"", "no"}
        or email.has_any("X-Auto-Response-Suppress", "X-MS-Exchange-Inbox-Rules-Loop", "X-Loop", "X-Vacation")
        or _word(email, "Precedence") in {"bulk", "junk"}
    )


def _is_receipt(email: Email) -> bool:
    kind = email.header("Content-Type").lower()
    return kind.startswith("multipart/report") and "disposition-notification" in kind


def _is_good_report(email: Email) -> bool:
    return email.header("Content-Type").lower().startswith("multipart/report") and _is_good_news(email)


def _submitted(email: Email) -> str:
    return _word(email, "Auto-Submitted")


def _word(email: Email, name: str) -> str:
    """The first word of a header in lower case, without its parameters or comments."""
    value = email.header(name).strip().lower()
    return re.split(r"[;\s(]", value, maxsplit=1)[0] if value else ""
