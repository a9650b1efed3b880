"""The page in a real browser: keys and clicks do what they say, and nothing is fetched from elsewhere."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from demo.page import create_page
from demo.slack.running import ServerInThread
from tests.demo.pretend_council import PretendCouncil
from tests.demo.slack_program import card, listening, workspace

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (CHROMIUM and Path(CHROMIUM).exists()), reason="no Chromium on this machine"),
]


@pytest.fixture
def visit() -> Iterator[Page]:
    with workspace() as slack, listening(slack) as program:
        program.client.chat_postMessage(channel="waste", text="x", blocks=card("acknowledge", "wrong_area"))
        server = ServerInThread(create_page(slack, PretendCouncil()))
        server.start()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
            page = browser.new_page()
            page.goto(server.url)
            yield page
            browser.close()
        server.stop()


def test_a_visitor_fills_in_a_form_and_writes_a_letter(visit: Page) -> None:
    troubles: list[str] = []
    visit.on("console", lambda line: troubles.append(line.text) if line.type == "error" else None)
    visit.on("pageerror", lambda error: troubles.append(str(error)))
    visit.get_by_role("button", name="wrong_area").focus()
    visit.keyboard.press("Enter")
    why = visit.get_by_role("dialog", name="Wrong area").get_by_label("Why?")
    expect(why).to_be_focused()
    visit.keyboard.press("?")
    visit.get_by_role("dialog").get_by_role("button", name="Send").click()
    expect(visit.get_by_text("Say why in a sentence.")).to_be_visible()
    why.fill("It is a road.")
    visit.get_by_role("dialog").get_by_role("button", name="Send").click()
    expect(visit.get_by_role("dialog")).to_have_count(0)
    visit.get_by_label("Start from a sample letter").select_option("Missed bin")
    visit.get_by_role("button", name="Send email").click()
    visit.get_by_text("We have your message: Bin", exact=True).click()
    expect(visit.get_by_text("Dear <resident>")).to_be_visible()
    visit.get_by_role("button", name="Reply").click()
    expect(visit.get_by_label("Subject")).to_have_value("Re: We have your message: Bin")
    visit.get_by_label("Start from a sample letter").select_option("Any news?")
    expect(visit.get_by_label("Email address")).to_have_value("joan@resident.example")
    visit.get_by_label("Name").fill("Joan Ellis")
    visit.get_by_role("button", name="Send email").click()
    expect(visit.get_by_text("We have your message: Re: We have your message: Bin", exact=True)).to_be_visible()
    visit.get_by_role("button", name="Return as undeliverable").first.click()
    expect(visit.get_by_text("came back")).to_be_visible()
    visit.get_by_role("button", name="Next working day").click()
    expect(visit.get_by_text("Thursday 15 October 2026", exact=True)).to_be_visible()
    assert troubles == []
