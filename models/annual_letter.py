"""The figures of an Ombudsman's annual letter: read from a table, kept by year, and held against our own record."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from models.case import Case
from models.duty import Duty, DutyKind
from models.duty_list import Result, result
from models.ombudsman import OmbudsmanCase, OmbudsmanFigure, OmbudsmanState
from models.once import insert_once
from models.problems import Problem
from models.rules.annual_letter import (
    ASSESSED,
    COMPLIANCE,
    DEALT_WITH,
    INVESTIGATED,
    NOT_FOR_US,
    SATISFACTORY,
    SERVICES,
    UPHELD,
    Figure,
    in_todays_items,
    read_figure,
)

_HINT = "The table has the columns item, value and, if wanted, service."


class LetterTableWrong(ValueError):  # noqa: N818 -- read aloud as a sentence, not as a class
    """The table of an annual letter cannot be taken as it is."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(str(problems[0]))
        self.problems = tuple(problems)


def read_year(text: str) -> date:
    """The first day of a year such as “2024-25”, which runs from April to March. Raises ValueError with a sentence."""
    found = re.fullmatch(r"(20\d\d)[-/](\d\d)", text.strip())
    if not found or (int(found[1]) + 1) % 100 != int(found[2]):
        raise ValueError(f"“{text}” is no year of an annual letter; write it like 2024-25.")
    return date(int(found[1]), 4, 1)


def read_table(text: str) -> list[Figure]:
    """The figures of a table in CSV. Raises LetterTableWrong with every line that cannot be taken: then none is."""
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), skipinitialspace=True)
    figures: dict[tuple[str, str], Figure] = {}
    problems: list[Problem] = []
    for line, row in _rows(rows):
        try:
            figure = _figure(row)
            if (figure.item, figure.service) in figures:
                raise ValueError(f"“{figure.item}” stands there twice.")  # noqa: TRY301 -- told with the others
            figures[figure.item, figure.service] = figure
        except ValueError as wrong:
            problems.append(Problem(f"line {line}", str(wrong), _HINT))
    if problems or not figures:
        raise LetterTableWrong(problems or [Problem("line 2", "the table has no figures.", _HINT)])
    return list(figures.values())


def _rows(rows: "csv.DictReader[str]") -> Iterator[tuple[int, Mapping[str | None, Any]]]:
    """The table's rows, each with its line. Raises LetterTableWrong when it is no such table."""
    try:
        names = [name.strip().lower() for name in rows.fieldnames or ()]
        if sorted(names) not in (["item", "value"], ["item", "service", "value"]):
            raise LetterTableWrong([Problem("line 1", "these are not the columns of an annual letter.", _HINT)])
        rows.fieldnames = names
        for row in rows:
            yield rows.line_num, dict(row)
    except csv.Error as broken:
        raise LetterTableWrong([Problem(f"line {rows.line_num + 1}", f"this is no CSV: {broken}.", _HINT)]) from None


def _figure(row: Mapping[str | None, Any]) -> Figure:
    if None in row:
        raise ValueError("it has more cells than columns; a figure with a comma stands in quotes, as “1,234”.")
    return read_figure(row["item"] or "", row["value"] or "", row.get("service") or "")


@dataclass
class Imported:
    """What an import changed; ``changed`` has, for each figure that was another before, a note in words."""

    new: int = 0
    same: int = 0
    changed: list[str] = field(default_factory=list)


def keep_figures(session: Session, figures: Sequence[Figure], *, body: str, year: str, now: datetime) -> Imported:
    """Keep a letter's figures. Again the same changes nothing; other figures replace the old, which are named."""
    kept = {(each.item, each.service): each for each in _kept(session, body, year)}
    done = Imported()
    for figure in figures:
        old = kept.get((figure.item, figure.service))
        if old is None:
            insert_once(session, OmbudsmanFigure, body=body, year=year, imported_at=now, **vars(figure))
            done.new += 1
        elif old.value == figure.value:
            done.same += 1
        else:
            of = f" ({figure.service})" if figure.service else ""
            done.changed.append(f"{figure.item}{of}: was {old.value:g}, now {figure.value:g}")
            old.value, old.imported_at = figure.value, now
            session.add(old)
    return done


@dataclass(frozen=True)
class Compared:
    """One figure of a letter beside our own count; ``ours`` is None where our record has nothing that compares."""

    body: str
    year: str
    item: str
    service: str
    letter: float
    ours: float | None

    @property
    def difference(self) -> str:
        """What differs, in words; "" where the two agree or nothing compares."""
        if self.ours is None or self.ours == self.letter:
            return ""
        more, where = abs(self.letter - self.ours), "letter" if self.letter > self.ours else "record"
        why = " (the Ombudsman does not tell us of all who came too early)" if self.item in _HIDDEN else ""
        return f"{more:g} more in the {where}{why if where == 'letter' else ''}"


_HIDDEN = (DEALT_WITH, NOT_FOR_US)
"""Items in which the Ombudsman counts people that it never tells the council of."""


def compare(session: Session) -> list[Compared]:
    """Every kept figure beside our record's, the newest year first, older items as today's where they can be."""
    found = session.exec(
        select(OmbudsmanFigure).order_by(
            col(OmbudsmanFigure.year).desc(), OmbudsmanFigure.body, OmbudsmanFigure.service, col(OmbudsmanFigure.id)
        )
    ).all()
    groups = dict.fromkeys((each.body, each.year, each.service) for each in found)
    return [each for group in groups for each in _of_group(session, group, found)]


def _of_group(session: Session, group: tuple[str, str, str], found: Sequence[OmbudsmanFigure]) -> Iterator[Compared]:
    body, year, service = group
    kept = {each.item: each.value for each in found if (each.body, each.year, each.service) == group}
    ours = own_counts(session, body, read_year(year), service)
    for item, value in (kept | in_todays_items(kept)).items():
        yield Compared(body, year, item, service, value, ours.get(item))


def own_counts(session: Session, body: str, first: date, service: str = "") -> dict[str, float]:
    """What our own record counts under a letter's items, in the year that begins on ``first``.

    Decided cases count in the year of their decision, those that came too early in the year we heard of them.
    Compliance is the share of the recommendations settled in the year that were carried out, late or not.
    """
    until = date(first.year + 1, 3, 31)
    cases = [
        each for each, ours in _of_body(session, body) if not service or ours.main_area in SERVICES.get(service, ())
    ]
    decided = [each for each in cases if each.decided_on and first <= each.decided_on <= until]
    early = [each for each in cases if each.state == OmbudsmanState.PREMATURE and first <= each.received_on <= until]
    upheld = [each for each in decided if each.is_upheld]
    put_right = [each for each in upheld if each.remedied_before]
    counts = {
        DEALT_WITH: len(decided) + len(early),
        NOT_FOR_US: len(early),
        ASSESSED: sum(each.is_upheld is None for each in decided),
        INVESTIGATED: sum(each.is_upheld is not None for each in decided),
        UPHELD: len(upheld),
        SATISFACTORY: len(put_right),
    }
    shares = {UPHELD: (len(upheld), counts[INVESTIGATED]), SATISFACTORY: (len(put_right), len(upheld))}
    shares[COMPLIANCE] = _complied(session, cases, first, until)
    in_per_cent = {f"{item} (%)": round(100 * part / of) for item, (part, of) in shares.items() if of}
    return {**counts, COMPLIANCE: shares[COMPLIANCE][0], **in_per_cent}


def _complied(session: Session, cases: Sequence[OmbudsmanCase], first: date, until: date) -> tuple[int, int]:
    """How many recommendations of these cases were carried out, of those settled in the span."""
    of_cases = col(Duty.ombudsman_case_id).in_([each.id for each in cases])
    due = select(Duty).where(of_cases, Duty.kind == DutyKind.RECOMMENDATION)
    found = [(result(each), each.done_on or each.due) for each in session.exec(due)]
    settled = [what for what, day in found if first <= day <= until and what not in {Result.OPEN, Result.DROPPED}]
    return sum(what is not Result.NOT_COMPLETE for what in settled), len(settled)


def _of_body(session: Session, body: str) -> Sequence[tuple[OmbudsmanCase, Case]]:
    query = select(OmbudsmanCase, Case).join(Case, col(Case.id) == OmbudsmanCase.case_id)
    return session.exec(query.where(OmbudsmanCase.body == body)).all()


def _kept(session: Session, body: str, year: str) -> Sequence[OmbudsmanFigure]:
    wanted = select(OmbudsmanFigure).where(OmbudsmanFigure.body == body, OmbudsmanFigure.year == year)
    return session.exec(wanted.with_for_update()).all()
