"""Speaking to a Cal.com server over its HTTP interface."""

from datetime import UTC, datetime
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.routing import Mount

from bot.sandbox.activity import Activity
from bot.sandbox.calcom import CalComServer
from bot.sandbox.clock import Clock
from tests.sandbox_calcom.document import complaints

MONDAY = datetime(2026, 11, 23, 14, tzinfo=UTC)
"""The frozen moment tests begin at: Monday, 9 in New York, 6 in Los Angeles."""

VERSIONS = {
    "slots": "2024-09-04",
    "bookings": "2024-08-13",
    "event-types": "2024-06-14",
    "schedules": "2024-06-11",
}


class FrozenClock(Clock):
    """A clock that stands still until told otherwise."""

    def now(self) -> datetime:
        return self._base


class Api:
    """Calls the server as somebody, in the right version of each resource."""

    def __init__(self, server: CalComServer, clock: FrozenClock, activity: Activity) -> None:
        self.server, self.clock, self.activity = server, clock, activity
        self.app = Starlette(routes=[Mount("/calcom", routes=server.routes)])
        self.http = httpx.AsyncClient(transport=httpx.ASGITransport(app=self.app), base_url="http://sandbox/calcom")

    async def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        who: str | None = None,
        version: str | None = None,
        headers: dict[str, str] | None = None,
        **query: Any,
    ) -> httpx.Response:
        """One request; `who` is a user name whose key is sent. A success must be of the described form."""
        sent = dict(headers or {})
        if who:
            sent["Authorization"] = f"Bearer cal_sandbox_{who}"
        chosen = VERSIONS.get(path.split("/")[1]) if version is None else version
        if "private-links" in path and version is None:
            chosen = None
        if chosen:
            sent["cal-api-version"] = chosen
        content = {"json": body} if body is not None else {}
        params = {name: str(value) for name, value in query.items() if value is not None}
        reply = await self.http.request(method, f"/v2{path}", params=params, headers=sent, **content)
        if reply.is_success and reply.status_code != 204:
            assert complaints(method, f"/v2{path}", reply.status_code, reply.json()) == []
        return reply

    async def data(self, method: str, path: str, body: Any = None, **options: Any) -> Any:
        """The `data` of an answer that must be a success."""
        reply = await self.call(method, path, body, **options)
        assert reply.is_success, reply.text
        return reply.json()["data"]

    async def refusal(self, method: str, path: str, body: Any = None, **options: Any) -> tuple[int, str]:
        """Status and message of an answer that must be an error."""
        reply = await self.call(method, path, body, **options)
        assert reply.is_error, reply.text
        content = reply.json()
        return reply.status_code, content["error"]["message"] if "error" in content else content["message"]

    async def book(self, start: str, slug: str | None = "15min", username: str | None = "bailey", **more: Any) -> Any:
        """A booking by Ann, whatever it answers with."""
        return await self.data("POST", "/bookings", order(start, slug, username, **more))

    async def refused(
        self, start: str, slug: str | None = "15min", username: str | None = "bailey", **more: Any
    ) -> tuple[int, str]:
        """What a booking by Ann is refused with."""
        return await self.refusal("POST", "/bookings", order(start, slug, username, **more))

    async def starts(self, **query: Any) -> list[str]:
        """All slots' starts."""
        days = await self.data("GET", "/slots", **query)
        return [slot["start"] for slots in days.values() for slot in slots]


def order(start: str, slug: str | None = "15min", username: str | None = "bailey", **more: Any) -> dict[str, Any]:
    """A booking request by Ann; a name given None is left out."""
    body = {
        "start": start,
        "eventTypeSlug": slug,
        "username": username,
        "attendee": {"name": "Ann", "email": "ann@example.com", "timeZone": "America/New_York"},
        **more,
    }
    return {name: value for name, value in body.items() if value is not None}
