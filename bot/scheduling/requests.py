"""What a person can ask for: the arguments of the tools, in the person's own words.

One source of truth per tool: the field types and descriptions here become the JSON schema the model sees, the
validation of what it sends, and the page of capabilities. Words about time, people, meetings and bookings stay
words: the code that runs the tool resolves them.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field


def _as_list(value: object) -> object:
    """Models often send one string, or null, where a list is wanted."""
    if value is None or value == "":
        return []
    return [value] if isinstance(value, str) else value


def _as_text(value: object) -> object:
    """null and numbers become text."""
    if value is None:
        return ""
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


Words = Annotated[str, BeforeValidator(_as_text), Field(max_length=2000)]
Names = Annotated[list[str], BeforeValidator(_as_list), Field(max_length=20)]


class Request(BaseModel):
    """The arguments of one tool call."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Book(Request):
    """Book a meeting, or offer times for one."""

    people: Names = Field(default=[], description="whom with, or a team, as named")
    when: Words = Field(default="", description="all words about time, verbatim")
    meeting: Words = Field(default="", description="kind of meeting, as named: 'consultation'")
    minutes: int | None = Field(default=None, ge=1, le=1440)
    title: Words = ""
    notes: Words = ""
    guests: Names = Field(default=[], description="further people or e-mails to invite")
    place: Words = Field(default="", description="where: phone number, address, video")
    answers: dict[str, str] = Field(default={}, description="what was said about other questions")


class FindTimes(Request):
    """Is somebody free? Show free times without booking. people: 'me' for the asker."""

    people: Names = []
    when: Words = ""
    meeting: Words = ""
    minutes: int | None = Field(default=None, ge=1, le=1440)


class ShowBookings(Request):
    """List the asker's meetings: what, when, with whom."""

    when: Words = ""
    people: Names = []
    meeting: Words = ""
    status: Literal["upcoming", "past", "requests", "cancelled", "recurring"] | None = None


class Move(Request):
    """Reschedule a booking."""

    booking: Words = Field(default="", description="which one, in the asker's words, old time included")
    to: Words = Field(default="", description="the new time, verbatim: 'Thursday 10am', '30 minutes later'")
    reason: Words = ""


class Cancel(Request):
    """Cancel a booking."""

    booking: Words = Field(default="", description="which one, in the asker's words")
    reason: Words = ""
    scope: Literal["one", "following", "all"] = "one"


class Respond(Request):
    """Accept or decline a booking request as its host."""

    booking: Words = ""
    answer: Literal["accept", "decline"]
    reason: Words = ""


class Ring(Request):
    """Urgent: get a support team into a call right now."""

    team: Words = ""
    problem: Words = ""


class Adjust(Request):
    """Change what is open: choose an offered time, another day, person or length, answer its questions. Without
    arguments: show it again."""

    pick: Words = Field(default="", description="the offered option chosen: 'the second one', '2:30'")
    when: Words = ""
    people: Names = []
    meeting: Words = ""
    minutes: int | None = Field(default=None, ge=1, le=1440)
    title: Words = ""
    notes: Words = ""
    guests: Names = []
    without: Names = Field(default=[], description="people to leave out")
    place: Words = ""
    reason: Words = ""
    answers: dict[str, str] = Field(default={}, description="question label: answer")


class EditBooking(Request):
    """One booking: its details, recording or transcript; as its host add guests, change the place, mark who was
    absent, give it to another host, or ask the other side for another time."""

    booking: Words = ""
    what: Literal[
        "details", "recording", "transcript", "add_guests", "change_place", "mark_absent", "reassign", "ask_reschedule"
    ] = "details"
    people: Names = Field(default=[], description="guests, absent people or the new host")
    place: Words = ""
    reason: Words = ""


class Account(Request):
    """The asker's own Cal.com account: show or change it. people: whose event types, or the cover."""

    what: Literal[
        "working_hours", "out_of_office", "event_types", "private_link", "limits", "profile", "teams", "calendars"
    ]
    do: Literal["show", "set", "add", "remove"] = "show"
    name: Words = Field(default="", description="event type or schedule, as named")
    when: Words = ""
    minutes: int | None = Field(default=None, ge=1, le=1440)
    value: Words = Field(default="", description="hours, new title, 'hidden', zone or number, verbatim")
    people: Names = []


class LinkAccount(Request):
    """Link or unlink the asker's Cal.com account, or say what is linked."""

    action: Literal["link", "unlink", "show"]


class ShowHelp(Request):
    """Say what this assistant can do, or that a request was not understood."""

    lead: Words = ""


TOOLS: dict[str, type[Request]] = {
    "book": Book,
    "find_times": FindTimes,
    "show_bookings": ShowBookings,
    "move": Move,
    "cancel": Cancel,
    "respond": Respond,
    "ring_team": Ring,
    "adjust": Adjust,
    "edit_booking": EditBooking,
    "account": Account,
    "link_account": LinkAccount,
    "show_help": ShowHelp,
}
"""Every tool by the name the model calls."""
