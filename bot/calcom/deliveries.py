"""Webhook deliveries: is it really Cal.com, and what happened.

A payload's names differ from the REST API's (startTime, organizer, upper-case status), so bookings told of
here are a type of their own; fetch the booking where its full state matters.
"""

import hashlib
import hmac
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from .errors import CalComError
from .models import Attendee, BookingStatus, Host, Trigger
from .transport import read_json
from .wire.lenient import (
    Each,
    Flag,
    Maybe,
    MaybeInstant,
    MaybeInt,
    MaybeText,
    Name,
    Object,
    Text,
    Title,
    Wire,
    is_web_link,
    known,
)


class BadDelivery(CalComError):
    """Not signed with our secret, or not a delivery at all."""

    default_sentence = "That notification did not come from Cal.com."


def sign(secret: str, body: bytes) -> str:
    """The signature Cal.com puts into `X-Cal-Signature-256`: lower-case hex HMAC-SHA256 of the raw body."""
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def signed_by(secret: str, body: bytes, signature: str | None) -> bool:
    """Whether the raw `body` carries the right signature; compared in constant time."""
    if not secret or not signature:
        return False
    return hmac.compare_digest(sign(secret, body).encode(), signature.strip().encode("utf-8", "replace"))


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a webhook told. `key` is the same for a repeated delivery of the same thing.

    `rescheduled_from` is the old uid after a reschedule. `join_url` is set for INSTANT_MEETING: the link that
    takes the call. `no_shows` maps e-mail addresses to whether they were absent.
    """

    key: str
    trigger: Trigger
    created_at: datetime | None = None
    uid: str | None = None
    booking_id: int | None = None
    event_type_id: int | None = None
    event_type_slug: str | None = None
    title: str = ""
    start: datetime | None = None
    end: datetime | None = None
    status: BookingStatus = BookingStatus.UNKNOWN
    organizer: Host | None = None
    attendees: tuple[Attendee, ...] = ()
    location: str | None = None
    meeting_url: str | None = None
    join_url: str | None = None
    expires_at: datetime | None = None
    metadata: dict[str, Any] = field(default_factory=dict, hash=False)
    responses: dict[str, Any] = field(default_factory=dict, hash=False)
    rescheduled_from: str | None = None
    rescheduled_from_start: datetime | None = None
    cancellation_reason: str | None = None
    rejection_reason: str | None = None
    reschedule_requested: bool = False
    no_shows: dict[str, bool] = field(default_factory=dict, hash=False)
    organization_id: int | None = None
    download_link: str | None = None


class LanguageWire(Wire):
    locale: MaybeText = None


class PersonWire(Wire):
    id: MaybeInt = None
    name: Name = ""
    email: MaybeText = None
    username: MaybeText = None
    time_zone: MaybeText = None
    phone_number: MaybeText = None
    language: Maybe[LanguageWire] = None
    no_show: Flag = False


class VideoWire(Wire):
    url: MaybeText = None


class PayloadWire(Wire):
    uid: MaybeText = None
    booking_uid: MaybeText = None
    booking_id: MaybeInt = None
    id: MaybeInt = None
    event_type_id: MaybeInt = None
    type: MaybeText = None
    title: Title = ""
    event_type_title: MaybeText = None
    start_time: MaybeInstant = None
    end_time: MaybeInstant = None
    status: Text = ""
    organizer: Maybe[PersonWire] = None
    user: Maybe[PersonWire] = None
    attendees: Each[PersonWire] = ()
    location: MaybeText = None
    video_call_data: Maybe[VideoWire] = None
    connect_and_join_url: MaybeText = None
    expires: MaybeInstant = None
    metadata: Object
    responses: Object
    reschedule_uid: MaybeText = None
    reschedule_start_time: MaybeInstant = None
    cancellation_reason: MaybeText = None
    rejection_reason: MaybeText = None
    request_reschedule: Flag = False
    organization_id: MaybeInt = None
    download_link: MaybeText = None


class DeliveryWire(Wire):
    trigger_event: str
    created_at: MaybeInstant = None
    payload: dict[str, Any] | None = None


def read_delivery(body: bytes) -> Delivery:
    """What a delivery's raw body says. Check `signed_by` first. Raises BadDelivery when it is none."""
    json = read_json(body)
    try:
        wire = DeliveryWire.model_validate(json)
        # MEETING_STARTED and MEETING_ENDED are flat: the booking stands beside the trigger.
        told = PayloadWire.model_validate(json if wire.payload is None else wire.payload)
    except (ValueError, RecursionError) as error:
        raise BadDelivery from error
    trigger = known(Trigger, wire.trigger_event, Trigger.UNKNOWN)
    host = told.organizer or told.user
    place = told.location or (told.video_call_data.url if told.video_call_data else None)
    links = (told.video_call_data.url if told.video_call_data else None, told.metadata.get("videoCallUrl"), place)
    return Delivery(
        key=hashlib.sha256(body).hexdigest(),
        trigger=trigger,
        created_at=wire.created_at,
        uid=told.uid or told.booking_uid,
        booking_id=told.booking_id if told.booking_id is not None else told.id,
        event_type_id=told.event_type_id,
        event_type_slug=told.type if told.type != str(trigger) else None,
        title=told.title or told.event_type_title or "",
        start=told.start_time,
        end=told.end_time,
        status=known(BookingStatus, told.status.lower(), BookingStatus.UNKNOWN),
        organizer=Host(host.name, host.id, host.email, host.username, host.time_zone) if host else None,
        attendees=tuple(_attendee(person) for person in told.attendees),
        location=place,
        meeting_url=next((link for link in links if isinstance(link, str) and is_web_link(link)), None),
        join_url=told.connect_and_join_url,
        expires_at=told.expires,
        metadata=told.metadata,
        responses={slug: _value(answer) for slug, answer in told.responses.items()},
        rescheduled_from=told.reschedule_uid,
        rescheduled_from_start=told.reschedule_start_time,
        cancellation_reason=told.cancellation_reason,
        rejection_reason=told.rejection_reason,
        reschedule_requested=told.request_reschedule,
        no_shows=_no_shows(trigger, told),
        organization_id=told.organization_id,
        download_link=told.download_link,
    )


def _attendee(person: PersonWire) -> Attendee:
    language = person.language.locale if person.language else None
    return Attendee(
        person.name, person.email, person.time_zone, language, person.phone_number, person.no_show, id=person.id
    )


def _value(answer: Any) -> Any:
    return answer.get("value") if isinstance(answer, dict) else answer


def _no_shows(trigger: Trigger, told: PayloadWire) -> dict[str, bool]:
    if trigger is not Trigger.BOOKING_NO_SHOW_UPDATED:
        return {}
    return {person.email: person.no_show for person in told.attendees if person.email}
