"""`chat.*`: posting, changing and deleting messages; and `reactions.*`."""

from collections.abc import Awaitable, Callable
from typing import Any

from bot.sandbox.slack import payloads
from bot.sandbox.slack.arguments import Arguments, SlackError
from bot.sandbox.slack.journal import Json
from bot.sandbox.slack.messages import Message
from bot.sandbox.slack.people import BOT_USER
from bot.sandbox.slack.places import place_of, place_to_post
from bot.sandbox.slack.validation import check_blocks, too_much_text
from bot.sandbox.slack.world import World
from bot.sandbox.slack.writing import change_reaction

Method = Callable[[Arguments], Awaitable[Json]]
TEXT_LIMIT = 40_000
MARKDOWN_LIMIT = 12_000


def chat_methods(world: World) -> dict[str, Method]:
    """The methods by name."""
    chat = Chat(world)
    return {
        "chat.postMessage": chat.post,
        "chat.postEphemeral": chat.post_ephemeral,
        "chat.update": chat.update,
        "chat.delete": chat.delete,
        "chat.getPermalink": chat.permalink,
        "blocks.validate": chat.validate,
        "reactions.add": chat.add_reaction,
        "reactions.remove": chat.remove_reaction,
        "reactions.get": chat.reactions,
    }


def checked_blocks(arguments: Arguments, *, name: str = "blocks") -> list[Json] | None:
    """The blocks given, refused as Slack refuses them; None where none were given."""
    blocks = arguments.structure(name, "invalid_blocks_format")
    if blocks is None:
        return None
    if not isinstance(blocks, list):
        raise SlackError("invalid_blocks_format")
    problems = check_blocks(blocks, "message")
    if problems:
        raise SlackError("invalid_blocks", problems)
    if too_much_text(blocks):
        raise SlackError("msg_blocks_too_long")
    return blocks


class Chat:
    """The methods around messages."""

    def __init__(self, world: World) -> None:
        self._world = world

    def _content(self, arguments: Arguments) -> tuple[str, list[Json] | None, list[Json] | None]:
        text = arguments.text("text")
        blocks = checked_blocks(arguments)
        attachments: Any = arguments.structure("attachments", "invalid_attachments")
        if attachments is not None and (
            not isinstance(attachments, list) or not all(isinstance(each, dict) for each in attachments)
        ):
            raise SlackError("invalid_attachments")
        for attachment in attachments or []:
            if attachment.get("blocks"):
                problems = check_blocks(attachment["blocks"], "message")
                if problems:
                    raise SlackError("invalid_attachments", problems)
        if len(attachments or []) > 100:
            raise SlackError("too_many_attachments")
        if len(text) > TEXT_LIMIT:
            raise SlackError("msg_too_long")
        markdown = arguments.text("markdown_text")
        if markdown:
            if text or blocks:
                raise SlackError("markdown_text_conflict")
            if len(markdown) > MARKDOWN_LIMIT:
                raise SlackError("msg_too_long")
            text, blocks = markdown, [{"type": "markdown", "text": markdown}]
        return text, blocks, attachments

    def _thread(self, channel: str, arguments: Arguments) -> str | None:
        wanted = arguments.text("thread_ts")
        if not wanted:
            return None
        root = self._world.messages.get(channel, wanted)
        if root is None or root.ephemeral:
            raise SlackError("thread_not_found")
        return root.thread_ts or root.ts

    async def post(self, arguments: Arguments) -> Json:
        """`chat.postMessage`."""
        channel = place_to_post(self._world, arguments.text("channel"))
        text, blocks, attachments = self._content(arguments)
        if not text.strip() and not blocks and not attachments:
            raise SlackError("no_text")
        metadata = arguments.structure("metadata", "invalid_metadata_format")
        thread = self._thread(channel, arguments)
        message = self._world.post(
            channel=channel,
            user=BOT_USER,
            text=text,
            blocks=blocks,
            attachments=attachments,
            thread_ts=thread,
            metadata=metadata if isinstance(metadata, dict) else None,
            broadcast=arguments.flag("reply_broadcast") and thread is not None,
        )
        return {"channel": channel, "ts": message.ts, "message": payloads.message_object(message, [])}

    async def post_ephemeral(self, arguments: Arguments) -> Json:
        """`chat.postEphemeral`."""
        channel = place_to_post(self._world, arguments.text("channel"))
        user = self._world.directory.by_id(arguments.needed("user"))
        if user is None or not self._world.directory.sees(user, channel):
            raise SlackError("user_not_in_channel")
        text, blocks, attachments = self._content(arguments)
        if not text.strip() and not blocks and not attachments:
            raise SlackError("no_text")
        message = self._world.post(
            channel=channel,
            user=BOT_USER,
            text=text,
            blocks=blocks,
            attachments=attachments,
            thread_ts=self._thread(channel, arguments),
            only_for=user.id,
        )
        return {"message_ts": message.ts}

    def own(self, arguments: Arguments, refusal: str) -> Message:
        """The bot's own lasting message that `channel` and `ts` name."""
        channel = place_of(self._world, arguments.text("channel"))
        message = self._world.messages.get(channel, arguments.needed("ts"))
        if message is None or message.ephemeral:
            raise SlackError("message_not_found")
        if message.user != BOT_USER:
            raise SlackError(refusal)
        return message

    async def update(self, arguments: Arguments) -> Json:
        """`chat.update`. Blocks and attachments that are not given stay; an empty list takes them away."""
        message = self.own(arguments, "cant_update_message")
        if message.streaming:
            raise SlackError("streaming_state_conflict")
        text, blocks, attachments = self._content(arguments)
        if not arguments.has("text") and not arguments.has("markdown_text") and blocks is None and attachments is None:
            raise SlackError("no_text")
        metadata = arguments.structure("metadata", "invalid_metadata_format")
        left = message.blocks if blocks is None else blocks
        left_attachments = message.attachments if attachments is None else attachments
        if not text.strip() and not left and not left_attachments:
            raise SlackError("no_text")
        self._world.rewrite(
            message,
            text=text if arguments.has("text") or arguments.has("markdown_text") else message.text,
            blocks=blocks,
            attachments=attachments,
            metadata=metadata if isinstance(metadata, dict) else None,
        )
        shown = payloads.message_object(message, [])
        return {"channel": message.channel, "ts": message.ts, "text": message.text, "message": shown}

    async def delete(self, arguments: Arguments) -> Json:
        """`chat.delete`."""
        message = self.own(arguments, "cant_delete_message")
        self._world.remove(message)
        return {"channel": message.channel, "ts": message.ts}

    async def permalink(self, arguments: Arguments) -> Json:
        """`chat.getPermalink`."""
        channel = place_of(self._world, arguments.text("channel"))
        message = self._world.messages.get(channel, arguments.needed("message_ts"))
        if message is None or message.ephemeral:
            raise SlackError("message_not_found")
        link = f"{self._world.origin}/slack/permalinks/{channel}/p{message.ts.replace('.', '')}"
        if message.thread_ts:
            link += f"?thread_ts={message.thread_ts}&cid={channel}"
        return {"channel": channel, "permalink": link}

    async def validate(self, arguments: Arguments) -> Json:
        """`blocks.validate`: what posting these blocks would be answered."""
        checked_blocks(arguments)
        return {}

    def _reacted(self, arguments: Arguments) -> Message:
        channel = place_of(self._world, arguments.text("channel"))
        message = self._world.messages.get(channel, arguments.needed("timestamp"))
        if message is None or message.ephemeral:
            raise SlackError("message_not_found")
        return message

    async def add_reaction(self, arguments: Arguments) -> Json:
        """`reactions.add`."""
        return self._react(arguments, "already_reacted", remove=False)

    async def remove_reaction(self, arguments: Arguments) -> Json:
        """`reactions.remove`."""
        return self._react(arguments, "no_reaction", remove=True)

    def _react(self, arguments: Arguments, refusal: str, *, remove: bool) -> Json:
        name = arguments.needed("name").strip(":")
        message = self._reacted(arguments)
        if not change_reaction(message, BOT_USER, name, remove=remove):
            raise SlackError(refusal)
        self._world.messages.save(message)
        self._world.tell(message)
        return {}

    async def reactions(self, arguments: Arguments) -> Json:
        """`reactions.get`."""
        message = self._reacted(arguments)
        shown = payloads.message_object(message, self._world.messages.replies(message.channel, message.ts))
        return {"type": "message", "channel": message.channel, "message": shown}
