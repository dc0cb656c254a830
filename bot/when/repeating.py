"""Repetitions put on the calendar."""

from dataclasses import replace
from datetime import date, datetime, time

from bot.when.calendar_days import ONE, Found, Impossible
from bot.when.clock import Hours
from bot.when.hours import ANY_HOUR, group_hours
from bot.when.items import Item
from bot.when.joins import Group
from bot.when.length import Length
from bot.when.mentioning import Mentioner
from bot.when.reading import Assumption, Kind, Mention, Recurrence, Role, Window
from bot.when.repetition import occurrence_days
from bot.when.zones import locate

EXCEPTED_WEEKS = 9
"""How many weeks ahead an exception without a date holds."""


class Repeater(Mentioner):
    """Mentions of what repeats."""

    def _recurrence(self, group: Group) -> Mention:
        item = group.rec
        assert item is not None
        rec: Recurrence
        rec, plural = item.value
        hours = group_hours(group)
        assumed: tuple[Assumption, ...] = ()
        at = rec.time
        if hours and hours[0].start is not None:
            at = time(hours[0].start // 60 % 24, hours[0].start % 60)
            assumed = hours[0].assumed
        count, until, start = rec.count, rec.until, self.frame.today
        for extra in group.lengths:
            count = self._times(extra, rec) or count
        for day_item in group.days:
            if day_item.sort != "day":
                continue
            try:
                found = day_item.value.find(self.frame, None)
            except Impossible:
                continue
            if day_item.bound in ("until", "by", "before"):
                until = found.start - ONE if day_item.bound == "before" else found.end - ONE
            elif day_item.value.grain != "day":  # "every day next week", "Mondays in December"
                start, until = max(start, found.start), found.end - ONE
                plural = plural or not rec.interval > 1
            else:
                start = max(start, found.start)
                if rec.freq == "weekly" and not rec.weekdays and day_item.value.weekday is not None:
                    rec = replace(rec, weekdays=(day_item.value.weekday,))
        made = replace(rec, time=at, count=count, until=until)
        first = self._first_occurrence(made, start)
        spelled: tuple[Window, ...] = (Window(first, None, at is not None),) if first else ()
        if plural and (rec.weekdays or until):
            spelled = self._each(group, made, start, hours[0] if hours else ANY_HOUR) or spelled
        spans = self._spans(group, None, days=True)
        text = " ".join(self.text[a:b] for a, b in spans)
        return Mention(
            (spans[0][0], spans[-1][1]), text, Kind.RECURRENCE, group.role, first, recurrence=made, assumed=assumed,
            windows=spelled, spans=spans,
        )  # fmt: skip

    def _times(self, item: Item, rec: Recurrence) -> int | None:
        """How many occurrences "for 3 weeks" means."""
        length: Length = item.value
        if not length.whole_days or rec.freq not in ("daily", "weekly"):
            return None
        if not self.text[item.span[0] :].lower().startswith("for"):
            return None
        if rec.freq == "daily" and not rec.weekdays:
            return max(1, int(length.total // 86400) // rec.interval)
        return max(1, round(length.total / (7 * 86400) * (len(rec.weekdays) or 1) / rec.interval))

    def _each(self, group: Group, rec: Recurrence, start: date, hours: Hours) -> tuple[Window, ...]:
        """Plain plurals ("Mondays", "weekday mornings") day by day: for what is excluded in all weeks one plans for."""
        weeks = EXCEPTED_WEEKS if group.role is Role.EXCEPTION or rec.until else 3
        made: list[Window] = []
        for day in occurrence_days(rec, start):
            if day >= start + 7 * weeks * ONE or (rec.until and day > rec.until):
                break
            if hours is ANY_HOUR:
                made.append(Window(self._midnight(group, day), self._midnight(group, day + ONE)))
            else:
                made += self._spelled(group, Found(day, day + ONE), hours)
        return tuple(made)

    def _first_occurrence(self, rec: Recurrence, start: date) -> datetime | None:
        for day in occurrence_days(rec, start):
            at = locate(datetime.combine(day, rec.time or time()), self.frame.zone).at
            if at >= self.now or (rec.time is None and day > self.frame.today):
                return at
        return None
