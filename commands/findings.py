"""What a check of ``tocsin doctor`` says when all is not well."""

from collections.abc import Iterator
from contextlib import contextmanager


class Sick(Exception):  # noqa: N818 -- a finding, read aloud
    """A check failed."""

    def __init__(self, sentence: str, hint: str) -> None:
        super().__init__(sentence)
        self.hint = hint


class Soon(Sick):
    """All is well, but not for long."""


@contextmanager
def sick_on(errors: type[Exception] | tuple[type[Exception], ...], what: str, hint: str) -> Iterator[None]:
    """These errors are the finding: what was looked at, and why it failed."""
    try:
        yield
    except errors as wrong:
        why = str(getattr(wrong, "orig", None) or wrong).strip().splitlines() or [type(wrong).__name__]
        raise Sick(f"{what}: {why[0]}", hint) from None
