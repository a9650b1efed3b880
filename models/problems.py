"""A wrong setting: its place, a sentence, and what to do."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One wrong setting."""

    place: str
    sentence: str
    hint: str

    def __str__(self) -> str:
        """As printed for people."""
        return f"{self.place}: {self.sentence}\n    Hint: {self.hint}"


class SettingsWrong(Exception):  # noqa: N818 -- read aloud as a sentence
    """The settings cannot be used."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{len(problems)} problem(s) in the settings")
        self.problems = problems
