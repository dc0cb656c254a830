"""Event types: what can be booked, under which rules, and what is asked of the attendee."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any


class SchedulingType(StrEnum):
    """How a team's event type shares bookings among its hosts."""

    COLLECTIVE = "collective"
    ROUND_ROBIN = "roundRobin"
    MANAGED = "managed"
    UNKNOWN = "unknown"


class FieldType(StrEnum):
    """The kinds of question a booking form has."""

    NAME = "name"
    SPLIT_NAME = "splitName"
    EMAIL = "email"
    PHONE = "phone"
    RADIO_INPUT = "radioInput"
    TEXT = "text"
    TEXTAREA = "textarea"
    NUMBER = "number"
    ADDRESS = "address"
    URL = "url"
    BOOLEAN = "boolean"
    SELECT = "select"
    MULTISELECT = "multiselect"
    RADIO = "radio"
    CHECKBOX = "checkbox"
    MULTIEMAIL = "multiemail"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class BookingField:
    """One question of the booking form, answered under `slug`.

    `raw` is the field as the service described it; it matters only for types this client does not know.
    """

    type: FieldType
    slug: str
    label: str = ""
    placeholder: str = ""
    required: bool = False
    hidden: bool = False
    options: tuple[str, ...] = ()
    is_default: bool = False
    disable_on_prefill: bool = False
    raw: Mapping[str, Any] = field(default_factory=dict, hash=False, repr=False)


class LocationKind(StrEnum):
    """Where a meeting takes place, and who names the place."""

    INTEGRATION = "integration"
    ADDRESS = "address"
    LINK = "link"
    PHONE = "phone"
    ATTENDEE_ADDRESS = "attendeeAddress"
    ATTENDEE_PHONE = "attendeePhone"
    ATTENDEE_DEFINED = "attendeeDefined"
    ORGANIZERS_DEFAULT_APP = "organizersDefaultApp"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ChosenLocation:
    """The place as a booking names it: `value` is an address, a phone number (E.164), a link or free text."""

    kind: LocationKind
    integration: str | None = None
    value: str | None = None


_ANSWERED_BY_ATTENDEE = {
    LocationKind.ATTENDEE_ADDRESS,
    LocationKind.ATTENDEE_PHONE,
    LocationKind.ATTENDEE_DEFINED,
}


@dataclass(frozen=True, slots=True)
class Location:
    """One place an event type offers.

    `integration` is the app's name for video ("cal-video", "google-meet"); `value` the address, link or
    phone the organiser fixed, present only when `public` or the credential is the owner's.
    """

    kind: LocationKind
    integration: str | None = None
    value: str | None = None
    public: bool = False

    @property
    def asks(self) -> bool:
        """Whether the attendee has to name the address, phone or place."""
        return self.kind in _ANSWERED_BY_ATTENDEE

    def chosen(self, answer: str | None = None) -> ChosenLocation:
        """This place as a booking sends it; `answer` is what the attendee named, for kinds that ask.

        >>> Location(LocationKind.ATTENDEE_PHONE).chosen("+14155550100").value
        '+14155550100'
        """
        return ChosenLocation(self.kind, self.integration, answer if self.asks else None)


class WindowKind(StrEnum):
    """How the booking window counts."""

    BUSINESS_DAYS = "businessDays"
    CALENDAR_DAYS = "calendarDays"
    RANGE = "range"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class BookingWindow:
    """How far ahead a type can be booked: `days` from now, or from `first` to `last` (both included).

    `rolling` windows always offer `days` available days.
    """

    kind: WindowKind
    days: int | None = None
    rolling: bool = False
    first: date | None = None
    last: date | None = None


class Frequency(StrEnum):
    """The step of a recurring event type."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"
    YEARLY = "yearly"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A series: every `interval` weeks, months or years, at most `occurrences` times."""

    frequency: Frequency
    interval: int
    occurrences: int


@dataclass(frozen=True, slots=True)
class Seats:
    """A type several people share: places per slot, and what a stranger may see of the others."""

    per_slot: int
    show_attendees: bool = False
    show_available: bool = False


@dataclass(frozen=True, slots=True)
class ConfirmationPolicy:
    """Bookings wait for the host: always, or when made less than `notice_minutes` before the start.

    `blocks` says whether an unconfirmed booking already takes its slot.
    """

    always: bool
    notice_minutes: int | None = None
    blocks: bool = False


@dataclass(frozen=True, slots=True)
class EventTypeHost:
    """Somebody who hosts an event type; `email` is rarely told."""

    id: int
    name: str = ""
    username: str | None = None
    email: str | None = None
    mandatory: bool = False
    priority: str | None = None
    avatar_url: str | None = None


@dataclass(frozen=True, slots=True)
class EventType:
    """What can be booked. All spans are whole minutes; `hosts` are the owner, or the team's hosts."""

    id: int
    slug: str
    title: str
    length_minutes: int
    description: str = ""
    lengths: tuple[int, ...] = ()
    owner_id: int | None = None
    hosts: tuple[EventTypeHost, ...] = ()
    team_id: int | None = None
    team_slug: str | None = None
    team_name: str | None = None
    scheduling_type: SchedulingType | None = None
    parent_id: int | None = None
    assign_all_members: bool = False
    booking_fields: tuple[BookingField, ...] = ()
    locations: tuple[Location, ...] = ()
    minimum_notice_minutes: int = 0
    before_buffer_minutes: int = 0
    after_buffer_minutes: int = 0
    slot_interval_minutes: int | None = None
    offset_start_minutes: int = 0
    booking_window: BookingWindow | None = None
    limits_count: Mapping[str, int] = field(default_factory=dict, hash=False)
    limits_minutes: Mapping[str, int] = field(default_factory=dict, hash=False)
    active_bookings_per_booker: int | None = None
    only_first_slot_of_day: bool = False
    recurrence: Recurrence | None = None
    seats: Seats | None = None
    confirmation: ConfirmationPolicy | None = None
    cancelling_disabled: bool = False
    rescheduling_disabled: bool = False
    rescheduling_disabled_minutes_before: int | None = None
    hidden: bool = False
    instant: bool = False
    guests_disabled: bool = False
    requires_email_verification: bool = False
    requires_authentication: bool = False
    price: float = 0
    currency: str = ""
    schedule_id: int | None = None
    custom_name: str | None = None
    booking_url: str | None = None
    metadata: Mapping[str, Any] = field(default_factory=dict, hash=False)

    @property
    def durations(self) -> tuple[int, ...]:
        """Every length in minutes it can be booked with, the default one included, ascending.

        >>> EventType(1, "chat", "Chat", 30, lengths=(60, 15)).durations
        (15, 30, 60)
        """
        return tuple(sorted({self.length_minutes, *self.lengths}))

    @property
    def bookable(self) -> bool:
        """False for a managed parent: only its children, the members' own types, can be booked."""
        return self.scheduling_type is not SchedulingType.MANAGED


class Off(StrEnum):
    """Take a rule away in a change, where None means: leave it as it is."""

    OFF = "off"


@dataclass(frozen=True, slots=True)
class EventTypeChange:
    """What to set on a new or existing event type; None leaves it (or takes the service's default).

    Creating needs `title`, `slug` and `length_minutes`. `scheduling_type`, `host_ids` and
    `assign_all_members` are for teams only.
    """

    title: str | None = None
    slug: str | None = None
    length_minutes: int | None = None
    lengths: tuple[int, ...] | None = None
    description: str | None = None
    hidden: bool | None = None
    minimum_notice_minutes: int | None = None
    before_buffer_minutes: int | None = None
    after_buffer_minutes: int | None = None
    slot_interval_minutes: int | None = None
    schedule_id: int | None = None
    booking_window: BookingWindow | Off | None = None
    recurrence: Recurrence | Off | None = None
    seats: Seats | Off | None = None
    confirmation: ConfirmationPolicy | Off | None = None
    locations: tuple[Location, ...] | None = None
    booking_fields: tuple[BookingField, ...] | None = None
    cancelling_disabled: bool | None = None
    rescheduling_disabled: bool | None = None
    scheduling_type: SchedulingType | None = None
    host_ids: tuple[int, ...] | None = None
    assign_all_members: bool | None = None
