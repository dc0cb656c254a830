"""Users, teams and memberships as stored."""

from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from bot.sandbox.calcom import instants
from bot.sandbox.calcom.database import Database, Json, Row, unpack

ADMIN_ROLES = ("ADMIN", "OWNER")


@dataclass(frozen=True, slots=True)
class User:
    """A Cal.com account. `data` holds the profile as `GET /v2/me` shows it, without the columns."""

    id: int
    username: str
    email: str
    data: Json

    @property
    def name(self) -> str:
        """The display name."""
        return str(self.data.get("name") or self.username)

    @property
    def zone(self) -> ZoneInfo:
        """The account's time zone."""
        return instants.zone(self.data["timeZone"]) or ZoneInfo("UTC")

    @property
    def default_schedule_id(self) -> int | None:
        """The schedule used where an event type names none."""
        value: int | None = self.data.get("defaultScheduleId")
        return value


@dataclass(frozen=True, slots=True)
class Team:
    """A team; an organisation is a team without a parent and with `isOrganization`."""

    id: int
    slug: str
    parent_id: int | None
    data: Json

    @property
    def name(self) -> str:
        """The display name."""
        return str(self.data["name"])

    @property
    def is_organization(self) -> bool:
        """Whether this is an organisation."""
        return bool(self.data.get("isOrganization"))


def _user(row: Row | None) -> User | None:
    return None if row is None else User(row["id"], row["username"], row["email"], unpack(row["data"]))


def _team(row: Row | None) -> Team | None:
    return None if row is None else Team(row["id"], row["slug"], row["parent_id"], unpack(row["data"]))


class People:
    """Looks people and teams up."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def user(self, user_id: int | None) -> User | None:
        """By id."""
        return _user(self._database.one("SELECT * FROM users WHERE id = ?", user_id))

    def named(self, username: str) -> User | None:
        """By user name, any case."""
        return _user(self._database.one("SELECT * FROM users WHERE username = ?", username.lower()))

    def with_email(self, email: str) -> User | None:
        """By e-mail address."""
        return _user(self._database.one("SELECT * FROM users WHERE email = ?", email.lower()))

    def everyone(self) -> list[User]:
        """All users, by id."""
        rows = self._database.all("SELECT * FROM users ORDER BY id")
        return [user for row in rows if (user := _user(row)) is not None]

    def team(self, team_id: int | None) -> Team | None:
        """A team or organisation by id."""
        return _team(self._database.one("SELECT * FROM teams WHERE id = ?", team_id))

    def team_named(self, slug: str, organization_slug: str | None = None) -> Team | None:
        """A team (not an organisation) by slug; with the organisation's slug only inside it."""
        for row in self._database.all("SELECT * FROM teams WHERE slug = ? ORDER BY id", slug):
            team = _team(row)
            if team is None or team.is_organization:
                continue
            if organization_slug is None:
                return team
            parent = self.team(team.parent_id)
            if parent is not None and parent.slug == organization_slug:
                return team
        return None

    def organization_named(self, slug: str) -> Team | None:
        """An organisation by slug."""
        for row in self._database.all("SELECT * FROM teams WHERE slug = ?", slug):
            team = _team(row)
            if team is not None and team.is_organization:
                return team
        return None

    def members(self, team_id: int) -> list[int]:
        """User ids of a team, in order of id."""
        rows = self._database.all("SELECT user_id FROM memberships WHERE team_id = ? ORDER BY user_id", team_id)
        return [row["user_id"] for row in rows]

    def role(self, user_id: int, team_id: int | None) -> str | None:
        """MEMBER, ADMIN, OWNER or None."""
        row = self._database.one("SELECT role FROM memberships WHERE team_id = ? AND user_id = ?", team_id, user_id)
        return None if row is None else str(row["role"])

    def teams_of(self, user_id: int) -> list[Team]:
        """Teams and organisations a user belongs to."""
        rows = self._database.all(
            "SELECT t.* FROM teams t JOIN memberships m ON m.team_id = t.id WHERE m.user_id = ? ORDER BY t.id", user_id
        )
        return [team for row in rows if (team := _team(row)) is not None]

    def organization_of(self, user_id: int) -> Team | None:
        """The organisation a user belongs to."""
        return next((team for team in self.teams_of(user_id) if team.is_organization), None)

    def administers(self, user_id: int, team_id: int | None) -> bool:
        """Whether the user is admin or owner of the team or of its organisation."""
        if team_id is None:
            return False
        if self.role(user_id, team_id) in ADMIN_ROLES:
            return True
        team = self.team(team_id)
        return bool(team and team.parent_id and self.role(user_id, team.parent_id) in ADMIN_ROLES)

    def is_admin_over(self, admin_id: int, user_id: int) -> bool:
        """Whether `admin_id` administers the organisation that `user_id` belongs to."""
        organization = self.organization_of(user_id)
        return organization is not None and self.role(admin_id, organization.id) in ADMIN_ROLES

    def subordinates(self, user_id: int) -> list[User]:
        """Everybody in the organisations this user administers."""
        found: dict[int, User] = {}
        for team in self.teams_of(user_id):
            if team.is_organization and self.role(user_id, team.id) in ADMIN_ROLES:
                for member in self.members(team.id):
                    user = self.user(member)
                    if user is not None:
                        found[member] = user
        return list(found.values())


def public_user(user: User) -> dict[str, Any]:
    """A user as event types list them."""
    return {
        "id": user.id,
        "name": user.name,
        "username": user.username,
        "avatarUrl": user.data.get("avatarUrl"),
        "brandColor": None,
        "darkBrandColor": None,
        "metadata": {},
    }
