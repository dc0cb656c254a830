"""What a text is read against: the moment it was said, the customs of its reader, the meeting it is about."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.when.reading import Window


@dataclass(frozen=True, slots=True)
class Frame:
    """`now` is local wall time in the asked zone (naive inside this room), `today` its date.

    `day_first`: 3/12 is 3 December. `country`: whose holidays ("US", "GB", "DE", ...). `anchor`: the meeting that
    "an hour later" counts from, in local wall time.
    """

    now: datetime
    today: date
    day_first: bool
    country: str
    lang: str
    anchor: tuple[datetime, datetime | None] | None = None
    zone: str = "UTC"
    host_zone: str | None = None
    clock24: bool = False  # how the reader writes times
    moving: tuple[str, ...] = ()  # the words of a text that moves a meeting

    @staticmethod
    def of(
        now: datetime,
        *,
        day_first: bool,
        country: str,
        lang: str,
        zone: str,
        host_zone: str | None,
        anchor: Window | None,
        clock24: bool = False,
    ) -> "Frame":
        """A frame from aware times already converted to the asked zone."""
        local = now.replace(tzinfo=None)
        base = None
        if anchor is not None and anchor.start is not None:
            base = (
                anchor.start.astimezone(now.tzinfo).replace(tzinfo=None),
                anchor.end.astimezone(now.tzinfo).replace(tzinfo=None) if anchor.end else None,
            )
        return Frame(local, local.date(), day_first, country, lang, base, zone, host_zone, clock24)
