"""Every event has a line in the thread under the card, or is passed over on purpose; what people typed is in none."""

import ast
import importlib
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nag_lines import DUTIES_IN_WORDS
from bot.thread_lines import LINES, QUIET, Happened, line_of
from models.duty import DutyKind
from tests.house.rooms import files, name, tree

AT = datetime(2026, 10, 12, 9, tzinfo=UTC)
TYPED = "Asha Okafor of 4 Elm Road"

DETAILS: dict[str, Any] = {
    "agreed_by": "2026-11-02",
    "arrived": True,
    "body": "Ombudsman",
    "due": "2026-11-02",
    "before": "2026-10-19",
    "duty": 3,
    "event": "panel met",
    "given_back": 2,
    "into": "T26-00001-M",
    "kind": "remedy",
    "letter": True,
    "new_case": "T26-00002-T",
    "on": "2026-10-12",
    "other": "T26-00001-M",
    "outcome": "upheld",
    "parent": "T26-00001-M",
    "people": 4,
    "procedure": "corporate",
    "procedure_before": "adults",
    "reference": "T26-00001-M",
    "requested_on": "2026-10-12",
    "role": "panel member",
    "stage": 2,
    "state": "done",
    "to": "Ben Carter",
    "until": "2026-11-02",
} | dict.fromkeys(
    ("reason", "why", "what", "evidence", "scope", "outcomes_sought", "matter", "decision", "who", "how", "points"),
    TYPED,
)
OWN: dict[str, dict[str, Any]] = {
    "alert_raised": {"reason": "The resident has written 5 more times."},
    "area_corrected": {"before": ["housing"], "after": "highways_transport"},
    "dates_moved": {"before": {"respond_by": "2026-11-02"}, "after": {"respond_by": "2026-11-03"}},
    "kind_corrected": {"before": None, "after": "complaint"},
    "letter_bounced": {"letter": "acknowledgement"},
    "paused": {"reason": "finding an advocate"},
    "signals_raised": {"signals": ["child_at_risk"]},
}
"""Details that mean something else in one event."""


def events_in(path: Path) -> Iterator[str]:
    """The names of the events that a file writes down."""
    called = _recorders(path)
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in called:
            yield from _names(node.args[called[node.func.id]], path)


def _recorders(path: Path) -> dict[str, int]:
    """Functions that write an event, as they are called in a file, with the place of its name among the arguments."""
    known = {("models.record", "record"): 2, ("models.record", "note"): 2, ("models.verbs.ending", "end"): 3}
    imports = [node for node in ast.walk(tree(path)) if isinstance(node, ast.ImportFrom)]
    named = {(node.module or "", each.name): each.asname or each.name for node in imports for each in node.names}
    own = {each: each[1] for each in known if name(path) == each[0].replace(".", "/") + ".py"}
    return {called: known[each] for each, called in (named | own).items() if each in known}


def _names(argument: ast.expr, path: Path) -> Iterator[str]:
    if isinstance(argument, ast.Constant):
        yield str(argument.value)
    elif isinstance(argument, ast.Name) and argument.id.isupper():
        module = importlib.import_module(name(path).removesuffix(".py").replace("/", "."))
        yield str(getattr(module, argument.id))
    else:
        assert name(path) in {"models/verbs/ending.py", "models/record.py"}, (
            f"{name(path)} writes an event whose name this test cannot read"
        )


def test_every_event_makes_a_line_or_is_passed_over_on_purpose() -> None:
    written = {each for path in files("models", "intake", "bot", "jobs", "commands") for each in events_in(path)}
    assert written == LINES.keys() | QUIET.keys(), "say it in bot/thread_lines.py, or say there why not"
    assert LINES.keys() & QUIET.keys() == set()
    assert all(QUIET.values())


@pytest.mark.parametrize("event", sorted(LINES))
def test_a_line_says_who_and_when_and_nothing_that_was_typed(event: str) -> None:
    says = LINES[event]
    if not isinstance(says, str):
        says(DETAILS | OWN.get(event, {}))  # nothing it needs is missing
    line = line_of(Happened(event, AT, "Ben Carter", DETAILS | OWN.get(event, {})))
    assert line.startswith("Monday 12 October 2026, 10:00: ")
    assert line.endswith((".", "!"))
    assert TYPED not in line
    assert "{" not in line
    assert len(line) < 250


def test_an_event_of_an_older_version_is_told_though_a_detail_is_missing() -> None:
    assert line_of(Happened("kind_corrected", AT, None, {})).endswith(": Kind corrected.")


ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["2026-11-02", "housing"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=4,
)
"""What a detail might be in an event of another version, or of none that ever was."""


KNOWN = sorted({*DETAILS, *chain.from_iterable(OWN.values()), "after", "signals", "what"})


@given(details=st.fixed_dictionaries({}, optional=dict.fromkeys(KNOWN, ODD)))
def test_every_event_with_odd_details_has_a_line_all_the_same(details: dict[str, Any]) -> None:
    for event in LINES:
        line = line_of(Happened(event, AT, "Ben Carter", details))
        assert line.startswith("Monday 12 October 2026, 10:00: "), event


@pytest.mark.parametrize(
    ("event", "details"),
    [
        ("dates_moved", {"before": "Monday", "after": "Tuesday"}),
        ("procedure_changed", {"procedure_before": 1, "procedure": 2, "stage": 1}),
        ("linked", {"other": {}}),
        ("taken", None),
        ("kind_corrected", []),
        ("close_out_asked", {"until": 3}),
    ],
)
def test_what_an_older_version_kept_otherwise_is_told_in_short(event: str, details: Any) -> None:
    line = line_of(Happened(event, AT, "Ben Carter", details))
    assert line.startswith("Monday 12 October 2026, 10:00: ")
    assert line.endswith(".")


@pytest.mark.parametrize(("kind", "words"), DUTIES_IN_WORDS.items())
def test_what_is_owed_is_called_as_in_reminders_and_by_no_number(kind: DutyKind, words: str) -> None:
    made = line_of(Happened("duty_made", AT, "Ben Carter", {"duty": 8, "kind": kind.value, "due": "2026-11-02"}))
    assert made.endswith(f": Ben Carter noted {words}, due by Monday 2 November 2026.")
    settled = line_of(Happened("duty_settled", AT, "Ben Carter", {"duty": 8, "kind": kind.value, "state": "not done"}))
    assert settled.endswith(f": Ben Carter settled {words}: not done.")


def test_no_line_has_a_duty_s_number() -> None:
    lines = [line_of(Happened(event, AT, "Ben Carter", DETAILS | OWN.get(event, {}))) for event in LINES]
    assert [line for line in lines if "duty 3" in line.lower()] == []


def test_what_nobody_did_is_the_programs() -> None:
    assert line_of(Happened("closed", AT, None, {})).endswith(": Tocsin closed it.")
