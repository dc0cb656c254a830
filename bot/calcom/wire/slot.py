"""Slots and reservations as JSON (cal-api-version 2024-09-04)."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

import bot.calcom.models as m

from .lenient import Each, Instant, MaybeInstant, MaybeInt, MaybeText, Wire, rfc3339


class SlotWire(Wire):
    start: Instant
    end: MaybeInstant = None
    seats_remaining: MaybeInt = None
    seats_total: MaybeInt = None
    booking_uid: MaybeText = None


class DayWire(Wire):
    slots: Each[SlotWire]


def read_slots(data: Any, query: m.SlotQuery) -> m.SlotDays:
    """The slots that start in the asked range, ascending, each once.

    Answers reach past an end at midnight ("Cal.com: a midnight end is widened to 23:59:59"), so the range is
    applied here as well.
    """
    if not isinstance(data, dict):
        raise ValueError("not an object of days")
    found = [slot for day in data.values() for slot in DayWire.model_validate({"slots": day}).slots]
    if not found and any(data.values()):
        raise ValueError("no readable slot")
    start, end = query.start.astimezone(UTC), query.end.astimezone(UTC)
    slots = {
        slot.start: m.Slot(slot.start, slot.end, slot.seats_remaining, slot.seats_total, slot.booking_uid)
        for slot in found
        if start <= slot.start < end
    }
    return m.SlotDays(tuple(slots[key] for key in sorted(slots)))


def slot_params(query: m.SlotQuery) -> tuple[tuple[str, str], ...]:
    """The query string of a look for slots: exactly one way to name the event type."""
    params = [*_target(query.target), ("start", _edge(query.start)), ("end", _edge(_before_midnight(query.end)))]
    params += [("timeZone", query.zone), ("format", "range")]
    if query.duration_minutes is not None:
        params.append(("duration", str(query.duration_minutes)))
    if query.moving_uid is not None:
        params.append(("bookingUidToReschedule", query.moving_uid))
    return tuple(params)


def _edge(moment: datetime) -> str:
    return rfc3339(moment)


def _before_midnight(end: datetime) -> datetime:
    """An end at exactly 00:00:00Z would be widened by a day; a second earlier is not."""
    utc = end.astimezone(UTC)
    return utc - timedelta(seconds=1) if utc.time() == time(0) else utc


def _target(target: m.SlotTarget) -> list[tuple[str, str]]:
    if isinstance(target, m.ByType):
        return [("eventTypeId", str(target.id))]
    if isinstance(target, m.Dynamic):
        named = [("usernames", ",".join(target.usernames))]
    elif isinstance(target, m.ByTeam):
        named = [("eventTypeSlug", target.slug), ("teamSlug", target.team_slug)]
    else:
        named = [("eventTypeSlug", target.slug), ("username", target.username)]
    return [*named, ("organizationSlug", target.organization)] if target.organization else named


def target_json(target: m.EventTarget) -> dict[str, Any]:
    """The part of a booking's body that names the event type."""
    return {name: int(value) if name == "eventTypeId" else value for name, value in _target(target)}


class ReservationWire(Wire):
    reservation_uid: str
    event_type_id: MaybeInt = None
    slot_start: MaybeInstant = None
    slot_end: MaybeInstant = None
    slot_duration: MaybeInt = None
    reservation_until: MaybeInstant = None


def read_reservation(data: Any) -> m.Reservation:
    """A hold on a slot. Raises ValueError without its uid."""
    wire = ReservationWire.model_validate(data)
    return m.Reservation(
        wire.reservation_uid,
        wire.event_type_id,
        wire.slot_start,
        wire.slot_end,
        wire.reservation_until,
        wire.slot_duration,
    )


def read_maybe_reservation(data: Any) -> m.Reservation | None:
    """As read_reservation; the service answers null for a hold that is gone."""
    return None if data is None else read_reservation(data)
