"""A council whose letters go through GOV.UK Notify: the settings choose it, and doctor looks at it."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from commands.joining import transports_of
from jobs.transports.email import FolderTransport, SmtpTransport
from jobs.transports.notify import NotifyTransport
from models.clock import Clock
from models.outbox import Channel
from tests.build import the_settings
from tests.commands.shell import Shell
from tests.servers.notify import API_KEY, TEMPLATE, NotifyServer

BY_SMTP = {"folder": None}
BY_NOTIFY = {"template_id": TEMPLATE, "api_key": SecretStr(API_KEY)}


@pytest.mark.parametrize(
    ("changes", "way"),
    [
        ({}, FolderTransport),
        ({"smtp": BY_SMTP}, SmtpTransport),
        ({"smtp": BY_SMTP, "notify": BY_NOTIFY}, NotifyTransport),
        ({"notify": BY_NOTIFY}, NotifyTransport),
    ],
)
def test_naming_a_template_chooses_notify(tmp_path: Path, changes: dict[str, Any], way: type) -> None:
    assert type(transports_of(the_settings(tmp_path, **changes), Clock())[Channel.EMAIL]) is way


@pytest.mark.slow
def test_doctor_looks_at_notify(shell: Shell) -> None:
    with NotifyServer() as notify:
        given = {"NOTIFY__TEMPLATE_ID": TEMPLATE, "NOTIFY__API_KEY": API_KEY, "NOTIFY__BASE_URL": notify.url}
        well = found(shell, **given)
        notify.body = "Dear resident"
        without_text = found(shell, **given)
        refused = found(shell, **given | {"NOTIFY__API_KEY": API_KEY[:-1] + "1"})
    assert (well["is_well"], well["sentence"]) == (True, "GOV.UK Notify answers; template “Letters”")
    assert (without_text["is_well"], without_text["sentence"]) == (False, "The Notify template lacks ((text)).")
    assert "refuses the API key" in refused["sentence"]
    assert "GOV.UK Notify gave no answer" in found(shell, **given)["sentence"]


def found(shell: Shell, **given: Any) -> dict[str, Any]:
    lines = shell.run("doctor", "--json", **given).lines
    return next(line for line in lines if line["name"] == "smtp")
