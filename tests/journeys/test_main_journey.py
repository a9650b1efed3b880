"""The main job from end to end on real servers, and the same with the program killed after every step."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from demo.slack import SlackStandIn
from tests.journeys.council import RealCouncil
from tests.servers.dovecot import Dovecot
from tests.servers.postgres import Postgres
from tests.servers.smtp import SmtpServer

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("main journey")]

Step = Callable[[RealCouncil], None]
Seen = Callable[[RealCouncil], bool]

JOURNEY: tuple[tuple[Step, Seen], ...] = (
    (RealCouncil.write, RealCouncil.card_and_receipt_are_there),
    (RealCouncil.acknowledge, RealCouncil.acknowledgement_is_there),
    (RealCouncil.come_near_the_end, RealCouncil.nag_is_there),
    (RealCouncil.pass_the_end, RealCouncil.alert_is_there),
)


@pytest.fixture
def council(
    tmp_path: Path, postgres: Postgres, postgres_template: str, trained_model: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[RealCouncil]:
    monkeypatch.setenv("TOCSIN__CLASSIFIER__ARTEFACT", str(trained_model))
    database = postgres.new_database(postgres_template)
    with Dovecot() as dovecot, SmtpServer() as smtp, SlackStandIn() as slack:
        council = RealCouncil(tmp_path, dovecot=dovecot, smtp=smtp, slack=slack, database_url=postgres.url(database))
        with council.program:
            yield council
        council.engine.dispose()
    postgres.drop(database)


def test_a_letter_becomes_a_card_a_press_a_letter_a_nag_and_an_alert(council: RealCouncil) -> None:
    council.start(anew=True)
    council.write()
    seconds = council.seen(council.card_and_receipt_are_there)
    assert seconds < 5, f"the card took {seconds:.1f} s from delivery"
    for step, seen in JOURNEY[1:]:
        step(council)
        council.seen(seen.__get__(council))
    council.nothing_more_happens()
    council.everything_happened_exactly_once()
    council.the_log_names_nobody()
    assert council.program.stop() == 0


def test_killed_after_each_step_nothing_is_lost_and_nothing_doubled(council: RealCouncil) -> None:
    council.start()
    for step, seen in JOURNEY:
        step(council)
        council.seen(seen.__get__(council))
        council.program.kill()
        council.start()
    council.nothing_more_happens()
    council.everything_happened_exactly_once()
    council.the_log_names_nobody()


def test_killed_before_it_can_react_nothing_is_lost_and_nothing_doubled(council: RealCouncil) -> None:
    council.start()
    for step, seen in JOURNEY:
        step(council)
        if step is not RealCouncil.acknowledge:  # a letter half handed over is for a person to judge
            council.program.kill()
            council.start()
        council.seen(seen.__get__(council), seconds=40)
    council.nothing_more_happens()
    council.everything_happened_exactly_once()
    council.the_log_names_nobody()
