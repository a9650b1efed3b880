"""Every template, filled: what the Ombudsman's Code wants said stands in it, and nothing of the template shows."""

import re
from datetime import date
from typing import Any

import pytest

from models.case import Case
from models.handling import Outcome
from models.letter_sources import FOLDER, letter_names
from models.letter_texts import ANSWERS, answer_name, blanks, compose, variables
from models.people import Complainant
from models.rules.errors import LetterLacks, LetterUnknown
from models.rules.labels import Area, Kind
from models.rules.languages import Language
from models.rules.letter_check import SUPPLIED, Element, check_letter
from models.rules.welsh import AREAS_IN_WELSH, OUTCOMES_IN_WELSH, in_welsh
from models.settings import Settings

OMBUDSMAN = "Local Government and Social Care Ombudsman (www.lgo.org.uk, telephone 0300 061 0614)"
BLANKS: dict[str, Any] = {
    "reason": "The contractor’s records reach us next week.",
    "until": date(2026, 11, 9),
    "ground": "It happened more than 12 months ago.",
    "reasons": "You wrote of 2023.\n\nNothing kept you from writing then.",
    "route": "an appeal to the Traffic Penalty Tribunal",
    "why": "Only the tribunal can cancel the charge.",
    "letter": "We are sorry.\n\n1. The hole is filled.",
    "outcome": "upheld",
    "other": "T26-00017-K",
    "scope": "Why the hole was left open.",
    "outcomes_sought": "That it is filled.",
    "agreed_on": date(2026, 10, 13),
}
ASKS = {
    "receipt": set(),
    "acknowledgement": set(),
    "response": {"letter", "outcome"},
    "stage_2_response": {"letter", "outcome"},
    "extension": {"reason", "until"},
    "not_accepted": {"ground", "reasons"},
    "signpost": {"route", "why"},
    "close_out": {"until"},
    "withdrawn": set(),
    "merged": {"other"},
    "scope": {"scope", "outcomes_sought", "agreed_on"},
}


def a_case(kind: Kind | None = Kind.COMPLAINT, stage: int = 1, **changes: Any) -> Case:
    given: dict[str, Any] = {
        "reference": "T26-00042-A",
        "kind": kind,
        "stage": stage,
        "areas": [Area.HIGHWAYS_TRANSPORT.value],
        "received_on": date(2026, 10, 12),
        "acknowledge_by": date(2026, 10, 19),
        "respond_by": date(2026, 10, 26),
        "responded_on": date(2026, 10, 23),
    }
    return Case(complainant_id=1, **(given | changes))


def written(
    name: str, case: Case, settings: Settings, language: Language = Language.ENGLISH, **changes: Any
) -> tuple[str, str]:
    also = {blank: BLANKS[blank] for blank in blanks(name)} | changes
    asha = Complainant(name="Asha Okafor", language=language)
    return compose(case, name, complainant=asha, settings=settings, **also)


def test_every_template_asks_for_what_we_know_of() -> None:
    assert {name: set(blanks(name)) for name in letter_names()} == ASKS


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("stage", [1, 2])
@pytest.mark.parametrize("kind", [None, *Kind])
@pytest.mark.parametrize("name", ASKS)
def test_no_letter_shows_the_marks_of_its_template(
    settings: Settings, name: str, kind: Kind | None, stage: int, language: Language
) -> None:
    subject, text = written(name, a_case(kind, stage), settings, language)
    assert not re.search(r"[{}%]|None|\n\n\n|^\n|[ \t]\n|  |\.\.", text), text
    assert "\n" not in subject
    assert subject.endswith("[T26-00042-A]")
    paragraphs = text.split("\n\n")
    assert paragraphs[0] == {"en": "Dear Asha Okafor,", "cy": "Annwyl Asha Okafor,"}[language]
    assert "Exampleshire Council" in paragraphs[-2:][name != "receipt"]
    assert text.endswith("\n")


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("name", ASKS)
def test_every_blank_is_said(settings: Settings, name: str, language: Language) -> None:
    _, text = written(name, a_case(), settings, language)
    in_words = {
        "en": {"until": "Monday 9 November 2026", "outcome": "upheld", "agreed_on": "Tuesday 13 October 2026"},
        "cy": {
            "until": "dydd Llun 9 Tachwedd 2026",
            "outcome": "cadarnhawyd y gŵyn",
            "agreed_on": "dydd Mawrth 13 Hydref 2026",
        },
    }[language]
    for blank in blanks(name):
        assert in_words.get(blank, BLANKS[blank]) in text


@pytest.mark.parametrize("kind", [Kind.COMPLAINT, None])
@pytest.mark.parametrize(
    ("name", "stage"),
    [
        ("extension", 1),
        ("extension", 2),
        ("not_accepted", 1),
        ("response", 1),
        ("response", 2),
        ("signpost", 1),
        ("stage_2_response", 2),
        ("close_out", 2),
    ],
)
def test_the_ombudsman_is_named_wherever_the_code_wants_it(
    settings: Settings, name: str, stage: int, kind: Kind | None
) -> None:
    """Of a case nobody is sure of too: it runs under the complaints procedure."""
    assert OMBUDSMAN in written(name, a_case(kind, stage), settings)[1]


def test_an_ombudsman_without_contact_details_is_only_named(settings: Settings) -> None:
    corporate = settings.procedures["corporate"].model_copy(update={"external_body_contact": ""})
    plain = settings.model_copy(update={"procedures": {"corporate": corporate}})
    assert "to the Local Government and Social Care Ombudsman." in written("not_accepted", a_case(), plain)[1]


def test_a_signpost_leaves_a_complaint_about_delay_open(settings: Settings) -> None:
    _, text = written("signpost", a_case(Kind.OTHER_PROCESS), settings)
    assert "such as a delay" in text
    assert "We will treat that as a complaint." in text
    assert "time limit" in text
    assert "Ombudsman" not in text, "no complaint was refused"


def test_a_close_out_says_how_to_say_it_is_not_put_right(settings: Settings) -> None:
    _, text = written("close_out", a_case(), settings)
    assert "on Friday 23 October 2026" in text
    assert "by Monday 9 November 2026, we will close the case" in text
    assert "Reply to this letter and say so." in text
    assert "ask for stage 2" in text
    assert "ask for stage" not in written("close_out", a_case(stage=2), settings)[1]
    assert "on ." not in written("close_out", a_case(responded_on=None), settings)[1]


def test_only_a_complaints_last_answer_is_called_final(settings: Settings) -> None:
    assert answer_name(a_case(), settings=settings) == "response"
    assert answer_name(a_case(stage=2), settings=settings) == "stage_2_response"
    assert answer_name(a_case(Kind.INFORMATION_REQUEST, stage=2), settings=settings) == "response"
    assert "the last stage" in written("stage_2_response", a_case(stage=2), settings)[1]


def test_an_unknown_letter_and_an_empty_blank_are_said(settings: Settings) -> None:
    with pytest.raises(LetterUnknown, match="receipt"):
        blanks("postcard")
    with pytest.raises(LetterLacks, match="Say also: reason"):
        compose(a_case(), "extension", complainant=Complainant(), settings=settings, until=date(2026, 11, 9))


def test_a_blank_is_never_read_as_a_template(settings: Settings) -> None:
    assert "{{ 7 * 7 }}" in written("extension", a_case(), settings, reason="{{ 7 * 7 }}")[1]


def test_every_template_has_its_sibling_in_every_language() -> None:
    for language in Language:
        assert {path.stem for path in (FOLDER / language).iterdir()} == set(letter_names())


@pytest.mark.parametrize("name", ASKS)
def test_siblings_say_the_same_things(name: str) -> None:
    english, welsh = (variables(name, language) for language in (Language.ENGLISH, Language.WELSH))
    assert english == welsh
    sources = [(FOLDER / language / f"{name}.txt").read_text(encoding="utf-8") for language in Language]
    conditions = [re.findall(r"{%-? (.*?) -?%}", source) for source in sources]
    assert conditions[0] == conditions[1]
    assert sources[0].count("\n") == sources[1].count("\n"), "the same paragraphs in the same order"


@pytest.mark.parametrize("kind", [None, *Kind])
@pytest.mark.parametrize("name", ASKS)
def test_a_welsh_letter_holds_no_english(settings: Settings, name: str, kind: Kind | None) -> None:
    welsh = {"reason": "Rheswm", "ground": "Sail", "reasons": "Rhesymau", "route": "Trefn", "why": "Pam", "letter": "L"}
    welsh |= {"scope": "Cwmpas", "outcomes_sought": "Canlyniad"}
    corporate = settings.procedures["corporate"].model_copy(update={"external_body_contact": ""})
    teams = tuple(team.model_copy(update={"name": "Priffyrdd"}) for team in settings.teams)
    changes = {"procedures": {"corporate": corporate}, "teams": teams, "council_in_welsh": "Cyngor Enghraifft"}
    blank = {key: value for key, value in welsh.items() if key in blanks(name)}
    text = " ".join(written(name, a_case(kind), settings.model_copy(update=changes), Language.WELSH, **blank))
    found = set(re.findall(r"[a-z]+", text.lower())) & {
        *("the", "and", "of", "we", "you", "your", "is", "not", "to", "by", "council", "complaint", "message"),
        *("monday", "friday", "october", "november", "upheld", "ombudsman", "highways", "stage", "request", "resident"),
    }
    assert found == set()


def test_a_welsh_council_and_ombudsman_go_by_their_welsh_names(settings: Settings) -> None:
    welsh = settings.model_copy(update={"council_in_welsh": "Cyngor Enghraifft"})
    _, text = written("not_accepted", a_case(), welsh, Language.WELSH)
    assert text.endswith("\nCyngor Enghraifft\n")
    assert "Ombwdsmon Llywodraeth Leol a Gofal Cymdeithasol (www.lgo.org.uk" in text
    assert "Exampleshire Council" in written("not_accepted", a_case(), settings, Language.WELSH)[1]


@pytest.mark.parametrize(
    ("language", "says"), [(Language.ENGLISH, "one answer to all"), (Language.WELSH, "un ateb i'r")]
)
def test_who_wrote_to_several_services_is_told_that_one_answer_comes(
    settings: Settings, language: Language, says: str
) -> None:
    both = a_case(areas=[Area.HOUSING.value, Area.HIGHWAYS_TRANSPORT.value])
    assert says in written("acknowledgement", both, settings, language)[1]
    assert says not in written("acknowledgement", a_case(), settings, language)[1]


def test_several_services_stand_in_a_welsh_list(settings: Settings) -> None:
    case = a_case(areas=[Area.HOUSING.value, Area.HIGHWAYS_TRANSPORT.value])
    assert (
        "hyd y deallwn: tai; priffyrdd a thrafnidiaeth."
        in written("acknowledgement", case, settings, Language.WELSH)[1]
    )


def test_welsh_has_a_word_for_everything_a_letter_names(settings: Settings) -> None:
    assert set(AREAS_IN_WELSH) == set(Area)
    shipped = {word for each in settings.procedures.values() for stage in each.stages for word in stage.outcomes}
    assert shipped | {outcome.value for outcome in Outcome} == set(OUTCOMES_IN_WELSH)
    days = [in_welsh(date(2026, 6, day)) for day in range(1, 8)]
    assert [day.split()[1] for day in days] == ["Llun", "Mawrth", "Mercher", "Iau", "Gwener", "Sadwrn", "Sul"]
    assert len({in_welsh(date(2026, month, 1)).split(" ", 3)[3] for month in range(1, 13)}) == 12
    assert in_welsh(date(2026, 3, 3)) == "dydd Mawrth 3 Mawrth 2026"


@pytest.mark.parametrize(("name", "stage"), [("response", 1), ("stage_2_response", 2)])
def test_templates_supply_what_the_letter_check_says_they_do(settings: Settings, name: str, stage: int) -> None:
    _, text = written(name, a_case(stage=stage), settings, letter="…")
    lacking = {finding.element for finding in check_letter(text, owes_remedy=True, is_last=stage == 2)}
    assert lacking.isdisjoint(SUPPLIED[name])
    assert {Element.REASONS, Element.REMEDY} <= lacking, "the officer says these"
    assert set(SUPPLIED) == ANSWERS
