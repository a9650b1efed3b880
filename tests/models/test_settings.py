"""The project's own config.yaml: nothing wrong in it, nothing unexplained, nothing left out."""

import re
from collections.abc import Iterator
from pathlib import Path
from types import UnionType
from typing import Any, get_args

import pytest
import yaml
from pydantic import BaseModel, SecretStr

from models.reading_settings import read_settings
from models.settings import Settings
from models.settings_mail import Mailbox
from tests.conftest import ROOT

CONFIG = ROOT / "config.yaml"
_KEY = re.compile(r"( *)((?:- )?)(\w+):(?:\s+(.*))?$")


def test_the_projects_own_settings_have_no_problems() -> None:
    settings = read_settings(CONFIG, {})
    assert settings.council == "Exampleshire Council"
    assert settings.database.url == f"sqlite:///{ROOT / 'var/tocsin.db'}"
    assert settings.mailboxes[0].path == ROOT / "var/mail"
    assert settings.nags.from_time.hour == 9


def unexplained(lines: list[str]) -> list[str]:
    """Keys with no comment above them in their run of lines, nor above the same key of an earlier list item."""
    bare, explained, is_explained, depth = [], set(), False, 0
    for number, line in enumerate(lines, 1):
        key = _KEY.match(line)
        if not line.strip():
            is_explained = False
        elif line.lstrip(" -").startswith("#"):
            is_explained, depth = True, len(line) - len(line.lstrip(" "))
        elif key:
            place = (len(key[1] + key[2]), key[3])
            if is_explained and len(key[1]) < depth:
                is_explained, depth = False, len(key[1])
            if is_explained:
                explained.add(place)
            elif key[4] and place not in explained:
                bare.append(f"line {number}: {line.strip()}")
    return bare


def test_every_key_of_config_has_a_comment() -> None:
    lines = CONFIG.read_text(encoding="utf-8").splitlines()
    assert unexplained(lines) == [], "write a comment above each, saying what it is for"


def test_the_comment_test_itself_sees_a_bare_key() -> None:
    assert unexplained(["a: 1"]) == ["line 1: a: 1"]
    assert unexplained(["# why", "a: 1", "", "b: 2"]) == ["line 4: b: 2"]
    assert unexplained(["a:", "  # why", "  b: 2", "  c: 3"]) == []


def sections(kind: Any) -> Iterator[type[BaseModel]]:
    if isinstance(kind, type) and not isinstance(kind, UnionType) and issubclass(kind, BaseModel):
        yield kind
    for inner in get_args(kind):
        yield from sections(inner)


def fields(model: type[BaseModel]) -> Iterator[tuple[str, Any]]:
    for name, field in model.model_fields.items():
        yield name, field.annotation
        for section in sections(field.annotation):
            if section.__name__ != "Length":
                yield from fields(section)


def test_every_setting_stands_in_config() -> None:
    text = CONFIG.read_text(encoding="utf-8")
    missing = [name for name, kind in fields(Settings) if kind is not SecretStr and not re.search(rf"\b{name}:", text)]
    assert missing == [], "show them in config.yaml, as a comment where they are not usual"


def test_every_secret_is_named_as_a_variable() -> None:
    text = CONFIG.read_text(encoding="utf-8")
    secrets = [name for name, kind in fields(Settings) if kind is SecretStr]
    assert [name for name in secrets if f"__{name.upper()}" not in text] == []


def test_the_examples_in_comments_can_be_used(tmp_path: Path) -> None:
    text = CONFIG.read_text(encoding="utf-8")
    officers = "\n".join(line.removeprefix("#") for line in text.splitlines() if re.match(r"#\s+- \{", line))
    example = re.compile(rf"# (({'|'.join(Mailbox.model_fields)}): )")
    imap = "\n".join(example.sub(r"\1", line) for line in mailbox_lines(text))
    tree = yaml.safe_load(text) | {"officers": yaml.safe_load(officers)}
    tree["mailboxes"] = yaml.safe_load(imap)["mailboxes"]
    tree["mailboxes"][0]["kind"] = "imap"
    path = tmp_path / "config.yaml"
    path.write_text(yaml.safe_dump(tree), encoding="utf-8")
    settings = read_settings(path, {})
    assert [officer.name for officer in settings.officers] == ["Ben Carter", "Cara Lewis"]
    assert settings.mailboxes[0].kept_folder == "Tocsin kept"


def mailbox_lines(text: str) -> list[str]:
    lines = text.splitlines()
    first = lines.index("mailboxes:")
    return lines[first : lines.index("", first)]


def test_settings_cannot_be_changed(settings: Settings) -> None:
    with pytest.raises(ValueError, match="frozen"):
        setattr(settings, "council", "Elsewhere")  # noqa: B010 -- plain assignment is refused by the type checker too
