"""From groups to mentions: days times hours, put on the clocks of a zone."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.when.calendar_days import ONE, Day, Found, Impossible, add_days, add_months, spoken
from bot.when.clock import PARTS, Hours, moment
from bot.when.counting import Counter
from bot.when.hours import ANY_HOUR, group_hours
from bot.when.items import Item
from bot.when.joins import Group
from bot.when.length import Length
from bot.when.placing import wall_time
from bot.when.reading import Assumption, Kind, Mention, Problem, Role, Window
from bot.when.repeating import EXCEPTED_WEEKS
from bot.when.wording import clock_change, clock_words, place_words
from bot.when.zones import locate, to_zone


class Resolver(Counter):
    """Turns the groups of one text into mentions; keeps nothing between texts."""

    def mentions(self, groups: list[Group]) -> list[Mention]:
        """The mentions of all groups, in the order of the text."""
        found: list[Mention] = []
        self.asked = self._asked_from(groups)
        for group in groups:
            try:
                made = self._group(group)
            except (OverflowError, ValueError):  # beyond the calendar: "in 9000 years"
                made = [
                    self._mention(Kind.DATE, group, None, problem=Problem("impossible-date", "That is too far away."))
                ]
            if group.ends and found and made:
                made = self._end_of(found.pop(), made[0], group)
            found += made
        return [self._reachable(mention) for mention in found]

    def _asked_from(self, groups: list[Group]) -> date | None:
        """The first day of a longer time asked for ("next week", "in December"), where something is excepted or
        wished for besides."""
        if all(g.role not in (Role.EXCEPTION, Role.PREFERENCE) for g in groups):
            return None
        for group in groups:
            for item in group.days:
                if group.role is Role.LIMIT and item.sort == "day" and item.value.grain != "day":
                    try:
                        asked: Found = item.value.find(self.frame, None)
                    except (Impossible, OverflowError, ValueError):
                        return None
                    return max(asked.start, self.frame.today)
        return None

    def _group(self, group: Group) -> list[Mention]:
        if group.rec is not None:
            return [self._recurrence(group)]
        if group.offset is not None:
            return [self._offset(group)]
        hours = group_hours(group)
        days = [d for d in group.days if d.sort == "day"]
        if group.role is Role.RETRACTED:
            return [self._taken_back(i) for i in (*days, *group.hours, *group.parts)]
        if not days:
            if not hours:
                return [self._duration(i) for i in group.lengths]
            if len(group.parts) == 1 and not group.hours and self._plural(group.parts[0]) and not group.parts[0].bound:
                return [self._daily(group, hours[0])]
            if group.role is Role.EXCEPTION:  # "not in the morning": on none of the days to come
                return [self._daily(group, h) for h in hours]
            return [self._without_day(group, h) for h in hours]
        made: list[Mention] = []
        for item in days:
            if item.value.at is not None and not hours:
                made.append(self._day(group, item, moment(item.value.at)))
                continue
            for h in hours[:6] or [ANY_HOUR]:
                made.append(self._day(group, item, h))
        return made

    def _floor(self, group: Group, day: Day) -> date | None:
        """Where a day without month is looked for that is excepted from, or wished for in, a longer time asked for."""
        if group.role not in (Role.EXCEPTION, Role.PREFERENCE) or day.month or day.relative or not self.asked:
            return None
        return self.asked if day.day or day.weekday is not None else None

    def _day(self, group: Group, item: Item, hours: Hours) -> Mention:
        day: Day = item.value
        try:
            found = day.find(self.frame, self._floor(group, day))
        except Impossible as wrong:
            near = tuple(Window(self._midnight(group, d), self._midnight(group, d + ONE)) for d in wrong.near)
            impossible = Problem("impossible-date", wrong.sentence)
            return self._mention(Kind.DATE, group, item, others=near, problem=impossible)
        assumed = found.assumed + hours.assumed
        length = self._length(group)
        seconds = length.total if length else None
        start_day, end_day = found.start, found.end
        single = (end_day - start_day).days == 1
        bound = item.bound
        problem = found.problem or hours.problem
        if bound and hours.moment and hours.start is not None:
            at = self._at(group, start_day, hours.start, hours.seconds)
            if bound != "from":
                window = (
                    Window(at, None) if bound == "after" else Window(self.now if bound == "until-now" else None, at)
                )
                return self._mention(
                    Kind.OPEN, group, item, start=window.start, end=window.end, windows=(window,), assumed=assumed,
                    problem=problem,
                )  # fmt: skip
        elif bound:
            window = self._open_days(group, found, bound)
            if hours is ANY_HOUR:
                if length and bound == "from" and window.start:
                    return self._stretch(group, item, window.start, length, assumed)
                return self._mention(
                    Kind.OPEN, group, item, start=window.start, end=window.end, windows=(window,), assumed=assumed,
                    problem=problem, seconds=seconds,
                )  # fmt: skip
        if group.role is Role.EXCEPTION and not bound and _any_week(day):
            return self._excepted(group, item, found, hours)
        if hours is ANY_HOUR:
            if (
                length
                and length.whole_days
                and single
                and any("for" in self.text[i.span[0] : i.span[0] + 4].lower() for i in group.lengths)
            ):
                return self._stretch(group, item, self._midnight(group, start_day), length, assumed)
            window = Window(self._midnight(group, start_day), self._midnight(group, end_day))
            others = tuple(Window(self._midnight(group, a), self._midnight(group, b)) for a, b in found.others)
            past = self._past(window.end)
            return self._mention(
                Kind.DATE if single else Kind.WINDOW, group, item, start=window.start, end=window.end,
                windows=(window,), others=others, assumed=assumed, problem=problem or past, seconds=seconds,
            )  # fmt: skip
        if hours.moment and hours.start is not None and single:
            return self._instant(group, item, found, hours, length)
        windows = self._spelled(group, found, hours)
        if not windows:
            return self._no_time(group, item)
        first, last = windows[0], windows[-1]
        start, end = first.start, last.end
        kind = Kind.WINDOW
        if hours.moment:
            kind, end = Kind.INSTANT, None
        elif hours.start is None:
            kind, start = Kind.OPEN, None if single else first.start
        elif hours.end is None:
            kind, end = Kind.OPEN, None if single else last.end
        elif hours.part and not group.hours:
            kind = Kind.DAYPART
        others = tuple(
            w for a, b in found.others if (b - a).days == 1 for w in self._spelled(group, Found(a, b), hours)
        )
        return self._mention(
            kind, group, item, start=start, end=end, windows=windows, others=others, assumed=assumed,
            problem=problem or self._past(last.end), seconds=seconds,
        )  # fmt: skip

    def _excepted(self, group: Group, item: Item, found: Found, hours: Hours) -> Mention:
        """ "Not Friday", "any day but Friday afternoon": that weekday in all the weeks one plans for."""
        weeks = [Found(add_days(found.start, 7 * k), add_days(found.end, 7 * k)) for k in range(EXCEPTED_WEEKS)]
        if hours is ANY_HOUR:
            windows = tuple(Window(self._midnight(group, w.start), self._midnight(group, w.end)) for w in weeks)
        else:
            windows = tuple(window for week in weeks for window in self._spelled(group, week, hours))
        if not windows:
            return self._no_time(group, item)
        return self._mention(
            Kind.DATE, group, item, start=windows[0].start, end=windows[0].end, windows=windows, assumed=found.assumed
        )

    def _instant(self, group: Group, item: Item | None, found: Found, hours: Hours, length: Length | None) -> Mention:
        assert hours.start is not None
        wall = wall_time(found.start, hours.start) + timedelta(seconds=hours.seconds)
        name = group.zone.name if group.zone else self.frame.zone
        put = locate(wall, name)
        at = to_zone(put.at, self.frame.zone) if group.zone else put.at
        if at < self.now and hours.others and found.start == self.frame.today and hours.others[0] > hours.start:
            later = replace(hours, start=hours.others[0], others=(hours.start,), assumed=())
            return self._instant(group, item, found, later, length)  # "today at 8", said at nine
        end = at + timedelta(seconds=length.total) if length else None
        others = [Window(self._at(group, a, hours.start, hours.seconds), None, True) for a, _ in found.others]
        if group.zone:
            for choice in group.zone.choices[1:]:
                others.append(Window(to_zone(locate(wall, choice).at, self.frame.zone), None, True))
        others[:0] = [Window(self._at(group, found.start, m, 0), None, True) for m in hours.others]
        if put.second is not None:
            others.insert(0, Window(to_zone(put.second, self.frame.zone), None, True))
        assumed = found.assumed + hours.assumed
        if group.zone and group.zone.guessed:
            said = clock_words(wall, self.frame.clock24)
            assumed += (Assumption("host-zone", f"{said} in {place_words(group.zone.name)}"),)
            others.insert(0, Window(locate(wall, self.frame.zone).at, None, True))
        wrong = clock_change(put, wall, name, self.frame.clock24)
        problem = found.problem or wrong or self._ambiguous(group) or self._past(at)
        return self._mention(
            Kind.INSTANT if item else Kind.TIME, group, item, start=at, end=end, windows=(Window(at, None, True),),
            others=tuple(others), assumed=assumed, problem=problem,
            seconds=length.total if length else None,
        )  # fmt: skip

    def _stretch(
        self, group: Group, item: Item | None, start: datetime, length: Length, assumed: tuple[Assumption, ...]
    ) -> Mention:
        """So long from a start on: "for 3 days from Monday"."""
        wall = start.replace(tzinfo=None)
        day = add_months(wall.date(), length.months) + timedelta(days=length.days)
        end = locate(datetime.combine(day, wall.time()) + timedelta(seconds=length.seconds), self.frame.zone).at
        window = Window(start, end)
        return self._mention(
            Kind.WINDOW, group, item, start=start, end=end, windows=(window,), assumed=assumed, seconds=length.total
        )

    def _without_day(self, group: Group, hours: Hours) -> Mention:
        """Hours alone: their next occurrence."""
        today = self.frame.today
        now = self.frame.now
        minutes = now.hour * 60 + now.minute
        end_of = hours.start if hours.moment else hours.end
        assumed = hours.assumed
        day = today
        if end_of is not None and not group.zone and end_of <= minutes - (1 if hours.moment else 0):
            day = today + ONE
            assumed += (Assumption("next-day", f"tomorrow, {spoken(day)}"),)
        if self.frame.anchor is not None and self.frame.anchor[0] >= now:
            day = self.frame.anchor[0].date()
            assumed = tuple(a for a in assumed if a.code != "next-day")
        found = Found(day, day + ONE, problem=hours.problem)
        length = self._length(group)
        if hours.moment:
            mention = self._instant(group, None, found, replace(hours, assumed=assumed), length)
            if group.zone and mention.start and mention.start < self.now:
                found = Found(day + ONE, day + 2 * ONE)
                mention = self._instant(group, None, found, replace(hours, assumed=assumed), length)
            return mention
        windows = self._spelled(group, found, hours)
        if group.zone and windows and windows[-1].end and windows[-1].end <= self.now:
            windows = self._spelled(group, Found(day + ONE, day + 2 * ONE), hours)
        if not windows:
            return self._no_time(group, None)
        window = windows[0]
        if group.hours and group.hours[-1].bound == "until-now" and window.end:
            window = Window(self.now, window.end)
            return self._mention(
                Kind.WINDOW, group, None, start=self.now, end=window.end, windows=(window,), assumed=assumed
            )
        if hours.start is None or hours.end is None:
            start = None if hours.start is None else window.start
            end = None if hours.end is None else window.end
            if start and length:
                return self._stretch(group, None, start, length, assumed)
            return self._mention(Kind.OPEN, group, None, start=start, end=end, windows=windows, assumed=assumed)
        kind = Kind.DAYPART if hours.part and not group.hours else Kind.WINDOW
        return self._mention(
            kind, group, None, start=window.start, end=window.end, windows=windows, assumed=assumed,
            problem=found.problem or self._ambiguous(group), seconds=length.total if length else None,
        )  # fmt: skip

    def _plural(self, part: Item) -> bool:
        """ "mornings": any of the coming ones."""
        return part.any_day or (
            part.token.low.endswith("s") and self.frame.lang == "en" and part.token.low[:-1] in PARTS
        )

    def _daily(self, group: Group, hours: Hours) -> Mention:
        """Day parts in the plural, without days: those of the next two weeks."""
        first = self._without_day(group, hours)
        start = first.start.date() if first.start else self.frame.today
        windows = self._spelled(group, Found(start, start + 14 * ONE), hours)
        return replace(first, windows=windows)

    def _week_earlier(self, first: Mention) -> datetime | None:
        """Today, where the weekday of a beginning was taken for next week's ("Monday 9am to Friday", on Monday)."""
        assert first.start is not None
        wall = first.start.replace(tzinfo=None) - timedelta(days=7)
        return locate(wall, self.frame.zone).at if wall.date() == self.frame.today else None

    def _end_of(self, first: Mention, last: Mention, group: Group) -> list[Mention]:
        """Two mentions that are the two ends of one stretch."""
        end = last.end if last.kind is Kind.DATE or last.kind is Kind.OPEN else last.start
        if first.start is None or end is None:
            return [first, last]
        if end <= first.start and (earlier := self._week_earlier(first)) is not None and earlier < end:
            first = replace(first, start=earlier)
        assert first.start is not None
        if end <= first.start and all(_any_week(d.value) for d in group.days if d.sort == "day"):
            later = end.replace(tzinfo=None) + timedelta(days=7)  # "Monday 9am to Friday 3pm", said on a Tuesday
            end = locate(later, self.frame.zone).at if later > first.start.replace(tzinfo=None) else end
        assert first.start is not None
        problem = first.problem or last.problem
        if end <= first.start:
            problem = Problem(
                "end-before-start", f"It would end at {clock_words(end, self.frame.clock24)}, before it starts."
            )
        spans = first.spans + last.spans
        text = self.text[first.span[0] : last.span[1]]
        window = Window(first.start, end)
        return [
            replace(
                first, span=(first.span[0], last.span[1]), text=text, kind=Kind.WINDOW, end=end, windows=(window,),
                spans=spans, problem=problem, assumed=first.assumed + last.assumed,
            )
        ]  # fmt: skip


def _any_week(day: Day) -> bool:
    """Whether a weekday was said without telling which."""
    return day.weekday is not None and not day.relative and day.day is None and day.grain == "day"
