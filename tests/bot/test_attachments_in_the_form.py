"""The form an officer reads a letter in says of each attachment what it is, and whether it is safe."""

from datetime import UTC, datetime

from bot.modals import read_modal
from models.correspondence import Correspondence, Direction
from tests.house.test_buttons import VIEW
from tests.jobs.office import words_on

AT = datetime(2026, 10, 12, 9, tzinfo=UTC)


def test_what_no_form_can_hold_is_asked_of_who_runs_it() -> None:
    letter = Correspondence(case_id=7, direction=Direction.IN, at=AT, text="See.")
    words = words_on(read_modal(VIEW, [letter] * 60)["blocks"])
    assert f"Ask whoever runs Tocsin for the rest: “tocsin case {VIEW.reference}” shows all of it." in words
    assert "tocsin" not in words_on(read_modal(VIEW, [letter])["blocks"])


def test_attachments_are_named_with_type_size_and_state() -> None:
    photo = {"name": "elm.jpg", "content_type": "image/jpeg", "size": 240_000, "digest": "ab", "state": "clean"}
    virus = photo | {"name": "<!channel>.jpg", "content_type": "application/octet-stream", "state": "infected"}
    letter = Correspondence(case_id=7, direction=Direction.IN, at=AT, text="See.", attachments=[photo, virus])
    form = read_modal(VIEW, [letter])
    line = "Attached: elm.jpg (JPEG image, 240 kB, clean), <!channel>.jpg (unknown type, 240 kB, holds a virus, "
    assert f"{line}locked away)" in words_on(form["blocks"])
    assert {block["text"]["type"] for block in form["blocks"] if "text" in block} == {"plain_text"}
