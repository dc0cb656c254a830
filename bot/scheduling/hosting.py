"""Booking for somebody else: the asker hosts, the other person attends.

Only with the asker's linked account; who attends is a person of the workspace, with the address and the zone that
Slack knows, never with one that was typed.
"""

import re
from collections.abc import Sequence

from bot.scheduling.asker import Scene
from bot.scheduling.bookings import Bookings
from bot.scheduling.draft import Host
from bot.scheduling.errors import Refusal
from bot.scheduling.people import People

_AS_HOST = re.compile(
    r"\bas (?:the |a |its |their )?host\b|\bi(?:'ll| will|'m| am)? (?:be )?(?:the )?host(?:ing)?\b|\bhosted by me\b"
    r"|\bon my (?:own )?(?:booking )?(?:page|link)\b",
    re.I,
)
_ON_MINE = r"\bbook (?:in )?@?{name}\b (?:(?:in|for|into|on)\b.*)?\b(?:on|in|into) my (?:own )?(?:calendar|schedule)\b"


async def hosted(scene: Scene, names: Sequence[str], people: People, bookings: Bookings) -> tuple[Host, Host] | None:
    """The asker as a host, and who attends; None where the others are to be met as hosts themselves.

    So it is where the asker says so, and where the other one has no Cal.com account to be booked on.
    """
    others = [name for name in names if not people.is_self(scene.asker, name)]
    link = await bookings.link(scene.asker) if len(others) == 1 else None
    if link is None or link.credential is None:
        return None
    guest = await people.colleague(scene, others[0])
    if guest is None or not guest.email:
        return None
    said = scene.said[-1] if scene.said else ""
    mine = _AS_HOST.search(said) or re.search(_ON_MINE.format(name=re.escape(others[0].lstrip("@"))), said, re.I)
    if not mine:
        try:
            await people.find(scene, others[0])
        except Refusal:
            pass
        else:
            return None
    host = Host(scene.asker.name, link.username, zone=link.zone, email=link.email, slack_id=scene.asker.slack_id)
    return host, guest
