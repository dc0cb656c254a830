"""Plans in words: what a card asks before a change, and what it says after."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.calcom import EventType, Override, Schedule
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
    """A plan in words: the heading (empty where the booking's title is it), the question, facts, what to know, and
    what is said of a booking afterwards."""

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
            return Told(f"Working hours “{plan.name}”", "Change your working hours?", facts)
        case GoAway():
            span = day_of(plan.first) if plan.first == plan.last else f"{day_of(plan.first)} to {day_of(plan.last)}"
            facts = [Fact("Away", span)] + ([Fact("Cover", plan.cover)] if plan.cover else [])
            return Told("Out of office", "Enter this time off?", facts, "Nobody can book you then.")
        case ComeBack():
            return Told("Out of office", "Take this time off away?", [Fact("Away", plan.label)])
        case MakeType():
            facts = [Fact("Length", minutes_text(plan.minutes)), Fact("Link ends in", plan.slug)]
            return Told(plan.title, "Create this event type?", facts)
        case ChangeType():
            facts = [Fact("New title", plan.title)] if plan.title else []
            facts += [Fact("Length", minutes_text(plan.minutes))] if plan.minutes else []
            facts += [Fact("Shown", "no" if plan.hidden else "yes")] if plan.hidden is not None else []
            return Told(plan.old_title, "Change this event type?", facts)
        case DropType():
            return Told(plan.title, "Delete this event type?", [], "Its booking page goes away; booked meetings stay.")
        case ShareLink():
            uses = Fact("Works", f"{plan.uses} time{'s' * (plan.uses != 1)}")
            return Told(plan.title, "Make a private link?", [uses])
        case SetZone():
            return Told("Your profile", "Change your time zone on Cal.com?", [Fact("Zone", plan.zone)])
        case SetLimits():
            facts = [Fact("A day", str(plan.per_day or "any")), Fact("A week", str(plan.per_week or "any"))]
            return Told("Booking limits", "Change how many bookings you take?", facts)


def override_text(override: Override, locale: str) -> str:
    """The hours of an exception."""
    return "off" if override.off else f"{wall_clock(override.start, locale)}–{wall_clock(override.end, locale)}"


def schedule_text(schedule: Schedule, locale: str) -> str:
    """A schedule, line by line."""
    lines = [f"• {days}: {text}" for days, text in week_text(schedule.availability, locale)]
    lines += [f"• {day_of(o.date)}: {override_text(o, locale)}" for o in schedule.overrides]
    default = " (the usual one)" if schedule.is_default else ""
    return "\n".join([f"{schedule.name}{default}, in {place_of(schedule.zone)} time:", *lines])


def types_text(heading: str, types: tuple[EventType, ...]) -> str:
    """Event types, line by line."""
    lines = [
        f"• {t.title}: {listed([minutes_text(m) for m in t.durations], 'or')}{' (hidden)' if t.hidden else ''}"
        for t in types[:30]
    ]
    return "\n".join([heading, *lines]) if lines else "There is nothing to book."


def days_text(start: datetime, end: datetime) -> str:
    """From which day to which, in UTC, as time off is kept."""
    first, last = start.astimezone(UTC).date(), end.astimezone(UTC).date()
    return day_of(first) if first == last else f"{day_of(first)} to {day_of(last)}"
