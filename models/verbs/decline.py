"""Not accepted: the council's decision not to take a complaint through the procedure.

A record and never a silent close: the ground, the evidence, the reasons, who decided, and a letter that names the
Ombudsman (Complaint Handling Code 2024, section 3).
"""

from datetime import date

from models.clock import in_words, london_date
from models.reckoning import procedure_of
from models.rules.errors import GivenWrong
from models.rules.grounds import GROUNDS, OUT_OF_TIME, ground_named
from models.rules.steps import Step
from models.stages import first_received
from models.verbs.ending import TOLD_ANOTHER_WAY, check_may_end, end, how_told, language_of, tell_or_refuse
from models.verbs.offered import where_it_may_end
from models.verbs.verb import Act, Asked, Values, Verb, one_of

NOT_ACCEPTED = "not accepted"


def _decline(act: Act, values: Values) -> str:
    check_may_end(act, Step.DECLINE)
    _check_since(act, values["since"])
    if values["ground"] == OUT_OF_TIME:
        _check_out_of_time(act, values)
    ground = ground_named(values["ground"]).said(language_of(act))
    is_sent = tell_or_refuse(act, values, "not_accepted", ground=ground, reasons=values["reason"])
    kept = {name: values[name] for name in ("ground", "evidence", "reason", "discretion", "told_another_way")}
    since = values["since"].isoformat() if values["since"] else None
    end(act, Step.DECLINE, NOT_ACCEPTED, "declined", **kept, since=since, letter=is_sent)
    return f"{act.case.reference} is not accepted ({values['ground']}) and closed. {how_told(is_sent)}"


def _check_since(act: Act, since: date | None) -> None:
    if since and since > london_date(act.now):
        raise GivenWrong("since", "That day lies in the future.")


def _check_out_of_time(act: Act, values: Values) -> None:
    """Raises GivenWrong unless the matter is older than the procedure accepts, and discretion was considered."""
    procedure = procedure_of(act.case, act.settings)
    if procedure.accept_within is None:
        raise GivenWrong("ground", "This procedure sets no limit to how old a matter may be: choose another ground.")
    if values["since"] is None:
        raise GivenWrong("since", "Say since when the person has known of it: the time counts from then.")
    last = procedure.accept_within.end(values["since"], act.settings.calendar(act.case.procedure))
    came = first_received(act.session, act.case)
    if came <= last:
        raise GivenWrong(
            "since", f"It came in time: on {in_words(came)}, and it could have come until {in_words(last)}."
        )
    if not values["discretion"]:
        raise GivenWrong("discretion", "Consider first whether there is good reason to take it late, and tick this.")


DECLINE = Verb(
    "decline",
    "Do not accept",
    "The complaint is not taken through the procedure. The resident gets a letter with the ground, your reasons and "
    "the right to go to the Ombudsman; the case closes.",
    (
        Asked("ground", "Ground", "choice", choices=one_of(*(ground.name for ground in GROUNDS))),
        Asked(
            "reason", "Reasons, as the resident reads them", "long text", hint="They stand in the letter as written."
        ),
        Asked("evidence", "Evidence", "long text", hint="What shows that the ground holds. It stays on the record."),
        Asked(
            "since",
            "Since when the person has known of it",
            "date",
            is_required=False,
            hint=f"Needed for the ground “{OUT_OF_TIME}”.",
        ),
        Asked(
            "discretion",
            "Taking it late was considered",
            "flag",
            is_required=False,
            hint=f"Needed for the ground “{OUT_OF_TIME}”: whether there is good reason to take it all the same.",
        ),
        TOLD_ANOTHER_WAY,
    ),
    _decline,
    where_it_may_end(Step.DECLINE),
)
