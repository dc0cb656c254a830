"""Settles when: takes a draft with words about time to a start, or to a card of times to choose from."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.calcom import CalCom, Dynamic, EventType, SlotQuery
from bot.scheduling.asker import Asker, Scene
from bot.scheduling.cards import SlotChoice, SlotOption
from bot.scheduling.draft import Draft, Host, Span, Stage
from bot.scheduling.drafts import Drafts, Held
from bot.scheduling.present import series, slot_choice
from bot.scheduling.slots import SHOWN, alike, by_preference, first_days, nearest, sociable, spread, within
from bot.scheduling.times import Times, stretch_text
from bot.scheduling.timing import Clock
from bot.scheduling.wording import DAY, day, listed, when

SEEN = timedelta(days=120)
"""How far ahead the occurrences of a series are looked at before it is proposed."""

AROUND = timedelta(days=3)
"""How long before a day on which nothing is free something instead may lie."""


class TimeFinder:
    """Finds a start for a draft whose event type is settled."""

    def __init__(self, calcom: CalCom, times: Times, drafts: Drafts, now: Clock) -> None:
        self._calcom = calcom
        self._times = times
        self._drafts = drafts
        self._now = now

    async def find(
        self, scene: Scene, held: Held, event_type: EventType, lead: str = ""
    ) -> tuple[Held, SlotChoice | None]:
        """The draft with a start, or with the times that its card offers. A choice without times says why."""
        draft = held.draft
        spans = draft.spans or (Span(self._now(), self._now() + 7 * DAY),)
        asker, minutes = scene.asker, draft.length
        if len(spans) == 1 and spans[0].end - spans[0].start == timedelta(minutes=minutes):
            spans = (Span(spans[0].start, spans[0].start, exact=True),)  # "from 2pm to 2:30pm" leaves no choice.
        options = await self._options(draft, event_type, spans, asker)
        starts = [o.start for o in options]
        fitting = within(starts, spans, minutes)
        exact = [s.start for s in spans if s.exact]
        if len(fitting) == 1 and exact and not draft.looking:
            chosen = replace(draft, start=fitting[0], stage=Stage.QUESTIONS)
            return await self._drafts.save(held, chosen), None
        if fitting:
            liked = by_preference(fitting, draft.preferred, minutes)
            if draft.preferred and not within(fitting, draft.preferred, minutes):
                lead = lead or "None is free when you would like it best. These are:"
            waking = sociable(liked, asker.zone)
            picked = waking[:SHOWN] if draft.soonest else spread(waking, asker.zone)
            more = len(fitting) > len(picked) or not exact
            if draft.looking and exact and len(fitting) == 1:
                lead = lead or f"Yes, {listed([h.name for h in draft.hosts])} is free then."
            return await self.offer(scene, held, _of(options, picked), lead=lead, more=more)
        return await self._instead(scene, held, event_type, spans, options, lead)

    async def is_free(self, draft: Draft, event_type: EventType, start: datetime, asker: Asker) -> bool:
        """Whether this start can be booked now."""
        options = await self._options(draft, event_type, (Span(start, start, exact=True),), asker)
        return any(option.start == start for option in options)

    async def more(self, scene: Scene, held: Held, event_type: EventType) -> tuple[Held, SlotChoice]:
        """Further times: the rest of what was asked for, then later ones."""
        draft = held.draft
        spans = draft.spans or (Span(self._now(), self._now() + 7 * DAY),)
        options = await self._options(draft, event_type, spans, scene.asker)
        fitting = within([o.start for o in options], spans, draft.length) or [o.start for o in options]
        left = [o for o in _of(options, fitting) if o.key not in draft.shown]
        lead = ""
        if not left:
            last = max((s.end for s in spans), default=self._now())
            later = await self._next(draft, event_type, last, scene.asker)
            left = [o for o in later if o.key not in draft.shown]
            lead = (
                "Those were all at that time. Later ones:" if left else "There are no further times in the next weeks."
            )
        picked = spread(sociable([o.start for o in left], scene.asker.zone), scene.asker.zone)
        return await self.offer(scene, held, _of(left, picked), lead=lead, more=len(left) > len(picked) or bool(left))

    async def offer(
        self, scene: Scene, held: Held, options: Sequence[SlotOption], *, lead: str = "", more: bool = False
    ) -> tuple[Held, SlotChoice]:
        """A card of these times, kept on the draft so that a press or "the second one" finds them.

        The time that a meeting has already is no choice for moving it.
        """
        if held.draft.booking:
            options = [o for o in options if o.start != held.draft.booking.start]
        draft = replace(
            held.draft,
            start=None,
            stage=Stage.TIME,
            offered=tuple(options),
            shown=(*held.draft.shown, *(o.key for o in options))[-400:],
        )
        held = await self._drafts.save(held, draft)
        return held, slot_choice(held.ref, draft, scene, options, lead=lead, more=more)

    async def alternatives(
        self, scene: Scene, held: Held, event_type: EventType, wanted: datetime, lead: str
    ) -> tuple[Held, SlotChoice]:
        """The free times nearest to one that cannot be."""
        draft = held.draft
        options = await self._options(draft, event_type, (Span(wanted, wanted, exact=True),), scene.asker)
        if not options:
            options = await self._next(draft, event_type, wanted - AROUND, scene.asker)
        if not options and wanted > self._now() + DAY:
            options = await self._next(draft, event_type, self._now(), scene.asker)
        picked = alike([o.start for o in options], wanted, scene.asker.zone)
        if not picked:
            never = await self._times.never(event_type, draft.hosts, scene.asker, draft.length)
            if never:
                held = replace(held, draft=replace(draft, readings=()))
            lead += f" {never or 'Nothing is free in the two weeks after either; another day may do.'}"
        return await self.offer(scene, held, _of(options, picked), lead=lead, more=bool(picked))

    async def _instead(
        self,
        scene: Scene,
        held: Held,
        event_type: EventType,
        spans: Sequence[Span],
        options: Sequence[SlotOption],
        lead: str,
    ) -> tuple[Held, SlotChoice]:
        """Nothing fits: says why, and offers what comes closest."""
        draft, asker = held.draft, scene.asker
        host = draft.hosts[0] if draft.hosts else Host("the host")
        exact = [s.start for s in spans if s.exact]
        if exact:
            taken = await self._first_taken(draft, event_type, exact[0], asker)
            missed = taken or exact[0]
            why = await self._times.why_not(event_type, host, missed, draft.length, asker, options, _moved(draft))
            if taken:
                why += " A series is booked as a whole or not at all."
            if len(draft.hosts) > 1:
                names = listed([h.name for h in draft.hosts])
                why = f"{names} are not all free on {when(exact[0], asker.zone, asker.locale)}."
            if len(exact) > 1:
                why = f"None of {listed([when(s, asker.zone, asker.locale) for s in exact])} is free."
            return await self.alternatives(scene, held, event_type, exact[0], f"{lead} {why}".strip())
        if len(draft.hosts) > 1:
            names = listed([h.name for h in draft.hosts])
            why = f"{names} have no common free time {stretch_text(spans[0], spans[-1], asker)}."
        else:
            why = await self._times.why_nothing(event_type, host, spans, asker)
        why = f"{lead} {why}".strip()
        middle = spans[0].start + (min(spans[0].end, spans[0].start + DAY) - spans[0].start) / 2
        if options:
            picked = nearest([o.start for o in options], middle)
            days = dict.fromkeys(day(start, asker.zone) for start in picked)
            return await self.offer(
                scene, held, _of(options, picked), lead=f"{why} Closest on {listed(list(days))}:", more=True
            )
        later = await self._next(draft, event_type, spans[-1].end, asker)
        picked = spread(first_days(sociable([o.start for o in later], asker.zone), asker.zone, 3), asker.zone, 6)
        tail = " The next free times:" if later else " Nothing is free in the two weeks after either."
        if not later and (never := await self._times.never(event_type, draft.hosts, asker, draft.length)):
            held, tail = replace(held, draft=replace(draft, readings=())), f" {never}"
        return await self.offer(scene, held, _of(later, picked), lead=why + tail, more=bool(later))

    async def _options(
        self, draft: Draft, event_type: EventType, spans: Sequence[Span], asker: Asker
    ) -> list[SlotOption]:
        options = await self._times.around(event_type, spans, asker, draft.length, _moved(draft) or None)
        return await self._all_along(draft, event_type, await self._everybody(draft, options, asker), asker)

    async def _next(self, draft: Draft, event_type: EventType, after: datetime, asker: Asker) -> list[SlotOption]:
        options = await self._times.next_free(event_type, after, asker, draft.length, _moved(draft) or None)
        return await self._all_along(draft, event_type, await self._everybody(draft, options, asker), asker)

    async def _all_along(
        self, draft: Draft, event_type: EventType, options: list[SlotOption], asker: Asker
    ) -> list[SlotOption]:
        """Of the times for a series those at which every occurrence is free, as Cal.com books all or none."""
        if draft.booking or not event_type.recurrence or not options:
            return options
        rows = {o.key: series(replace(draft, start=o.start), event_type, asker)[1:] for o in options}
        later = [start for row in rows.values() for start in row]
        if not later:
            return options
        stretch = Span(min(later), min(max(later), options[-1].start + SEEN) + timedelta(minutes=1))
        free = {o.start for o in await self._times.free(event_type, stretch, asker, draft.length)}
        return [o for o in options if all(start in free or start > stretch.end for start in rows[o.key])]

    async def _first_taken(self, draft: Draft, event_type: EventType, start: datetime, asker: Asker) -> datetime | None:
        """Of a series that begins at a free time, the first occurrence that is not free."""
        row = () if draft.booking else series(replace(draft, start=start), event_type, asker)
        if not row:
            return None
        stretch = Span(row[0], min(row[-1], row[0] + SEEN) + timedelta(minutes=1))
        free = {o.start for o in await self._times.free(event_type, stretch, asker, draft.length)}
        return next((at for at in row if at not in free and at <= stretch.end), None) if row[0] in free else None

    async def _everybody(self, draft: Draft, options: list[SlotOption], asker: Asker) -> list[SlotOption]:
        """Of the first host's times those at which the others are free as well."""
        usernames = tuple(h.username for h in draft.hosts if h.username)
        if len(usernames) < 2 or not options:
            return options
        query = SlotQuery(
            Dynamic(usernames),
            options[0].start,
            options[-1].end + timedelta(minutes=1),
            zone=asker.zone,
            duration_minutes=draft.length,
        )
        common = {slot.start for slot in await self._calcom.acting(None).slots(query)}
        return [o for o in options if o.start in common]


def _moved(draft: Draft) -> str:
    """The uid of the booking that a draft moves, whose own time is free for it."""
    return draft.booking.uid if draft.booking else ""


def _of(options: Sequence[SlotOption], starts: Sequence[datetime]) -> tuple[SlotOption, ...]:
    wanted = set(starts)
    return tuple(o for o in options if o.start in wanted)[: max(SHOWN, len(starts))]
