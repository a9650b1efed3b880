"""The programs that run: started, asked to end, and doctor's look at everything they lean on."""

import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from commands.doctor_slack import wanted_channels
from demo.slack import SlackStandIn
from tests.build import the_settings
from tests.commands.shell import Shell
from tests.servers.dovecot import Dovecot
from tests.servers.forked import ROOT
from tests.servers.program import Program, wait_until
from tests.servers.smtp import SmtpServer, free_port

pytestmark = pytest.mark.slow


@pytest.fixture
def slack() -> Iterator[SlackStandIn]:
    with SlackStandIn() as slack:
        yield slack


@pytest.fixture
def healthy(shell: Shell, slack: SlackStandIn, trained_model: Path) -> Iterator[Shell]:
    """A council whose every part is well: Dovecot, a mail server, Slack and a model."""
    settings = the_settings(shell.folder)
    for name in wanted_channels(settings):
        slack.add_channel(name)
    for officer in settings.officers:
        slack.add_user(officer.slack_user, officer.name)
    shell.environment |= {
        "TOCSIN__SLACK__API_URL": slack.url,
        "TOCSIN__SLACK__BOT_TOKEN": slack.bot_token,
        "TOCSIN__SLACK__APP_TOKEN": slack.app_token,
        "TOCSIN__CLASSIFIER__ARTEFACT": str(trained_model),
        "TOCSIN__SMTP__SECURITY": "none",
    }
    del shell.environment["TOCSIN__SMTP__FOLDER"]
    with Dovecot() as dovecot, SmtpServer() as smtp:
        box = {
            "kind": "imap",
            "name": "complaints",
            "host": "localhost",
            "port": dovecot.tls_port,
            "ca_file": dovecot.ca_file,
            "user": dovecot.user,
        }
        shell.environment |= {
            "TOCSIN__SMTP__PORT": str(smtp.port),
            "TOCSIN__MAILBOXES": json.dumps([box]),
            "TOCSIN__MAILBOXES__0__PASSWORD": dovecot.password,
        }
        yield shell


def test_doctor_finds_a_healthy_council_well(healthy: Shell) -> None:
    ran = healthy.run("doctor", "--json")
    assert ran.code == 0, ran.out
    assert [line["name"] for line in ran.lines][:5] == ["settings", "database", "mailbox", "slack", "smtp"]
    assert all(line["is_well"] and line["sentence"] for line in ran.lines)
    assert "open-sesame" not in ran.out + ran.err


def test_doctor_says_of_each_broken_part_what_to_do(healthy: Shell, slack: SlackStandIn, tmp_path: Path) -> None:
    slack.api.scopes.discard("im:write")
    slack.admin.make_public("complaints-adults")
    (tmp_path / "clock").write_text("3600")
    broken: dict[str, Any] = {
        "DATABASE__URL": "postgresql://nobody@127.0.0.1:1/none",
        "MAILBOXES__0__PASSWORD": "wrong",
        "SMTP__PORT": free_port(),
        "CLASSIFIER__ARTEFACT": tmp_path / "no model",
        "CLOCK__OFFSET_FILE": tmp_path / "clock",
    }
    ran = healthy.run("doctor", "--json", **broken)
    assert ran.code == 1
    assert ran.is_civil(), ran.err
    found = {line["name"]: line for line in ran.lines}
    ill = {name for name, line in found.items() if not line["is_well"]}
    assert ill == {"database", "mailbox", "slack", "channels", "people", "smtp", "model", "clock"}
    assert all(found[name]["hint"] for name in ill)
    assert "im:write" in found["slack"]["sentence"]
    assert "complaints-adults" in found["channels"]["sentence"]
    assert "password" in found["mailbox"]["sentence"]
    assert "tocsin train" in found["model"]["hint"] + found["model"]["sentence"]


def test_doctor_fails_when_one_part_alone_is_ill(healthy: Shell, slack: SlackStandIn) -> None:
    slack.archive("complaints-adults")
    ran = healthy.run("doctor")
    assert ran.code == 1
    assert ran.out.count("FAIL") == 1
    assert "Hint:" in ran.out


def program(shell: Shell, slack: SlackStandIn, model: Path, **extra: str) -> Program:
    """The whole program on a database, a Maildir and a folder for letters."""
    (shell.folder / "run").mkdir()
    ours = {name: value for name, value in shell.environment.items() if name.startswith("TOCSIN__")}
    url = ours["TOCSIN__DATABASE__URL"]
    settings = ours | {"TOCSIN__CLASSIFIER__ARTEFACT": str(model)} | extra
    return Program(shell.folder / "run", slack=slack, database_url=url, extra=settings)


def test_the_program_ends_cleanly_when_it_is_asked_to(shell: Shell, slack: SlackStandIn, trained_model: Path) -> None:
    with program(shell, slack, trained_model) as running:
        running.start(anew=False)
        slack.wait_for_socket(seconds=20)
        assert running.stop() == 0
        log = running.log.read_text()
    assert "running" in log
    assert "stopped" in log
    assert "Traceback" not in log


def test_a_part_of_the_program_runs_without_the_others(shell: Shell, slack: SlackStandIn, tmp_path: Path) -> None:
    with program(shell, slack, tmp_path / "no model") as running:
        running.start("--only", "web")
        assert running.stop() == 0
    assert slack.calls() == []


def test_a_port_that_is_taken_ends_the_program_with_a_sentence(shell: Shell) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ran = shell.run("run", "--only", "web", WEB__PORT=port)
    assert ran.code != 0
    assert port in ran.err
    assert ran.is_civil()


@pytest.mark.xdist_group("demo")
def test_the_demo_answers_its_page_and_ends(tmp_path: Path, trained_model: Path) -> None:
    ours = {name: value for name, value in os.environ.items() if not name.startswith("TOCSIN")}
    port = free_port()
    command = [sys.executable, "-u", "-m", "tocsin", "demo", "--port", str(port), "--empty"]
    log = (tmp_path / "demo.log").open("wb")
    process = subprocess.Popen(command, cwd=ROOT, env=ours, stdout=log, stderr=log, start_new_session=True)
    try:
        wait_until(lambda: answers(port) or process.poll() is not None, 60, "the page does not answer")
        assert process.poll() is None, (tmp_path / "demo.log").read_text()
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
    finally:
        log.close()
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(10)
    said = (tmp_path / "demo.log").read_text()
    assert f"http://127.0.0.1:{port}" in said
    assert "Traceback" not in said
    assert not answers(port)


def answers(port: int) -> bool:
    """Whether a page is served at this port."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        line.request("GET", "/")
        return line.getresponse().status == 200
    except OSError:
        return False
    finally:
        line.close()


def test_the_command_is_on_the_path_too() -> None:
    found = shutil.which("tocsin", path=str(Path(sys.executable).parent))
    if found is None:
        pytest.skip("the project is not installed here; “python -m tocsin” is the same")
    assert subprocess.run([found, "--version"], capture_output=True, text=True, check=True).stdout


def test_the_list_of_commands_is_there_before_anything_is_imported() -> None:
    listed = subprocess.run(
        [sys.executable, "-v", "-m", "tocsin", "--help"], capture_output=True, text=True, check=True
    )
    assert "deadlines" in listed.stdout
    assert "import 'click'" in listed.stderr
    for heavy in ("commands", "sqlalchemy", "pydantic", "sklearn", "spacy"):
        assert f"import '{heavy}'" not in listed.stderr
