"""What the thread under a case's card says: an event becomes one line, or it is deliberately passed over.

The one place with those words. They are our own: who did it, dates, kinds, services. What an officer typed (a reason,
what was promised) may name somebody and stays out, and so does every word of the resident's.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from bot.nag_lines import DUTIES_IN_WORDS
from models.clock import in_words, instant_in_words
from models.duty import DutyKind
from models.rules.labels import AREAS, KINDS, RESTRICTED, SIGNALS, Area, Kind, Signal

Details = Mapping[str, Any]

NOBODY = "Tocsin"
"""Who did what no person did."""


class Happened(NamedTuple):
    """An event as its line needs it; ``by`` is an officer's name, None when no person did it."""

    name: str
    at: datetime
    by: str | None
    details: Details


def line_of(event: Happened) -> str:
    """The line of an event, such as "Monday 12 October 2026, 10:00: Ben Carter took it."; "" for a quiet one."""
    says = LINES.get(event.name)
    if says is None:
        return ""
    told = says if isinstance(says, str) else _told(says, event)
    # a name or a word of the settings is put in last, so that a brace in it means nothing
    return f"{instant_in_words(event.at)}: {told.replace('{who}', event.by or NOBODY)}"


def _told(says: Callable[[Details], str], event: Happened) -> str:
    try:
        return says(event.details)
    except (AttributeError, LookupError, TypeError, ValueError):
        # an older version may have kept less, or used another word
        return f"{event.name.replace('_', ' ').capitalize()}."


def came_from(team: str) -> str:
    """The first line of a thread that goes on in another channel."""
    return f"It came from {team}: what happened before stands in the thread there."


def posted_anew() -> str:
    """The first line of a thread under a card that was posted again in the same channel."""
    return "The card was posted again; what happened before stands in the case’s history."


def _day(details: Details, name: str) -> str:
    return in_words(date.fromisoformat(details[name])) if details.get(name) else "no date"


def _letter(details: Details) -> str:
    return "a letter is on its way" if details.get("letter") else "no letter could go by email"


def _kind(value: str | None) -> str:
    return KINDS[Kind(value)].name.lower() if value else "not sure"


def _areas(values: str | list[str]) -> str:
    listed = values if isinstance(values, list) else [values]
    return ", ".join(AREAS[Area(each)].name for each in listed if each) or "not known"


def _signals(details: Details) -> str:
    return ", ".join(SIGNALS[Signal(each)].name for each in details["signals"])


def _assigned(details: Details) -> str:
    return f"{{who}} gave it to {details['to']}."


def _reassigned(details: Details) -> str:
    return f"{{who}} gave {_owed(details)} to somebody else."


def _kind_corrected(details: Details) -> str:
    return f"{{who}} corrected the kind from “{_kind(details['before'])}” to “{_kind(details['after'])}”."


def _area_corrected(details: Details) -> str:
    if not RESTRICTED.isdisjoint([*details["before"], details["after"]]):
        return "{who} corrected the service."  # the channel may be open to everybody
    return f"{{who}} corrected the service from “{_areas(details['before'])}” to “{_areas(details['after'])}”."


def _acknowledged(details: Details) -> str:
    return f"{{who}} acknowledged it; {_letter(details)}."


def _responded(details: Details) -> str:
    return f"{{who}} answered it: {details['outcome']}; {_letter(details)}."


def _escalated(details: Details) -> str:
    asked = _day(details, "requested_on")
    return f"Stage {details['stage']} was asked for on {asked}. It has no owner now; {{who}} wrote it down."


def _began_at(details: Details) -> str:
    return f"{{who}} took it straight to stage {details['stage']}."


def _extended(details: Details) -> str:
    return f"{{who}} put the answer off from {_day(details, 'before')} to {_day(details, 'until')}; {_letter(details)}."


def _plan_agreed(details: Details) -> str:
    return f"{{who}} agreed with the person that they have the answer by {_day(details, 'agreed_by')}."


def _paused(details: Details) -> str:
    return f"{{who}} stopped its clock: {details['reason']}."


def _resumed(details: Details) -> str:
    return f"{{who}} let its clock run again; working days given back: {details['given_back']}."


def _snoozed(details: Details) -> str:
    return f"{{who}} put reminders off until {_day(details, 'until')}; it stays due by {_day(details, 'due')}."


def _procedure(details: Details) -> str:
    names = [details[each].replace("_", " ") for each in ("procedure_before", "procedure")]
    return f"{{who}} took it from the procedure “{names[0]}” to “{names[1]}”, stage {details['stage']}."


def _dates_moved(details: Details) -> str:
    before, after = details["before"], details["after"]
    moved = [
        f"{words} is {_day(after, name)} (it was {_day(before, name)})"
        for name, words in (("acknowledge_by", "the acknowledgement’s date"), ("respond_by", "the answer’s date"))
        if before.get(name) != after.get(name)
    ]
    return f"Bank holidays or closures changed: {' and '.join(moved) or 'its dates moved'}."


def _alert(details: Details) -> str:
    return f"⚠ The corporate lead is warned: {details['reason']}"


def _bounced(details: Details) -> str:
    name = str(details.get("letter") or "a letter").replace("_", " ")
    return f"⚠ Our letter came back ({name}): reach the resident another way."


def _settled_delivery(details: Details) -> str:
    return f"{{who}} made sure: our letter has {'arrived' if details['arrived'] else 'not arrived and is sent again'}."


def _owed(details: Details) -> str:
    """What is owed, as reminders call it; an older version kept its kind of fewer events."""
    kind = details.get("kind")
    return DUTIES_IN_WORDS[DutyKind(kind)] if kind else "something that is owed"


def _duty_made(details: Details) -> str:
    return f"{{who}} noted {_owed(details)}, due by {_day(details, 'due')}."


def _duty_moved(details: Details) -> str:
    return f"{{who}} moved {_owed(details)} from {_day(details, 'before')} to {_day(details, 'due')}."


def _duty_settled(details: Details) -> str:
    return f"{{who}} settled {_owed(details)}: {details['state']}."


def _joined(details: Details) -> str:
    if details.get("apart"):
        return f"It reads like the campaign of {details['parent']}, but is answered for itself."
    return f"It is part of a campaign: {details['parent']} speaks for it."


def _happened(details: Details) -> str:
    return f"{{who}} noted: {details['event']}, {_day(details, 'on')}."


def _said(words: str) -> Callable[[Details], str]:
    """A line with some of the details put in as they are: references, roles, numbers, never what was typed."""
    return lambda details: words.format_map({**details, "who": "{who}"})


LINES: dict[str, str | Callable[[Details], str]] = {
    "acknowledged": _acknowledged,
    "alert_raised": _alert,
    "alert_taken": "{who} has the warning.",
    "appointed": _said("{who} appointed somebody independent as {role}."),
    "appointment_ended": _said("{who} ended the appointment as {role}."),
    "area_corrected": _area_corrected,
    "asked_after": _said("{reference} of the same person asks after it."),
    "asks_after": _said("It asks after {reference} of the same person."),
    "assigned": _assigned,
    "attachment_infected": "⚠ A file that came with a letter holds a virus; it is kept away.",
    "began_at_stage": _began_at,
    "campaign_recognised": _said("It speaks for a campaign: {people} people wrote nearly the same."),
    "close_out_asked": lambda details: (
        f"The resident was asked whether it was put right; it closes after {_day(details, 'until')}."
    ),
    "closed": "{who} closed it.",
    "correction_undone": lambda details: (
        f"{{who}} undid the correction of the {'kind' if details['what'] == 'kind_corrected' else 'service'}."
    ),
    "dates_moved": _dates_moved,
    "declined": "{who} did not accept it as a complaint and closed it.",
    "delivery_settled": _settled_delivery,
    "duty_made": _duty_made,
    "duty_moved": _duty_moved,
    "duty_reassigned": _reassigned,
    "duty_reopened": lambda details: f"Owed again: {_owed(details)}.",
    "duty_settled": _duty_settled,
    "escalation_requested": _escalated,
    "extended": _extended,
    "happened": _happened,
    "joined_campaign": _joined,
    "kind_corrected": _kind_corrected,
    "left_campaign": _said("It left the campaign of {parent} and speaks for itself."),
    "letter_bounced": _bounced,
    "letter_in_doubt": "⚠ A letter of ours may not have arrived.",
    "letter_received": "A letter arrived.",
    "letter_split": _said("{who} made {new_case} of a letter of it."),
    "linked": _said("{who} linked it to {other}."),
    "matter_split_off": _said("{who} made {new_case} of another matter in its first letter."),
    "merged": _said("{who} merged it into {into} and closed it."),
    "merged_in": _said("{who} merged {other} into it."),
    "no_receipt_sent": "No receipt went to the resident.",
    "ombudsman_case_opened": _said("{who} noted that the {body} has a case on it, {reference}."),
    "ombudsman_decided": _said("{who} noted the Ombudsman’s decision on {reference}."),
    "ombudsman_draft": _said("{who} noted a draft decision of the Ombudsman’s on {reference}."),
    "plan_agreed": _plan_agreed,
    "paused": _paused,
    "points_recorded": "{who} recorded the points of the complaint.",
    "procedure_changed": _procedure,
    "reopened": "{who} opened it again.",
    "request_answered": "An answer came to what was asked of others.",
    "request_answered_by_email": "A letter came that may answer what was asked of others.",
    "request_not_answered": "{who} noted that what was asked of others is not answered yet.",
    "responded": _responded,
    "resumed": _resumed,
    "scope_agreed": lambda details: f"{{who}} agreed with the person what it is about; {_letter(details)}.",
    "signals_raised": lambda details: f"New signs in it: {_signals(details)}.",
    "signed_off": "{who} signed off the answer to an Ombudsman's enquiry.",
    "signposted": "{who} told the resident where to turn and closed it.",
    "snoozed": _snoozed,
    "taken": "{who} took it.",
    "withdrawn": "The person withdrew it; {who} closed it.",
}
"""What each event says."""

QUIET = {
    "attachments_saved": "who took files out stands in the history",
    "campaign_counted": "the card says how many people",
    "close_out_left_to_people": "the card's Close button stays",
    "letter_delayed": "nothing is to be done yet",
    "letter_followed": "what a provider says on the way; a letter that came back has an event of its own",
    "letter_sorted": "the card says what the letter wants, and whom it concerns is told",
    "nagged": "reminders reach whom they are for",
    "ombudsman_advice": "it is looked up in the history",
    "press_refused": "it concerns the presser, and the audit",
    "read": "it concerns the audit",
    "received": "the card itself says so",
    "request_chased": "the partner is reminded, nobody here has to do anything",
    "suggestion_recorded": "the card says what was suggested",
    "taken_down": "the card itself says that there is a case",
}
"""Events that make no line, each with the reason."""
