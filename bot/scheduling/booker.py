"""Taking a wish for a meeting to a proposal: who, what, when, the questions, then the card that asks for a yes."""

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from bot.calcom import CalCom, CalComError, EventType
from bot.scheduling.answering import answered
from bot.scheduling.asker import Scene
from bot.scheduling.bookings import Bookings
from bot.scheduling.cards import DraftKind, Note, Pick
from bot.scheduling.catalog import Catalog, NoSuchMeeting, Wish, choose, lasting, mentioned, shortest_plain
from bot.scheduling.cautions import cautions
from bot.scheduling.draft import Draft, Host, Meeting, Stage
from bot.scheduling.drafts import Drafts, Held
from bot.scheduling.errors import Refusal
from bot.scheduling.form import Input, Question, Raw
from bot.scheduling.hosting import hosted
from bot.scheduling.leaving import without
from bot.scheduling.people import People, linked_type
from bot.scheduling.places import LOCATION
from bot.scheduling.present import pick_host, pick_meeting, proposal, questions_card
from bot.scheduling.questions import (
    EMAIL,
    NOTES,
    check_all,
    missing,
    questions_of,
)
from bot.scheduling.reply import Reply
from bot.scheduling.requests import Adjust, Book, FindTimes
from bot.scheduling.retiming import retimed
from bot.scheduling.spoken import require_address, require_number
from bot.scheduling.timefinder import TimeFinder
from bot.scheduling.timing import Clock, NoSuchTime, Timing, put, understand
from bot.scheduling.wording import listed
from bot.store import Store

TYPED_EMAIL = "typed-email"
"""Topic of the store's memory for an address a person gave, which nobody has verified."""

_ADDRESS = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;.]{2,}")
_BETWEEN = re.compile(r"\b(?:between|zwischen|entre|tra|fra|tussen|any ?time|some ?time)\b|の間|之间", re.I)


class Booker:
    """Makes and advances drafts that book."""

    def __init__(
        self,
        calcom: CalCom,
        store: Store,
        people: People,
        catalog: Catalog,
        finder: TimeFinder,
        bookings: Bookings,
        drafts: Drafts,
        now: Clock,
    ) -> None:
        self._calcom = calcom
        self._store = store
        self._people = people
        self._catalog = catalog
        self._finder = finder
        self._bookings = bookings
        self._drafts = drafts
        self._now = now

    async def book(self, scene: Scene, request: Book) -> Reply:
        """A new draft from what was said."""
        draft = Draft(
            DraftKind.BOOK,
            wanted=request.meeting or next(filter(None, map(linked_type, request.people)), ""),
            minutes=request.minutes,
            words=request.when,
            guests=await self._guests(scene, request.guests),
            title=request.title,
            notes=request.notes,
            place=self._said_place(scene, request.place),
            told=dict(request.answers),
            thread_link=scene.thread_link,
        )
        held = await self._drafts.open(scene, draft)
        return await self._with_people(scene, held, request.people)

    async def find(self, scene: Scene, request: FindTimes) -> Reply:
        """Free times of others, to look at; choosing one goes on to book it."""
        draft = Draft(DraftKind.BOOK, wanted=request.meeting, minutes=request.minutes, words=request.when, looking=True)
        held = await self._drafts.open(scene, draft)
        return await self._with_people(scene, held, request.people)

    async def adjust(self, scene: Scene, held: Held, request: Adjust) -> Reply:
        """The open draft with what was changed by words."""
        draft = held.draft
        changed = replace(
            draft,
            title=request.title or draft.title,
            notes=request.notes or draft.notes,
            place=self._said_place(scene, request.place) or draft.place,
            guests=tuple(dict.fromkeys((*draft.guests, *await self._guests(scene, request.guests)))),
            told={**draft.told, **request.answers},
            looking=False if request.pick else draft.looking,
        )
        if request.notes:
            changed = replace(changed, answers={k: v for k, v in changed.answers.items() if k != NOTES})
        if request.place:
            answers = {k: v for k, v in draft.answers.items() if not k.startswith(LOCATION)}
            changed = replace(changed, answers=answers)
        if request.meeting:
            changed = replace(changed, wanted=request.meeting, minutes=request.minutes, meeting=None)
        if request.minutes and request.minutes != draft.length:
            keeps = bool(draft.meeting and draft.meeting.variable)
            changed = replace(changed, minutes=request.minutes, meeting=None)
            if not keeps and not request.meeting:
                changed = replace(changed, wanted="")
        impossible: NoSuchTime | None = None
        if request.when:
            try:
                changed = retimed(changed, request.when, scene.asker, self._now())
            except NoSuchTime as none:
                impossible, changed = none, put(changed, Timing(minutes=none.minutes), request.when)
        elif changed.meeting is None and draft.start:
            changed = replace(changed, start=None)
        if draft.hold and (changed.start, changed.meeting, request.people) != (draft.start, draft.meeting, []):
            # Kept for this very meeting; for another length it would stand in its own way.
            await self.release(draft)
            changed = replace(changed, hold="")
        changed = without(changed, request.without)
        hosting = {(h.email or "").casefold() for h in changed.hosts}
        changed = replace(changed, guests=tuple(g for g in changed.guests if g.casefold() not in hosting))
        held = await self._drafts.save(held, changed)
        if request.people:
            fresh = replace(held.draft, hosts=(), meeting=None, start=None, shown=(), questions=())
            return await self._with_people(scene, await self._drafts.save(held, fresh), request.people)
        return await self.advance(scene, held, impossible=impossible)

    async def with_host(self, scene: Scene, held: Held, host: Host, words: str) -> Reply:
        """Goes on with the one chosen among several people of a name."""
        chosen = await self._people.choose(scene, words, host)
        draft, alike = held.draft, {h.key for h in held.draft.candidates}
        hosts = tuple(h for h in draft.hosts if h.key not in alike)
        if hosts != draft.hosts:  # thought again: what was settled with the other one is open
            draft = replace(draft, meeting=None, start=None, shown=(), offered=(), questions=())
        draft = replace(draft, hosts=(*hosts, chosen), menu=(), chosen_from=draft.menu or draft.chosen_from)
        held = await self._drafts.save(held, replace(draft, stage=Stage.WHO))
        return await self._with_people(scene, held, held.draft.pending)

    async def with_meeting(self, scene: Scene, held: Held, event_type: EventType) -> Reply:
        """Goes on with the event type chosen."""
        return await self.advance(scene, await self._settle_meeting(scene, held, event_type))

    async def anew(self, scene: Scene, event_type: EventType | None, host: Host) -> Reply:
        """Another time of an event type with the same host."""
        if event_type is None:
            raise Refusal(f"I can't see that event type any more. Please ask for a meeting with {host.name}.")
        held = await self._drafts.open(scene, Draft(DraftKind.BOOK, hosts=(host,)))
        return await self.with_meeting(scene, held, event_type)

    async def instead(self, scene: Scene, rung: Draft) -> Reply:
        """The soonest times of a team whose call nobody took; nothing where it has no other meeting."""
        types = await self._catalog.of(rung.hosts[0]) if rung.hosts else ()
        if not types:
            return Reply(())
        draft = Draft(DraftKind.BOOK, hosts=rung.hosts, notes=rung.notes)
        event_type = shortest_plain(types)
        held = await self._settle_meeting(scene, await self._drafts.open(scene, draft), event_type)
        held = await self._drafts.save(held, replace(held.draft, timed=True))
        return Reply(((await self._finder.alternatives(scene, held, event_type, self._now(), ""))[1],))

    async def _with_people(self, scene: Scene, held: Held, names: Sequence[str]) -> Reply:
        """Resolves names one after the other; a question stops it, and the rest waits on the draft."""
        if names and not held.draft.looking and (own := await hosted(scene, names, self._people, self._bookings)):
            host, attendee = own
            draft = replace(held.draft, hosts=(host,), attendee=attendee, pending=())
            return await self.advance(scene, await self._drafts.save(held, draft))
        hosts = list(held.draft.hosts)
        for index, name in enumerate(names):
            if self._people.is_self(scene.asker, name):
                continue
            found = await self._people.find(scene, name)
            if len(found) > 1:
                draft = replace(
                    held.draft, hosts=tuple(hosts), candidates=found, pending=tuple(names[index + 1 :]), asked=name
                )
                return await self._ask(held, draft, pick_host(held.ref, found, name))
            if found[0].key not in {h.key for h in hosts}:
                hosts.append(found[0])
        held = await self._drafts.save(held, replace(held.draft, hosts=tuple(hosts), attendee=None, pending=()))
        if not hosts:
            if names:
                return Reply((Note("That is you. Whom else would you like to meet?"),))
            return Reply((Note("Whom would you like to meet? A name, an @mention or a Cal.com username will do."),))
        return await self.advance(scene, held)

    async def advance(self, scene: Scene, held: Held, lead: str = "", *, impossible: NoSuchTime | None = None) -> Reply:
        """The next card: whatever is still missing, or the proposal. `impossible` is why the time said can't be."""
        host = held.draft.hosts[0] if held.draft.hosts else None
        if host is None:
            return Reply((Note("Whom would you like to meet?"),))
        if not held.draft.timed:
            try:
                timing = understand(held.draft.words, scene.asker, self._now(), host_zone=host.zone)
            except NoSuchTime as none:
                impossible, timing = none, Timing(minutes=none.minutes)
            repeating = timing.repeating
            held = await self._drafts.save(held, put(held.draft, timing, held.draft.words))
        else:
            repeating = bool(held.draft.repeat)
        types = await self._catalog.of(host)
        if held.draft.meeting is None:
            minutes = held.draft.minutes or _from_to(held.draft, types)
            named = [] if held.draft.wanted or not scene.said else mentioned(types, scene.said[-1])
            wish = Wish(held.draft.wanted or (named[0].title if len(named) == 1 else ""), minutes, repeating)
            try:
                fitting = choose(types, wish, host)
            except NoSuchMeeting as none:
                return await self._ask(held, held.draft, pick_meeting(held.ref, none.types, none.sentence))
            if len(fitting) > 1 and held.draft.looking:
                fitting = (shortest_plain(fitting),)
            if len(fitting) > 1:
                why = f"{impossible.reason} " if impossible else ""
                pick = pick_meeting(
                    held.ref, fitting, f"{why}Which kind of meeting with {listed([h.name for h in held.draft.hosts])}?"
                )
                return await self._ask(held, held.draft, pick)
            held = await self._settle_meeting(
                scene, replace(held, draft=replace(held.draft, minutes=minutes)), fitting[0]
            )
        event_type = await self.event_type(held.draft)
        if impossible:
            lead = f"{lead} {impossible.reason}".strip()
            _, choice = await self._finder.alternatives(scene, held, event_type, impossible.near, lead)
            return Reply((choice,))
        if held.draft.start is None:
            held, found = await self._finder.find(scene, held, event_type, lead)
            if found:
                return Reply((found,))
        return await self.after_start(scene, held, event_type, lead)

    async def after_start(self, scene: Scene, held: Held, event_type: EventType, lead: str = "") -> Reply:
        """Who, what and when are settled: questions, or the proposal."""
        draft, problems, elsewhere = answered(scene, held.draft, event_type)
        lead = f"{lead} {elsewhere}".strip()
        held = await self._drafts.save(held, draft)
        if problems or missing(held.draft.questions, held.draft.answers):
            hold = held.draft.hold or await self._hold(held.draft)
            held = await self._drafts.save(held, replace(held.draft, stage=Stage.QUESTIONS, hold=hold))
            return Reply((questions_card(held.ref, held.draft, scene, problems, lead),))
        held = await self._drafts.save(held, replace(held.draft, stage=Stage.YES))
        warnings = await cautions(self._bookings, scene, held.draft, event_type)
        return Reply((proposal(held.ref, held.draft, scene, event_type, warnings=warnings, lead=lead),))

    async def _hold(self, draft: Draft) -> str:
        """Keeps the slot from others for the minutes that questions take; goes on without where that fails."""
        if draft.meeting is None or draft.start is None:
            return ""
        length = draft.length if draft.meeting.variable else None
        try:
            return (await self._calcom.acting(None).reserve(draft.meeting.id, draft.start, length)).uid
        except CalComError:
            return ""

    async def release(self, draft: Draft) -> None:
        """Lets a held slot go."""
        if draft.hold:
            with suppress(CalComError):
                await self._calcom.acting(None).release(draft.hold)

    async def answered(self, scene: Scene, held: Held, raw: dict[str, Raw]) -> Reply:
        """Takes the answers of a submitted form."""
        answers, refused = check_all(held.draft.questions, raw)
        kept = {slug: a for slug, a in held.draft.answers.items() if slug not in raw}
        held = await self._drafts.save(held, replace(held.draft, answers={**kept, **answers}))
        if refused:
            labels = {q.slug: q.label for q in held.draft.questions}
            problems = [f"{labels[slug]}: {sentence}" for slug, sentence in refused.items()]
            return Reply((questions_card(held.ref, held.draft, scene, problems),))
        return await self.advance(scene, held)

    async def event_type(self, draft: Draft) -> EventType:
        """The draft's event type as it is now. Raises `Refusal` if it is gone."""
        if draft.meeting is None:
            raise Refusal("Which kind of meeting? Please ask again.")
        found = await self._catalog.of_id(draft.hosts[0] if draft.hosts else None, draft.meeting.id)
        if found is None:
            raise Refusal(f"“{draft.meeting.title}” cannot be booked any more. Please ask again.")
        return found

    async def team_types(self, team: Host) -> tuple[EventType, ...]:
        """All event types of a team, instant ones too."""
        return await self._catalog.of_team(team)

    async def types_of(self, draft: Draft) -> tuple[EventType, ...]:
        """The event types the draft may choose from."""
        return await self._catalog.of(draft.hosts[0]) if draft.hosts else ()

    async def _ask(self, held: Held, draft: Draft, pick: Pick) -> Reply:
        """A choice, kept on the draft so that a press or words can answer it."""
        await self._drafts.save(held, replace(draft, stage=Stage.WHAT, menu=pick.options))
        return Reply((pick,))

    async def _settle_meeting(self, scene: Scene, held: Held, event_type: EventType) -> Held:
        draft = held.draft
        variable = len(event_type.durations) > 1
        minutes = draft.minutes if draft.minutes in event_type.durations else event_type.length_minutes
        questions = questions_of(event_type)
        if not scene.asker.email:
            questions = (Question(EMAIL, "Your e-mail address", Input.EMAIL, required=True), *questions)
        answers = {q.slug: draft.answers[q.slug] for q in questions if q.slug in draft.answers}
        if scene.asker.typed_email and not scene.asker.email:
            answers.setdefault(EMAIL, scene.asker.typed_email)
        meeting = Meeting(event_type.id, event_type.slug, event_type.title, minutes, variable)
        names = {event_type.title.casefold(), event_type.slug.casefold()}
        title = "" if draft.title.casefold() in names else draft.title
        settled = replace(draft, meeting=meeting, minutes=minutes, title=title, menu=(), chosen_from=draft.menu)
        return await self._drafts.save(held, replace(settled, questions=questions, answers=answers))

    async def _guests(self, scene: Scene, names: Sequence[str]) -> tuple[str, ...]:
        """The addresses of guests: written out by the asker, or of people of the workspace."""
        guests = []
        for name in names:
            address = name.strip().strip("<>").removeprefix("mailto:")
            if _ADDRESS.fullmatch(address):
                require_address(scene, address)
                guests.append(address)
            elif not self._people.is_self(scene.asker, name):
                guests.append(await self._people.email_of(scene, name))
        return tuple(dict.fromkeys(guests))

    def _said_place(self, scene: Scene, place: str) -> str:
        digits = re.sub(r"\D", "", place)
        if len(digits) >= 7:
            require_number(scene, digits)
        return place

    async def remember_email(self, scene: Scene, draft: Draft) -> None:
        """Keeps a typed address for the next time, as unverified."""
        typed = draft.answers.get(EMAIL)
        if typed and not scene.asker.email:
            await self._store.memory.put(scene.asker.workspace, scene.asker.slack_id, TYPED_EMAIL, "", str(typed))


def _from_to(draft: Draft, types: Sequence[EventType]) -> int | None:
    """The length that "from 2pm to 2:30pm" says, where no other was named and a plain meeting can last so long.

    "between 2 and 3" is where to look instead.
    """
    if len(draft.spans) != 1 or draft.spans[0].exact or draft.wanted or _BETWEEN.search(draft.words):
        return None
    minutes = round((draft.spans[0].end - draft.spans[0].start).total_seconds() / 60)
    return minutes if lasting(types, minutes) else None
