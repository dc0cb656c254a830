"""The sandbox's clock: starts where it is told and runs on at the pace of real time."""

import time
from datetime import UTC, datetime, timedelta


class Clock:
    """A settable clock in UTC.

    >>> clock = Clock(datetime(2026, 11, 23, 14, tzinfo=UTC))
    >>> clock.now() >= datetime(2026, 11, 23, 14, tzinfo=UTC)
    True
    """

    def __init__(self, start: datetime | None = None) -> None:
        self.set(start or datetime.now(UTC))

    def set(self, now: datetime) -> None:
        """Make `now` (aware) the present moment; it runs on from there."""
        self._base = now.astimezone(UTC)
        self._since = time.monotonic()

    def advance(self, by: timedelta) -> None:
        """Jump by `by`."""
        self.set(self.now() + by)

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        return self._base + timedelta(seconds=time.monotonic() - self._since)
