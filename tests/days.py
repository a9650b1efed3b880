"""Dates as people say them, so that a table of dates can be read aloud; a wrong weekday is caught here."""

from datetime import date, datetime

from models.clock import in_words


def day(words: str) -> date:
    """ "Thursday 2 April 2026" → that date; raises ValueError when it was not a Thursday."""
    found = datetime.strptime(words, "%A %d %B %Y").date()  # noqa: DTZ007 -- a date has no zone
    if in_words(found) != words:
        raise ValueError(f"there is no {words}; that date is {in_words(found)}")
    return found
