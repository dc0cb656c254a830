"""Accounts, event types, teams, webhooks and linking, against the embedded server."""

import asyncio
from datetime import timedelta

import httpx
import pytest

from bot.calcom import (
    BookingLimits,
    BookingStatus,
    CalCom,
    Conflict,
    Credential,
    EventTypeChange,
    FieldType,
    Forbidden,
    LinkExpired,
    LocationKind,
    NewWebhook,
    NotFound,
    Pkce,
    ProfileChange,
    RateLimited,
    SchedulingType,
    Trigger,
    WebhookOwner,
    WebhookScope,
    WrongCredential,
    authorize_url,
    read_delivery,
    signed_by,
)
from bot.sandbox.clock import Clock

from .seeded import LOS_ANGELES, NOW, TUESDAY, Here, at, book, event_type, serve


async def test_who_am_i(here: Here) -> None:
    me = await here.acting("bailey").me()
    assert (me.username, me.email, me.zone) == ("bailey", "bailey@example.com", "America/Los_Angeles")
    changed = await here.acting("bailey").update_me(ProfileChange(name="Bailey B", time_format=24))
    assert (changed.name, changed.time_format, changed.zone) == ("Bailey B", 24, "America/Los_Angeles")


async def test_a_wrong_key_is_told(here: Here) -> None:
    with pytest.raises(WrongCredential):
        await here.acting("nobody").me()
    with pytest.raises(WrongCredential):
        await here.public.me()


async def test_event_types_of_others_come_with_their_questions(here: Here) -> None:
    consultation = await event_type(here.public, "bailey", "consultation")
    fields = {field.slug: field for field in consultation.booking_fields}
    assert (fields["topic"].type, fields["topic"].required) == (FieldType.TEXTAREA, True)
    assert fields["company_size"].options == ("1-10", "10-50", "50+")
    assert (fields["seats"].type, fields["seats"].required) == (FieldType.NUMBER, False)
    assert (consultation.length_minutes, consultation.slot_interval_minutes) == (45, 15)


async def test_rules_of_event_types_are_read(here: Here) -> None:
    thirty = await event_type(here.public, "sam", "30min")
    assert (thirty.minimum_notice_minutes, thirty.after_buffer_minutes) == (60, 10)
    lena = await event_type(here.public, "lena", "30min")
    assert lena.durations == (15, 30, 60)
    assert {place.kind for place in lena.locations} == {
        LocationKind.INTEGRATION,
        LocationKind.ATTENDEE_ADDRESS,
    }
    interview = await event_type(here.public, "sam", "interview")
    assert interview.confirmation is not None
    assert (interview.confirmation.always, interview.confirmation.blocks) == (True, False)
    weekly = await event_type(here.public, "bailey", "weekly-sync")
    assert weekly.recurrence is not None
    assert weekly.recurrence.occurrences == 4
    shared = await event_type(here.public, "bailey", "office-hours")
    assert shared.seats is not None
    assert shared.seats.per_slot == 3


async def test_people_are_found_with_and_without_their_organisation(here: Here) -> None:
    assert await here.public.event_types("bailey", organization="example")
    assert await here.public.event_types("nobody") == ()
    (one,) = await here.public.event_types("bailey", slug="15min")
    assert one.slug == "15min"


async def test_a_team_s_event_types_and_members(here: Here) -> None:
    bailey = here.acting("bailey")
    (team,) = [one for one in await bailey.teams() if one.slug == "support"]
    types = {one.slug: one for one in await bailey.team_event_types(team.id)}
    assert types["urgent-support"].instant
    assert types["onboarding"].scheduling_type is SchedulingType.COLLECTIVE
    assert types["triage"].scheduling_type is SchedulingType.ROUND_ROBIN
    assert {host.username for host in types["triage"].hosts} >= {"bailey", "sam", "lena"}
    assert {member.username for member in await bailey.team_members(team.id)} == {"bailey", "sam", "lena"}
    assert team.slug in {one.slug for one in await here.acting("admin").organization_teams(1)}


async def test_event_types_are_made_changed_hidden_and_deleted(here: Here) -> None:
    bailey = here.acting("bailey")
    new = EventTypeChange(title="Quick chat", slug="quick-chat", length_minutes=20, lengths=(20, 40))
    made = await bailey.create_event_type(new)
    assert (made.slug, made.durations) == ("quick-chat", (20, 40))
    hidden = await bailey.update_event_type(made.id, EventTypeChange(hidden=True, minimum_notice_minutes=30))
    assert (hidden.hidden, hidden.minimum_notice_minutes, hidden.title) == (True, 30, "Quick chat")
    assert "quick-chat" in {one.slug for one in await bailey.own_event_types()}
    assert "quick-chat" not in {one.slug for one in await here.public.event_types("bailey")}
    link = await bailey.create_private_link(made.id)
    assert (link.max_uses, link.expired) == (1, False)
    assert [one.id for one in await bailey.private_links(made.id)] == [link.id]
    await bailey.delete_private_link(made.id, link.id)
    await bailey.delete_event_type(made.id)
    with pytest.raises(NotFound):
        await bailey.event_type(made.id)


async def test_webhooks_are_registered_listed_changed_and_taken_back(here: Here) -> None:
    bailey = here.acting("bailey")
    new = NewWebhook("http://127.0.0.1:9/hook", (Trigger.BOOKING_CREATED, Trigger.BOOKING_CANCELLED), "s3cret")
    made = await bailey.create_webhook(new)
    assert made.triggers == new.triggers
    with pytest.raises(Conflict):
        await bailey.create_webhook(new)
    assert [one.id for one in await bailey.webhooks()] == [made.id]
    narrower = NewWebhook(new.url, (Trigger.BOOKING_CREATED,), "s3cret")
    assert (await bailey.update_webhook(made.id, narrower)).triggers == (Trigger.BOOKING_CREATED,)
    await bailey.delete_webhook(made.id)
    assert await bailey.webhooks() == ()
    own = await event_type(bailey, "bailey", "15min")
    scope = WebhookScope(WebhookOwner.EVENT_TYPE, own.id)
    on_type = await bailey.create_webhook(new, scope)
    assert [one.id for one in await bailey.webhooks(scope)] == [on_type.id]


async def test_nobody_reads_what_is_not_theirs(here: Here) -> None:
    bailey = here.acting("bailey")
    own = await event_type(bailey, "bailey", "15min")
    with pytest.raises((Forbidden, NotFound)):
        await here.acting("sam").update_event_type(own.id, EventTypeChange(title="Mine now"))


async def test_the_server_s_limit_is_respected_before_it_strikes() -> None:
    clock = Clock(NOW)
    server, transport = serve(clock, 20)
    calcom = CalCom("http://sandbox.test/calcom/v2", transport=transport)
    bailey = calcom.acting(Credential("key", "cal_sandbox_bailey"))
    for _ in range(20):
        await bailey.me()
    with pytest.raises(RateLimited) as caught:
        await bailey.me()
    assert caught.value.status is None, "refused here, without asking the service"
    assert caught.value.retry_after is not None
    assert caught.value.retry_after > 30
    await calcom.aclose()
    await server.stop()


async def test_an_account_is_linked_refreshed_and_lost(here: Here) -> None:
    pkce, back = Pkce.fresh(), "http://127.0.0.1:9/back"
    app = {"client_id": "slotwise-sandbox", "redirect_uri": back}
    page = "http://sandbox.test/calcom/auth/oauth2/authorize"
    scopes = ("PROFILE_READ", "BOOKING_READ")
    link = authorize_url(page, **app, state="s1", scopes=scopes, pkce=pkce)
    async with httpx.AsyncClient(transport=here.transport) as browser:
        form = {**httpx.URL(link).params, "decision": "allow", "user": "sam"}
        answer = await browser.post(page, data=form)
    query = httpx.URL(answer.headers["location"]).params
    assert query["state"] == "s1"

    with pytest.raises(LinkExpired):
        await here.public.exchange_code(**app, code=query["code"], code_verifier=Pkce.fresh().verifier)
    tokens = await here.public.exchange_code(**app, code=query["code"], code_verifier=pkce.verifier)
    assert tokens.expires_at - here.clock.now() == pytest.approx(timedelta(minutes=30), abs=timedelta(seconds=5))
    assert (await here.calcom.acting(Credential("oauth", tokens.access_token)).me()).username == "sam"

    assert tokens.refresh_token is not None
    spent = {"client_id": "slotwise-sandbox", "refresh_token": tokens.refresh_token}
    newer = await here.public.refresh_tokens(**spent)
    assert newer.access_token != tokens.access_token
    with pytest.raises(LinkExpired):
        await here.public.refresh_tokens(**spent)
    with pytest.raises(WrongCredential):
        await here.calcom.acting(Credential("oauth", tokens.access_token)).me()


async def test_a_member_s_own_limits_are_set_and_taken_away(here: Here) -> None:
    sam = here.acting("sam")
    assert await sam.set_booking_limits(BookingLimits(per_day=3)) == BookingLimits(per_day=3)
    assert (await sam.booking_limits()).per_day == 3
    await sam.delete_booking_limits()
    assert await sam.booking_limits() == BookingLimits()


async def test_what_the_server_s_webhooks_tell_is_signed_and_understood(here: Here) -> None:
    heard: list[tuple[str | None, bytes]] = []

    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        headers = dict(line.lower().split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line)
        heard.append((headers.get("x-cal-signature-256"), await reader.readexactly(int(headers["content-length"]))))
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        writer.close()

    listening = await asyncio.start_server(listen, "127.0.0.1", 0)
    address = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}/hook"
    wanted = (Trigger.BOOKING_CREATED, Trigger.BOOKING_RESCHEDULED, Trigger.BOOKING_CANCELLED)
    await here.acting("bailey").create_webhook(NewWebhook(address, wanted, "s3cret"))
    start = at(LOS_ANGELES, TUESDAY, 11)
    made = await book(here.public, "15min", "bailey", start, metadata={"draft": "d1"})
    moved = await here.public.reschedule(made.uid, start + timedelta(hours=1))
    await here.public.cancel(moved.uid, reason="ill")
    for _ in range(100):
        if len(heard) == 3:
            break
        await asyncio.sleep(0.02)
    listening.close()

    assert all(signed_by("s3cret", body, signature) for signature, body in heard)
    told = {one.trigger: one for one in (read_delivery(body) for _, body in heard)}
    assert told[Trigger.BOOKING_CREATED].uid == made.uid
    assert told[Trigger.BOOKING_CREATED].metadata["draft"] == "d1"
    assert told[Trigger.BOOKING_RESCHEDULED].rescheduled_from == made.uid
    assert told[Trigger.BOOKING_RESCHEDULED].start == start + timedelta(hours=1)
    cancelled = told[Trigger.BOOKING_CANCELLED]
    assert (cancelled.cancellation_reason, cancelled.status) == ("ill", BookingStatus.CANCELLED)
    assert cancelled.attendees[0].email == "ann@example.com"
