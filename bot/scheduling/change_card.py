"""The card of a change to a booking: moved, cancelled, answered."""

from datetime import datetime

from bot.scheduling.asker import Scene
from bot.scheduling.cards import DraftKind, Fact, Proposal
from bot.scheduling.draft import Booked
from bot.scheduling.drafts import Held
from bot.scheduling.present import parties
from bot.scheduling.wording import day, listed


def change_card(
    scene: Scene,
    held: Held,
    booking: Booked,
    warnings: tuple[str, ...] = (),
    lead: str = "",
    days: tuple[datetime, ...] = (),
) -> Proposal:
    """The card that asks for a yes to a change of `booking`; `days` are those of its series."""
    draft = held.draft
    moving = draft.kind is DraftKind.MOVE
    if draft.kind is DraftKind.CANCEL:
        gone = [day(at, scene.asker.zone) for at in days if draft.scope == "all" or at >= booking.start]
        scope = {
            "following": f"This cancels it and all later ones of the series: {listed(gone)}.",
            "all": f"This cancels the series: {listed(gone)}.",
            "one": "This cancels only this one of the series. Say “all of them” for the whole series.",
        }
        series = scope[draft.scope] if booking.recurring_uid else ""
        warnings = tuple(filter(None, (*warnings, series, "The others are told by e-mail.")))
    return Proposal(
        ref=held.ref,
        kind=draft.kind,
        title=booking.title,
        parties=parties(draft),
        zone=scene.asker.zone,
        confirm="Cancel booking" if draft.kind is DraftKind.CANCEL else "Confirm",
        start=draft.start if moving else booking.start,
        end=draft.end if moving else booking.end,
        old_start=booking.start if moving else None,
        place="" if booking.place.startswith("http") else booking.place,
        facts=(Fact("Reason", draft.reason),) if draft.reason else (),
        lead=lead,
        understood=draft.understood,
        readings=draft.readings,
        warnings=warnings,
        can_change=moving,
    )
