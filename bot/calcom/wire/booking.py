"""Bookings as JSON (cal-api-version 2024-08-13)."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
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
    Name,
    Object,
    Text,
    Title,
    Wire,
    given,
    is_web_link,
    known,
    rfc3339,
)
from .slot import target_json


class HostWire(Wire):
    id: MaybeInt = None
    name: Name = ""
    email: MaybeText = None
    display_email: MaybeText = None
    username: MaybeText = None
    time_zone: MaybeText = None

    def domain(self) -> m.Host | None:
        # While nobody is assigned the service sends one host whose every value is "unknown".
        if self.id is None and self.name == "unknown" and self.username in (None, "unknown"):
            return None
        email = self.display_email or self.email
        return m.Host(self.name, self.id, email, self.username, self.time_zone)


class AttendeeWire(Wire):
    id: MaybeInt = None
    name: Name = ""
    email: MaybeText = None
    display_email: MaybeText = None
    time_zone: MaybeText = None
    language: MaybeText = None
    phone_number: MaybeText = None
    absent: Flag = False
    seat_uid: MaybeText = None
    booking_fields_responses: Object

    def domain(self) -> m.Attendee:
        return m.Attendee(
            name=self.name,
            email=self.display_email or self.email,
            zone=self.time_zone,
            language=self.language,
            phone=self.phone_number,
            absent=self.absent,
            seat_uid=self.seat_uid,
            id=self.id,
            responses=self.booking_fields_responses,
        )


class TypeRefWire(Wire):
    id: MaybeInt = None
    slug: MaybeText = None


class BookingWire(Wire):
    uid: str
    start: Instant
    end: MaybeInstant = None
    duration: MaybeInt = None
    status: MaybeText = None
    id: MaybeInt = None
    title: Title = ""
    description: Text = ""
    hosts: Each[HostWire] = ()
    attendees: Each[AttendeeWire] = ()
    guests: Each[str] = ()
    event_type_id: MaybeInt = None
    event_type: Maybe[TypeRefWire] = None
    location: MaybeText = None
    meeting_url: MaybeText = None
    metadata: Object
    booking_fields_responses: Object
    recurring_booking_uid: MaybeText = None
    seat_uid: MaybeText = None
    rescheduled_from_uid: MaybeText = None
    rescheduled_to_uid: MaybeText = None
    cancellation_reason: MaybeText = None
    cancelled_by_email: MaybeText = None
    rescheduling_reason: MaybeText = None
    rescheduled_by_email: MaybeText = None
    absent_host: Flag = False
    rating: MaybeInt = None
    ics_uid: MaybeText = None
    created_at: MaybeInstant = None
    updated_at: MaybeInstant = None

    def domain(self) -> m.Booking:
        place = self.location or self.meeting_url
        reference = self.event_type or TypeRefWire()
        return m.Booking(
            uid=self.uid,
            start=self.start,
            end=self._end(),
            status=known(m.BookingStatus, self.status, m.BookingStatus.UNKNOWN),
            id=self.id,
            title=self.title,
            description=self.description,
            hosts=tuple(host for wire in self.hosts if (host := wire.domain())),
            attendees=tuple(attendee.domain() for attendee in self.attendees),
            guests=self.guests,
            event_type_id=self.event_type_id if self.event_type_id is not None else reference.id,
            event_type_slug=reference.slug,
            location=place,
            meeting_url=next((link for link in (self.meeting_url, place) if is_web_link(link)), None),
            metadata=self.metadata,
            responses=self.booking_fields_responses,
            recurring_uid=self.recurring_booking_uid,
            seat_uid=self.seat_uid,
            rescheduled_from=self.rescheduled_from_uid,
            rescheduled_to=self.rescheduled_to_uid,
            cancellation_reason=self.cancellation_reason,
            cancelled_by=self.cancelled_by_email,
            rescheduling_reason=self.rescheduling_reason,
            rescheduled_by=self.rescheduled_by_email,
            absent_host=self.absent_host,
            rating=self.rating,
            ics_uid=self.ics_uid,
            created_at=self.created_at,
            updated_at=self.updated_at,
        )

    def _end(self) -> datetime:
        if self.end is not None:
            return self.end
        try:
            return (self.start + timedelta(minutes=self.duration or 0)).astimezone(UTC)
        except OverflowError as error:
            raise ValueError("no readable end") from error


def read_booking(data: Any) -> m.Booking:
    """One booking; of a list the first. Raises ValueError without its uid and start."""
    return read_bookings(data)[0]


def read_bookings(data: Any) -> tuple[m.Booking, ...]:
    """One or several bookings, as creating, fetching and cancelling answer. Raises ValueError when none."""
    if isinstance(data, list) and not data:
        raise ValueError("no booking")
    return tuple(BookingWire.model_validate(item).domain() for item in _as_list(data))


def _as_list(data: Any) -> list[Any]:
    return data if isinstance(data, list) else [data]


class PageWire(Wire):
    has_next_page: Flag = False
    has_more: Flag = False
    next_cursor: MaybeText = None
    total_items: MaybeInt = None
    remaining_items: MaybeInt = None


class BookingPageWire(Wire):
    data: list[Any]
    pagination: PageWire = PageWire()


def read_booking_page(body: Any) -> tuple[m.BookingList, str | None]:
    """One page out of the whole answer, and the cursor of the next."""
    wire = BookingPageWire.model_validate(body)
    page = wire.pagination
    bookings = tuple(BookingWire.model_validate(item).domain() for item in wire.data)
    more = page.has_next_page or page.has_more or page.next_cursor is not None or bool(page.remaining_items)
    return m.BookingList(bookings, more, page.total_items), page.next_cursor


def filter_params(wanted: m.BookingFilter) -> tuple[tuple[str, str], ...]:
    """The query string of a filter, paging left out."""
    moments = given(
        after_start=wanted.after_start,
        before_end=wanted.before_end,
        after_created_at=wanted.created_after,
        before_created_at=wanted.created_before,
        after_updated_at=wanted.updated_after,
        before_updated_at=wanted.updated_before,
    )
    params = given(
        status=",".join(wanted.buckets) or None,
        attendee_email=wanted.attendee_email,
        attendee_name=wanted.attendee_name,
        booking_uid=wanted.booking_uid,
        event_type_ids=_joined(wanted.event_type_ids),
        teams_ids=_joined(wanted.team_ids),
        user_ids=_joined(wanted.user_ids),
        sort_start=wanted.sort_start,
        sort_end=wanted.sort_end,
        sort_created=wanted.sort_created,
        sort_updated_at=wanted.sort_updated,
    )
    texts = {name: str(value) for name, value in params.items()}
    return tuple({**texts, **{name: rfc3339(moment) for name, moment in moments.items()}}.items())


def _joined(numbers: tuple[int, ...]) -> str | None:
    return ",".join(str(number) for number in numbers) or None


def booking_json(new: m.NewBooking) -> dict[str, Any]:
    """The body that makes a booking; unknown names are refused by the service, so only what is set goes."""
    who = new.attendee
    return {
        **target_json(new.target),
        "start": rfc3339(new.start),
        "attendee": given(
            name=who.name,
            time_zone=who.zone,
            email=who.email,
            phone_number=who.phone,
            language=who.language,
        ),
        **given(
            guests=list(new.guests) or None,
            booking_fields_responses=answered(new.responses) or None,
            location=place_json(new.location) if new.location else None,
            metadata=dict(new.metadata) or None,
            length_in_minutes=new.duration_minutes,
            recurrence_count=new.recurrence_count,
            instant=True if new.instant else None,
            email_verification_code=new.email_verification_code,
            allow_conflicts=True if new.allow_conflicts else None,
            allow_booking_out_of_bounds=True if new.allow_out_of_bounds else None,
        ),
    }


def answered(responses: Mapping[str, Any]) -> dict[str, Any]:
    """Answers without the unanswered: the service takes null for a wrong type."""
    return {
        slug: list(value) if isinstance(value, tuple) else value
        for slug, value in responses.items()
        if value is not None
    }


_NAMED = {
    m.LocationKind.ATTENDEE_ADDRESS: "address",
    m.LocationKind.ATTENDEE_PHONE: "phone",
    m.LocationKind.ATTENDEE_DEFINED: "location",
}
_NAMED_WHEN_CHANGED = {
    **_NAMED,
    m.LocationKind.ADDRESS: "address",
    m.LocationKind.LINK: "link",
    m.LocationKind.PHONE: "phone",
}


def place_json(place: m.ChosenLocation) -> dict[str, Any]:
    """The place a new booking chooses; fixed places are chosen by their kind alone."""
    return _place(place, _NAMED)


def new_place_json(place: m.ChosenLocation) -> dict[str, Any]:
    """The place an existing booking moves to; here every kind names its value."""
    return _place(place, _NAMED_WHEN_CHANGED)


def _place(place: m.ChosenLocation, named: dict[m.LocationKind, str]) -> dict[str, Any]:
    shape: dict[str, Any] = {"type": str(place.kind)}
    if place.integration and place.kind is m.LocationKind.INTEGRATION:
        shape["integration"] = place.integration
    if (name := named.get(place.kind)) and place.value:
        shape[name] = place.value
    return shape
