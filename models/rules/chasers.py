"""What becomes of a chaser that opens a case: the council's own policy. Whichever it is, nothing is closed by it."""

from enum import StrEnum

from models.rules.labels import Kind


class Chasers(StrEnum):
    """The policies.

    - ``OWN_CASE``: it is a case of its own, filed as a chaser.
    - ``ASK``: it is a case of its own, and a person says what it is; until then it runs on a complaint's clock.
    - ``BESIDE``: as ``OWN_CASE``; and when the same person has an open case on the same matter, each of the two cards
      names the other case.
    """

    OWN_CASE = "own_case"
    ASK = "ask"
    BESIDE = "beside"


def kind_to_file(named: Kind | None, policy: Chasers) -> Kind | None:
    """The kind a case is filed under when the classifier names one; None leaves it to a person."""
    return None if named is Kind.CHASER and policy is Chasers.ASK else named
