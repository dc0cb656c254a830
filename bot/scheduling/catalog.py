"""What can be booked with somebody: their event types, and which of them is meant."""

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from difflib import SequenceMatcher

from bot.calcom import CalCom, CalComError, Credential, EventType, Member, NotFound, Team
from bot.scheduling.draft import Host
from bot.scheduling.errors import Refusal
from bot.scheduling.wording import minutes_text

FRESH = timedelta(minutes=5)


class Catalog:
    """Event types and teams, read with the workspace's key where one is needed."""

    def __init__(
        self, calcom: CalCom, key: Credential | None, now: Callable[[], datetime], organization: str | None = None
    ) -> None:
        self._calcom = calcom
        self._now = now
        self._teams: tuple[datetime, tuple[Team, ...]] | None = None
        self._key = key
        self._organization = organization

    async def exists(self, username: str) -> bool:
        """Whether somebody with this username can be booked."""
        return bool(await self._of_user(username, None))

    async def of(self, host: Host) -> tuple[EventType, ...]:
        """The public, bookable event types of a person or team, instant ones left out."""
        if host.team_slug:
            types = await self.of_team(host)
        elif host.username:
            types = await self._of_user(host.username, host.organization)
        else:
            types = ()
        return tuple(t for t in types if t.bookable and not t.hidden and not t.instant)

    async def of_team(self, host: Host) -> tuple[EventType, ...]:
        """All event types of a team."""
        if host.team_id is None:
            return ()
        return await self._calcom.acting(self._key).team_event_types(host.team_id)

    async def of_id(self, host: Host | None, event_type_id: int) -> EventType | None:
        """One event type, found among its host's, else by its id with the workspace's key."""
        types = () if host is None else await (self.of_team(host) if host.team_slug else self.of(host))
        for event_type in types:
            if event_type.id == event_type_id:
                return event_type
        if self._key is None:
            return None
        try:
            return await self._calcom.acting(self._key).event_type(event_type_id)
        except CalComError:
            return None

    async def teams(self) -> tuple[Team, ...]:
        """The teams the workspace's key knows: its own and its organisation's. Remembered for five minutes."""
        if self._key is None:
            return ()
        if self._teams and abs(self._now() - self._teams[0]) < FRESH:
            return self._teams[1]
        session = self._calcom.acting(self._key)
        found = {team.id: team for team in await session.teams()}
        organization = (await session.me()).organization_id
        if organization is not None:
            with suppress(CalComError):
                found |= {team.id: team for team in await session.organization_teams(organization)}
        teams = tuple(team for team in found.values() if team.slug and not team.is_organization)
        self._teams = (self._now(), teams)
        return teams

    async def members(self, team_id: int) -> tuple[Member, ...]:
        """Who is in a team, with the workspace's key."""
        return await self._calcom.acting(self._key).team_members(team_id)

    def forget(self) -> None:
        """Read everything anew next time."""
        self._teams = None

    async def _of_user(self, username: str, organization: str | None) -> tuple[EventType, ...]:
        session = self._calcom.acting(None)
        try:
            return await session.event_types(username, organization=organization or self._organization)
        except NotFound:
            return ()


class NoSuchMeeting(Refusal):
    """None of the event types fits; `types` are those there are."""

    def __init__(self, sentence: str, types: Sequence[EventType]) -> None:
        self.types = tuple(types)
        super().__init__(sentence)


@dataclass(frozen=True)
class Wish:
    """What the person said about the kind of meeting. `words` is its name, if one was given."""

    words: str = ""
    minutes: int | None = None
    repeating: bool = False


def choose(types: Sequence[EventType], wish: Wish, host: Host) -> tuple[EventType, ...]:
    """The event types the wish fits: one is an answer, several are a question.

    Raises `NoSuchMeeting` with what exists when none fits, `Refusal` when there is nothing at all.
    """
    if not types:
        raise Refusal(f"{host.name} has nothing on Cal.com that can be booked.")
    candidates = list(types)
    if wish.words and (fitting_name := named(candidates, wish.words)):
        candidates = fitting_name
    elif wish.words and wish.minutes is None and not _generic(wish.words):
        raise NoSuchMeeting(f"{host.name} has no “{wish.words[:60]}”. Which of these instead?", types)
    if wish.minutes is not None:
        fitting = [t for t in candidates if wish.minutes in t.durations]
        if not fitting:
            sentence = f"There is no meeting of {minutes_text(wish.minutes)} with {host.name}."
            raise NoSuchMeeting(f"{sentence} Which of these instead?", types)
        candidates = fitting
    if wish.repeating and (series := [t for t in candidates if t.recurrence]):
        candidates = series
    if len(candidates) > 1 and (wish.minutes is not None or wish.words or wish.repeating):
        plainest = min(map(_oddity, candidates))
        candidates = [t for t in candidates if _oddity(t) == plainest]
        exact = [t for t in candidates if wish.minutes and t.slug.casefold() in _usual_slugs(wish.minutes)]
        candidates = exact or candidates
        if wish.minutes and len(candidates) > 1:
            default = [t for t in candidates if t.length_minutes == wish.minutes]
            candidates = default or candidates
    return tuple(candidates)


def mentioned(types: Sequence[EventType], text: str) -> list[EventType]:
    """The types whose title or slug stands, word for word, in what was said; for names no grammar knows.

    Generic words alone ("meeting", "15 min") mention nothing; of two such types the longer name wins.
    """
    said = set(_words(text))
    found = []
    for event_type in types:
        for name in (event_type.title, event_type.slug):
            words = set(_words(name))
            telling = {w for w in words if w not in _GENERIC and not any(c.isdigit() for c in w)}
            if telling and words <= said | _GENERIC:
                found.append((len(words), event_type))
                break
    most = max((count for count, _ in found), default=0)
    return [event_type for count, event_type in found if count == most]


def lasting(types: Sequence[EventType], minutes: int) -> bool:
    """Whether a plain meeting can last so long."""
    plainest = min(map(_oddity, types), default=0)
    return any(minutes in t.durations for t in types if _oddity(t) == plainest)


def shortest_plain(types: Sequence[EventType]) -> EventType:
    """The type to look with when somebody only asks whether a person is free."""
    return min(types, key=lambda t: (_oddity(t), t.length_minutes))


def _usual_slugs(minutes: int) -> set[str]:
    return {f"{minutes}min", f"{minutes}-min", f"{minutes}-minutes", f"{minutes}m", f"{minutes}-minute-meeting"}


def _oddity(event_type: EventType) -> int:
    """How far a type is from a plain meeting: a shared, repeating, approved or questioning one is never meant by
    a length alone while a plain one exists."""
    asks = any(f.required and not f.is_default and not f.hidden for f in event_type.booking_fields)
    return (
        8 * bool(event_type.recurrence)
        + 4 * bool(event_type.seats)
        + 2 * bool(event_type.confirmation and event_type.confirmation.always)
        + asks
    )


def _words(text: str) -> list[str]:
    return [w for w in re.split(r"[^\w]+", text.casefold()) if w]


_GENERIC = {"meeting", "call", "chat", "sync", "talk", "session", "slot", "appointment", "event", "a", "the", "quick"}
_GENERIC |= {
    "time",
    "short",
    "catchup",
    "catch",
    "up",
    "conversation",
    "video",
    "zoom",
    "huddle",
    "something",
    "minute",
}


def _generic(words: str) -> bool:
    return not (set(_words(words)) - _GENERIC)


def named(types: Sequence[EventType], words: str) -> list[EventType]:
    """The types whose title or slug carries the telling words, misspelt perhaps."""
    telling = [w for w in _words(words) if w not in _GENERIC] or []
    if not telling:
        return []
    exact = " ".join(_words(words))
    same = [t for t in types if exact in (" ".join(_words(t.title)), " ".join(_words(t.slug)))]
    if same:
        return same
    scored = []
    for event_type in types:
        names = {w.rstrip("s") for w in _words(f"{event_type.title} {event_type.slug}")}
        hits = sum(max((_alike(w.rstrip("s"), n) for n in names), default=0.0) for w in telling) / len(telling)
        scored.append((hits, event_type))
    best = max(hits for hits, _ in scored)
    return [t for hits, t in scored if hits == best] if best >= 0.6 else []


def _alike(a: str, b: str) -> float:
    if a == b:
        return 1.0
    ratio = SequenceMatcher(None, a, b).ratio() if len(a) > 3 else 0.0
    return ratio if ratio >= 0.8 else 0.0
