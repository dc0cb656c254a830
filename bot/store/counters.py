"""What was used of a limit: counted per window, for a person or a whole workspace, shared by all replicas."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select, tuple_, update

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


class Counters:
    """Counts of all windows. Counts only grow; a new window begins at nothing."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, amounts: Mapping[Counter, int], *also: Counter) -> dict[Counter, int]:
        """Add to counters; gives what each of them, and of `also`, stands at now."""
        # Always in the same order, so that two replicas never wait for each other's rows.
        ordered = sorted(amounts, key=lambda c: (c.workspace, c.person, c.meter, c.since))
        rows = [{**_values(c), "used": amounts[c], "told": False} for c in ordered]

        def added(connection: Connection) -> dict[Counter, int]:
            if rows:
                command = self._database.insert(counters).values(rows)
                grown = command.on_conflict_do_update(
                    index_elements=list(_KEY), set_={"used": counters.c.used + command.excluded.used}
                )
                connection.execute(grown)
            return _totals(connection, (*ordered, *also))

        return await self._database.write(added) if rows else await self.totals(*also)

    async def totals(self, *wanted: Counter) -> dict[Counter, int]:
        """What counters stand at."""
        return await self._database.read(lambda connection: _totals(connection, wanted))

    async def tell(self, counter: Counter) -> bool:
        """Whether nobody was told yet that this counter is full; afterwards somebody was."""
        command = update(counters).where(*(counters.c[n] == v for n, v in _values(counter).items()))
        return bool(await self._database.run(command.where(counters.c.told.is_(False)).values(told=True)))

    async def prune(self, before: datetime) -> int:
        """Delete the windows that began before that instant; gives how many."""
        return await self._database.run(delete(counters).where(counters.c.since < before))


def _values(counter: Counter) -> dict[str, object]:
    return {name: getattr(counter, name) for name in _KEY}


def _totals(connection: Connection, wanted: tuple[Counter, ...]) -> dict[Counter, int]:
    if not wanted:
        return {}
    columns = [counters.c[name] for name in _KEY]
    among = tuple_(*columns).in_([tuple(_values(c).values()) for c in wanted])
    found = {
        Counter(*row[:4]): int(row[4]) for row in connection.execute(select(*columns, counters.c.used).where(among))
    }
    return {counter: found.get(counter, 0) for counter in wanted}
