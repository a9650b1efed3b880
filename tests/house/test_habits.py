"""Habits that keep surprises out: who asks the time, who commits, who catches everything, what an error says."""

import ast
from pathlib import Path

from jobs.transports import answers
from models.rules import errors
from tests.house.rooms import dotted, files, functions, name, tree

ASKS_THE_TIME = {
    "datetime.now",
    "datetime.today",
    "datetime.utcnow",
    "date.today",
    "time.time",
    "time.time_ns",
    "time.localtime",
    "time.gmtime",
    "time.strftime",
    "formatdate",
    "localtime",
}
"""Written as called, with or without the module before it."""

OWN_CLOCKS = ("models/clock.py", "demo/slack/")
"""Ours, and the stand-in's: Slack's servers have a clock of their own, which is no business of ours."""


def test_the_time_is_asked_in_one_place() -> None:
    wrong = [
        f"{name(path)} line {node.lineno}: {dotted(node.func)}()"
        for path in files()
        if not name(path).startswith(OWN_CLOCKS)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and asks_the_time(node)
    ]
    assert wrong == [], "take the time as an argument called now; it comes from models.clock.Clock"


def asks_the_time(call: ast.Call) -> bool:
    called = dotted(call.func)
    return called in ASKS_THE_TIME or any(called.endswith(f".{each}") for each in ASKS_THE_TIME if "." in each)


def test_no_default_asks_the_time_unseen() -> None:
    """Passing the function itself (default_factory=datetime.now) asks the time as well."""
    wrong = [
        f"{name(path)} line {node.lineno}"
        for path in files()
        if not name(path).startswith(OWN_CLOCKS)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and dotted(node) in ASKS_THE_TIME
    ]
    assert wrong == []


def test_nothing_that_takes_a_session_commits() -> None:
    wrong = [
        f"{name(path)}: {function.name}"
        for path in files()
        for function in functions(path)
        if takes_a_session(function)
        for node in ast.walk(function)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"commit", "rollback", "close"}
        and "session" in dotted(node.func.value)
    ]
    assert wrong == [], "leave it to the caller: “with writing(engine) as session” ends the transaction"


def takes_a_session(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    given = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    return any(arg.annotation is not None and "Session" in ast.unparse(arg.annotation) for arg in given)


def test_only_the_runner_catches_everything() -> None:
    wrong = [
        f"{name(path)} line {node.lineno}"
        for path in files()
        if name(path) != "jobs/running.py"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler) and catches_everything(node.type) and not passes_on(node)
    ]
    assert wrong == [], "name the errors you expect; what nobody expects belongs in the log of jobs/running.py"


def catches_everything(kind: ast.expr | None) -> bool:
    kinds = kind.elts if isinstance(kind, ast.Tuple) else [kind]
    return any(each is None or dotted(each) in {"Exception", "BaseException"} for each in kinds)


def passes_on(handler: ast.ExceptHandler) -> bool:
    """Whether it only tidies up: its last word is a bare raise."""
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def test_every_error_has_its_sentence() -> None:
    family = [
        each
        for module in (errors, answers)
        for each in vars(module).values()
        if isinstance(each, type) and issubclass(each, Exception)
    ]
    assert len(family) > 8
    bare = [each.__name__ for each in family if not (each.__doc__ or "").splitlines()[0].endswith((".", "”."))]
    assert bare == [], "its docstring is what an officer reads"


def test_every_error_anywhere_has_a_docstring() -> None:
    bare = [
        f"{name(path)}: {node.name}"
        for path in files()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef) and is_an_error(node) and not ast.get_docstring(node)
    ]
    assert bare == [], "its docstring is what a person reads"


def is_an_error(node: ast.ClassDef) -> bool:
    return any(dotted(base).endswith(("Error", "Exception", "Failed", "Refused")) for base in node.bases)


def test_nobody_prints_but_the_command_line() -> None:
    wrong = [
        f"{name(path)} line {node.lineno}"
        for path in files("models", "intake", "classifier", "bot", "jobs")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and dotted(node.func) == "print"
    ]
    assert wrong == [], "log it, or return it"


def test_no_log_line_is_given_a_letter() -> None:
    """What is logged with a line is data: a kind, a number, a state; never what somebody wrote or who they are."""
    private = {"text", "body", "subject", "sender", "email", "name", "raw", "payload", "letter", "contact", "address"}
    wrong = [f"{name(path)} line {line}: {key}" for path in files() for line, key in logged(path) if key in private]
    assert wrong == [], "log the case's number or reference instead"


def logged(path: Path) -> list[tuple[int, str]]:
    found = []
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and dotted(node.func).startswith("log."):
            for extra in (word.value for word in node.keywords if word.arg == "extra"):
                keys = extra.keys if isinstance(extra, ast.Dict) else []
                found += [(node.lineno, str(key.value)) for key in keys if isinstance(key, ast.Constant)]
    return found
