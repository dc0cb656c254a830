"""Event types as written (cal-api-version 2024-06-14)."""

from typing import Any

import bot.calcom.models as m

from .lenient import given


def _off(rule: Any, shape: Any) -> Any:
    return {"disabled": True} if rule is m.Off.OFF else shape(rule) if rule is not None else None


def _window_json(window: m.BookingWindow) -> dict[str, Any]:
    if window.kind is m.WindowKind.RANGE:
        return {"type": "range", "value": [str(window.first), str(window.last)]}
    return {"type": str(window.kind), "value": window.days, "rolling": window.rolling}


def _confirmation_json(policy: m.ConfirmationPolicy) -> dict[str, Any]:
    blocks = {"blockUnconfirmedBookingsInBooker": policy.blocks}
    if policy.always or policy.notice_minutes is None:
        return {"type": "always", **blocks}
    return {"type": "time", "noticeThreshold": {"unit": "minutes", "count": policy.notice_minutes}, **blocks}


def location_json(location: m.Location) -> dict[str, Any]:
    """A place an event type offers."""
    named = {
        m.LocationKind.ADDRESS: "address",
        m.LocationKind.LINK: "link",
        m.LocationKind.PHONE: "phone",
    }.get(location.kind)
    shape: dict[str, Any] = {"type": str(location.kind)}
    if location.integration:
        shape["integration"] = location.integration
    if named:
        shape |= {named: location.value or "", "public": location.public}
    return shape


def _field_json(field: m.BookingField) -> dict[str, Any]:
    if field.raw:
        return dict(field.raw)
    shape = given(
        type=str(field.type),
        slug=field.slug,
        label=field.label,
        required=field.required,
        hidden=field.hidden,
        placeholder=field.placeholder or None,
    )
    return {**shape, "options": list(field.options)} if field.options else shape


def event_type_json(change: m.EventTypeChange) -> dict[str, Any]:
    """The body that creates or changes an event type."""
    return given(
        title=change.title,
        slug=change.slug,
        length_in_minutes=change.length_minutes,
        length_in_minutes_options=list(change.lengths) if change.lengths is not None else None,
        description=change.description,
        hidden=change.hidden,
        minimum_booking_notice=change.minimum_notice_minutes,
        before_event_buffer=change.before_buffer_minutes,
        after_event_buffer=change.after_buffer_minutes,
        slot_interval=change.slot_interval_minutes,
        schedule_id=change.schedule_id,
        booking_window=_off(change.booking_window, _window_json),
        recurrence=_off(
            change.recurrence,
            lambda rule: {
                "interval": rule.interval,
                "occurrences": rule.occurrences,
                "frequency": str(rule.frequency),
            },
        ),
        seats=_off(
            change.seats,
            lambda rule: {
                "seatsPerTimeSlot": rule.per_slot,
                "showAttendeeInfo": rule.show_attendees,
                "showAvailabilityCount": rule.show_available,
            },
        ),
        confirmation_policy=_off(change.confirmation, _confirmation_json),
        locations=[location_json(place) for place in change.locations] if change.locations else None,
        booking_fields=(
            [_field_json(field) for field in change.booking_fields] if change.booking_fields is not None else None
        ),
        disable_cancelling=_disabled(change.cancelling_disabled),
        disable_rescheduling=_disabled(change.rescheduling_disabled),
        scheduling_type=str(change.scheduling_type) if change.scheduling_type else None,
        hosts=[{"userId": number} for number in change.host_ids] if change.host_ids is not None else None,
        assign_all_team_members=change.assign_all_members,
    )


def _disabled(flag: bool | None) -> dict[str, bool] | None:
    return None if flag is None else {"disabled": flag}
