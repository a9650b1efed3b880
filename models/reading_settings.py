"""Reads config.yaml and the environment into Settings, or says everything that is wrong at once."""

import difflib
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

import yaml
from pydantic import BaseModel, SecretStr, ValidationError

from models.environment import Tree, lay_over, variable
from models.problems import Problem, SettingsWrong
from models.reading_yaml import KeyTwice, read_yaml
from models.settings import Settings

__all__ = ["Problem", "SettingsWrong", "read_settings"]


def read_settings(path: Path, environ: Mapping[str, str] | None = None) -> Settings:
    """The settings; raises SettingsWrong with every problem. Relative paths count from the file's folder."""
    env = os.environ if environ is None else environ
    tree = _read_file(path)
    problems = [
        Problem(f"{path} → {place}", "a secret stands in the file.", f"Take it out and set {variable(place)} instead.")
        for place in (*_secrets_in(tree, ""), *_password_in_url(tree))
    ]
    problems += lay_over(tree, env)
    if problems:
        raise SettingsWrong(problems + _validation_problems(tree))
    try:
        return _anchored(Settings(**tree), path.parent.resolve())
    except ValidationError as wrong:
        raise SettingsWrong(_in_words(wrong, tree)) from None


def _validation_problems(tree: Tree) -> list[Problem]:
    try:
        Settings(**tree)
    except ValidationError as wrong:
        return _in_words(wrong, tree)
    return []


def _read_file(path: Path) -> Tree:
    try:
        tree = read_yaml(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        hint = "Copy config.yaml from the project, or name yours with --config."
        raise SettingsWrong([Problem(str(path), "there is no such file.", hint)]) from None
    except (OSError, UnicodeDecodeError) as wrong:
        hint = "It must be a readable text file in UTF-8."
        raise SettingsWrong([Problem(str(path), f"it cannot be read: {wrong}.", hint)]) from None
    except ValueError as wrong:
        hint = "Look at the dates and times: one of them cannot be."
        raise SettingsWrong([Problem(str(path), f"a value in it is impossible: {wrong}.", hint)]) from None
    except yaml.YAMLError as wrong:
        mark = getattr(wrong, "problem_mark", None)
        place = f"{path} line {mark.line + 1}" if mark else str(path)
        hint = "Look at the indentation and the colons on that line and the one above."
        if isinstance(wrong, KeyTwice):
            hint = "Keep one of the two; only one would count."
        raise SettingsWrong(
            [Problem(place, f"it is not valid YAML: {getattr(wrong, 'problem', wrong)}.", hint)]
        ) from None
    if not isinstance(tree, dict):
        raise SettingsWrong([Problem(str(path), "it holds no settings.", "Start from the project’s config.yaml.")])
    return {str(key): value for key, value in tree.items()}


def _secrets_in(value: Any, place: str, model: type[BaseModel] = Settings) -> Iterator[str]:
    """The places of secrets that stand in the file."""
    if not isinstance(value, dict):
        return
    for key, inner in value.items():
        known = model.model_fields.get(str(key))
        here = f"{place}.{key}" if place else str(key)
        if known is None:
            continue
        if known.annotation is SecretStr and inner:
            yield here
        below = next((kind for kind in (known.annotation, *get_args(known.annotation)) if _is_section(kind)), None)
        items = enumerate(inner) if isinstance(inner, list) else [(None, inner)]
        for number, item in items if below else ():
            yield from _secrets_in(item, here if number is None else f"{here}.{number}", below or Settings)


def _password_in_url(tree: Tree) -> Iterator[str]:
    section = tree.get("database")
    url = str(section.get("url")) if isinstance(section, dict) else ""
    if re.match(r"[^/]+://[^/@]*:[^/@]+@", url):
        yield "database.url"


def _is_section(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _in_words(wrong: ValidationError, tree: Tree) -> list[Problem]:
    errors = wrong.errors()
    inner = [error["loc"] for error in errors if error["type"] != "too_short"]
    # a list that is "too short" only because its items are wrong is no problem of its own
    return [
        _problem(error, tree)
        for error in errors
        if error["type"] != "too_short" or not any(loc[: len(error["loc"])] == error["loc"] for loc in inner)
    ]


_A_NAME = "[key]"
"""Where pydantic says that not the value but the name before it is wrong."""


def _problem(error: Any, tree: Tree) -> Problem:
    *steps, last = error["loc"] or ("config.yaml",)
    if last == _A_NAME:
        names = re.findall("'([^']+)'", error.get("ctx", {}).get("expected", ""))
        return Problem(".".join(map(str, steps)), "there is no such name.", _nearest(str(steps[-1]), names))
    place = ".".join(map(str, (*steps, last)))
    if error["type"] == "extra_forbidden":
        return Problem(place, "there is no such setting.", _did_you_mean(error["loc"]))
    if error["type"] == "missing":
        return Problem(place, "it is missing.", "Add it; the project’s config.yaml shows how.")
    sentence = error["msg"].removeprefix("Value error, ")
    given = _value_at(tree, error["loc"])
    shown = "" if given is None or isinstance(given, (dict, list)) else f" (it is “{given}”)"
    if re.search("token|password|secret|key", place):
        shown = ""
    return Problem(place, f"{sentence[0].lower()}{sentence[1:]}{shown}.", _hint(error, place))


def _hint(error: Any, place: str) -> str:
    if not error["loc"]:
        return "Correct it in the settings file."
    expected = error.get("ctx", {}).get("expected")
    if expected:
        return f"Choose one of {expected}."
    if error["type"].startswith("bool"):
        return "Write true or false."
    return f"Correct it in config.yaml, or set {variable(place)}."


def _did_you_mean(loc: tuple[Any, ...]) -> str:
    model: Any = Settings
    for step in loc[:-1]:
        if not _is_section(model):
            break
        known = model.model_fields.get(str(step))
        kinds = (known.annotation, *get_args(known.annotation)) if known else ()
        model = next((kind for kind in kinds if _is_section(kind)), model)
    names = list(model.model_fields) if _is_section(model) else []
    return _nearest(str(loc[-1]), names)


def _nearest(written: str, names: list[str]) -> str:
    near = difflib.get_close_matches(written, names, n=1)
    return f"Did you mean “{near[0]}”?" if near else f"Known keys here: {', '.join(names)}."


def _value_at(tree: Any, loc: tuple[Any, ...]) -> Any:
    for step in loc:
        if isinstance(tree, dict):
            tree = tree.get(step)
        elif isinstance(tree, list) and isinstance(step, int) and step < len(tree):
            tree = tree[step]
        else:
            return None
    return tree


def _anchored(settings: Settings, root: Path) -> Settings:
    """Relative paths made absolute, counted from the folder of the settings file."""
    url = settings.database.url
    if url.startswith("sqlite:///") and not url.startswith("sqlite:////") and ":memory:" not in url:
        url = f"sqlite:///{root / url.removeprefix('sqlite:///')}"
    smtp, clock = settings.smtp, settings.clock
    return settings.model_copy(
        update={
            "database": settings.database.model_copy(update={"url": url}),
            "classifier": settings.classifier.model_copy(update={"artefact": root / settings.classifier.artefact}),
            "mailboxes": tuple(
                box.model_copy(update={"path": root / box.path, "ca_file": _under(root, box.ca_file)})
                for box in settings.mailboxes
            ),
            "smtp": smtp.model_copy(
                update={"folder": _under(root, smtp.folder), "ca_file": _under(root, smtp.ca_file)}
            ),
            "intake": settings.intake.model_copy(update={"attachments": root / settings.intake.attachments}),
            "letters": settings.letters.model_copy(update={"templates": _under(root, settings.letters.templates)}),
            "clock": clock.model_copy(update={"offset_file": _under(root, clock.offset_file)}),
        }
    )


def _under(root: Path, path: Path | None) -> Path | None:
    return root / path if path else None
