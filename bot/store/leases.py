"""Who of the fleet may do a thing now: refresh a token, sweep old rows. A lease ends by itself if its holder dies."""

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete

from bot.store.database import Database
from bot.store.schema import leases


class Leases:
    """Named leases, counted in real time (replicas' clocks should agree to a second)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @asynccontextmanager
    async def hold(self, name: str, seconds: float) -> AsyncIterator[bool]:
        """Hold the lease `name` while the block runs, `seconds` at most. Gives False if somebody else holds it: then
        leave it to them."""
        holder = secrets.token_urlsafe(9)
        held = await self._take(name, holder, seconds)
        try:
            yield held
        finally:
            if held:
                await self._database.run(delete(leases).where(leases.c.name == name, leases.c.holder == holder))

    async def _take(self, name: str, holder: str, seconds: float) -> bool:
        now = datetime.now(UTC)
        values = {"holder": holder, "until": now + timedelta(seconds=seconds)}
        command = (
            self._database.insert(leases)
            .values(name=name, **values)
            .on_conflict_do_update(index_elements=["name"], set_=values, where=leases.c.until <= now)
            .returning(leases.c.holder)
        )
        return await self._database.run_for_row(command) is not None
