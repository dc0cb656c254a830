"""Reading and writing instants. Inside the server an instant is whole seconds since 1970, UTC."""

import re
from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

ISO = re.compile(
    r"^(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|z|[+-]\d{2}:?\d{2})?)?$"
)
EARLIEST_YEAR, LATEST_YEAR = 1971, 2400


def read(text: object) -> int | None:
    """Seconds of an ISO 8601 text; without an offset it is UTC; None if it is not one (or far out of range).

    >>> read("2024-08-13T09:00:00Z")
    1723539600
    >>> read("yesterday") is None
    True
    """
    match = ISO.match(text) if isinstance(text, str) else None
    if match is None:
        return None
    year, month, day, hour, minute, second, _, offset = match.groups()
    if not EARLIEST_YEAR <= int(year) <= LATEST_YEAR:
        return None
    try:
        moment = datetime(
            int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0), tzinfo=UTC
        )
    except ValueError:
        return None
    shift = 0
    if offset and offset not in "Zz":
        digits = offset[1:].replace(":", "")
        shift = (int(digits[:2]) * 60 + int(digits[2:])) * 60 * (-1 if offset[0] == "-" else 1)
    return int(moment.timestamp()) - shift


def write(seconds: int) -> str:
    """`2024-08-13T09:00:00.000Z`."""
    return write_ms(seconds * 1000)


def write_ms(milliseconds: int) -> str:
    """As `write`, from milliseconds since 1970."""
    moment = datetime.fromtimestamp(milliseconds // 1000, UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{milliseconds % 1000:03d}Z"


def write_in(seconds: int, zone: ZoneInfo) -> str:
    """`2024-08-13T11:00:00.000+02:00`; UTC has `Z`."""
    moment = datetime.fromtimestamp(seconds, zone)
    offset = moment.strftime("%z")
    tail = "Z" if zone.key == "UTC" else f"{offset[:3]}:{offset[3:5]}"
    return f"{moment:%Y-%m-%dT%H:%M:%S}.000{tail}"


@lru_cache(maxsize=1)
def _spelling() -> dict[str, str]:
    return {name.lower(): name for name in available_timezones()}


def zone(name: object) -> ZoneInfo | None:
    """The IANA zone of this name (any case), or None."""
    return _zone(name) if isinstance(name, str) else None


@lru_cache(maxsize=1024)
def _zone(name: str) -> ZoneInfo | None:
    spelled = _spelling().get(name.lower())
    return ZoneInfo(spelled) if spelled else None


def local(seconds: int, there: ZoneInfo) -> int:
    """The instant at which clocks in a zone show what `seconds` shows in UTC."""
    shown = datetime.fromtimestamp(seconds, UTC)
    return int(shown.replace(tzinfo=there).timestamp())
