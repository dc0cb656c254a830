"""The client: one per process, one session per credential."""

import logging
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from importlib.metadata import PackageNotFoundError, version

import httpx

from .budgets import Budgets
from .cache import BriefCache
from .connections import Connections
from .credential import Credential
from .meeting_hosts import MeetingHosts
from .models import Booking
from .resources.availability import AvailabilityApi
from .resources.base import Shared
from .resources.booking_parts import BookingPartsApi
from .resources.bookings import BookingsApi
from .resources.event_types import EventTypesApi
from .resources.oauth import OAuthApi
from .resources.people import PeopleApi
from .resources.slots import SlotsApi
from .resources.verification import VerificationApi
from .resources.webhooks import WebhooksApi
from .transport import CEILING_SECONDS, Seen, Transport

TIMEOUT = httpx.Timeout(8.0, connect=3.0, pool=8.0)


def _user_agent() -> str:
    try:
        return f"slotwise/{version('slotwise')}"
    except PackageNotFoundError:
        return "slotwise"


def _now() -> datetime:
    return datetime.now(UTC)


class Session(
    PeopleApi,
    EventTypesApi,
    SlotsApi,
    BookingsApi,
    BookingPartsApi,
    AvailabilityApi,
    WebhooksApi,
    VerificationApi,
    OAuthApi,
):
    """Everything the API offers, on one credential's authority (or in public, without one).

    Every method raises CalComError and nothing else. Reads are repeated when they fail; writes are not,
    unless they certainly never arrived. Wrap several calls in `time_limit` to bound them together.
    """


class CalCom:
    """Owns the connections, what is known of rate limits, and a brief memory of event types and teams.

    `base_url` ends in /v2. `meetings` are addresses or hosts, besides that and the well-known ones, that bookings'
    meetings may lead to. `clock` (aware UTC) ages the memory and dates tokens. `observe` hears of every
    finished attempt, for metrics. With `budgets`, Cal.com's request limits are shared with other processes. Belongs
    to one event loop.

        calcom = CalCom("https://api.cal.com/v2")
        bailey = calcom.acting(Credential("key", secret))
        print(await bailey.me())
        await calcom.aclose()
    """

    def __init__(
        self,
        base_url: str,
        *,
        user_agent: str | None = None,
        timeout: httpx.Timeout = TIMEOUT,
        ceiling_seconds: float = CEILING_SECONDS,
        cache_seconds: float = 60.0,
        clock: Callable[[], datetime] = _now,
        observe: Callable[[Seen], None] | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
        meetings: Iterable[str] = (),
        budgets: Budgets | None = None,
    ) -> None:
        # httpx names whole addresses at INFO; a booking's uid in one is as good as a key to it.
        for chatty in ("httpx", "httpcore"):
            logging.getLogger(chatty).setLevel(logging.WARNING)
        self._http = httpx.AsyncClient(
            base_url=base_url.rstrip("/") + "/",
            headers={"User-Agent": user_agent or _user_agent(), "Accept": "application/json"},
            timeout=timeout,
            transport=transport or Connections(),
            # One person's cookies must not travel with another's requests.
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
        )
        self._shared = Shared(
            transport=Transport(self._http, ceiling=ceiling_seconds, observe=observe, budgets=budgets),
            memory=BriefCache(cache_seconds, clock),
            clock=clock,
            meetings=MeetingHosts.of((base_url, *meetings)),
        )

    def vetted(self, booking: Booking) -> Booking:
        """A booking read elsewhere (out of a webhook), its meeting's address vetted as in all answers."""
        return self._shared.meetings.vetted(booking)

    def acting(self, credential: Credential | None) -> Session:
        """A session with this authority; None for what the API offers in public. Cheap: make one per use."""
        return Session(self._shared, credential)

    def forget(self) -> None:
        """Drop what is remembered and what is known of rate limits, as after a reset of the service."""
        self._shared.memory.clear()
        self._shared.transport.forget()

    async def aclose(self) -> None:
        """Close the connections."""
        await self._http.aclose()
