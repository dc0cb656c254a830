"""Everything that can go wrong with Cal.com, as one tree.

`CalComError.sentence` is written for a person in Slack: it is ours, never the service's text. `detail`
keeps the service's own message for logs and for code; show it to nobody.
"""

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answer:
    """What the service said when it refused: HTTP status, its error code, its message, its request id."""

    status: int | None = None
    code: str | None = None
    detail: str = ""
    request_id: str | None = None


class CalComError(Exception):
    """Any failure of a call to Cal.com."""

    default_sentence = "Cal.com did not accept that."

    def __init__(self, sentence: str | None = None, *, answer: Answer | None = None) -> None:
        self.sentence = sentence or self.default_sentence
        self.answer = answer or Answer()
        super().__init__(self.sentence)

    @property
    def status(self) -> int | None:
        """The HTTP status, None when no answer came."""
        return self.answer.status

    @property
    def code(self) -> str | None:
        """The service's name for the error."""
        return self.answer.code

    @property
    def detail(self) -> str:
        """The service's own message. Not for people."""
        return self.answer.detail

    @property
    def request_id(self) -> str | None:
        """What Cal.com's support asks for."""
        return self.answer.request_id


class Unavailable(CalComError):
    """No usable answer: time-out, connection lost, 5xx, a page instead of JSON.

    `maybe_done` says that a write may have reached the service all the same: look before repeating it.
    """

    default_sentence = "Cal.com is not answering right now. Please try again in a moment."

    def __init__(self, sentence: str | None = None, *, answer: Answer | None = None, maybe_done: bool = False) -> None:
        super().__init__(sentence, answer=answer)
        self.maybe_done = maybe_done


class RateLimited(CalComError):
    """Too many requests; nothing was done. `retry_after` is in seconds, None when not known."""

    default_sentence = "Cal.com is getting too many requests from us. Please try again in a minute."

    def __init__(
        self, sentence: str | None = None, *, answer: Answer | None = None, retry_after: float | None = None
    ) -> None:
        if sentence is None and retry_after is not None and retry_after < 600:
            seconds = max(5, 5 * math.ceil(retry_after / 5))
            sentence = f"Cal.com is getting too many requests from us. Please try again in about {seconds} seconds."
        super().__init__(sentence, answer=answer)
        self.retry_after = retry_after


class Refused(CalComError):
    """The service understood and said no (4xx). Nothing was done."""


class NotFound(Refused):
    """No such user, team, event type, booking, ... or none this credential may see."""

    default_sentence = "Cal.com doesn't know that one."


class WrongCredential(Refused):
    """401: no, a wrong or an expired credential."""

    default_sentence = "Cal.com did not accept the credentials. The account has to be linked again."


class Forbidden(Refused):
    """403: the credential is good but may not do this."""

    default_sentence = "That account isn't allowed to do this on Cal.com."


class LinkNeeded(Forbidden):
    """The event type can be booked only with a Cal.com account of one's own."""

    default_sentence = "This event type can only be booked with a linked Cal.com account."


class NoSuchRoute(Refused):
    """The service does not have this part of the API: wrong address, wrong version, older installation."""

    default_sentence = "This Cal.com doesn't offer that."


class NotAllowed(Refused):
    """The event type's or booking's rules do not permit it."""

    default_sentence = "The rules of this event type don't allow that."


class SlotUnavailable(Refused):
    """That start cannot be booked; another may. Common root of the reasons."""

    default_sentence = "That time can't be booked."


class SlotTaken(SlotUnavailable):
    """The host is busy then, or somebody else was quicker."""

    default_sentence = "That time is no longer free."


class TooSoon(SlotUnavailable):
    """Inside the minimum notice, or beyond the booking window; the service does not say which."""

    default_sentence = "That time is too soon or too far ahead for this event type."


class InThePast(SlotUnavailable):
    """The start is over."""

    default_sentence = "That time is already past."


class SeatsFull(SlotUnavailable):
    """Every seat of that slot is taken."""

    default_sentence = "All seats at that time are taken."


class ReservationConflict(SlotUnavailable):
    """Somebody else holds the slot, or it is booked."""

    default_sentence = "Somebody else is booking that time right now."


class FieldProblem(Refused):
    """An answer to the booking form; `slug` names the question, None when the service does not."""

    default_sentence = "One of the answers isn't what the event type asks for."

    def __init__(self, sentence: str | None = None, *, answer: Answer | None = None, slug: str | None = None) -> None:
        super().__init__(sentence, answer=answer)
        self.slug = slug


class MissingField(FieldProblem):
    """A required question has no answer."""

    default_sentence = "This event type needs an answer that is missing."


class WrongAnswer(FieldProblem):
    """An answer of the wrong type, or not among the options."""

    default_sentence = "One of the answers isn't what the event type asks for."


class ReasonNeeded(Refused):
    """A host has to give a reason to cancel."""

    default_sentence = "Cal.com wants a reason when the host cancels."


class BookingClosed(Refused):
    """The booking's state forbids the action. `moved_to` is the booking that replaced it, if named."""

    default_sentence = "That booking can't be changed any more."

    def __init__(
        self, sentence: str | None = None, *, answer: Answer | None = None, moved_to: str | None = None
    ) -> None:
        super().__init__(sentence, answer=answer)
        self.moved_to = moved_to


class AlreadyCancelled(BookingClosed):
    """The booking, or the seat, was cancelled before."""

    default_sentence = "That booking is already cancelled."


class AlreadyOver(BookingClosed):
    """The booking has ended."""

    default_sentence = "That booking is already over."


class NotStartedYet(Refused):
    """Absence can be marked only once the meeting has begun."""

    default_sentence = "People can be marked absent only after the meeting has started."


class SeatNeeded(Refused):
    """A seated booking: the seat has to be named, or the named one does not exist."""

    default_sentence = "This is a shared booking; it takes the seat's own id to change it."


class LimitReached(Refused):
    """The booker, or a limit on guests or credits, has run out."""

    default_sentence = "A limit on Cal.com has been reached."


class NoHost(Refused):
    """A team event type without hosts, or no other host to give the booking to."""

    default_sentence = "No host is available for that."


class Conflict(Refused):
    """409: something with that name or address exists already."""

    default_sentence = "Cal.com has that already."


class CodeNeeded(Refused):
    """The event type wants the booker's e-mail address verified by a code first."""

    default_sentence = "Cal.com wants that e-mail address verified first."


class NoCredits(LimitReached):
    """Not enough credits for the charge."""

    default_sentence = "There are no Cal.com credits left for this."


class LinkExpired(Refused):
    """OAuth: the code or refresh token is used up, revoked or expired; the person has to link again."""

    default_sentence = "The link to that Cal.com account has ended. Please link it again."
