"""`users.*`: profiles."""

from collections.abc import Awaitable, Callable

from bot.sandbox.slack.arguments import Arguments, SlackError
from bot.sandbox.slack.journal import Json
from bot.sandbox.slack.people import APP, BOT_ID, BOT_NAME, BOT_USER, TEAM, User
from bot.sandbox.slack.world import World

Method = Callable[[Arguments], Awaitable[Json]]


def user_methods(world: World) -> dict[str, Method]:
    """The methods by name."""
    users = Users(world)
    return {
        "users.info": users.info,
        "users.list": users.list,
        "users.lookupByEmail": users.by_email,
        "users.profile.get": users.profile,
    }


class Users:
    """The methods around people."""

    def __init__(self, world: World) -> None:
        self._world = world

    def _profile(self, user: User) -> Json:
        profile = {
            "real_name": user.real_name,
            "real_name_normalized": user.real_name,
            "display_name": user.name,
            "display_name_normalized": user.name,
            "first_name": user.real_name.split()[0],
            "last_name": " ".join(user.real_name.split()[1:]),
            "title": "",
            "phone": "",
            "skype": "",
            "status_text": "",
            "status_emoji": "",
            "avatar_hash": "",
            "team": TEAM,
        }
        return profile | ({"email": user.email} if user.email else {})

    def _object(self, user: User, *, locale: bool) -> Json:
        now = self._world.clock.now()
        shown: Json = {
            "id": user.id,
            "team_id": user.team_id,
            "name": user.name,
            "deleted": user.deleted,
            "color": user.colour.removeprefix("#"),
            "real_name": user.real_name,
            "tz": user.tz,
            "tz_label": now.astimezone(user.zone()).tzname(),
            "tz_offset": self._world.directory.offset(user, now),
            "profile": self._profile(user),
            "is_admin": False,
            "is_owner": False,
            "is_primary_owner": False,
            "is_restricted": False,
            "is_ultra_restricted": False,
            "is_bot": False,
            "is_app_user": False,
            "is_email_confirmed": user.email is not None,
            "updated": 1_700_000_000,
            "is_stranger": user.stranger,
            "who_can_share_contact_card": "EVERYONE",
        }
        if user.deleted:
            shown = {name: part for name, part in shown.items() if not name.startswith("tz")}
        return shown | ({"locale": user.locale} if locale else {})

    def _bot(self) -> Json:
        profile = {
            "real_name": BOT_NAME.title(),
            "real_name_normalized": BOT_NAME.title(),
            "display_name": "",
            "display_name_normalized": "",
            "bot_id": BOT_ID,
            "api_app_id": APP,
            "always_active": True,
            "team": TEAM,
        }
        shown = {"id": BOT_USER, "team_id": TEAM, "name": BOT_NAME, "deleted": False, "real_name": BOT_NAME.title()}
        zone = {"tz": "America/Los_Angeles", "tz_label": "Pacific Standard Time", "tz_offset": -28800}
        return shown | zone | {"profile": profile, "is_bot": True, "is_app_user": False, "updated": 1_700_000_000}

    async def info(self, arguments: Arguments) -> Json:
        """`users.info`."""
        wanted = arguments.text("user")
        if wanted == BOT_USER:
            return {"user": self._bot()}
        user = self._world.directory.by_id(wanted)
        if user is None:
            raise SlackError("user_not_found")
        return {"user": self._object(user, locale=arguments.flag("include_locale"))}

    async def list(self, arguments: Arguments) -> Json:
        """`users.list`: everybody on one page."""
        locale = arguments.flag("include_locale")
        members = [self._object(user, locale=locale) for user in self._world.directory.users]
        stamp = int(self._world.clock.now().timestamp())
        return {"members": [*members, self._bot()], "cache_ts": stamp, "response_metadata": {"next_cursor": ""}}

    async def by_email(self, arguments: Arguments) -> Json:
        """`users.lookupByEmail`."""
        email = arguments.text("email").strip().lower()
        for user in self._world.directory.users:
            if email and user.email is not None and user.email.lower() == email:
                return {"user": self._object(user, locale=False)}
        raise SlackError("users_not_found")

    async def profile(self, arguments: Arguments) -> Json:
        """`users.profile.get`."""
        wanted = arguments.text("user", BOT_USER)
        if wanted == BOT_USER:
            return {"profile": self._bot()["profile"]}
        user = self._world.directory.by_id(wanted)
        if user is None:
            raise SlackError("user_not_found")
        return {"profile": self._profile(user)}
