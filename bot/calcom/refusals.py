"""From the service's many error shapes to one exception tree.

Shapes seen: the envelope `{status, error: {code, message, details}}`; the bare `{statusCode, message}` of
Cal.com's core library; class-validator's `details.errors[]`; pipes that join messages with ", "; a top-level
`message` beside the envelope; OAuth's `{error, error_description}`. There are no machine-readable reasons,
so what was refused is told from the message.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from . import errors
from .errors import Answer, CalComError

Make = Callable[[Answer, re.Match[str]], CalComError]
_LONGEST_DETAIL = 2000


@dataclass(frozen=True, slots=True)
class Rule:
    """A message that means one error."""

    pattern: re.Pattern[str]
    make: Make


def _plain(kind: type[CalComError]) -> Make:
    return lambda answer, match: kind(answer=answer)


def _field(kind: type[errors.FieldProblem]) -> Make:
    return lambda answer, match: kind(answer=answer, slug=match["slug"])


def _known_field(kind: type[errors.FieldProblem], slug: str) -> Make:
    return lambda answer, match: kind(answer=answer, slug=slug)


def _cancelled(answer: Answer, match: re.Match[str]) -> CalComError:
    return errors.AlreadyCancelled(answer=answer, moved_to=match.groupdict().get("moved_to"))


def _rule(pattern: str, make: Make) -> Rule:
    return Rule(re.compile(pattern, re.IGNORECASE | re.DOTALL), make)


_RULES = (
    _rule(r"already has booking at this time or is not available", _plain(errors.SlotTaken)),
    _rule(r"no available users|no_available_users|hosts_unavailable", _plain(errors.SlotTaken)),
    _rule(r"booking_conflict|booking already exists|slot .*not available", _plain(errors.SlotTaken)),
    _rule(r"out_of_bounds", _plain(errors.TooSoon)),
    _rule(r"seats_full", _plain(errors.SeatsFull)),
    _rule(r"booker_limit_exceeded", _plain(errors.LimitReached)),
    _rule(r"already_signed_up", _plain(errors.Conflict)),
    _rule(r"meeting in the past|booking in the past", _plain(errors.InThePast)),
    _rule(r"can't be booked at the \W*start\W* time|minimum booking notice", _plain(errors.TooSoon)),
    _rule(r"missing required booking field response: (?P<slug>[^\s]+?)\s+-", _field(errors.MissingField)),
    _rule(r"missing attendee phone|phone number is required", _known_field(errors.MissingField, "phone")),
    _rule(r"\{(?P<slug>[^{}]+)\}error_required_field", _field(errors.MissingField)),
    _rule(r"invalid type for booking field '(?P<slug>[^']*)'", _field(errors.WrongAnswer)),
    _rule(r"invalid options? (?:'.*?' )?for booking field '?(?P<slug>[^'.\s]*)", _field(errors.WrongAnswer)),
    _rule(r"booking location with type|location type .*not valid", _known_field(errors.WrongAnswer, "location")),
    _rule(r"already reserved by another|can't reserve a slot", _plain(errors.ReservationConflict)),
    _rule(r"no more seats left", _plain(errors.SeatsFull)),
    _rule(r"seated booking which means you have to provide seatUid", _plain(errors.SeatNeeded)),
    _rule(r"invalid seatUid.*already been cancelled", _cancelled),
    _rule(r"seatUid", _plain(errors.SeatNeeded)),
    _rule(r"cancell?ation reason is required", _plain(errors.ReasonNeeded)),
    _rule(r"cancelled and rescheduled already to booking with uid=(?P<moved_to>[\w-]+)", _cancelled),
    _rule(r"it has been cancelled|already been cancelled|cancelled already", _cancelled),
    _rule(r"already ended|has already (?:started|ended)", _plain(errors.AlreadyOver)),
    _rule(r"only be marked as absent after", _plain(errors.NotStartedYet)),
    _rule(r"maximum number of active bookings|booking limit|limit reached", _plain(errors.LimitReached)),
    _rule(r"(?:insufficient|not enough|no) .*credits|credits? (?:exhausted|balance)", _plain(errors.NoCredits)),
    _rule(r"too many guests|guests? limit|maximum .*guests", _plain(errors.LimitReached)),
    _rule(r"because it has no hosts|no other host is available", _plain(errors.NoHost)),
    _rule(r"not a valid round robin host", _plain(errors.NoHost)),
    _rule(r"verification code|email verification", _plain(errors.CodeNeeded)),
    _rule(
        r"does not allow|doesn't allow|instant bookings are only|managed event type"
        r"|can't specify 'lengthInMinutes'|'lengthInMinutes' is not one|recurrence count is higher"
        r"|cannot be (?:rescheduled|cancelled)|can't (?:reschedule|cancel|confirm|decline)",
        _plain(errors.NotAllowed),
    ),
)

_BY_STATUS: dict[int, type[CalComError]] = {
    401: errors.WrongCredential,
    402: errors.NoCredits,
    403: errors.Forbidden,
    404: errors.NotFound,
    409: errors.Conflict,
}
_NO_ROUTE = re.compile(r"Cannot (?:GET|POST|PATCH|PUT|DELETE) /")
_TOLD_BY_MESSAGE = (400, 409, 422)


def refusal(status: int, body: Any, request_id: str | None, route: str) -> CalComError:
    """The exception for a 4xx answer with the JSON `body` (anything), to a call of `route`."""
    code, detail = _read(body)
    answer = Answer(status, code, detail[:_LONGEST_DETAIL], request_id)
    if code == "invalid_grant" and "oauth2" in route:
        return errors.LinkExpired(answer=answer)
    if "checkBookingRequiresAuthentication" in detail:
        return errors.LinkNeeded(answer=answer)
    if status == 403 and "does not allow" in detail:
        return errors.NotAllowed(answer=answer)
    if status == 404 and _NO_ROUTE.match(detail):
        return errors.NoSuchRoute(answer=answer)
    if status in _TOLD_BY_MESSAGE:
        for rule in _RULES:
            if match := rule.pattern.search(detail):
                return rule.make(answer, match)
    if status == 422 and route.startswith("/slots/reservations"):
        return errors.ReservationConflict(answer=answer)
    return _BY_STATUS.get(status, errors.Refused)(answer=answer)


def _read(body: Any) -> tuple[str | None, str]:
    """The service's code and message out of any of its shapes."""
    if not isinstance(body, dict):
        return None, ""
    error = body.get("error")
    inner: dict[str, Any] = error if isinstance(error, dict) else {}
    named = error if isinstance(error, str) else inner.get("code")
    code = named if isinstance(named, str) else None
    messages = [
        *_texts(inner.get("message")),
        *_texts(body.get("message")),
        *_texts(body.get("error_description")),
        *_details(inner.get("details") or body.get("details")),
    ]
    return code, "; ".join(dict.fromkeys(messages))


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value] if value else []
    if isinstance(value, list):
        return [text for item in value[:20] for text in _texts(item)]
    if isinstance(value, dict):
        return _texts(value.get("message"))
    return []


def _details(details: Any) -> list[str]:
    if not isinstance(details, dict):
        return _texts(details)
    problems = details.get("errors")
    found = _texts(details.get("message"))
    for problem in problems[:20] if isinstance(problems, list) else []:
        constraints = problem.get("constraints") if isinstance(problem, dict) else None
        if isinstance(constraints, dict):
            found += [text for text in constraints.values() if isinstance(text, str)]
        elif isinstance(problem, dict):
            found += _texts(problem.get("message"))
    return found
