"""A file is one idea: past 300 lines it is two."""

from statistics import median

from tests.house.rooms import files, functions, name

LONGEST_FILE = 300
LONGEST_FUNCTION = 50


def test_no_file_is_longer_than_one_idea() -> None:
    counts = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in files()}
    long = {path: lines for path, lines in counts.items() if lines > LONGEST_FILE}
    assert long == {}, "cut each into two files"


def test_no_function_is_longer_than_a_screen() -> None:
    long = [
        f"{name(path)}: {function.name} has {lines} lines"
        for path in files()
        if "migrations/versions" not in name(path)
        for function in functions(path)
        if (lines := (function.end_lineno or 0) - function.lineno + 1) > LONGEST_FUNCTION
    ]
    assert long == [], "cut each where a comment would stand"


def test_most_functions_are_short() -> None:
    lengths = [(f.end_lineno or 0) - f.lineno + 1 for path in files() for f in functions(path)]
    assert median(lengths) <= 10


def test_every_file_says_what_it_is() -> None:
    import ast

    from tests.house.rooms import tree

    bare = [name(path) for path in files() if not ast.get_docstring(tree(path))]
    assert bare == [], "write one sentence at the top of each"
