"""An event type as stored: columns, plus its settings in the words of the API."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.sandbox.calcom.database import Database, Json, Row, marks, unpack
from bot.sandbox.calcom.people import Team, User

MANAGED, COLLECTIVE, ROUND_ROBIN = "managed", "collective", "roundRobin"
PRIORITIES = ("lowest", "low", "medium", "high", "highest")


@dataclass(frozen=True, slots=True)
class EventType:
    """`data` holds every setting under its API name; absent settings have their default."""

    id: int
    owner_id: int | None
    team_id: int | None
    parent_id: int | None
    slug: str
    data: Json

    @property
    def title(self) -> str:
        """The display title."""
        return str(self.data["title"])

    @property
    def length(self) -> int:
        """Minutes, the default one of several."""
        return int(self.data["lengthInMinutes"])

    @property
    def lengths(self) -> list[int]:
        """All lengths an attendee may choose; empty if there is only one."""
        return list(self.data.get("lengthInMinutesOptions") or [])

    def number(self, name: str) -> int:
        """A numeric setting, 0 if unset."""
        return int(self.data.get(name) or 0)

    @property
    def seats(self) -> int | None:
        """Seats per slot, or None."""
        setting = self.enabled("seats")
        return int(setting["seatsPerTimeSlot"]) if setting else None

    def enabled(self, name: str) -> Json | None:
        """A setting that can be `{disabled: true}`: its object while it is on."""
        value = self.data.get(name)
        return value if isinstance(value, dict) and value and not value.get("disabled") else None

    @property
    def scheduling_type(self) -> str | None:
        """collective, roundRobin, managed, or None for a personal one."""
        value: str | None = self.data.get("schedulingType")
        return value

    @property
    def is_managed_parent(self) -> bool:
        """A template that cannot be booked itself."""
        return self.scheduling_type == MANAGED and self.parent_id is None

    @property
    def hosts(self) -> list[dict[str, Any]]:
        """`{userId, mandatory?, priority?}` of a team's type."""
        return list(self.data.get("hosts") or [])

    @property
    def host_ids(self) -> list[int]:
        """Who can host it."""
        if self.team_id is None or self.parent_id is not None:
            return [self.owner_id] if self.owner_id is not None else []
        return [int(host["userId"]) for host in self.hosts]

    @property
    def blocks_while_unconfirmed(self) -> bool:
        """Whether a pending booking takes its time already."""
        policy = self.enabled("confirmationPolicy")
        return bool(policy and policy.get("blockUnconfirmedBookingsInBooker"))


def from_row(row: Row) -> EventType:
    """A stored row, read."""
    return EventType(row["id"], row["owner_id"], row["team_id"], row["parent_id"], row["slug"], unpack(row["data"]))


class EventTypes:
    """Looks event types up."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, event_type_id: int | None) -> EventType | None:
        """By id."""
        row = self._database.one("SELECT * FROM event_types WHERE id = ?", event_type_id)
        return None if row is None else from_row(row)

    def of_user(self, user: User) -> list[EventType]:
        """A user's own ones (managed children included), by id."""
        rows = self._database.all("SELECT * FROM event_types WHERE owner_id = ? ORDER BY id", user.id)
        return [from_row(row) for row in rows]

    def of_team(self, team: Team) -> list[EventType]:
        """A team's, without managed children."""
        rows = self._database.all(
            "SELECT * FROM event_types WHERE team_id = ? AND parent_id IS NULL ORDER BY id", team.id
        )
        return [from_row(row) for row in rows]

    def of_user_named(self, user: User, slug: str) -> EventType | None:
        """A user's one with this slug."""
        return next((found for found in self.of_user(user) if found.slug == slug), None)

    def of_team_named(self, team: Team, slug: str) -> EventType | None:
        """A team's one with this slug."""
        return next((found for found in self.of_team(team) if found.slug == slug), None)

    def several(self, ids: Sequence[int]) -> dict[int, EventType]:
        """By ids."""
        rows = self._database.all(f"SELECT * FROM event_types WHERE id IN ({marks(ids)})", *ids)
        return {row["id"]: from_row(row) for row in rows}
