"""Holidays people name when they make appointments, by rule rather than by list.

Dates follow the public rules of each feast (computus for the movable ones); the same name may fall on different days
in different countries (Mother's Day, Labour Day), decided by the frame's country.
"""

from collections.abc import Callable
from datetime import date, timedelta

from bot.when.calendar_days import ONE, Day, Found
from bot.when.frame import Frame


def easter_sunday(year: int) -> date:
    """Western Easter (the anonymous Gregorian computus).

    >>> easter_sunday(2026)
    datetime.date(2026, 4, 5)
    """
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (a + 11 * h) // 319
    r = (2 * e + 2 * i - k - h + m + 32) % 7
    month = (h - m + r + 90) // 25
    return date(year, month, (h - m + r + month + 19) % 32)


def _nth(year: int, month: int, weekday: int, n: int) -> date:
    if n > 0:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (n - 1))
    last = date(year + month // 12, month % 12 + 1, 1) - ONE
    return last - timedelta(days=(last.weekday() - weekday) % 7)


def _fixed(month: int, day: int) -> Callable[[int], date]:
    return lambda year: date(year, month, day)


def _floating(month: int, weekday: int, n: int) -> Callable[[int], date]:
    return lambda year: _nth(year, month, weekday, n)


def _from_easter(days: int) -> Callable[[int], date]:
    return lambda year: easter_sunday(year) + timedelta(days=days)


_RULES: dict[str, Callable[[int], date]] = {
    "christmas": _fixed(12, 25),
    "christmas-eve": _fixed(12, 24),
    "boxing-day": _fixed(12, 26),
    "new-year": _fixed(1, 1),
    "new-years-eve": _fixed(12, 31),
    "epiphany": _fixed(1, 6),
    "thanksgiving": _floating(11, 3, 4),
    "black-friday": lambda year: _nth(year, 11, 3, 4) + ONE,
    "cyber-monday": lambda year: _nth(year, 11, 3, 4) + timedelta(days=4),
    "halloween": _fixed(10, 31),
    "valentine": _fixed(2, 14),
    "st-patrick": _fixed(3, 17),
    "st-joseph": _fixed(3, 19),
    "carnival-sunday": _from_easter(-49),
    "carnival-monday": _from_easter(-48),
    "shrove-tuesday": _from_easter(-47),
    "ash-wednesday": _from_easter(-46),
    "palm-sunday": _from_easter(-7),
    "maundy-thursday": _from_easter(-3),
    "good-friday": _from_easter(-2),
    "easter": easter_sunday,
    "easter-monday": _from_easter(1),
    "ascension": _from_easter(39),
    "pentecost": _from_easter(49),
    "pentecost-monday": _from_easter(50),
    "corpus-christi": _from_easter(60),
    "assumption": _fixed(8, 15),
    "all-saints": _fixed(11, 1),
    "all-souls": _fixed(11, 2),
    "immaculate": _fixed(12, 8),
    "mothers-day": _floating(5, 6, 2),
    "fathers-day": _floating(6, 6, 3),
    "memorial-day": _floating(5, 0, -1),
    "labor-day": _floating(9, 0, 1),
    "workers-day": _fixed(5, 1),
    "independence-day": _fixed(7, 4),
    "mlk": _floating(1, 0, 3),
    "presidents-day": _floating(2, 0, 3),
    "columbus-day": _floating(10, 0, 2),
    "veterans-day": _fixed(11, 11),
    "armistice": _fixed(11, 11),
    "juneteenth": _fixed(6, 19),
    "groundhog-day": _fixed(2, 2),
    "earth-day": _fixed(4, 22),
    "canada-day": _fixed(7, 1),
    "guy-fawkes": _fixed(11, 5),
    "cinco-de-mayo": _fixed(5, 5),
    "may-day": _fixed(5, 1),
    "april-fools": _fixed(4, 1),
    "election-day": lambda year: _nth(year, 11, 0, 1) + ONE,
    "bastille-day": _fixed(7, 14),
    "australia-day": _fixed(1, 26),
    "womens-day": _fixed(3, 8),
    "german-unity": _fixed(10, 3),
    "reformation": _fixed(10, 31),
    "totensonntag": lambda year: (
        _nth(year, 12, 6, -1) - timedelta(days=(_nth(year, 12, 6, -1) - date(year, 11, 20)).days // 7 * 7)
    ),
    "st-nicholas": _fixed(12, 6),
    "sinterklaas": _fixed(12, 5),
    "kings-day": _fixed(4, 27),
    "liberation-nl": _fixed(5, 5),
    "liberation-it": _fixed(4, 25),
    "liberation-pt": _fixed(4, 25),
    "victory-fr": _fixed(5, 8),
    "republic-it": _fixed(6, 2),
    "hispanic-day": _fixed(10, 12),
    "ides-of-march": _fixed(3, 15),
    "st-john": _fixed(6, 24),
    "st-stephen": _fixed(12, 26),
    "swiss-day": _fixed(8, 1),
    "belgian-day": _fixed(7, 21),
    "singles-day": _fixed(11, 11),
    "childrens-day": _fixed(6, 1),
    "china-day": _fixed(10, 1),
    "culture-day-jp": _fixed(11, 3),
    "childrens-day-jp": _fixed(5, 5),
    "music-day": _fixed(6, 21),
    "brazil-independence": _fixed(9, 7),
    "brazil-lovers": _fixed(6, 12),
}

# the same name on another day elsewhere
_ELSEWHERE: dict[tuple[str, str], Callable[[int], date]] = {
    ("thanksgiving", "CA"): _floating(10, 0, 2),
    ("mothers-day", "GB"): _from_easter(-21),
    ("mothers-day", "FR"): _floating(5, 6, -1),
    ("mothers-day", "ES"): _floating(5, 6, 1),
    ("mothers-day", "PT"): _floating(5, 6, 1),
    ("fathers-day", "DE"): _from_easter(39),
    ("fathers-day", "ES"): _fixed(3, 19),
    ("fathers-day", "IT"): _fixed(3, 19),
    ("fathers-day", "PT"): _fixed(3, 19),
    ("fathers-day", "BR"): _floating(8, 6, 2),
    ("labor-day", "GB"): _floating(5, 0, 1),
    **{("labor-day", c): _fixed(5, 1) for c in ("DE", "FR", "ES", "IT", "PT", "BR", "NL", "CN", "MX")},
}


def holiday(name: str, year: int | None = None, which: str = "") -> Day:
    """The next such day, today included; with `which` "last" the one before."""

    def find(frame: Frame, floor: date | None) -> Found:
        rule = _ELSEWHERE.get((name, frame.country)) or _RULES[name]
        base = floor or frame.today
        y = year
        if y is None:
            y = base.year if rule(base.year) >= base else base.year + 1
            if which == "last":
                y = base.year if rule(base.year) < frame.today else base.year - 1
        day = rule(min(max(y, 1), 9000))
        return Found(day, day + ONE)

    return Day(find, year=year, past=which == "last", holiday=True)
