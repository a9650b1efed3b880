from itertools import product

import pytest

from models.rules.errors import StepNotAllowed
from models.rules.steps import STEPS, CaseStatus, Step, move

REFUSED = [pair for pair in product(CaseStatus, Step) if pair not in STEPS and pair[1] is not Step.REOPEN]
OPEN_REOPENED = [(status, Step.REOPEN) for status in CaseStatus if status is not CaseStatus.CLOSED]


def refusal(status: CaseStatus, step: Step) -> str:
    with pytest.raises(StepNotAllowed) as refused:
        move(status, step)
    return str(refused.value)


def test_every_status_can_be_reached_from_new() -> None:
    reached = {CaseStatus.NEW}
    for _ in CaseStatus:
        reached |= {move(status, step) for status, step in STEPS if status in reached}
    assert reached == set(CaseStatus), "add a step to STEPS that leads to the missing status"


@pytest.mark.parametrize("status", CaseStatus)
def test_every_status_can_be_left(status: CaseStatus) -> None:
    ways_out = [after for (before, _), after in STEPS.items() if before is status and after is not status]
    assert ways_out, f"add a step to STEPS that leaves {status}"


@pytest.mark.parametrize("status", CaseStatus)
def test_every_status_can_end_in_closed(status: CaseStatus) -> None:
    reached = {status}
    for _ in CaseStatus:
        reached |= {after for (before, _), after in STEPS.items() if before in reached}
    assert CaseStatus.CLOSED in reached


@pytest.mark.parametrize("step", Step)
def test_every_step_can_be_taken_somewhere(step: Step) -> None:
    assert any(taken is step for _, taken in STEPS), f"nothing can {step}: give it a row in STEPS or take it out"


def test_each_refusal_has_its_own_sentence() -> None:
    told = {pair: refusal(*pair) for pair in REFUSED}
    bare = str(StepNotAllowed())
    assert [pair for pair, sentence in told.items() if sentence == bare] == [], "say why not in models/rules/steps.py"
    assert all(sentence.startswith(bare) for sentence in told.values())
    assert len(set(told.values())) == len(told), "two refusals say the same; say what is particular to each"


@pytest.mark.parametrize(("status", "step"), OPEN_REOPENED)
def test_opening_an_open_case_says_why_not(status: CaseStatus, step: Step) -> None:
    assert refusal(status, step) != str(StepNotAllowed()), "say in models/rules/steps.py that it is open already"


def test_nothing_is_closed_before_the_resident_heard_from_us() -> None:
    assert "nothing is closed before the resident has heard from us" in refusal(CaseStatus.NEW, Step.CLOSE)
