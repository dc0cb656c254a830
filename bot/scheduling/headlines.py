"""News in words: the sentence for each person, the facts and links with it, and what may be pressed."""

from collections.abc import Collection
from datetime import datetime

from bot.calcom import Booking, BookingStatus, Delivery
from bot.scheduling.cards import Event, Fact, Link, Press, Verb
from bot.scheduling.present import join_link
from bot.scheduling.story import BY_THE_CLOCK, OVER, Member, Story
from bot.scheduling.wording import cut, listed

_REPEATABLE = (Event.ABSENT, Event.RELOCATED, Event.REASSIGNED)
_SHOWN_ONCE = (Event.CREATED, Event.CANCELLED)
"""Of a series these are told once, not for each of its meetings."""
ON_BOOKING = (Press("Reschedule", Verb.RESCHEDULE), Press("Cancel", Verb.CANCEL))
_ANSWERS = (
    Press("Accept", Verb.ACCEPT),
    Press("Decline", Verb.DECLINE),
    Press("Propose another time", Verb.RESCHEDULE),
)


def _names(emails: Collection[str], booking: Booking) -> list[str]:
    people = [(h.name, h.email) for h in booking.hosts] + [(a.name, a.email) for a in booking.attendees]
    return [name for name, email in people if (email or "").casefold() in emails]


def doer(event: Event, booking: Booking) -> str:
    """Who did it, where Cal.com says so or only the host can have."""
    if event in (Event.ACCEPTED, Event.DECLINED):
        return listed([h.name for h in booking.hosts])
    by = booking.cancelled_by if event is Event.CANCELLED else booking.rescheduled_by if event is Event.MOVED else None
    return next(iter(_names({by.casefold()}, booking)), "") if by else ""


def lead_for(story: Story, member: Member) -> str:
    """The sentence for one person; empty when it is not theirs to hear."""
    booking, delivery, by = story.booking, story.delivery, story.by
    hosts = listed([h.name for h in booking.hosts]) or "The host"
    booker = next((a.name for a in delivery.attendees or booking.attendees), "") or "Somebody"
    match story.event:
        case Event.CREATED:
            return (
                f"{booker} booked a meeting with you." if member.host else f"{by or hosts} booked a meeting with you."
            )
        case Event.ACCEPTED:
            return f"The request of {booker} was accepted." if member.host else f"{hosts} accepted your request."
        case Event.REQUESTED if member.host:
            return f"{booker} asks for a meeting with you."
        case Event.REQUESTED:
            return f"A meeting with you was requested; {hosts} has to approve it."
        case Event.MOVED:
            return f"{by} moved this meeting." if by else "This meeting was moved."
        case Event.CANCELLED if delivery.reschedule_requested and not member.host:
            return f"{by or hosts} asks you to choose another time; this one is cancelled."
        case Event.CANCELLED if delivery.reschedule_requested:
            return f"{booker} was asked to choose another time; this meeting is cancelled."
        case Event.CANCELLED if story.one_seat:
            return f"{booker} gave up their seat." if member.host else "Your seat was cancelled."
        case Event.CANCELLED:
            return f"{by} cancelled this meeting." if by else "This meeting was cancelled."
        case Event.DECLINED:
            return f"The request of {booker} was declined." if member.host else f"{hosts} declined your request."
        case Event.ABSENT:
            return _absent(delivery, booking, member)
        case Event.RELOCATED:
            return "This meeting has a new place."
        case Event.REASSIGNED:
            return "This meeting is yours now." if member.host else f"{hosts} will meet you instead."
        case Event.STARTING:
            return "Your meeting is starting."
        case Event.ENDED:
            return "Your meeting is over."
        case Event.RECORDED:
            return "The recording of your meeting is ready."
        case _:
            return ""


def _absent(delivery: Delivery, booking: Booking, member: Member) -> str:
    flags = {email.casefold(): absent for email, absent in delivery.no_shows.items()}
    for email in member.emails:
        if email in flags:
            return "You were marked as absent." if flags[email] else "You are not marked as absent any more."
    if not member.host:
        return ""
    names = _names({email for email, absent in flags.items() if absent}, booking)
    return f"{listed(names)} {'was' if len(names) == 1 else 'were'} marked as absent." if names else ""


def old_start(story: Story) -> datetime | None:
    old = story.delivery.rescheduled_from_start if story.event is Event.MOVED else None
    return old if old != story.booking.start else None


def facts_of(story: Story) -> tuple[Fact, ...]:
    reasons = {
        Event.CANCELLED: story.delivery.cancellation_reason or story.booking.cancellation_reason,
        Event.DECLINED: story.delivery.rejection_reason or story.booking.cancellation_reason,
        Event.MOVED: story.booking.rescheduling_reason,
    }
    if reason := reasons.get(story.event):
        return (Fact("Reason", cut(reason, 500)),)
    if story.event is Event.REQUESTED:
        asked = {k: v for k, v in story.delivery.responses.items() if k not in _STANDARD and isinstance(v, str) and v}
        return tuple(Fact(k.replace("-", " ").replace("_", " ").capitalize(), cut(v, 500)) for k, v in asked.items())
    return ()


_STANDARD = ("name", "email", "guests", "location", "rescheduleReason", "smsReminderNumber", "attendeePhoneNumber")


def links_of(story: Story) -> tuple[Link, ...]:
    if story.event is Event.RECORDED:
        url = story.delivery.download_link or ""
        return (Link("Watch the recording", url),) if url.startswith(("https://", "http://")) else ()
    if story.event in (*OVER, Event.ENDED, Event.REQUESTED, Event.ABSENT):
        return ()
    return join_link(story.booking)


def presses_for(story: Story, member: Member, now: datetime) -> tuple[Press, ...]:
    booking = story.booking
    if story.event is Event.CANCELLED and story.delivery.reschedule_requested and not member.host:
        return (Press("Choose another time", Verb.AGAIN),)
    if story.event in (*OVER, *BY_THE_CLOCK, Event.ABSENT) or booking.end <= now:
        return ()
    if booking.status is BookingStatus.PENDING and member.host:
        return _ANSWERS
    return ON_BOOKING


def key_of(story: Story) -> str:
    """The same for every delivery of the same news to one person."""
    booking, created = story.booking, story.delivery.created_at
    minute = f"{created:%Y%m%d%H%M}" if created else ""
    subject = booking.uid
    if story.event in _SHOWN_ONCE and booking.recurring_uid:
        subject = f"{booking.recurring_uid}:{minute if story.event is Event.CANCELLED else ''}"
    if story.event in BY_THE_CLOCK:
        subject += f":{booking.start.isoformat()}"
    if story.event in _REPEATABLE:
        subject += f":{created.isoformat() if created else ''}"
    if story.one_seat or story.event is Event.CREATED:
        subject += "".join(sorted((a.email or "") for a in story.delivery.attendees))
    return f"{story.event.value}:{subject}"
