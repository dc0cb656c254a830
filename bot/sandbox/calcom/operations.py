"""Every endpoint the server has."""

from bot.sandbox.calcom import booking_routes, event_type_routes, profile, slots, webhooks
from bot.sandbox.calcom.call import Operation

OPERATIONS: tuple[Operation, ...] = (
    *slots.OPERATIONS,
    *booking_routes.OPERATIONS,
    *event_type_routes.OPERATIONS,
    *profile.OPERATIONS,
    *webhooks.OPERATIONS,
)
