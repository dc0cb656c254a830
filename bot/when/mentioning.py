"""Mentions: where they stand in the text, and the ones that need no calendar."""

from bot.when.items import Item
from bot.when.joins import Group
from bot.when.length import Length
from bot.when.placing import Placer
from bot.when.reading import Kind, Mention, Problem, Role


class Mentioner(Placer):
    """Writes mentions of groups."""

    def _taken_back(self, item: Item) -> Mention:
        a, b = item.span
        kind = Kind.DATE if item.sort == "day" else Kind.TIME
        return Mention((a, b), self.text[a:b], kind, Role.RETRACTED, spans=((a, b),))

    def _spans(self, group: Group, item: Item | None, days: bool = False) -> tuple[tuple[int, int], ...]:
        pieces = {item.span} if item else set()
        pieces |= {d.span for d in group.days if d.sort == "also"}
        pieces |= {h.span for h in group.hours + group.parts}
        if days:
            pieces |= {d.span for d in group.days}
        if group.offset:
            pieces.add(group.offset.span)
        if group.rec:
            pieces.add(group.rec.span)
        pieces |= {i.span for i in group.lengths}
        if group.zone_span:
            pieces.add(group.zone_span)
        merged: list[tuple[int, int]] = []
        for a, b in sorted(pieces):
            if merged and a <= merged[-1][1] + 1:
                merged[-1] = (merged[-1][0], max(b, merged[-1][1]))
            else:
                merged.append((a, b))
        return tuple(merged)

    def _mention(self, kind: Kind, group: Group, item: Item | None, **more: object) -> Mention:
        spans = self._spans(group, item)
        text = " ".join(self.text[a:b] for a, b in spans)
        zone = group.zone.name if group.zone else None
        values: dict[str, object] = {"role": group.role, "zone": zone, "spans": spans, **more}
        return Mention((spans[0][0], spans[-1][1]), text, kind, **values)  # type: ignore[arg-type]

    def _no_time(self, group: Group, item: Item | None) -> Mention:
        return self._mention(
            Kind.WINDOW, group, item, problem=Problem("impossible-time", "There is no such time on that day.")
        )

    def _length(self, group: Group) -> Length | None:
        length: Length | None = group.lengths[-1].value if group.lengths else None
        return length

    def _duration(self, item: Item) -> Mention:
        length: Length = item.value
        a, b = item.span
        return Mention((a, b), self.text[a:b], Kind.DURATION, item.role, seconds=length.total, spans=((a, b),))
