"""The hours of a group: its clock times and day parts put together."""

from dataclasses import replace

from bot.when.clock import DAY_MINUTES, PARTS, Hours, moment, of_part, span
from bot.when.items import Item
from bot.when.joins import Group

ANY_HOUR = Hours(None, None)
"""The whole day: no hour was said."""


def group_hours(group: Group) -> list[Hours]:
    """The hours of a group in the order said; none when only days were."""
    part = ""
    if group.parts:
        part = group.parts[0].value
    made: list[Hours] = []
    for item in group.hours:
        hours = _item_hours(group, item, _part_of(group, item) or part)
        last = made[-1] if made and item.bound and not item.other else None
        if (
            last is not None
            and not last.moment
            and ((hours.start is None and last.end is None) or (hours.end is None and last.start is None))
        ):
            made[-1] = _meet(last, hours)
        else:
            made.append(hours)
    if not group.hours:
        for item in group.parts:
            named = of_part(PARTS[item.value])
            if item.bound:
                made.append(_bound_part(named, item.bound))
            else:
                made.append(named)
    elif part and len(made) == 1 and not made[0].moment and (made[0].start is None or made[0].end is None):
        named = of_part(PARTS[part])
        if group.parts[0].bound:
            named = _bound_part(named, group.parts[0].bound)
        low, high = made[0].start, made[0].end
        if low is not None and named.end is not None and low < named.end:
            made[0] = replace(made[0], end=named.end)
        elif high is not None and named.start is not None and high > named.start:
            made[0] = replace(made[0], start=named.start)
    return made


def _part_of(group: Group, item: Item) -> str:
    """The day part said right after a clock time, where each has its own ("8 in the morning or 3 in the afternoon")."""
    if len(group.parts) < 2:
        return ""
    behind = [p for p in group.parts if p.index > item.index]
    if not behind or any(item.index < h.index < behind[0].index for h in group.hours):
        return ""
    part: str = behind[0].value
    return part


def _item_hours(group: Group, item: Item, part: str) -> Hours:
    if item.sort == "eop":
        hours = Hours(17 * 60, None, True)
    elif item.sort == "first":
        if item.value == "last":
            return Hours(16 * 60, 17 * 60, part="afternoon")
        return Hours(8 * 60, 10 * 60, part="morning")
    elif item.sort == "hours":
        value = item.value
        if isinstance(value, Hours):
            return value
        return span(value[0], value[1], part)
    else:
        hours = moment(item.value, part)
    if item.bound == "from" and group.lengths:
        return hours
    if item.bound in ("before", "until", "by", "until-now"):
        return replace(hours, start=None, end=hours.start, moment=False, others=())
    if item.bound == "after" or item.bound == "from":
        return replace(hours, end=None, moment=False)
    return hours


def _meet(a: Hours, b: Hours) -> Hours:
    start = a.start if a.start is not None else b.start
    end = b.end if b.end is not None else a.end
    if start is not None and end is not None and end <= start:
        end += DAY_MINUTES // 2 if end + DAY_MINUTES // 2 > start else DAY_MINUTES
    return Hours(start, end, assumed=a.assumed + b.assumed)


def _bound_part(part: Hours, bound: str) -> Hours:
    """ "after lunch": lunch is over at 13:00 then, and the afternoon begins; others open that side."""
    if bound == "after":
        end = 13 * 60 if part.part == "lunch" else part.end
        return Hours(end, 17 * 60 if part.part == "lunch" else None, part="afternoon" if part.part == "lunch" else "")
    if bound == "from":
        return Hours(part.start, None)
    if bound == "before":
        return Hours(None, part.start)
    return Hours(None, part.end)
