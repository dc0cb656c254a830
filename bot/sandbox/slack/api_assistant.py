"""`assistant.threads.*` and `agents.sessions.*`: the working status, suggested prompts and titles."""

from collections.abc import Awaitable, Callable

from bot.sandbox.slack.arguments import Arguments, SlackError
from bot.sandbox.slack.journal import Json
from bot.sandbox.slack.places import place_of
from bot.sandbox.slack.world import World

Method = Callable[[Arguments], Awaitable[Json]]


def assistant_methods(world: World) -> dict[str, Method]:
    """The methods by name."""
    assistant = AssistantMethods(world)
    return {
        "assistant.threads.setStatus": assistant.status,
        "assistant.threads.setSuggestedPrompts": assistant.prompts,
        "assistant.threads.setTitle": assistant.title,
        "agents.sessions.setStatus": assistant.session_status,
        "agents.sessions.rename": assistant.rename,
    }


class AssistantMethods:
    """The methods around the agent's conversation."""

    def __init__(self, world: World) -> None:
        self._world = world

    def _thread(self, channel: str, thread_ts: str) -> None:
        if thread_ts and self._world.messages.get(channel, thread_ts) is None:
            raise SlackError("thread_not_found")

    async def status(self, arguments: Arguments) -> Json:
        """`assistant.threads.setStatus`: shown until the bot posts, it is emptied, or two minutes pass."""
        channel = place_of(self._world, arguments.needed("channel_id"))
        thread = arguments.needed("thread_ts")
        self._thread(channel, thread)
        if not arguments.has("status"):
            raise SlackError("invalid_arguments", ["[ERROR] missing required field: status"])
        loading = arguments.listed("loading_messages")
        if len(loading) > 10:
            raise SlackError(
                "invalid_arguments", ["[ERROR] no more than 10 items allowed [json-pointer:/loading_messages]"]
            )
        self._world.set_status(channel, thread, arguments.text("status"), loading)
        return {}

    async def prompts(self, arguments: Arguments) -> Json:
        """`assistant.threads.setSuggestedPrompts`. With a thread an agent app's prompts silently show nowhere."""
        channel = place_of(self._world, arguments.needed("channel_id"))
        prompts = arguments.structure("prompts")
        if not isinstance(prompts, list) or not all(
            isinstance(prompt, dict) and prompt.get("title") and prompt.get("message") for prompt in prompts
        ):
            raise SlackError("invalid_arguments", ["[ERROR] must be titles with messages [json-pointer:/prompts]"])
        if len(prompts) > 4:
            raise SlackError("too_many_prompts")
        if arguments.text("thread_ts"):
            return {}
        kept = {"title": arguments.text("title") or None, "prompts": prompts}
        self._world.prompts[channel] = kept
        self._world.journal.put("prompts", channel, kept)
        owner = self._world.directory.dm_owner(channel)
        self._world.stream.changed("prompts", channel=channel, audience=owner.id if owner else None)
        return {}

    async def title(self, arguments: Arguments) -> Json:
        """`assistant.threads.setTitle`."""
        channel = place_of(self._world, arguments.needed("channel_id"))
        thread = arguments.needed("thread_ts")
        self._thread(channel, thread)
        self._world.titles[f"{channel} {thread}"] = arguments.needed("title")
        return {}

    async def session_status(self, arguments: Arguments) -> Json:
        """`agents.sessions.setStatus`: what is not finished shows as working."""
        channel = place_of(self._world, arguments.needed("channel_id"))
        thread = arguments.text("thread_ts") or None
        status = arguments.needed("status")
        working = status in ("in_progress", "working", "active", "running")
        self._world.set_status(channel, thread, "is working..." if working else "", [])
        return {}

    async def rename(self, arguments: Arguments) -> Json:
        """`agents.sessions.rename`."""
        channel = place_of(self._world, arguments.needed("channel_id"))
        self._world.titles[f"{channel} {arguments.text('thread_ts')}"] = arguments.needed("title")
        return {}
