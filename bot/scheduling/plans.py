"""Changes to a booking's details or to somebody's own Cal.com account, planned as values before they are confirmed."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from bot.calcom import Availability, LocationKind, Override


@dataclass(frozen=True)
class AddGuests:
    """Invite further people to a booking."""

    emails: tuple[str, ...]
    type: Literal["add_guests"] = "add_guests"


@dataclass(frozen=True)
class ChangePlace:
    """Hold a booking somewhere else; `value` is an address, a number or a link, `label` the place in words."""

    kind: LocationKind
    label: str
    integration: str | None = None
    value: str | None = None
    type: Literal["change_place"] = "change_place"


@dataclass(frozen=True)
class MarkAbsent:
    """Note who did not come."""

    emails: tuple[str, ...]
    names: tuple[str, ...]
    host: bool = False
    type: Literal["mark_absent"] = "mark_absent"


@dataclass(frozen=True)
class Reassign:
    """Give a round-robin booking to another host; without `user_id` Cal.com chooses. `old_hosts` are usernames."""

    old_hosts: tuple[str, ...]
    user_id: int | None = None
    name: str = ""
    type: Literal["reassign"] = "reassign"


@dataclass(frozen=True)
class AskReschedule:
    """Cancel a booking and ask its attendee to choose another time."""

    type: Literal["ask_reschedule"] = "ask_reschedule"


@dataclass(frozen=True)
class SetHours:
    """Working hours of a schedule, whole: everything that stays is in it. `note` says what to know about it."""

    schedule_id: int
    name: str
    availability: tuple[Availability, ...]
    overrides: tuple[Override, ...]
    note: str = ""
    type: Literal["set_hours"] = "set_hours"


@dataclass(frozen=True)
class GoAway:
    """Out of office from `first` to `last`, both included. `reason` is one of Cal.com's; `notes` others may read."""

    first: date
    last: date
    reason: str = "unspecified"
    notes: str = ""
    cover_id: int | None = None
    cover: str = ""
    type: Literal["go_away"] = "go_away"


@dataclass(frozen=True)
class ComeBack:
    """Take an out-of-office entry away."""

    id: int
    label: str
    type: Literal["come_back"] = "come_back"


@dataclass(frozen=True)
class MakeType:
    """A new event type; `questions` are what it asks of who books it, in words, none of them required."""

    title: str
    slug: str
    minutes: int
    questions: tuple[str, ...] = ()
    type: Literal["make_type"] = "make_type"


@dataclass(frozen=True)
class ChangeType:
    """Another title or length for an event type, the minutes kept free around its meetings, how long before one it
    can be booked at the latest, or hide or show it; None leaves a value."""

    id: int
    old_title: str
    title: str | None = None
    minutes: int | None = None
    hidden: bool | None = None
    before: int | None = None
    after: int | None = None
    notice: int | None = None
    type: Literal["change_type"] = "change_type"


@dataclass(frozen=True)
class DropType:
    """Delete an event type."""

    id: int
    title: str
    type: Literal["drop_type"] = "drop_type"


@dataclass(frozen=True)
class ShareLink:
    """A private booking link that works `uses` times."""

    id: int
    title: str
    uses: int = 1
    type: Literal["share_link"] = "share_link"


@dataclass(frozen=True)
class SetZone:
    """The account's time zone."""

    zone: str
    type: Literal["set_zone"] = "set_zone"


@dataclass(frozen=True)
class SetLimits:
    """How many bookings a day and a week at most; None is no limit."""

    per_day: int | None = None
    per_week: int | None = None
    type: Literal["set_limits"] = "set_limits"


OnBooking = AddGuests | ChangePlace | MarkAbsent | Reassign | AskReschedule
OnAccount = SetHours | GoAway | ComeBack | MakeType | ChangeType | DropType | ShareLink | SetZone | SetLimits
Plan = Annotated[OnBooking | OnAccount, Field(discriminator="type")]
