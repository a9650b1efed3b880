"""``tocsin campaign`` and what the other commands say of one."""

from datetime import UTC, datetime

import pytest

from models.db import open_engine, writing
from models.rules.likeness import prints
from models.triaging import Judged, claim_unjudged, record_opinions
from tests.build import an_opinion, arrive, the_settings
from tests.campaign_letters import OWN, campaign_letter
from tests.commands.shell import Shell

pytestmark = pytest.mark.slow


@pytest.fixture
def references(shell: Shell) -> list[str]:
    """The cases of a campaign of three, its parent first."""
    settings, now = the_settings(shell.folder), datetime(2026, 10, 12, 9, 0, tzinfo=UTC)
    engine = open_engine(settings.database.url)
    raws = [campaign_letter(0), campaign_letter(1, own=OWN), campaign_letter(2)]
    found = [arrive(engine, raw, settings=settings, now=now).case for raw in raws]
    with writing(engine) as session:
        for letter in claim_unjudged(session, now=now):
            judged = Judged(letter.letter_id, an_opinion(), letter.is_first, prints(letter.text))
            record_opinions(session, [judged], settings=settings, now=now)
    engine.dispose()
    return [str(reference) for reference in found]


def test_a_campaign_is_listed_counted_and_left(shell: Shell, references: list[str]) -> None:
    parent, second, third = references
    listed = shell.run("campaign", parent, "--json").lines
    assert [line["reference"] for line in listed] == [second, third], "the least alike first"
    assert listed[0]["likeness"] < listed[1]["likeness"] == 1.0
    assert "(3 people)" in shell.run("cases").out
    assert [line["reference"] for line in shell.run("cases", "--json").lines] == [parent]
    assert len(shell.run("cases", "--all", "--json").lines) == 3
    left = shell.run("campaign", second, "--leave")
    assert (left.code, left.is_civil()) == (0, True)
    assert [line["reference"] for line in shell.run("campaign", parent, "--json").lines] == [third]
    case = shell.run("case", second, "--json").lines[0]["case"]
    assert (case["campaign"], case["stands_apart"], case["people"]) == (parent, True, 1)
    assert shell.run("case", third, "--json").lines[0]["case"]["stands_apart"] is False


def test_a_case_nobody_speaks_for_cannot_leave(shell: Shell, references: list[str]) -> None:
    refused = shell.run("campaign", references[0], "--leave")
    assert (refused.code, refused.is_civil()) == (1, True)
    assert "No other case speaks for it." in refused.err
    assert shell.run("campaign", "T26-99999-X").code == 1
