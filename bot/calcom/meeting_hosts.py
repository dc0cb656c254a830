"""Whose web addresses lead into a meeting: Cal.com's own rooms, and the services it makes rooms at.

A place may also be an address that whoever booked typed. That is words of a stranger, not a link to press.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from .models import Booking

SERVICES = (
    "cal.com",
    "cal.eu",
    "zoom.us",
    "zoomgov.com",
    "meet.google.com",
    "teams.microsoft.com",
    "teams.live.com",
    "webex.com",
    "daily.co",
    "whereby.com",
    "meet.jit.si",
    "8x8.vc",
    "meet.goto.com",
    "gotomeeting.com",
    "gotomeet.me",
    "riverside.fm",
    "huddle01.com",
    "ro.am",
    "tandem.chat",
    "around.co",
    "sylaps.com",
    "p2p.mirotalk.com",
    "call.element.io",
    "facetime.apple.com",
    "meetings.dialpad.com",
    "meet.hubspot.com",
)
"""Hosts, each with everything below it: Cal.com itself, and those of its conferencing apps with fixed addresses."""

_PLAIN = re.compile(r"https?://[a-z0-9.-]+(?::\d{1,5})?(?:[/?#][!-~]*)?", re.I)
"""An address without user name, odd characters or anything that reads otherwise than it leads."""


@dataclass(frozen=True, slots=True)
class MeetingHosts:
    """The hosts whose addresses are taken for meetings: the well-known ones, and `own` (the configured Cal.com's and
    whatever else is trusted here)."""

    own: tuple[str, ...] = ()

    @classmethod
    def of(cls, addresses_or_hosts: Iterable[str]) -> "MeetingHosts":
        """From web addresses and bare hosts.

        >>> MeetingHosts.of(["https://api.cal.example/v2", "jitsi.example", ""]).own
        ('api.cal.example', 'jitsi.example')
        """
        hosts = (_host(each if "//" in each else f"//{each}") for each in addresses_or_hosts)
        return cls(tuple(dict.fromkeys(host for host in hosts if host)))

    def knows(self, address: str) -> bool:
        """Whether a web address leads to one of them. Unencrypted ones only where the host is our own.

        >>> hosts = MeetingHosts(("cal.example",))
        >>> hosts.knows("https://app.cal.com/video/x"), hosts.knows("http://cal.example:3000/video/x")
        (True, True)
        >>> hosts.knows("https://cal.com.evil.example/x"), hosts.knows("https://cal.com@evil.example/")
        (False, False)
        """
        if not _PLAIN.fullmatch(address):
            return False
        host = _host(address)
        safe = address.lower().startswith("https://")
        return _below(host, self.own) or (safe and _below(host, SERVICES))

    def vetted(self, booking: Booking) -> Booking:
        """The booking; without its meeting's address where that leads somewhere else. As a place it stays, in words."""
        if booking.meeting_url is None or self.knows(booking.meeting_url):
            return booking
        return replace(booking, meeting_url=None, location=booking.location or booking.meeting_url)


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").rstrip(".")
    except ValueError:
        return ""


def _below(host: str, known: Iterable[str]) -> bool:
    return any(host == each or host.endswith("." + each) for each in known)
