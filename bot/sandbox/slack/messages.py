"""The messages of every conversation, ephemeral ones included."""

from dataclasses import asdict, dataclass, field
from typing import Any

from bot.sandbox.slack.journal import Journal, Json


@dataclass
class Message:
    """One message as stored. `text` and `blocks` are what was posted, with block and action ids filled in."""

    channel: str
    ts: str
    user: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    thread_ts: str | None = None
    """The root's ts, on replies only."""
    only_for: str | None = None
    """The one person who sees it, if it is ephemeral."""
    bot: bool = False
    edited: str | None = None
    """The ts of the last edit."""
    reactions: list[Json] = field(default_factory=list)
    """`{"name", "users": [id]}`, in the order of the first use."""
    metadata: Json | None = None
    streaming: bool = False
    markdown: bool = False
    """Whether `text` is standard markdown (a streamed message) and not mrkdwn."""
    chosen: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    """What each viewer has chosen: viewer id -> block_id -> action_id -> state value."""
    broadcast: bool = False

    @property
    def ephemeral(self) -> bool:
        """Whether only one person sees it."""
        return self.only_for is not None


class Messages:
    """All messages, oldest first in each conversation."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._channels: dict[str, dict[str, Message]] = {}
        self._threads: dict[tuple[str, str], dict[str, Message]] = {}
        for body in journal.read("message").values():
            self._place(Message(**body))

    def reset(self) -> None:
        """Forget all (the journal is cleared by the server)."""
        self._channels.clear()
        self._threads.clear()

    def _place(self, message: Message) -> None:
        self._channels.setdefault(message.channel, {})[message.ts] = message
        if message.thread_ts is not None and message.only_for is None:
            self._threads.setdefault((message.channel, message.thread_ts), {})[message.ts] = message

    def save(self, message: Message) -> Message:
        """Add a new message, or keep the changes made to one."""
        self._place(message)
        self._journal.put("message", f"{message.channel} {message.ts}", asdict(message))
        return message

    def remove(self, message: Message) -> None:
        """Take a message away."""
        self._channels.get(message.channel, {}).pop(message.ts, None)
        self._threads.get((message.channel, message.thread_ts or ""), {}).pop(message.ts, None)
        self._journal.drop("message", f"{message.channel} {message.ts}")

    def get(self, channel: str, ts: str) -> Message | None:
        """The message at `ts`, also an ephemeral one."""
        return self._channels.get(channel, {}).get(ts)

    def seen(self, channel: str, viewer: str) -> list[Message]:
        """What `viewer` sees in a conversation, replies included, oldest first."""
        return [m for m in self._channels.get(channel, {}).values() if m.only_for in (None, viewer)]

    def public(self, channel: str) -> list[Message]:
        """What the API shows of a conversation: no ephemeral messages (they are not kept by Slack)."""
        return [m for m in self._channels.get(channel, {}).values() if m.only_for is None]

    def replies(self, channel: str, thread_ts: str) -> list[Message]:
        """The replies to the message at `thread_ts`, oldest first, without the root."""
        return list(self._threads.get((channel, thread_ts), {}).values())
