"""A person's own Cal.com account: working hours, time off, event types, private links, zone, limits.

Needs a linked account. Reading answers with notes; every change is a draft. Schedules are merged in code, so that
what was not spoken of stays as it is.
"""

import re
from datetime import UTC, datetime, time

from bot.calcom import (
    AwayReason,
    BookingField,
    BookingLimits,
    CalComError,
    EventTypeChange,
    FieldType,
    OutOfOfficeChange,
    ProfileChange,
    ScheduleChange,
    Session,
)
from bot.scheduling.asker import Scene
from bot.scheduling.bookings import Bookings
from bot.scheduling.cards import DraftKind, Fact, Link, Note, Outcome, Proposal, Result
from bot.scheduling.catalog import Catalog
from bot.scheduling.draft import Draft, Stage
from bot.scheduling.drafts import Drafts, Held
from bot.scheduling.errors import LinkFirst, Refusal
from bot.scheduling.people import People, fold
from bot.scheduling.plan_text import days_text, limits_text, schedule_text, told, types_text
from bot.scheduling.plans import (
    ChangeType,
    ComeBack,
    DropType,
    GoAway,
    MakeType,
    Plan,
    SetHours,
    SetLimits,
    SetZone,
    ShareLink,
)
from bot.scheduling.reply import Reply
from bot.scheduling.requests import Account
from bot.scheduling.timing import Clock
from bot.scheduling.wishes import Wishes
from bot.scheduling.wording import listed, place_of, possessive

_WHOSE = re.compile(r"(?<![\w@])@?([\w.-]+)['’]s\s+(?:(?:usual|normal|working|business|office|work)\s+)*hours\b", re.I)


_PAGES = re.compile(r"\b(?:links?|pages?|urls?|address)\b", re.I)


def _pages(scene: Scene) -> bool:
    """Whether the pages where event types can be booked are asked for."""
    return bool(scene.said) and bool(_PAGES.search(scene.said[-1]))


class Keeper:
    """Shows and changes what belongs to the asker's account."""

    def __init__(self, people: People, catalog: Catalog, bookings: Bookings, drafts: Drafts, now: Clock) -> None:
        self._people = people
        self._catalog = catalog
        self._bookings = bookings
        self._drafts = drafts
        self._now = now
        self._wishes = Wishes(people, catalog, now)

    async def keep(self, scene: Scene, request: Account) -> Reply:
        """Shows, or drafts, what was asked."""
        if request.do == "show" and (known := await self._open_to_all(scene, request)):
            return known
        if await self._bookings.link(scene.asker) is None:
            raise self._unlinked(scene, request)
        session = await self._bookings.session(scene.asker, as_host=True)
        if request.do == "show":
            return Reply((Note(await self._shown(scene, session, request)),))
        plan = await self._wishes.plan(scene, session, request)
        held = await self._drafts.open(scene, Draft(DraftKind.SETTING, Stage.YES, plan=plan))
        return Reply((self._proposal(scene, held, plan),))

    # What needs no account

    async def _open_to_all(self, scene: Scene, request: Account) -> Reply | None:
        """What can be told without an account of the asker's; None where it takes one."""
        match request.what:
            case "event_types" if request.people:
                return await self._theirs(scene, request.people[0])
            case "teams" if team := await self._team(scene, request):
                return Reply((Note(team),))
            case "working_hours" if other := await self._other(scene, request):
                name = other[:1].upper() + other[1:]
                return Reply(
                    (
                        Note(
                            f"{possessive(name)} working hours are theirs to see. "
                            f"Ask “when is {name} free?” and I'll show when they can be booked."
                        ),
                    )
                )
            case "profile" if await self._bookings.link(scene.asker) is None:
                zone = scene.asker.zone
                text = f"I show you times in {place_of(zone)} time ({zone}), the zone of your Slack profile."
                return Reply((Note(f"{text} No Cal.com account of yours is connected."),))
            case _:
                return None

    async def _other(self, scene: Scene, request: Account) -> str:
        """Whose hours are asked for, where they are somebody else's; empty for the asker's own."""
        said = _WHOSE.findall(scene.said[-1]) if scene.said else []
        names = [n for n in (*request.people, *said) if not self._people.is_self(scene.asker, n)]
        return next(iter(await self._people.among(scene.asker, names)), "")

    async def _team(self, scene: Scene, request: Account) -> str:
        """Who is in the team that is named; empty where none is."""
        words = " ".join((*request.people, request.name, request.value, *scene.said[-1:]))
        said = set(re.findall(r"[\w-]+", words.casefold()))
        for team in await self._catalog.teams():
            if {*fold(team.name).split()} <= said or (team.slug or "").casefold() in said:
                try:
                    members = await self._catalog.members(team.id)
                except CalComError:
                    return ""
                names = [m.name or m.username or "somebody" for m in members if m.accepted]
                return f"In the team {team.name}: {listed(names)}." if names else f"Nobody is in the team {team.name}."
        return ""

    @staticmethod
    def _unlinked(scene: Scene, request: Account) -> Refusal:
        """Why it can't be done without an account."""
        match request.what:
            case "working_hours" if request.do != "show":
                return LinkFirst(
                    "When you can be booked is kept in your Cal.com working hours, not by me, and no Cal.com account "
                    "of yours is connected."
                )
            case "profile":
                return LinkFirst(
                    f"I take your zone ({place_of(scene.asker.zone)}) from your Slack profile: change it there, under "
                    "Preferences, Language & region. Cal.com's can only be changed with a connected account."
                )
            case _:
                return LinkFirst("That belongs to your Cal.com account, and none is connected.")

    # What is there

    async def _shown(self, scene: Scene, session: Session, request: Account) -> str:
        locale = scene.asker.locale
        match request.what:
            case "working_hours":
                return "\n\n".join([schedule_text(s, locale) for s in await session.schedules()])
            case "out_of_office":
                away = [a for a in await session.out_of_office() if a.end > self._now()]
                lines = [f"• {days_text(a.start, a.end)}{f': {a.notes}' if a.notes else ''}" for a in away]
                return "\n".join(["Your time off:", *lines]) if lines else "You have no time off entered."
            case "event_types":
                return types_text("Your event types:", await session.own_event_types(), links=_pages(scene))
            case "private_link":
                event_type = await self._wishes.own_type(session, request.name, request.minutes)
                links = [link for link in await session.private_links(event_type.id) if not link.expired]
                lines = [f"• {link.url}" for link in links]
                return "\n".join([f"Private links to “{event_type.title}”:", *lines]) if lines else "No private links."
            case "limits":
                return limits_text(await session.booking_limits())
            case "teams":
                names = [t.name for t in await session.teams()]
                return f"Your teams: {listed(names)}." if names else "You are in no team."
            case "calendars":
                found = (await session.calendars()).connected
                lines = [f"• {c.name or c.external_id} ({c.integration})" for c in found]
                return "\n".join(["Your connected calendars:", *lines]) if lines else "No calendars are connected."
            case _:
                me = await session.me()
                text = f"{me.name} <{me.email}>, username {me.username}, zone {place_of(me.zone)} ({me.zone})."
                if me.zone != scene.asker.zone:
                    text += f" Your Slack profile says {place_of(scene.asker.zone)}; I show you times in that."
                return text

    async def _theirs(self, scene: Scene, words: str) -> Reply:
        found = await self._people.find(scene, words)
        if len(found) > 1:
            raise Refusal(f"Several people are called “{words[:60]}”: {listed([h.name for h in found], 'or')}?")
        types = await self._catalog.of(found[0])
        return Reply((Note(types_text(f"What {found[0].name} offers:", types, links=_pages(scene))),))

    def again(self, scene: Scene, held: Held) -> Reply:
        """The card of an open draft once more."""
        if held.draft.plan is None:
            raise Refusal("I lost track of what that was about. Please ask again.")
        return Reply((self._proposal(scene, held, held.draft.plan),))

    def _proposal(self, scene: Scene, held: Held, plan: Plan) -> Proposal:
        words = told(plan, scene.asker.locale)
        return Proposal(
            ref=held.ref,
            kind=DraftKind.SETTING,
            title=words.title,
            parties=(),
            zone=scene.asker.zone,
            confirm="Confirm",
            facts=tuple(words.facts),
            lead=words.question,
            warnings=(words.warning,) if words.warning else (),
        )

    # Doing it

    async def carry_out(self, scene: Scene, held: Held, look: bool) -> Outcome | None:
        """Does what the draft plans, unless it is done already; with `look` only finds out (None: not done)."""
        plan = held.draft.plan
        if plan is None:
            raise Refusal("I lost track of what that was about. Please ask again.")
        session = await self._bookings.session(scene.asker, as_host=True)
        done = held.draft.unsure and await self._is_so(session, plan)
        if look and not done:
            return None
        links = () if done else await self._do(session, plan)
        words = told(plan, scene.asker.locale)
        return Outcome(
            ref=held.ref,
            result=Result.CHANGED,
            title=words.title,
            parties=(),
            zone=scene.asker.zone,
            facts=(*words.facts, *(Fact(link.label, link.url) for link in links)),
            links=links,
            done=words.done,
        )

    @staticmethod
    async def _do(session: Session, plan: Plan) -> tuple[Link, ...]:
        match plan:
            case SetHours():
                change = ScheduleChange(availability=plan.availability, overrides=plan.overrides)
                await session.update_schedule(plan.schedule_id, change)
            case GoAway():
                start = datetime.combine(plan.first, time(0), UTC)
                end = datetime.combine(plan.last, time(23, 59, 59), UTC)
                away = OutOfOfficeChange(start, end, plan.notes or None, plan.cover_id, AwayReason(plan.reason))
                await session.create_out_of_office(away)
            case ComeBack():
                await session.delete_out_of_office(plan.id)
            case MakeType():
                fields = tuple(_field(question) for question in plan.questions) or None
                new = EventTypeChange(
                    title=plan.title, slug=plan.slug, length_minutes=plan.minutes, booking_fields=fields
                )
                made = await session.create_event_type(new)
                return (Link("Booking page", made.booking_url),) if made.booking_url else ()
            case ChangeType():
                change_type = EventTypeChange(
                    title=plan.title,
                    length_minutes=plan.minutes,
                    hidden=plan.hidden,
                    before_buffer_minutes=plan.before,
                    after_buffer_minutes=plan.after,
                    minimum_notice_minutes=plan.notice,
                )
                await session.update_event_type(plan.id, change_type)
            case DropType():
                await session.delete_event_type(plan.id)
            case ShareLink():
                link = await session.create_private_link(plan.id, max_uses=plan.uses)
                return (Link("Private link", link.url),)
            case SetZone():
                await session.update_me(ProfileChange(zone=plan.zone))
            case SetLimits():
                await session.set_booking_limits(BookingLimits(per_day=plan.per_day, per_week=plan.per_week))
        return ()

    @staticmethod
    async def _is_so(session: Session, plan: Plan) -> bool:
        """Whether an earlier try did it. What sets a value is simply done again."""
        match plan:
            case GoAway():
                return any(
                    (a.start.date(), a.end.date()) == (plan.first, plan.last) for a in await session.out_of_office()
                )
            case ComeBack():
                return all(a.id != plan.id for a in await session.out_of_office())
            case MakeType():
                return any(t.slug == plan.slug for t in await session.own_event_types())
            case DropType():
                return all(t.id != plan.id for t in await session.own_event_types())
            case _:
                return False


def _field(question: str) -> BookingField:
    """An optional question of an event type, answered in a line of text."""
    slug = re.sub(r"[^a-z0-9]+", "-", question.casefold()).strip("-") or "question"
    return BookingField(FieldType.TEXT, slug, question)
