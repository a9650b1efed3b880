"""What may stand in the tree at all."""

import re

from tests.house.rooms import ROOT, name, tracked

# joined here, so that this file itself does not hold them
REGISTRIES = tuple(
    ".".join(pieces)
    for pieces in [
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("crates", "io"),
        ("rubygems", "org"),
        ("golang", "org"),
        ("maven", "org"),
        ("unpkg", "com"),
        ("jsdelivr", "net"),
        ("anaconda", "org"),
        ("docker", "io"),
    ]
)


def test_no_file_names_a_package_registry() -> None:
    wanted = re.compile("|".join(map(re.escape, REGISTRIES)).encode(), re.IGNORECASE)
    wrong = [f"{name(path)}: {found[0].decode()}" for path in tracked() if (found := wanted.search(path.read_bytes()))]
    assert wrong == [], "take the address out: pip and its settings know where packages come from"


def test_no_tracked_file_is_made_by_a_tool() -> None:
    made = [name(path) for path in tracked() if {"__pycache__", "var", ".venv"} & set(path.relative_to(ROOT).parts)]
    assert made == [], "add them to .gitignore"


def test_no_tracked_file_is_a_private_key_or_database() -> None:
    secret = [name(path) for path in tracked() if path.suffix in {".db", ".key", ".sqlite", ".p12"}]
    assert secret == []
    key = b"-----BEGIN " + b"PRIVATE KEY"
    assert [name(path) for path in tracked() if key in path.read_bytes()] == []


def test_every_package_is_listed_in_pyproject() -> None:
    import tomllib

    listed = set(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["packages"])
    found = {
        name(path.parent).replace("/", ".")
        for path in tracked()
        if path.name == "__init__.py" and not name(path).startswith("tests/")
    }
    assert found == listed, "list in pyproject.toml exactly the folders with an __init__.py"
