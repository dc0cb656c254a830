"""A ring followed by looking alone, as where Cal.com cannot reach us: taken, missed, told once."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from bot.calcom import ByType, CalCom, Credential, NewAttendee, NewBooking
from bot.sandbox.clock import Clock
from bot.scheduling.accounts import Accounts
from bot.scheduling.bookings import MARK
from bot.scheduling.cards import DraftKind, Event, Notice
from bot.scheduling.catalog import Catalog
from bot.scheduling.draft import Draft, Host, Meeting, Stage, State, dump
from bot.scheduling.drafts import DRAFT
from bot.scheduling.news import News
from bot.scheduling.people import Profile
from bot.scheduling.rings import Rings
from bot.scheduling.story import Telling, Told
from bot.store import Record, Store, Timer
from tests.calcom.seeded import NOW, serve

KEY = Credential("key", "cal_sandbox_admin")
CALLER = Profile("UKENJI", "Kenji", "Asia/Tokyo", "kenji@example.com")


class Workspace:
    """The people of a small one."""

    async def people(self, workspace: str) -> Sequence[Profile]:
        return (CALLER, Profile("UBAILEY", "Bailey", "America/Los_Angeles", "bailey@example.com"))


@dataclass
class World:
    """A ring under way, and those who follow it."""

    rings: Rings
    store: Store
    clock: Clock
    calcom: CalCom
    transport: httpx.ASGITransport
    uid: str
    timer: Timer

    async def look(self) -> tuple[Telling, bool]:
        """The look whose time has come next."""
        (timer,) = await self.store.timers.due(self.clock.now() + timedelta(days=1))
        self.clock.advance(max(timedelta(), timer.due - self.clock.now()))
        await self.store.timers.remove(timer.id)
        return await self.rings.look("T1", timer.payload, timer.id)

    async def join(self) -> None:
        """Somebody of the team opens the link that takes the call."""
        (hook,) = self.taken_by
        async with httpx.AsyncClient(transport=self.transport, follow_redirects=True) as browser:
            await browser.get(hook)

    taken_by: tuple[str, ...] = ()


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    clock = Clock(NOW)
    server, transport = serve(clock, 0)
    calcom = CalCom("http://sandbox.test/calcom/v2", clock=clock.now, transport=transport)
    store = await Store.open(f"sqlite:///{tmp_path}/slotwise.db", clock=clock.now)
    accounts = Accounts(calcom, store, clock.now)
    catalog = Catalog(calcom, KEY, clock.now)
    news = News(calcom, store, accounts, Workspace(), KEY, clock.now)
    rings = Rings(calcom, store, news, catalog, Workspace(), KEY, clock.now, webhooks=False)
    draft = Draft(
        DraftKind.RING,
        Stage.YES,
        hosts=(Host("Support", team_slug="support", team_id=2),),
        meeting=Meeting(10, "urgent-support", "Urgent support", 15),
        notes="checkout is down",
    )
    now = clock.now()
    record = Record("draft-1", "T1", "C1:17.2", "UKENJI", DRAFT, State.DONE.value, dump(draft), now, now)
    await store.records.add(record)
    order = NewBooking(
        target=ByType(10),
        start=now,
        attendee=NewAttendee("Kenji", "Asia/Tokyo", "kenji@example.com"),
        metadata={MARK: record.id},
        instant=True,
    )
    (booking,) = await calcom.acting(None).create_booking(order)
    timer = rings.first_look(record.id, "T1", booking.uid)
    await store.timers.put(timer)
    row = server._world.database.one("SELECT token FROM instant_tokens")
    assert row is not None
    link = f"http://sandbox.test/calcom/connect-and-join?token={row['token']}"
    yield World(rings, store, clock, calcom, transport, booking.uid, timer, (link,))
    await calcom.aclose()
    await store.close()


async def test_it_is_looked_at_until_its_end_and_then_told_once(world: World) -> None:
    told: list[Told] = []
    looks, missed = 0, False
    while not missed:
        telling, missed = await world.look()
        told += telling.told
        looks += 1
    assert looks >= 5
    assert world.clock.now() - NOW >= timedelta(seconds=90)
    (one,) = told
    assert isinstance(one.card, Notice)
    assert (one.user, one.conversation, one.card.event) == ("UKENJI", "C1:17.2", Event.MISSED)
    assert one.card.title == "Triage"
    assert one.card.start is not None
    assert one.card.start > world.clock.now()
    again, missed_again = await world.rings.look("T1", world.timer.payload, "another-turn")
    assert (again.told, missed_again) == ((), False)


async def test_who_took_it_is_told_once_whichever_way_it_is_heard(world: World) -> None:
    await world.look()
    await world.join()
    telling, missed = await world.look()
    assert not missed
    (one,) = telling.told
    assert isinstance(one.card, Notice)
    assert one.card.event is Event.TAKEN
    assert "Bailey took the call" in one.card.lead
    assert (await world.rings.taken("T1", world.uid, "webhook-turn")).told == ()
    assert await world.store.timers.due(world.clock.now() + timedelta(days=1)) == ()


async def test_a_turn_done_again_tells_the_same(world: World) -> None:
    await world.join()
    first = await world.rings.taken("T1", world.uid, "turn-1")
    assert first.told
    assert await world.rings.taken("T1", world.uid, "turn-1") == first
