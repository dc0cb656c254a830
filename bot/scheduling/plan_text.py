"""Plans in words: what a card asks before a change, and what it says after."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.calcom import AwayReason, BookingLimits, EventType, Override, Schedule
from bot.scheduling.cards import Fact
from bot.scheduling.hours import week_text
from bot.scheduling.plans import (
    AddGuests,
    AskReschedule,
    ChangePlace,
    ChangeType,
    ComeBack,
    DropType,
    GoAway,
    MakeType,
    MarkAbsent,
    Plan,
    Reassign,
    SetHours,
    SetLimits,
    SetZone,
    ShareLink,
)
from bot.scheduling.wording import day_of, listed, minutes_text, place_of, wall_clock


@dataclass(frozen=True)
class Told:
    """A plan in words: the heading (empty where the booking's title is it), the question, facts, what to know before,
    and what is said afterwards: of a booking a sentence, of an account a few words that head the card."""

    title: str
    question: str
    facts: list[Fact] = field(default_factory=list)
    warning: str = ""
    done: str = ""


def told(plan: Plan, locale: str) -> Told:
    """What a plan does."""
    match plan:
        case AddGuests():
            facts = [Fact("New guests", ", ".join(plan.emails))]
            return Told("", "Add guests?", facts, "They get an invitation by e-mail.", "Guests added.")
        case ChangePlace():
            return Told("", "Change the place?", [Fact("New place", plan.label)], done="The place is changed.")
        case MarkAbsent():
            return Told("", "Mark as absent?", [Fact("Did not come", listed(plan.names))], done="Marked as absent.")
        case Reassign():
            return Told(
                "", "Give it to another host?", [Fact("New host", plan.name or "whoever is free")], done="Given away."
            )
        case AskReschedule():
            warning = "This cancels the meeting and asks the other side to choose another time."
            return Told("", "Ask for another time?", [], warning, "They are asked to choose another time.")
        case SetHours():
            facts = [Fact(days, text) for days, text in week_text(plan.availability, locale)]
            facts += [Fact(day_of(o.date), override_text(o, locale)) for o in plan.overrides]
            heading = f"Working hours “{plan.name}”"
            return Told(heading, "Change your working hours?", facts, plan.note, "Working hours changed")
        case GoAway():
            span = day_of(plan.first) if plan.first == plan.last else f"{day_of(plan.first)} to {day_of(plan.last)}"
            facts = [Fact("Away", span)]
            facts += [Fact("Reason", reason_text(plan.reason))] if plan.reason != AwayReason.UNSPECIFIED else []
            facts += [Fact("Note", plan.notes)] if plan.notes else []
            facts += [Fact("Cover", plan.cover)] if plan.cover else []
            return Told("Out of office", "Enter this time off?", facts, "Nobody can book you then.", "Time off entered")
        case ComeBack():
            removed = [Fact("No longer away", plan.label)]
            return Told("Out of office", "Take this time off away?", removed, done="Time off removed")
        case MakeType():
            facts = [Fact("Length", minutes_text(plan.minutes)), Fact("Link ends in", plan.slug)]
            facts += [Fact("Asks", "; ".join(plan.questions))] if plan.questions else []
            return Told(plan.title, "Create this event type?", facts, done="Event type created")
        case ChangeType():
            return _changed_type(plan)
        case DropType():
            warning = "Its booking page goes away; booked meetings stay."
            return Told(plan.title, "Delete this event type?", [], warning, "Event type deleted")
        case ShareLink():
            uses = "once" if plan.uses == 1 else f"{plan.uses} times"
            return Told(plan.title, "Make a private link?", [Fact("Works", uses)], done="Private link made")
        case SetZone():
            facts = [Fact("Zone", plan.zone)]
            warning = "The times I show here follow your Slack profile's zone."
            return Told("Your profile", "Change your time zone on Cal.com?", facts, warning, "Time zone changed")
        case SetLimits():
            facts = [Fact("A day", str(plan.per_day or "no limit")), Fact("A week", str(plan.per_week or "no limit"))]
            return Told("Booking limits", "Change how many bookings you take?", facts, done="Booking limits changed")


def _changed_type(plan: ChangeType) -> Told:
    facts = [Fact("New title", plan.title)] if plan.title else []
    facts += [Fact("Length", minutes_text(plan.minutes))] if plan.minutes else []
    facts += [Fact("Kept free before", _kept(plan.before))] if plan.before is not None else []
    facts += [Fact("Kept free after", _kept(plan.after))] if plan.after is not None else []
    facts += [Fact("Booked at the latest", _ahead(plan.notice))] if plan.notice is not None else []
    done = "Event type changed"
    if plan.hidden is not None:
        facts += [Fact("On your booking page", "hidden" if plan.hidden else "shown")]
        done = done if len(facts) > 1 else "Event type hidden" if plan.hidden else "Event type shown"
    return Told(plan.old_title, "Change this event type?", facts, done=done)


def _kept(minutes: int) -> str:
    return minutes_text(minutes) if minutes else "nothing"


def _ahead(minutes: int) -> str:
    return f"{minutes_text(minutes)} before" if minutes else "until it begins"


def reason_text(reason: str) -> str:
    """Why somebody is away."""
    return reason.replace("_", " ").replace("-", " ").capitalize()


def limits_text(limits: BookingLimits) -> str:
    """How many bookings somebody takes at most."""
    parts = [f"{n} a {unit}" for n, unit in ((limits.per_day, "day"), (limits.per_week, "week")) if n]
    return f"You take at most {listed(parts)}." if parts else "There are no limits on your bookings."


def override_text(override: Override, locale: str) -> str:
    """The hours of an exception."""
    return "off" if override.off else f"{wall_clock(override.start, locale)}–{wall_clock(override.end, locale)}"


def schedule_text(schedule: Schedule, locale: str) -> str:
    """A schedule, line by line."""
    lines = [f"• {days}: {text}" for days, text in week_text(schedule.availability, locale)]
    lines += [f"• {day_of(o.date)}: {override_text(o, locale)}" for o in schedule.overrides]
    default = " (the usual one)" if schedule.is_default else ""
    return "\n".join([f"{schedule.name}{default}, in {place_of(schedule.zone)} time:", *lines])


def types_text(heading: str, types: tuple[EventType, ...], links: bool = False) -> str:
    """Event types, line by line; with `links` the page where each can be booked."""
    lines = [
        f"• {t.title}: {listed([minutes_text(m) for m in t.durations], 'or')}{' (hidden)' if t.hidden else ''}"
        + (f" – {t.booking_url}" if links and t.booking_url else "")
        for t in types[:30]
    ]
    return "\n".join([heading, *lines]) if lines else "There is nothing to book."


def days_text(start: datetime, end: datetime) -> str:
    """From which day to which, in UTC, as time off is kept."""
    first, last = start.astimezone(UTC).date(), end.astimezone(UTC).date()
    return day_of(first) if first == last else f"{day_of(first)} to {day_of(last)}"
