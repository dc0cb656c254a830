"""Slots: when an event type is free, and short holds on one of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo


@dataclass(frozen=True, slots=True)
class ByType:
    """An event type by its id."""

    id: int


@dataclass(frozen=True, slots=True)
class ByUser:
    """A person's event type by slug and username; `organization` is the organisation's slug, if any."""

    slug: str
    username: str
    organization: str | None = None


@dataclass(frozen=True, slots=True)
class ByTeam:
    """A team's event type by slug and the team's slug."""

    slug: str
    team_slug: str
    organization: str | None = None


@dataclass(frozen=True, slots=True)
class Dynamic:
    """Several people at once, by usernames; slots only, 30 minutes unless a duration is asked."""

    usernames: tuple[str, ...]
    organization: str | None = None


SlotTarget = ByType | ByUser | ByTeam | Dynamic
EventTarget = ByType | ByUser | ByTeam


@dataclass(frozen=True, slots=True)
class SlotQuery:
    """Which slots: starts in the half-open range [start, end), both aware instants.

    `duration_minutes` only for types with several lengths and for `Dynamic`; `moving_uid` is the booking
    being rescheduled, whose own time then counts as free; `zone` (IANA) only groups days at the service.
    """

    target: SlotTarget
    start: datetime
    end: datetime
    zone: str = "UTC"
    duration_minutes: int | None = None
    moving_uid: str | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """A free start, in UTC. The seat figures are set for seated types only."""

    start: datetime
    end: datetime | None = None
    seats_left: int | None = None
    seats_total: int | None = None
    booking_uid: str | None = None


@dataclass(frozen=True, slots=True)
class SlotDays:
    """Free slots in ascending order; empty means nothing is free, which is no error."""

    slots: tuple[Slot, ...] = ()

    def __iter__(self) -> Iterator[Slot]:
        return iter(self.slots)

    def __len__(self) -> int:
        return len(self.slots)

    def days(self, zone: tzinfo) -> Mapping[date, tuple[Slot, ...]]:
        """The slots by local date in `zone`; days without slots are absent."""
        days: dict[date, list[Slot]] = {}
        for slot in self.slots:
            days.setdefault(slot.start.astimezone(zone).date(), []).append(slot)
        return {day: tuple(slots) for day, slots in days.items()}


@dataclass(frozen=True, slots=True)
class Reservation:
    """A hold on a slot until `until` (UTC); release it by `uid`."""

    uid: str
    event_type_id: int | None = None
    start: datetime | None = field(default=None)
    end: datetime | None = None
    until: datetime | None = None
    duration_minutes: int | None = None
