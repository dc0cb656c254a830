"""Who may do what to which booking: person by booking by action, the bot holding the organisation admin's key."""

from itertools import product

import pytest

from bot.calcom import Credential
from bot.scheduling.asker import Asker, Place, Scene
from bot.scheduling.cards import Agenda, BookingLine, Outcome, Proposal, Questions, Verb
from bot.scheduling.describe import describe
from bot.scheduling.desk import Desk
from bot.scheduling.reply import Reply
from bot.scheduling.requests import Account, Cancel, EditBooking, Move, Request, Respond, Ring, ShowBookings
from bot.slack.asked import Asked, Origin
from bot.slack.buttons import Pressed
from bot.slack.people import profile_of
from tests.security.stage import SECRET, Stage

ANN, KENJI, LENA, BAILEY, SAM = "U0ANN00001", "U0KENJI001", "U0LENA0001", "W0BAILEY01", "U0SAM00001"
ZONE = "Europe/London"


def person(slack_id: str, email: str | None, typed: str | None = None, workspace: str = "T0SANDBOX1") -> Asker:
    """Somebody as Slack knows them."""
    return Asker(workspace, slack_id, "Somebody", ZONE, email=email, typed_email=typed)


PEOPLE = {
    "ann": person(ANN, "ann@example.com"),
    "kenji": person(KENJI, "kenji@example.com"),
    "sam": person(SAM, "sam@example.com"),
    "bailey": person(BAILEY, "bailey@example.com"),
    "lena": person(LENA, "lena@example.com"),
    "a stranger": person("U0NOBODY01", "nobody@example.com"),
    "nobody's address": person("U0NOBODY02", None),
    "who typed ann's address": person("U0NOBODY03", None, "ann@example.com"),
    "who typed sam's address": person("U0NOBODY04", None, "sam@example.com"),
    "sam's id in another workspace": person(SAM, None, workspace="T0OTHER001"),
    "ann's id in another workspace": person(ANN, None, "ann@example.com", workspace="T0OTHER001"),
}
BOOKINGS = {
    "sam with ann": ("my 15 min meeting on Wednesday at 14:00", {"sam": "host", "ann": "guest"}),
    "bailey with sam": ("my 30 min meeting on Tuesday at 18:00", {"bailey": "host", "sam": "guest"}),
    "interview": ("my interview on Friday at 11:00", {"sam": "host", "kenji": "guest"}),
    "lena with kenji": ("my 30 min meeting on Thursday at 8:00", {"lena": "host", "kenji": "guest"}),
}
TITLES = {
    "sam with ann": "between Sam and Ann",
    "bailey with sam": "between Bailey and Sam",
    "interview": "Interview between Sam and Kenji",
    "lena with kenji": "between Lena and Kenji",
}


def action(name: str, words: str) -> Request:
    """The tool call of an action."""
    return {
        "move": Move(booking=words, to="Friday 16:00"),
        "cancel": Cancel(booking=words),
        "details": EditBooking(booking=words),
        "add guests": EditBooking(booking=words, what="add_guests", people=["lena"]),
        "change the place": EditBooking(booking=words, what="change_place", place="Room 5"),
        "ask for another time": EditBooking(booking=words, what="ask_reschedule", reason="away"),
        "recording": EditBooking(booking=words, what="recording"),
        "transcript": EditBooking(booking=words, what="transcript"),
        "accept": Respond(booking=words, answer="accept"),
        "decline": Respond(booking=words, answer="decline"),
    }[name]


ALLOWED = {
    "move": ("host", "guest"),
    "cancel": ("host", "guest"),
    "details": ("host", "guest"),
    "add guests": ("host",),
    "change the place": ("host",),
    "ask for another time": ("host",),
    "recording": ("host", "guest"),
    "transcript": ("host", "guest"),
    "accept": ("host",),
    "decline": ("host",),
}
REQUESTS = ("interview",)
"""The bookings that wait for an answer."""

_numbers = iter(range(10**9))


def scene(who: Asker, conversation: str = "") -> Scene:
    """A turn of this person, in a conversation of their own."""
    number = next(_numbers)
    return Scene(who, conversation or f"D{who.workspace}{who.slack_id}{number}", Place.DM, f"Ev{number}")


def about(reply: Reply, title: str) -> bool:
    """Whether the reply is about the booking: a card of it, or its title in any words."""
    cards = [c for c in reply.cards if isinstance(c, (Proposal, Questions, Outcome)) and title in c.title]
    lines = [line for c in reply.cards if isinstance(c, Agenda) for line in c.lines if title in line.title]
    moving = [c for c in reply.cards if c.type == "slots" and title in c.title]
    return bool(cards or lines or moving)


LINKED = ("sam", "bailey", "lena")
KEYS = {"an admin's key": "cal_sandbox_admin", "sam's key": "cal_sandbox_sam", "no key": ""}
FEW = ("ann", "kenji", "sam", "a stranger", "who typed sam's address", "sam's id in another workspace")
DEPLOYED = [(key, who) for key in KEYS for who in PEOPLE if key == "an admin's key" or who in FEW]
"""What the deployment's key may see, and who asks."""


def desk_with(stage: Stage, key: str) -> Desk:
    """The desk of a deployment with this key, or without one."""
    bot = stage.demo.bot
    credential = Credential("key", KEYS[key]) if KEYS[key] else None
    now = bot.desk._now
    return Desk(bot.calcom, bot.store, bot.directory, now, credential, None, bot.desk.accounts)


def part_of(who: str, booking: str, key: str) -> str:
    """Somebody's part in a booking, as far as this deployment can know: by their own link, or by its key."""
    parts = BOOKINGS[booking][1]
    known = who in LINKED or key == "an admin's key" or (key == "sam's key" and "sam" in parts)
    return parts.get(who, "") if known else ""


@pytest.mark.parametrize(("key", "who"), DEPLOYED)
def test_a_person_sees_exactly_the_bookings_they_take_part_in(stage: Stage, key: str, who: str) -> None:
    async def look() -> None:
        desk, told = desk_with(stage, key), ""
        for request in (ShowBookings(), ShowBookings(status="past"), ShowBookings(people=["kenji"])):
            reply = await desk.run(scene(PEOPLE[who]), request)
            told += " ".join(f"{describe(card)} {card}" for card in reply.cards)
        told += str((await desk.home(scene(PEOPLE[who]))).cards)
        for booking in BOOKINGS:
            assert (TITLES[booking] in told) == bool(part_of(who, booking, key)), booking
        assert (SECRET in told) == (who == "lena" or (who == "kenji" and key == "an admin's key"))

    stage.run(look())


@pytest.mark.parametrize(("key", "who"), DEPLOYED)
def test_a_person_does_to_a_booking_what_their_part_in_it_allows(stage: Stage, key: str, who: str) -> None:
    async def act() -> None:
        desk = desk_with(stage, key)
        before = await stage.everything()
        for name, (booking, (words, _)) in product(ALLOWED, BOOKINGS.items()):
            if name in ("accept", "decline") and booking not in REQUESTS:
                continue
            reply = await desk.run(scene(PEOPLE[who]), action(name, words))
            allowed = part_of(who, booking, key) in ALLOWED[name]
            assert about(reply, TITLES[booking]) == allowed, (name, booking, [describe(c) for c in reply.cards])
            told = " ".join(str(card) for card in reply.cards)
            assert all(TITLES[b] not in told for b in BOOKINGS if not part_of(who, b, key))
            assert SECRET not in told or who in ("lena", "kenji")
        assert await stage.everything() == before

    stage.run(act())


@pytest.mark.parametrize("who", [who for who in PEOPLE if who != "sam"])
def test_nobody_uses_what_belongs_to_sam(stage: Stage, who: str) -> None:
    """His draft, his list and his outcome: no press, no form, no answer."""

    async def act() -> None:
        desk, sam, other = stage.demo.bot.desk, PEOPLE["sam"], PEOPLE[who]
        drafted = await desk.run(scene(sam), Move(booking="my 15 min meeting on Wednesday", to="Friday 11:00"))
        listed = await desk.run(scene(sam), ShowBookings())
        draft, agenda = drafted.cards[0], listed.cards[0]
        assert isinstance(draft, Proposal)
        assert isinstance(agenda, Agenda)
        before = await stage.everything()
        for verb in Verb:
            if verb in (Verb.CONNECT, Verb.DISCONNECT):
                continue
            for ref, key in ((draft.ref, ""), (agenda.ref, agenda.lines[0].key)):
                reply = await desk.press(scene(other), verb, ref, key)
                assert all(card.type == "note" for card in reply.cards), (verb, reply)
        for ref in (draft.ref, agenda.ref):
            assert (await desk.submit(scene(other), ref, {"reason": "x"})).cards[0].type == "note"
            assert (await desk.agree(scene(other), ref)).cards[0].type == "note"
            with pytest.raises(Exception, match=r"Only the person|not in use"):
                await desk.form(scene(other), ref)
        assert await stage.everything() == before
        done = await desk.press(scene(sam), Verb.CONFIRM, draft.ref, "")
        assert isinstance(done.cards[0], Outcome)

    stage.run(act())


@pytest.mark.parametrize("who", PEOPLE)
def test_a_list_offers_a_host_the_answer_and_a_guest_none(stage: Stage, who: str) -> None:
    async def look() -> None:
        reply = await stage.demo.bot.desk.run(scene(PEOPLE[who]), ShowBookings(status="requests"))
        lines: list[BookingLine] = [line for card in reply.cards if isinstance(card, Agenda) for line in card.lines]
        assert any(line.can_answer for line in lines) == (who == "sam")

    stage.run(look())


@pytest.mark.parametrize("who", [who for who in PEOPLE if who not in ("sam", "bailey", "lena")])
def test_an_account_belongs_to_who_linked_it(stage: Stage, who: str) -> None:
    async def act() -> None:
        before = await stage.everything()
        for request in (
            Account(what="working_hours"),
            Account(what="profile"),
            Account(what="working_hours", do="set", value="off"),
            Account(what="out_of_office", do="add", when="Friday"),
        ):
            reply = await stage.demo.bot.desk.run(scene(PEOPLE[who]), request)
            assert not any(isinstance(card, Proposal) for card in reply.cards)
            assert "sam@example.com" not in str(reply.cards)
        assert await stage.everything() == before

    stage.run(act())


def test_a_ring_waits_for_the_click_of_who_asked(stage: Stage) -> None:
    async def act() -> None:
        desk = stage.demo.bot.desk
        before = await stage.everything()
        card = (await desk.run(scene(PEOPLE["ann"]), Ring(team="support", problem="down"))).cards[0]
        assert isinstance(card, Proposal)
        await desk.press(scene(PEOPLE["kenji"]), Verb.CONFIRM, card.ref, "")
        assert await stage.everything() == before

    stage.run(act())


def test_who_sits_on_the_other_seats_is_not_told(stage: Stage) -> None:
    async def act() -> None:
        for name in ("ann", "kenji"):
            attendee = {"name": name.title(), "email": f"{name}@example.com", "timeZone": ZONE}
            body = {"eventTypeId": 4, "start": "2026-11-26T18:00:00Z", "attendee": attendee}
            assert (await stage.calcom("POST", "/bookings", body)).status_code == 201
        desk = stage.demo.bot.desk
        ann = await desk.run(scene(PEOPLE["ann"]), ShowBookings(when="Thursday"))
        assert "Office hours" in str(ann.cards)
        assert "Kenji" not in str(ann.cards)
        bailey = await desk.run(scene(PEOPLE["bailey"]), ShowBookings(when="Thursday"))
        assert "Kenji" in str(bailey.cards)
        card = (await desk.run(scene(PEOPLE["ann"]), Cancel(booking="office hours on Thursday"))).cards[0]
        assert isinstance(card, Proposal)
        await desk.press(scene(PEOPLE["ann"]), Verb.CONFIRM, card.ref, "")
        kenji = await desk.run(scene(PEOPLE["kenji"]), ShowBookings(when="Thursday"))
        assert "Office hours" in str(kenji.cards)
        ann = await desk.run(scene(PEOPLE["ann"]), ShowBookings(when="Thursday"))
        assert "Office hours" not in str(ann.cards)

    stage.run(act())


def test_a_slack_connect_stranger_cannot_borrow_an_address(stage: Stage) -> None:
    """Another organisation's admin may write any address into a profile: it proves nothing here."""

    async def act() -> None:
        profile = {"user": "kenji", "team_id": "T0STRANGE1", "email": "sam@example.com", "real_name": "Sam"}
        await stage.http.post("/workspace/users", json=profile)
        stage.demo.bot.slack.forget()
        await stage.says("kenji", "@slotwise what do I have this week?", "#general")
        shown = " ".join(m["plain"] for m in await stage.shown("kenji", "#general"))
        assert shown
        assert "between" not in shown

    stage.run(act())


def test_a_reassigned_host_keeps_no_right(stage: Stage) -> None:
    """Having accepted a request once does not make the booking one's own."""

    async def act() -> None:
        desk = stage.demo.bot.desk
        card = (await desk.run(scene(PEOPLE["sam"]), Respond(booking="interview", answer="accept"))).cards[0]
        assert isinstance(card, Proposal)
        done = (await desk.press(scene(PEOPLE["sam"]), Verb.CONFIRM, card.ref, "")).cards[0]
        assert isinstance(done, Outcome)

        def reassigned(answer: object) -> object:
            body = answer.json()  # type: ignore[attr-defined]
            for booking in body["data"] if isinstance(body["data"], list) else [body["data"]]:
                booking["hosts"] = [{"id": 4, "name": "Lena", "email": "lena@example.com", "username": "lena"}]
            return body

        stage.rewrite("GET /bookings", reassigned)
        for verb in (Verb.CANCEL, Verb.RESCHEDULE):
            reply = await desk.press(scene(PEOPLE["sam"]), verb, card.ref, "")
            assert not any(isinstance(c, (Proposal, Questions)) or c.type == "slots" for c in reply.cards)

    stage.run(act())


MEMBER = {"id": SAM, "team_id": "T0SANDBOX1", "real_name": "Sam", "tz": ZONE, "profile": {"email": "sam@example.com"}}


@pytest.mark.parametrize(
    ("more", "proven"),
    [
        ({}, True),
        ({"is_restricted": True}, True),  # a guest whom an admin let in, by a confirmed address
        ({"is_restricted": True, "is_ultra_restricted": True}, True),
        ({"is_admin": True}, True),
        ({"is_email_confirmed": False}, False),
        ({"deleted": True}, False),
        ({"is_bot": True}, False),
        ({"is_stranger": True}, False),
        ({"team_id": "T0STRANGE1"}, False),
        ({"team_id": "T0STRANGE1", "enterprise_user": {"teams": ["T0SANDBOX1"]}}, True),
        ({"team_id": "T0STRANGE1", "enterprise_user": {"teams": ["T0STRANGE1"]}}, False),
    ],
)
def test_an_address_counts_for_members_of_this_workspace_alone(more: dict[str, object], proven: bool) -> None:
    assert (profile_of(MEMBER | more, "T0SANDBOX1").email == "sam@example.com") == proven


def test_a_removed_member_leaves_no_authority_behind(stage: Stage) -> None:
    async def act() -> None:
        bot = stage.demo.bot
        assert await bot.store.links.get(bot.workspace, SAM)
        await stage.http.post("/workspace/users", json={"user": "sam", "deleted": True})
        bot.directory.forget()
        await stage.event(type="user_change", user={**MEMBER, "deleted": True})
        await stage.settle()
        assert await bot.store.links.get(bot.workspace, SAM) is None
        assert await bot.store.hooks.of(bot.workspace, SAM) is None
        removed = await bot.slack.people.asker(bot.workspace, SAM)
        assert removed.email is None
        reply = await bot.desk.run(scene(removed), ShowBookings())
        assert "between" not in str(reply.cards)

    stage.run(act())


def test_of_a_removed_stranger_nothing_is_ours_to_forget(stage: Stage) -> None:
    """Another organisation's event about an id of ours must not take a link away."""

    async def act() -> None:
        await stage.event(type="user_change", user={**MEMBER, "team_id": "T0STRANGE1", "deleted": True})
        await stage.settle()
        assert await stage.demo.bot.store.links.get(stage.demo.bot.workspace, SAM)

    stage.run(act())


@pytest.mark.parametrize("more", [{"bot_id": "B0EVIL0001"}, {"subtype": "bot_message"}, {"user": ""}])
def test_a_bot_is_not_answered(stage: Stage, more: dict[str, str]) -> None:
    async def act() -> None:
        for kind, extra in (
            ("message", {"channel_type": "im", "channel": "D0EVIL"}),
            ("app_mention", {"channel": "C0GENERAL1"}),
        ):
            event = {"type": kind, "user": SAM, "text": "what do I have this week?", "ts": "17.1", **extra}
            await stage.event(**{**event, **more})
        await stage.settle()
        assert not stage.mind.sent
        assert not [method for method, _ in stage.to_slack if method.startswith("chat.")]

    stage.run(act())


def test_try_again_is_for_who_asked(stage: Stage) -> None:
    """The note of a failed turn stands in a channel, say: others press it in vain, also from another workspace."""

    async def act() -> None:
        bot = stage.demo.bot
        await stage.http.post("/workspace/faults", json={"target": "calcom", "kind": "500", "times": 20})
        await stage.says("sam", "what do I have this week?")
        await stage.http.post("/workspace/faults", json={"target": "calcom", "kind": "500", "times": 0})
        retry = [m for m in await stage.shown("sam") if "[Try again]" in m["plain"]]
        assert retry
        value = next(e["value"] for block in retry[-1]["blocks"] for e in block.get("elements", ()) if "value" in e)
        pressed = Pressed(Verb.RETRY, value.split(":")[0])
        for workspace, user in ((bot.workspace, ANN), ("T0OTHER001", SAM)):
            asked = Asked(Origin(workspace, user, Place.DM, "D1"))
            assert await bot.slack.reception.again(pressed, asked) is None
        assert await bot.slack.reception.again(pressed, Asked(Origin(bot.workspace, SAM, Place.DM, "D1")))

    stage.run(act())
