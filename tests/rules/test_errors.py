from models.rules.errors import CaseUnknown, StepNotAllowed, TocsinError


def test_an_error_speaks_its_docstring_then_the_particulars() -> None:
    assert str(StepNotAllowed("It is closed.")) == "This case cannot take that step now. It is closed."
    assert str(StepNotAllowed()) == "This case cannot take that step now."
    assert str(CaseUnknown("")) == "There is no such case."


def test_the_whole_family_can_be_caught_at_once() -> None:
    assert isinstance(StepNotAllowed(), TocsinError)
