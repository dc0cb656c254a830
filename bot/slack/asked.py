"""What is accepted as a turn: who asks for what, from where, in a form that survives the process."""

from dataclasses import dataclass, field, replace

from pydantic import TypeAdapter

from bot.scheduling.asker import Place
from bot.scheduling.cards import Verb
from bot.scheduling.form import Raw
from bot.slack.ports import Json

MESSAGE, COMMAND, PRESS, FORM = "message", "command", "press", "form"
"""The kinds of turns."""


@dataclass(frozen=True)
class Surface:
    """A message with a card on it: where it stands, and how it can be changed."""

    channel: str
    ts: str
    ephemeral: bool = False
    response_url: str = field(default="", repr=False)


@dataclass(frozen=True)
class Origin:
    """Who asks, and where.

    `thread` is the thread of the conversation ("" in a DM's main view). `threaded`: the thread exists already, so that
    an ephemeral message within it would be seen; Slack shows those only in threads that have a reply. `ts` is the
    message that was said (or the one pressed), after which answers are looked for. In a DM `channel` is that DM, and
    so it is for the Home tab.
    """

    workspace: str
    user: str
    place: Place
    channel: str
    thread: str = ""
    threaded: bool = False
    ts: str = ""
    channel_name: str = ""

    @property
    def conversation(self) -> str:
        """The conversation's key: a whole DM, one channel thread, or a person's commands in a channel."""
        match self.place:
            case Place.DM | Place.HOME:
                return f"dm:{self.channel}"
            case Place.CHANNEL:
                return f"{self.channel}:{self.thread}"
            case Place.COMMAND:
                return f"command:{self.channel}:{self.user}"


@dataclass(frozen=True)
class Asked:
    """A turn's payload: `text` of a message or command; `verb`, `ref`, `key` of a press; `ref`, `raw` of a form.

    `surface` is the card that was pressed, or whose form was submitted. `note` is the "Try again" that led here.
    `response_url` is a command's own. `bot` is the user id of the bot, whose mention is no part of the words.
    """

    origin: Origin
    text: str = ""
    verb: Verb | None = None
    ref: str = ""
    key: str = ""
    raw: dict[str, Raw] = field(default_factory=dict)
    surface: Surface | None = None
    note: Surface | None = None
    response_url: str = field(default="", repr=False)
    bot: str = ""

    def to_json(self) -> Json:
        """For the store."""
        stored: Json = _ASKED.dump_python(self, mode="json", exclude_defaults=True)
        return stored

    def again(self, note: Surface | None) -> "Asked":
        """The same, asked once more by a press on the note that said it failed."""
        return replace(self, note=note)


_ASKED: TypeAdapter[Asked] = TypeAdapter(Asked)


def asked_from(payload: Json) -> Asked:
    """Back from the store."""
    return _ASKED.validate_python(payload)
