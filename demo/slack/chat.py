"""The chat methods: post, update, whisper and delete, within Slack's limits."""

import json
import re
import time

from demo.slack import limits
from demo.slack.blocks import as_kept, problems_in, text_length
from demo.slack.refusals import Refused
from demo.slack.world import BOT_USER_ID, Channel, Json, Message, World


def find_channel(world: World, wanted: object, *, by_name: bool = False) -> Channel:
    """The channel meant, if the bot may know of it.

    Only posting takes a name or a person's id. Raises Refused `channel_not_found`, also for private channels
    the bot is not in, and `not_in_channel` for public ones.
    """
    name = str(wanted or "")
    found = world.channels.get(name)
    if found is None and by_name:
        found = _by_name(world, name)
    inside = found is not None and BOT_USER_ID in found.members
    if found is None or (found.is_private and not inside):
        raise Refused("channel_not_found")
    if not inside:
        raise Refused("not_in_channel")
    return found


def _by_name(world: World, name: str) -> Channel | None:
    if name in world.people and name != BOT_USER_ID:
        return world.direct_messages(name)
    return next((one for one in world.channels.values() if one.name and one.name == name.removeprefix("#")), None)


def check_content(args: Json) -> None:
    """Refuse what is too long, malformed or empty.

    Raises Refused: `no_text`, `msg_too_long`, `invalid_blocks`, `msg_blocks_too_long`, `metadata_too_large`,
    `invalid_metadata_format`.
    """
    if not args.get("text") and not args.get("blocks") and not args.get("attachments"):
        raise Refused("no_text")
    if len(str(args.get("text") or "")) > limits.MESSAGE_TEXT:
        raise Refused("msg_too_long")
    where = problems_in(args.get("blocks") or [])
    if where:
        raise Refused("invalid_blocks", where=where)
    if text_length(args.get("blocks")) > limits.TEXT_IN_ALL_BLOCKS:
        raise Refused("msg_blocks_too_long")
    _check_metadata(args.get("metadata"))


def _check_metadata(metadata: object) -> None:
    if not metadata:
        return
    if not isinstance(metadata, dict) or not isinstance(metadata.get("event_payload"), dict):
        raise Refused("invalid_metadata_format")
    if not isinstance(metadata.get("event_type"), str):
        raise Refused("invalid_metadata_format")
    if len(json.dumps(metadata)) > limits.METADATA_BYTES:
        raise Refused("metadata_too_large")


def _keep_pace(world: World, channel: Channel) -> None:
    """Slack's limit on posting, about one message a second in a channel; only when switched on."""
    now = time.monotonic()
    if world.limit_posts and now - world.last_post.get(channel.id, now - 1) < 1:
        raise Refused("ratelimited", retry_after=1)
    world.last_post[channel.id] = now


def post_message(world: World, args: Json) -> Json:
    """chat.postMessage."""
    channel = find_channel(world, args.get("channel"), by_name=True)
    if channel.is_archived:
        raise Refused("is_archived")
    check_content(args)
    _keep_pace(world, channel)
    message = _compose(world, channel, args)
    put_in_thread(world, message, args)
    world.messages.append(message)
    return {"channel": channel.id, "ts": message.ts, "message": message.public()}


def _compose(world: World, channel: Channel, args: Json) -> Message:
    return Message(
        channel.id,
        world.next_ts(),
        str(args.get("text") or ""),
        as_kept(args.get("blocks") or []),
        metadata=args.get("metadata") or None,
    )


def put_in_thread(world: World, message: Message, args: Json) -> None:
    """Put a message under the one it replies to.

    Where that one is gone, Slack refuses nothing: the reply stands in the channel itself, and the answer has no
    `thread_ts` (slack-go/slack issue 1571). Raises Refused `invalid_thread_ts`.
    """
    wanted = str(args.get("thread_ts") or "")
    if wanted and not re.fullmatch(r"\d+\.\d+", wanted):
        raise Refused("invalid_thread_ts", where=[f"[ERROR] {wanted} is not a valid thread_ts"])
    parent = world.find_message(message.channel, wanted)
    if parent is None or parent.seen_by:
        return
    message.thread_ts = parent.thread_ts = parent.thread_ts or parent.ts
    parent.replies.append(message.ts)
    message.is_broadcast = str(args.get("reply_broadcast")).lower() in {"1", "true"}


def post_ephemeral(world: World, args: Json) -> Json:
    """chat.postEphemeral: a line one person sees; nobody can change it afterwards."""
    channel = find_channel(world, args.get("channel"), by_name=True)
    if channel.is_archived:
        raise Refused("is_archived")
    if args.get("user") not in channel.members:
        raise Refused("user_not_in_channel")
    check_content(args)
    message = _compose(world, channel, args)
    message.seen_by = str(args["user"])
    world.messages.append(message)
    return {"message_ts": message.ts}


def _own_message(world: World, args: Json, no: str) -> Message:
    channel = find_channel(world, args.get("channel"))
    message = world.find_message(channel.id, str(args.get("ts")))
    if message is None or message.seen_by:
        raise Refused("message_not_found")
    if message.user != BOT_USER_ID:
        raise Refused(no)
    if channel.is_archived:
        raise Refused("is_archived")
    return message


def update(world: World, args: Json) -> Json:
    """chat.update: takes channel ids only. What is left out stays: blocks and metadata."""
    message = _own_message(world, args, "cant_update_message")
    if len(escaped(str(args.get("text") or "")).encode()) > limits.UPDATE_TEXT_BYTES:
        raise Refused("msg_too_long")
    check_content(args)
    edit(world, message, args)
    return {"channel": message.channel, "ts": message.ts, "text": message.text, "message": message.public()}


def escaped(text: str) -> str:
    """The text as Slack keeps it: &, < and > as entities, unless they belong to one or to a reference."""
    text = re.sub(r"&(?!amp;|lt;|gt;)", "&amp;", text)
    return re.sub(r"<(?![@#!]|https?:|mailto:)", "&lt;", text)


def edit(world: World, message: Message, content: Json) -> None:
    """Change a message in place and remember how it stood."""
    message.revisions.append({"text": message.text, "blocks": message.blocks})
    message.text = str(content.get("text") or "")
    if content.get("blocks") is not None:
        message.blocks = as_kept(content["blocks"])
    if content.get("metadata") is not None:
        message.metadata = content["metadata"] or None
    message.edited_ts = world.next_ts()


def delete(world: World, args: Json) -> Json:
    """chat.delete."""
    message = _own_message(world, args, "cant_delete_message")
    world.messages.remove(message)
    return {"channel": message.channel, "ts": message.ts}
