"""Who is meant: words about people to one person or team that can be booked.

Sources, in this order: Slack mentions, linked accounts, what the asker chose before, the workspace's people, teams,
and last a Cal.com username written out. A name that fits several people is a question, never a guess.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Protocol

from bot.scheduling.asker import Asker, Scene
from bot.scheduling.catalog import Catalog
from bot.scheduling.draft import Host
from bot.scheduling.errors import Refusal
from bot.scheduling.wording import listed
from bot.store import Link, Store

CHOSEN = "person"
"""Topic of the store's memory under which a choice among people of one name is kept."""

_LINK = re.compile(r"(?:https?://)?(?:[\w-]+\.)?cal\.com/(team/)?([\w.-]+)(?:/([\w-]+))?/?(?:\?\S*)?", re.I)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_USERNAME = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,48}[a-z0-9])?")
_NEAR = 0.6
"""From this likeness on a name may have been mistyped for another."""
_ASK_USERNAME = "Or what is their Cal.com username?"
_SELF = {"me", "myself", "i", "my", "us", "we"}
_TEAM_WORDS = re.compile(r"^(?:the\s+)?(.*?)(?:[\s-]*(?:team|squad|group|crew))?$", re.I)


def linked_type(words: str) -> str:
    """The event type that a Cal.com link names; empty for other words.

    >>> linked_type("https://cal.com/bailey/30min")
    '30min'
    """
    found = _LINK.fullmatch(words.strip("<> "))
    return (found[3] or "") if found else ""


@dataclass(frozen=True)
class Profile:
    """A person of the Slack workspace."""

    slack_id: str
    name: str
    zone: str
    email: str | None = None
    handle: str = ""


class Directory(Protocol):
    """The people of a Slack workspace."""

    async def people(self, workspace: str) -> Sequence[Profile]:
        """All of them but bots and removed ones."""
        ...


@dataclass(frozen=True)
class Known:
    """Somebody who may be meant, with the names they go by."""

    host: Host
    names: tuple[str, ...]


def fold(name: str) -> str:
    """A name for comparing: lower case, no mention sign, no possessive, single blanks.

    >>> fold("@Bailey's")
    'bailey'
    """
    name = re.sub(r"['’]s?$", "", name.strip().lstrip("@").strip(" .,:;!?\"'’")).casefold()
    return re.sub(r"[\s_]+", " ", name)


def score(wanted: str, names: Iterable[str]) -> float:
    """How well a folded name fits one of a person's names: 3 the same, 2 a part of it, 1 its beginning, below: alike.

    >>> score("bailey", ["Bailey Jones"]), score("bail", ["Bailey"]), score("sam", ["Bailey"])
    (2.0, 1.0, 0.0)
    """
    best = 0.0
    for name in map(fold, names):
        parts = re.split(r"[\s.\-]+", name)
        if wanted == name:
            return 3.0
        if wanted in parts or wanted.split() == parts[: len(wanted.split())]:
            best = max(best, 2.0)
        elif len(wanted) >= 3 and name.startswith(wanted):
            best = max(best, 1.0)
        elif len(wanted) >= 4:
            alike = max(SequenceMatcher(None, wanted, part).ratio() for part in (*parts, name))
            best = max(best, alike if alike >= 0.8 else 0.0)
    return best


class People:
    """Finds people and teams for one workspace at a time."""

    def __init__(self, store: Store, directory: Directory, catalog: Catalog) -> None:
        self._store = store
        self._directory = directory
        self._catalog = catalog

    def is_self(self, asker: Asker, words: str) -> bool:
        """Whether the words mean the asker."""
        wanted = fold(words)
        return wanted in _SELF or wanted in {fold(asker.name), (asker.email or "").casefold()}

    async def find(self, scene: Scene, words: str) -> tuple[Host, ...]:
        """Everybody the words fit best: one is an answer, several are a question.

        Raises `Refusal` with the nearest names when nobody fits.
        """
        wanted = fold(words)
        for party in scene.mentions:
            if wanted == fold(party.name) and party.slack_id:
                return (await self._of_slack(scene.asker.workspace, party.slack_id, party.name),)
        known = await self._known(scene.asker.workspace)
        if found := _LINK.fullmatch(words.strip("<> ")):
            return (await self._by_link(known, found[2].casefold(), bool(found[1]), words),)
        if _EMAIL.fullmatch(wanted):
            return (await self._by_email(known, wanted),)
        remembered = await self._store.memory.get(scene.asker.workspace, scene.asker.slack_id, CHOSEN, wanted)
        if remembered and (same := [k.host for k in known if k.host.key == remembered]):
            return (await self._bookable(same[0]),)
        team = fold(_TEAM_WORDS.sub(r"\1", words))
        scored = [(max(score(wanted, k.names), score(team, k.names) if k.host.team_slug else 0), k) for k in known]
        best = max((value for value, _ in scored), default=0.0)
        if best >= 1:
            likely = [k.host for value, k in scored if value == best]
            return (await self._bookable(likely[0]),) if len(likely) == 1 else tuple(likely)
        if _USERNAME.fullmatch(wanted.replace(" ", "-")) and await self._catalog.exists(wanted.replace(" ", "-")):
            return (await self._by_username(wanted.replace(" ", "-"), words),)
        if best:
            alike = [k.host for value, k in scored if value >= best - 0.05]
            return (await self._bookable(alike[0]),) if len(alike) == 1 else tuple(alike)
        raise self._unknown(words, [k for k in known if k.host.slack_id != scene.asker.slack_id])

    async def email_of(self, scene: Scene, words: str) -> str:
        """The address of somebody of the workspace, to invite them as a guest. Raises `Refusal` when unsure."""
        wanted = fold(words)
        mentioned = {p.slack_id for p in scene.mentions if fold(p.name) == wanted}
        known = [k for k in await self._known(scene.asker.workspace) if not k.host.team_slug]
        fitting = [k for k in known if k.host.slack_id in mentioned] if mentioned else []
        if not fitting:
            scored = [(score(wanted, k.names), k) for k in known]
            best = max((value for value, _ in scored), default=0.0)
            fitting = [k for value, k in scored if value == best] if best >= 1 else []
        if len(fitting) == 1 and fitting[0].host.email:
            return fitting[0].host.email
        if len(fitting) > 1:
            raise Refusal(f"Several people are called “{words[:60]}”. Please give me the e-mail address to invite.")
        raise Refusal(f"I have no e-mail address of “{words[:60]}”. Please write it out, and I'll invite it.")

    async def colleague(self, scene: Scene, words: str) -> Host | None:
        """The one other person of the Slack workspace whom the words name; None when nobody or several fit."""
        wanted = fold(words)
        mentioned = {p.slack_id for p in scene.mentions if fold(p.name) == wanted}
        own = scene.asker.slack_id
        known = [k for k in await self._known(scene.asker.workspace) if k.host.slack_id and k.host.slack_id != own]
        scored = [(4.0 if k.host.slack_id in mentioned else score(wanted, k.names), k.host) for k in known]
        best = max((value for value, _ in scored), default=0.0)
        fitting = [host for value, host in scored if value == best] if best >= 1 else []
        return fitting[0] if len(fitting) == 1 else None

    async def among(self, asker: Asker, words: Iterable[str]) -> list[str]:
        """Those of the words that name somebody else here, a part of a name sufficing."""
        others = [k for k in await self._known(asker.workspace) if not k.host.team_slug]
        names = [n for k in others if k.host.slack_id != asker.slack_id for n in k.names]
        return [w for w in words if score(fold(w), names) >= 2]

    async def choose(self, scene: Scene, words: str, host: Host) -> Host:
        """Remember whom the asker means by these words from now on."""
        await self._store.memory.put(scene.asker.workspace, scene.asker.slack_id, CHOSEN, fold(words), host.key)
        return await self._bookable(host)

    async def with_username(self, workspace: str, username: str) -> Host:
        """The person of a Cal.com username, with what is known of them here."""
        for known in await self._known(workspace):
            if known.host.username == username:
                return known.host
        return Host(name=username.title(), username=username)

    def _unknown(self, words: str, known: Sequence[Known]) -> Refusal:
        """Who is nearest to a name nobody has; where none is near, whoever can be booked."""
        wanted = fold(words)
        people = {k.host.name: k for k in known if k.host.username or k.host.slack_id}

        def likeness(name: str) -> float:
            parts = {part for each in people[name].names for part in (fold(each), *fold(each).split())}
            return max(SequenceMatcher(None, wanted, part).ratio() for part in parts)

        near = sorted((name for name in people if likeness(name) >= _NEAR), key=likeness, reverse=True)[:3]
        bookable = sorted(name for name, k in people.items() if k.host.username)[:6]
        hint = f" Did you mean {listed(near, 'or')}?" if near else ""
        if not near and bookable:
            hint = f" People I can book here: {listed(bookable)}."
        return Refusal(f"I don't know anybody called “{words[:60]}” who can be booked.{hint} {_ASK_USERNAME}")

    async def _known(self, workspace: str) -> list[Known]:
        links = {link.slack_id: link for link in await self._store.links.all(workspace)}
        known = []
        seen = set()
        for profile in await self._directory.people(workspace):
            link = links.get(profile.slack_id)
            host = _host(profile, link)
            seen.add(profile.slack_id)
            local_part = (profile.email or "").split("@")[0]
            names = (profile.name, profile.handle, host.username or "", local_part, link.name if link else "")
            known.append(Known(host, tuple(name for name in names if name)))
        for link in links.values():
            if link.slack_id not in seen:
                host = Host(link.name or link.username, link.username, zone=link.zone, email=link.email)
                known.append(Known(host, (link.username, link.name or link.username)))
        for team in await self._catalog.teams():
            host = Host(team.name, team_slug=team.slug, team_id=team.id)
            known.append(Known(host, (team.name, team.slug or "")))
        return known

    async def _of_slack(self, workspace: str, slack_id: str, name: str) -> Host:
        for known in await self._known(workspace):
            if known.host.slack_id == slack_id:
                return await self._bookable(known.host)
        raise Refusal(f"I can't find {name} on Cal.com. What is their Cal.com username?")

    async def _by_link(self, known: Sequence[Known], name: str, team: bool, words: str) -> Host:
        """Whose Cal.com page a link is, with what is known of them here."""
        for candidate in known:
            if name == ((candidate.host.team_slug if team else candidate.host.username) or "").casefold():
                return candidate.host
        if team:
            raise Refusal(f"I don't know the team of “{words[:60]}”. Is it one of your organisation's?")
        return await self._by_username(name, words)

    async def _by_username(self, username: str, words: str) -> Host:
        if not await self._catalog.exists(username.casefold()):
            raise Refusal(f"Nobody on Cal.com has the username “{words[:60]}”, or nothing of theirs can be booked.")
        return Host(name=username.title(), username=username.casefold())

    async def _by_email(self, known: Sequence[Known], email: str) -> Host:
        for candidate in known:
            if (candidate.host.email or "").casefold() == email:
                return await self._bookable(candidate.host)
        raise Refusal(
            f"I don't know whose calendar belongs to {email}. What is their Cal.com username? "
            "As a guest of a meeting with somebody else I can invite that address right away."
        )

    async def _bookable(self, host: Host) -> Host:
        """The host with a username that exists on Cal.com: the linked one, else one like the e-mail or the name."""
        if host.username or host.team_slug:
            return host
        guesses = dict.fromkeys(
            re.sub(r"\s+", sign, part.casefold())
            for part in ((host.email or "").split("@")[0], host.name)
            for sign in ("-", ".", "")
            if part
        )
        for guess in guesses:
            if _USERNAME.fullmatch(guess) and await self._catalog.exists(guess):
                return replace(host, username=guess)
        raise Refusal(f"{host.name} has no Cal.com account that I can find. What is their Cal.com username?")


def _host(profile: Profile, link: Link | None) -> Host:
    return Host(
        name=profile.name,
        username=link.username if link else None,
        zone=(link.zone if link else None) or profile.zone,
        email=(link.email if link else None) or profile.email,
        slack_id=profile.slack_id,
    )
