"""The form in a real browser, by keyboard alone and with scripts switched off."""

import shutil

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.people import ASHA
from tests.web.conftest import Site

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]


def test_a_resident_complains_by_keyboard_alone(site: Site) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_context(java_script_enabled=False).new_page()
        troubles: list[str] = []
        page.on("console", lambda line: troubles.append(line.text))
        page.goto(site.url)
        keys = page.keyboard
        keys.press("Tab")
        expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
        page.get_by_role("button", name="Send").focus()
        keys.press("Enter")
        expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
        link = page.get_by_role("link", name="Tell us what happened")
        link.focus()
        keys.press("Enter")
        expect(page.get_by_label("What happened?")).to_be_focused()
        keys.type("My bin was missed again.")
        keys.press("Tab")
        keys.press("Space")
        expect(page.get_by_label("Yes", exact=True)).to_be_checked()
        keys.press("ArrowDown")
        expect(page.get_by_label("No", exact=True)).to_be_checked()
        for words in ("In August", "An apology", "Asha Okafor", ASHA, "07700 900123"):
            keys.press("Tab")
            keys.type(words)
        keys.press("Tab")
        expect(page.get_by_role("button", name="Send")).to_be_focused()
        keys.press("Enter")
        expect(page.get_by_role("heading", name="We have your message")).to_be_visible()
        [case] = site.cases()
        expect(page.get_by_text(case.reference)).to_be_visible()
        expect(page.get_by_text("Monday 19 October 2026")).to_be_visible()
        browser.close()
    assert [line for line in troubles if "Failed to load resource" not in line] == []
    [letter] = site.letters()
    assert "Have you told us before: No In August" in " ".join(letter.text.split())
