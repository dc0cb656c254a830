"""Where a record's card stands in Slack, so that it can be changed in place later."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, select, update
from sqlalchemy.sql.elements import ColumnElement

from bot.store.database import Database
from bot.store.schema import places


@dataclass(frozen=True, slots=True)
class Place:
    """One message that shows a record.

    `ref` is the record's id; `ts` the message's (empty where Slack gave none); `user` who sees an ephemeral one (else
    empty). `response_url` works until `response_until` and `response_uses` more times (Slack: 30 minutes, 5 times).
    """

    ref: str
    channel: str
    ts: str = ""
    user: str = ""
    ephemeral: bool = False
    response_url: str | None = field(default=None, repr=False)
    response_until: datetime | None = None
    response_uses: int = 5


_COLUMNS = tuple(places.c[name] for name in Place.__slots__)


def _place(row: Row[Any]) -> Place:
    return Place(**row._mapping)


def _same(place: Place) -> tuple[ColumnElement[bool], ...]:
    return (
        places.c.ref == place.ref,
        places.c.channel == place.channel,
        places.c.ts == place.ts,
        places.c.user == place.user,
    )


class Places:
    """The messages of all records."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    async def put(self, place: Place) -> None:
        """Remember a message; a known one (same ref, channel, ts and user) becomes the newest."""
        values = {name: getattr(place, name) for name in Place.__slots__}
        add = self._database.insert(places).values(values).on_conflict_do_nothing()

        def renew(connection: Connection) -> None:
            connection.execute(delete(places).where(*_same(place)))
            connection.execute(add)

        if not await self._database.run_for_row(add.returning(places.c.ref), lasting=False):
            await self._database.write(renew)

    async def get(self, ref: str) -> Place | None:
        """The newest message that shows the record."""
        query = select(*_COLUMNS).where(places.c.ref == ref).order_by(places.c.seq.desc()).limit(1)
        row = await self._database.row(query)
        return _place(row) if row else None

    async def all(self, ref: str) -> tuple[Place, ...]:
        """Every message that shows the record, newest first."""
        query = select(*_COLUMNS).where(places.c.ref == ref).order_by(places.c.seq.desc())
        return tuple(_place(row) for row in await self._database.rows(query))

    async def spend(self, place: Place) -> str | None:
        """Take one use of a place's response_url: the URL, or None when it is spent or out of time."""
        command = (
            update(places)
            .where(
                *_same(place),
                places.c.response_url.is_not(None),
                places.c.response_uses > 0,
                (places.c.response_until.is_(None)) | (places.c.response_until > self._clock()),
            )
            .values(response_uses=places.c.response_uses - 1)
            .returning(places.c.response_url)
        )
        row = await self._database.run_for_row(command)
        return row.response_url if row else None

    async def remove(self, place: Place) -> None:
        """Forget one message."""
        await self._database.run(delete(places).where(*_same(place)))
