"""Making, finding, moving and ending bookings."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.calcom import models as m
from bot.calcom.transport import Params
from bot.calcom.versions import BOOKINGS_CURSOR
from bot.calcom.wire import booking as wire
from bot.calcom.wire.lenient import given, rfc3339

from .base import Resource, nothing

_ROUTES = {
    m.BookingOwner.SELF: "/bookings",
    m.BookingOwner.TEAM: "/teams/{id}/bookings",
    m.BookingOwner.ORGANIZATION: "/organizations/{id}/bookings",
}
_PAGE = 100
_CURSOR_PAGE = 100
_OWN = m.BookingScope()


class BookingsApi(Resource):
    """The booking itself. Who knows a booking's uid can see, move and cancel it: treat it as a secret."""

    async def create_booking(self, new: m.NewBooking) -> tuple[m.Booking, ...]:
        """Book. A recurring event type gives its whole series, everything else one booking.

        Raises SlotTaken, TooSoon, InThePast, SeatsFull, MissingField, WrongAnswer, LimitReached, NotAllowed,
        NoHost, CodeNeeded, ...; Unavailable with `maybe_done` when it may have been booked all the same.
        """
        return await self._write("POST", "/bookings", self._bookings, wire.booking_json(new))

    async def booking(self, uid: str) -> m.Booking:
        """One booking by uid; of a whole series the first."""
        return (await self.series(uid))[0]

    async def series(self, uid: str) -> tuple[m.Booking, ...]:
        """All bookings under a recurring uid, or the one under its own uid."""
        return await self._get("/bookings/{uid}", self._bookings, uid=uid)

    async def booking_by_seat(self, seat_uid: str) -> m.Booking:
        """The shared booking a seat belongs to."""
        return await self._get("/bookings/by-seat/{seat_uid}", self._booking, seat_uid=seat_uid)

    async def bookings(
        self,
        wanted: m.BookingFilter | None = None,
        *,
        at_most: int = 500,
        scope: m.BookingScope = _OWN,
        paging: m.Paging = m.Paging.PAGES,
    ) -> m.BookingList:
        """Bookings that fit, at most `at_most`, over as many pages as that takes.

        An organisation admin's own list holds other people's bookings as well: filter by host or attendee.
        With a cursor the order is the service's (soonest first for what is ahead, else latest first), and
        several buckets follow one another.
        """
        wanted = wanted or m.BookingFilter()
        if paging is m.Paging.PAGES or scope.owner is m.BookingOwner.TEAM:
            return await self._by_pages(wanted, at_most, scope)
        return await self._by_cursor(wanted, at_most, scope)

    async def reschedule(
        self,
        uid: str,
        start: datetime,
        *,
        reason: str | None = None,
        by: str | None = None,
        seat_uid: str | None = None,
    ) -> m.Booking:
        """Move to `start` (aware). Answers with a NEW booking; the old uid is cancelled and points to it.

        `by` is the e-mail of who moves it: the host's confirms at once. The length becomes the event type's
        default. Raises SlotTaken, TooSoon, AlreadyCancelled (`moved_to` names the successor), SeatNeeded, ...
        """
        body = given(start=rfc3339(start), rescheduling_reason=reason, rescheduled_by=by, seat_uid=seat_uid)
        return await self._write("POST", "/bookings/{uid}/reschedule", self._booking, body, uid=uid)

    async def cancel(
        self, uid: str, *, reason: str | None = None, following: bool = False, seat_uid: str | None = None
    ) -> tuple[m.Booking, ...]:
        """Cancel one booking, this and the `following` of its series, a whole series by its recurring uid,
        or one seat. Raises ReasonNeeded when a host gives none, AlreadyCancelled, AlreadyOver, SeatNeeded."""
        body = given(
            cancellation_reason=reason,
            cancel_subsequent_bookings=True if following and seat_uid is None else None,
            seat_uid=seat_uid,
        )
        return await self._write("POST", "/bookings/{uid}/cancel", self._bookings, body, uid=uid)

    async def confirm(self, uid: str) -> m.Booking:
        """Accept a pending booking, as its host."""
        return await self._write("POST", "/bookings/{uid}/confirm", self._booking, {}, uid=uid)

    async def decline(self, uid: str, reason: str | None = None) -> m.Booking:
        """Turn a pending booking down, as its host."""
        body = given(reason=reason)
        return await self._write("POST", "/bookings/{uid}/decline", self._booking, body, uid=uid)

    async def request_reschedule(self, uid: str, reason: str | None = None) -> None:
        """Ask the attendee for another time; the booking is cancelled by that."""
        body = given(reschedule_reason=reason)
        await self._write("POST", "/bookings/{uid}/request-reschedule", nothing, body, uid=uid)

    async def _by_pages(self, wanted: m.BookingFilter, at_most: int, scope: m.BookingScope) -> m.BookingList:
        filters, take = wire.filter_params(wanted), min(_PAGE, at_most)
        found: dict[str, m.Booking] = {}
        page, skip = m.BookingList(more=True), 0
        while page.more and len(found) < at_most:
            params = (*filters, ("take", str(take)), ("skip", str(skip)))
            page, _ = await self._page(params, scope)
            found |= {booking.uid: booking for booking in page}
            skip += take
            if not page.bookings:
                break
        return _cut(found, at_most, page.more, page.total)

    async def _by_cursor(self, wanted: m.BookingFilter, at_most: int, scope: m.BookingScope) -> m.BookingList:
        found: dict[str, m.Booking] = {}
        more = False
        filters = [pair for pair in wire.filter_params(wanted) if pair[0] != "status"]
        for bucket in wanted.buckets or (None,):
            status = [("status", str(bucket))] if bucket else []
            cursor: str | None = None
            while len(found) < at_most:
                limit = str(min(_CURSOR_PAGE, at_most - len(found)))
                here = [("cursor", cursor)] if cursor else []
                params = (*filters, *status, ("limit", limit), *here)
                page, cursor = await self._page(params, scope, BOOKINGS_CURSOR)
                found |= {booking.uid: booking for booking in page}
                more = cursor is not None
                if cursor is None or not page.bookings:
                    break
        return _cut(found, at_most, more, None)

    async def _page(
        self, params: Params, scope: m.BookingScope, version: str | None = None
    ) -> tuple[m.BookingList, str | None]:
        names = {} if scope.id is None else {"id": scope.id}
        return await self._get(
            _ROUTES[scope.owner],
            self._read_page,
            params=params,
            version=version,
            enveloped=False,
            **names,
        )

    def _read_page(self, body: Any) -> tuple[m.BookingList, str | None]:
        page, cursor = wire.read_booking_page(body)
        return replace(page, bookings=tuple(map(self._shared.meetings.vetted, page.bookings))), cursor


def _cut(found: dict[str, m.Booking], at_most: int, more: bool, total: int | None) -> m.BookingList:
    bookings = tuple(found.values())
    return m.BookingList(bookings[:at_most], more or len(bookings) > at_most, total)
