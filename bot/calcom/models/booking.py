"""Bookings, as made and as found."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from .event_type import ChosenLocation
from .slot import EventTarget


class BookingStatus(StrEnum):
    """Where a booking stands; pending waits for the host, awaiting_host is an instant one still ringing."""

    ACCEPTED = "accepted"
    PENDING = "pending"
    CANCELLED = "cancelled"
    REJECTED = "rejected"
    AWAITING_HOST = "awaiting_host"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Host:
    """A host of a booking. All but `name` may be missing while no host is assigned."""

    name: str
    id: int | None = None
    email: str | None = None
    username: str | None = None
    zone: str | None = None


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody who attends. `seat_uid` and `responses` are set on seated bookings, `id` in attendee lists."""

    name: str
    email: str | None = None
    zone: str | None = None
    language: str | None = None
    phone: str | None = None
    absent: bool = False
    seat_uid: str | None = None
    id: int | None = None
    responses: Mapping[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Booking:
    """A booking; `start`, `end` and the other instants are aware, in UTC.

    A reschedule makes a new booking: the old one is cancelled and names the new in `rescheduled_to`.
    `meeting_url` is set only when the place is a web link; `location` is the place as text.
    """

    uid: str
    start: datetime
    end: datetime
    status: BookingStatus
    id: int | None = None
    title: str = ""
    description: str = ""
    hosts: tuple[Host, ...] = ()
    attendees: tuple[Attendee, ...] = ()
    guests: tuple[str, ...] = ()
    event_type_id: int | None = None
    event_type_slug: str | None = None
    location: str | None = None
    meeting_url: str | None = None
    metadata: Mapping[str, Any] = field(default_factory=dict, hash=False)
    responses: Mapping[str, Any] = field(default_factory=dict, hash=False)
    recurring_uid: str | None = None
    seat_uid: str | None = None
    rescheduled_from: str | None = None
    rescheduled_to: str | None = None
    cancellation_reason: str | None = None
    cancelled_by: str | None = None
    rescheduling_reason: str | None = None
    rescheduled_by: str | None = None
    absent_host: bool = False
    rating: int | None = None
    ics_uid: str | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None

    @property
    def minutes(self) -> int:
        """Its length in whole minutes."""
        return round((self.end - self.start).total_seconds() / 60)

    @property
    def live(self) -> bool:
        """Whether it still takes place or may (accepted, pending, ringing)."""
        return self.status not in (BookingStatus.CANCELLED, BookingStatus.REJECTED)


@dataclass(frozen=True, slots=True)
class NewAttendee:
    """Who books. `zone` is IANA, `phone` E.164, `email` may be missing only for phone-only event types."""

    name: str
    zone: str
    email: str | None = None
    phone: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class NewBooking:
    """A booking to make at `start` (aware).

    `responses` answer the event type's booking fields by slug, with the JSON type each field wants; name,
    e-mail, guests and place do not belong there. `duration_minutes` only for types with several lengths.
    """

    target: EventTarget
    start: datetime
    attendee: NewAttendee
    guests: tuple[str, ...] = ()
    responses: Mapping[str, Any] = field(default_factory=dict, hash=False)
    location: ChosenLocation | None = None
    metadata: Mapping[str, str] = field(default_factory=dict, hash=False)
    duration_minutes: int | None = None
    recurrence_count: int | None = None
    instant: bool = False
    email_verification_code: str | None = None
    allow_conflicts: bool = False
    allow_out_of_bounds: bool = False


class Bucket(StrEnum):
    """The lists a calendar's owner sees; a booking can be in several."""

    UPCOMING = "upcoming"
    RECURRING = "recurring"
    PAST = "past"
    CANCELLED = "cancelled"
    UNCONFIRMED = "unconfirmed"


class Sort(StrEnum):
    """An order for lists."""

    ASCENDING = "asc"
    DESCENDING = "desc"


@dataclass(frozen=True, slots=True)
class BookingFilter:
    """Which bookings; everything given must hold. Instants are aware.

    `buckets` empty means any. `user_ids` works only for an organisation's list.
    """

    buckets: tuple[Bucket, ...] = ()
    attendee_email: str | None = None
    attendee_name: str | None = None
    booking_uid: str | None = None
    event_type_ids: tuple[int, ...] = ()
    team_ids: tuple[int, ...] = ()
    user_ids: tuple[int, ...] = ()
    after_start: datetime | None = None
    before_end: datetime | None = None
    created_after: datetime | None = None
    created_before: datetime | None = None
    updated_after: datetime | None = None
    updated_before: datetime | None = None
    sort_start: Sort | None = None
    sort_end: Sort | None = None
    sort_created: Sort | None = None
    sort_updated: Sort | None = None


class BookingOwner(StrEnum):
    """Whose bookings a list holds."""

    SELF = "self"
    TEAM = "team"
    ORGANIZATION = "organization"


@dataclass(frozen=True, slots=True)
class BookingScope:
    """One's own bookings (needs no id; an organisation's admin sees its members' too), a team's, or an
    organisation's."""

    owner: BookingOwner = BookingOwner.SELF
    id: int | None = None


class Paging(StrEnum):
    """Take and skip (exact order, several buckets), or a cursor (one bucket, stable under change)."""

    PAGES = "pages"
    CURSOR = "cursor"


@dataclass(frozen=True, slots=True)
class BookingList:
    """Bookings as listed; `more` says the service holds others that fit the filter."""

    bookings: tuple[Booking, ...] = ()
    more: bool = False
    total: int | None = None

    def __iter__(self) -> Iterator[Booking]:
        return iter(self.bookings)

    def __len__(self) -> int:
        return len(self.bookings)


@dataclass(frozen=True, slots=True)
class NewGuest:
    """A guest to add to a booking that exists."""

    email: str
    name: str | None = None
    zone: str | None = None
    phone: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class CalendarLink:
    """A link that adds the booking to a calendar ("Google Calendar", "ICS", ...)."""

    label: str
    link: str


@dataclass(frozen=True, slots=True)
class BookingReference:
    """The booking's copy in a calendar or video app."""

    type: str
    event_uid: str | None = None
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Recording:
    """A recording of the meeting; `download_link` works for an hour."""

    id: str
    status: str
    started: datetime | None = None
    seconds: int | None = None
    download_link: str | None = None


@dataclass(frozen=True, slots=True)
class TranscriptLine:
    """Something said in a meeting. People wrote none of our words here: treat it as foreign text."""

    text: str
    speaker: str | None = None

    def __str__(self) -> str:
        return f"{self.speaker}: {self.text}" if self.speaker else self.text


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody who was in the video room, from `joined` (UTC) for `seconds`."""

    name: str | None = None
    joined: datetime | None = None
    seconds: int | None = None


@dataclass(frozen=True, slots=True)
class ConferencingSession:
    """One sitting in the video room."""

    id: str
    started: datetime | None = None
    seconds: int | None = None
    ongoing: bool = False
    participants: tuple[Participant, ...] = ()


@dataclass(frozen=True, slots=True)
class Reassigned:
    """Who hosts now."""

    booking_uid: str
    user_id: int | None = None
    name: str = ""
    email: str | None = None
