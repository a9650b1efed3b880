"""The notation of patterns: what a line stands for."""

from classifier.phrases import parts


def words(line: str) -> list[list[str]]:
    return [[" ".join(row) for row in part] for part in parts(line)]


def test_choices_are_each_written_out() -> None:
    assert words("a|b c") == [["a c", "b c"]]


def test_what_may_be_left_out_is_left_out_once() -> None:
    assert words("a b|c?") == [["a", "a b", "a c"]]


def test_joined_words_are_several_words() -> None:
    assert words("no|not_one bin") == [["no bin", "not one bin"]]


def test_dots_part_a_line() -> None:
    assert words("a ... b|c") == [["a"], ["b", "c"]]


def test_a_named_choice_is_written_out() -> None:
    assert "never had" not in words("$have")[0]
    assert words("$have") == [["had", "has", "have"]]
