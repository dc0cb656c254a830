"""The links of a booking: into the call, and what adds it to a calendar."""

from bot.calcom import Booking, CalCom, CalComError, Credential
from bot.scheduling.cards import Link
from bot.scheduling.present import calendar_links, join_link


async def booking_links(
    calcom: CalCom, key: Credential | None, booking: Booking, *, calendar: bool = True
) -> tuple[Link, ...]:
    """Join, and with `calendar` what adds it to one; the latter needs the workspace's key and is left out without."""
    links = join_link(booking)
    if not calendar or key is None:
        return links
    try:
        found = await calcom.acting(key).calendar_links(booking.uid)
    except CalComError:
        return links
    return (*links, *calendar_links(booking, found))
