"""When somebody is free, and holding a slot for a moment."""

from datetime import datetime

from bot.calcom import models as m
from bot.calcom.errors import Forbidden, WrongCredential
from bot.calcom.wire import slot as wire
from bot.calcom.wire.lenient import given, rfc3339

from .base import Resource, nothing


class SlotsApi(Resource):
    """Free slots and reservations. Neither needs a credential."""

    async def slots(self, query: m.SlotQuery) -> m.SlotDays:
        """Free starts in [query.start, query.end), ascending. Empty is an answer, not an error.

        What is listed may be taken a moment later: only booking tells.
        """
        if query.end <= query.start:
            return m.SlotDays()
        return await self._get("/slots", lambda data: wire.read_slots(data, query), params=wire.slot_params(query))

    async def reserve(
        self,
        event_type_id: int,
        start: datetime,
        duration_minutes: int | None = None,
        minutes: int | None = None,
    ) -> m.Reservation:
        """Hold a slot, for `minutes` (5 by default).

        Only the event type's own people may choose how long; others get the default. Raises
        ReservationConflict when somebody holds it, SeatsFull.
        """
        body = given(event_type_id=event_type_id, slot_start=rfc3339(start), slot_duration=duration_minutes)
        if minutes is not None and self._credential is not None:
            try:
                longer = {**body, "reservationDuration": minutes}
                return await self._write("POST", "/slots/reservations", wire.read_reservation, longer)
            except (WrongCredential, Forbidden):
                pass
        return await self._write("POST", "/slots/reservations", wire.read_reservation, body)

    async def reservation(self, uid: str) -> m.Reservation | None:
        """A hold, None when it is over."""
        return await self._get("/slots/reservations/{uid}", wire.read_maybe_reservation, uid=uid)

    async def extend_reservation(
        self, held: m.Reservation, start: datetime, minutes: int | None = None
    ) -> m.Reservation:
        """Hold again, or another start. Raises NotFound when the hold is over."""
        body = given(
            event_type_id=held.event_type_id,
            slot_start=rfc3339(start),
            slot_duration=held.duration_minutes,
            reservation_duration=minutes,
        )
        route = "/slots/reservations/{uid}"
        return await self._write("PATCH", route, wire.read_reservation, body, uid=held.uid)

    async def release(self, uid: str) -> None:
        """Give a held slot back."""
        await self._write("DELETE", "/slots/reservations/{uid}", nothing, uid=uid)
