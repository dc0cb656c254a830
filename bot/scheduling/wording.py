"""Times, zones, counts and names in the words of cards' sentences."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

import pytz

_TWELVE_HOURS = ("en-us", "en-ca", "en-au", "en-nz", "en-in", "en-ph", "es-mx", "es-co", "hi", "ko")


def local(moment: datetime, zone: str) -> datetime:
    """`moment` on the clocks of `zone` (IANA)."""
    return moment.astimezone(pytz.timezone(zone))


def uses_12_hours(locale: str) -> bool:
    """Whether people of a Slack locale read 1:30 PM rather than 13:30.

    >>> uses_12_hours("en-US"), uses_12_hours("de-DE")
    (True, False)
    """
    return locale.lower().replace("_", "-").startswith(_TWELVE_HOURS)


def wall_clock(moment: time, locale: str = "en-US") -> str:
    """A time of day on some wall.

    >>> wall_clock(time(13, 30)), wall_clock(time(13, 30), "de-DE")
    ('1:30 PM', '13:30')
    """
    if uses_12_hours(locale):
        return f"{moment.hour % 12 or 12}:{moment:%M} {'AM' if moment.hour < 12 else 'PM'}"
    return f"{moment:%H:%M}"


def clock(moment: datetime, zone: str, locale: str = "en-US") -> str:
    """The time of day in `zone`.

    >>> clock(datetime(2026, 11, 24, 18, 30, tzinfo=UTC), "America/New_York")
    '1:30 PM'
    """
    return wall_clock(local(moment, zone).time(), locale)


def day(moment: datetime, zone: str) -> str:
    """The day in `zone`, short.

    >>> day(datetime(2026, 11, 24, 18, 30, tzinfo=UTC), "America/New_York")
    'Tue 24 Nov'
    """
    return day_of(local(moment, zone).date())


def day_of(when: date) -> str:
    """A date, short; the year only when it is not this or the next twelve months' is left to the reader."""
    return f"{when:%a} {when.day} {when:%b}"


def when(moment: datetime, zone: str, locale: str = "en-US") -> str:
    """Day and time in `zone`, without naming it.

    >>> when(datetime(2026, 11, 24, 18, 30, tzinfo=UTC), "America/New_York")
    'Tue 24 Nov 1:30 PM'
    """
    return f"{day(moment, zone)} {clock(moment, zone, locale)}"


def place_of(zone: str) -> str:
    """The city of a zone, as people call its time.

    >>> place_of("America/Argentina/Buenos_Aires"), place_of("UTC")
    ('Buenos Aires', 'UTC')
    """
    return zone.rsplit("/", 1)[-1].replace("_", " ")


def zoned(moment: datetime, zone: str, locale: str = "en-US") -> str:
    """Day, time and zone.

    >>> zoned(datetime(2026, 11, 24, 18, 30, tzinfo=UTC), "America/New_York")
    'Tue 24 Nov 1:30 PM (New York time)'
    """
    return f"{when(moment, zone, locale)} ({place_of(zone)} time)"


def listed(items: Sequence[str], last: str = "and") -> str:
    """Items in a sentence.

    >>> listed(["a", "b", "c"], "or")
    'a, b or c'
    """
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def possessive(name: str) -> str:
    """
    >>> possessive("Bailey"), possessive("Chris")
    ("Bailey's", "Chris'")
    """
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def minutes_text(minutes: int) -> str:
    """A length in words.

    >>> minutes_text(45), minutes_text(90), minutes_text(60), minutes_text(2880)
    ('45 minutes', '1 hour 30 minutes', '1 hour', '2 days')
    """
    parts = []
    days, rest = divmod(minutes, 1440)
    hours, rest = divmod(rest, 60)
    for count, word in ((days, "day"), (hours, "hour"), (rest, "minute")):
        if count:
            parts.append(f"{count} {word}{'s' if count != 1 else ''}")
    return " ".join(parts) or "0 minutes"


def cut(text: str, length: int) -> str:
    """`text` shortened to `length` characters, with an ellipsis where something is missing."""
    return text if len(text) <= length else text[: max(0, length - 1)].rstrip() + "…"


def in_utc(moment: datetime) -> datetime:
    """`moment` in UTC; for comparing and storing."""
    return moment.astimezone(UTC)


DAY = timedelta(days=1)
