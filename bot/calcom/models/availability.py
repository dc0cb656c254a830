"""When somebody works: schedules, time off, connected calendars, limits."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum


class Weekday(StrEnum):
    """A day of the week by its English name; `Weekday.at(0)` is Monday, as in `date.weekday()`."""

    MONDAY = "Monday"
    TUESDAY = "Tuesday"
    WEDNESDAY = "Wednesday"
    THURSDAY = "Thursday"
    FRIDAY = "Friday"
    SATURDAY = "Saturday"
    SUNDAY = "Sunday"

    @classmethod
    def at(cls, index: int) -> "Weekday":
        """The day with this number, Monday being 0.

        >>> Weekday.at(date(2026, 11, 24).weekday()).value
        'Tuesday'
        """
        return list(cls)[index]

    @property
    def number(self) -> int:
        """Its number, Monday being 0."""
        return list(Weekday).index(self)


@dataclass(frozen=True, slots=True)
class Availability:
    """Working time on each of `days`, from `start` to `end`, wall time in the schedule's zone."""

    days: tuple[Weekday, ...]
    start: time
    end: time


@dataclass(frozen=True, slots=True)
class Override:
    """An exception: on `date` these hours hold instead; equal start and end mean the day is off."""

    date: date
    start: time
    end: time

    @property
    def off(self) -> bool:
        """Whether nothing can be booked that day."""
        return self.start == self.end


@dataclass(frozen=True, slots=True)
class Schedule:
    """A named set of working hours in `zone` (IANA)."""

    id: int
    name: str
    zone: str
    availability: tuple[Availability, ...] = ()
    overrides: tuple[Override, ...] = ()
    is_default: bool = False
    owner_id: int | None = None


@dataclass(frozen=True, slots=True)
class ScheduleChange:
    """What to set on a schedule; None leaves it. `availability` and `overrides` replace the whole list."""

    name: str | None = None
    zone: str | None = None
    availability: tuple[Availability, ...] | None = None
    overrides: tuple[Override, ...] | None = None
    is_default: bool | None = None


class AwayReason(StrEnum):
    """Why somebody is out of office."""

    UNSPECIFIED = "unspecified"
    VACATION = "vacation"
    TRAVEL = "travel"
    SICK = "sick"
    PUBLIC_HOLIDAY = "public_holiday"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class OutOfOffice:
    """Time off, whole UTC days: the service floors `start` to 00:00Z and raises `end` to 23:59:59.999Z."""

    id: int
    start: datetime
    end: datetime
    uuid: str | None = None
    user_id: int | None = None
    cover_user_id: int | None = None
    notes: str | None = None
    reason: AwayReason = AwayReason.UNSPECIFIED


@dataclass(frozen=True, slots=True)
class OutOfOfficeChange:
    """Time off to enter or to change; None leaves a value. Instants are aware."""

    start: datetime | None = None
    end: datetime | None = None
    notes: str | None = None
    cover_user_id: int | None = None
    reason: AwayReason | None = None


@dataclass(frozen=True, slots=True)
class ConnectedCalendar:
    """One calendar of a connected account; `selected` ones are checked for conflicts."""

    external_id: str
    credential_id: int
    name: str = ""
    integration: str = ""
    primary: bool = False
    selected: bool = False
    read_only: bool = False
    email: str | None = None


@dataclass(frozen=True, slots=True)
class Calendars:
    """All connected calendars, and where new bookings are written."""

    connected: tuple[ConnectedCalendar, ...] = ()
    destination: str | None = None

    @property
    def checked(self) -> tuple[ConnectedCalendar, ...]:
        """The calendars checked for conflicts."""
        return tuple(calendar for calendar in self.connected if calendar.selected)


@dataclass(frozen=True, slots=True)
class BusyTime:
    """A stretch in which a calendar is busy, half-open, UTC."""

    start: datetime
    end: datetime
    source: str | None = None


@dataclass(frozen=True, slots=True)
class BookingLimits:
    """How many bookings a person takes in all; None is no limit. Organisation members only."""

    per_day: int | None = None
    per_week: int | None = None
    per_month: int | None = None
    per_year: int | None = None
