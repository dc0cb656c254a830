"""What is older than it may be kept is deleted: every hour by the clock, once in the fleet."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from bot.store import Store, StoreError, Timer, Turn, Turns

log = logging.getLogger(__name__)

RETENTION = "retention"
"""The kind of turn that deletes."""
EVERY = timedelta(hours=1)
COUNTED = timedelta(days=2)
"""No limit's window is longer."""


class Retention:
    """Conversations and drafts go after `days`, finished turns after a week, counters and budgets when no window
    needs them."""

    def __init__(self, store: Store, turns: Turns, days: int, now: Callable[[], datetime]) -> None:
        self._store = store
        self._turns = turns
        self._keep = timedelta(days=days)
        self._now = now
        turns.on(RETENTION, self._work)

    async def begin(self) -> None:
        """Set the next time. Every replica names the same full hour, so it comes once. Raises Unreachable."""
        hour = int(EVERY.total_seconds())
        due = datetime.fromtimestamp((int(self._now().timestamp()) // hour + 1) * hour, UTC)
        await self._turns.later(Timer(f"{RETENTION}-{int(due.timestamp())}", RETENTION, "", RETENTION, due))

    async def _work(self, turn: Turn) -> None:
        await self.begin()
        now = self._now()
        try:
            gone = await self._store.prune(now - self._keep)
            gone += await self._store.counters.prune(now - COUNTED)
            gone += await self._store.budgets.prune(now - COUNTED)
            gone += await self._turns.prune()
        except StoreError as error:
            log.warning("retention: %s; again in an hour", type(error).__name__)
        else:
            log.info("retention: %d rows deleted", gone)
