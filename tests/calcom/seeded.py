"""Client and stand-in together: helpers for the seeded world on Friday 20 November 2026 (Tuesday is the 24th)."""

from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import httpx
from starlette.applications import Starlette
from starlette.routing import Mount

from bot.calcom import (
    Booking,
    ByUser,
    CalCom,
    Credential,
    EventType,
    NewAttendee,
    NewBooking,
    Session,
)
from bot.sandbox.activity import Activity
from bot.sandbox.calcom import CalComServer
from bot.sandbox.clock import Clock

NOW = datetime(2026, 11, 20, 15, tzinfo=UTC)
TUESDAY = date(2026, 11, 24)
LOS_ANGELES, LONDON, BERLIN = (ZoneInfo(name) for name in ("America/Los_Angeles", "Europe/London", "Europe/Berlin"))
ANN = NewAttendee("Ann", "America/New_York", "ann@example.com")
KENJI = NewAttendee("Kenji", "Asia/Tokyo", "kenji@example.com")


class Here(NamedTuple):
    """The running pair."""

    calcom: CalCom
    clock: Clock
    transport: httpx.ASGITransport

    def acting(self, name: str) -> Session:
        return self.calcom.acting(Credential("key", f"cal_sandbox_{name}"))

    @property
    def public(self) -> Session:
        return self.calcom.acting(None)


def serve(clock: Clock, rate_limit: int) -> tuple[CalComServer, httpx.ASGITransport]:
    server = CalComServer(clock=clock, activity=Activity(), origin="http://sandbox.test", rate_limit=rate_limit)
    return server, httpx.ASGITransport(Starlette(routes=[Mount("/calcom", routes=server.routes)]))


def at(zone: ZoneInfo, day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), zone)


def day_of(zone: ZoneInfo, day: date) -> tuple[datetime, datetime]:
    return at(zone, day, 0), at(zone, day + timedelta(days=1), 0)


async def event_type(session: Session, username: str, slug: str) -> EventType:
    return next(one for one in await session.event_types(username) if one.slug == slug)


async def book(session: Session, slug: str, host: str, start: datetime, **more: object) -> Booking:
    new = NewBooking(ByUser(slug, host), start, ANN)
    (made,) = await session.create_booking(NewBooking(new.target, start, ANN, **more))  # type: ignore[arg-type]
    return made
