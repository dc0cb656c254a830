"""Every endpoint the server has."""

from bot.sandbox.calcom import (
    booking_routes,
    calendars,
    credits,
    event_type_routes,
    legacy,
    limits,
    oauth,
    out_of_office,
    private_links,
    profile,
    reservations,
    schedules,
    slots,
    teams,
    webhooks,
)
from bot.sandbox.calcom.call import Operation

OPERATIONS: tuple[Operation, ...] = (
    *slots.OPERATIONS,
    *reservations.OPERATIONS,
    *booking_routes.OPERATIONS,
    *event_type_routes.OPERATIONS,
    *private_links.OPERATIONS,
    *schedules.OPERATIONS,
    *profile.OPERATIONS,
    *limits.OPERATIONS,
    *out_of_office.OPERATIONS,
    *calendars.OPERATIONS,
    *teams.OPERATIONS,
    *credits.OPERATIONS,
    *webhooks.OPERATIONS,
    *oauth.OPERATIONS,
    *legacy.OPERATIONS,
)
