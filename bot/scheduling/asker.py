"""Who asks, and where: known from Slack and the store, never from a model or from text."""

from dataclasses import dataclass
from enum import StrEnum

from bot.scheduling.cards import Party


class Place(StrEnum):
    """Where the conversation happens; all but `CHANNEL` are seen by the asker alone."""

    DM = "dm"
    CHANNEL = "channel"
    COMMAND = "command"
    HOME = "home"


@dataclass(frozen=True)
class Asker:
    """The person of a turn, as Slack knows them.

    `zone` is IANA; `locale` like "en-US"; `email` None when the profile has none or the scope is missing,
    and then `typed_email` may hold an address they gave, which is unverified: good for booking as an attendee,
    never for seeing bookings.
    """

    workspace: str
    slack_id: str
    name: str
    zone: str
    locale: str = "en-US"
    email: str | None = None
    typed_email: str | None = None


@dataclass(frozen=True)
class Scene:
    """One turn: who asks, in which conversation (a whole DM, or one channel thread), and the words said.

    `thread_link` is the permalink of the thread in a channel. `turn` is the turn's id (the Slack event's).
    `said` are the asker's own recent messages in this conversation, newest last, this one included: e-mail
    addresses and phone numbers a model passes on must stand in them. `mentions` are the people mentioned in the
    message, under the names its text now shows.
    """

    asker: Asker
    conversation: str
    place: Place
    turn: str
    said: tuple[str, ...] = ()
    mentions: tuple[Party, ...] = ()
    thread_link: str = ""
    channel_name: str = ""
