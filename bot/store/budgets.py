"""Budgets that the replicas share: how many requests of a window were granted, to whomever."""

import logging
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import and_, bindparam, case, delete, or_, select, update

from bot.store.database import Database
from bot.store.errors import StoreError
from bot.store.schema import budgets

log = logging.getLogger(__name__)

CAUTIOUS, PROBE_SECONDS = 10, 1.0
"""How many requests are granted, and for how long, before the first answer tells of limit and window."""


class Granted(NamedTuple):
    """What was given: `permits` (0: the window is used up); of the window when it `ends` (seconds since 1970), its
    `limit`, and how much of it was `granted` to all."""

    permits: int
    ends: float
    limit: int
    granted: int


_MANY = bindparam("many", type_=budgets.c.granted.type)
_SPARE = bindparam("spare", type_=budgets.c.granted.type)
_NOW = bindparam("now", type_=budgets.c.ends.type)
_PROBED = bindparam("probed", type_=budgets.c.ends.type)
_LATER = bindparam("later", type_=budgets.c.ends.type)
_OVER = budgets.c.ends <= _NOW
_PROBING = budgets.c.allowed == CAUTIOUS
_STATE = (budgets.c.ends, budgets.c.allowed, budgets.c.granted)
_ROUNDED = timedelta(seconds=1.5)
"""Ends of windows that differ by less are the same window's: Cal.com rounds to whole seconds."""


class Budgets:
    """All budgets, by name. Counted in real time: replicas' clocks should agree to half a second."""

    def __init__(self, database: Database) -> None:
        self._database = database
        ceiling = case((_SPARE == 1, budgets.c.allowed * 2 // 3), else_=budgets.c.allowed)
        self._take = (
            database.insert(budgets)
            .values(name=bindparam("budget"), allowed=CAUTIOUS, granted=_MANY, ends=_PROBED)
            .on_conflict_do_update(
                index_elements=["name"],
                set_={
                    "granted": case((_OVER, _MANY), else_=budgets.c.granted + _MANY),
                    "ends": case((and_(_OVER, _PROBING), _PROBED), (_OVER, _LATER), else_=budgets.c.ends),
                },
                where=or_(_OVER, budgets.c.granted + _MANY <= ceiling),
            )
            .returning(*_STATE)
        )

    async def take(self, name: str, permits: int, now: float, ends: float, spare: bool) -> Granted | None:
        """Take permits of the window under way; of a new one until `ends` where it is over. With `spare` the last
        third is left alone. None where the database does not answer."""
        values = {"budget": name, "many": permits, "now": _at(now), "later": _at(ends), "spare": int(spare)}
        values["probed"] = _at(now + PROBE_SECONDS)
        try:
            row = await self._database.once(
                lambda connection: connection.execute(self._take, values).one_or_none(), lasting=False
            )
            if row is not None:
                return Granted(permits, row.ends.timestamp(), row.allowed, row.granted)
            row = await self._database.row(select(*_STATE).where(budgets.c.name == name))
        except StoreError as error:
            log.warning("no shared budget: %s", type(error).__name__)
            return None
        return Granted(0, row.ends.timestamp(), row.allowed, row.granted) if row else None

    async def learn(self, name: str, limit: int, used: int, ends: float) -> None:
        """What the service says of its window: its limit, how much of it is used, when it ends."""
        until = _at(ends)
        new = and_(budgets.c.ends < until - _ROUNDED, ~_PROBING)
        more = case((or_(new, budgets.c.granted < used), used), else_=budgets.c.granted)
        command = update(budgets).where(budgets.c.name == name).values(allowed=limit, granted=more, ends=until)
        try:
            await self._database.run(command, lasting=False)
        except StoreError as error:
            log.warning("a budget was not passed on: %s", type(error).__name__)

    async def prune(self, before: datetime) -> int:
        """Forget budgets whose last window ended before that instant: of credentials that are used no more. Gives how
        many."""
        return await self._database.run(delete(budgets).where(budgets.c.ends < before))


def _at(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
