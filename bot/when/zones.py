"""Zones: their spoken names, and wall time to instants with pytz deciding gaps and folds."""

from __future__ import annotations

from datetime import datetime
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pytz.tzinfo import BaseTzInfo

# abbreviations with one meaning
ABBREVIATIONS = {
    "utc": "UTC", "gmt": "UTC", "z": "UTC", "zulu": "UTC",
    "pt": "America/Los_Angeles", "pst": "America/Los_Angeles", "pdt": "America/Los_Angeles",
    "mt": "America/Denver", "mdt": "America/Denver", "mst": "America/Denver",
    "ct": "America/Chicago", "cdt": "America/Chicago",
    "et": "America/New_York", "est": "America/New_York", "edt": "America/New_York",
    "akst": "America/Anchorage", "akdt": "America/Anchorage", "hst": "Pacific/Honolulu",
    "cet": "Europe/Paris", "cest": "Europe/Paris", "mez": "Europe/Berlin", "mesz": "Europe/Berlin",
    "wet": "Europe/Lisbon", "west": "Europe/Lisbon", "eet": "Europe/Athens", "eest": "Europe/Athens",
    "msk": "Europe/Moscow", "jst": "Asia/Tokyo", "kst": "Asia/Seoul", "hkt": "Asia/Hong_Kong",
    "sgt": "Asia/Singapore", "pkt": "Asia/Karachi", "npt": "Asia/Kathmandu", "wib": "Asia/Jakarta",
    "aest": "Australia/Sydney", "aedt": "Australia/Sydney", "acst": "Australia/Adelaide",
    "acdt": "Australia/Adelaide", "awst": "Australia/Perth", "nzst": "Pacific/Auckland", "nzdt": "Pacific/Auckland",
    "brt": "America/Sao_Paulo", "sast": "Africa/Johannesburg", "cat": "Africa/Harare", "eat": "Africa/Nairobi",
    "wat": "Africa/Lagos", "nst": "America/St_Johns",
}  # fmt: skip

# abbreviations that stand for several zones: reported with the choices, never guessed
AMBIGUOUS = {
    "cst": ("America/Chicago", "Asia/Shanghai", "America/Havana"),
    "ist": ("Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"),
    "bst": ("Europe/London", "Asia/Dhaka"),
    "ast": ("America/Halifax", "Asia/Riyadh"),
    "gst": ("Asia/Dubai", "Atlantic/South_Georgia"),
    "sst": ("Pacific/Pago_Pago", "Asia/Singapore"),
}
# lower-case forms that are also words, accepted only in capitals
NEEDS_CAPITALS = frozenset(("cat", "eat", "wet", "west", "z", "ct", "mt", "et", "pt", "est", "wat", "ast"))

# places people name that are no city of the zone database, and names of zones
PLACES = {
    "pacific": "America/Los_Angeles", "mountain": "America/Denver", "central": "America/Chicago",
    "eastern": "America/New_York", "atlantic": "America/Halifax", "hawaii": "Pacific/Honolulu",
    "hawaiian": "Pacific/Honolulu", "alaska": "America/Anchorage", "central european": "Europe/Paris",
    "greenwich": "UTC", "greenwich mean": "UTC", "universal": "UTC", "utc": "UTC", "gmt": "UTC",
    "nyc": "America/New_York", "ny": "America/New_York", "boston": "America/New_York",
    "washington": "America/New_York", "miami": "America/New_York", "atlanta": "America/New_York",
    "philadelphia": "America/New_York", "la": "America/Los_Angeles", "sf": "America/Los_Angeles",
    "san francisco": "America/Los_Angeles", "bay area": "America/Los_Angeles", "seattle": "America/Los_Angeles",
    "portland": "America/Los_Angeles", "san diego": "America/Los_Angeles", "las vegas": "America/Los_Angeles",
    "california": "America/Los_Angeles", "west coast": "America/Los_Angeles", "east coast": "America/New_York",
    "austin": "America/Chicago", "dallas": "America/Chicago", "houston": "America/Chicago",
    "texas": "America/Chicago", "minneapolis": "America/Chicago", "salt lake city": "America/Denver",
    "uk": "Europe/London", "british": "Europe/London", "england": "Europe/London", "scotland": "Europe/London",
    "manchester": "Europe/London", "edinburgh": "Europe/London", "ireland": "Europe/Dublin",
    "germany": "Europe/Berlin", "german": "Europe/Berlin", "munich": "Europe/Berlin", "hamburg": "Europe/Berlin",
    "frankfurt": "Europe/Berlin", "cologne": "Europe/Berlin", "france": "Europe/Paris", "french": "Europe/Paris",
    "lyon": "Europe/Paris", "spain": "Europe/Madrid", "barcelona": "Europe/Madrid", "italy": "Europe/Rome",
    "milan": "Europe/Rome", "switzerland": "Europe/Zurich", "geneva": "Europe/Zurich",
    "netherlands": "Europe/Amsterdam", "dutch": "Europe/Amsterdam", "poland": "Europe/Warsaw",
    "portugal": "Europe/Lisbon", "sweden": "Europe/Stockholm", "norway": "Europe/Oslo", "finland": "Europe/Helsinki",
    "greece": "Europe/Athens", "turkey": "Europe/Istanbul", "kyiv": "Europe/Kyiv", "israel": "Asia/Jerusalem",
    "tel aviv": "Asia/Jerusalem", "india": "Asia/Kolkata", "indian": "Asia/Kolkata", "mumbai": "Asia/Kolkata",
    "delhi": "Asia/Kolkata", "new delhi": "Asia/Kolkata", "bangalore": "Asia/Kolkata",
    "bengaluru": "Asia/Kolkata", "hyderabad": "Asia/Kolkata", "chennai": "Asia/Kolkata", "pune": "Asia/Kolkata",
    "china": "Asia/Shanghai", "beijing": "Asia/Shanghai", "shenzhen": "Asia/Shanghai", "japan": "Asia/Tokyo",
    "osaka": "Asia/Tokyo", "korea": "Asia/Seoul", "nepal": "Asia/Kathmandu", "vietnam": "Asia/Ho_Chi_Minh",
    "hanoi": "Asia/Bangkok", "abu dhabi": "Asia/Dubai", "pakistan": "Asia/Karachi", "new zealand": "Pacific/Auckland",
    "wellington": "Pacific/Auckland", "canberra": "Australia/Sydney", "rio": "America/Sao_Paulo",
    "rio de janeiro": "America/Sao_Paulo", "cape town": "Africa/Johannesburg", "south africa": "Africa/Johannesburg",
    "newfoundland": "America/St_Johns", "montreal": "America/Toronto", "ottawa": "America/Toronto",
    "calgary": "America/Edmonton", "arizona": "America/Phoenix",
}  # fmt: skip


class ZoneWord(NamedTuple):
    """A zone named in a text: its name, the zones it may stand for when that is open, and how it was written."""

    name: str
    choices: tuple[str, ...]
    written: str
    guessed: bool = False  # "3pm in London": perhaps only where, not on whose clocks


class Moment(NamedTuple):
    """An aware moment; `change` is "gap" when the wall time is skipped, "fold" when it comes twice, `second` the later
    of the two."""

    at: datetime
    change: str = ""
    second: datetime | None = None


@cache
def zone(name: str) -> BaseTzInfo:
    """The pytz zone of an IANA name; raises `pytz.UnknownTimeZoneError`."""
    import pytz  # costs 25 ms, and most imports of this room never localize anything

    if name[:1] in "+-":
        sign = -1 if name[0] == "-" else 1
        fixed: BaseTzInfo = pytz.FixedOffset(sign * (int(name[1:3]) * 60 + int(name[4:6])))  # type: ignore[assignment]
        return fixed
    return pytz.timezone(name)


@cache
def _cities() -> dict[str, str]:
    import pytz

    found = {name.rsplit("/", 1)[1].replace("_", " ").lower(): name for name in pytz.common_timezones if "/" in name}
    return {**found, **PLACES}


def place_zone(words: str) -> str | None:
    """The zone of a place or zone name in lower case ("london", "new york", "pacific")."""
    return PLACES.get(words) or _cities().get(words)


def is_abbreviation(word: str) -> bool:
    """Whether a word is a zone's abbreviation as written, in capitals."""
    low = word.lower()
    return word.isupper() and (low in ABBREVIATIONS or low in AMBIGUOUS)


def is_zone(name: str) -> bool:
    """Whether the zone database knows a name."""
    import pytz

    return name in pytz.all_timezones_set


def offset_name(sign: str, hours: int, minutes: int) -> str | None:
    """The name of a fixed offset ("+05:30"), None when no zone is that far."""
    if hours > 14 or minutes > 59:
        return None
    return f"{sign}{hours:02d}:{minutes:02d}"


@lru_cache(maxsize=8192)
def locate(wall: datetime, name: str) -> Moment:
    """The moment of a wall time in a zone.

    In a gap (clocks jump over it) the time after the jump is taken, in a fold (comes twice) the first one; both are
    reported.
    """
    where = zone(name)
    if not hasattr(where, "_utc_transition_times"):
        return Moment(where.localize(wall))
    try:
        return Moment(where.localize(wall, is_dst=None))
    except ValueError:
        pass
    except Exception as odd:  # pytz raises its own two errors, importable only with pytz loaded
        import pytz

        if isinstance(odd, pytz.NonExistentTimeError):
            at = where.normalize(where.localize(wall, is_dst=False))
            return Moment(at, "gap")
        if isinstance(odd, pytz.AmbiguousTimeError):
            first, second = where.localize(wall, is_dst=True), where.localize(wall, is_dst=False)
            return Moment(min(first, second), "fold", max(first, second))
        raise
    return Moment(where.localize(wall))


def to_zone(at: datetime, name: str) -> datetime:
    """The same moment on the clocks of a zone."""
    return at.astimezone(zone(name))
