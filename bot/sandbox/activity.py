"""What is under way in the sandbox, so that `/workspace/idle` knows when everything caused so far is done."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

Probe = Callable[[], Awaitable[bool]]
"""Answers whether some other part (the bot, say) is idle now."""


class Activity:
    """Counts work under way. Enter `work()` *before* the request that causes the work returns.

    Probes are asked each time the count is zero; a settled state needs two quiet looks in a row, since a probe's
    own work may have caused new deliveries meanwhile.
    """

    def __init__(self) -> None:
        self._count = 0
        self._changes = 0
        self._probes: list[Probe] = []

    def add_probe(self, probe: Probe) -> None:
        """Ask `probe` too before calling the sandbox idle."""
        self._probes.append(probe)

    @contextmanager
    def work(self) -> Iterator[None]:
        """Something is under way while this is open."""
        self._count += 1
        self._changes += 1
        try:
            yield
        finally:
            self._count -= 1
            self._changes += 1

    @property
    def changes(self) -> int:
        """Grows with each start and end of work: equal numbers mean nothing happened in between."""
        return self._changes

    async def idle(self, seconds: float) -> bool:
        """Wait until nothing is under way (True) or `seconds` are over (False)."""
        deadline = asyncio.get_running_loop().time() + seconds
        while True:
            seen = self._changes
            if self._count == 0 and all([await probe() for probe in self._probes]):
                await asyncio.sleep(0.005)
                if seen == self._changes and all([await probe() for probe in self._probes]):
                    return True
            if asyncio.get_running_loop().time() > deadline:
                return False
            await asyncio.sleep(0.01)
