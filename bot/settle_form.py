"""The form that says one duty is done: a pure function. It tells the duty in our words, and nothing of the case."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.modals import View, plain
from bot.nag_lines import DUTIES_IN_WORDS
from bot.verb_forms import Form, form_of
from models.case import Case
from models.clock import in_words
from models.duty import Duty, DutyKind
from models.verbs.promise import done_of

SETTLE_DUTY = "settle_duty"


def settle_form(case: Case, duty: Duty, *, what: str, today: date, channel: str) -> View:
    """What “done” asks, for this one duty; ``what`` is in people's words, and "" for whoever may not see the case."""
    form = form_of(Form(done_of(duty), case, {}, today), channel=channel)
    reference, *asked = form["blocks"]
    said = f"Duty {duty.number}: {DUTIES_IN_WORDS[DutyKind(duty.kind)]}, due by {in_words(duty.due)}."
    kept = {"case": case.number, "channel": channel, "duty": duty.number}
    return form | {
        "callback_id": SETTLE_DUTY,
        "private_metadata": json.dumps(kept),
        "blocks": [reference, plain("\n".join(filter(None, (said, what)))), *asked],
    }


def duty_in(view: Mapping[str, Any]) -> int:
    """The number of the duty a form is of."""
    return int(json.loads(view["private_metadata"])["duty"])
