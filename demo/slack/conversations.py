"""The methods that read: channels, their history, people, and who the bot is."""

from demo.slack.chat import find_channel
from demo.slack.refusals import Refused
from demo.slack.world import BOT_ID, BOT_USER_ID, TEAM_ID, Json, Message, World

HISTORY_PAGE = 100
HISTORY_MOST = 999


def auth_test(_world: World, _args: Json) -> Json:
    """auth.test."""
    return {
        "url": "https://stand-in.slack.example/",
        "team": "Stand-in Council",
        "user": "tocsin",
        "team_id": TEAM_ID,
        "user_id": BOT_USER_ID,
        "bot_id": BOT_ID,
        "is_enterprise_install": False,
    }


def _limit(args: Json) -> int:
    try:
        wanted = int(args.get("limit") or HISTORY_PAGE)
    except ValueError:
        raise Refused("invalid_limit") from None
    if not 1 <= wanted <= HISTORY_MOST:
        raise Refused("invalid_limit")
    return wanted


def is_true(value: object) -> bool:
    """Whether a flag is set, in any of the ways a form or JSON body says so."""
    return str(value).lower() in {"1", "true"}


def _within(message: Message, args: Json) -> bool:
    ts = float(message.ts)
    oldest, latest = float(args.get("oldest") or 0), float(args.get("latest") or "inf")
    if is_true(args.get("inclusive")):
        return oldest <= ts <= latest
    return oldest < ts < latest


def _page(found: list[Message], args: Json) -> Json:
    start = int(str(args.get("cursor") or "0").removeprefix("at:"))
    limit = _limit(args)
    with_metadata = is_true(args.get("include_all_metadata"))
    has_more = len(found) > start + limit
    return {
        "messages": [message.public(with_metadata=with_metadata) for message in found[start : start + limit]],
        "has_more": has_more,
        "response_metadata": {"next_cursor": f"at:{start + limit}" if has_more else ""},
    }


def history(world: World, args: Json) -> Json:
    """conversations.history: newest first, without what one person alone sees or replies, but for broadcast ones."""
    channel = find_channel(world, args.get("channel"))
    found = [
        message
        for message in reversed(world.messages)
        if message.channel == channel.id
        and not message.seen_by
        and (message.thread_ts in {"", message.ts} or message.is_broadcast)
        and _within(message, args)
    ]
    return _page(found, args)


def replies(world: World, args: Json) -> Json:
    """conversations.replies: a message and the thread under it, oldest first."""
    channel, ts = find_channel(world, args.get("channel")), str(args.get("ts"))
    parent = world.find_message(channel.id, ts)
    if parent is None:
        raise Refused("thread_not_found")
    seen = [one for one in world.messages if one.channel == channel.id and not one.seen_by]
    under = [one for one in seen if one.thread_ts == ts and one is not parent]
    return _page([parent, *under], args)


def open_direct(world: World, args: Json) -> Json:
    """conversations.open: direct messages with one person."""
    users = args.get("users") or ""
    named = users if isinstance(users, list) else str(users).split(",")
    if len(named) != 1 or named[0] not in world.people or named[0] == BOT_USER_ID:
        raise Refused("user_not_found")
    if world.people[named[0]].is_deleted:
        raise Refused("user_disabled")
    if world.people[named[0]].is_bot:
        raise Refused("cannot_dm_bot")
    return {"channel": {"id": world.direct_messages(named[0]).id}}


def list_channels(world: World, args: Json) -> Json:
    """conversations.list: public channels unless `types` says otherwise; private ones only with the bot inside."""
    types = str(args.get("types") or "public_channel").replace(" ", "").split(",")
    hide_archived = is_true(args.get("exclude_archived"))
    shown = []
    for channel in world.channels.values():
        kind = "im" if channel.person else "private_channel" if channel.is_private else "public_channel"
        known = not channel.is_private or BOT_USER_ID in channel.members
        if kind in types and known and not (hide_archived and channel.is_archived):
            shown.append(channel.public())
    return {"channels": shown, "response_metadata": {"next_cursor": ""}}


def info(world: World, args: Json) -> Json:
    """conversations.info: public channels too where the bot is not a member."""
    channel = world.channels.get(str(args.get("channel")))
    if channel is None or (channel.is_private and BOT_USER_ID not in channel.members):
        raise Refused("channel_not_found")
    return {"channel": channel.public()}


def members(world: World, args: Json) -> Json:
    """conversations.members."""
    channel = find_channel(world, args.get("channel"))
    return {"members": sorted(channel.members), "response_metadata": {"next_cursor": ""}}


def user_info(world: World, args: Json) -> Json:
    """users.info."""
    person = world.people.get(str(args.get("user")))
    if person is None:
        raise Refused("user_not_found")
    return {"user": person.public()}


def list_users(world: World, _args: Json) -> Json:
    """users.list."""
    return {"members": [one.public() for one in world.people.values()], "response_metadata": {"next_cursor": ""}}
