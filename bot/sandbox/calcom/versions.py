"""Which resource lives in which API version.

Source: the fact sheet's section 1: a missing or unknown `cal-api-version` means 2024-04-15, and a path that no
controller of that version serves is 404 "Cannot GET /v2/...".
"""

OLDEST = "2024-04-15"
JUNE_11 = "2024-06-11"
JUNE_14 = "2024-06-14"
AUGUST_13 = "2024-08-13"
SEPTEMBER_04 = "2024-09-04"
FEBRUARY_26 = "2026-02-25"
MAY_26 = "2026-05-01"

KNOWN = (OLDEST, JUNE_11, JUNE_14, AUGUST_13, SEPTEMBER_04, FEBRUARY_26, MAY_26)

ANY = frozenset(KNOWN)
SLOTS = frozenset({SEPTEMBER_04})
OLD_SLOTS = frozenset({OLDEST, JUNE_11, JUNE_14, AUGUST_13})
BOOKINGS = frozenset({AUGUST_13, FEBRUARY_26})
BOOKINGS_LIST = frozenset({AUGUST_13, FEBRUARY_26, MAY_26})
OLD_BOOKINGS = frozenset({OLDEST, JUNE_11, JUNE_14})
EVENT_TYPES = frozenset({JUNE_14})
SCHEDULES = frozenset({JUNE_11, JUNE_14})
PRIVATE_LINKS = frozenset({OLDEST, JUNE_11, JUNE_14, AUGUST_13})


def effective(header: str | None) -> str:
    """The version a request runs in."""
    return header if header in KNOWN else OLDEST
