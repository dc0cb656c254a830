"""What was used of a limit: counted per window, for a person or a whole workspace, shared by all replicas."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select

from bot.store.database import Database
from bot.store.schema import counters


@dataclass(frozen=True, slots=True)
class Counter:
    """One limit in one window. `person` is a Slack id, or "" for all of the workspace; `since` the window's aware
    beginning."""

    workspace: str
    person: str
    meter: str
    since: datetime


_KEY = ("workspace", "person", "meter", "since")
_TOTAL = select(counters.c.used).where(*(counters.c[name] == bindparam(name) for name in _KEY))


class Counters:
    """Counts of all windows. Counts only grow; a new window begins at nothing."""

    def __init__(self, database: Database) -> None:
        self._database = database
        # Made once, with a row's values left open: what is compiled is then found again for every turn.
        new = database.insert(counters).values({name: bindparam(name) for name in (*_KEY, "used")} | {"told": False})
        more = {"used": counters.c.used + new.excluded.used}
        self._add = new.on_conflict_do_update(index_elements=list(_KEY), set_=more).returning(counters.c.used)

    async def add(self, amounts: Mapping[Counter, int], *also: Counter) -> dict[Counter, int]:
        """Add to counters; gives what each of them, and of `also`, stands at now.

        Each counter in a statement of its own: a workspace's is everybody's, and in a transaction all its turns would
        wait for one another, whichever replica they are in.
        """
        grown = {}
        for counter, amount in amounts.items():
            grown[counter] = await self._grown(_row(counter, amount))
        return grown | await self.totals(*also) if also else grown

    async def _grown(self, row: dict[str, Any]) -> int:
        return await self._database.once(
            lambda connection: int(connection.execute(self._add, row).scalar_one()), lasting=False
        )

    async def totals(self, *wanted: Counter) -> dict[Counter, int]:
        """What counters stand at."""
        return await self._database.read(lambda connection: _totals(connection, wanted))

    async def tell(self, counter: Counter) -> bool:
        """Whether nobody was told yet that this counter is full; afterwards somebody was."""
        command = (
            self._database.insert(counters)
            .values(**_row(counter, 0), told=True)
            .on_conflict_do_update(index_elements=list(_KEY), set_={"told": True}, where=counters.c.told.is_(False))
            .returning(counters.c.told)
        )
        return await self._database.run_for_row(command, lasting=False) is not None

    async def prune(self, before: datetime) -> int:
        """Delete the windows that began before that instant; gives how many."""
        return await self._database.run(delete(counters).where(counters.c.since < before))


def _key(counter: Counter) -> dict[str, Any]:
    return {name: getattr(counter, name) for name in _KEY}


def _row(counter: Counter, used: int) -> dict[str, Any]:
    return {**_key(counter), "used": used}


def _totals(connection: Connection, wanted: tuple[Counter, ...]) -> dict[Counter, int]:
    return {counter: int(connection.execute(_TOTAL, _key(counter)).scalar() or 0) for counter in wanted}
