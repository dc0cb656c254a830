"""Records: drafts, forms, offers of times, bookings with a card; everything a button may refer to later.

What a record means is its owner's business (`kind`, `state`, `payload`); this room guarantees that a change from one
state to the next happens once, whoever else tries at the same moment.
"""

import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any, Final

from sqlalchemy import Row, delete, func, select, update

from bot.store.database import Database
from bot.store.schema import records


class Unchanged(Enum):
    """Says that a field keeps its value, where None is a value."""

    UNCHANGED = "unchanged"


UNCHANGED: Final = Unchanged.UNCHANGED


@dataclass(frozen=True, slots=True)
class Record:
    """One stored record.

    `id` is opaque, random, url-safe and at most 24 characters; `requester` the Slack id of who may act on it;
    `subject` an indexed reference of the owner's choice (a booking uid, say); `version` grows by one per change.
    Instants are aware; `expires` None means never.
    """

    id: str
    workspace: str
    conversation: str
    requester: str
    kind: str
    state: str
    payload: dict[str, Any]
    created: datetime
    updated: datetime
    expires: datetime | None = None
    subject: str | None = None
    version: int = 1


_COLUMNS = tuple(records.c[name] for name in Record.__slots__)


def _record(row: Row[Any]) -> Record:
    return Record(**row._mapping)


class Records:
    """All records, found by id, by conversation and person, or by subject."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def new_id(self) -> str:
        """A fresh id: 16 characters, 96 random bits."""
        return secrets.token_urlsafe(12)

    async def add(self, record: Record, key: str | None = None) -> Record:
        """Store a record. With a `key` (the turn's id and a name) the first one stored under it wins and is given
        back, so that a repeated turn finds the record it made before."""
        values = {name: getattr(record, name) for name in Record.__slots__} | {"key": key}
        add = self._database.insert(records).values(values).on_conflict_do_nothing(index_elements=["key"])
        if await self._database.run_for_row(add.returning(records.c.id)):
            return record
        first = select(*_COLUMNS).where(records.c.key == key)
        return await self._database.read(lambda connection: _record(connection.execute(first).one()))

    async def get(self, id: str) -> Record | None:
        """The record of that id."""
        row = await self._database.row(select(*_COLUMNS).where(records.c.id == id))
        return _record(row) if row else None

    async def change(
        self,
        id: str,
        *,
        expect_state: str | Collection[str] | None = None,
        expect_version: int | None = None,
        state: str | None = None,
        payload: dict[str, Any] | None = None,
        expires: datetime | Unchanged | None = UNCHANGED,
        subject: str | Unchanged | None = UNCHANGED,
        conversation: str | None = None,
    ) -> Record | None:
        """Change a record if it still is as expected: compare and set in one statement.

        Gives the changed record, or None if there is none or it is in another state or version: of two clicks on
        one button exactly one gets a record. `payload` replaces the old one whole.
        """
        command = update(records).where(records.c.id == id)
        if expect_state is not None:
            states = [expect_state] if isinstance(expect_state, str) else list(expect_state)
            command = command.where(records.c.state.in_(states))
        if expect_version is not None:
            command = command.where(records.c.version == expect_version)
        values: dict[str, Any] = {"updated": self._clock(), "version": records.c.version + 1}
        if state is not None:
            values["state"] = state
        if payload is not None:
            values["payload"] = payload
        if expires is not UNCHANGED:
            values["expires"] = expires
        if subject is not UNCHANGED:
            values["subject"] = subject
        if conversation is not None:
            values["conversation"] = conversation
        row = await self._database.run_for_row(command.values(values).returning(*_COLUMNS))
        return _record(row) if row else None

    async def open(
        self, workspace: str, conversation: str | None, requester: str, states: Collection[str], limit: int = 5
    ) -> tuple[Record, ...]:
        """The person's records in one of `states`, newest first, of one conversation or (None) of all of them.

        Expiry is the owner's to judge.
        """
        query = select(*_COLUMNS).where(
            records.c.workspace == workspace,
            records.c.requester == requester,
            records.c.state.in_(list(states)),
        )
        if conversation is not None:
            query = query.where(records.c.conversation == conversation)
        return await self._all(query.order_by(records.c.seq.desc()).limit(limit))

    async def by_subject(self, subject: str, limit: int = 50) -> tuple[Record, ...]:
        """The records about `subject`, newest first."""
        return await self._all(
            select(*_COLUMNS).where(records.c.subject == subject).order_by(records.c.seq.desc()).limit(limit)
        )

    async def counts(self) -> dict[tuple[str, str], int]:
        """How many records there are, by kind and state."""
        query = select(records.c.kind, records.c.state, func.count()).group_by(records.c.kind, records.c.state)
        rows: Any = await self._database.rows(query)
        return {(kind, state): count for kind, state, count in rows}

    async def prune(self, before: datetime) -> int:
        """Delete records untouched since that instant; gives how many."""
        return await self._database.run(delete(records).where(records.c.updated < before))

    async def _all(self, query: Any) -> tuple[Record, ...]:
        return tuple(_record(row) for row in await self._database.rows(query))
