"""Outcome cards: what a confirmed draft came to."""

from bot.calcom import Booking, BookingStatus, CalCom, Credential
from bot.scheduling.asker import Scene
from bot.scheduling.bookings import Bookings, others_of
from bot.scheduling.calendars import booking_links
from bot.scheduling.cards import DraftKind, Fact, Link, Outcome, Result
from bot.scheduling.drafts import Held
from bot.scheduling.policies import common_title
from bot.scheduling.present import parties, place_text, title_of


class Outcomes:
    """Makes outcome cards of bookings; calendar links need the workspace's key."""

    def __init__(self, calcom: CalCom, bookings: Bookings, key: Credential | None) -> None:
        self._calcom = calcom
        self._bookings = bookings
        self._key = key

    async def shown_again(self, scene: Scene, held: Held) -> Outcome | None:
        """The outcome of a booking or a move that was done, for a card that did not hear of it; None for others."""
        results = {DraftKind.BOOK: Result.BOOKED, DraftKind.MOVE: Result.MOVED}
        kind, uid = held.draft.kind, held.draft.result_uid
        seen = await self._bookings.one(scene.asker, uid) if kind in results and uid else None
        if seen is None or not seen.booking.live:
            return None
        pending = seen.booking.status is BookingStatus.PENDING
        waiting = {DraftKind.BOOK: Result.REQUESTED, DraftKind.MOVE: Result.MOVE_REQUESTED}
        return await self.of(scene, held, seen.booking, (waiting if pending else results)[kind])

    async def of(self, scene: Scene, held: Held, booking: Booking, result: Result) -> Outcome:
        """What became of a booking that the draft changed."""
        draft = held.draft
        live = result is not Result.DECLINED
        return Outcome(
            ref=held.ref,
            result=result,
            title=(booking.title if draft.booking and draft.booking.as_host else common_title(booking))
            or title_of(draft),
            parties=others_of(booking, await self._bookings.emails(scene.asker)) or parties(draft),
            zone=scene.asker.zone,
            start=booking.start,
            end=booking.end,
            old_start=draft.booking.start if draft.kind is DraftKind.MOVE and draft.booking else None,
            place=place_text(booking),
            facts=(Fact("Reason", draft.reason),) if draft.reason else (),
            links=await self.links(booking, calendar=live) if live else (),
            active=live,
        )

    async def links(self, booking: Booking, *, calendar: bool) -> tuple[Link, ...]:
        """Join, and what adds the booking to a calendar; the latter needs a key and is left out without one."""
        return await booking_links(self._calcom, self._key, booking, calendar=calendar)
