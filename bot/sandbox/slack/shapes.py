"""The workspace's state as its own HTTP contract shows it."""

from bot.sandbox.slack.elements import TEXTS, options, shown, walk, words
from bot.sandbox.slack.journal import Json
from bot.sandbox.slack.messages import Message
from bot.sandbox.slack.people import BOT_ID, BOT_NAME, BOT_USER, CHANNELS, COMMANDS, User
from bot.sandbox.slack.plain import bracketed, plain_words
from bot.sandbox.slack.surface import Surface
from bot.sandbox.slack.views import View
from bot.sandbox.slack.world import World


def user_shape(world: World, user: User) -> Json:
    """A person."""
    now = world.clock.now()
    return {
        "id": user.id,
        "name": user.name,
        "real_name": user.real_name,
        "tz": user.tz,
        "tz_label": now.astimezone(user.zone()).tzname(),
        "tz_offset": world.directory.offset(user, now),
        "email": user.email,
        "colour": user.colour,
    }


def state_shape(world: World, viewer: User) -> Json:
    """Everything around the messages."""
    return {
        "now": world.clock.now().isoformat(),
        "viewer": user_shape(world, viewer),
        "users": [user_shape(world, user) for user in world.directory.users],
        "bot": {"id": BOT_USER, "bot_id": BOT_ID, "name": BOT_NAME, "real_name": BOT_NAME.title()},
        "channels": [{"id": channel.id, "name": channel.name, "topic": channel.topic} for channel in CHANNELS],
        "dms": [{"id": viewer.dm, "name": BOT_NAME, "user": BOT_USER}],
        "commands": COMMANDS,
        "prompts": world.prompts.get(viewer.dm) or {"title": None, "prompts": []},
    }


def message_shape(world: World, message: Message, viewer: User) -> Json:
    """A message as this person sees it."""
    state = Surface(world, viewer, message=message).state()
    replies = world.messages.replies(message.channel, message.ts) if message.thread_ts is None else []
    return {
        "ts": message.ts,
        "channel": message.channel,
        "user": message.user,
        "name": world.directory.name(message.user),
        "bot": message.bot,
        "text": message.text,
        "blocks": message.blocks,
        "attachments": message.attachments,
        "thread_ts": message.thread_ts,
        "ephemeral": message.ephemeral,
        "plain": world.reader(viewer).message(
            message.text, message.blocks, message.attachments, state, markdown=message.markdown
        ),
        "edited": message.edited is not None,
        "reactions": message.reactions,
        "reply_count": len(replies),
        "reply_users": list(dict.fromkeys(reply.user for reply in replies)),
        "latest_reply": replies[-1].ts if replies else None,
        "streaming": message.streaming,
        "markdown": message.markdown,
        "broadcast": message.broadcast,
        "state": state,
    }


def view_shape(world: World, view: View, viewer: User) -> Json:
    """A modal or Home as this person sees it."""
    state = view.values()
    reader = world.reader(viewer)
    lines = [plain_words(view.note)] if view.note else []
    if view.type == "home":
        lines.append(reader.blocks(view.blocks, state))
        return {"view_id": view.id, "plain": "\n".join(lines), "blocks": view.blocks, "state": state, "note": view.note}
    title, close = words(view.title), words(view.close) or "Cancel"
    lines.insert(0, plain_words(title))
    for block in view.blocks:
        lines.append(reader.blocks([block], state))
        if block.get("block_id") in view.errors:
            lines.append(plain_words(view.errors[block["block_id"]]))
    submit = words(view.submit) or ("Submit" if any(b.get("type") == "input" for b in view.blocks) else "")
    lines.append(" ".join(bracketed(label) for label in (close, submit) if label))
    return {
        "view_id": view.id,
        "title": title,
        "plain": "\n".join(line for line in lines if line),
        "inputs": inputs(world, view),
        "submit": submit or None,
        "close": close,
        "blocks": view.blocks,
        "state": state,
        "depth": len(world.views.stacks.get(view.user, [])),
        "errors": view.errors,
        "note": view.note,
    }


def inputs(world: World, view: View) -> list[Json]:
    """The inputs of a modal, in order: what they ask, what they offer, what they hold."""
    found = []
    values = view.values()
    for place in walk(view.blocks):
        if not place.in_input:
            continue
        held = [
            words(part.get("text")) if isinstance(part, dict) and "text" in part else part
            for part in shown(values[place.block_id][place.action_id])
        ]
        described: Json = {
            "label": words(place.block.get("label")),
            "type": place.kind,
            "required": not place.block.get("optional", False),
            "block_id": place.block_id,
            "action_id": place.action_id,
            "value": (held[0] if held else None) if place.kind not in _MANY else held,
        }
        if place.kind not in TEXTS and options(place.element):
            described["options"] = [words(option.get("text")) for option in options(place.element)]
        elif place.kind.endswith("users_select"):
            described["options"] = [user.name for user in world.directory.users]
        elif place.kind.endswith(("channels_select", "conversations_select")):
            described["options"] = ["#" + channel.name for channel in CHANNELS]
        found.append(described)
    return found


_MANY = (
    "checkboxes",
    "multi_static_select",
    "multi_external_select",
    "multi_users_select",
    "multi_channels_select",
    "multi_conversations_select",
)
