"""Addresses, versions and rights of the booking endpoints."""

from bot.sandbox.calcom import (
    booking_cancel,
    booking_decide,
    booking_move,
    booking_parts,
    booking_read,
    booking_reassign,
    versions,
)
from bot.sandbox.calcom.booking_create import create_booking
from bot.sandbox.calcom.call import Operation

ONE = "/v2/bookings/{bookingUid}"
ALL = versions.BOOKINGS
READ, WRITE = "BOOKING_READ", "BOOKING_WRITE"

OPERATIONS = (
    Operation("POST", "/v2/bookings", create_booking, ALL, 201, public=True, scope=WRITE),
    Operation("GET", "/v2/bookings", booking_read.list_bookings, versions.BOOKINGS_LIST, scope=READ),
    Operation("GET", "/v2/bookings/by-seat/{seatUid}", booking_read.get_booking_by_seat, ALL, public=True, scope=READ),
    Operation("GET", ONE, booking_read.get_booking, ALL, public=True, scope=READ),
    Operation("POST", f"{ONE}/reschedule", booking_move.reschedule, ALL, 201, public=True, scope=WRITE),
    Operation("POST", f"{ONE}/cancel", booking_cancel.cancel, ALL, public=True, scope=WRITE),
    Operation("POST", f"{ONE}/confirm", booking_decide.confirm, ALL, scope=WRITE),
    Operation("POST", f"{ONE}/decline", booking_decide.decline, ALL, scope=WRITE),
    Operation("POST", f"{ONE}/request-reschedule", booking_decide.request_reschedule, ALL, scope=WRITE),
    Operation("POST", f"{ONE}/mark-absent", booking_decide.mark_absent, ALL, scope=WRITE),
    Operation("POST", f"{ONE}/reassign", booking_reassign.reassign, ALL, scope=WRITE),
    Operation("POST", f"{ONE}/reassign/{{userId}}", booking_reassign.reassign, ALL, scope=WRITE),
    Operation("GET", f"{ONE}/attendees", booking_parts.list_attendees, ALL, scope=READ),
    Operation("POST", f"{ONE}/attendees", booking_parts.add_attendee, ALL, 201, scope=WRITE),
    Operation("GET", f"{ONE}/attendees/{{attendeeId}}", booking_parts.get_attendee, ALL, scope=READ),
    Operation("DELETE", f"{ONE}/attendees/{{attendeeId}}", booking_parts.remove_attendee, ALL, scope=WRITE),
    Operation("POST", f"{ONE}/guests", booking_parts.add_guests, ALL, scope=WRITE, limit=("Guests", 5)),
    Operation("PATCH", f"{ONE}/location", booking_parts.move_place, ALL, scope=WRITE),
    Operation("GET", f"{ONE}/calendar-links", booking_parts.calendar_links, ALL, scope=READ),
    Operation("GET", f"{ONE}/references", booking_parts.references, ALL, scope=READ),
    Operation("GET", f"{ONE}/recordings", booking_parts.recordings, ALL, scope=READ),
    Operation("GET", f"{ONE}/transcripts", booking_parts.transcripts, ALL, scope=READ),
    Operation(
        "GET",
        f"{ONE}/conferencing-sessions",
        booking_parts.conferencing_sessions,
        ALL,
        scope=READ,
        limit=("ConferencingSessions", 60),
    ),
    Operation(
        "GET", "/v2/teams/{teamId}/bookings", booking_read.list_team_bookings, versions.ANY, scope="TEAM_BOOKING_READ"
    ),
    Operation(
        "GET",
        "/v2/organizations/{orgId}/bookings",
        booking_read.list_organization_bookings,
        versions.ANY,
        scope="ORG_BOOKING_READ",
    ),
)
