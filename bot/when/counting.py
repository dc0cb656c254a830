"""Times counted from now or from a meeting, put on the calendar; and "now" itself."""

from datetime import datetime, timedelta

from bot.when.calendar_days import add_months
from bot.when.joins import Group
from bot.when.length import Length
from bot.when.reading import Kind, Mention, Problem, Window
from bot.when.repeating import Repeater

SOON = timedelta(hours=2)
"""How far "now" reaches."""


class Counter(Repeater):
    """Mentions of what is so long from somewhere."""

    def _offset(self, group: Group) -> Mention:
        item = group.offset
        assert item is not None
        if item.sort == "bad":
            never = Problem("impossible-time", f"No clock shows {item.value}.")
            return self._mention(Kind.TIME, group, item, problem=never)
        if item.sort in ("now", "asap"):
            if item.sort == "asap":
                window = Window(self.now, None)
                return self._mention(Kind.OPEN, group, item, start=self.now, windows=(window,))
            window = Window(self.now, self.now + SOON)
            return self._mention(Kind.INSTANT, group, item, start=self.now, windows=(window,))
        sign, length, base = item.value
        if base == "missing":
            unknown = Problem("no-anchor", "Counted from which meeting?")
            return self._mention(Kind.DURATION, group, item, problem=unknown)
        begin, end = self.frame.now, None
        if base == "anchor" and self.frame.anchor:
            begin = self.frame.anchor[0]
        wall = _shift(begin, sign, length)
        at = self._real(begin, wall, length)
        if base in ("within", "span"):
            low, high = (self.now, at) if sign > 0 else (at, self.now)
            window = Window(low, high)
            return self._mention(
                Kind.WINDOW,
                group,
                item,
                start=low,
                end=high,
                windows=(window,),
                problem=self._past(high) if sign < 0 else None,
            )
        if item.bound == "until-now":
            return self._mention(Kind.WINDOW, group, item, start=self.now, end=at, windows=(Window(self.now, at),))
        if item.bound == "after":
            window = Window(at, None)
            return self._mention(Kind.OPEN, group, item, start=at, windows=(window,))
        window = Window(at, end, True)
        problem = self._past(at)
        return self._mention(Kind.INSTANT, group, item, start=at, windows=(window,), problem=problem)


def _shift(begin: datetime, sign: int, length: Length) -> datetime:
    try:
        day = add_months(begin.date(), sign * length.months)
        return datetime.combine(day, begin.time()) + sign * timedelta(days=length.days, seconds=length.seconds)
    except OverflowError:
        return begin.replace(year=9998)
