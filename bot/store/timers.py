"""Turns to come: accepted when their time has come, by whoever of the fleet notices first."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from bot.store.database import Database
from bot.store.schema import timers


@dataclass(frozen=True, slots=True)
class Timer:
    """A turn of that id, kind, place and payload, due at `due` (aware, by the business clock)."""

    id: str
    kind: str
    workspace: str
    conversation: str
    due: datetime
    payload: dict[str, Any] = field(default_factory=dict)


_COLUMNS = tuple(timers.c[name] for name in Timer.__slots__)


class Timers:
    """The turns to come."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def put(self, timer: Timer) -> None:
        """Set a timer, in place of an earlier one of that id."""
        values = {name: getattr(timer, name) for name in Timer.__slots__}
        command = self._database.insert(timers).values(values).on_conflict_do_update(index_elements=["id"], set_=values)
        await self._database.run(command)

    async def remove(self, id: str, due: datetime | None = None) -> bool:
        """Take a timer back (with `due`, only if it has not been set anew); False if it was gone."""
        command = delete(timers).where(timers.c.id == id)
        if due is not None:
            command = command.where(timers.c.due == due)
        return bool(await self._database.run(command))

    async def due(self, now: datetime, limit: int = 100) -> tuple[Timer, ...]:
        """The timers whose time has come, the oldest first."""
        query = select(*_COLUMNS).where(timers.c.due <= now).order_by(timers.c.due).limit(limit)
        return tuple(Timer(**row._mapping) for row in await self._database.rows(query))
