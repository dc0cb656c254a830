"""Schedules (cal-api-version 2024-06-11), time off, calendars and limits as JSON."""

from typing import Any

import bot.calcom.models as m

from .lenient import (
    Each,
    Flag,
    Instant,
    Maybe,
    MaybeInstant,
    MaybeInt,
    MaybeText,
    Text,
    Wire,
    given,
    known,
    maybe_date,
    maybe_time,
    rfc3339,
)

_DAYS = {str(day): day for day in m.Weekday}


class HoursWire(Wire):
    days: Each[str] = ()
    start_time: Any = None
    end_time: Any = None

    def domain(self) -> m.Availability | None:
        start, end = maybe_time(self.start_time), maybe_time(self.end_time)
        days = tuple(_DAYS[day] for day in self.days if day in _DAYS)
        return m.Availability(days, start, end) if days and start is not None and end is not None else None


class OverrideWire(Wire):
    date: Any = None
    start_time: Any = None
    end_time: Any = None

    def domain(self) -> m.Override | None:
        day, start, end = maybe_date(self.date), maybe_time(self.start_time), maybe_time(self.end_time)
        return m.Override(day, start, end) if day and start is not None and end is not None else None


class ScheduleWire(Wire):
    id: int
    name: Text = ""
    time_zone: MaybeText = None
    availability: Each[HoursWire] = ()
    overrides: Each[OverrideWire] = ()
    is_default: Flag = False
    owner_id: MaybeInt = None

    def domain(self) -> m.Schedule:
        return m.Schedule(
            id=self.id,
            name=self.name,
            zone=self.time_zone or "UTC",
            availability=tuple(hours for wire in self.availability if (hours := wire.domain())),
            overrides=tuple(day for wire in self.overrides if (day := wire.domain())),
            is_default=self.is_default,
            owner_id=self.owner_id,
        )


def read_schedule(data: Any) -> m.Schedule:
    """One schedule. Raises ValueError without an id."""
    return ScheduleWire.model_validate(data).domain()


def read_maybe_schedule(data: Any) -> m.Schedule | None:
    """A schedule, or None where the account has none."""
    return None if data is None else read_schedule(data)


def schedule_json(change: m.ScheduleChange) -> dict[str, Any]:
    """The body that creates or changes a schedule."""
    hours = None
    if change.availability is not None:
        hours = [
            {"days": [str(day) for day in one.days], "startTime": f"{one.start:%H:%M}", "endTime": f"{one.end:%H:%M}"}
            for one in change.availability
        ]
    overrides = None
    if change.overrides is not None:
        overrides = [
            {"date": str(one.date), "startTime": f"{one.start:%H:%M}", "endTime": f"{one.end:%H:%M}"}
            for one in change.overrides
        ]
    return given(
        name=change.name,
        time_zone=change.zone,
        availability=hours,
        overrides=overrides,
        is_default=change.is_default,
    )


class AwayWire(Wire):
    id: int
    start: Instant
    end: Instant
    uuid: MaybeText = None
    user_id: MaybeInt = None
    to_user_id: MaybeInt = None
    notes: MaybeText = None
    reason: MaybeText = None

    def domain(self) -> m.OutOfOffice:
        reason = known(m.AwayReason, self.reason, m.AwayReason.UNKNOWN) if self.reason else None
        return m.OutOfOffice(
            id=self.id,
            start=self.start,
            end=self.end,
            uuid=self.uuid,
            user_id=self.user_id,
            cover_user_id=self.to_user_id,
            notes=self.notes,
            reason=reason or m.AwayReason.UNSPECIFIED,
        )


def read_away(data: Any) -> m.OutOfOffice:
    """One entry of time off."""
    return AwayWire.model_validate(data).domain()


def away_json(change: m.OutOfOfficeChange) -> dict[str, Any]:
    """The body that enters or changes time off."""
    return given(
        start=rfc3339(change.start) if change.start else None,
        end=rfc3339(change.end) if change.end else None,
        notes=change.notes,
        to_user_id=change.cover_user_id,
        reason=str(change.reason) if change.reason else None,
    )


class CalendarWire(Wire):
    external_id: str
    credential_id: MaybeInt = None
    name: Text = ""
    integration: Text = ""
    primary: Flag = False
    is_selected: Flag = False
    read_only: Flag = False
    email: MaybeText = None


class AccountWire(Wire):
    credential_id: MaybeInt = None
    calendars: Each[CalendarWire] = ()


class DestinationWire(Wire):
    external_id: MaybeText = None


class CalendarsWire(Wire):
    connected_calendars: Each[AccountWire] = ()
    destination_calendar: Maybe[DestinationWire] = None


def read_calendars(data: Any) -> m.Calendars:
    """All connected calendars in one flat list."""
    wire = CalendarsWire.model_validate(data)
    connected = tuple(
        m.ConnectedCalendar(
            external_id=calendar.external_id,
            credential_id=number,
            name=calendar.name,
            integration=calendar.integration,
            primary=calendar.primary,
            selected=calendar.is_selected,
            read_only=calendar.read_only,
            email=calendar.email,
        )
        for account in wire.connected_calendars
        for calendar in account.calendars
        if (number := calendar.credential_id if calendar.credential_id is not None else account.credential_id)
        is not None
    )
    destination = wire.destination_calendar
    return m.Calendars(connected, destination.external_id if destination else None)


class BusyWire(Wire):
    start: MaybeInstant = None
    end: MaybeInstant = None
    source: MaybeText = None


class ListsWire(Wire):
    schedules: Each[ScheduleWire] = ()
    aways: Each[AwayWire] = ()
    busy: Each[BusyWire] = ()


def _items(name: str, data: Any) -> ListsWire:
    if not isinstance(data, list):
        raise ValueError("not a list")
    return ListsWire.model_validate({name: data})


def read_schedules(data: Any) -> tuple[m.Schedule, ...]:
    """All schedules of the account."""
    return tuple(wire.domain() for wire in _items("schedules", data).schedules)


def read_aways(data: Any) -> tuple[m.OutOfOffice, ...]:
    """All time off."""
    return tuple(wire.domain() for wire in _items("aways", data).aways)


def read_busy_times(data: Any) -> tuple[m.BusyTime, ...]:
    """Busy stretches in ascending order."""
    found = [
        m.BusyTime(wire.start, wire.end, wire.source)
        for wire in _items("busy", data).busy
        if wire.start is not None and wire.end is not None and wire.start < wire.end
    ]
    return tuple(sorted(found, key=lambda busy: (busy.start, busy.end)))


class LimitsWire(Wire):
    per_day: MaybeInt = None
    per_week: MaybeInt = None
    per_month: MaybeInt = None
    per_year: MaybeInt = None


def read_booking_limits(data: Any) -> m.BookingLimits:
    """A person's own limits."""
    wire = LimitsWire.model_validate(data or {})
    return m.BookingLimits(wire.per_day, wire.per_week, wire.per_month, wire.per_year)


def booking_limits_json(limits: m.BookingLimits) -> dict[str, int | None]:
    """All four limits; null takes one away."""
    return {
        "perDay": limits.per_day,
        "perWeek": limits.per_week,
        "perMonth": limits.per_month,
        "perYear": limits.per_year,
    }
