"""Drafts as stored: opened, saved, and taken up again only by their requester, in time, once."""

from dataclasses import dataclass, replace
from typing import Any

from bot.moments import Moment, passing
from bot.scheduling.asker import Place, Scene
from bot.scheduling.draft import LIFETIME, Draft, Listing, State, dump, load_draft, load_listing
from bot.scheduling.errors import Gone, NotYours
from bot.scheduling.timing import Clock
from bot.store import Record, Store

DRAFT = "draft"
LISTING = "listing"
NOTICE = "notice"
"""News about one booking; stored like a list of one line, whose key is empty."""


@dataclass(frozen=True)
class Held:
    """A draft in hand, and the record it came from."""

    ref: str
    draft: Draft
    record: Record


class Drafts:
    """The drafts and listings of all conversations."""

    def __init__(self, store: Store, now: Clock) -> None:
        self._store = store
        self._now = now

    async def open(self, scene: Scene, draft: Draft, name: str = "draft") -> Held:
        """Store a new draft; doing the same turn again finds the one it made before."""
        record = await self._add(scene, DRAFT, dump(draft), name, draft.booking.uid if draft.booking else None)
        return Held(record.id, load_draft(record.payload), record)

    async def list(self, scene: Scene, listing: Listing, name: str = "listing") -> str:
        """Store what a list showed; gives its ref."""
        return (await self._add(scene, LISTING, dump(listing), name, None)).id

    async def save(self, held: Held, draft: Draft) -> Held:
        """Keep a changed draft, which stays open. Raises `Gone` if it was used or let go meanwhile."""
        record = await self._store.records.change(
            held.ref,
            expect_state=State.OPEN.value,
            payload=dump(draft),
            expires=self._now() + LIFETIME,
            subject=draft.booking.uid if draft.booking else None,
        )
        if record is None:
            raise Gone("That card was used already.")
        return Held(held.ref, draft, record)

    async def take(self, scene: Scene, ref: str) -> Held:
        """An open draft for its requester. Raises `NotYours` or `Gone` with the sentence for who pressed."""
        record = await self.record(scene, ref)
        if record.kind != DRAFT:
            raise Gone("That card is not in use any more. Please ask again.")
        self.require_open(record)
        return Held(ref, load_draft(record.payload), record)

    async def record(self, scene: Scene, ref: str) -> Record:
        """The record of a card, whatever its state, for its requester. Raises `NotYours` or `Gone`."""
        record = await self._store.records.get(ref)
        if record is None or record.workspace != scene.asker.workspace:
            raise Gone("That card is not in use any more. Please ask again.")
        if record.requester != scene.asker.slack_id:
            raise NotYours("Only the person who asked for this can press that. Ask me yourself and I'll help you too.")
        return record

    async def of(self, ref: str) -> Record | None:
        """The record of a card, whoever's it is."""
        return await self._store.records.get(ref)

    def require_open(self, record: Record) -> None:
        """Raises `Gone` with the sentence that fits, unless the record can still be pressed."""
        if record.state in (State.DONE, State.RUNNING):
            raise Gone("That is done already; pressing again changes nothing.")
        if record.state == State.DISMISSED:
            raise Gone("You let that go. Please ask again.")
        if record.state == State.REPLACED:
            raise Gone("That card was replaced by a newer one further down.")
        if record.state == State.EXPIRED or self.expired(record):
            raise Gone("That card has expired, since free times change. Please ask again.")

    def expired(self, record: Record) -> bool:
        """Whether the time in which the card could be used is over."""
        return record.expires is not None and record.expires <= self._now()

    async def listing(self, scene: Scene, ref: str) -> Listing:
        """What a list showed, for its requester."""
        record = await self.record(scene, ref)
        if record.kind not in (LISTING, NOTICE):
            raise Gone("That list is not in use any more. Please ask again.")
        return load_listing(record.payload)

    async def claim(self, held: Held, turn: str) -> Held | None:
        """Take the draft for running it: of two clicks exactly one gets it. A turn done again gets its own back."""
        claimed = replace(held.draft, claimed=turn)
        record = await self._store.records.change(
            held.ref, expect_state=State.OPEN.value, state=State.RUNNING.value, payload=dump(claimed)
        )
        passing(Moment.CLAIMED)
        return Held(held.ref, claimed, record) if record else None

    async def settle(self, held: Held, state: State, draft: Draft | None = None, uid: str | None = None) -> None:
        """Leave the draft in a state: done with the booking's uid, open again, or let go."""
        draft = draft or held.draft
        draft = replace(draft, result_uid=uid or draft.result_uid, claimed="" if state is State.OPEN else draft.claimed)
        await self._store.records.change(
            held.ref,
            state=state.value,
            payload=dump(draft),
            subject=uid or (draft.booking.uid if draft.booking else None),
        )
        if state is State.DONE:
            passing(Moment.SETTLED)

    async def close(self, ref: str, state: State) -> bool:
        """Close an open draft; False if it was not open."""
        return await self._store.records.change(ref, expect_state=State.OPEN.value, state=state.value) is not None

    async def waiting(self, scene: Scene, but: str = "") -> tuple[Record, ...]:
        """The open drafts of this person in this conversation, newest first; what was only looked at left out."""
        found = await self._store.records.open(
            scene.asker.workspace, scene.conversation, scene.asker.slack_id, states=(State.OPEN.value,), limit=20
        )
        return tuple(
            r
            for r in found
            if r.kind == DRAFT and r.id != but and not self.expired(r) and not load_draft(r.payload).looking
        )

    async def begun(self, scene: Scene) -> Record | None:
        """The draft that this very turn began to run before a crash."""
        found = await self._store.records.open(
            scene.asker.workspace,
            scene.conversation,
            scene.asker.slack_id,
            states=(State.RUNNING.value, State.DONE.value),
        )
        return next((r for r in found if r.kind == DRAFT and load_draft(r.payload).claimed == scene.turn), None)

    async def last(self, scene: Scene, kind: str = DRAFT) -> Record | None:
        """The draft, or list, this person last had to do with in this conversation, whatever else was shown since."""
        found = await self._store.records.open(
            scene.asker.workspace,
            scene.conversation,
            scene.asker.slack_id,
            states=(State.OPEN.value, State.DONE.value),
            limit=10,
        )
        record = next((r for r in found if r.kind == kind), None)
        return None if record is None or self.expired(record) else record

    async def swap(self, *, close: str, reopen: str) -> None:
        """One draft takes the place of another; the other way round when the newer one came to nothing."""
        await self.close(close, State.REPLACED)
        await self._store.records.change(reopen, expect_state=State.REPLACED.value, state=State.OPEN.value)

    async def newest(self, scene: Scene) -> Record | None:
        """What this person last saw in this conversation that can be meant by "it" or "yes"; None once too old.

        News that came in between does not take the place of a draft that waits for an answer.
        """
        found = await self._store.records.open(
            scene.asker.workspace,
            scene.conversation,
            scene.asker.slack_id,
            states=(State.OPEN.value, State.DONE.value),
            limit=10,
        )
        fresh = [r for r in found if r.kind != NOTICE or self._now() - r.created < LIFETIME]
        record = next((r for r in fresh if r.kind in (DRAFT, LISTING, NOTICE)), None)
        if record and record.kind == NOTICE:
            waiting = (r for r in fresh if r.kind == DRAFT and r.state == State.OPEN and not self.expired(r))
            record = next(waiting, record)
        return None if record is None or self.expired(record) else record

    async def _add(self, scene: Scene, kind: str, payload: dict[str, Any], name: str, subject: str | None) -> Record:
        now = self._now()
        record = Record(
            id=self._store.records.new_id(),
            workspace=scene.asker.workspace,
            conversation=scene.conversation,
            requester=scene.asker.slack_id,
            kind=kind,
            state=State.OPEN.value,
            payload=payload,
            created=now,
            updated=now,
            expires=None if scene.place is Place.HOME else now + LIFETIME,
            subject=subject,
        )
        return await self._store.records.add(record, key=f"{scene.turn}:{name}")
