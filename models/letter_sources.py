"""Where letters come from: the templates that come with Tocsin, and a council's own laid over them."""

import traceback
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path

from jinja2 import ChoiceLoader, DictLoader, StrictUndefined, TemplateError, TemplateSyntaxError, meta, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from models.problems import Problem
from models.rules.languages import Language

FOLDER = Path(__file__).parent / "letter_templates"
SUBJECT = "Subject: "

_GOES_WRONG = (TemplateError, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What filling a template may raise."""


@cache
def templates(own: Path | None) -> ImmutableSandboxedEnvironment:
    """Every letter, the council's own before ours; sandboxed, since a template is a small program.

    Read once and kept: what was checked at the start is what is sent until the next start, though somebody
    should be editing the file meanwhile. Raises UnicodeDecodeError and OSError.
    """
    return ImmutableSandboxedEnvironment(
        loader=ChoiceLoader([DictLoader(sources(folder)) for folder in (own, FOLDER) if folder]),
        undefined=StrictUndefined,
        autoescape=False,
        keep_trailing_newline=True,
        auto_reload=False,
    )


def sources(folder: Path) -> dict[str, str]:
    """The templates in a folder by name, such as ``en/receipt.txt``."""
    return {name: (folder / name).read_text(encoding="utf-8-sig") for name in _files(folder)}


@cache
def letter_names() -> tuple[str, ...]:
    """Every letter there is a template for."""
    return tuple(sorted(path.stem for path in (FOLDER / Language.ENGLISH).glob("*.txt")))


@cache
def variables(name: str, language: Language = Language.ENGLISH) -> frozenset[str]:
    """Everything our template of a letter names."""
    ours = templates(None)
    source = (FOLDER / language / f"{name}.txt").read_text(encoding="utf-8")
    return frozenset(meta.find_undeclared_variables(ours.parse(source)))


def problems_in(own: Path, known: frozenset[str], fill: Callable[[str], Iterator[str]]) -> list[Problem]:
    """What is wrong with a council's own templates, each with its file and line.

    ``known`` is what any letter may name. ``fill`` fills the template of that name for cases of every
    sort, and yields what it finds wrong with the filled letter as sentences.
    """
    if not own.is_dir():
        return [Problem("letters.templates", f"there is no folder {own}.", "Make it, or set it to null.")]
    unreadable = [problem for name in _files(own) if (problem := _unreadable(own / name))]
    return unreadable or [problem for name in _files(own) for problem in _problems(own, name, known, fill)]


def _files(folder: Path) -> list[str]:
    found = (path for path in sorted(folder.glob("*/*")) if path.is_file() and not path.name.startswith("."))
    return [path.relative_to(folder).as_posix() for path in found]


def _problems(own: Path, name: str, known: frozenset[str], fill: Callable[[str], Iterator[str]]) -> Iterator[Problem]:
    language, _, file = name.partition("/")
    letter = file.removesuffix(".txt")
    if language not in set(Language) or letter not in letter_names() or not file.endswith(".txt"):
        hint = f"Name it en/ or cy/ and one of: {', '.join(f'{each}.txt' for each in letter_names())}."
        yield Problem(str(own / name), "there is no such letter.", hint)
        return
    needed = variables(letter) - known | {"reference"}
    try:
        source = (own / name).read_text(encoding="utf-8-sig")
        wrong = list(_wrong_in(source, allowed=known | variables(letter), needed=needed))
    except TemplateSyntaxError as refused:
        said = (refused.message or "").rstrip(".")
        wrong = [(refused.lineno, f"Jinja cannot read it: {said}.", "Mend the template.")]
    for line, sentence, hint in wrong or _wrong_when_filled(name, fill):
        yield Problem(f"{own / name} line {line}", sentence, hint)


def _unreadable(file: Path) -> Problem | None:
    try:
        file.read_text(encoding="utf-8")
    except UnicodeDecodeError as refused:
        line = refused.object[: refused.start].count(b"\n") + 1
        return Problem(f"{file} line {line}", "it is not UTF-8.", "Save it as UTF-8.")
    except OSError as refused:
        return Problem(str(file), f"it cannot be read: {refused.strerror}.", "Let this program read it.")
    return None


def _wrong_in(source: str, *, allowed: frozenset[str], needed: frozenset[str]) -> Iterator[tuple[int, str, str]]:
    parser = templates(None)
    tree = parser.parse(source)
    parser.compile(source)
    named = meta.find_undeclared_variables(tree)
    for name in tree.find_all(nodes.Name):
        if name.name in named - allowed:
            hint = f"It may name: {', '.join(sorted(allowed))}."
            yield name.lineno, f"nothing is called “{name.name}” here.", hint
    for missing in sorted(needed - named):
        yield 1, f"it never says {{{{ {missing} }}}}.", "Without it the resident would not read what must be said."
    if not source.startswith(SUBJECT):
        yield 1, "it does not begin with its subject.", f"Write the first line as “{SUBJECT}…”."


def _wrong_when_filled(name: str, fill: Callable[[str], Iterator[str]]) -> Iterator[tuple[int, str, str]]:
    try:
        for sentence in dict.fromkeys(fill(name)):
            yield 1, sentence, "Say it, or leave the letter to Tocsin’s own template."
    except _GOES_WRONG as failed:
        places = [each.lineno for each in traceback.extract_tb(failed.__traceback__) if each.filename == "<template>"]
        yield (places or [1])[-1] or 1, f"it cannot be filled ({type(failed).__name__}).", "Mend the template."


def filled(own: Path | None, name: str, values: Mapping[str, object]) -> tuple[str, str]:
    """The subject and the text of the template of that name, such as ``en/receipt.txt``."""
    first, _, body = templates(own).get_template(name).render(values).partition("\n")
    return first.removeprefix(SUBJECT), body
