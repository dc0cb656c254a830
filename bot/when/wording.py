"""The sentences about times that cannot be taken as they stand, on the reader's kind of clock."""

from datetime import datetime

from bot.when.calendar_days import MONTHS
from bot.when.reading import Problem
from bot.when.zones import Moment

_TWELVE_HOURS = ("en-us", "en-ca", "en-au", "en-nz", "en-in", "en-ph", "es-mx", "es-co", "hi", "ko")


def reads_24_hours(locale: str | None, lang: str) -> bool:
    """Whether a reader writes 13:30 rather than 1:30 PM, by the locale, else by the language.

    >>> reads_24_hours("en-GB", "en"), reads_24_hours("en_US", "en"), reads_24_hours(None, "de")
    (True, False, True)
    """
    if locale and len(locale) > 2:
        return not locale.lower().replace("_", "-").startswith(_TWELVE_HOURS)
    return lang != "en"


def clock_words(at: datetime, clock24: bool) -> str:
    """A time of day: "1:30 PM" or "13:30"."""
    if clock24:
        return f"{at:%H:%M}"
    return f"{at.hour % 12 or 12}:{at.minute:02d} {'AM' if at.hour < 12 else 'PM'}"


def date_words(at: datetime) -> str:
    """A date: "14 March 2027"."""
    return f"{at.day} {MONTHS[at.month - 1]} {at.year}"


def place_words(zone: str) -> str:
    """A zone by the city people call it after.

    >>> place_words("America/New_York"), place_words("+05:30")
    ('New York', 'UTC+05:30')
    """
    return f"UTC{zone}" if zone[:1] in "+-" else zone.rsplit("/", 1)[-1].replace("_", " ")


def clock_change(put: Moment, wall: datetime, zone: str, clock24: bool) -> Problem | None:
    """What is wrong with a wall time that the clocks of a zone skip or show twice."""
    if not put.change:
        return None
    said, day, place = clock_words(wall, clock24), date_words(wall), place_words(zone)
    if put.change == "gap":
        after = clock_words(put.at, clock24)
        sentence = f"{said} on {day} does not exist in {place}: the clocks go forward then, to {after}."
        return Problem("gap", sentence)
    return Problem("fold", f"{said} comes twice on {day} in {place}: the clocks go back then.")


def choices_of_zone(written: str, zones: tuple[str, ...]) -> Problem:
    """An abbreviation that several zones share."""
    places = [place_words(zone) for zone in zones]
    listed = f"{', '.join(places[:-1])} or {places[-1]}"
    return Problem("ambiguous-zone", f"{written} can mean {listed} time.")
