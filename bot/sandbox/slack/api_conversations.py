"""`conversations.*`."""

from collections.abc import Awaitable, Callable

from bot.sandbox.slack import payloads
from bot.sandbox.slack.arguments import Arguments, SlackError
from bot.sandbox.slack.journal import Json
from bot.sandbox.slack.messages import Message
from bot.sandbox.slack.people import BOT_USER, CHANNELS, TEAM
from bot.sandbox.slack.places import place_of
from bot.sandbox.slack.world import World

Method = Callable[[Arguments], Awaitable[Json]]


def conversation_methods(world: World) -> dict[str, Method]:
    """The methods by name."""
    conversations = Conversations(world)
    return {
        "conversations.open": conversations.open,
        "conversations.info": conversations.info,
        "conversations.list": conversations.list,
        "conversations.members": conversations.members,
        "conversations.history": conversations.history,
        "conversations.replies": conversations.replies,
        "conversations.join": conversations.join,
        "users.conversations": conversations.list,
    }


class Conversations:
    """The methods around channels and DMs."""

    def __init__(self, world: World) -> None:
        self._world = world

    def _object(self, channel_id: str) -> Json:
        channel = self._world.directory.channel(channel_id)
        if channel is None:
            owner = self._world.directory.dm_owner(channel_id)
            shown: Json = {"id": channel_id, "created": 1_700_000_000, "is_im": True, "is_org_shared": False}
            return shown | {"user": owner.id if owner else "", "is_user_deleted": False, "priority": 0}
        return {
            "id": channel.id,
            "name": channel.name,
            "name_normalized": channel.name,
            "is_channel": True,
            "is_group": False,
            "is_im": False,
            "is_mpim": False,
            "is_private": False,
            "is_archived": False,
            "is_general": channel.name == "general",
            "is_member": channel.id not in self._world.directory.without_bot,
            "is_shared": False,
            "is_ext_shared": False,
            "is_org_shared": False,
            "created": 1_700_000_000,
            "creator": self._world.directory.users[0].id,
            "context_team_id": TEAM,
            "topic": {"value": channel.topic, "creator": "", "last_set": 0},
            "purpose": {"value": "", "creator": "", "last_set": 0},
            "num_members": len(self._world.directory.users) + 1,
        }

    async def open(self, arguments: Arguments) -> Json:
        """`conversations.open`: the DM with one person."""
        if arguments.text("channel"):
            channel = place_of(self._world, arguments.text("channel"))
        else:
            users = arguments.listed("users")
            if not users:
                raise SlackError("users_list_not_supplied")
            if len(users) > 1:
                raise SlackError("not_supported")
            user = self._world.directory.by_id(users[0])
            if user is None:
                raise SlackError("user_not_found")
            channel = user.dm
        shown = self._object(channel) if arguments.flag("return_im") else {"id": channel}
        return {"channel": shown, "no_op": True, "already_open": True}

    async def info(self, arguments: Arguments) -> Json:
        """`conversations.info`."""
        return {"channel": self._object(_only_id(self._world, arguments))}

    async def list(self, arguments: Arguments) -> Json:
        """`conversations.list` and `users.conversations`."""
        kinds = arguments.listed("types") or ["public_channel"]
        found = [self._object(channel.id) for channel in CHANNELS] if "public_channel" in kinds else []
        if "im" in kinds:
            found += [self._object(user.dm) for user in self._world.directory.users]
        return _paged("channels", found, arguments, 100)

    async def members(self, arguments: Arguments) -> Json:
        """`conversations.members`."""
        channel = _only_id(self._world, arguments)
        owner = self._world.directory.dm_owner(channel)
        people = [owner.id] if owner else [user.id for user in self._world.directory.users]
        bot = [] if channel in self._world.directory.without_bot else [BOT_USER]
        return _paged("members", [*people, *bot], arguments, 100)

    async def join(self, arguments: Arguments) -> Json:
        """`conversations.join`: the bot comes (back) into a public channel."""
        channel = _only_id(self._world, arguments)
        if self._world.directory.channel(channel) is None:
            raise SlackError("method_not_supported_for_channel_type")
        self._world.directory.without_bot.discard(channel)
        return {"channel": self._object(channel)}

    async def history(self, arguments: Arguments) -> Json:
        """`conversations.history`: newest first, without replies that were not broadcast."""
        channel = _readable(self._world, arguments)
        roots = [m for m in self._world.messages.public(channel) if m.thread_ts is None or m.broadcast]
        found = list(reversed(_within(roots, arguments)))
        shown = [payloads.message_object(m, self._world.messages.replies(channel, m.ts)) for m in found]
        page = _paged("messages", shown, arguments, 100)
        return page | {"has_more": bool(page["response_metadata"]["next_cursor"]), "pin_count": 0}

    async def replies(self, arguments: Arguments) -> Json:
        """`conversations.replies`: the root and its replies, oldest first."""
        channel = _readable(self._world, arguments)
        named = self._world.messages.get(channel, arguments.needed("ts"))
        if named is None or named.ephemeral:
            raise SlackError("thread_not_found")
        root = self._world.messages.get(channel, named.thread_ts) if named.thread_ts else named
        if root is None:
            raise SlackError("thread_not_found")
        replies = self._world.messages.replies(channel, root.ts)
        shown = [payloads.message_object(root, replies)]
        shown += [payloads.message_object(m, []) | {"parent_user_id": root.user} for m in _within(replies, arguments)]
        page = _paged("messages", shown, arguments, 1000)
        return page | {"has_more": bool(page["response_metadata"]["next_cursor"])}


def _only_id(world: World, arguments: Arguments) -> str:
    channel = arguments.text("channel")
    if world.directory.channel(channel) is None and world.directory.dm_owner(channel) is None:
        raise SlackError("channel_not_found")
    return channel


def _readable(world: World, arguments: Arguments) -> str:
    channel = _only_id(world, arguments)
    if channel in world.directory.without_bot:
        raise SlackError("not_in_channel")
    return channel


def _within(messages: list[Message], arguments: Arguments) -> list[Message]:
    try:
        oldest = float(arguments.text("oldest") or 0)
        latest = float(arguments.text("latest") or "inf")
    except ValueError:
        raise SlackError("invalid_ts_oldest") from None
    if arguments.flag("inclusive"):
        return [m for m in messages if oldest <= float(m.ts) <= latest]
    return [m for m in messages if oldest < float(m.ts) < latest]


def _paged(name: str, items: list[Json] | list[str], arguments: Arguments, default: int) -> Json:
    """One page of a list, cursors being offsets in disguise."""
    limit = max(1, min(arguments.number("limit", default), 1000))
    cursor = arguments.text("cursor")
    try:
        start = int(cursor.removeprefix("next:")) if cursor else 0
    except ValueError:
        raise SlackError("invalid_cursor") from None
    following = f"next:{start + limit}" if start + limit < len(items) else ""
    return {name: items[start : start + limit], "response_metadata": {"next_cursor": following}}
