"""Sums of money: whole pence inside, pounds where people read and write them."""

import re

_POUNDS = re.compile(r"£?\s*(\d{1,3}(?:,\d{3})+|\d{1,7})(?:\.(\d{2}))?", re.ASCII)


def pence(text: str) -> int | None:
    """A sum such as "£1,250" or "1250.50" in pence; None for what is no sum in pounds."""
    found = _POUNDS.fullmatch(text.strip())
    return int(found[1].replace(",", "")) * 100 + int(found[2] or 0) if found else None


def pounds(sum_in_pence: int) -> str:
    """125000 as people write it: "£1,250.00"."""
    return f"£{sum_in_pence // 100:,}.{sum_in_pence % 100:02}"
