"""The bot's clock: the machine's, or a sandbox's in another process."""

import asyncio
import logging
from datetime import UTC, datetime, timedelta

import httpx

log = logging.getLogger(__name__)

POLL_SECONDS = 0.5


def system_now() -> datetime:
    """The machine's time, in UTC."""
    return datetime.now(UTC)


class RemoteClock:
    """A clock read from `url` (`GET` -> `{"now": ISO time}`), running on between looks."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._ahead = timedelta()
        self._client = httpx.AsyncClient(timeout=2)
        self._task: asyncio.Task[None] | None = None

    def now(self) -> datetime:
        """The sandbox's present, in UTC."""
        return datetime.now(UTC) + self._ahead

    async def sync(self) -> None:
        """Look at the other clock; a failed look keeps the last one."""
        try:
            answer = await self._client.get(self._url)
            self._ahead = datetime.fromisoformat(answer.json()["now"]) - datetime.now(UTC)
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
            log.debug("clock: %s", type(error).__name__)

    async def start(self) -> None:
        """Look now, and again and again."""
        await self.sync()
        self._task = asyncio.create_task(self._poll(), name="clock")

    async def _poll(self) -> None:
        while True:
            await asyncio.sleep(POLL_SECONDS)
            await self.sync()

    async def aclose(self) -> None:
        """Stop looking."""
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        await self._client.aclose()
