"""A delivery understood: which event it is, what has to hold for it to be told, and what telling it comes to."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from pydantic import TypeAdapter

from bot.calcom import Booking, BookingStatus, Delivery, Trigger
from bot.scheduling.cards import Card, DraftKind, Event
from bot.scheduling.people import Profile

EVENTS = {
    Trigger.BOOKING_CREATED: Event.CREATED,
    Trigger.BOOKING_REQUESTED: Event.REQUESTED,
    Trigger.BOOKING_RESCHEDULED: Event.MOVED,
    Trigger.BOOKING_CANCELLED: Event.CANCELLED,
    Trigger.BOOKING_REJECTED: Event.DECLINED,
    Trigger.BOOKING_NO_SHOW_UPDATED: Event.ABSENT,
    Trigger.BOOKING_LOCATION_UPDATED: Event.RELOCATED,
    Trigger.BOOKING_REASSIGNED: Event.REASSIGNED,
    Trigger.MEETING_STARTED: Event.STARTING,
    Trigger.MEETING_ENDED: Event.ENDED,
    Trigger.RECORDING_READY: Event.RECORDED,
}
HOLDS = {
    Event.CREATED: (BookingStatus.ACCEPTED,),
    Event.ACCEPTED: (BookingStatus.ACCEPTED,),
    Event.REQUESTED: (BookingStatus.PENDING,),
    Event.MOVED: (BookingStatus.ACCEPTED, BookingStatus.PENDING),
    Event.CANCELLED: (BookingStatus.CANCELLED,),
    Event.DECLINED: (BookingStatus.REJECTED, BookingStatus.CANCELLED),
    Event.STARTING: (BookingStatus.ACCEPTED,),
    Event.RELOCATED: (BookingStatus.ACCEPTED, BookingStatus.PENDING),
    Event.REASSIGNED: (BookingStatus.ACCEPTED, BookingStatus.PENDING),
}
CAUSES = {
    Event.CREATED: (DraftKind.BOOK, DraftKind.RING, DraftKind.ACCEPT),
    Event.ACCEPTED: (DraftKind.ACCEPT,),
    Event.REQUESTED: (DraftKind.BOOK, DraftKind.MOVE),
    Event.MOVED: (DraftKind.MOVE,),
    Event.CANCELLED: (DraftKind.CANCEL,),
    Event.DECLINED: (DraftKind.DECLINE,),
}
BY_THE_CLOCK = (Event.STARTING, Event.ENDED, Event.RECORDED)
OVER = (Event.CANCELLED, Event.DECLINED)
ALL_CAUSES = frozenset(kind for kinds in CAUSES.values() for kind in kinds)


@dataclass(frozen=True)
class Told:
    """A card for a person: by DM, or (with a conversation) where something was asked."""

    user: str
    card: Card
    conversation: str = ""


@dataclass(frozen=True)
class Changed:
    """What a card shown earlier to a person looks like now."""

    ref: str
    user: str
    card: Card


@dataclass(frozen=True)
class Telling:
    """Everything a delivery leads to."""

    told: tuple[Told, ...] = ()
    changed: tuple[Changed, ...] = ()


TELLING: TypeAdapter[Telling] = TypeAdapter(Telling)
"""To and from JSON, for the durable turn."""


@dataclass(frozen=True)
class Member:
    """Somebody of the workspace who has to do with a booking."""

    profile: Profile
    emails: frozenset[str]
    host: bool


@dataclass(frozen=True)
class Story:
    """A delivery understood: the event, the booking as it is now, and who caused it in Slack."""

    event: Event
    delivery: Delivery
    booking: Booking
    members: tuple[Member, ...]
    actor: str = ""
    by: str = ""
    acted: frozenset[str] = field(default=frozenset())
    one_seat: bool = False


def told_of(delivery: Delivery) -> Booking | None:
    """A booking from its delivery, where Cal.com can't be asked."""
    if delivery.start is None or delivery.end is None or not delivery.uid or delivery.organizer is None:
        return None
    status = delivery.status
    if delivery.trigger is Trigger.BOOKING_CANCELLED:
        status = BookingStatus.CANCELLED
    return Booking(
        uid=delivery.uid,
        start=delivery.start,
        end=delivery.end,
        status=status,
        title=delivery.title,
        hosts=(delivery.organizer,),
        attendees=delivery.attendees,
        event_type_id=delivery.event_type_id,
        location=delivery.location,
        meeting_url=delivery.meeting_url,
        metadata=delivery.metadata,
        rescheduled_from=delivery.rescheduled_from,
        cancellation_reason=delivery.cancellation_reason,
    )


def merged(tellings: Iterable[Telling]) -> Telling:
    """Several as one."""
    listed_ = list(tellings)
    return Telling(tuple(t for each in listed_ for t in each.told), tuple(c for each in listed_ for c in each.changed))
