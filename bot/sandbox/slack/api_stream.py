"""`chat.startStream`, `appendStream`, `stopStream`: an answer that appears bit by bit."""

import copy
from collections.abc import Awaitable, Callable
from typing import Any

from bot.sandbox.slack import payloads
from bot.sandbox.slack.api_chat import MARKDOWN_LIMIT, Chat, checked_blocks
from bot.sandbox.slack.arguments import Arguments, SlackError
from bot.sandbox.slack.journal import Json
from bot.sandbox.slack.messages import Message
from bot.sandbox.slack.people import BOT_USER
from bot.sandbox.slack.places import place_to_post
from bot.sandbox.slack.validation import check_blocks
from bot.sandbox.slack.world import World

Method = Callable[[Arguments], Awaitable[Json]]


def stream_methods(world: World) -> dict[str, Method]:
    """The methods by name."""
    streaming = Streaming(world)
    return {
        "chat.startStream": streaming.start,
        "chat.appendStream": streaming.append,
        "chat.stopStream": streaming.stop,
    }


class Streaming:
    """Messages under way. Their blocks grow: markdown blocks for text, task cards for tasks, then what stop adds."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._chat = Chat(world)

    async def start(self, arguments: Arguments) -> Json:
        """`chat.startStream`; needs a thread, and in channels the recipient."""
        world = self._world
        channel = place_to_post(world, arguments.text("channel"))
        root = world.messages.get(channel, arguments.needed("thread_ts"))
        if root is None or root.ephemeral:
            raise SlackError("thread_not_found")
        if world.directory.channel(channel) is not None:
            for name, error in (
                ("recipient_team_id", "missing_recipient_team_id"),
                ("recipient_user_id", "missing_recipient_user_id"),
            ):
                if not arguments.text(name):
                    raise SlackError(error)
        additions = _additions(arguments)
        message = world.post(
            channel=channel, user=BOT_USER, text="", thread_ts=root.thread_ts or root.ts, streaming=True
        )
        world.clear_status(channel, message.thread_ts)
        self._grow(message, additions)
        return {"channel": channel, "ts": message.ts}

    def _under_way(self, arguments: Arguments) -> Message:
        message = self._chat.own(arguments, "message_not_owned_by_app")
        if not message.streaming:
            raise SlackError("message_not_in_streaming_state")
        return message

    async def append(self, arguments: Arguments) -> Json:
        """`chat.appendStream`."""
        message = self._under_way(arguments)
        additions = _additions(arguments)
        if not additions:
            raise SlackError("no_text")
        self._grow(message, additions)
        return {"channel": message.channel, "ts": message.ts}

    async def stop(self, arguments: Arguments) -> Json:
        """`chat.stopStream`."""
        message = self._under_way(arguments)
        additions = _additions(arguments)
        blocks = checked_blocks(arguments) or []
        metadata = arguments.structure("metadata", "invalid_metadata_format")
        message.streaming = False
        message.metadata = metadata if isinstance(metadata, dict) else message.metadata
        self._grow(message, [*additions, *blocks])
        shown = payloads.message_object(message, [])
        return {"channel": message.channel, "ts": message.ts, "message": shown}

    def _grow(self, message: Message, additions: list[Json]) -> None:
        blocks = copy.deepcopy(message.blocks)
        text = message.text
        for block in additions:
            last = blocks[-1] if blocks else None
            if block["type"] == "markdown":
                text += block["text"]
            task = next((b for b in blocks if b.get("task_id") and b["task_id"] == block.get("task_id")), None)
            if block["type"] == "markdown" and last is not None and last["type"] == "markdown":
                last["text"] += block["text"]
            elif task is not None:
                task.update(block)
            elif block["type"] == "plan" and any(b["type"] == "plan" for b in blocks):
                next(b for b in blocks if b["type"] == "plan").update(block)
            else:
                blocks.append(dict(block))
        self._world.rewrite(message, text=text, blocks=blocks, attachments=None, edited=False)


def _additions(arguments: Arguments) -> list[Json]:
    """The blocks that `markdown_text` and `chunks` stand for."""
    additions: list[Json] = []
    markdown = arguments.text("markdown_text")
    if len(markdown) > MARKDOWN_LIMIT:
        raise SlackError("msg_too_long")
    if markdown:
        additions.append({"type": "markdown", "text": markdown})
    chunks: Any = arguments.structure("chunks", "invalid_chunks") or []
    if not isinstance(chunks, list):
        raise SlackError("invalid_chunks")
    for chunk in chunks:
        kind = chunk.get("type") if isinstance(chunk, dict) else None
        if kind == "markdown_text":
            additions.append({"type": "markdown", "text": str(chunk.get("text", ""))})
        elif kind == "task_update":
            task = {
                "type": "task_card",
                "task_id": chunk.get("id"),
                "title": chunk.get("title"),
                "status": chunk.get("status"),
            }
            for name in ("details", "output"):
                if chunk.get(name):
                    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": str(chunk[name])}]}
                    task[name] = {"type": "rich_text", "elements": [section]}
            if chunk.get("sources"):
                task["sources"] = chunk["sources"]
            additions.append(task)
        elif kind == "plan_update":
            additions.append({"type": "plan", "title": str(chunk.get("title", ""))})
        elif kind == "blocks":
            problems = check_blocks(chunk.get("blocks"), "message")
            if problems:
                raise SlackError("invalid_blocks", problems)
            additions.extend(chunk["blocks"])
        else:
            raise SlackError("invalid_chunks")
    return additions
