"""Who may do what with a booking: one table, asked wherever a booking is shown, drafted or changed.

A person's part in a booking follows from proven addresses and the linked account alone, never from words. What the
table allows may still be refused by Cal.com, which knows its hosts' settings; what it forbids is not even tried.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from bot.calcom import Booking, BookingStatus, Host


class Part(StrEnum):
    """Somebody's part in a booking."""

    HOST = "host"
    ATTENDEE = "attendee"
    STRANGER = "stranger"


class Act(StrEnum):
    """What can be done with a booking."""

    SEE = "see"
    MOVE = "move"
    CANCEL = "cancel"
    ANSWER = "answer"  # accept or decline a request
    EDIT = "edit"  # guests, place, another host, asking for another time
    MARK_ABSENT = "mark_absent"


GONE = "That booking isn't there any more, or it isn't yours to change."
MOVED = "That meeting was moved to another time. Ask me what you have, and I'll show it there."
NO_MORE = {
    BookingStatus.CANCELLED: "That meeting is cancelled already.",
    BookingStatus.REJECTED: "That request was declined already.",
}
OVER = "That meeting is over already."
RINGING = "That call is still ringing; it can be cancelled, not changed."
NOT_PENDING = "That request was answered already."
NOT_BEGUN = "That meeting hasn't begun yet, so nobody can have missed it."
HOSTS_ANSWER = "Only the host can answer a request."
HOSTS_CHANGE = "Only the host of that meeting can change this. I can move or cancel it for you."

_ALLOWED = {
    Part.HOST: frozenset(Act),
    Part.ATTENDEE: frozenset({Act.SEE, Act.MOVE, Act.CANCEL}),
    Part.STRANGER: frozenset[Act](),
}


def part_in(
    booking: Booking, emails: Collection[str], username: str | None = None, calcom_id: int | None = None
) -> Part:
    """Somebody's part, by their proven addresses (folded) and their linked account's username and id at Cal.com."""
    proven = set(emails) - {""}
    if any(_is_host(host, proven, username, calcom_id) for host in booking.hosts):
        return Part.HOST
    attending = {(a.email or "").casefold() for a in booking.attendees} | {g.casefold() for g in booking.guests}
    return Part.ATTENDEE if proven & attending else Part.STRANGER


def _is_host(host: Host, proven: Collection[str], username: str | None, calcom_id: int | None) -> bool:
    """By address or by id. Cal.com: a username is unique within an organisation only, so somebody outside may have
    the same one; it counts where the host has neither of the others."""
    email = (host.email or "").casefold()
    if email in proven or (calcom_id is not None and host.id == calcom_id):
        return True
    nameless = not email and (host.id is None or calcom_id is None)
    return nameless and bool(username) and (username or "").casefold() == (host.username or "").casefold()


def as_seen_by(booking: Booking, part: Part, emails: Collection[str]) -> Booking:
    """The booking without what is not this person's to know: who sits on the other seats is the host's alone."""
    if part is Part.HOST or not is_shared(booking):
        return booking
    own = tuple(a for a in booking.attendees if (a.email or "").casefold() in emails)
    seat = own[0].seat_uid if own else booking.seat_uid
    return replace(booking, title=common_title(booking), attendees=own, seat_uid=seat)


def is_shared(booking: Booking) -> bool:
    """Whether people who need not know each other sit in it, each on a seat."""
    return bool(booking.seat_uid or any(a.seat_uid for a in booking.attendees))


def common_title(booking: Booking) -> str:
    """The title of a booking of seats without the name of who took the first one, which Cal.com puts into it."""
    slug = booking.event_type_slug or ""
    return slug.replace("-", " ").capitalize() if is_shared(booking) and slug else booking.title


def why_not(act: Act, part: Part, booking: Booking, now: datetime) -> str:
    """Why somebody may not do this now, in a sentence; empty when they may."""
    if act not in _ALLOWED[part]:
        if part is Part.STRANGER:
            return GONE
        return HOSTS_ANSWER if act is Act.ANSWER else HOSTS_CHANGE
    if act is Act.SEE:
        return ""
    if not booking.live:
        return MOVED if booking.rescheduled_to else NO_MORE.get(booking.status, GONE)
    if act is Act.MARK_ABSENT:
        return "" if booking.start <= now else NOT_BEGUN
    if booking.end <= now:
        return OVER
    if act is Act.ANSWER:
        return "" if booking.status is BookingStatus.PENDING else NOT_PENDING
    if act in (Act.MOVE, Act.EDIT) and booking.status is BookingStatus.AWAITING_HOST:
        return RINGING
    return ""
