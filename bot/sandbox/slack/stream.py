"""News for the page: Server-Sent Events about what changed."""

import asyncio
import json
from collections.abc import AsyncIterator

from bot.sandbox.slack.journal import Json

_ALIVE_SECONDS = 15.0


class Stream:
    """Tells every open page what changed for its viewer."""

    def __init__(self) -> None:
        self._pages: dict[asyncio.Queue[str | None], str] = {}
        self._closed = False

    def tell(self, event: str, data: Json, audience: str | None = None) -> None:
        """Send an event to the pages of `audience` (a user id), or to all."""
        line = f"event: {event}\ndata: {json.dumps(data)}\n\n"
        for queue, viewer in self._pages.items():
            if audience is None or audience == viewer:
                queue.put_nowait(line)

    def changed(
        self, what: str, *, channel: str | None = None, thread: str | None = None, audience: str | None = None
    ) -> None:
        """Send a `changed` event."""
        self.tell("changed", {"what": what, "channel": channel, "thread_ts": thread}, audience)

    async def follow(self, viewer: str) -> AsyncIterator[str]:
        """The events for one page, for as long as it listens."""
        queue: asyncio.Queue[str | None] = asyncio.Queue()
        self._pages[queue] = viewer
        try:
            yield ": hello\n\n"
            while not self._closed:
                try:
                    line = await asyncio.wait_for(queue.get(), _ALIVE_SECONDS)
                except TimeoutError:
                    line = ": alive\n\n"
                if line is None:
                    return
                yield line
        finally:
            self._pages.pop(queue, None)

    def close(self) -> None:
        """End every page's stream; pages that come back are not held either."""
        self._closed = True
        for queue in self._pages:
            queue.put_nowait(None)
