"""Which pieces belong together: days and hours said apart, unions, exceptions, preferences, second thoughts.

The grammar leaves a row of tokens: days, clocks, day parts, lengths, and the small words between them. This module
reads that row once, left to right, and makes groups: one group is a set of days and a set of hours that hold together
("Tuesday or Wednesday" x "after 3").
"""

from dataclasses import dataclass, field, replace

from bot.when.calendar_days import Day, calendar_day, relative_day
from bot.when.items import LINKING, Item, items_of
from bot.when.periods import weekday_within, within_month
from bot.when.reading import Role
from bot.when.stretches import between_days, bounded
from bot.when.tokens import CHAR, Token, chars
from bot.when.zones import ZoneWord

_C = CHAR
_OR, _COMMA, _DASH, _TO, _UNTIL, _NOT, _CORRECT, _ENDVERB, _STARTVERB, _MOVE, _TARGET = chars(
    "OR COMMA DASH TO UNTIL NOT CORRECT ENDVERB STARTVERB MOVE NOTE"
)


@dataclass(slots=True)
class Group:
    """Days and hours that hold together. `ends` marks the end of a stretch the group before began."""

    role: Role
    days: list[Item] = field(default_factory=list)
    hours: list[Item] = field(default_factory=list)
    parts: list[Item] = field(default_factory=list)
    lengths: list[Item] = field(default_factory=list)
    offset: Item | None = None
    rec: Item | None = None
    ends: bool = False
    hours_first: bool = False
    away: bool = False
    last: str = ""
    zone: ZoneWord | None = None
    zone_span: tuple[int, int] | None = None

    @property
    def timed(self) -> bool:
        """Whether hours or a day part were said."""
        return bool(self.hours or self.parts)


def join(tokens: list[Token]) -> list[Group]:
    """The groups of a sentence, in order."""
    items = items_of(tokens)
    groups: list[Group] = []
    current: Group | None = None
    move = next((i for i, t in enumerate(tokens) if t.cls == _MOVE), len(tokens))
    position = 0
    while position < len(items):
        item = items[position]
        before = items[position - 1] if position else None
        between = [t.cls for t in tokens[(before.index + 1 if before else 0) : item.index]]
        following = items[position + 1] if position + 1 < len(items) else None
        position += 1
        if item.sort == "zone":
            target = current or (groups[-1] if groups else None)
            if target is not None:
                target.zone = item.value
                target.zone_span = item.span
            continue
        if _CORRECT in between or (
            _NOT in between and _COMMA in between and _OR not in between and item.role is Role.LIMIT
        ):
            _retract(groups, item)
            current = groups[-1] if groups else None
        if item.sort == "bad":
            groups.append(Group(item.role, offset=item))
            current = None
            continue
        if (
            item.sort == "offset"
            and item.value[2] in ("anchor", "missing")
            and before is not None
            and before.index > move
        ):
            for group in groups:
                group.role = Role.ORIGIN if group.role is Role.LIMIT else group.role
            current = None
        if item.sort == "length":
            target = current if current is not None else None
            if target is None:
                target = Group(item.role)
                groups.append(target)
                current = target
            target.lengths.append(item)
            continue
        moved = before is not None and before.index > move and _MOVE not in between and _TARGET in between
        if moved and item.role is Role.LIMIT and current is not None:
            for group in groups:
                if group.role is Role.LIMIT:
                    group.role = Role.ORIGIN
            item.bound = ""
            current = None
        if current is None or current.role is not item.role or _starts_new(current, item, between, following):
            fresh = Group(item.role, away=item.away)
            if current is not None and current.role is item.role and item.sort != "day" and not current.ends:
                beyond = items[position + 1] if position + 1 < len(items) else None
                fresh.days = _inherited(current, following, beyond)
            only_length = current is not None and not (current.days or current.timed or current.offset or current.rec)
            if only_length and current is not None and current.role in (item.role, Role.LIMIT):
                current.role = item.role
                fresh = current
                groups.remove(current)
            current = fresh
            groups.append(current)
            if (
                before is not None
                and (item.bound == "until" or _ENDVERB in between or _spans_to(between))
                and len(groups) > 1
            ):
                current.ends = item.bound == "until" or _ENDVERB in between or item.sort == "day"
        _add(current, item, between)
    _settle_absences(groups)
    _borrow_days(groups)
    _lend_days(groups)
    return groups


def _lend_days(groups: list[Group]) -> None:
    """Hours that are preferred or excluded hold on the days asked for ("Tuesday, preferably before 11")."""
    for i, group in enumerate(groups):
        if group.role in (Role.PREFERENCE, Role.EXCEPTION) and group.timed and not group.days:
            near = [g for g in (*reversed(groups[:i]), *groups[i + 1 :]) if g.role is Role.LIMIT and g.days]
            if near:
                group.days = [replace(d, span=group_span(group)) for d in near[0].days if d.sort == "day"]


def _settle_absences(groups: list[Group]) -> None:
    """When somebody is out is an exception where another time is asked for; a new time of a meeting keeps its day."""
    asked = [g for g in groups if g.role is Role.LIMIT and not g.away and (g.days or g.timed)]
    for group in groups:
        if group.away and group.role is Role.LIMIT and asked:
            group.role = Role.EXCEPTION
    origin = next((g for g in groups if g.role is Role.ORIGIN and g.days), None)
    if origin is not None:
        for group in asked:
            if group.timed and not group.days:
                group.days = [replace(d, span=group_span(group)) for d in origin.days if d.sort == "day"]


def _borrow_days(groups: list[Group]) -> None:
    """A limit of hours alone holds on the days wished for ("not before 10, preferably Tuesday")."""
    limits = [g for g in groups if g.role is Role.LIMIT]
    wishes = [d for g in groups if g.role is Role.PREFERENCE for d in g.days if d.sort == "day"]
    if wishes and limits and all(g.timed and not g.days and not g.offset and not g.rec for g in limits):
        for group in limits:
            group.days = [replace(d, span=group_span(group)) for d in wishes]
        for group in groups:
            if group.role is Role.PREFERENCE and not group.timed:
                group.hours, group.parts = limits[0].hours, limits[0].parts


def group_span(group: Group) -> tuple[int, int]:
    """Where the hours of a group stand."""
    spans = [h.span for h in group.hours + group.parts]
    return min(a for a, _ in spans), max(b for _, b in spans)


def _retract(groups: list[Group], item: Item) -> None:
    """Take back what the new item replaces: its day if it is a day, its hours if it is hours."""
    if not groups or groups[-1].role is not item.role:
        return
    last = groups[-1]
    gone = Group(Role.RETRACTED)
    if item.sort == "day":
        gone.days, last.days = last.days, []
    elif item.sort in ("clock", "hours", "part"):
        gone.hours, last.hours = last.hours, []
        gone.parts, last.parts = last.parts, []
    if gone.days or gone.timed:
        groups.insert(len(groups) - 1, gone)


def _inherited(current: Group, following: Item | None, beyond: Item | None) -> list[Item]:
    """Days that new hours go on to use ("Tuesday at 2 or at 4"), unless a day of their own follows; that day may have
    its hours behind it ("Tuesday 10-11, 2-3 and Wednesday 9-10")."""
    if following is not None and following.sort in ("day", "tonight"):
        own = beyond is not None and beyond.sort in ("clock", "hours") and not current.hours_first
        return list(current.days) if own else []
    return list(current.days)


def _spans_to(between: list[str]) -> bool:
    """Whether nothing but "to" or a dash stands between two items."""
    return len(between) <= 3 and bool(between) and between[0] in (_TO, _DASH)


def _starts_new(current: Group, item: Item, between: list[str], following: Item | None) -> bool:
    linked = any(c in LINKING for c in between)
    if item.away != current.away and (current.days or current.timed):
        return True
    if item.sort in ("offset", "now", "asap", "rec"):
        return bool(current.offset or (item.sort != "rec" and (current.days or current.timed)))
    if item.sort == "tonight":
        return bool(current.days) or bool(current.parts and not linked)
    if item.sort == "day":
        if current.rec is not None:
            return False
        if item.bound == "until" and current.timed and any(h.bound in ("", "from") for h in current.hours):
            return True
        if not current.days:
            if current.rec is not None:
                return False
            return bool(current.timed and following is not None and following.sort in ("clock", "hours") and linked)
        if not current.timed:
            told_apart = _C["WORD"] in between and not {_ENDVERB, _STARTVERB, _UNTIL} & set(between)
            timed = following is not None and following.sort in ("clock", "hours", "part")
            return linked and told_apart and timed and not item.bound
        if _spans_to(between) and not linked:
            return True
        if not linked:
            return bool(_ENDVERB in between)
        follows_hours = following is not None and following.sort in ("clock", "hours", "part")
        return not current.hours_first or follows_hours
    if not current.timed:
        return False
    if item.sort == "part":
        return bool(current.parts and not linked and current.last != "day") and not current.hours
    if item.sort in ("clock", "hours", "eop", "first"):
        if not current.hours:
            return False
        if item.bound or current.hours[-1].bound:
            return False
        if _ENDVERB in between or _TO in between or _UNTIL in between:
            return False
        if linked and following is not None and following.sort == "day":
            return bool(current.days)
        return not linked
    return False


def _add(group: Group, item: Item, between: list[str]) -> None:
    if item.sort == "day":
        if group.offset is not None and group.offset.sort == "asap":
            group.offset = None  # "as soon as possible on Tuesday"
        _add_day(group, item, between)
    elif item.sort == "tonight":
        days, part = item.value if isinstance(item.value, tuple) else (0, item.value)
        group.days.append(Item("day", item.token, relative_day(days), "", item.role, item.span, item.index))
        group.parts.append(Item("part", item.token, part, item.bound, item.role, item.span, item.index))
    elif item.sort == "part":
        if item.fixed_today and not group.days:
            group.days.append(Item("day", item.token, relative_day(0), "", item.role, item.span, item.index))
        group.parts.append(item)
    elif item.sort in ("clock", "hours", "eop", "first"):
        if not group.days:
            group.hours_first = True
        group.hours.append(item)
        if _ENDVERB in between and len(group.hours) == 2 and not item.bound:
            item.bound = "until"
            if not group.hours[0].bound:
                group.hours[0].bound = "from"
    elif item.sort in ("offset", "now", "asap"):
        group.offset = item
    elif item.sort == "rec":
        group.rec = item
    group.last = item.sort


_LINKED = {_OR, _C["AND"]}


def _add_day(group: Group, item: Item, between: list[str]) -> None:
    day: Day = item.value
    if day.day and day.month:
        for earlier in group.days:  # "the 1st, 2nd or 3rd of January"
            said: Day = earlier.value
            if earlier.sort == "day" and said.day and said.month is None and not earlier.bound:
                earlier.value = calendar_day(day.month, said.day, day.year, said.weekday)
    if group.days:
        last = next(d for d in reversed(group.days) if d.sort == "day")
        other: Day = last.value
        if last.bound in ("after", "from") and item.bound in ("before", "until", "by"):
            last.value = bounded(other, last.bound == "after", day, item.bound == "before")
            last.bound = ""
            group.days.append(Item("also", item.token, None, "", item.role, item.span, item.index))
            return
        ends = _ENDVERB in between or item.bound == "until"
        if last.leaves and _STARTVERB in between:
            last.value = between_days(day, other)
            last.bound = ""
            group.days.append(Item("also", item.token, None, "", item.role, item.span, item.index))
            return
        if ends and last.bound != "until":
            last.value = between_days(other, day)
            last.bound = ""
            last.span = (last.span[0], last.span[1])
            group.days.append(Item("also", item.token, None, "", item.role, item.span, item.index))
            return
        if last.bound in ("until", "by") and (
            _STARTVERB in between or item.bound == "from" or not any(c in LINKING for c in between)
        ):
            last.value = between_days(day, other)
            last.bound = ""
            group.days.append(Item("also", item.token, None, "", item.role, item.span, item.index))
            return
        if other.weekday is not None and day.grain == "week" and other.day is None and not other.relative:
            last.value = weekday_within(other.weekday, day)
            group.days.append(Item("also", item.token, None, "", item.role, item.span, item.index))
            return
        if other.grain == "month" and day.day and day.month is None and not _LINKED & set(between):
            last.value = within_month(day, other)
            group.days.append(Item("also", item.token, None, "", item.role, item.span, item.index))
            return
        if day.weekday is not None and other.grain == "week" and day.day is None and not day.relative:
            last.value = weekday_within(day.weekday, other)
            group.days.append(Item("also", item.token, None, "", item.role, item.span, item.index))
            return
    group.days.append(item)
