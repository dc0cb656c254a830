"""Drafts and bookings as cards."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import pytz

from bot.calcom import Booking, BookingStatus, CalendarLink, EventType, Frequency
from bot.scheduling.asker import Asker, Scene
from bot.scheduling.bookings import Seen, others_of
from bot.scheduling.cards import (
    BookingLine,
    DraftKind,
    Fact,
    Link,
    Party,
    Pick,
    PickOption,
    Proposal,
    Questions,
    SlotChoice,
    SlotOption,
)
from bot.scheduling.draft import Draft, Host
from bot.scheduling.form import Input, Question
from bot.scheduling.places import LOCATION, Places
from bot.scheduling.policies import Act, common_title, is_shared, why_not
from bot.scheduling.questions import applies, missing, shown
from bot.scheduling.wording import clock, listed, local, minutes_text, place_of, when

_LENGTH = re.compile(r"\b\d+ ?min(ute)?s?\b", re.IGNORECASE)
"""The usual length in an event type's title, which says something else of another one."""


def party(host: Host) -> Party:
    """A host as a card shows them."""
    return Party(host.name, host.zone, host.slack_id)


def parties(draft: Draft) -> tuple[Party, ...]:
    """Whom the draft is with."""
    if draft.attendee:
        return (party(draft.attendee),)
    if draft.booking and draft.booking.others:
        return draft.booking.others
    return tuple(party(host) for host in draft.hosts)


def met(draft: Draft, booking: Booking) -> tuple[Party, ...]:
    """Whom a booking that was made is with: of a team those who got it, on their own clocks."""
    teams = {host.name for host in draft.hosts if host.team_slug}
    if not teams or not booking.hosts:
        return parties(draft)
    hosts = tuple(Party(h.name, h.zone) for h in booking.hosts)
    return (*hosts, *(party(host) for host in draft.hosts if not host.team_slug))


def team_facts(draft: Draft) -> tuple[Fact, ...]:
    """The team asked, where a booking names whoever of it got the meeting."""
    return tuple(Fact("Team", host.name) for host in draft.hosts if host.team_slug)


def title_of(draft: Draft) -> str:
    """What the draft is about, as its heading."""
    if draft.booking:
        return draft.booking.title
    if draft.title:
        return draft.title
    if draft.meeting is None:
        return "Meeting"
    if not draft.meeting.variable:
        return draft.meeting.title
    return _LENGTH.sub(f"{draft.length} min", draft.meeting.title, count=1)


def slot_choice(
    ref: str, draft: Draft, scene: Scene, options: Sequence[SlotOption], *, lead: str = "", more: bool = False
) -> SlotChoice:
    """Times to choose from."""
    zone = scene.asker.zone
    day = local(options[0].start, zone).date() if options else None
    if day is None:
        day = local(draft.spans[0].start, zone).date() if draft.spans else datetime.now(pytz.timezone(zone)).date()
    return SlotChoice(
        ref=ref,
        title=title_of(draft),
        parties=parties(draft),
        minutes=draft.length,
        zone=zone,
        options=tuple(options),
        day=day,
        lead=lead,
        understood=draft.understood,
        readings=draft.readings,
        more=more,
        moving_from=draft.booking.start if draft.booking else None,
    )


MENU = 20
"""Kinds of meetings that a menu has room for; another one is typed."""


def pick_meeting(ref: str, types: Sequence[EventType], question: str) -> Pick:
    """Which event type?"""
    options = tuple(
        PickOption(f"e{t.id}", t.title, listed([minutes_text(m) for m in t.durations], "or")) for t in types[:MENU]
    )
    return Pick(ref, question, options)


def pick_host(ref: str, hosts: Sequence[Host], words: str) -> Pick:
    """Which of several people?"""
    options = tuple(
        PickOption(f"h{index}", host.name, ", ".join(filter(None, (host.username or host.email, host.zone))))
        for index, host in enumerate(hosts[:10])
    )
    return Pick(ref, f"Which {words.strip().lstrip('@')[:60]} do you mean?", options)


def questions_card(ref: str, draft: Draft, scene: Scene, problems: Sequence[str] = (), lead: str = "") -> Questions:
    """What the draft still needs to know."""
    open_questions = missing(draft.questions, draft.answers)
    optional = [
        q
        for q in draft.questions
        if not q.required and q not in open_questions and q.slug not in draft.answers and applies(q, draft.answers)
    ]
    return Questions(
        ref=ref,
        title=title_of(draft),
        parties=parties(draft),
        zone=scene.asker.zone,
        missing=(
            *(Fact(q.label, _hint(replace(q, required=True))) for q in open_questions),
            *(Fact(q.label, _hint(q)) for q in optional[:3]),
        ),
        start=draft.start,
        end=draft.end,
        answered=facts(draft),
        problems=tuple(problems),
        lead=lead,
    )


def _hint(question: Question) -> str:
    kind = {
        Input.NUMBER: "a number",
        Input.PHONE: "with country code",
        Input.EMAIL: "an e-mail address",
        Input.EMAILS: "e-mail addresses",
        Input.URL: "a web address",
        Input.BOOLEAN: "yes or no",
    }.get(question.input, "")
    if question.options:
        some = question.input in (Input.SOME_OF, Input.CHECKBOXES)
        kind = listed(question.options[:12], "and/or" if some else "or")
    return kind if question.required else f"{kind}, optional".lstrip(", ")


def facts(draft: Draft, *, place: bool = True) -> tuple[Fact, ...]:
    """The answers so far, labelled."""
    told = [
        Fact(q.label, shown(draft.answers[q.slug]))
        for q in draft.questions
        if q.slug in draft.answers and applies(q, draft.answers) and (place or not q.slug.startswith(LOCATION))
    ]
    if draft.notes and "notes" not in draft.answers and draft.notes not in map(str, draft.answers.values()):
        told.append(Fact("Notes", draft.notes))
    if draft.attendee:
        told.append(Fact("Host", f"You; {draft.attendee.name} is invited at {draft.attendee.email}"))
    if draft.guests:
        told.append(Fact("Guests", ", ".join(draft.guests)))
    return tuple(told)


def proposal(
    ref: str, draft: Draft, scene: Scene, event_type: EventType, *, warnings: Sequence[str] = (), lead: str = ""
) -> Proposal:
    """A booking that waits for a yes."""
    return Proposal(
        ref=ref,
        kind=DraftKind.BOOK,
        title=title_of(draft),
        parties=parties(draft),
        zone=scene.asker.zone,
        confirm="Confirm",
        start=draft.start,
        end=draft.end,
        place=Places.of(event_type).text(draft.answers),
        facts=facts(draft, place=False),
        lead=lead,
        understood=draft.understood,
        readings=draft.readings,
        warnings=tuple(warnings),
        repeats=series(draft, event_type, scene.asker),
        can_change=True,
        form=bool(draft.questions),
    )


def series(draft: Draft, event_type: EventType, asker: Asker) -> tuple[datetime, ...]:
    """The starts of a repeating booking, at the same wall time in the asker's zone; empty for a single one."""
    rule = event_type.recurrence
    if rule is None or draft.start is None:
        return ()
    count = min(draft.repeat or rule.occurrences, rule.occurrences)
    zone = pytz.timezone(asker.zone)
    first = local(draft.start, asker.zone).replace(tzinfo=None)
    starts = []
    for index in range(count):
        step = index * rule.interval
        if rule.frequency is Frequency.MONTHLY:
            month = first.month - 1 + step
            try:
                wall = first.replace(year=first.year + month // 12, month=month % 12 + 1)
            except ValueError:
                continue
        elif rule.frequency is Frequency.YEARLY:
            try:
                wall = first.replace(year=first.year + step)
            except ValueError:
                continue
        else:
            wall = first + timedelta(weeks=step)
        starts.append(zone.localize(wall, is_dst=False))
    return tuple(starts)


def repeat_count(draft: Draft, event_type: EventType) -> int | None:
    """How many bookings of a repeating type to ask for."""
    rule = event_type.recurrence
    return min(draft.repeat or rule.occurrences, rule.occurrences) if rule else None


def both_times(moment: datetime, asker: Asker, host: Host | None) -> str:
    """A moment in the asker's zone, and in the host's where it differs."""
    text = f"{when(moment, asker.zone, asker.locale)} {place_of(asker.zone)} time"
    if host and host.zone and host.zone != asker.zone:
        text += f" ({clock(moment, host.zone, asker.locale)} in {place_of(host.zone)})"
    return text


_STATES = {
    BookingStatus.PENDING: "awaiting approval",
    BookingStatus.CANCELLED: "cancelled",
    BookingStatus.REJECTED: "declined",
    BookingStatus.AWAITING_HOST: "ringing",
}


def line(key: str, seen: Seen, own_emails: frozenset[str], now: datetime) -> BookingLine:
    """A booking in a list."""
    b = seen.booking
    ahead = b.live and b.end > now
    return BookingLine(
        key=key,
        title=b.title,
        parties=others_of(b, own_emails),
        start=b.start,
        end=b.end,
        state=_STATES.get(b.status, ""),
        place=place_text(b),
        links=join_link(b) if ahead else (),
        can_move=not why_not(Act.MOVE, seen.part, b, now),
        can_cancel=not why_not(Act.CANCEL, seen.part, b, now),
        can_answer=not why_not(Act.ANSWER, seen.part, b, now),
    )


def place_text(booking: Booking) -> str:
    """Where a booking takes place, in words."""
    if booking.meeting_url:
        return "Video call"
    place = booking.location or ""
    if place.startswith("integrations:"):
        return "Video call (the link follows)"
    return place


_TITLES = ("subject", "text", "title", "summary")
_BODIES = ("body", "details", "description", "desc")


def calendar_links(booking: Booking, found: Sequence[CalendarLink]) -> tuple[Link, ...]:
    """What adds a booking to a calendar, the first under its plain name; of shared seats without others' names.

    Cal.com writes the booking's title into them, and with it whoever took the first seat: an address of shared seats
    is written anew, and one that cannot be (a file) is left out.
    """
    links: list[Link] = []
    for link in found:
        url = _impersonal(link.link, common_title(booking)) if is_shared(booking) else link.link
        if url:
            links.append(Link(link.label if links else "Add to calendar", url))
    return tuple(links)


def _impersonal(url: str, title: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https"):
        return ""
    query = [
        (name, title if name.casefold() in _TITLES else value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if name.casefold() not in _BODIES
    ]
    return urlunsplit(parts._replace(query=urlencode(query)))


def join_link(booking: Booking) -> tuple[Link, ...]:
    """The link into the call."""
    url = booking.meeting_url or ""
    return (Link("Join", url),) if url.startswith(("https://", "http://")) else ()
