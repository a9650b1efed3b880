"""Every figure that comes with Tocsin, beside the fact sheet's, written out here once more; nothing more, nothing less.

A figure the fact sheet has from memory must say so in config.yaml, where a council reads it.
"""

import re
from collections.abc import Iterator

import pytest

from models.rules.procedures import Procedure, Stage, TimeLimit
from models.settings import Settings
from tests.build import ROOT

SAID = "from memory: check before relying on"

FIGURES = """
corporate         1  acknowledge          5 working days   received
corporate         1  respond              10 working days  acknowledged
corporate         1  longest_extension    10 working days
corporate         2  acknowledge          5 working days   escalation requested
corporate         2  respond              20 working days  acknowledged
corporate         2  longest_extension    20 working days  from memory
corporate         0  accept_within        12 months
housing           1  acknowledge          5 working days   received
housing           1  respond              10 working days  acknowledged
housing           1  longest_extension    10 working days
housing           2  acknowledge          5 working days   escalation requested
housing           2  respond              20 working days  acknowledged
housing           2  longest_extension    20 working days
housing           0  accept_within        12 months
housing           0  hazard_emergency_by     24 hours         hazard known
housing           0  hazard_investigated_by  10 working days  hazard known
housing           0  hazard_summary_by       3 working days   hazard investigated
housing           0  hazard_safe_by          5 working days   hazard investigated
children          1  respond              10 working days  received
children          1  longest_extension    10 working days
children          1  ask_within           20 working days  from memory
children          2  respond              25 working days  escalation requested
children          2  longest_extension    40 working days
children          2  ask_within           20 working days  from memory
children          3  panel_by             30 working days  escalation requested
children          3  panel_report_by      5 working days   panel met
children          3  respond              15 working days  panel reported
children          0  accept_within        12 months        from memory
adults            1  acknowledge          3 working days   received
adults            1  respond              6 months         received
adults            0  accept_within        12 months
foi               1  respond              20 working days  received
eir               1  respond              20 working days  received
eir               1  longest_extension    20 working days
sar               1  respond              1 month          received, rolling on, from memory
sar               1  longest_extension    2 months
dp_complaint      1  acknowledge          30 days          received, rolling on
member_enquiry    1  acknowledge          1 working day    received
member_enquiry    1  respond              10 working days  received
scotland          1  respond              5 working days   received
scotland          1  longest_extension    5 working days   from memory
scotland          2  acknowledge          3 working days   escalation requested, from memory
scotland          2  respond              20 working days  escalation requested, from memory
scotland          0  accept_within        6 months         from memory
wales             1  respond              10 working days  received, from memory
wales             2  acknowledge          5 working days   escalation requested, from memory
wales             2  respond              20 working days  escalation requested
northern_ireland  1  respond              5 working days   received
northern_ireland  1  longest_extension    5 working days
northern_ireland  1  ask_within           2 months
northern_ireland  2  acknowledge          3 working days   escalation requested, from memory
northern_ireland  2  respond              20 working days  escalation requested, from memory
northern_ireland  0  accept_within        6 months
ombudsman         1  respond              20 working days  received, from memory
ombudsman         2  respond              14 days          received, from memory
"""

OF_WELSH_SOCIAL_SERVICES = """
wales             1  acknowledge          2 working days   received
wales             1  respond              10 working days  acknowledged
wales             2  respond              25 working days  escalation requested
"""

Figure = tuple[str, int, str, str]
"""The procedure, the stage (0: the procedure as a whole), what it is for, and the figure with what it counts from."""


def written(table: str) -> dict[Figure, bool]:
    """Each figure of a table, and whether it is from memory."""
    found = {}
    for line in filter(None, table.splitlines()):
        name, number, key, length, *rest = re.split(r"\s{2,}", line)
        counted = [each for each in (rest[0] if rest else "").split(", ") if each]
        said = ", ".join([length, *(each for each in counted if each != "from memory")])
        found[name, int(number), key, said] = "from memory" in counted
    return found


def limit_said(limit: TimeLimit) -> str:
    return f"{limit.within}, {limit.of}" + (", rolling on" if limit.rolls else "")


def figures_of_stage(stage: Stage) -> Iterator[tuple[str, str]]:
    limits = {"acknowledge": stage.acknowledge, "respond": stage.respond} | {each.name: each for each in stage.further}
    yield from ((key, limit_said(limit)) for key, limit in limits.items() if limit)
    lengths = {"longest_extension": stage.longest_extension, "ask_within": stage.ask_within}
    yield from ((key, str(length)) for key, length in lengths.items() if length)


def figures(name: str, rules: Procedure) -> Iterator[Figure]:
    for number, stage in enumerate(rules.stages, 1):
        yield from ((name, number, key, said) for key, said in figures_of_stage(stage))
    yield from ((name, 0, clock.name, limit_said(clock)) for clock in rules.clocks)
    if rules.accept_within:
        yield name, 0, "accept_within", str(rules.accept_within)


def test_the_procedures_are_those_we_promise(settings: Settings) -> None:
    assert " ".join(settings.procedures) == (
        "corporate housing children adults foi eir sar dp_complaint member_enquiry "
        "scotland wales northern_ireland ombudsman"
    )


def test_every_figure_is_the_fact_sheets(settings: Settings) -> None:
    shipped = {figure for name, rules in settings.procedures.items() for figure in figures(name, rules)}
    assert shipped == set(written(FIGURES))


def test_welsh_social_services_have_limits_of_their_own(settings: Settings) -> None:
    shipped = set()
    for each in settings.procedures["wales"].overrides:
        assert each.services == ("adult_social_care", "childrens_social_care")
        limits = {"acknowledge": each.acknowledge, "respond": each.respond}
        shipped |= {("wales", each.stage, key, limit_said(limit)) for key, limit in limits.items() if limit}
    assert shipped == set(written(OF_WELSH_SOCIAL_SERVICES))
    assert [each.overrides for name, each in settings.procedures.items() if name != "wales" and each.overrides] == []


def test_the_rest_of_the_rules_is_the_fact_sheets(settings: Settings) -> None:
    rules = settings.procedures
    children = rules["children"].stages
    assert children[1].roles == ("Investigating Officer", "Independent Person", "adjudicator")
    assert "until an advocate is appointed" in children[0].pauses
    assert [stage.independent_of for stage in children] == [(), (1,), (1, 2)]
    assert children[2].respond is not None
    assert children[2].respond.name == "council_response_by"
    assert len(children[2].roles) == 3, "three people sit on the panel"
    assert rules["adults"].stages[0].by_agreement
    assert [name for name, each in rules.items() if each.may_begin_at] == ["scotland", "northern_ireland"]
    assert "resolved" in rules["scotland"].stages[0].outcomes
    two_stages = ["corporate", "housing", "scotland", "wales", "northern_ireland"]
    assert {name: rules[name].stages[1].independent_of for name in two_stages} == dict.fromkeys(two_stages, (1,))
    assert {each.signal for each in rules["housing"].clocks} == {"hazard"}


@pytest.mark.parametrize(
    ("name", "calendar"),
    [
        ("corporate", None),
        ("children", "england-and-wales"),
        ("foi", "any-uk-nation"),
        ("eir", "any-uk-nation"),
        ("scotland", "scotland"),
        ("wales", "england-and-wales"),
        ("northern_ireland", "northern-ireland"),
    ],
)
def test_a_procedure_is_counted_in_its_own_calendar(settings: Settings, name: str, calendar: str | None) -> None:
    assert settings.procedures[name].calendar == calendar


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("corporate", "Local Government and Social Care Ombudsman"),
        ("housing", "Housing Ombudsman"),
        ("children", "Local Government and Social Care Ombudsman"),
        ("foi", "Information Commissioner"),
        ("scotland", "Scottish Public Services Ombudsman"),
        ("wales", "Public Services Ombudsman for Wales"),
        ("northern_ireland", "Northern Ireland Public Services Ombudsman"),
    ],
)
def test_a_procedure_ends_at_its_ombudsman(settings: Settings, name: str, body: str) -> None:
    assert settings.procedures[name].external_body == body


def comment_above(figure: Figure) -> str:
    """What config.yaml says above a figure: the nearest run of comments."""
    name, number, key, _ = figure
    lines = (ROOT / "config.yaml").read_text(encoding="utf-8").splitlines()
    lines = lines[lines.index("procedures:") :]
    lines = lines[lines.index(f"  {name}:") :]
    stages = [at for at, line in enumerate(lines) if line.startswith("      - name:")]
    begins = stages[number - 1] if number else 0
    at = next(at for at, line in enumerate(lines) if at >= begins and line.strip().startswith(f"{key}:"))
    while not lines[at].strip().startswith("#"):
        at -= 1
    last = at
    while lines[at].strip().startswith("#"):
        at -= 1
    return " ".join(line.strip(" #") for line in lines[at + 1 : last + 1])


@pytest.mark.parametrize("figure", [figure for figure, from_memory in written(FIGURES).items() if from_memory])
def test_a_figure_from_memory_says_so_where_it_stands(figure: Figure) -> None:
    assert SAID in comment_above(figure).lower()


def test_the_welsh_social_services_figure_from_memory_says_so() -> None:
    text = (ROOT / "config.yaml").read_text(encoding="utf-8")
    assert f"25 working days, and what they count from: {SAID}" in text


def test_the_calendar_from_memory_says_so() -> None:
    text = " ".join((ROOT / "config.yaml").read_text(encoding="utf-8").replace("#", "").split())
    assert f"bank holidays of every nation are left out: {SAID}" in text
