"""Slack's date tokens (`{date_short_pretty} at {time}`) in a viewer's zone.

Source: Slack's documentation of `<!date^...>` and of the rich text date element.
"""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_TOKENS = (
    "date_num",
    "date_slash",
    "date",
    "date_short",
    "date_long",
    "date_long_full",
    "date_pretty",
    "date_short_pretty",
    "date_long_pretty",
    "day_divider_pretty",
    "time",
    "time_secs",
    "ago",
)
_HALF_YEAR = 183


def ordinal(day: int) -> str:
    """`1st`, `2nd`, `11th`."""
    ending = "th" if 10 <= day % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{ending}"


def known(template: str) -> bool:
    """Whether every `{...}` of a template is a token that Slack knows, and there is at least one."""
    tokens = re.findall(r"\{([^}]*)\}", template)
    return bool(tokens) and all(token in _TOKENS for token in tokens)


def _relative_day(at: datetime, now: datetime) -> str | None:
    distance = (at.date() - now.date()).days
    return {-1: "yesterday", 0: "today", 1: "tomorrow"}.get(distance)


def _ago(at: datetime, now: datetime) -> str:
    seconds = int((now - at).total_seconds())
    past, seconds = seconds >= 0, abs(seconds)
    if seconds < 60:
        return "just now" if past else "in a moment"
    for size, name in ((86400 * 365, "year"), (86400 * 30, "month"), (86400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= size:
            count = seconds // size
            amount = f"{count} {name}{'s' if count > 1 else ''}"
            return f"{amount} ago" if past else f"in {amount}"
    return "just now"


def _clock(at: datetime) -> str:
    return f"{at.hour % 12 or 12}:{at.minute:02d}"


def shown_date(template: str, unix: float, zone: ZoneInfo, now: datetime) -> str:
    """`template` filled for the instant `unix` (seconds), in `zone`; `now` (aware) decides today and tomorrow.

    >>> shown_date("{date_long} at {time}", 1764010800, ZoneInfo("UTC"), datetime.fromtimestamp(0, ZoneInfo("UTC")))
    'Monday, November 24th, 2025 at 7:00 PM'
    """
    at = datetime.fromtimestamp(unix, zone)
    here = now.astimezone(zone)
    near = abs((at.date() - here.date()).days) < _HALF_YEAR
    month, year = _MONTHS[at.month - 1], "" if near else f", {at.year}"
    long_day = f"{_DAYS[at.weekday()]}, {month} {ordinal(at.day)}"
    relative = _relative_day(at, here)
    half = "AM" if at.hour < 12 else "PM"
    date, short, long = f"{month} {ordinal(at.day)}{year}", f"{month[:3]} {at.day}{year}", long_day + year
    values = {
        "date_num": f"{at.year:04d}-{at.month:02d}-{at.day:02d}",
        "date_slash": f"{at.month:02d}/{at.day:02d}/{at.year:04d}",
        "date": date,
        "date_short": short,
        "date_long": long,
        "date_long_full": f"{month} {at.day}, {at.year}",
        "date_pretty": relative or date,
        "date_short_pretty": relative or short,
        "date_long_pretty": relative or long,
        "day_divider_pretty": relative or (long_day if at.year == here.year else long_day + f", {at.year}"),
        "time": f"{_clock(at)} {half}",
        "time_secs": f"{_clock(at)}:{at.second:02d} {half}",
        "ago": _ago(at, here),
    }
    filled = re.sub(r"\{(\w+)\}", lambda token: values.get(token[1], token[0]), template)
    if relative and filled.startswith(relative):
        filled = filled[0].upper() + filled[1:]
    return filled
