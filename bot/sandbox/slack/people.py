"""Who is in the workspace: five people, the bot, two channels, and each person's DM with the bot."""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.sandbox.slack.journal import Json

TEAM = "T0SANDBOX1"
TEAM_DOMAIN = "sandbox"
APP = "A0SLOTWISE"
BOT_USER = "U0SLOTWISE"
BOT_ID = "B0SLOTWISE"
BOT_NAME = "slotwise"
SLACKBOT = "USLACKBOT"
COMMANDS: list[Json] = [
    {
        "command": "/slotwise",
        "description": "Book, move or look up meetings",
        "usage_hint": "book 15min with bailey Tuesday",
        "should_escape": True,
    }
]


class Unknown(Exception):
    """No such person or conversation; `str()` says which."""


@dataclass(frozen=True)
class User:
    """A person: `tz` is an IANA zone name, `email` is None where the profile shows none."""

    id: str
    name: str
    real_name: str
    tz: str
    email: str | None
    colour: str
    dm: str
    """The id of this person's conversation with the bot."""
    locale: str = "en-US"
    team_id: str = TEAM
    """The workspace the person belongs to; another one makes them a Slack Connect stranger."""
    deleted: bool = False
    """Whether the account is deactivated."""

    @property
    def stranger(self) -> bool:
        """Whether the person comes from another workspace."""
        return self.team_id != TEAM

    def zone(self) -> ZoneInfo:
        """The person's time zone."""
        return ZoneInfo(self.tz)


@dataclass(frozen=True)
class Channel:
    """A public channel with everybody and the bot in it."""

    id: str
    name: str
    topic: str


def _person(name: str, user_id: str, tz: str, colour: str, locale: str) -> User:
    return User(user_id, name, name.title(), tz, f"{name}@example.com", colour, "D" + user_id[1:], locale)


SEED = (
    _person("ann", "U0ANN00001", "America/New_York", "#2f6feb", "en-US"),
    _person("kenji", "U0KENJI001", "Asia/Tokyo", "#c2410c", "ja-JP"),
    _person("lena", "U0LENA0001", "Europe/Berlin", "#7c3aed", "de-DE"),
    _person("bailey", "W0BAILEY01", "America/Los_Angeles", "#047857", "en-US"),
    _person("sam", "U0SAM00001", "Europe/London", "#be185d", "en-GB"),
)
CHANNELS = (
    Channel("C0GENERAL1", "general", "Everything that concerns everybody"),
    Channel("C0SUPPORT1", "support", "Customers who need help"),
)


class Directory:
    """The people and conversations, found by name or id."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Back to the seeded profiles."""
        self._users = {user.id: user for user in SEED}
        self.without_bot: set[str] = set()
        """The channels the bot was taken out of."""

    @property
    def users(self) -> list[User]:
        """Everybody but the bot, in the seed's order."""
        return list(self._users.values())

    def change(self, user: User, **profile: Any) -> User:
        """Change somebody's profile until the next reset. Raises an error of `ZoneInfo` for an unknown `tz`."""
        changed = replace(user, **profile)
        changed.zone()
        self._users[user.id] = changed
        return changed

    def by_id(self, user_id: str) -> User | None:
        """The person with this id."""
        return self._users.get(user_id)

    def user(self, reference: object) -> User:
        """The person called `ann`, `@ann`, `U0ANN00001` or `<@U0ANN00001>`. Raises `Unknown`."""
        wanted = str(reference or "").strip().removeprefix("<").removesuffix(">").removeprefix("@")
        for user in self._users.values():
            if wanted in (user.id, user.id.lower()) or wanted.lower() in (user.name, user.real_name.lower()):
                return user
        raise Unknown(f"Nobody here is called {reference!r}.")

    def name(self, user_id: str) -> str:
        """What a mention of `user_id` reads like, without the @."""
        if user_id in (BOT_USER, BOT_ID):
            return BOT_NAME
        if user_id == SLACKBOT:
            return "Slackbot"
        user = self._users.get(user_id)
        return user.name if user else user_id

    def channel(self, channel_id: str) -> Channel | None:
        """The public channel with this id."""
        return next((channel for channel in CHANNELS if channel.id == channel_id), None)

    def label(self, channel_id: str) -> Json:
        """`{"id", "name"}` of a conversation, as interactions name it."""
        channel = self.channel(channel_id)
        return {"id": channel_id, "name": channel.name if channel else "directmessage"}

    def dm_owner(self, channel_id: str) -> User | None:
        """Whose conversation with the bot this is."""
        return next((user for user in self._users.values() if user.dm == channel_id), None)

    def conversation(self, reference: object, viewer: User) -> str:
        """The id of `#support`, `support`, `C...`, or of the viewer's DM: `@slotwise`, `D...`. Raises `Unknown`."""
        wanted = str(reference or "").strip()
        if wanted.lower() in (f"@{BOT_NAME}", BOT_NAME, viewer.dm.lower(), BOT_USER.lower(), "dm"):
            return viewer.dm
        for channel in CHANNELS:
            if wanted == channel.id or wanted.lower().removeprefix("#") == channel.name:
                return channel.id
        raise Unknown(f"There is no conversation {reference!r} here for {viewer.name}.")

    def sees(self, user: User, channel_id: str) -> bool:
        """Whether this person is in this conversation."""
        return channel_id == user.dm or self.channel(channel_id) is not None

    def mentions(self, text: str, *, labelled: bool = False) -> str:
        """Typed text as Slack stores it: `&<>` escaped, `@ann` and `#support` to references, addresses to links.

        With `labelled`, as slash commands with `should_escape` get it: `<@U...|ann>`, and addresses stay plain.
        """
        escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        # What is already a reference (a client pasting ids) stays one.
        escaped = re.sub(r"&lt;([@#][UWC][A-Z0-9]+)(\|[^&|]*)?&gt;", r"<\1>", escaped)
        if not labelled:
            escaped = re.sub(r"\bhttps?://[^\s<>|]+[^\s<>|.,;:!?)\"']", r"<\g<0>>", escaped)
            escaped = re.sub(r"(?<![\w.+/<-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+", r"<mailto:\g<0>|\g<0>>", escaped)

        def person(match: re.Match[str]) -> str:
            name = match[1].rstrip(".-").lower()
            rest = match[1][len(name) :]
            user_id = BOT_USER if name == BOT_NAME else None
            user_id = user_id or next((user.id for user in self.users if user.name == name), None)
            if user_id is None:
                return match[0]
            return f"<@{user_id}|{name}>{rest}" if labelled else f"<@{user_id}>{rest}"

        def place(match: re.Match[str]) -> str:
            found = next((channel for channel in CHANNELS if channel.name == match[1].lower()), None)
            return f"<#{found.id}|{found.name}>" if found else match[0]

        escaped = re.sub(r"(?<![\w<@.|:])@(here|channel|everyone)\b", r"<!\1>", escaped)
        escaped = re.sub(r"(?<![\w<@.|:])@([A-Za-z][\w.-]*)", person, escaped)
        return re.sub(r"(?<![\w<#&])#([A-Za-z][\w-]*)", place, escaped)

    def offset(self, user: User, at: datetime) -> int:
        """The person's offset from UTC at `at` (aware), in seconds."""
        delta = at.astimezone(user.zone()).utcoffset()
        return int(delta.total_seconds()) if delta else 0
