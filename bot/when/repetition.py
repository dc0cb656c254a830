"""The days a repetition falls on."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from bot.when.calendar_days import ONE, add_months
from bot.when.reading import Recurrence

_FAR = 800  # days looked ahead for an occurrence


def occurrence_days(rec: Recurrence, start: date) -> Iterator[date]:
    """The days from `start` on, at most two years ahead; intervals count from the week, month or day of `start`."""
    if rec.freq == "monthly" or (rec.freq == "yearly" and (rec.monthday or rec.nth)):
        step = rec.interval if rec.freq == "monthly" else 12 * rec.interval
        for k in range(0, 25):
            first = add_months(start.replace(day=1), k * step)
            day = _in_month(rec, first, start)
            if day is not None and day >= start:
                yield day
        return
    monday = start - timedelta(days=start.weekday())
    for k in range(_FAR):
        day = start + k * ONE
        if rec.freq == "weekly" and (day - monday).days // 7 % rec.interval:
            continue
        if rec.freq == "daily" and not rec.weekdays and k % rec.interval:
            continue
        if rec.freq == "yearly" and k and (day.month, day.day) != (start.month, start.day):
            continue
        if rec.weekdays and day.weekday() not in rec.weekdays:
            continue
        if rec.freq == "weekly" and not rec.weekdays and day.weekday() != start.weekday():
            continue
        yield day


def _in_month(rec: Recurrence, first: date, start: date) -> date | None:
    size = monthrange(first.year, first.month)[1]
    if rec.nth is not None and rec.weekdays:
        wanted = rec.weekdays[0]
        if rec.nth > 0:
            day = 1 + (wanted - first.weekday()) % 7 + 7 * (rec.nth - 1)
            return first.replace(day=day) if day <= size else None
        last = first.replace(day=size)
        return last - timedelta(days=(last.weekday() - wanted) % 7)
    day = rec.monthday or start.day
    return first.replace(day=day) if day <= size else None
