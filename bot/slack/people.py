"""The people of a workspace, as their Slack profiles describe them."""

import asyncio
import logging
import re
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass

import pytz
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.scheduling.asker import Asker
from bot.scheduling.cards import Party
from bot.slack import calls
from bot.slack.ports import Json

log = logging.getLogger(__name__)

Clients = Callable[[str], Awaitable[AsyncWebClient]]
"""The Web API client of a workspace (by its team id)."""

FRESH_SECONDS = 300.0
MOST_PROFILES = 10_000


@dataclass(frozen=True)
class Profile:
    """What this room needs of a profile. `zone` is IANA.

    `email` is None when it is missing, may not be read, or proves nothing: unconfirmed, given by another workspace, or
    of somebody who was removed.
    """

    id: str
    name: str
    zone: str
    locale: str
    email: str | None
    bot: bool = False


def profile_of(user: Json, workspace: str) -> Profile:
    """Read a user of Slack's `users.info`, as seen from the workspace."""
    shown = user.get("profile") or {}
    name = user.get("real_name") or shown.get("real_name") or shown.get("display_name") or user.get("name")
    return Profile(
        id=str(user.get("id", "")),
        name=_as_name(str(name or "Somebody")),
        zone=_zone(user),
        locale=str(user.get("locale") or "en-US"),
        email=(shown.get("email") or None) if _proven(user, workspace) else None,
        bot=bool(user.get("is_bot")),
    )


def _as_name(name: str) -> str:
    """A display name that can pass for neither an address nor a number nor a link: a mention puts it into a message,
    whose words count as the asker's own.

    >>> _as_name("Ann Lee"), _as_name("x@evil.example"), _as_name("call +1 555 010 9999")
    ('Ann Lee', 'x at evil.example', 'call +…')
    """
    return re.sub(r"(?:\d[\s().\-]*){7,}", "…", name.replace("@", " at ").replace("://", " ")).strip() or "Somebody"


def _proven(user: Json, workspace: str) -> bool:
    """Whether the address in a profile is the person's own for sure."""
    member = not is_stranger(user, workspace) and not user.get("deleted") and not user.get("is_bot")
    return member and user.get("is_email_confirmed") is not False


def is_stranger(user: Json, workspace: str) -> bool:
    """Whether the person is of another organisation (Slack Connect), whose admins choose what their profile says."""
    if user.get("is_stranger"):
        return True
    team = str(user.get("team_id") or "")
    teams = (user.get("enterprise_user") or {}).get("teams") or ()
    return bool(team and workspace) and team != workspace and workspace not in teams


def _zone(user: Json) -> str:
    """The IANA zone; for one that is not known here, its offset in whole hours, and UTC where Slack has none."""
    zone = str(user.get("tz") or "")
    if zone in pytz.all_timezones_set:
        return zone
    hours = round(int(user.get("tz_offset") or 0) / 3600)
    # POSIX: the sign of Etc/GMT zones is the reverse of what people expect.
    fixed = f"Etc/GMT{-hours:+d}" if hours else "UTC"
    return fixed if fixed in pytz.all_timezones_set else "UTC"


class People:
    """Profiles, kept for five minutes, each asked for once however many turns wait for it."""

    def __init__(self, clients: Clients, fresh: float = FRESH_SECONDS) -> None:
        self._clients = clients
        self._fresh = fresh
        self._known: OrderedDict[tuple[str, str], tuple[float, Profile]] = OrderedDict()
        self._asked: dict[tuple[str, str], asyncio.Task[Profile]] = {}

    async def profile(self, workspace: str, user: str) -> Profile:
        """A person's profile; when Slack does not answer, the last one known. Raises SlackApiError, ClientError."""
        key = (workspace, user)
        known = self._known.get(key)
        if known and time.monotonic() - known[0] < self._fresh:
            return known[1]
        task = self._asked.get(key)
        if task is None:
            task = asyncio.create_task(self._ask(key))
            self._asked[key] = task
            task.add_done_callback(lambda _: self._asked.pop(key, None))
        try:
            return await asyncio.shield(task)
        except (SlackApiError, *calls.Unanswered):
            if known is None:
                raise
            log.warning("profile of %s could not be renewed", user)
            return known[1]

    async def _ask(self, key: tuple[str, str]) -> Profile:
        workspace, user = key
        client = await self._clients(workspace)
        answer = await calls.insisting(lambda: client.users_info(user=user, include_locale=True), calls.PATIENT)
        found = profile_of(answer.get("user") or {}, workspace)
        self._known[key] = (time.monotonic(), found)
        self._known.move_to_end(key)
        while len(self._known) > MOST_PROFILES:
            self._known.popitem(last=False)
        return found

    async def asker(self, workspace: str, user: str) -> Asker:
        """The person of a turn."""
        found = await self.profile(workspace, user)
        return Asker(workspace, user, found.name, found.zone, found.locale, found.email)

    async def parties(self, workspace: str, users: Iterable[str]) -> tuple[Party, ...]:
        """The people mentioned in a message; those Slack does not tell about are left out."""

        async def party(user: str) -> Party | None:
            try:
                found = await self.profile(workspace, user)
            except (SlackApiError, *calls.Unanswered):
                log.warning("mentioned user %s could not be looked up", user)
                return None
            return Party(found.name, found.zone, user)

        found = await asyncio.gather(*(party(user) for user in users))
        return tuple(each for each in found if each)

    def forget(self, workspace: str = "", user: str = "") -> None:
        """Ask again for one person (their profile changed), or for everybody."""
        if user:
            self._known.pop((workspace, user), None)
        else:
            self._known.clear()
