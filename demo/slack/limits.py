"""Slack's published limits on blocks and views (docs.slack.dev/reference/block-kit), as tables."""

BLOCKS_IN_MESSAGE = 50
BLOCKS_IN_VIEW = 100
MESSAGE_TEXT = 40_000
UPDATE_TEXT_BYTES = 4000
"""Of chat.update alone, counted in bytes after &, < and > are escaped (gitlab-org/gitlab merge request 258898)."""
TEXT_IN_ALL_BLOCKS = 13_200
"""Not in Slack's documents; measured by others as about this many characters (slackapi/bolt-js issue 2509)."""
METADATA_BYTES = 16_000
BLOCK_ID = 255
ACTION_ID = 255
SECTION_TEXT = 3000
SECTION_FIELDS = 10
FIELD_TEXT = 2000
HEADER_TEXT = 150
ACTIONS_ELEMENTS = 25
CONTEXT_ELEMENTS = 10
BUTTON_TEXT = 75
BUTTON_VALUE = 2000
URL = 3000
PLACEHOLDER = 150
OPTION_TEXT = 75
OPTION_VALUE = 150
OPTION_DESCRIPTION = 75
INPUT_LABEL = 2000
INPUT_HINT = 2000
IMAGE_ALT = 2000
INPUT_TEXT = 3000
VIEW_TITLE = 24
PRIVATE_METADATA = 3000
CALLBACK_ID = 255
EXTERNAL_ID = 255
VIEW_STACK = 3
SOCKETS = 10
RESPONSE_URL_USES = 5

CONFIRM = {"title": 100, "text": 300, "confirm": 30, "deny": 30}

OPTIONS = {
    "static_select": 100,
    "multi_static_select": 100,
    "radio_buttons": 10,
    "checkboxes": 10,
    "overflow": 5,
}
"""How many options each kind of element may offer."""

SELECTS = {"static_select", "multi_static_select"} | {
    f"{many}{source}_select" for many in ("", "multi_") for source in ("users", "conversations", "channels", "external")
}

PICKERS = {"datepicker", "timepicker", "datetimepicker"}

ACTIONS = {"button", "overflow", "radio_buttons", "checkboxes", "workflow_button"} | SELECTS | PICKERS

INPUTS = (
    {"plain_text_input", "email_text_input", "url_text_input", "number_input", "rich_text_input", "file_input"}
    | {"radio_buttons", "checkboxes"}
    | SELECTS
    | PICKERS
)
