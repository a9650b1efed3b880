"""A council's own letters: laid over ours, shut in, and checked before any is sent."""

from pathlib import Path

import pytest
from jinja2.exceptions import SecurityError

from models.case import Case
from models.letter_sources import FOLDER, letter_names
from models.letter_texts import compose
from models.own_letters import problems_in_own_letters, whose
from models.people import Complainant
from models.rules.languages import Language
from models.settings import Settings
from tests.build import the_settings
from tests.models.test_letter_texts import a_case

RECEIPT = "Subject: Thank you [{{ reference }}]\nDear {{ name or 'neighbour' }},\n\nYou hear by {{ acknowledge_by }}.\n"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    (tmp_path / "own" / "en").mkdir(parents=True)
    (tmp_path / "own" / "cy").mkdir()
    return tmp_path / "own"


@pytest.fixture
def settings(tmp_path: Path, own: Path) -> Settings:
    return the_settings(tmp_path, letters={"templates": own})


def ours(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def written(name: str, case: Case, settings: Settings, language: Language = Language.ENGLISH) -> str:
    return "".join(compose(case, name, complainant=Complainant(language=language), settings=settings))


def told(settings: Settings) -> list[str]:
    return [f"{problem.place}: {problem.sentence}" for problem in problems_in_own_letters(settings)]


def test_a_councils_own_letter_stands_before_ours_and_only_in_its_language(own: Path, settings: Settings) -> None:
    (own / "en" / "receipt.txt").write_text(RECEIPT)
    assert told(settings) == []
    assert written("receipt", a_case(), settings).startswith("Thank you [T26-00042-A]Dear neighbour,")
    assert "Annwyl Breswylydd" in written("receipt", a_case(), settings, Language.WELSH)
    assert "We have logged your complaint" in written("acknowledgement", a_case(), settings)
    assert dict(whose(settings))["en/receipt.txt"] == str(own / "en" / "receipt.txt")
    assert dict(whose(settings))["cy/receipt.txt"] == ""


def test_two_councils_in_one_program_do_not_share_letters(own: Path, settings: Settings, tmp_path: Path) -> None:
    (own / "en" / "receipt.txt").write_text(RECEIPT)
    another = the_settings(tmp_path)
    for _ in range(2):
        assert "neighbour" in written("receipt", a_case(), settings)
        assert "neighbour" not in written("receipt", a_case(), another)


def test_what_was_checked_is_what_is_sent_until_the_next_start(own: Path, settings: Settings) -> None:
    """Somebody edits the file while the program runs: nothing that nobody checked is sent."""
    (own / "en" / "receipt.txt").write_text(RECEIPT)
    assert told(settings) == []
    (own / "en" / "receipt.txt").write_text("Subject: {{ oh no")
    (own / "en" / "acknowledgement.txt").write_text("Subject: {{ oh no")
    assert "neighbour" in written("receipt", a_case(), settings)
    assert "We have logged your complaint" in written("acknowledgement", a_case(), settings)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("name", letter_names())
def test_a_copy_of_ours_has_no_problems(own: Path, settings: Settings, name: str, language: Language) -> None:
    (own / language / f"{name}.txt").write_text(ours(f"{language}/{name}.txt"), encoding="utf-8")
    assert told(settings) == []


@pytest.mark.parametrize(
    ("name", "text", "place", "sentence"),
    [
        ("en/receipt.txt", RECEIPT + "{% if stage %}\n", "receipt.txt line 5", "Jinja cannot read it"),
        ("en/receipt.txt", RECEIPT + "{{ stage | shout }}\n", "receipt.txt line 5", "No filter named 'shout'"),
        ("en/receipt.txt", RECEIPT + "\n{{ adress }}\n", "receipt.txt line 6", "nothing is called “adress” here"),
        ("en/receipt.txt", RECEIPT + "{{ reason }}\n", "receipt.txt line 5", "nothing is called “reason” here"),
        ("en/receipt.txt", RECEIPT.replace("[{{ reference }}]", ""), "line 1", "never says {{ reference }}"),
        ("en/receipt.txt", RECEIPT.removeprefix("Subject: "), "line 1", "does not begin with its subject"),
        ("en/receipt.txt", RECEIPT + "{{ 1 // (stage - 2) }}\n", "receipt.txt line 5", "(ZeroDivisionError)"),
        ("en/receipt.txt", RECEIPT + "{{ ''.__class__.mro() }}\n", "receipt.txt line 5", "(SecurityError)"),
        ("en/receipt.txt", RECEIPT + "{% include 'passwd' %}\n", "receipt.txt line 5", "(TemplateNotFound)"),
        ("en/receipt.txt", RECEIPT + "{% extends 'en/receipt.txt' %}\n", "line 5", "(RecursionError)"),
        ("en/postcard.txt", RECEIPT, "postcard.txt", "there is no such letter"),
        ("fr/receipt.txt", RECEIPT, "fr/receipt.txt", "there is no such letter"),
        ("en/receipt.html", RECEIPT, "receipt.html", "there is no such letter"),
    ],
)
def test_a_broken_letter_is_told_with_its_file_and_line(
    own: Path, settings: Settings, name: str, text: str, place: str, sentence: str
) -> None:
    (own / name).parent.mkdir(exist_ok=True)
    (own / name).write_text(text)
    [problem] = told(settings)
    assert f"{place}: " in problem
    assert str(own) in problem
    assert sentence in problem


def test_a_letter_that_is_not_utf_8_is_told_with_its_line(own: Path, settings: Settings) -> None:
    (own / "cy" / "receipt.txt").write_bytes(RECEIPT.encode() + b"\n\xff\n")
    (own / "en" / "receipt.txt").write_text(RECEIPT)
    assert [problem.rpartition("/")[2] for problem in told(settings)] == ["receipt.txt line 6: it is not UTF-8."]


def test_a_folder_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    [problem] = told(the_settings(tmp_path, letters={"templates": tmp_path / "nowhere"}))
    assert problem.startswith("letters.templates: there is no folder")


@pytest.mark.parametrize(
    ("name", "leaves_out", "instead", "sentence"),
    [
        ("response", "{{ letter }}", "", "it never says {{ letter }}"),
        ("response", "{{ letter }}", "{% if stage == 1 %}{{ letter }}{% endif %}", "leaves out {{ letter }}"),
        ("response", "ask for stage {{ stage + 1 }}", "ask again", "does not say the way on"),
        ("response", "Our decision: {{ outcome }}.", "", "it never says {{ outcome }}"),
        ("stage_2_response", "{{ external_body_in_full }}", "courts", "does not name the Ombudsman"),
        ("not_accepted", "{{ reasons }}", "", "it never says {{ reasons }}"),
        ("not_accepted", "{{ external_body_in_full }}", "council", "does not name the Ombudsman"),
        ("extension", "{{ until }}", "soon", "it never says {{ until }}"),
        ("extension", "{{ external_body_in_full }}", "council", "does not name the Ombudsman"),
    ],
)
def test_a_letter_that_leaves_out_what_the_code_asks_for_is_a_problem(
    own: Path, settings: Settings, name: str, leaves_out: str, instead: str, sentence: str
) -> None:
    text = ours(f"en/{name}.txt").replace(leaves_out, instead)
    (own / "en" / f"{name}.txt").write_text(text)
    assert sentence in "\n".join(told(settings))


def test_an_ombudsman_may_be_named_in_the_councils_own_words(own: Path, settings: Settings) -> None:
    text = ours("en/not_accepted.txt").replace("{{ external_body_in_full }}", "Ombudsman, telephone 0300 061 0614")
    (own / "en" / "not_accepted.txt").write_text(text)
    assert told(settings) == []


def test_a_template_is_shut_in(own: Path, settings: Settings) -> None:
    (own / "en" / "receipt.txt").write_text("Subject: {{ reference }}\n{{ ''.__class__.__mro__[1].__subclasses__() }}")
    with pytest.raises(SecurityError):
        written("receipt", a_case(), settings)


def test_a_council_without_letters_of_its_own_has_no_problems(tmp_path: Path) -> None:
    assert told(the_settings(tmp_path)) == []
