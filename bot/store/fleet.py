"""The executors that share a database: who is alive, and whose turns must go on elsewhere.

Nobody compares clocks: an executor counts its heartbeats up, and the others watch whether the count moves.
"""

from sqlalchemy import Connection, delete, or_, select, update

from bot.store.database import Database, touched
from bot.store.schema import executors, turns
from bot.store.tickets import waiting_again


class Fleet:
    """The fleet as the executor `executor` sees it. A `life` is one run of its process."""

    def __init__(self, database: Database, executor: str) -> None:
        self._database = database
        self._executor = executor

    async def join(self, life: str, version: str) -> None:
        """Come alive: what an earlier life of this executor was running, or anybody who is no more, waits again."""
        values = {"life": life, "version": version, "beat": 0}
        command = (
            self._database.insert(executors)
            .values(id=self._executor, **values)
            .on_conflict_do_update(index_elements=["id"], set_=values)
        )
        mine = turns.c.executor == self._executor
        nobodys = turns.c.executor.not_in(select(executors.c.id))

        def join(connection: Connection) -> None:
            connection.execute(command)
            connection.execute(waiting_again().where(or_(mine, nobodys)))

        await self._database.write(join)

    async def beat(self, life: str) -> bool:
        """Show that this life goes on; False if it was declared dead or another process uses the same executor id."""
        command = (
            update(executors)
            .where(executors.c.id == self._executor, executors.c.life == life)
            .values(beat=executors.c.beat + 1)
        )
        return bool(await self._database.run(command, lasting=False))

    async def leave(self, life: str) -> None:
        """Go: turns still running here wait for any executor (the attempt does not count), and nobody needs to wait
        for this one's heartbeat to lapse."""
        gone = delete(executors).where(executors.c.id == self._executor, executors.c.life == life)
        free = waiting_again().where(turns.c.executor == self._executor).values(attempts=turns.c.attempts - 1)

        def leave(connection: Connection) -> None:
            if touched(connection, gone):
                connection.execute(free)

        await self._database.write(leave)

    async def others(self) -> dict[str, tuple[str, int]]:
        """The other executors: life and heartbeats so far."""
        query = select(executors.c.id, executors.c.life, executors.c.beat).where(executors.c.id != self._executor)
        return {row.id: (row.life, row.beat) for row in await self._database.rows(query)}

    async def bury(self, executor: str, life: str, beat: int) -> bool:
        """Declare another executor dead, if it has given no sign since `beat`: its turns wait again."""
        last = delete(executors).where(executors.c.id == executor, executors.c.life == life, executors.c.beat == beat)

        def bury(connection: Connection) -> bool:
            if not touched(connection, last):
                return False
            connection.execute(waiting_again().where(turns.c.executor == executor))
            return True

        return await self._database.write(bury)
