"""Event types as JSON (cal-api-version 2024-06-14)."""

from typing import Any

import bot.calcom.models as m

from .lenient import (
    Each,
    Flag,
    Float,
    Maybe,
    MaybeInt,
    MaybeText,
    Object,
    Text,
    Wire,
    known,
    maybe_date,
)


class HostWire(Wire):
    user_id: MaybeInt = None
    id: MaybeInt = None
    name: Text = ""
    username: MaybeText = None
    email: MaybeText = None
    mandatory: Flag = False
    priority: MaybeText = None
    avatar_url: MaybeText = None

    def domain(self) -> m.EventTypeHost | None:
        number = self.user_id if self.user_id is not None else self.id
        if number is None:
            return None
        return m.EventTypeHost(
            number, self.name, self.username, self.email, self.mandatory, self.priority, self.avatar_url
        )


class TeamRefWire(Wire):
    id: MaybeInt = None
    slug: MaybeText = None
    name: MaybeText = None


class WindowWire(Wire):
    type: MaybeText = None
    value: Any = None
    rolling: Flag = False
    disabled: Flag = False

    def domain(self) -> m.BookingWindow | None:
        if self.disabled or self.type is None:
            return None
        kind = known(m.WindowKind, self.type, m.WindowKind.UNKNOWN)
        if kind is m.WindowKind.RANGE:
            ends = self.value if isinstance(self.value, list) and len(self.value) == 2 else [None, None]
            return m.BookingWindow(kind, first=maybe_date(ends[0]), last=maybe_date(ends[1]))
        days = int(self.value) if isinstance(self.value, (int, float)) else None
        return m.BookingWindow(kind, days, self.rolling)


class RecurrenceWire(Wire):
    interval: int
    occurrences: int
    frequency: Text

    def domain(self) -> m.Recurrence:
        frequency = known(m.Frequency, self.frequency, m.Frequency.UNKNOWN)
        return m.Recurrence(frequency, self.interval, self.occurrences)


class SeatsWire(Wire):
    seats_per_time_slot: int
    show_attendee_info: Flag = False
    show_availability_count: Flag = False


class NoticeWire(Wire):
    unit: Text = ""
    count: MaybeInt = None


_MINUTES = {"minute": 1, "hour": 60, "day": 1440, "week": 10080, "month": 43200}


class ConfirmationWire(Wire):
    type: MaybeText = None
    notice_threshold: Maybe[NoticeWire] = None
    block_unconfirmed_bookings_in_booker: Flag = False
    disabled: Flag = False

    def domain(self) -> m.ConfirmationPolicy | None:
        if self.disabled or self.type is None:
            return None
        notice = None
        if self.notice_threshold is not None and self.notice_threshold.count is not None:
            notice = self.notice_threshold.count * _MINUTES.get(self.notice_threshold.unit.rstrip("s"), 1)
        return m.ConfirmationPolicy(self.type != "time", notice, self.block_unconfirmed_bookings_in_booker)


class DisabledWire(Wire):
    disabled: Flag = False
    minutes_before: MaybeInt = None


class BookerLimitWire(Wire):
    maximum_active_bookings: MaybeInt = None


class LocationWire(Wire):
    type: Text
    integration: MaybeText = None
    address: MaybeText = None
    link: MaybeText = None
    phone: MaybeText = None
    location: MaybeText = None
    public: Flag = False

    def domain(self) -> m.Location:
        kind = known(m.LocationKind, self.type, m.LocationKind.UNKNOWN)
        value = self.address or self.link or self.phone or self.location
        return m.Location(kind, self.integration, value, self.public)


def _field(raw: dict[str, Any]) -> m.BookingField | None:
    """One question; those of a type not known here pass through with their raw form."""
    inner = raw.get("bookingField")
    described: dict[str, Any] = inner if raw.get("type") == "unknown" and isinstance(inner, dict) else raw
    slug = described.get("slug") or described.get("name") or raw.get("slug")
    if not isinstance(slug, str):
        return None
    text = {key: value for key, value in described.items() if isinstance(value, str)}
    return m.BookingField(
        type=known(m.FieldType, text.get("type"), m.FieldType.UNKNOWN),
        slug=slug,
        label=text.get("label") or text.get("firstNameLabel") or "",
        placeholder=text.get("placeholder", ""),
        required=described.get("required") is True,
        hidden=described.get("hidden") is True,
        options=_options(described.get("options")),
        is_default=(raw.get("isDefault") is True),
        disable_on_prefill=described.get("disableOnPrefill") is True,
        raw=raw,
    )


def _options(options: Any) -> tuple[str, ...]:
    """Options are plain strings; unknown fields keep the inner form, objects with a value."""
    if not isinstance(options, list):
        return ()
    values = [option.get("value") if isinstance(option, dict) else option for option in options]
    return tuple(value for value in values if isinstance(value, str))


class EventTypeWire(Wire):
    id: int
    slug: Text
    title: Text = ""
    length_in_minutes: int
    length_in_minutes_options: Each[MaybeInt] = ()
    description: Text = ""
    owner_id: MaybeInt = None
    users: Each[HostWire] = ()
    hosts: Each[HostWire] = ()
    team_id: MaybeInt = None
    team: Maybe[TeamRefWire] = None
    scheduling_type: MaybeText = None
    parent_event_type_id: MaybeInt = None
    assign_all_team_members: Flag = False
    booking_fields: Each[dict[str, Any]] = ()
    locations: Each[LocationWire] = ()
    minimum_booking_notice: MaybeInt = None
    before_event_buffer: MaybeInt = None
    after_event_buffer: MaybeInt = None
    slot_interval: MaybeInt = None
    offset_start: MaybeInt = None
    booking_window: Any = None
    booking_limits_count: Object
    booking_limits_duration: Object
    booker_active_bookings_limit: Maybe[BookerLimitWire] = None
    only_show_first_available_slot: Flag = False
    recurrence: Maybe[RecurrenceWire] = None
    seats: Maybe[SeatsWire] = None
    seats_per_time_slot: MaybeInt = None
    seats_show_availability_count: Flag = False
    confirmation_policy: Maybe[ConfirmationWire] = None
    disable_cancelling: Maybe[DisabledWire] = None
    disable_rescheduling: Maybe[DisabledWire] = None
    hidden: Flag = False
    is_instant_event: Flag = False
    disable_guests: Flag = False
    requires_booker_email_verification: Flag = False
    booking_requires_authentication: Flag = False
    price: Float = 0.0
    currency: Text = ""
    schedule_id: MaybeInt = None
    custom_name: MaybeText = None
    booking_url: MaybeText = None
    metadata: Object

    def domain(self) -> m.EventType:
        moving = self.disable_rescheduling or DisabledWire()
        seats = self._seats()
        return m.EventType(
            id=self.id,
            slug=self.slug,
            title=self.title,
            length_minutes=self.length_in_minutes,
            description=self.description,
            lengths=tuple(length for length in self.length_in_minutes_options if length),
            owner_id=self.owner_id,
            hosts=tuple(host for wire in self.hosts or self.users if (host := wire.domain())),
            team_id=self.team_id or (self.team.id if self.team else None),
            team_slug=self.team.slug if self.team else None,
            team_name=self.team.name if self.team else None,
            scheduling_type=(
                known(m.SchedulingType, self.scheduling_type, m.SchedulingType.UNKNOWN)
                if self.scheduling_type
                else None
            ),
            parent_id=self.parent_event_type_id,
            assign_all_members=self.assign_all_team_members,
            booking_fields=tuple(field for raw in self.booking_fields if (field := _field(raw))),
            locations=tuple(location.domain() for location in self.locations),
            minimum_notice_minutes=self.minimum_booking_notice or 0,
            before_buffer_minutes=self.before_event_buffer or 0,
            after_buffer_minutes=self.after_event_buffer or 0,
            slot_interval_minutes=self.slot_interval,
            offset_start_minutes=self.offset_start or 0,
            booking_window=self._window(),
            limits_count=_limits(self.booking_limits_count),
            limits_minutes=_limits(self.booking_limits_duration),
            active_bookings_per_booker=(
                self.booker_active_bookings_limit.maximum_active_bookings if self.booker_active_bookings_limit else None
            ),
            only_first_slot_of_day=self.only_show_first_available_slot,
            recurrence=self.recurrence.domain() if self.recurrence else None,
            seats=seats,
            confirmation=self.confirmation_policy.domain() if self.confirmation_policy else None,
            cancelling_disabled=self.disable_cancelling is not None and self.disable_cancelling.disabled,
            rescheduling_disabled=moving.disabled,
            rescheduling_disabled_minutes_before=moving.minutes_before,
            hidden=self.hidden,
            instant=self.is_instant_event,
            guests_disabled=self.disable_guests,
            requires_email_verification=self.requires_booker_email_verification,
            requires_authentication=self.booking_requires_authentication,
            price=self.price,
            currency=self.currency,
            schedule_id=self.schedule_id,
            custom_name=self.custom_name,
            booking_url=self.booking_url,
            metadata=self.metadata,
        )

    def _window(self) -> m.BookingWindow | None:
        # The description calls it a list, the service sends one object.
        shape = self.booking_window
        if isinstance(shape, list):
            shape = shape[0] if shape else None
        return WindowWire.model_validate(shape).domain() if isinstance(shape, dict) else None

    def _seats(self) -> m.Seats | None:
        if self.seats is not None:
            wire = self.seats
            return m.Seats(wire.seats_per_time_slot, wire.show_attendee_info, wire.show_availability_count)
        if self.seats_per_time_slot:
            return m.Seats(self.seats_per_time_slot, show_available=self.seats_show_availability_count)
        return None


def _limits(limits: dict[str, Any]) -> dict[str, int]:
    return {
        period: limits[period]
        for period in ("day", "week", "month", "year")
        if isinstance(limits.get(period), int) and not isinstance(limits[period], bool)
    }


def read_event_type(data: Any) -> m.EventType:
    """One event type. Raises ValueError when it has no id, slug or length."""
    return EventTypeWire.model_validate(data).domain()


class EventTypesWire(Wire):
    items: Each[EventTypeWire]


def read_event_types(data: Any) -> tuple[m.EventType, ...]:
    """A list of event types; the unreadable ones are left out."""
    if not isinstance(data, list):
        raise ValueError("not a list")
    return tuple(item.domain() for item in EventTypesWire.model_validate({"items": data}).items)
