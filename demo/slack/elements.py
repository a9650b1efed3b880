"""Judges the elements inside blocks: buttons, menus, inputs and their options."""

from demo.slack import limits
from demo.slack.problems import Problems
from demo.slack.world import Json


def check_element(element: object, allowed: set[str], at: str, found: Problems) -> None:
    """Object to an element of the wrong kind for its place, or over a limit."""
    if not isinstance(element, dict):
        found.add("must provide an object", at)
        return
    kind = str(element.get("type"))
    if kind not in allowed:
        found.add(f"unsupported element type: {kind}", f"{at}/type")
        return
    _common(element, at, found)
    if kind == "button":
        _button(element, at, found)
    elif kind == "image":
        _image(element, at, found)
    elif kind == "plain_text_input":
        _plain_text_input(element, at, found)
    elif kind in limits.OPTIONS:
        _choices(element, at, found)


def _common(element: Json, at: str, found: Problems) -> None:
    if "action_id" in element:
        found.length(element["action_id"], limits.ACTION_ID, f"{at}/action_id")
    if "placeholder" in element:
        found.plain(element["placeholder"], limits.PLACEHOLDER, f"{at}/placeholder")
    if "confirm" in element:
        for part, most in limits.CONFIRM.items():
            if part in element["confirm"]:
                found.text(element["confirm"][part], most, f"{at}/confirm/{part}")


def _button(element: Json, at: str, found: Problems) -> None:
    found.plain(element.get("text"), limits.BUTTON_TEXT, f"{at}/text")
    if "value" in element:
        found.length(element["value"], limits.BUTTON_VALUE, f"{at}/value", least=0)
    if "url" in element:
        found.length(element["url"], limits.URL, f"{at}/url")
    if "style" in element and element["style"] not in {"primary", "danger"}:
        found.add("must be one of primary, danger", f"{at}/style")


def _image(element: Json, at: str, found: Problems) -> None:
    found.length(element.get("image_url"), limits.URL, f"{at}/image_url")
    found.length(element.get("alt_text"), limits.IMAGE_ALT, f"{at}/alt_text")


def _plain_text_input(element: Json, at: str, found: Problems) -> None:
    most = element.get("max_length", limits.INPUT_TEXT)
    if not isinstance(most, int) or not 1 <= most <= limits.INPUT_TEXT:
        found.add(f"must be between 1 and {limits.INPUT_TEXT}", f"{at}/max_length")
    elif "initial_value" in element:
        found.length(element["initial_value"], most, f"{at}/initial_value", least=0)


def options_of(element: Json) -> list[Json]:
    """Every option an element offers, whether or not they stand in groups."""
    grouped: list[Json] = [option for group in groups_of(element) for option in group.get("options", [])]
    plain: list[Json] = element.get("options") or []
    return plain + grouped


def groups_of(element: Json) -> list[Json]:
    """The groups an element's options stand in, each with its label; none when they stand alone."""
    groups: list[Json] = element.get("option_groups") or []
    return groups


def _choices(element: Json, at: str, found: Problems) -> None:
    options = options_of(element)
    found.items(options, limits.OPTIONS[element["type"]], f"{at}/options")
    for place, option in enumerate(options):
        _option(option, f"{at}/options/{place}", found)
    chosen = element.get("initial_options") or [element.get("initial_option")]
    values = {option.get("value") for option in options if isinstance(option, dict)}
    for one in chosen:
        if one is not None and one.get("value") not in values:
            found.add("initial option must be one of the options", f"{at}/initial_option")


def _option(option: object, at: str, found: Problems) -> None:
    if not isinstance(option, dict):
        found.add("must provide an object", at)
        return
    found.text(option.get("text"), limits.OPTION_TEXT, f"{at}/text")
    if "value" in option:
        found.length(option["value"], limits.OPTION_VALUE, f"{at}/value")
    if "description" in option:
        found.text(option["description"], limits.OPTION_DESCRIPTION, f"{at}/description")
