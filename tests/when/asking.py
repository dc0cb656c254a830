"""How these tests ask: a sentence said on Monday 23 November 2026, 9:00 in New York, unless told otherwise."""

from datetime import datetime
from typing import Any

import pytz

from bot.when import Reading, Window, read

NOW = "2026-11-23T09:00"
ZONE = "America/New_York"


def moment(wall: str, zone: str = ZONE) -> datetime:
    """A wall time of a zone, aware."""
    return pytz.timezone(zone).localize(datetime.fromisoformat(wall))


def ask(text: str, now: str = NOW, zone: str = ZONE, **options: Any) -> Reading:
    """Read `text`, said at the wall time `now` in `zone`."""
    return read(text, moment(now, zone), zone, **options)


def shown(window: Window) -> str:
    """A window as "2026-11-24 14:00" (a moment) or "2026-11-24 14:00/2026-11-24 15:00", open sides left out."""
    start = f"{window.start:%Y-%m-%d %H:%M}" if window.start else ""
    if window.exact:
        return start
    return f"{start}/{window.end:%Y-%m-%d %H:%M}" if window.end else f"{start}/"


def windows(text: str, **options: Any) -> list[str]:
    """All windows of a sentence, as `shown`."""
    return [shown(w) for w in ask(text, **options).windows]


def days(text: str, **options: Any) -> list[str]:
    """The windows of a sentence that speaks of whole days, as "11-24" or "11-24..11-26" (last day included)."""
    made = []
    for w in ask(text, **options).windows:
        assert w.start is not None
        assert w.end is not None
        last = w.end.date().toordinal() - 1
        first = w.start.date()
        end = datetime.fromordinal(last).date()
        made.append(f"{first:%m-%d}" if first == end else f"{first:%m-%d}..{end:%m-%d}")
    return made


def anchor(wall: str = "2026-11-24T14:00", until: str = "2026-11-24T14:30") -> Window:
    """A meeting that is talked about."""
    return Window(moment(wall), moment(until))
