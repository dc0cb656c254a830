"""Linking an account: bound to one person, once, in time; renewed once however many ask; found webhooks stay single."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
import sqlalchemy

from bot.calcom import CalCom, Credential, Trigger, WebhookOwner, WebhookScope
from bot.sandbox.calcom import CalComServer
from bot.sandbox.clock import Clock
from bot.scheduling.accounts import SCOPES, Accounts, NotLinked, OAuthApp
from bot.scheduling.asker import Asker
from bot.scheduling.catalog import Catalog
from bot.scheduling.errors import Refusal
from bot.scheduling.subscriptions import Subscriptions
from bot.store import Credential as Kept
from bot.store import Link, Store
from tests.calcom.seeded import NOW, serve

PAGE = "http://sandbox.test/calcom/auth/oauth2/authorize"
APP = OAuthApp("slotwise-sandbox", PAGE, "http://127.0.0.1:1/oauth/calcom/callback")
ANN = Asker("T1", "UANN", "Ann", "America/New_York", email="ann@example.com")


@dataclass
class World:
    """Accounts with a Cal.com server and a database of their own."""

    accounts: Accounts
    store: Store
    calcom: CalCom
    clock: Clock
    server: CalComServer
    transport: httpx.ASGITransport

    async def allow(self, address: str, username: str = "lena") -> tuple[str, str]:
        """Allow the link as somebody at Cal.com: gives state and code as they come back."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        async with httpx.AsyncClient(transport=self.transport) as browser:
            answer = await browser.post(PAGE, data={**query, "user": username, "decision": "allow"})
        back = parse_qs(urlsplit(answer.headers["location"]).query)
        return back["state"][0], back["code"][0]

    async def linked(self, username: str = "lena") -> Link:
        link, _ = await self.accounts.finish(*await self.allow(await self.accounts.begin(ANN), username))
        return link


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    clock = Clock(NOW)
    server, transport = serve(clock, 0)
    calcom = CalCom("http://sandbox.test/calcom/v2", clock=clock.now, transport=transport)
    store = await Store.open(f"sqlite:///{tmp_path}/slotwise.db", clock=clock.now)
    yield World(Accounts(calcom, store, clock.now, APP), store, calcom, clock, server, transport)
    await calcom.aclose()
    await store.close()


async def test_the_address_asks_for_the_scopes_used_and_proves_itself_with_s256(world: World) -> None:
    query = parse_qs(urlsplit(await world.accounts.begin(ANN)).query)
    assert query["code_challenge_method"] == ["S256"]
    assert query["scope"] == [" ".join(SCOPES)]
    assert query["redirect_uri"] == [APP.callback]
    assert "UANN" not in str(query)


async def test_a_link_belongs_to_who_asked_for_it(world: World) -> None:
    link = await world.linked()
    assert (link.workspace, link.slack_id, link.username) == ("T1", "UANN", "lena")
    assert await world.accounts.link("T1", "UKENJI") is None
    credential = await world.accounts.credential(link)
    assert (await world.calcom.acting(credential).me()).username == "lena"


async def test_a_state_is_used_once(world: World) -> None:
    state, code = await world.allow(await world.accounts.begin(ANN))
    results = await asyncio.gather(
        world.accounts.finish(state, code), world.accounts.finish(state, code), return_exceptions=True
    )
    assert [type(result) for result in results if isinstance(result, Exception)] == [NotLinked]


@pytest.mark.parametrize("state", ["", "nonsense", "x" * 300])
async def test_a_state_that_was_never_given_out_links_nothing(world: World, state: str) -> None:
    _, code = await world.allow(await world.accounts.begin(ANN))
    with pytest.raises(NotLinked):
        await world.accounts.finish(state, code)
    assert await world.store.links.all("T1") == ()


async def test_a_state_grows_old(world: World) -> None:
    state, code = await world.allow(await world.accounts.begin(ANN))
    world.clock.advance(timedelta(minutes=10))
    with pytest.raises(NotLinked, match="too old"):
        await world.accounts.finish(state, code)


async def test_somebody_elses_code_does_not_fit_the_proof(world: World) -> None:
    _, stolen = await world.allow(await world.accounts.begin(ANN))
    kenji = Asker("T1", "UKENJI", "Kenji", "Asia/Tokyo")
    state = parse_qs(urlsplit(await world.accounts.begin(kenji)).query)["state"][0]
    with pytest.raises(NotLinked):
        await world.accounts.finish(state, stolen)
    assert await world.store.links.all("T1") == ()


async def test_tokens_are_unreadable_in_the_database(world: World) -> None:
    link = await world.linked()
    assert link.credential is not None
    rows = await world.store.database.rows(sqlalchemy.text("SELECT * FROM links"))
    credential = await world.accounts.credential(link)
    assert credential is not None
    assert credential.secret not in str(rows)
    assert credential.secret not in repr(link)


async def test_many_who_ask_at_once_renew_once(world: World) -> None:
    link = await world.linked()
    world.clock.advance(timedelta(minutes=29))
    replica = Accounts(world.calcom, world.store, world.clock.now, APP)
    asked = [world.accounts.credential(link) for _ in range(5)] + [replica.credential(link) for _ in range(5)]
    credentials = await asyncio.gather(*asked)
    assert len({c.secret for c in credentials if c}) == 1
    assert all(credentials)
    assert (await world.calcom.acting(credentials[0]).me()).username == "lena"


async def test_a_link_that_cal_com_has_ended_keeps_the_address_and_loses_the_right(world: World) -> None:
    ended = []

    async def hear(link: Link) -> None:
        ended.append(link.slack_id)

    world.accounts.on_ended = hear
    link = await world.linked()
    world.clock.advance(timedelta(days=400))
    assert await world.accounts.credential(link) is None
    kept = await world.accounts.link("T1", "UANN")
    assert kept is not None
    assert (kept.credential, kept.email) == (None, "lena@example.com")
    assert ended == ["UANN"]


async def test_an_api_key_needs_no_renewal(world: World) -> None:
    link = Link("T1", "UB", "bailey", "bailey@example.com", "Bailey", credential=Kept("key", "cal_sandbox_bailey"))
    assert await world.accounts.credential(link) == Credential("key", "cal_sandbox_bailey")
    assert await world.accounts.credential(None) is None


async def test_who_unlinks_on_purpose_stays_unlinked(world: World) -> None:
    await world.linked()
    assert await world.accounts.unlink(ANN)
    assert await world.accounts.link("T1", "UANN") is None
    assert await world.accounts.has_left("T1", "UANN")
    assert await world.accounts.unlink(ANN) is None
    await world.linked()
    assert not await world.accounts.has_left("T1", "UANN")


async def test_without_an_app_the_reason_is_said(world: World) -> None:
    accounts = Accounts(world.calcom, world.store, world.clock.now, None, "No public address.")
    with pytest.raises(Refusal) as refused:
        await accounts.begin(ANN)
    assert refused.value.sentence == "No public address."


# Webhooks


def subscriptions(world: World, public_url: str = "http://127.0.0.1:1") -> Subscriptions:
    key = Credential("key", "cal_sandbox_admin")
    catalog = Catalog(world.calcom, key, world.clock.now)
    return Subscriptions(world.calcom, world.store, world.accounts, catalog, key, public_url)


async def test_a_webhook_is_registered_once_and_found_again(world: World) -> None:
    link = await world.linked()
    for _ in range(3):
        await subscriptions(world).of_person(link)
    (hook,) = await world.calcom.acting(Credential("key", "cal_sandbox_lena")).webhooks()
    kept = await world.store.hooks.of("T1", "UANN")
    assert kept is not None
    assert hook.url == f"http://127.0.0.1:1/webhooks/calcom/{kept.id}"
    assert hook.secret == kept.secret
    assert Trigger.BOOKING_REQUESTED in hook.triggers


async def test_a_lost_database_leaves_no_second_webhook(world: World) -> None:
    link = await world.linked()
    await subscriptions(world).of_person(link)
    before = await world.store.hooks.of("T1", "UANN")
    assert before
    await world.store.hooks.remove(before.id)
    await subscriptions(world).of_person(link)
    (hook,) = await world.calcom.acting(Credential("key", "cal_sandbox_lena")).webhooks()
    assert before.id not in hook.url


async def test_unlinking_takes_the_webhook_back(world: World) -> None:
    hooks = subscriptions(world)
    world.accounts.on_linked, world.accounts.on_unlinked = hooks.of_person, hooks.drop_person
    await world.linked()
    lena = world.calcom.acting(Credential("key", "cal_sandbox_lena"))
    assert len(await lena.webhooks()) == 1
    await world.accounts.unlink(ANN)
    assert await lena.webhooks() == ()
    assert await world.store.hooks.of("T1", "UANN") is None


async def test_only_instant_event_types_tell_of_rings(world: World) -> None:
    await subscriptions(world).of_rings("T1")
    await subscriptions(world).of_rings("T1")
    admin = world.calcom.acting(Credential("key", "cal_sandbox_admin"))
    (hook,) = await admin.webhooks(WebhookScope(WebhookOwner.EVENT_TYPE, 10))
    assert Trigger.INSTANT_MEETING in hook.triggers
    assert await admin.webhooks(WebhookScope(WebhookOwner.EVENT_TYPE, 11)) == ()


async def test_without_a_public_address_nothing_is_registered(world: World) -> None:
    link = await world.linked()
    await subscriptions(world, "").of_person(link)
    await subscriptions(world, "").of_rings("T1")
    assert await world.calcom.acting(Credential("key", "cal_sandbox_lena")).webhooks() == ()
