"""The views methods: modals opened by a trigger, redrawn, stacked, and home tabs."""

import secrets
import time

from demo.slack import limits
from demo.slack.blocks import as_kept, problems_in
from demo.slack.problems import Problems
from demo.slack.refusals import Refused
from demo.slack.world import APP_ID, BOT_ID, TEAM_ID, Json, View, World


def check_view(view: object) -> None:
    """Refuse a view Slack would refuse.

    Raises Refused `invalid_arguments`, with the places: so Slack calls for views what it calls
    `invalid_blocks` for messages.
    """
    found = Problems()
    if not isinstance(view, dict) or view.get("type") not in {"modal", "home"}:
        raise Refused("invalid_arguments", where=["[ERROR] must be a modal or home view [json-pointer:/view]"])
    _check_texts(view, found)
    found.lines += problems_in(view.get("blocks"), limits.BLOCKS_IN_VIEW)
    if found.lines:
        placed = [line.replace("[json-pointer:", "[json-pointer:/view") for line in found.lines]
        raise Refused(
            "invalid_arguments", where=["[ERROR] failed to match all allowed schemas [json-pointer:/view]", *placed]
        )


def _check_texts(view: Json, found: Problems) -> None:
    for part in ("title", "submit", "close"):
        if part in view or (part == "title" and view["type"] == "modal"):
            found.plain(view.get(part), limits.VIEW_TITLE, f"/{part}")
    lengths = {
        "private_metadata": limits.PRIVATE_METADATA,
        "callback_id": limits.CALLBACK_ID,
        "external_id": limits.EXTERNAL_ID,
    }
    for part, most in lengths.items():
        if part in view:
            found.length(view[part], most, f"/{part}", least=0)
    blocks = view.get("blocks")
    has_input = isinstance(blocks, list) and any(isinstance(b, dict) and b.get("type") == "input" for b in blocks)
    if view["type"] == "modal" and has_input and not view.get("submit"):
        found.add("`submit` is required when an input is in the blocks", "/submit")


def drawn(world: World, view: Json) -> Json:
    """A view as Slack keeps it: with its id, its hash and an empty state."""
    blank = {"private_metadata": "", "callback_id": "", "external_id": "", "submit": None, "close": None}
    kept: Json = as_kept(view)
    view_id = world.number("V")
    return (
        blank
        | kept
        | {
            "id": view_id,
            "team_id": TEAM_ID,
            "app_id": APP_ID,
            "bot_id": BOT_ID,
            "app_installed_team_id": TEAM_ID,
            "root_view_id": view_id,
            "previous_view_id": None,
            "clear_on_close": bool(view.get("clear_on_close")),
            "notify_on_close": bool(view.get("notify_on_close")),
            "state": {"values": {}},
            "hash": new_hash(),
        }
    )


def new_hash() -> str:
    """The mark by which Slack tells whether a view has changed since it was read."""
    return f"{int(time.monotonic() * 1000)}.{secrets.token_hex(4)}"


def use_trigger(world: World, trigger_id: object) -> str:
    """Spend a trigger_id and say whose it was.

    Raises Refused: `invalid_trigger_id`, `exchanged_trigger_id` on a second use, `expired_trigger_id` after 3 s.
    """
    ticket = world.triggers.get(str(trigger_id))
    if ticket is None:
        raise Refused("invalid_trigger_id")
    if ticket.used:
        raise Refused("exchanged_trigger_id")
    if time.monotonic() > ticket.expires:
        raise Refused("expired_trigger_id")
    ticket.used = True
    return ticket.user


def open_views(world: World, user: str) -> list[View]:
    """The person's stack of modals, the top one last."""
    return [view for view in world.views.values() if view.owner == user and view.is_open]


def show(world: World, user: str, view: Json, *, on_top: bool = False) -> Json:
    """Put a checked modal before a person; unless it goes on top, whatever else is open is closed."""
    given = view.get("external_id")
    if given and any(other.body["external_id"] == given for other in world.views.values()):
        raise Refused("duplicate_external_id")
    body: Json = drawn(world, view)
    stack = open_views(world, user)
    if on_top and stack:
        body |= {"previous_view_id": stack[-1].body["id"], "root_view_id": stack[0].body["root_view_id"]}
    elif not on_top:
        for other in stack:
            other.is_open = False
    world.views[body["id"]] = View(body, user)
    return body


def redraw(kept: View, view: Json) -> Json:
    """Replace a view's content; its id stays, its hash changes."""
    for part in ("blocks", "title", "submit", "close", "private_metadata", "callback_id"):
        if part in view:
            kept.body[part] = as_kept(view[part])
    kept.body["hash"] = new_hash()
    return kept.body


def views_open(world: World, args: Json) -> Json:
    """views.open: a modal for whoever pressed."""
    check_view(args.get("view"))
    return {"view": show(world, use_trigger(world, args.get("trigger_id")), args["view"])}


def views_push(world: World, args: Json) -> Json:
    """views.push: a modal over the one that is open; three at most."""
    check_view(args.get("view"))
    user = use_trigger(world, args.get("trigger_id"))
    if len(open_views(world, user)) >= limits.VIEW_STACK:
        raise Refused("push_limit_reached")
    return {"view": show(world, user, args["view"], on_top=True)}


def views_update(world: World, args: Json) -> Json:
    """views.update: by view_id or external_id, refused if the hash given is no longer the view's."""
    check_view(args.get("view"))
    wanted = args.get("view_id"), args.get("external_id")
    kept = next(
        (v for v in world.views.values() if wanted[0] == v.body["id"] or wanted[1] == v.body["external_id"]), None
    )
    if kept is None or not kept.is_open:
        raise Refused("not_found")
    if args.get("hash") not in {None, kept.body["hash"]}:
        raise Refused("hash_conflict")
    return {"view": redraw(kept, args["view"])}


def views_publish(world: World, args: Json) -> Json:
    """views.publish: somebody's home tab."""
    check_view(args.get("view"))
    user = str(args.get("user_id"))
    if user not in world.people:
        raise Refused("user_not_found")
    body = drawn(world, args["view"])
    world.homes[user] = View(body, user)
    return {"view": body}
