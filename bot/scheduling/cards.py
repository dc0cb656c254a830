"""What the assistant answers with: typed cards, shown by whoever talks to the person (Slack, the terminal, a test).

A card holds facts, not layout. Every time is an aware UTC instant; `zone` is the IANA zone of the person who
reads. `ref` is the opaque id of the stored record behind the card: a press sends it back together with a verb
(`Verb`) and, where there is something to choose, a `key`. Text from other people (names, titles, answers) stands
in the fields raw: whoever renders a card escapes it.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from bot.scheduling.examples import EXAMPLES
from bot.scheduling.verbs import Verb as Verb


class Tone(StrEnum):
    """How a note sounds."""

    INFO = "info"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(frozen=True)
class Party:
    """Somebody on a card: `zone` is theirs (IANA) where it is known."""

    name: str
    zone: str | None = None
    slack_id: str | None = None


@dataclass(frozen=True)
class Link:
    """A link from Cal.com or Slack, never from a model."""

    label: str
    url: str


@dataclass(frozen=True)
class Note:
    """A sentence. With `ref` and `retry` it offers "Try again"."""

    text: str
    tone: Tone = Tone.INFO
    ref: str = ""
    retry: bool = False
    type: Literal["note"] = "note"


@dataclass(frozen=True)
class SlotOption:
    """One bookable start."""

    key: str
    start: datetime
    end: datetime
    seats_left: int | None = None


@dataclass(frozen=True)
class OtherReading:
    """Another way to read the words about time ("Tue 1 Dec instead")."""

    key: str
    label: str


@dataclass(frozen=True)
class SlotChoice:
    """Free times to choose from, spread over the asked window.

    `lead` says why the asked time cannot be ("1:00 PM is taken"); `understood` what was assumed about the words.
    `day` is the date a date picker opens on. No options: nothing is free, and `lead` says why.
    """

    ref: str
    title: str
    parties: tuple[Party, ...]
    minutes: int
    zone: str
    options: tuple[SlotOption, ...]
    day: date
    lead: str = ""
    understood: tuple[str, ...] = ()
    readings: tuple[OtherReading, ...] = ()
    more: bool = False
    moving_from: datetime | None = None
    type: Literal["slots"] = "slots"


class DraftKind(StrEnum):
    """The write a draft stands for."""

    BOOK = "book"
    MOVE = "move"
    CANCEL = "cancel"
    RING = "ring"
    ACCEPT = "accept"
    DECLINE = "decline"
    EDIT = "edit"
    SETTING = "setting"


@dataclass(frozen=True)
class Fact:
    """A labelled line of a card ("Company size": "10-50")."""

    label: str
    value: str


@dataclass(frozen=True)
class Proposal:
    """A write that waits for the requester's yes. `warnings`: outside working hours, host has to approve, ...

    `confirm` is the label of the button that runs it: "Confirm", "Cancel booking" or "Ring the team".
    `can_change`: offer another time. `form`: the answers can be changed in the form.
    """

    ref: str
    kind: DraftKind
    title: str
    parties: tuple[Party, ...]
    zone: str
    confirm: str
    start: datetime | None = None
    end: datetime | None = None
    old_start: datetime | None = None
    place: str = ""
    facts: tuple[Fact, ...] = ()
    lead: str = ""
    understood: tuple[str, ...] = ()
    readings: tuple[OtherReading, ...] = ()
    warnings: tuple[str, ...] = ()
    repeats: tuple[datetime, ...] = ()
    can_change: bool = False
    form: bool = False
    type: Literal["proposal"] = "proposal"


@dataclass(frozen=True)
class Questions:
    """What must be answered before the draft can be confirmed; the button "Answer questions" opens the form.

    `missing` are the labels still open, with the options in words; `answered` what is known already; `problems`
    the sentences about answers that were refused.
    """

    ref: str
    title: str
    parties: tuple[Party, ...]
    zone: str
    missing: tuple[Fact, ...]
    start: datetime | None = None
    end: datetime | None = None
    answered: tuple[Fact, ...] = ()
    problems: tuple[str, ...] = ()
    lead: str = ""
    type: Literal["questions"] = "questions"


class Result(StrEnum):
    """What became of a confirmed draft."""

    BOOKED = "booked"
    REQUESTED = "requested"
    MOVED = "moved"
    MOVE_REQUESTED = "move_requested"
    CANCELLED = "cancelled"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    RUNG = "rung"
    CHANGED = "changed"
    DETAILS = "details"


@dataclass(frozen=True)
class Outcome:
    """A write that was done. `active`: Reschedule and Cancel make sense. `links`: join, add to calendar.

    `done` are the words at its head where those of `result` would say too little ("Time off entered").
    """

    ref: str
    result: Result
    title: str
    parties: tuple[Party, ...]
    zone: str
    start: datetime | None = None
    end: datetime | None = None
    old_start: datetime | None = None
    place: str = ""
    facts: tuple[Fact, ...] = ()
    links: tuple[Link, ...] = ()
    repeats: tuple[datetime, ...] = ()
    active: bool = False
    lead: str = ""
    done: str = ""
    type: Literal["outcome"] = "outcome"


@dataclass(frozen=True)
class BookingLine:
    """One booking in a list. `state` is a word to show when it is not simply confirmed ("awaiting approval")."""

    key: str
    title: str
    parties: tuple[Party, ...]
    start: datetime
    end: datetime
    state: str = ""
    place: str = ""
    links: tuple[Link, ...] = ()
    can_move: bool = False
    can_cancel: bool = False
    can_answer: bool = False


@dataclass(frozen=True)
class Agenda:
    """Bookings, oldest first, under a heading in words that names the span looked at."""

    ref: str
    heading: str
    zone: str
    lines: tuple[BookingLine, ...]
    more: int = 0
    understood: tuple[str, ...] = ()
    type: Literal["agenda"] = "agenda"


@dataclass(frozen=True)
class PickOption:
    """One thing to choose: a person, an event type, a booking."""

    key: str
    label: str
    detail: str = ""


@dataclass(frozen=True)
class Pick:
    """A question with a few answers to press ("Which Sam?")."""

    ref: str
    question: str
    options: tuple[PickOption, ...]
    type: Literal["pick"] = "pick"


@dataclass(frozen=True)
class Help:
    """What the assistant can do, by example; `lead` says what was not understood, if anything."""

    lead: str = ""
    examples: tuple[str, ...] = EXAMPLES
    type: Literal["help"] = "help"


class Event(StrEnum):
    """What a notice tells of."""

    CREATED = "created"
    REQUESTED = "requested"
    MOVED = "moved"
    CANCELLED = "cancelled"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    REASSIGNED = "reassigned"
    RELOCATED = "relocated"
    ABSENT = "absent"
    STARTING = "starting"
    ENDED = "ended"
    RECORDED = "recorded"
    RINGING = "ringing"
    TAKEN = "taken"
    MISSED = "missed"
    CONNECT = "connect"
    CONNECTED = "connected"
    DISCONNECTED = "disconnected"


@dataclass(frozen=True)
class Press:
    """A button of a notice: what it says and what it asks for."""

    label: str
    verb: Verb


@dataclass(frozen=True)
class Notice:
    """News that came by itself, or about the person's account. `lead` is the sentence of ours that says it.

    `gone`: the time does not hold any more. `presses` are about the booking the notice's record names.
    """

    ref: str
    event: Event
    lead: str
    title: str = ""
    parties: tuple[Party, ...] = ()
    zone: str = "UTC"
    start: datetime | None = None
    end: datetime | None = None
    old_start: datetime | None = None
    gone: bool = False
    place: str = ""
    facts: tuple[Fact, ...] = ()
    links: tuple[Link, ...] = ()
    presses: tuple[Press, ...] = ()
    type: Literal["notice"] = "notice"


@dataclass(frozen=True)
class Closed:
    """What a card turns into once it has no more use (let go, expired, replaced); no buttons."""

    ref: str
    text: str
    type: Literal["closed"] = "closed"


Card = Annotated[
    Note | SlotChoice | Proposal | Questions | Outcome | Agenda | Pick | Help | Notice | Closed,
    Field(discriminator="type"),
]
CARD: TypeAdapter[Card] = TypeAdapter(Card)
"""Cards to and from JSON, for the durable turn."""
