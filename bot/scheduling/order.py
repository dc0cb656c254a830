"""A confirmed draft as the booking that is ordered from Cal.com."""

from datetime import datetime

from bot.calcom import ByType, EventType, NewAttendee, NewBooking
from bot.scheduling.asker import Asker
from bot.scheduling.bookings import MARK
from bot.scheduling.cards import DraftKind
from bot.scheduling.draft import Host
from bot.scheduling.drafts import Held
from bot.scheduling.places import LOCATION_DETAIL, Places
from bot.scheduling.present import repeat_count
from bot.scheduling.questions import EMAIL, NOTES, PHONE, TITLE, responses


def order(held: Held, asker: Asker, event_type: EventType, now: datetime) -> NewBooking:
    """The booking that a confirmed draft asks for; `now` is when it begins where the draft names no start."""
    draft = held.draft
    answers = draft.answers
    fields = responses(answers)
    if draft.title and TITLE not in fields:
        fields[TITLE] = draft.title
    notes = draft.notes
    if draft.kind is DraftKind.RING and draft.thread_link:
        notes = f"{notes}\n\n{draft.thread_link}".strip()
    if notes and NOTES not in fields and (draft.kind is DraftKind.RING or notes not in map(str, answers.values())):
        fields[NOTES] = notes
    guests = list(draft.guests) + [h.email for h in draft.hosts[1:] if h.email]
    phone = answers.get(PHONE) or answers.get(f"{LOCATION_DETAIL}:attendeePhone")
    location = Places.of(event_type).chosen(answers)
    if phone is None and location and location.kind.value == "attendeePhone":
        phone = location.value
    return NewBooking(
        target=ByType(event_type.id),
        start=now if draft.start is None else draft.start,
        attendee=_attendee(draft.attendee, asker)
        if draft.attendee
        else NewAttendee(
            name=asker.name,
            zone=asker.zone,
            email=asker.email or str(answers.get(EMAIL) or asker.typed_email or "") or None,
            phone=str(phone) if phone else None,
            language=asker.locale.split("-")[0].lower() or "en",
        ),
        guests=tuple(dict.fromkeys(guests)),
        responses=fields,
        location=location,
        metadata={MARK: held.ref},
        duration_minutes=draft.length if len(event_type.durations) > 1 else None,
        recurrence_count=repeat_count(draft, event_type),
        instant=draft.kind is DraftKind.RING,
    )


def _attendee(guest: Host, asker: Asker) -> NewAttendee:
    """Whom the asker books for; the language is the asker's, as Slack tells only theirs."""
    language = asker.locale.split("-")[0].lower() or "en"
    return NewAttendee(name=guest.name, zone=guest.zone or asker.zone, email=guest.email, language=language)
