"""``tocsin ombudsman``: the Ombudsmen's cases on ours with their remedies, and the figures of the annual letter."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from commands.joining import clock_of, engine_of, say_and_stop, settings_of
from models.annual_letter import Compared, LetterTableWrong, compare, keep_figures, read_table, read_year
from models.db import reading, writing
from models.ombudsman_list import Listed, Span, ombudsman_cases, premature_by_area
from models.rules.labels import AREAS
from models.settings import Settings

DAY = click.DateTime(formats=["%Y-%m-%d"])
_LARGEST = 1_000_000


@click.group(invoke_without_command=True)
@click.option("--upheld", is_flag=True, help="Only those that were upheld.")
@click.option("--open", "is_open", is_flag=True, help="Only those not decided, or with a recommendation still owed.")
@click.option("--from", "first", type=DAY, help="Decided, or else heard of, on this day or later.")
@click.option("--until", "last", type=DAY, help="Decided, or else heard of, on this day or earlier.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a case.")
@click.pass_context
def command(
    context: click.Context, *, upheld: bool, is_open: bool, as_json: bool, first: datetime | None, last: datetime | None
) -> None:
    """List the Ombudsmen's cases on ours, each with what was recommended or promised and what became of it."""
    if context.invoked_subcommand is not None:
        return
    span = _span(first, last)
    with reading(engine_of(settings_of(context))) as session:
        found = ombudsman_cases(session, span, only_upheld=upheld, only_open=is_open)
    if not found and not as_json:
        click.echo("No Ombudsman's case is noted." if span == Span() else "No Ombudsman's case is noted of that time.")
    for each in found:
        click.echo(_json(each.as_dict()) if as_json else _lines(each))


@command.command()
@click.option("--from", "first", type=DAY, help="Heard of on this day or later.")
@click.option("--until", "last", type=DAY, help="Heard of on this day or earlier.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a service.")
@click.pass_context
def premature(context: click.Context, *, as_json: bool, first: datetime | None, last: datetime | None) -> None:
    """Count by service who went to the Ombudsman too early: a service that rises needs a look."""
    with reading(engine_of(settings_of(context))) as session:
        found = premature_by_area(session, _span(first, last))
    if not found and not as_json:
        click.echo("Nobody that we know of went to the Ombudsman too early.")
    for area, count in found.items():
        click.echo(_json({"area": area, "count": count}) if as_json else f"{count:4}  {AREAS[area].name}")


@command.command("import-letter")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--year", required=True, help="Which year's letter, such as 2024-25.")
@click.option("--body", help="Whose letter; otherwise the Ombudsman's of the corporate procedure.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.pass_context
def import_letter(context: click.Context, file: Path, *, year: str, body: str | None, as_json: bool) -> None:
    """Take in an annual letter's figures from FILE, a table in CSV with the columns item, value and service.

    The items are those of the letter, such as "Complaints upheld". A table with a mistake is refused whole.
    """
    settings = settings_of(context)
    wanted = _year(year)
    try:
        figures = read_table(_text(file))
    except LetterTableWrong as wrong:
        for problem in wrong.problems:
            click.echo(str(problem), err=True)
        say_and_stop("Nothing was taken in.", hint="Put these lines right and import it again.")
    now = clock_of(settings).now()
    with writing(engine_of(settings)) as session:
        done = keep_figures(session, figures, body=_body(body, settings), year=wanted, now=now)
    if as_json:
        click.echo(_json(vars(done)))
        return
    click.echo(f"{done.new} new, {len(done.changed)} changed, {done.same} the same as before.")
    for note in done.changed:
        click.echo(f"  {note}")


@command.command("figures")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a figure.")
@click.pass_context
def figures_command(context: click.Context, *, as_json: bool) -> None:
    """Show the annual letters' figures beside what our own record counts, with the differences."""
    with reading(engine_of(settings_of(context))) as session:
        found = compare(session)
    if not found and not as_json:
        click.echo("No annual letter was taken in. Run: tocsin ombudsman import-letter FILE --year 2024-25")
    for each in found:
        click.echo(_json({**vars(each), "difference": each.difference}) if as_json else _figure(each))


def _span(first: datetime | None, last: datetime | None) -> Span:
    span = Span(first.date() if first else None, last.date() if last else None)
    if span.first and span.last and span.first > span.last:
        say_and_stop("That span ends before it begins.", hint="Give --from the earlier day.", code=2)
    return span


def _year(text: str) -> str:
    """As it is kept, such as 2024-25."""
    try:
        first = read_year(text)
    except ValueError as wrong:
        say_and_stop(str(wrong), code=2)
    return f"{first.year}-{(first.year + 1) % 100:02}"


def _body(given: str | None, settings: Settings) -> str:
    known = {procedure.external_body for procedure in settings.procedures.values()}
    if given is not None and given not in known:
        say_and_stop(f"No procedure ends with “{given}”.", hint=f"Choose one of: {', '.join(sorted(known))}.", code=2)
    return given or settings.procedures["corporate"].external_body


def _text(file: Path) -> str:
    if file.stat().st_size > _LARGEST:
        say_and_stop(f"{file} is too large for an annual letter.", hint="Give the table alone, as CSV.")
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        say_and_stop(f"{file} is no text in UTF-8.", hint="Save the table as “CSV UTF-8”.")
    except OSError as refused:
        say_and_stop(f"{file} cannot be read: {refused.strerror}.", hint="Check its rights.")


def _json(told: Mapping[str, Any]) -> str:
    return json.dumps(told, default=str, ensure_ascii=False)


def _lines(listed: Listed) -> str:
    theirs = listed.theirs
    outcome = "" if theirs.decided_on is None else f", {_upheld(theirs.is_upheld)} {theirs.decided_on}"
    before = ", put right before" if theirs.remedied_before else ""
    head = f"{theirs.body} {theirs.reference}  {listed.case.reference}  {AREAS[listed.case.main_area].name}"
    lines = [f"{head}: {theirs.state}{outcome}{before}"]
    for remedy in listed.as_dict()["remedies"]:
        by = f"{remedy['from']}, for {remedy['for']}, by {remedy['due']}"
        lines.append(f"    {remedy['duty']:5}  {remedy['result']:16}  {by}: {' '.join(remedy['what'].split())}")
    return "\n".join(lines)


def _upheld(is_upheld: bool | None) -> str:
    words = {True: "upheld", False: "not upheld", None: "closed without an investigation"}
    return words[is_upheld]


def _figure(each: Compared) -> str:
    of = f" ({each.service})" if each.service else ""
    ours = "–" if each.ours is None else f"{each.ours:g}"
    return f"{each.year}  {each.item + of:60}  letter {each.letter:>7g}  record {ours:>7}  {each.difference}".rstrip()
