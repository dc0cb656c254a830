"""Cal.com's request limit: so many per minute and caller, then a minute's block."""

import math
from dataclasses import dataclass

WINDOW = 60.0
BLOCK = 60.0
UNLIMITED = 1_000_000
"""Shown in the headers when there is no limit, so that clients that pace themselves run freely."""


@dataclass(slots=True)
class Window:
    """A caller's current minute."""

    opened: float
    used: int = 0
    blocked_until: float | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a caller stands after a request: `reset` is whole seconds until the window or block ends."""

    limit: int
    remaining: int
    reset: int
    refused: bool

    def headers(self, name: str = "Default") -> dict[str, str]:
        """The headers of every answer; custom limits use their own name."""
        return {
            f"X-RateLimit-Limit-{name}": str(self.limit),
            f"X-RateLimit-Remaining-{name}": str(self.remaining),
            f"X-RateLimit-Reset-{name}": str(self.reset),
        }


class RateLimiter:
    """Counts requests per tracker (a key, a token or an address); `limit` 0 means no limit."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._windows: dict[str, Window] = {}

    def clear(self) -> None:
        """Forget everything."""
        self._windows.clear()

    def count(self, tracker: str, now: float, limit: int | None = None) -> Standing:
        """Count a request at `now` (seconds of the sandbox clock)."""
        allowed = self.limit if limit is None else limit
        if self.limit <= 0:
            return Standing(UNLIMITED, UNLIMITED, 0, refused=False)
        window = self._windows.get(tracker)
        if window is not None and (now < window.opened or self._over(window, now)):
            window = None
        if window is None:
            if len(self._windows) > 10_000:
                self._windows = {name: w for name, w in self._windows.items() if not self._over(w, now)}
            window = self._windows[tracker] = Window(now)
        if window.blocked_until is None:
            window.used += 1
            if window.used <= allowed:
                left = math.ceil(window.opened + WINDOW - now)
                return Standing(allowed, allowed - window.used, left, refused=False)
            window.blocked_until = now + BLOCK
        return Standing(allowed, 0, max(1, math.ceil(window.blocked_until - now)), refused=True)

    @staticmethod
    def _over(window: Window, now: float) -> bool:
        return now >= (window.blocked_until if window.blocked_until is not None else window.opened + WINDOW)
