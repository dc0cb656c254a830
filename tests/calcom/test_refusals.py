"""Every refusal the service is known to utter becomes the error that is meant."""

from typing import Any

import pytest

from bot.calcom import errors
from bot.calcom.refusals import refusal

UID = "2NtaeaVcKfpmSZ4CthFdfk"

SAID: list[tuple[int, str, type[errors.CalComError]]] = [
    (400, "User either already has booking at this time or is not available", errors.SlotTaken),
    (400, "One of the hosts either already has booking at this time or is not available", errors.SlotTaken),
    (
        400,
        "The event type can't be booked at the \"start\" time provided. This could be because it's too soon "
        "(violating the minimum booking notice) or too far in the future",
        errors.TooSoon,
    ),
    (400, "Attempting to book a meeting in the past.", errors.InThePast),
    (400, "Missing attendee phone number - it is required by the event type.", errors.MissingField),
    (404, "Event type with id 12 not found.", errors.NotFound),
    (404, "Booking with uid=abc was not found in the database", errors.NotFound),
    (404, "Cannot GET /v2/slots", errors.NoSuchRoute),
    (400, "Event type with id=1 is the parent managed event type that can't be booked.", errors.NotAllowed),
    (422, "Can't book this team event type because it has no hosts. Add some.", errors.NoHost),
    (
        400,
        "Instant bookings are only supported for team event types, not individual user event types.",
        errors.NotAllowed,
    ),
    (401, "checkBookingRequiresAuthentication - no user", errors.LinkNeeded),
    (403, "checkBookingRequiresAuthentication - not the owner", errors.LinkNeeded),
    (
        400,
        "Attendee with this email can't book because the maximum number of active bookings has been reached."
        " You can reschedule your existing booking (abc) to a new timeslot instead.",
        errors.LimitReached,
    ),
    (
        400,
        "Can't specify 'lengthInMinutes' because event type does not have multiple possible lengths.",
        errors.NotAllowed,
    ),
    (
        400,
        "Provided 'lengthInMinutes' is not one of the possible lengths for the event type. The possible "
        "lengths are: 15, 30",
        errors.NotAllowed,
    ),
    (
        400,
        "Booking location with type phone not valid for event type with id=4. The event type has following "
        "location types: link, and only these types are allowed for booking location.",
        errors.WrongAnswer,
    ),
    (
        400,
        "Provided recurrence count is higher than the event type's recurring event count.",
        errors.NotAllowed,
    ),
    (409, "No more seats left at this seated booking.", errors.SeatsFull),
    (
        422,
        "This time slot is already reserved by another user. Please choose a different time.",
        errors.ReservationConflict,
    ),
    (422, "Can't reserve a slot if the event is already booked.", errors.ReservationConflict),
    (422, "Booking with id=3 at 2026-11-24T10:00:00Z has no more seats left.", errors.SeatsFull),
    (
        400,
        f"Can't cancel booking with uid={UID} because it has been cancelled already. Please provide uid of a "
        "booking that is not cancelled.",
        errors.AlreadyCancelled,
    ),
    (400, "Cancellation reason is required when you are the host", errors.ReasonNeeded),
    (400, "Cannot cancel a booking that has already ended", errors.AlreadyOver),
    (400, "This event type does not allow cancellations", errors.NotAllowed),
    (
        400,
        "Invalid seatUid: this seat does not exist or has already been cancelled.",
        errors.AlreadyCancelled,
    ),
    (400, "Invalid seatUid: this seat does not belong to this booking.", errors.SeatNeeded),
    (
        400,
        f"Can't reschedule booking with uid={UID} because it has been cancelled. Please provide another.",
        errors.AlreadyCancelled,
    ),
    (
        400,
        f"Booking with uid={UID} is a seated booking which means you have to provide seatUid in the body.",
        errors.SeatNeeded,
    ),
    (
        400,
        "Bookings can only be marked as absent after their scheduled start time. Current time in UTC+0 is ...",
        errors.NotStartedYet,
    ),
    (403, "You do not have permission to reassign this booking", errors.Forbidden),
    (
        400,
        "Can't reassign the booking because no other host is available at that time.",
        errors.NoHost,
    ),
    (400, "User with id=7 is not a valid Round Robin host for this booking", errors.NoHost),
    (401, "No authentication method provided. Either pass an API key", errors.WrongCredential),
    (401, "Your api key is not valid", errors.WrongCredential),
    (409, "Webhook with this subscriberUrl already exists for this user", errors.Conflict),
    (400, "Invalid time range given - check the 'start' and 'end' query parameters.", errors.Refused),
    (400, "limit property is wrong,property limit should not exist ", errors.Refused),
]


def said(status: int, message: str, route: str = "/bookings") -> errors.CalComError:
    return refusal(status, {"error": {"code": "X", "message": message}}, "req-9", route)


@pytest.mark.parametrize(("status", "message", "kind"), SAID)
def test_a_known_message_becomes_the_error_that_is_meant(
    status: int, message: str, kind: type[errors.CalComError]
) -> None:
    assert type(said(status, message)) is kind


@pytest.mark.parametrize(("status", "message", "kind"), SAID)
def test_what_people_read_is_ours_and_what_the_service_said_is_kept_apart(
    status: int, message: str, kind: type[errors.CalComError]
) -> None:
    error = said(status, message)
    assert message not in error.sentence
    assert error.sentence.endswith(".")
    assert error.detail == message
    assert (error.status, error.request_id) == (status, "req-9")


@pytest.mark.parametrize(
    ("message", "kind", "slug"),
    [
        (
            "Missing required booking field response: topic - it is required by the event type booking fields,"
            " but missing in the bookingFieldsResponses. You can fetch the event type with ID 5 to see.",
            errors.MissingField,
            "topic",
        ),
        ("{title}error_required_field", errors.MissingField, "title"),
        (
            "Invalid type for booking field 'seats'. Expected type number (compatible with field type "
            "'number'), but received string.",
            errors.WrongAnswer,
            "seats",
        ),
        (
            "Invalid option 'huge' for booking field 'company_size'. Allowed options are: 1-10, 10-50.",
            errors.WrongAnswer,
            "company_size",
        ),
        (
            "One or more invalid options for booking field 'topics'. Allowed options are: a, b.",
            errors.WrongAnswer,
            "topics",
        ),
    ],
)
def test_a_problem_with_an_answer_names_its_question(message: str, kind: type[errors.FieldProblem], slug: str) -> None:
    error = said(400, message)
    assert type(error) is kind
    assert isinstance(error, errors.FieldProblem)
    assert error.slug == slug


def test_a_booking_that_was_moved_names_its_successor() -> None:
    error = said(
        400,
        "Can't reschedule booking with uid=old because it has been cancelled and rescheduled already to "
        "booking with uid=new-uid_1. You probably want to reschedule that one.",
    )
    assert isinstance(error, errors.AlreadyCancelled)
    assert error.moved_to == "new-uid_1"


@pytest.mark.parametrize(
    "body",
    [
        {"statusCode": 400, "message": "Cancellation reason is required when you are the host"},
        {"status": "error", "message": "Cancellation reason is required when you are the host"},
        {"error": {"code": "X", "details": {"message": "Cancellation reason is required when you are the host"}}},
        {"error": {"message": ["Cancellation reason is required when you are the host", "and more"]}},
        {
            "error": {
                "message": "Bad Request Exception",
                "details": {
                    "errors": [{"property": "reason", "constraints": {"x": "Cancellation reason is required"}}]
                },
            }
        },
    ],
)
def test_the_reason_is_found_in_every_shape_of_error(body: Any) -> None:
    assert type(refusal(400, body, None, "/bookings/{uid}/cancel")) is errors.ReasonNeeded


def test_a_spent_refresh_token_means_linking_again() -> None:
    body = {"error": "invalid_grant", "error_description": "refresh token is not valid"}
    assert type(refusal(400, body, None, "/auth/oauth2/token")) is errors.LinkExpired


def test_any_422_on_a_reservation_is_a_conflict() -> None:
    assert type(said(422, "Nope.", "/slots/reservations")) is errors.ReservationConflict


@pytest.mark.parametrize("body", [None, [], "text", 7, {}, {"error": None}, {"error": {"message": {"a": [1]}}}])
@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 409, 418, 422, 451])
def test_odd_refusals_are_refusals_all_the_same(status: int, body: Any) -> None:
    error = refusal(status, body, None, "/bookings")
    assert isinstance(error, errors.Refused)
    assert error.status == status
