"""``tocsin duties``: what is promised, asked, missing or recommended, the nearest date first."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import click
from sqlmodel import Session

from commands.joining import case_of, clock_of, engine_of, say_and_stop, settings_of
from models.case import Case
from models.clock import instant_in_words, london_date
from models.council import officer_by_email
from models.db import reading
from models.duty import Duty, DutyKind
from models.duty_list import Result, Which, duties, is_late, is_paused, result
from models.people import Officer
from models.queries import officer_names


@click.command()
@click.option("--overdue", is_flag=True, help="Only those whose last day, or last instant, has passed.")
@click.option("--owner", "email", metavar="EMAIL", help="Only those this officer owes.")
@click.option("--case", "reference", metavar="REF", help="Only those on this case.")
@click.option("--kind", type=click.Choice([kind.value for kind in DutyKind]), help="Only those of one kind.")
@click.option("--all", "include_settled", is_flag=True, help="Also those that are settled.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a duty.")
@click.pass_context
def command(context: click.Context, /, *, as_json: bool, **asked: Any) -> None:
    """List what is owed on cases beside the acknowledgement and the answer."""
    settings = settings_of(context)
    now = clock_of(settings).now()
    with reading(engine_of(settings)) as session:
        found = duties(session, _which(session, asked, now))
        names = officer_names(session)
    if not found and not as_json:
        click.echo("Nothing is overdue." if asked["overdue"] else "Nothing is owed.")
    for duty, case in found:
        owner = names.get(duty.owner_id or case.owner_id or 0, "nobody")
        told = _as_dict(duty, case, owner, now)
        click.echo(json.dumps(told, default=str, ensure_ascii=False) if as_json else _line(duty, told))


def _which(session: Session, asked: Mapping[str, Any], now: datetime) -> Which:
    return Which(
        case=case_of(session, asked["reference"]) if asked["reference"] else None,
        owner=_officer(session, asked["email"]) if asked["email"] else None,
        kind=DutyKind(asked["kind"]) if asked["kind"] else None,
        include_settled=asked["include_settled"],
        late_at=now if asked["overdue"] else None,
    )


def _officer(session: Session, email: str) -> Officer:
    found = officer_by_email(session, email)
    if found is None:
        say_and_stop(f"{email} is no officer's address.", hint="Officers stand in the settings, under “officers”.")
    return found


def _as_dict(duty: Duty, case: Case, owner: str, now: datetime) -> dict[str, Any]:
    kept = duty.model_dump(include={"kind", "what", "due", "due_at", "since", "party", "done_on", "evidence"})
    return {
        "duty": duty.number,
        "reference": case.reference,
        "owner": owner,
        "result": result(duty),
        "is_overdue": is_late(duty, case, now=now),
        "is_paused": is_paused(duty, case),
        "waits_to_be_read": duty.waits_to_be_read,
        "days": _days(duty, london_date(now)),
        **kept,
    }


def _days(duty: Duty, today: date) -> int:
    """Its age: since something is missing, or since the duty was made; of a settled one, until it was done."""
    return ((duty.done_on or today) - (duty.since or london_date(duty.made_at))).days


def _line(duty: Duty, told: Mapping[str, Any]) -> str:
    by = instant_in_words(duty.due_at) if duty.due_at else str(duty.due)
    said = {"TO BE READ": told["waits_to_be_read"], "PAUSED": told["is_paused"], "OVERDUE": told["is_overdue"]}
    open_one = next((word for word, is_so in said.items() if is_so), "")
    stands = open_one if told["result"] is Result.OPEN else told["result"]
    age = f"{told['days']} days" if told["result"] is Result.OPEN else ""
    what = " ".join(duty.what.split())
    asked = f"{duty.party}: " if duty.party else ""
    return (
        f"{duty.number:5}  {told['reference']}  {duty.kind:14}  by {by:10}  {stands:16}  {age:8}  {told['owner']:20}  "
        f"{asked}{what}"
    )
