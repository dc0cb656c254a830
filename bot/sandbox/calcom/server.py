"""The embedded Cal.com server, put together."""

from pathlib import Path

from starlette.routing import BaseRoute, Route

from bot.sandbox.activity import Activity
from bot.sandbox.calcom import seed
from bot.sandbox.calcom.database import Database
from bot.sandbox.calcom.deliveries import Deliveries
from bot.sandbox.calcom.meetings import Meetings
from bot.sandbox.calcom.operations import OPERATIONS
from bot.sandbox.calcom.pages import Pages
from bot.sandbox.calcom.ratelimit import RateLimiter
from bot.sandbox.calcom.router import Router
from bot.sandbox.calcom.world import World
from bot.sandbox.clock import Clock


class CalComServer:
    """A Cal.com API v2 server.

    `origin` is where the whole sandbox answers (`http://127.0.0.1:3000`); `routes` belong under its `/calcom`.
    `data` names the database file (None: in memory); the seed is laid once. `rate_limit` is requests per minute and
    caller, 0 for none.
    """

    routes: list[BaseRoute]

    def __init__(
        self, *, clock: Clock, activity: Activity, origin: str, data: Path | None = None, rate_limit: int = 120
    ) -> None:
        self._database = Database(data)
        self._world = World(self._database, clock, origin.rstrip("/"))
        self._limiter = RateLimiter(rate_limit)
        self._deliveries = Deliveries(self._database, self._world.people, activity)
        if self._database.one("SELECT id FROM users") is None:
            self._lay_seed()
        router = Router(self._world, self._limiter, self._deliveries, OPERATIONS)
        pages = Pages(self._world, self._deliveries)
        self._meetings = Meetings(self._world, self._deliveries)
        self.routes = [Route("/v2/{path:path}", router), *pages.routes()]

    def _lay_seed(self) -> None:
        with self._database.transaction():
            self._database.clear()
            seed.lay(self._world)

    def reset(self) -> None:
        """Back to the seed, relative to the clock; webhooks, grants and rate windows are gone, ids go on."""
        self._deliveries.forget()
        self._limiter.clear()
        self._lay_seed()
        self._meetings.reset()

    def tick(self) -> None:
        """Look at the clock now, not only at the next beat: call it after setting the clock."""
        self._meetings.tick()

    async def start(self) -> None:
        """Begin what runs beside requests."""
        self._meetings.start()

    async def stop(self) -> None:
        """End deliveries and close the database."""
        await self._meetings.stop()
        await self._deliveries.stop()
        self._database.close()
