"""Days and hours put on the clocks of a zone."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from bot.when.calendar_days import ONE, Found, spoken
from bot.when.clock import DAY_MINUTES, Hours
from bot.when.frame import Frame
from bot.when.joins import Group
from bot.when.length import Length
from bot.when.reading import Mention, Problem, Window
from bot.when.wording import choices_of_zone, clock_words, date_words
from bot.when.zones import locate, to_zone

MAX_DAYS = 62  # a stretch of days with hours in each is spelled out day by day up to here
MAX_WINDOWS = 124  # of one text: a message that asks for more is cut short, not slow
MAX_YEARS = 100


class Placer:
    """Wall times of one text to moments: in the asked zone, or in the one a group names."""

    def __init__(self, text: str, frame: Frame, now: datetime) -> None:
        self.text = text
        self.frame = frame
        self.now = now
        self.budget = MAX_WINDOWS
        self.asked: date | None = None

    def _reachable(self, mention: Mention) -> Mention:
        """A mention nobody can plan for (turned around, or too far away), marked as such."""
        if mention.problem is None and mention.start and mention.end and mention.end <= mention.start:
            problem = Problem("end-before-start", "That would end before it begins.")
            return replace(mention, problem=problem, windows=())
        far = any(at is not None and at.year > self.now.year + MAX_YEARS for at in (mention.start, mention.end))
        if mention.problem is not None or not far:
            return mention
        return replace(mention, problem=Problem("impossible-date", "That is too far away."))

    def _spelled(self, group: Group, found: Found, hours: Hours) -> tuple[Window, ...]:
        """The hours on each of the days."""
        count = min((found.end - found.start).days, MAX_DAYS, max(1, self.budget))
        self.budget -= count
        made: list[Window] = []
        for k in range(count):
            day = found.start + timedelta(days=k)
            if hours.moment and hours.start is not None:
                made.append(Window(self._at(group, day, hours.start, hours.seconds), None, True))
                continue
            start = self._at(group, day, hours.start or 0, hours.seconds)
            end = self._at(group, day, hours.end if hours.end is not None else DAY_MINUTES, 0)
            if start < end:  # not in a gap, nor "after midnight" of the same day
                made.append(Window(start, end))
        return tuple(made)

    def _open_days(self, group: Group, found: Found, bound: str) -> Window:
        if bound == "after":
            return Window(self._midnight(group, found.end), None)
        if bound == "from":
            return Window(self._midnight(group, found.start), None)
        section = group.days[0].value.section
        ends = section == "end" or (section == "late" and self.frame.lang != "en")
        if bound == "before" and not ends:
            return Window(None, self._midnight(group, found.start))
        if bound == "until-now":
            return Window(self.now, self._midnight(group, found.end))
        return Window(None, self._midnight(group, found.end))

    def _real(self, begin: datetime, wall: datetime, length: Length) -> datetime:
        """The moment of an offset: hours and minutes run on the real clock, days and months on the wall clock."""
        if length.months or length.days:
            return locate(wall, self.frame.zone).at
        start = locate(begin, self.frame.zone).at if begin != self.frame.now else self.now
        return to_zone(start + (wall - begin), self.frame.zone)

    def _at(self, group: Group, day: date, minutes: int, seconds: int) -> datetime:
        wall = wall_time(day, minutes) + timedelta(seconds=seconds)
        if group.zone:
            return to_zone(locate(wall, group.zone.name).at, self.frame.zone)
        return locate(wall, self.frame.zone).at

    def _midnight(self, group: Group, day: date) -> datetime:
        return locate(datetime.combine(day, time()), self.frame.zone).at

    def _past(self, at: datetime | None) -> Problem | None:
        if at is None or at >= self.now.replace(second=0, microsecond=0):
            return None
        midnight = at.hour == at.minute == at.second == 0
        said = f"{date_words(at)}, {clock_words(at, self.frame.clock24)}"
        return Problem("past", f"{spoken(at.date() - ONE) if midnight else said} is in the past.")

    def _ambiguous(self, group: Group) -> Problem | None:
        if not group.zone or not group.zone.choices:
            return None
        return choices_of_zone(group.zone.written, group.zone.choices)


def wall_time(day: date, minutes: int) -> datetime:
    extra, minutes = divmod(minutes, DAY_MINUTES)
    return datetime.combine(day + timedelta(days=extra), time(minutes // 60, minutes % 60))
