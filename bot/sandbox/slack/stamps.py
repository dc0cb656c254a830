"""Timestamps and ids that are never given twice: not across resets, not across restarts."""

import secrets
import time

from bot.sandbox.clock import Clock
from bot.sandbox.slack.journal import Journal

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_RESERVED = 1000


def base36(number: int) -> str:
    """`number` (not negative) in capital base 36, as Slack's ids look."""
    digits = ""
    while True:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
        if number == 0:
            return digits


class Stamps:
    """Gives out message timestamps and ids.

    A `ts` is the sandbox clock's second and a running number in place of the microseconds, so two messages of one
    second keep their order and a second that comes twice (after a reset to the same time) yields new ones. Blocks of
    numbers are reserved ahead in the journal: a crash skips some, and repeats none.
    """

    def __init__(self, clock: Clock, journal: Journal) -> None:
        self._clock = clock
        self._journal = journal
        kept = journal.read("counter").get("stamps")
        # Without a data folder the start is real time, so that a bot that outlives the sandbox sees no id twice.
        self._next: int = kept["next"] if kept else int(time.time() * 1000)
        self._limit = self._next

    def _number(self) -> int:
        if self._next >= self._limit:
            self._limit = self._next + _RESERVED
            self._journal.put("counter", "stamps", {"next": self._limit})
        self._next += 1
        return self._next

    def ts(self) -> str:
        """A new message timestamp, like `1764000000.123456`."""
        return f"{int(self._clock.now().timestamp())}.{self._number() % 1_000_000:06d}"

    def id(self, prefix: str) -> str:
        """A new id, like `Ev0MBX3K2A1B`."""
        return f"{prefix}0{base36(self._number())}"

    def secret(self) -> str:
        """An unguessable part for trigger ids, response URLs and socket tickets."""
        return secrets.token_hex(16)
