"""Which `cal-api-version` each resource wants.

Cal.com binds every controller to listed versions. A missing or unknown header means 2024-04-15, and a
version a path has no controller for is answered 404, so one header for all is wrong somewhere.
"""

BOOKINGS = "2024-08-13"
BOOKINGS_VIDEO = "2026-02-25"
BOOKINGS_CURSOR = "2026-05-01"
EVENT_TYPES = "2024-06-14"
SCHEDULES = "2024-06-11"
SLOTS = "2024-09-04"

_VIDEO = ("/recordings", "/conferencing-sessions")
_UNVERSIONED_UNDER_EVENT_TYPES = ("/private-links", "/webhooks")


def version_for(route: str) -> str | None:
    """The header's value for a route below `/v2`, None where none is wanted.

    >>> version_for("/slots/reservations")
    '2024-09-04'
    >>> version_for("/event-types/{id}/private-links") is None
    True
    """
    if route.startswith("/slots"):
        return SLOTS
    if route.startswith("/schedules"):
        return SCHEDULES
    if "/bookings" in route:
        return BOOKINGS_VIDEO if route.endswith(_VIDEO) else BOOKINGS
    if "/event-types" in route:
        return None if any(part in route for part in _UNVERSIONED_UNDER_EVENT_TYPES) else EVENT_TYPES
    return None
