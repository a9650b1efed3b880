"""Imports run only downwards; the arrows are in README and here."""

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

from tests.house.rooms import ROOMS, files, name, tree

MAY_IMPORT: dict[str, set[str]] = {
    "models.rules": {"models.rules"},
    "models": {"models", "models.rules"},
    "intake": {"intake", "models", "models.rules"},
    "bot": {"bot", "models", "models.rules"},
    "classifier": {"classifier", "models.rules"},
    "jobs": {"jobs", "models", "models.rules", "intake", "classifier", "bot"},
    "commands": {"commands", "models", "models.rules", "intake", "classifier", "bot", "jobs"},
    "demo": {"models.rules", *ROOMS},
    "tocsin": set(),
}
OURS = {*ROOMS, "tests", "tools", "tocsin"}


def room_of(module: str) -> str:
    return "models.rules" if module.split(".")[:2] == ["models", "rules"] else module.partition(".")[0]


def imported(path: Path) -> list[str]:
    """The modules of ours that a file imports, wherever in the file."""
    found = []
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name(path)} line {node.lineno}: write the whole name instead of dots"
            found += [f"{node.module}.{alias.name}" for alias in node.names]
    return [module for module in found if module.split(".")[0] in OURS]


def forbidden(path: Path) -> list[str]:
    module = name(path).removesuffix(".py").replace("/", ".")
    allowed = MAY_IMPORT[room_of(module)]
    if module == "commands.demo":
        allowed = allowed | {"demo"}
    return [f"{name(path)} imports {other}" for other in imported(path) if room_of(other) not in allowed]


def test_imports_run_only_downwards() -> None:
    wrong = [each for path in files() for each in forbidden(path)]
    assert wrong == [], "move what both need down into models, or join the parts in jobs"


def at_once(body: list[ast.stmt]) -> Iterator[ast.Import | ast.ImportFrom]:
    """What is imported as soon as a module is: nothing in a function, and nothing for the type checker alone."""
    for node in body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield node
        elif isinstance(node, ast.If | ast.Try | ast.With) and "TYPE_CHECKING" not in ast.dump(node):
            yield from at_once(node.body)


def needs(module: str, modules: dict[str, Path]) -> set[str]:
    """The modules of ours that must be there before a module is; the packages it lies in are there already."""
    found: set[str] = set()
    for node in at_once(tree(modules[module]).body):
        before = "" if isinstance(node, ast.Import) else f"{node.module}."
        for alias in node.names:
            parts = (before + alias.name).split(".")
            found |= {".".join(parts[:length]) for length in range(1, len(parts) + 1)}
    return {each for each in found & modules.keys() if not f"{module}.".startswith(f"{each}.")}


def test_no_module_comes_back_to_itself_so_each_may_be_imported_first() -> None:
    """A command cannot work only because another part was imported before it."""
    modules = {name(path).removesuffix(".py").replace("/", ".").removesuffix(".__init__"): path for path in files()}
    TopologicalSorter({module: needs(module, modules) for module in modules}).prepare()


def test_every_room_has_its_arrows() -> None:
    assert set(MAY_IMPORT) == {*ROOMS, "models.rules", "tocsin"}


def test_the_rules_are_pure() -> None:
    """No tables, no clock, no input or output."""
    barred = {"sqlmodel", "sqlalchemy", "os", "io", "socket", "subprocess", "pathlib", "time", "logging", "requests"}
    wrong = []
    for path in files("models/rules"):
        for node in ast.walk(tree(path)):
            modules = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            modules += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            wrong += [f"{name(path)} imports {module}" for module in modules if module.split(".")[0] in barred]
    assert wrong == [], "models/rules is the pure part; pass the value in instead"


def test_product_code_asks_for_no_module_by_a_computed_name() -> None:
    """importlib would let an arrow be reversed unseen; only the command line uses it."""
    users = [
        name(path)
        for path in files()
        if any(isinstance(node, ast.Attribute) and node.attr == "import_module" for node in ast.walk(tree(path)))
    ]
    assert users == ["tocsin.py"]
