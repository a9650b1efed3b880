"""``tocsin case REF``: one case with its whole history."""

import json
from typing import Any

import click
from sqlmodel import Session

from commands.cases import summary
from commands.joining import case_of, engine_of, settings_of
from models.campaign_members import campaign_of, people_in
from models.case import Case
from models.clock import LONDON
from models.correspondence import Direction
from models.db import reading
from models.queries import history, letters, officer_names, suggestion
from models.rules.attached import in_words
from models.rules.doubts import DOUBTS, Doubt
from models.triage import Suggestion

_WAYS = {Direction.IN: "from the resident", Direction.OUT: "from us", Direction.PARTNER: "from a partner"}


@click.command()
@click.argument("reference")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.pass_context
def command(context: click.Context, reference: str, as_json: bool) -> None:
    """Show the case REFERENCE with its letters and everything that happened."""
    with reading(engine_of(settings_of(context))) as session:
        case = case_of(session, reference)
        whole = {
            "suggestion": _proposal(suggestion(session, case)),
            "case": summary(case, officer_names(session)) | _campaign(session, case) | {"doubts": case.doubts},
            "letters": [
                {
                    "at": each.at,
                    "direction": each.direction,
                    "subject": each.subject,
                    "text": each.text,
                    "attachments": each.attachments,
                }
                for each in letters(session, case)
            ],
            "history": [
                {"at": event.at, "event": event.name, "by": name, "details": event.details}
                for event, name in history(session, case)
            ],
        }
    if as_json:
        click.echo(json.dumps(whole, default=str, ensure_ascii=False))
    else:
        _print(whole)


def _campaign(session: Session, case: Case) -> dict[str, object]:
    """How many people it speaks for, or which case speaks for it or for the campaign it stands apart from."""
    of = campaign_of(session, case)
    return {
        "people": people_in(session, case) or 1,
        "campaign": of or None,
        "stands_apart": bool(of) and case.campaign_of_id is None,
    }


def _proposal(proposed: Suggestion | None) -> dict[str, object] | None:
    return proposed.model_dump(exclude={"id", "case_id"}) if proposed else None


def _print(whole: dict[str, Any]) -> None:
    for part in ("case", "suggestion"):
        click.secho(part.capitalize(), bold=True)
        section = whole[part]
        for name, value in section.items() if isinstance(section, dict) else ():
            if value not in (None, [], "", False) and name != "doubts":  # told below, in sentences
                click.echo(f"  {name.replace('_', ' '):16} {_shown(value)}")
        for doubt in section.get("doubts", ()) if isinstance(section, dict) else ():
            click.echo(f"  {DOUBTS[Doubt(doubt)]}")
    click.secho("Letters", bold=True)
    for letter in _rows(whole, "letters"):
        way = _WAYS[letter["direction"]]
        click.echo(f"  {letter['at'].astimezone(LONDON):%Y-%m-%d %H:%M}  {way}: {letter['subject']}")
        click.echo("\n".join(f"      {line}" for line in letter["text"].splitlines()))
        for each in letter["attachments"]:
            click.echo(f"      Attached: {in_words(each)}")
    click.secho("History", bold=True)
    for event in _rows(whole, "history"):
        by = f" by {event['by']}" if event["by"] else ""
        told = ", ".join(f"{name}: {value}" for name, value in event["details"].items() if _is_told(name, value))
        click.echo(f"  {event['at'].astimezone(LONDON):%Y-%m-%d %H:%M}  {event['event'].replace('_', ' ')}{by}  {told}")


def _is_told(name: str, value: object) -> bool:
    """How a case was filed before a correction is kept to be put back, and says nothing new to a reader."""
    return value not in (None, "") and name != "was"


def _rows(whole: dict[str, Any], name: str) -> list[dict[str, Any]]:
    rows = whole[name]
    return rows if isinstance(rows, list) else []


def _shown(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.2f}"
    if isinstance(value, list):
        return ", ".join(" ".join(map(_shown, each)) if isinstance(each, list) else str(each) for each in value)
    return str(value)
