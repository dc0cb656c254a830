"""The workspace's whole state, and the acts that several doors (Web API, response_urls, people) share."""

import time
from dataclasses import dataclass
from pathlib import Path

from bot.sandbox.activity import Activity
from bot.sandbox.clock import Clock
from bot.sandbox.slack.delivery import Deliveries
from bot.sandbox.slack.elements import current, identified
from bot.sandbox.slack.journal import Journal, Json
from bot.sandbox.slack.messages import Message, Messages
from bot.sandbox.slack.people import BOT_USER, SLACKBOT, Directory, User
from bot.sandbox.slack.plain import Reader
from bot.sandbox.slack.response_urls import ResponseUrls
from bot.sandbox.slack.sockets import Sockets
from bot.sandbox.slack.stamps import Stamps
from bot.sandbox.slack.stream import Stream
from bot.sandbox.slack.views import View, Views

STATUS_SECONDS = 120.0


@dataclass(frozen=True)
class Tokens:
    """What the app proves itself with."""

    signing_secret: str
    bot: str
    app: str


@dataclass
class Status:
    """The bot's working indicator in a conversation or thread."""

    status: str
    loading_messages: list[str]
    born: float


class World:
    """Everything that is in the workspace."""

    def __init__(
        self, *, clock: Clock, activity: Activity, origin: str, app_url: str, data: Path | None, tokens: Tokens
    ) -> None:
        self.clock = clock
        self.origin = origin.rstrip("/")
        self.tokens = tokens
        self.journal = Journal(data)
        self.stamps = Stamps(clock, self.journal)
        self.directory = Directory()
        self.messages = Messages(self.journal)
        self.views = Views(self.stamps, self.journal)
        self.urls = ResponseUrls(self.origin, self.stamps, self.journal)
        self.stream = Stream()
        self.sockets = Sockets()
        self.deliveries = Deliveries(
            activity=activity,
            journal=self.journal,
            sockets=self.sockets,
            app_url=app_url,
            secret=tokens.signing_secret,
        )
        self.prompts: dict[str, Json] = self.journal.read("prompts")
        self.titles: dict[str, str] = {}
        self._statuses: dict[tuple[str, str], Status] = {}

    def reset(self) -> None:
        """Back to the seed: no messages, views, addresses or prompts. Counters go on."""
        self.journal.clear("counter")
        self.directory.reset()
        self.messages.reset()
        self.views.reset()
        self.urls.reset()
        self.prompts.clear()
        self.titles.clear()
        self._statuses.clear()
        self.stream.changed("reset")

    def post(
        self,
        *,
        channel: str,
        user: str,
        text: str,
        blocks: list[Json] | None = None,
        attachments: list[Json] | None = None,
        thread_ts: str | None = None,
        only_for: str | None = None,
        metadata: Json | None = None,
        streaming: bool = False,
        broadcast: bool = False,
    ) -> Message:
        """Put a new message into a conversation."""
        message = Message(
            channel=channel,
            ts=self.stamps.ts(),
            user=user,
            text=text,
            blocks=identified(blocks or [], self.stamps),
            attachments=self._identified(attachments or []),
            thread_ts=thread_ts,
            only_for=only_for,
            bot=user in (BOT_USER, SLACKBOT),
            metadata=metadata,
            streaming=streaming,
            broadcast=broadcast,
        )
        self.messages.save(message)
        if user == BOT_USER and not streaming:
            self.clear_status(channel, thread_ts)
        self.tell(message)
        return message

    def rewrite(
        self,
        message: Message,
        *,
        text: str,
        blocks: list[Json] | None,
        attachments: list[Json] | None,
        metadata: Json | None = None,
        edited: bool = True,
    ) -> Message:
        """New content for a message; what people chose stays where block and action ids stay. None keeps a part."""
        message.text = text
        if blocks is not None:
            message.blocks = identified(blocks, self.stamps)
        if attachments is not None:
            message.attachments = self._identified(attachments)
        if metadata is not None:
            message.metadata = metadata
        every = [*message.blocks, *(b for a in message.attachments for b in a.get("blocks") or [])]
        known = current(every, {})
        for viewer, state in message.chosen.items():
            message.chosen[viewer] = {
                block: {action: value for action, value in actions.items() if action in known[block]}
                for block, actions in state.items()
                if block in known
            }
        if edited:
            message.edited = self.stamps.ts()
        self.messages.save(message)
        self.tell(message)
        return message

    def _identified(self, attachments: list[Json]) -> list[Json]:
        return [
            attachment | {"blocks": identified(attachment["blocks"], self.stamps)}
            if attachment.get("blocks")
            else attachment
            for attachment in attachments
        ]

    def tell(self, message: Message) -> None:
        """Tell the pages that a conversation changed."""
        self.stream.changed("messages", channel=message.channel, thread=message.thread_ts, audience=message.only_for)

    def remove(self, message: Message) -> None:
        """Take a message away."""
        self.messages.remove(message)
        self.tell(message)

    def fail(
        self, user: User, sentence: str, channel: str | None = None, view: View | None = None, thread: str | None = None
    ) -> None:
        """Show a person that the app did not answer: Slackbot in the conversation, or a note in the view."""
        if view is not None:
            view.note = sentence
            self.views.save(user.id)
            self.stream.changed("home" if view.type == "home" else "views", audience=user.id)
        elif channel is not None:
            self.post(channel=channel, user=SLACKBOT, text=sentence, only_for=user.id, thread_ts=thread)
        place = {"channel": channel, "ts": None, "view_id": view.id if view else None}
        self.stream.tell("failure", {"sentence": sentence, **place}, user.id)

    def reader(self, viewer: User) -> Reader:
        """How this person reads blocks: names, own zone, the clock's now."""

        def channel_name(channel_id: str) -> str:
            channel = self.directory.channel(channel_id)
            return channel.name if channel else channel_id

        return Reader(self.directory.name, channel_name, viewer.zone(), self.clock.now(), viewer.id)

    def set_status(self, channel: str, thread_ts: str | None, status: str, loading: list[str]) -> None:
        """The bot's working indicator; an empty one takes it away."""
        key = (channel, thread_ts or "")
        if status:
            self._statuses[key] = Status(status, loading, time.monotonic())
        else:
            self._statuses.pop(key, None)
        self._tell_status(channel, thread_ts, status, loading)

    def clear_status(self, channel: str, thread_ts: str | None) -> None:
        """The bot has posted: its indicator goes."""
        for place, thread in list(self._statuses):
            if place == channel and (thread_ts is None or thread in ("", thread_ts)):
                del self._statuses[(place, thread)]
                self._tell_status(channel, thread or None, "", [])

    def _tell_status(self, channel: str, thread_ts: str | None, status: str, loading: list[str]) -> None:
        owner = self.directory.dm_owner(channel)
        data = {"channel": channel, "thread_ts": thread_ts, "status": status, "loading_messages": loading}
        self.stream.tell("status", data, owner.id if owner else None)

    def statuses(self, channel: str) -> list[Json]:
        """The indicators in a conversation; one fades after two minutes."""
        horizon = time.monotonic() - STATUS_SECONDS
        return [
            {"thread_ts": thread or None, "status": status.status, "loading_messages": status.loading_messages}
            for (place, thread), status in self._statuses.items()
            if place == channel and status.born > horizon
        ]
