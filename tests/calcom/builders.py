"""Answers as the service gives them."""

from typing import Any

BOOKING: dict[str, Any] = {
    "id": 123,
    "uid": "2NtaeaVcKfpmSZ4CthFdfk",
    "title": "15min between Bailey and Ann",
    "description": "",
    "hosts": [
        {
            "id": 1,
            "name": "Bailey",
            "email": "bailey@example.com",
            "displayEmail": "bailey@example.com",
            "username": "bailey",
            "timeZone": "America/Los_Angeles",
        }
    ],
    "status": "accepted",
    "start": "2026-11-24T18:00:00.000Z",
    "end": "2026-11-24T18:15:00.000Z",
    "duration": 15,
    "eventTypeId": 50,
    "eventType": {"id": 50, "slug": "15min"},
    "location": "https://app.cal.com/video/2Nt",
    "meetingUrl": "https://app.cal.com/video/2Nt",
    "absentHost": False,
    "createdAt": "2026-11-20T10:00:00.000Z",
    "updatedAt": None,
    "metadata": {"draft": "d1"},
    "icsUid": "2Nt@Cal.com",
    "attendees": [
        {
            "name": "Ann",
            "email": "ann@example.com",
            "displayEmail": "ann@example.com",
            "timeZone": "America/New_York",
            "language": "en",
            "absent": False,
            "phoneNumber": "+14155550100",
        }
    ],
    "guests": ["kenji@example.com"],
    "bookingFieldsResponses": {"notes": "hello"},
}

EVENT_TYPE: dict[str, Any] = {
    "id": 50,
    "ownerId": 1,
    "title": "Consultation",
    "slug": "consultation",
    "description": "Let's talk",
    "lengthInMinutes": 45,
    "lengthInMinutesOptions": [30, 45],
    "locations": [
        {"type": "integration", "integration": "cal-video"},
        {"type": "attendeeAddress"},
        {"type": "address", "address": "Main Street 1", "public": True},
        {"type": "hologram", "location": "somewhere"},
    ],
    "bookingFields": [
        {"type": "name", "slug": "name", "isDefault": True, "required": True},
        {"type": "textarea", "slug": "topic", "label": "What about?", "required": True, "isDefault": False},
        {"type": "select", "slug": "size", "label": "Size", "required": True, "options": ["1-10", "10-50"]},
        {"type": "telepathy", "slug": "thought", "label": "Think", "required": False},
        {
            "type": "unknown",
            "slug": "unknown",
            "bookingField": {"type": "slider", "name": "mood", "label": "Mood", "required": True},
        },
    ],
    "minimumBookingNotice": 60,
    "beforeEventBuffer": 5,
    "afterEventBuffer": 10,
    "slotInterval": 15,
    "bookingWindow": {"type": "calendarDays", "value": 30, "rolling": True},
    "bookingLimitsCount": {"day": 2, "disabled": False},
    "recurrence": {"interval": 1, "occurrences": 4, "frequency": "weekly"},
    "seats": {"seatsPerTimeSlot": 3, "showAttendeeInfo": False, "showAvailabilityCount": True},
    "confirmationPolicy": {
        "type": "time",
        "noticeThreshold": {"unit": "hours", "count": 2},
        "blockUnconfirmedBookingsInBooker": True,
    },
    "disableRescheduling": {"disabled": False, "minutesBefore": 60},
    "disableCancelling": {"disabled": True},
    "hidden": False,
    "isInstantEvent": False,
    "users": [{"id": 1, "name": "Bailey", "username": "bailey", "avatarUrl": None}],
    "scheduleId": None,
    "metadata": {},
    "price": 0,
    "currency": "usd",
    "bookingUrl": "https://cal.com/bailey/consultation",
}
