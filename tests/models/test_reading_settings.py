"""What is wrong with a settings file is said all at once, each with a place, a sentence and a hint."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from models.reading_settings import Problem, SettingsWrong, read_settings
from models.reading_yaml import read_yaml
from models.settings import Settings
from tests.conftest import ROOT

Read = Callable[..., Settings]
SECRETS = {
    "TOCSIN__SLACK__BOT_TOKEN": "xoxb-hush",
    "TOCSIN__SLACK__APP_TOKEN": "xapp-hush",
    "TOCSIN__SMTP__PASSWORD": "smtp-hush",
    "TOCSIN__MAILBOXES__0__PASSWORD": "imap-hush",
}


@pytest.fixture
def tree() -> dict[str, Any]:
    return dict(read_yaml((ROOT / "config.yaml").read_text(encoding="utf-8")))


@pytest.fixture
def read(tmp_path: Path, tree: dict[str, Any]) -> Read:
    def reading(**env: str) -> Settings:
        path = tmp_path / "config.yaml"
        path.write_text(yaml.dump(tree, Dumper=yaml.CSafeDumper, allow_unicode=True), encoding="utf-8")
        return read_settings(path, env)

    return reading


def problems(read: Callable[[], object], **env: str) -> list[Problem]:
    with pytest.raises(SettingsWrong) as wrong:
        read(**env)
    for problem in wrong.value.problems:
        assert problem.place
        assert problem.sentence.endswith(".")
        assert problem.hint.endswith((".", "?"))
        assert str(problem) == f"{problem.place}: {problem.sentence}\n    Hint: {problem.hint}"
    return wrong.value.problems


def test_several_problems_are_said_at_once(read: Read, tree: dict[str, Any]) -> None:
    tree["nation"] = "narnia"
    tree["counsil"] = "x"
    tree["intake"]["tries"] = 0
    del tree["letters"]["from_name"]
    tree["slack"]["bot_token"] = "xoxb-1"
    found = {
        problem.place.rpartition(" ")[2]: problem for problem in problems(read, TOCSIN__COUNCIL__DEEPER__STILL="x")
    }
    assert set(found) >= {"nation", "counsil", "intake.tries", "letters.from_name", "slack.bot_token"}
    assert "“narnia”" in found["nation"].sentence
    assert "'england', 'wales', 'scotland' or 'northern-ireland'" in found["nation"].hint
    assert found["counsil"].hint == "Did you mean “council”?"
    assert found["letters.from_name"].sentence == "it is missing."
    assert found["slack.bot_token"].hint == "Take it out and set TOCSIN__SLACK__BOT_TOKEN instead."


@pytest.mark.parametrize(
    ("section", "key", "near"),
    [
        ("slack", "lead_chanel", "lead_channel"),
        ("smtp", "pasword", "password"),
        ("jobs", "tick_second", "tick_seconds"),
    ],
)
def test_an_unknown_key_suggests_the_nearest(
    read: Read, tree: dict[str, Any], section: str, key: str, near: str
) -> None:
    tree[section][key] = 1
    (problem,) = problems(read)
    assert (problem.place, problem.hint) == (f"{section}.{key}", f"Did you mean “{near}”?")


def test_an_unknown_key_far_from_all_lists_them(read: Read, tree: dict[str, Any]) -> None:
    tree["mailboxes"][0]["qqqq"] = 1
    (problem,) = problems(read)
    assert problem.hint.startswith("Known keys here: kind, name, path, host")


@pytest.mark.parametrize(
    ("place", "change"),
    [
        ("slack → slack.app_token", lambda t: t["slack"].update(app_token="xapp-1")),
        ("smtp → smtp.password", lambda t: t["smtp"].update(password="hush")),
        ("mailboxes → mailboxes.0.password", lambda t: t["mailboxes"][0].update(password="hush")),
    ],
)
def test_a_secret_in_the_file_is_refused(read: Read, tree: dict[str, Any], place: str, change: Any) -> None:
    change(tree)
    (problem,) = problems(read)
    assert problem.place.endswith(place.rpartition(" ")[2])
    assert "hush" not in str(problem)


def test_secrets_come_from_the_environment_and_never_show(read: Read) -> None:
    settings = read(**SECRETS)
    assert settings.slack.bot_token.get_secret_value() == "xoxb-hush"
    assert settings.mailboxes[0].password.get_secret_value() == "imap-hush"
    for shown in (repr(settings), str(settings), repr(settings.slack), settings.model_dump_json()):
        assert "hush" not in shown


def test_the_password_in_a_database_url_never_shows(read: Read) -> None:
    settings = read(TOCSIN__DATABASE__URL="postgresql://tocsin:hush@db.example/tocsin")
    assert "hush" not in repr(settings)


@pytest.mark.parametrize("secret", ["plain", "[abc]", "{abc}", "[abc", "5", "yes", "a: b", "#x", " spaced "])
def test_a_secret_stays_the_text_it_is(read: Read, secret: str) -> None:
    assert read(TOCSIN__SMTP__PASSWORD=secret).smtp.password.get_secret_value() == secret


def test_a_secret_may_stand_in_a_file_of_its_own(read: Read, tmp_path: Path) -> None:
    (tmp_path / "token").write_text("xoxb-hush\n", encoding="utf-8")
    settings = read(TOCSIN__SLACK__BOT_TOKEN_FILE=str(tmp_path / "token"))
    assert settings.slack.bot_token.get_secret_value() == "xoxb-hush"


def test_a_secret_file_that_cannot_be_read_is_a_problem(read: Read, tmp_path: Path) -> None:
    (problem,) = problems(read, TOCSIN__SLACK__BOT_TOKEN_FILE=str(tmp_path / "none"))
    assert problem.place == "TOCSIN__SLACK__BOT_TOKEN_FILE"
    assert "No such file" in problem.sentence


def test_a_secret_file_that_is_no_text_is_a_problem(read: Read, tmp_path: Path) -> None:
    (tmp_path / "token").write_bytes(b"\xff\xfe\x00")
    (problem,) = problems(read, TOCSIN__SLACK__BOT_TOKEN_FILE=str(tmp_path / "token"))
    assert problem.place == "TOCSIN__SLACK__BOT_TOKEN_FILE"


def test_the_environment_lies_over_the_file(read: Read) -> None:
    settings = read(
        TOCSIN__COUNCIL="Elsewhere Council",
        TOCSIN__INTAKE__TRIES="7",
        TOCSIN__MAILBOXES__0__NAME="post",
        TOCSIN__TEAMS__2__CHANNEL="C0123",
        TOCSIN__CLOSED_DAYS="[2026-12-29, 2026-12-30]",
        TOCSIN__NAGS__FROM_TIME="08:30",
        TOCSIN__PROCEDURES__CORPORATE__STAGES__0__RESPOND__WITHIN="15 working days",
        TOCSIN__CLOCK__OFFSET_FILE="/tmp/offset",  # noqa: S108 -- never opened
        TOCSIN_CONFIG="not a setting",
    )
    assert settings.council == "Elsewhere Council"
    assert settings.intake.tries == 7
    assert settings.mailboxes[0].name == "post"
    assert settings.teams[2].channel == "C0123"
    assert len(settings.closed_days) == 2
    assert settings.nags.from_time.isoformat() == "08:30:00"
    respond = settings.procedures["corporate"].stage(1).respond
    assert respond is not None
    assert respond.within.number == 15
    assert settings.clock.offset_file == Path("/tmp/offset")  # noqa: S108 -- never opened


@pytest.mark.parametrize("name", ["TOCSIN__MAILBOXES__7__HOST", "TOCSIN__MAILBOXES__X__HOST", "TOCSIN__TEAMS__99"])
def test_a_variable_that_leads_nowhere_is_a_problem(read: Read, name: str) -> None:
    (problem,) = problems(read, **{name: "x"})
    assert (problem.place, problem.sentence) == (name, "it leads to no setting.")


def test_a_misspelt_variable_is_a_problem(read: Read) -> None:
    (problem,) = problems(read, TOCSIN__SLACK__BOT_TOKKEN="xoxb-hush")
    assert (problem.place, problem.hint) == ("slack.bot_tokken", "Did you mean “bot_token”?")
    assert "hush" not in str(problem)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "it holds no settings."),
        ("- a\n- b\n", "it holds no settings."),
        ("council: [\n", "it is not valid YAML"),
        ("council: One\ncouncil: Another\n", "it is not valid YAML: “council” stands there twice"),
        ("council: a: b\n", "it is not valid YAML"),
    ],
)
def test_a_file_that_holds_no_settings_says_so(tmp_path: Path, text: str, sentence: str) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(text, encoding="utf-8")
    (problem,) = problems(lambda: read_settings(path, {}))
    assert problem.sentence.startswith(sentence)


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    (problem,) = problems(lambda: read_settings(tmp_path / "none.yaml", {}))
    assert problem.sentence == "there is no such file."


def test_a_file_that_is_no_text_says_so(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_bytes(b"\xff\xfe\x00\x01")
    (problem,) = problems(lambda: read_settings(path, {}))
    assert problem.sentence.startswith("it cannot be read")


def test_an_area_without_a_team_is_a_problem(read: Read, tree: dict[str, Any]) -> None:
    tree["teams"][2]["areas"] = ["highways_transport"]
    (problem,) = problems(read)
    assert "without a team: housing; with two: highways_transport" in problem.sentence


def test_an_imap_mailbox_needs_a_host(read: Read, tree: dict[str, Any]) -> None:
    tree["mailboxes"][0]["kind"] = "imap"
    (problem,) = problems(read)
    assert (problem.place, problem.sentence) == ("mailboxes.0", "an IMAP mailbox needs a host and a user.")


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(
            lambda t: t.update(procedures={"other": t["procedures"]["corporate"]}), id="no corporate procedure"
        ),
        pytest.param(lambda t: t["database"].update(url="nonsense"), id="no database url"),
        pytest.param(lambda t: t["database"].update(url="oracle://x/y"), id="unknown database"),
        pytest.param(lambda t: t["nags"].update(until_time="08:00"), id="ends before it begins"),
        pytest.param(lambda t: t["nags"]["coming_up_working_days"].update(answer=[-1]), id="days after"),
        pytest.param(
            lambda t: t["procedures"]["corporate"]["stages"][0].update(longest_extension="10 days"), id="mixed units"
        ),
        pytest.param(
            lambda t: t.update(officers=[officer("a@x.example", "U1"), officer("A@x.example", "U2")]), id="same address"
        ),
        pytest.param(
            lambda t: t.update(officers=[officer("a@x.example", "U1"), officer("b@x.example", "U1")]), id="same Slack"
        ),
        pytest.param(lambda t: t["smtp"].update(port=70_000), id="no such port"),
        pytest.param(lambda t: t.update(officers=[officer("a@x.example", "U1") | {"areas": []}]), id="works nowhere"),
        pytest.param(
            lambda t: t["slack"].update(lead_channel=t["teams"][0]["channel"]), id="the lead’s channel is a team’s"
        ),
        pytest.param(lambda t: t.update({1: "x"}), id="a key that is a number"),
    ],
)
def test_what_would_break_later_is_a_problem_now(read: Read, tree: dict[str, Any], change: Any) -> None:
    change(tree)
    assert problems(read)


@pytest.mark.parametrize(
    ("section", "key"),
    [
        ("slack", "timeout_seconds"),
        ("smtp", "timeout_seconds"),
        ("notify", "timeout_seconds"),
        ("intake", "clamd_timeout_seconds"),
        ("jobs", "tick_seconds"),
        ("jobs", "sweep_seconds"),
        ("jobs", "lease_seconds"),
    ],
)
@pytest.mark.parametrize("seconds", [0, -1])
def test_no_time_at_all_is_a_problem(read: Read, tree: dict[str, Any], section: str, key: str, seconds: int) -> None:
    tree[section][key] = seconds
    (problem,) = problems(read)
    assert problem.place == f"{section}.{key}"


JUNK: list[Any] = [None, 5, -1, True, "x", "", [], [1], {}, {"a": 1}, {1: 2}, [[]], [None], [{}], "2026-02-30"]


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a tree of settings."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, inner in items for place in places(inner, (*path, key)))]


def put(tree: Any, path: tuple[Any, ...], junk: Any) -> Any:
    if not path:
        return junk
    copy = dict(tree) if isinstance(tree, dict) else list(tree)
    copy[path[0]] = put(copy[path[0]], path[1:], junk)
    return copy


@pytest.mark.slow
def test_whatever_stands_in_the_file_is_settings_or_problems(tmp_path: Path, tree: dict[str, Any]) -> None:
    path = tmp_path / "config.yaml"
    for number, place in enumerate(places(tree)):
        for junk in JUNK[number % 7 :: 7]:  # two or three of them at each place
            path.write_text(json.dumps(put(tree, place, junk), default=str), encoding="utf-8")
            try:
                read_settings(path, {})
            except SettingsWrong as wrong:
                assert wrong.problems, place  # noqa: PT017 -- being readable is what counts


def officer(email: str, slack_user: str) -> dict[str, Any]:
    return {"name": "Ben", "email": email, "slack_user": slack_user, "areas": ["housing"]}


def test_relative_paths_count_from_the_files_folder(read: Read, tree: dict[str, Any], tmp_path: Path) -> None:
    tree["smtp"] |= {"folder": "out", "ca_file": "ca.pem"}
    tree["mailboxes"][0]["ca_file"] = "ca.pem"
    tree["clock"]["offset_file"] = "offset"
    settings = read()
    root = tmp_path.resolve()
    assert settings.database.url == f"sqlite:///{root}/var/tocsin.db"
    assert (settings.smtp.folder, settings.classifier.artefact) == (root / "out", root / "var/model")
    assert settings.clock.offset_file == root / "offset"
    assert [str(settings.smtp.ca_file), str(settings.mailboxes[0].ca_file)] == [str(root / "ca.pem")] * 2


def test_a_memory_or_server_database_is_not_moved(read: Read) -> None:
    for url in ("sqlite:///:memory:", "sqlite:////srv/x.db", "postgresql://u@h/n"):
        assert read(TOCSIN__DATABASE__URL=url).database.url == url


def test_an_impossible_date_is_a_problem_and_no_traceback(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    text = (ROOT / "config.yaml").read_text(encoding="utf-8")
    path.write_text(text.replace("closed_days: []", "closed_days: [2026-13-01]"), encoding="utf-8")
    (problem,) = problems(lambda: read_settings(path, {}))
    assert "impossible" in problem.sentence


def test_one_wrong_stage_is_one_problem(read: Read, tree: dict[str, Any]) -> None:
    tree["procedures"]["corporate"]["stages"][0]["acknowledge"]["within"] = "5 moons"
    assert len(problems(read)) == 1


def test_a_misspelt_name_in_a_table_gets_the_nearest_one(read: Read, tree: dict[str, Any]) -> None:
    tree["classifier"] = {"at_least_by_kind": {"complant": 0.5}}
    (found,) = problems(read)
    assert found == Problem(
        "classifier.at_least_by_kind.complant", "there is no such name.", "Did you mean “complaint”?"
    )
