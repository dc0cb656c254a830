"""Times on cards: the reader's own through Slack's date tokens, other people's spelled out with their zone."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.scheduling.cards import Party
from bot.scheduling.wording import clock, day, listed, local, place_of
from bot.slack.mrkdwn import date, foreign
from bot.slack.render.blocks import Reader


def moment_text(moment: datetime, reader: Reader) -> str:
    """Day, time and zone in words, for notifications.

    >>> from datetime import UTC
    >>> moment_text(datetime(2026, 11, 24, 19, tzinfo=UTC), Reader("America/New_York"))
    'Tue 24 Nov, 2:00 PM (New York time)'
    """
    day_there, time = day(moment, reader.zone), clock(moment, reader.zone, reader.locale)
    return f"{day_there}, {time} ({place_of(reader.zone)} time)"


def clocks(start: datetime, end: datetime, zone: str, reader: Reader) -> str:
    """From when to when in `zone`, in the reader's way of writing times.

    >>> from datetime import UTC
    >>> clocks(datetime(2026, 11, 24, 19, tzinfo=UTC), datetime(2026, 11, 24, 20, tzinfo=UTC), "UTC", Reader())
    '7:00–8:00 PM'
    """
    first, last = clock(start, zone, reader.locale), clock(end, zone, reader.locale)
    if first[-3:] == last[-3:] and reader.twelve:
        first = first[:-3]
    return f"{first}–{last}"


def span(start: datetime, end: datetime | None, reader: Reader) -> str:
    """When a meeting is: Slack writes it on each viewer's own clock.

    Slack's `{time}` follows a preference that an app cannot read. For who writes 18:00, only the day is left to Slack,
    so that one card does not write times in two ways.
    """
    if not reader.twelve:
        times = clocks(start, end, reader.zone, reader) if end else clock(start, reader.zone, reader.locale)
        return f"{date(start, '{date_long_pretty}', day(start, reader.zone))}, {times}"
    shown = date(start, "{date_long_pretty} at {time}", moment_text(start, reader))
    if end is None:
        return shown
    return f"{shown} – {date(end, '{time}', clock(end, reader.zone, reader.locale))}"


def abbreviation(moment: datetime, zone: str) -> str:
    """The zone's letters at that moment ("PST"); its city where it has none."""
    name = local(moment, zone).tzname() or ""
    return name if name.isalpha() else place_of(zone)


def elsewhere(parties: Iterable[Party], moment: datetime, reader: Reader) -> list[Party]:
    """The parties whose clocks show another time than the reader's."""
    here = local(moment, reader.zone).utcoffset()
    return [party for party in parties if party.zone and local(moment, party.zone).utcoffset() != here]


def theirs(parties: Iterable[Party], start: datetime, end: datetime | None, reader: Reader) -> list[str]:
    """A line for each other zone: "for Bailey: 11:00–11:15 AM PST, Los Angeles"."""
    by_zone: dict[str, list[str]] = {}
    for party in elsewhere(parties, start, reader):
        by_zone.setdefault(party.zone or "", []).append(foreign(party.name, 80))
    lines = []
    for zone, names in by_zone.items():
        lines.append(f"for {listed(names[:5])}: {there(start, end, zone, reader)}, {place_of(zone)}")
    return lines


def there(start: datetime, end: datetime | None, zone: str, reader: Reader) -> str:
    """A meeting's time on the clocks of another zone, with its letters, and its day where that is another.

    >>> from datetime import UTC
    >>> there(datetime(2026, 11, 24, 22, tzinfo=UTC), None, "Asia/Tokyo", Reader())
    'Wed 25 Nov 7:00 AM JST'
    """
    times = clocks(start, end, zone, reader) if end else clock(start, zone, reader.locale)
    other, letters = day(start, zone), abbreviation(start, zone)
    date_there = f"{other} " if other != day(start, reader.zone) else ""
    return f"{date_there}{times}" + (f" {letters}" if letters != place_of(zone) else "")


def when_lines(parties: Sequence[Party], start: datetime, end: datetime | None, reader: Reader) -> str:
    """When, for everybody: the viewer's own clock first, then the others'."""
    others = theirs(parties, start, end, reader)
    whose = "your time" if reader.twelve else f"{place_of(reader.zone)} time"
    own = span(start, end, reader)
    unknown = any(not party.zone for party in parties)
    return "\n".join([f"{own} ({whose})" if others or unknown else own, *others])
