"""``tocsin evaluate``: measure the classifier, on labelled messages and on what it was made of."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

import click

from classifier.card import CORPUS_CARD, MODEL_CARD, CardError, Made, write_part
from classifier.evaluation import Labelled, LabelledError, evaluate, read_labelled
from classifier.examples import CORPUS, FROZEN, CorpusError, Example, read_corpus
from classifier.tables import Table
from commands.joining import clock_of, say_and_stop, settings_of, suggester_of
from models.clock import london_date
from models.settings import Settings

if TYPE_CHECKING:
    from classifier.folding import Folds, Way

_PARTS = ("corpus", "held-out", "contrast", "curve", "ablation")


@dataclass(frozen=True)
class _Part:
    """What one part of the measuring found: as JSON can hold it, as tables, as lines, and of which model."""

    figures: dict[str, Any]
    tables: Sequence[Table]
    text: str
    version: str


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--held-out", is_flag=True, help="Scenarios of the corpus that the model had not seen.")
@click.option("--contrast", is_flag=True, help="Pairs of messages that differ only in kind.")
@click.option("--curve", is_flag=True, help="What more messages bring.")
@click.option("--ablation", is_flag=True, help="What each part of the model brings.")
@click.option("--corpus", is_flag=True, help="Count what the corpus holds.")
@click.option("--write-card", is_flag=True, help="Write the figures into the cards; all parts when none is named.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.pass_context
def command(context: click.Context, /, file: Path | None, *, write_card: bool, as_json: bool, **asked: bool) -> None:
    """Compare what the classifier says of the messages in FILE with what people said, or measure it on its corpus.

    FILE holds JSON lines with text (or subject and body) and label (or kind); null labels are counted and skipped.
    The other measures train models on parts of the corpus: all of them together take about a quarter of an hour.
    """
    settings = settings_of(context)
    parts = [part for part in _PARTS if asked[part.replace("-", "_")]]
    if not (parts or file):
        if not write_card:
            say_and_stop("Name a file, or what to measure.", hint="tocsin evaluate --help", code=2)
        parts = list(_PARTS)
    found = {"labelled": _labelled(settings, file)} if file else {}
    measuring = _Measuring(settings)
    for part in parts:
        found[part] = measuring.measure(part)
        if write_card:
            _write(part, found[part], settings, f"tocsin evaluate --{part} --write-card")
    if file and write_card:
        _write("labelled", found["labelled"], settings, f"tocsin evaluate {file} --write-card")
    _say(found, as_json=as_json)


class _Measuring:
    """What is measured on the corpus: read once, and each way of fitting judged once."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def measure(self, part: str) -> _Part:
        """One part's figures."""
        of_part: dict[str, Callable[[], _Part]] = {
            "corpus": self._corpus,
            "held-out": self._held_out,
            "contrast": self._contrast,
            "curve": self._curve,
            "ablation": self._ablation,
        }
        return of_part[part]()

    def _corpus(self) -> _Part:
        from classifier.counting import count, count_tables

        figures = {"corpus": count(self._examples), "frozen": count(self._frozen)}
        return self._part(figures, count_tables(self._examples, self._frozen))

    def _held_out(self) -> _Part:
        from classifier.folding import WHOLE
        from classifier.held_out import held_out

        with self._fitting("Held out", [WHOLE]) as progress:
            found = held_out(self._folds.judge(WHOLE, progress))
        return self._part(found.as_dict(), list(found.tables()))

    def _contrast(self) -> _Part:
        from classifier.folding import WHOLE
        from classifier.telling_apart import tell_apart

        with self._fitting("Contrast", [WHOLE]) as progress:
            judged = self._folds.judge(WHOLE, progress)
        corpus = tell_apart((each.example, each.chances) for each in judged)
        chances, version = self._chances_of_frozen()
        frozen = tell_apart(zip(self._frozen, chances, strict=True))
        tables = [corpus.table("Pairs of the corpus, held out"), frozen.table("Pairs of the frozen set, model in use")]
        return _Part({"corpus": corpus.as_dict(), "frozen": frozen.as_dict()}, tables, _as_text(tables), version)

    def _curve(self) -> _Part:
        from classifier.trials import CURVE, curve, trial_table

        with self._fitting("Learning curve", list(CURVE.values())) as progress:
            rows = curve(self._folds, progress)
        table = trial_table("What more messages bring", "part of the scenarios", rows)
        return self._part({row.way: row.as_dict() for row in rows}, [table])

    def _ablation(self) -> _Part:
        from classifier.trials import ABLATION, ablation, trial_table

        with self._fitting("Ablation", list(ABLATION.values())) as progress:
            rows = ablation(self._folds, progress)
        table = trial_table("What each part of the model brings", "given", rows)
        return self._part({row.way: row.as_dict() for row in rows}, [table])

    @cached_property
    def _examples(self) -> list[Example]:
        return _read(CORPUS)

    @cached_property
    def _frozen(self) -> list[Example]:
        return _read(FROZEN)

    @cached_property
    def _folds(self) -> "Folds":
        from classifier.folding import READ_AT_ONCE, Folds, read_all

        examples = self._examples
        with _bar("Reading the corpus", -(-len(examples) // READ_AT_ONCE)) as progress:
            readings = read_all(examples, progress)
        return Folds(examples, readings, thresholds=self._settings.classifier.thresholds)

    def _fitting(self, label: str, ways: "Sequence[Way]") -> Any:
        return _bar(f"{label}: models fitted", self._folds.fits(ways))

    def _chances_of_frozen(self) -> tuple[list[Any], str]:
        """What the model in use thinks of the frozen set, and that model's version."""
        from classifier.artefact import ArtefactError
        from classifier.shelf import read_current
        from classifier.training import read_examples

        try:
            model, version = read_current(self._settings.classifier.artefact)
        except ArtefactError as refused:
            say_and_stop(str(refused))
        return [scores.kinds for scores in model.scores(read_examples(self._frozen))], version

    def _part(self, figures: dict[str, Any], tables: Sequence[Table]) -> _Part:
        from classifier.artefact import version_of

        return _Part(figures, tables, _as_text(tables), version_of())


def _labelled(settings: Settings, file: Path) -> _Part:
    lines = _read_labelled(file)
    suggester = suggester_of(settings)
    report = evaluate(suggester, lines, bold=suggester_of(_without_threshold(settings)))
    version = suggester.suggest_many([line.message for line in lines[:1]])[0].version if lines else ""
    return _Part(report.as_dict(), report.tables(), report.as_text(), version)


def _read_labelled(file: Path) -> list[Labelled]:
    try:
        return read_labelled(file)
    except LabelledError as wrong:
        say_and_stop(str(wrong), hint="One JSON object a line, with text and label.", code=2)


def _read(folder: Path) -> list[Example]:
    try:
        return read_corpus(folder)
    except CorpusError as wrong:
        say_and_stop(str(wrong), hint="Mend that line.", code=2)


def _without_threshold(settings: Settings) -> Settings:
    bold = settings.classifier.model_copy(update={"at_least": 0.0, "at_least_by_kind": {}})
    return settings.model_copy(update={"classifier": bold})


def _write(part: str, found: _Part, settings: Settings, typed: str) -> None:
    """Put a part's figures into the card it belongs to; what the corpus holds needs no date."""
    today = london_date(clock_of(settings).now())
    try:
        if part == "corpus":
            write_part(CORPUS_CARD, part, found.tables)
        else:
            write_part(MODEL_CARD, part, found.tables, Made(today, found.version, typed))
    except CardError as wrong:
        say_and_stop(str(wrong), hint="Cards are written where the program’s own source stands.")


def _say(found: dict[str, _Part], *, as_json: bool) -> None:
    """A file alone is told as its own figures; parts are told by name."""
    if as_json:
        alone = list(found) == ["labelled"]
        told = found["labelled"].figures if alone else {part: each.figures for part, each in found.items()}
        click.echo(json.dumps(told))
        return
    click.echo("\n\n".join(each.text for each in found.values()))


def _as_text(tables: Sequence[Table]) -> str:
    return "\n\n".join(table.as_text() for table in tables)


@contextmanager
def _bar(label: str, length: int) -> Iterator[Callable[[], None]]:
    """A bar on standard error, and how long it took."""
    started = monotonic()
    with click.progressbar(length=length, label=label, file=sys.stderr) as bar:
        yield lambda: bar.update(1)
    click.echo(f"    took {monotonic() - started:.0f} s", err=True)
