"""The languages letters are written in."""

from enum import StrEnum


class Language(StrEnum):
    """A language, by the code that HTML and mail use for it (ISO 639-1)."""

    ENGLISH = "en"
    WELSH = "cy"
