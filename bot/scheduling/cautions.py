"""What somebody should know before saying yes to a booking."""

from bot.calcom import EventType
from bot.scheduling.asker import Scene
from bot.scheduling.bookings import Bookings
from bot.scheduling.draft import Draft
from bot.scheduling.wording import listed, local, place_of


async def cautions(bookings: Bookings, scene: Scene, draft: Draft, event_type: EventType) -> list[str]:
    """What the asker should know before saying yes."""
    asker, host = scene.asker, draft.hosts[0]
    start, end = draft.start, draft.end
    if start is None or end is None:
        return []
    warnings = []
    busy = await bookings.busy(asker, start, end)
    if busy:
        warnings.append(f"You have “{busy[0].booking.title}” at that time.")
    hour = local(start, asker.zone).hour
    if hour < 7 or hour >= 21:
        warnings.append(f"That is outside usual hours for you ({place_of(asker.zone)} time).")
    if event_type.confirmation and event_type.confirmation.always:
        warnings.append(f"{host.name} has to approve this request first.")
    if len(draft.hosts) > 1:
        others = [h.name for h in draft.hosts[1:]]
        without = [h.name for h in draft.hosts[1:] if not h.email]
        warnings.append(
            f"{listed(others)} will be invited as a guest."
            if not without
            else f"I have no e-mail address of {listed(without)}, so please invite them yourself."
        )
    if draft.repeat and not event_type.recurrence:
        warnings.append(f"“{event_type.title}” does not repeat: this books one meeting.")
    rule = event_type.recurrence
    if draft.repeat and rule and draft.repeat > rule.occurrences:
        warnings.append(
            f"“{event_type.title}” can be booked at most {rule.occurrences} times in a row, so this books "
            f"{rule.occurrences}, not {draft.repeat}."
        )
    return warnings
