"""What people do by writing: messages, slash commands, reactions; and opening the bot's tabs."""

from bot.sandbox.slack import payloads
from bot.sandbox.slack.elements import NotPossible
from bot.sandbox.slack.journal import Json
from bot.sandbox.slack.messages import Message
from bot.sandbox.slack.people import BOT_NAME, BOT_USER, COMMANDS, SLACKBOT, User
from bot.sandbox.slack.typed import typed_blocks
from bot.sandbox.slack.validation import check_blocks
from bot.sandbox.slack.world import World

LONGEST = 40_000
"""Characters of one message."""


class Writing:
    """Messages, commands and opened tabs, told to the app as Slack tells them."""

    def __init__(self, world: World) -> None:
        self._world = world

    def say(self, user: User, channel: str, text: str, thread_ts: str | None) -> Message:
        """Somebody writes; the bot hears of it in its DM, and in channels when it is mentioned."""
        world = self._world
        if len(text) > LONGEST:
            raise NotPossible(f"A message has at most {LONGEST} characters.")
        if thread_ts is not None:
            root = world.messages.get(channel, thread_ts)
            if root is None or root.ephemeral:
                raise NotPossible(f"There is no message {thread_ts} to reply to.")
            thread_ts = root.thread_ts or root.ts
        stored = world.directory.mentions(text)
        with world.journal.together():
            message = world.post(
                channel=channel, user=user.id, text=stored, blocks=typed_blocks(stored), thread_ts=thread_ts
            )
            self._tell(user, message)
        return message

    def _tell(self, user: User, message: Message) -> None:
        """Let the bot hear of a new message if it is one to it."""
        world = self._world
        client_id = world.stamps.secret()
        if message.channel == user.dm:
            event = payloads.message_event(message, user, client_id)
        elif f"<@{BOT_USER}>" not in message.text:
            return
        elif message.channel in world.directory.without_bot:
            note = f"<@{BOT_USER}> is not in this channel."
            world.post(channel=message.channel, user=SLACKBOT, text=note, only_for=user.id)
            return
        else:
            event = payloads.mention_event(message, user, client_id)
        event_id = world.stamps.id("Ev")
        world.deliveries.event(payloads.event_callback(event, event_id, shared=user.stranger))

    def command(self, user: User, channel: str, command: str, text: str) -> None:
        """Somebody sends a slash command."""
        if not any(known["command"] == command for known in COMMANDS):
            raise NotPossible(f"{command} is not a command here.")
        world = self._world
        place = world.directory.label(channel)
        form = payloads.command_form(
            user,
            command=command,
            text=world.directory.mentions(text, labelled=True),
            channel=place,
            response_url=world.urls.give(user.id, channel),
            trigger_id=world.views.trigger(user, channel=channel),
        )
        world.deliveries.spawn(self._command(user, channel, command, form))

    async def _command(self, user: User, channel: str, command: str, form: dict[str, str]) -> None:
        ack = await self._world.deliveries.command(form)
        if ack.failure is not None:
            error = "operation_timeout" if "timeout" in ack.failure else "dispatch_failed"
            self._world.fail(user, f'{command} failed with the error "{error}": {BOT_NAME} did not respond.', channel)
            return
        body: Json = ack.body if ack.body is not None else ({"text": ack.text} if ack.text.strip() else {})
        if not body.get("text") and not body.get("blocks"):
            return
        if body.get("blocks") and check_blocks(body["blocks"], "message"):
            self._world.fail(user, f'{command} failed with the error "invalid_blocks".', channel)
            return
        self._world.post(
            channel=channel,
            user=BOT_USER,
            text=str(body.get("text") or ""),
            blocks=body.get("blocks"),
            attachments=body.get("attachments"),
            only_for=None if body.get("response_type") == "in_channel" else user.id,
        )

    def react(self, user: User, message: Message, name: str, *, remove: bool) -> None:
        """Somebody adds or takes back a reaction."""
        change_reaction(message, user.id, name, remove=remove)
        self._world.messages.save(message)
        self._world.tell(message)

    def open_messages(self, user: User) -> None:
        """Somebody opens the DM with the bot."""
        self._opened(user, "messages")

    def open_home(self, user: User) -> None:
        """Somebody opens the bot's Home tab."""
        self._opened(user, "home")

    def _opened(self, user: User, tab: str) -> None:
        home = self._world.views.homes.get(user.id)
        event = payloads.home_event(user, tab, home.output() if home else None, self._world.stamps.ts())
        self._world.deliveries.event(payloads.event_callback(event, self._world.stamps.id("Ev")))


def change_reaction(message: Message, user_id: str, name: str, *, remove: bool) -> bool:
    """Add or take back a reaction; False if nothing changed."""
    entry = next((reaction for reaction in message.reactions if reaction["name"] == name), None)
    if remove:
        if entry is None or user_id not in entry["users"]:
            return False
        entry["users"].remove(user_id)
        if not entry["users"]:
            message.reactions.remove(entry)
        return True
    if entry is None:
        entry = {"name": name, "users": []}
        message.reactions.append(entry)
    if user_id in entry["users"]:
        return False
    entry["users"].append(user_id)
    return True
