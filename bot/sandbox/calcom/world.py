"""What every endpoint works with: the database, the clock, and what is to be told to webhooks afterwards."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from bot.sandbox.calcom.database import Database, Json
from bot.sandbox.calcom.event_type import EventTypes
from bot.sandbox.calcom.people import People
from bot.sandbox.clock import Clock

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that happened and webhooks may want to hear: who is subscribed where."""

    trigger: str
    payload: Json
    user_ids: tuple[int, ...] = ()
    event_type_id: int | None = None
    team_id: int | None = None
    flat: bool = False


@dataclass
class World:
    """The server's state and surroundings. `origin` is where the whole sandbox answers, without `/calcom`."""

    database: Database
    clock: Clock
    origin: str
    people: People = field(init=False)
    event_types: EventTypes = field(init=False)
    notices: list[Notice] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.people = People(self.database)
        self.event_types = EventTypes(self.database)

    def now(self) -> int:
        """The present second."""
        return int(self.clock.now().timestamp())

    def now_ms(self) -> int:
        """The present millisecond."""
        return int(self.clock.now().timestamp() * 1000)

    def url(self, path: str) -> str:
        """An address of a page of this server."""
        return f"{self.origin}/calcom{path}"

    def tell(self, notice: Notice) -> None:
        """Queue a notice; it is delivered once the request's work is committed."""
        self.notices.append(notice)

    @contextmanager
    def change(self) -> Iterator[list[Notice]]:
        """A transaction; the list it gives holds, after the commit, what is to be told. A failed one tells nothing."""
        told: list[Notice] = []
        self.notices = []
        with self.database.transaction():
            yield told
        told += self.notices
        self.notices = []

    @staticmethod
    def uid() -> str:
        """A fresh 22-character booking uid."""
        return "".join(secrets.choice(ALPHABET) for _ in range(22))
