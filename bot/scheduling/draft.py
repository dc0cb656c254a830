"""A draft: a write on its way to being confirmed, and what is known of it so far.

Drafts are values: every step makes a new one. They are stored as JSON in a record (`bot.store`), whose id is the
`ref` on the cards; requester, conversation and expiry stand in the record.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter

from bot.scheduling.cards import DraftKind, OtherReading, Party, PickOption, SlotOption
from bot.scheduling.form import Answer, Question
from bot.scheduling.plans import Plan

LIFETIME = timedelta(hours=1)
"""How long a card can be used: longer than Slack's response_url lives, shorter than people's plans do."""


class State(StrEnum):
    """Where a record stands. Only an open one can be pressed, only a running one can become done."""

    OPEN = "open"
    RUNNING = "running"
    DONE = "done"
    DISMISSED = "dismissed"
    REPLACED = "replaced"
    EXPIRED = "expired"


class Stage(StrEnum):
    """What a draft waits for."""

    WHO = "who"
    WHAT = "what"
    TIME = "time"
    QUESTIONS = "questions"
    YES = "yes"


@dataclass(frozen=True)
class Host:
    """Whom a meeting is with: a person with a Cal.com username, or a team with its slug.

    `zone`, `email` and `slack_id` are known for people of the workspace or with a linked account.
    """

    name: str
    username: str | None = None
    team_slug: str | None = None
    team_id: int | None = None
    organization: str | None = None
    zone: str | None = None
    email: str | None = None
    slack_id: str | None = None

    @property
    def key(self) -> str:
        """Names it among others."""
        return f"team:{self.team_slug}" if self.team_slug else self.username or self.email or self.name


@dataclass(frozen=True)
class Span:
    """Where to look for a time: half-open, in UTC; `exact`: this very start."""

    start: datetime
    end: datetime
    exact: bool = False


@dataclass(frozen=True)
class Meeting:
    """The event type a draft books, as far as cards need it; looked up afresh before it is booked."""

    id: int
    slug: str
    title: str
    minutes: int
    variable: bool = False


@dataclass(frozen=True)
class Booked:
    """The booking a draft changes."""

    uid: str
    title: str
    start: datetime
    end: datetime
    event_type_id: int | None = None
    seat_uid: str | None = None
    recurring_uid: str | None = None
    place: str = ""
    as_host: bool = False
    others: tuple[Party, ...] = ()
    pending: bool = False


@dataclass(frozen=True)
class Later:
    """A request made together with another one, for when that is settled.

    `tool` and `arguments` are the call; `words` is the message both stood in.
    """

    tool: str
    arguments: dict[str, Any]
    words: str = ""


@dataclass(frozen=True)
class Draft:
    """A write before it happens.

    `words` are the person's about time and, once `timed`, `spans` what they came to. `looking`: only asked whether
    somebody is free; `soonest`: as soon as possible. `offered` (times) and `menu` (people, meetings, bookings) are
    what the last card let choose from, `shown` the keys of times on earlier ones, `choices` the bookings behind a
    menu. `told` are answers in words, by question, not yet checked. `candidates` are the people `asked` may mean,
    `pending` the names not looked at yet. `claimed` is the turn that runs it, `unsure` says that a run may have
    reached Cal.com without an answer. `plan` is what an edit or a setting changes, `hold` the reservation that
    keeps the slot while questions are answered. `chosen_from` is the menu that the last choice was made from, kept for
    who thinks again. `doubted`: something was asked or refused since the card, so that a plain yes is no yes to it.
    `then` are the requests to come after this one. `attendee` is whom the asker books for as the host, who is then
    the only one of `hosts`.
    """

    kind: DraftKind
    stage: Stage = Stage.WHO
    hosts: tuple[Host, ...] = ()
    meeting: Meeting | None = None
    wanted: str = ""
    minutes: int | None = None
    words: str = ""
    timed: bool = False
    looking: bool = False
    soonest: bool = False
    spans: tuple[Span, ...] = ()
    preferred: tuple[Span, ...] = ()
    understood: tuple[str, ...] = ()
    readings: tuple[OtherReading, ...] = ()
    reading_spans: dict[str, Span] = field(default_factory=dict)
    start: datetime | None = None
    offered: tuple[SlotOption, ...] = ()
    menu: tuple[PickOption, ...] = ()
    shown: tuple[str, ...] = ()
    told: dict[str, str] = field(default_factory=dict)
    choices: tuple[Booked, ...] = ()
    unsure: bool = False
    candidates: tuple[Host, ...] = ()
    asked: str = ""
    pending: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    answers: dict[str, Answer] = field(default_factory=dict)
    guests: tuple[str, ...] = ()
    title: str = ""
    notes: str = ""
    place: str = ""
    repeat: int | None = None
    hold: str = ""
    plan: Plan | None = None
    booking: Booked | None = None
    reason: str = ""
    scope: str = "one"
    result_uid: str = ""
    thread_link: str = ""
    claimed: str = ""
    chosen_from: tuple[PickOption, ...] = ()
    doubted: bool = False
    then: tuple[Later, ...] = ()
    attendee: Host | None = None

    @property
    def length(self) -> int:
        """Minutes the meeting takes, as far as it is known."""
        if self.minutes and self.meeting and self.meeting.variable:
            return self.minutes
        return self.meeting.minutes if self.meeting else self.minutes or 30

    @property
    def end(self) -> datetime | None:
        """When it is over, once it has a start."""
        if self.booking and self.kind is not DraftKind.MOVE and self.start == self.booking.start:
            return self.booking.end
        return self.start + timedelta(minutes=self.length) if self.start else None


@dataclass(frozen=True)
class Listed:
    """A booking as a list showed it, so that a press on its line, or words about it, find it again."""

    key: str
    uid: str
    title: str
    start: datetime
    people: tuple[str, ...] = ()


@dataclass(frozen=True)
class Listing:
    """Bookings shown in a list, in order."""

    lines: tuple[Listed, ...]
    heading: str = ""

    def uid(self, key: str) -> str:
        """The booking of a line; empty when there is none."""
        return next((line.uid for line in self.lines if line.key == key), "")


_DRAFT: TypeAdapter[Draft] = TypeAdapter(Draft)
_LISTING: TypeAdapter[Listing] = TypeAdapter(Listing)


def dump(draft: Draft | Listing) -> dict[str, Any]:
    """As JSON for a record."""
    adapter: TypeAdapter[Any] = _DRAFT if isinstance(draft, Draft) else _LISTING
    payload: dict[str, Any] = adapter.dump_python(draft, mode="json")
    return payload


def load_draft(payload: dict[str, Any]) -> Draft:
    """A draft from a record's JSON."""
    return _DRAFT.validate_python(payload)


def load_listing(payload: dict[str, Any]) -> Listing:
    """A listing from a record's JSON."""
    return _LISTING.validate_python(payload)
