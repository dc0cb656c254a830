"""Working hours, time off, connected calendars, limits."""

from datetime import date

from bot.calcom import models as m
from bot.calcom.wire import availability as wire

from .base import Resource, nothing


class AvailabilityApi(Resource):
    """When the credential's owner works. All need a credential."""

    async def schedules(self) -> tuple[m.Schedule, ...]:
        """All schedules."""
        return await self._get("/schedules", wire.read_schedules)

    async def default_schedule(self) -> m.Schedule | None:
        """The one event types use unless they name another; None where there is none."""
        return await self._get("/schedules/default", wire.read_maybe_schedule)

    async def schedule(self, schedule_id: int) -> m.Schedule:
        """One schedule."""
        return await self._get("/schedules/{id}", wire.read_schedule, id=schedule_id)

    async def create_schedule(self, new: m.ScheduleChange) -> m.Schedule:
        """Make a schedule; needs name, zone and `is_default`. Without hours: Monday to Friday, 9 to 17."""
        return await self._write("POST", "/schedules", wire.read_schedule, wire.schedule_json(new))

    async def update_schedule(self, schedule_id: int, change: m.ScheduleChange) -> m.Schedule:
        """Change a schedule. Given hours and overrides replace the whole list: merge before."""
        body = wire.schedule_json(change)
        return await self._write("PATCH", "/schedules/{id}", wire.read_schedule, body, id=schedule_id)

    async def delete_schedule(self, schedule_id: int) -> None:
        """Delete a schedule."""
        await self._write("DELETE", "/schedules/{id}", nothing, id=schedule_id)

    async def out_of_office(self) -> tuple[m.OutOfOffice, ...]:
        """Time off that is entered."""
        params = (("take", "250"), ("sortStart", "asc"))
        return await self._get("/me/ooo", wire.read_aways, params=params)

    async def create_out_of_office(self, new: m.OutOfOfficeChange) -> m.OutOfOffice:
        """Enter time off; needs start and end. The service widens both to whole UTC days."""
        return await self._write("POST", "/me/ooo", wire.read_away, wire.away_json(new))

    async def update_out_of_office(self, away_id: int, change: m.OutOfOfficeChange) -> m.OutOfOffice:
        """Change time off."""
        return await self._write("PATCH", "/me/ooo/{id}", wire.read_away, wire.away_json(change), id=away_id)

    async def delete_out_of_office(self, away_id: int) -> None:
        """Take time off back."""
        await self._write("DELETE", "/me/ooo/{id}", nothing, id=away_id)

    async def calendars(self) -> m.Calendars:
        """The connected calendars."""
        return await self._get("/calendars", wire.read_calendars)

    async def busy_times(
        self, calendars: tuple[m.ConnectedCalendar, ...], first: date, last: date, zone: str
    ) -> tuple[m.BusyTime, ...]:
        """When these calendars are busy, from the day `first` to `last` (both included) in `zone` (IANA)."""
        if not calendars:
            return ()
        params = [("timeZone", zone), ("dateFrom", str(first)), ("dateTo", str(last))]
        for index, calendar in enumerate(calendars):
            params.append((f"calendarsToLoad[{index}][credentialId]", str(calendar.credential_id)))
            params.append((f"calendarsToLoad[{index}][externalId]", calendar.external_id))
        return await self._get("/calendars/busy-times", wire.read_busy_times, params=tuple(params))

    async def booking_limits(self) -> m.BookingLimits:
        """How many bookings one takes in all. Raises Forbidden outside organisations."""
        return await self._get("/me/booking-limits", wire.read_booking_limits)

    async def set_booking_limits(self, limits: m.BookingLimits) -> m.BookingLimits:
        """Set all four limits; None takes one away."""
        body = wire.booking_limits_json(limits)
        return await self._write("PATCH", "/me/booking-limits", wire.read_booking_limits, body)

    async def delete_booking_limits(self) -> None:
        """Take every limit away."""
        await self._write("DELETE", "/me/booking-limits", nothing)
