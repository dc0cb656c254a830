"""Sums and differences of windows."""

from collections.abc import Iterable

from bot.when.reading import Window


def unite(windows: Iterable[Window]) -> tuple[Window, ...]:
    """Sorted and disjoint; moments stay moments unless a stretch covers them."""
    windows = list(windows)
    if not windows:
        return ()
    ranges: list[Window] = []
    moments: list[Window] = []
    for w in sorted((w for w in windows if not w.exact), key=lambda w: w.start.timestamp() if w.start else -1e12):
        last = ranges[-1] if ranges else None
        if last is not None and (last.end is None or (w.start is None or w.start <= last.end)):
            if last.end is not None and (w.end is None or w.end > last.end):
                ranges[-1] = Window(last.start, w.end)
        else:
            ranges.append(w)
    for w in windows:
        if w.exact and w not in moments:
            moments.append(w)
    return tuple(sorted(ranges + moments, key=lambda w: w.start.timestamp() if w.start else -1e12))


def subtract(windows: Iterable[Window], holes: Iterable[Window]) -> tuple[Window, ...]:
    """The windows without the holes."""
    left = list(windows)
    for hole in holes:
        kept: list[Window] = []
        for w in left:
            kept += _without(w, hole)
        left = kept
    return tuple(left)


def _without(w: Window, hole: Window) -> list[Window]:
    if hole.exact and not w.exact:
        return [w]
    low, high = hole.start, hole.end
    if w.exact:
        assert w.start is not None
        if hole.exact:
            return [] if w.start == hole.start else [w]
        inside = (low is None or w.start >= low) and (high is None or w.start < high)
        return [] if inside else [w]
    made: list[Window] = []
    if low is not None and (w.start is None or w.start < low):
        made.append(Window(w.start, low if w.end is None or low < w.end else w.end))
    if high is not None and (w.end is None or high < w.end):
        made.append(Window(high if w.start is None or high > w.start else w.start, w.end))
    return made
