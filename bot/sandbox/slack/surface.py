"""Where people press: a message or a view, and the elements found on it."""

from dataclasses import dataclass

from bot.sandbox.slack import payloads
from bot.sandbox.slack.elements import CHOICES, NotPossible, Place, State, current, options, walk, words
from bot.sandbox.slack.journal import Json
from bot.sandbox.slack.messages import Message
from bot.sandbox.slack.people import User
from bot.sandbox.slack.plain import plain_words
from bot.sandbox.slack.views import View
from bot.sandbox.slack.world import World


@dataclass(frozen=True)
class Surface:
    """A message or a view before this person's eyes (exactly one of the two)."""

    world: World
    user: User
    message: Message | None = None
    view: View | None = None

    @property
    def blocks(self) -> list[Json]:
        """What is shown there, a message's attachments included."""
        if self.view is not None:
            return self.view.blocks
        if self.message is None:
            return []
        return [*self.message.blocks, *(b for a in self.message.attachments for b in a.get("blocks") or [])]

    def find(self, *, label: str = "", block_id: str = "", action_id: str = "") -> Place:
        """The element meant; of equal labels the first. Raises `NotPossible`."""
        me = self.user.id
        places = [place for place in walk(self.blocks) if me in (place.element.get("visible_to_user_ids") or [me])]
        if action_id or block_id:
            for place in places:
                if action_id in ("", place.action_id) and block_id in ("", place.block_id):
                    return place
            raise NotPossible(f"There is no element with the action id {action_id!r} here.")
        for place in places:
            if label and label in names(place):
                return place
        for place in places:
            if label and as_read(label) in map(as_read, names(place)):
                return place
        raise NotPossible(f"There is nothing called {label!r} to press here.")

    def state(self) -> State:
        """Everything chosen and typed here by this person, in Slack's form."""
        if self.view is not None:
            return self.view.values()
        return current(self.blocks, self.message.chosen.get(self.user.id, {})) if self.message else {}

    def keep(self, place: Place, value: Json) -> None:
        """Remember what was chosen or typed."""
        if self.view is not None:
            self.view.state.setdefault(place.block_id, {})[place.action_id] = value
            self.world.views.save(self.user.id)
            self.world.stream.changed("home" if self.view.type == "home" else "views", audience=self.user.id)
        elif self.message is not None:
            mine = self.message.chosen.setdefault(self.user.id, {})
            mine.setdefault(place.block_id, {})[place.action_id] = value
            self.world.messages.save(self.message)
            self.world.tell(self.message)

    @property
    def channel(self) -> str | None:
        """The conversation it is in, or from which the view was opened."""
        if self.message is not None:
            return self.message.channel
        return self.view.channel if self.view else None

    def trigger(self) -> str:
        """A fresh trigger id for what is done here."""
        return self.world.views.trigger(self.user, view=self.view.id if self.view else None, channel=self.channel)

    def response_url(self) -> str:
        """A fresh address for answers; views have none."""
        message = self.message
        if message is None:
            return ""
        return self.world.urls.give(self.user.id, message.channel, message.ts, message.thread_ts)

    def where(self) -> Json:
        """The part of a payload that says where it happened."""
        if self.view is not None:
            return {"container": {"type": "view", "view_id": self.view.id}, "view": self.view.output()}
        message = self.message
        if message is None:
            return {}
        container: Json = {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": message.channel,
            "is_ephemeral": message.ephemeral,
        }
        if message.thread_ts:
            container["thread_ts"] = message.thread_ts
        where: Json = {"container": container, "channel": self.world.directory.label(message.channel)}
        if not message.ephemeral:
            where["message"] = self.message_object()
        return where

    def message_object(self) -> Json:
        """The message as payloads carry it."""
        if self.message is None:
            return {}
        replies = self.world.messages.replies(self.message.channel, self.message.ts)
        return payloads.message_object(self.message, replies)


def names(place: Place) -> list[str]:
    """Everything an element answers to."""
    if place.kind == "feedback_buttons":
        return [words(place.element[name]["text"]) for name in ("positive_button", "negative_button")]
    found = [place.label]
    if place.in_input:
        found.append(words(place.block.get("label")))
    if place.kind in CHOICES:
        found += [words(option.get("text")) for option in options(place.element)]
    return found


def as_read(name: str) -> str:
    """A label as `plain` shows it, ignoring case."""
    return plain_words(" ".join(name.split())).casefold()
