"""What every resource needs: a transport, a credential, and the shared brief cache."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from bot.calcom.cache import BriefCache
from bot.calcom.credential import Credential
from bot.calcom.deadline import call_ends, no_time_limit
from bot.calcom.errors import NotFound, Unavailable
from bot.calcom.meeting_hosts import MeetingHosts
from bot.calcom.models import Booking
from bot.calcom.transport import CEILING_SECONDS, Call, Params, Parse, Transport
from bot.calcom.wire import booking as booking_wire

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Shared:
    """What all sessions of one process share."""

    transport: Transport
    memory: BriefCache[Any]
    clock: Callable[[], datetime]
    meetings: MeetingHosts


class Resource:
    """Calls of one area of the API, made with one credential. Every method raises CalComError only."""

    def __init__(self, shared: Shared, credential: Credential | None) -> None:
        self._shared = shared
        self._credential = credential

    async def _send(self, call: Call, parse: Parse[T]) -> T:
        return await self._shared.transport.send(call, self._credential, parse)

    async def _remembered(
        self, route: str, parse: Parse[T], params: Params = (), absent: T | None = None, **names: str | int
    ) -> T:
        """What `route` answers, asked at most once a minute per credential; `absent` instead of NotFound."""
        who = self._credential.fingerprint if self._credential else None

        async def load() -> T:
            try:
                with no_time_limit():
                    return await self._send(Call("GET", route, names, params), parse)
            except NotFound:
                if absent is None:
                    raise
                return absent

        key = (who, route, params, tuple(names.items()))
        try:
            # One asker's short patience must not fail the others, so each bounds only its own waiting.
            async with asyncio.timeout_at(call_ends(CEILING_SECONDS)):
                answer: T = await self._shared.memory.get(key, load)
                return answer
        except TimeoutError:
            raise Unavailable from None

    async def _changing(self, write: Awaitable[T]) -> T:
        """Do `write` and forget what is remembered.

        Before and after: a read on its way may bring the state from before the write.
        """
        self._shared.memory.clear()
        try:
            return await write
        finally:
            self._shared.memory.clear()

    async def _get(
        self,
        route: str,
        parse: Parse[T],
        *,
        params: Params = (),
        version: str | None = None,
        enveloped: bool = True,
        **names: str | int,
    ) -> T:
        call = Call("GET", route, names, params, version=version, enveloped=enveloped)
        return await self._send(call, parse)

    async def _write(
        self,
        method: str,
        route: str,
        parse: Parse[T],
        body: Mapping[str, Any] | None = None,
        **names: str | int,
    ) -> T:
        return await self._send(Call(method, route, names, body=body), parse)

    def _booking(self, data: Any) -> Booking:
        """Parse one booking; of a list the first."""
        return self._bookings(data)[0]

    def _bookings(self, data: Any) -> tuple[Booking, ...]:
        """Parse bookings, their meetings' addresses vetted."""
        return tuple(self._shared.meetings.vetted(booking) for booking in booking_wire.read_bookings(data))


def nothing(_: Any) -> None:
    """Parse an answer whose content does not matter."""
