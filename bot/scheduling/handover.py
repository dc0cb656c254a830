"""Several things at once: a request made while another one is open, or together with it, and what comes after.

One proposal waits for a yes at a time. A new booking takes the place of one that was not confirmed, and a note says
what is lost; other requests are done first, and what waited is shown again afterwards. Of requests made in one
message the first is taken up, and each next one when the one before it is settled.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.scheduling.asker import Scene
from bot.scheduling.booker import Booker
from bot.scheduling.cards import Closed, DraftKind, Note, Pick, Proposal, Questions, SlotChoice
from bot.scheduling.draft import Draft, Later, Stage, State, load_draft
from bot.scheduling.drafts import DRAFT, Drafts, Held
from bot.scheduling.present import parties, title_of
from bot.scheduling.reply import Reply
from bot.scheduling.requests import (
    TOOLS,
    Account,
    Book,
    Cancel,
    EditBooking,
    Move,
    Request,
    Respond,
    Ring,
)
from bot.scheduling.timing import Clock
from bot.scheduling.wording import listed, minutes_text, when
from bot.store import Record

RECENT = timedelta(minutes=15)
"""How long after its last change an open draft is gone back to by itself."""

_BESIDES = re.compile(
    r"\b(?:also|too|as well|another|in addition|additionally|besides|plus|second (?:meeting|call|one)|auch|noch"
    r"|zusätzlich|aussi|également|también|además|anche|inoltre|também|ook)\b|もう一つ|还|再",
    re.I,
)
_TAKES_PLACE: dict[type[Request], tuple[DraftKind, ...]] = {
    Book: (DraftKind.BOOK,),
    Move: (DraftKind.MOVE, DraftKind.CANCEL),
    Cancel: (DraftKind.CANCEL, DraftKind.MOVE),
    Respond: (DraftKind.ACCEPT, DraftKind.DECLINE),
    EditBooking: (DraftKind.EDIT,),
    Account: (DraftKind.SETTING,),
    Ring: (DraftKind.RING,),
}
"""Of which kinds an open draft gives way to a new request."""


class Handover:
    """Keeps apart what was asked at once."""

    def __init__(self, drafts: Drafts, booker: Booker, now: Clock) -> None:
        self._drafts = drafts
        self._booker = booker
        self._now = now

    async def before(self, scene: Scene, request: Request) -> tuple[Record, ...]:
        """The open drafts that a request may take the place of."""
        kinds = _TAKES_PLACE.get(type(request), ())
        if not kinds or (scene.said and _BESIDES.search(scene.said[-1])):
            return ()
        return tuple(r for r in await self._drafts.waiting(scene) if load_draft(r.payload).kind in kinds)

    async def replaced(self, scene: Scene, before: Sequence[Record], reply: Reply) -> Reply:
        """The reply to a new request, with the drafts closed whose place it takes, and a word about what is lost."""
        shown = {getattr(card, "ref", "") for card in reply.cards}
        old = [r for r in before if r.id not in shown]
        fresh = [r for r in await self._drafts.waiting(scene) if r.id not in {b.id for b in before}]
        if not old or not fresh:
            return reply
        notes, closed = [], []
        held = Held(fresh[0].id, load_draft(fresh[0].payload), fresh[0])
        for record in old:
            draft = load_draft(record.payload)
            await self._drafts.close(record.id, State.REPLACED)
            await self._booker.release(draft)
            closed.append(Closed(record.id, "Your next request took its place."))
            if lost := _lost(draft, scene):
                notes.append(Note(lost))
            if draft.then:
                held = await self._drafts.save(held, replace(held.draft, then=(*draft.then, *held.draft.then)))
        return Reply((*notes, *reply.cards), (*reply.closed, *closed))

    async def line_up(self, scene: Scene, reply: Reply, then: Sequence[Later]) -> Reply | None:
        """The reply with what comes after it kept for then; None where nothing waits that it could come after."""
        ref = next((c.ref for c in reply.cards if isinstance(c, Proposal | SlotChoice | Questions | Pick)), "")
        record = await self._drafts.of(ref) if ref else None
        if record is None or record.kind != DRAFT or record.state != State.OPEN:
            return None
        draft = load_draft(record.payload)
        await self._drafts.save(Held(ref, draft, record), replace(draft, then=(*then, *draft.then)))
        next_up = listed([in_words(request_of(later)) for later in then], "then")
        return replace(reply, cards=(Note(f"One after the other. First this; then: {next_up}."), *reply.cards))

    async def settled(self, scene: Scene, ref: str) -> Draft | None:
        """The draft of a card that this very turn has run or let go; None for any other."""
        record = await self._drafts.of(ref)
        if record is None or record.kind != DRAFT or record.requester != scene.asker.slack_id:
            return None
        draft = load_draft(record.payload)
        run = record.state == State.DONE and draft.claimed == scene.turn
        return draft if run or record.state == State.DISMISSED else None

    async def waiting(self, scene: Scene) -> str:
        """The ref of the draft to go back to, now that another one is settled; empty when there is none."""
        for record in await self._drafts.waiting(scene):
            draft = load_draft(record.payload)
            stale = self._now() - record.updated > RECENT
            if not stale and draft.kind is not DraftKind.RING and (draft.stage is not Stage.WHO or draft.menu):
                return record.id
        return ""

    async def drop(self, ref: str) -> None:
        """Close a draft that cannot be gone back to."""
        await self._drafts.close(ref, State.REPLACED)

    async def taken_up(self, ref: str) -> None:
        """Forget what was to come after a draft: it has come."""
        record = await self._drafts.of(ref)
        if record and (draft := load_draft(record.payload)).then:
            await self._drafts.settle(Held(ref, draft, record), State(record.state), replace(draft, then=()))


def later(request: Request, words: str) -> Later:
    """A request to be kept."""
    name = next(name for name, kind in TOOLS.items() if type(request) is kind)
    return Later(name, request.model_dump(mode="json", exclude_defaults=True), words)


def request_of(kept: Later) -> Request:
    """A kept request."""
    return TOOLS[kept.tool].model_validate(kept.arguments)


def in_words(request: Request) -> str:
    """A request in a few words, as it was made.

    >>> in_words(Cancel(booking="my call with sam")), in_words(Book(people=["lena"], when="friday", minutes=30))
    ('cancel my call with sam', 'book 30 minutes with lena friday')
    """
    match request:
        case Book():
            length = minutes_text(request.minutes) if request.minutes else ""
            what = request.title or " ".join(filter(None, (length, request.meeting))) or "a meeting"
            whom = f"with {listed(request.people)}" if request.people else ""
            return " ".join(filter(None, ("book", what, whom, request.when)))
        case Move():
            return " ".join(filter(None, ("move", request.booking or "it", "to" if request.to else "", request.to)))
        case Cancel():
            return f"cancel {request.booking or 'it'}"
        case Respond():
            return f"{request.answer} {request.booking or 'the request'}"
        case Ring():
            return f"ring the {request.team or 'support'} team"
        case Account():
            return f"your {request.what.replace('_', ' ')}"
        case EditBooking():
            return f"{request.what.replace('_', ' ')} for {request.booking or 'it'}"
        case _:
            return "the rest"


def _lost(draft: Draft, scene: Scene) -> str:
    """What is gone with a draft that gave way; empty when nothing was settled but whom it is with."""
    if draft.kind is not DraftKind.BOOK or (draft.start is None and not draft.answers):
        return ""
    names = listed([p.name for p in parties(draft)])
    at = f" on {when(draft.start, scene.asker.zone, scene.asker.locale)}" if draft.start else ""
    return f"I dropped {title_of(draft)} with {names}{at}, which was not booked. Say “also …” to do both."
