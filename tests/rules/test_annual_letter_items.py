"""The items of an annual letter, old and new, as a table writes them."""

import pytest

from models.rules.annual_letter import OLDER_ITEMS, TODAYS_ITEMS, Figure, in_todays_items, read_figure


@pytest.mark.parametrize("item", [*TODAYS_ITEMS, *OLDER_ITEMS])
def test_every_item_is_kept_in_its_own_words(item: str) -> None:
    assert read_figure(item, "7").item == item
    assert read_figure(item.upper().replace("-", " "), "7").item == item


@pytest.mark.parametrize(
    ("item", "value", "read"),
    [
        ("Complaints upheld", "83%", Figure("Complaints upheld (%)", "", 83)),
        ("Complaints upheld (%)", "83.5", Figure("Complaints upheld (%)", "", 83.5)),
        ("Uphold Rate (%)", "64 %", Figure("Uphold Rate (%)", "", 64)),
        ("complaints  dealt with", "1,204", Figure("Complaints dealt with", "", 1204)),
        ("Average performance rates: Upheld", "80%", Figure("Average performance rates: Upheld (%)", "", 80)),
    ],
)
def test_a_share_is_another_figure_than_a_count(item: str, value: str, read: Figure) -> None:
    assert read_figure(item, value) == read


def test_services_and_kinds_of_council_have_their_own_words() -> None:
    assert read_figure("Investigated", "3", "highways and transport").service == "Highways & Transport"
    assert read_figure("Average performance rates", "80%", "unitary councils").service == "Unitary Councils"
    with pytest.raises(ValueError, match="no service"):
        read_figure("Investigated", "3", "Unitary Councils")
    with pytest.raises(ValueError, match="no kind of council"):
        read_figure("Average performance rates", "3", "Housing")


@pytest.mark.parametrize("value", ["", "x", "-3", "nan", "inf", "1e9", "1,2", "12,34", "3.4.5", "٣", "101%"])
def test_what_is_no_figure_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match=r"no figure|no share"):
        read_figure("Investigated", value)


def test_an_unknown_item_names_those_there_are() -> None:
    with pytest.raises(ValueError, match=r"“Complaints lost” is no item.*Complaints dealt with"):
        read_figure("Complaints lost", "3")


def test_older_items_are_counted_as_todays() -> None:
    old = {
        "Incomplete or Invalid": 4.0,
        "Advice Given": 2.0,
        "Referred back for Local Resolution": 30.0,
        "Closed After Initial Enquiries": 20.0,
        "Not Upheld": 6.0,
        "Upheld": 9.0,
    }
    assert in_todays_items(old) == {
        "Not for us": 36,
        "Assessed and closed": 20,
        "Investigated": 15,
        "Complaints upheld": 9,
        "Complaints dealt with": 71,
    }


def test_what_the_letter_says_goes_before_what_is_worked_out() -> None:
    assert in_todays_items({"Complaints upheld": 8.0, "Upheld": 9.0})["Complaints upheld"] == 8
