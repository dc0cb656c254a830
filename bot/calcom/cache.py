"""A brief memory for answers that many turns ask for at once."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from datetime import datetime, timedelta
from typing import Generic, TypeVar

T = TypeVar("T")


class BriefCache(Generic[T]):
    """Keeps values for `seconds`; callers who ask for the same key at once share one load.

    Failures are shared by those who waited but not kept.
    """

    def __init__(self, seconds: float, clock: Callable[[], datetime], size: int = 1000) -> None:
        self._lifetime = timedelta(seconds=seconds)
        self._clock = clock
        self._size = size
        self._kept: OrderedDict[Hashable, tuple[datetime, T]] = OrderedDict()
        self._loading: dict[Hashable, asyncio.Task[T]] = {}

    def clear(self) -> None:
        """Forget everything; loads on their way are not kept either."""
        self._kept.clear()
        self._loading.clear()

    async def get(self, key: Hashable, load: Callable[[], Awaitable[T]]) -> T:
        """The value under `key`, loaded by `load` unless a fresh one is there."""
        now = self._clock()
        kept = self._kept.get(key)
        if kept is not None and timedelta(0) <= now - kept[0] < self._lifetime:
            return kept[1]
        task = self._loading.get(key)
        if task is None:
            task = asyncio.ensure_future(_awaited(load))
            self._loading[key] = task
            task.add_done_callback(lambda done: self._loaded(key, done))
        # Shielded: one caller giving up must not take the answer from the others.
        return await asyncio.shield(task)

    def _loaded(self, key: Hashable, task: asyncio.Task[T]) -> None:
        current = self._loading.get(key) is task
        if current:
            del self._loading[key]
        if task.cancelled() or task.exception() is not None or not current:
            return
        self._kept[key] = (self._clock(), task.result())
        self._kept.move_to_end(key)
        while len(self._kept) > self._size:
            self._kept.popitem(last=False)


async def _awaited(load: Callable[[], Awaitable[T]]) -> T:
    return await load()
