"""A write that was done."""

from bot.scheduling.cards import Link, Outcome, Result, Verb
from bot.slack.mrkdwn import escaped, foreign, link
from bot.slack.render.blocks import (
    Block,
    Element,
    Message,
    Reader,
    actions,
    button,
    context,
    header,
    link_button,
    section,
)
from bot.slack.render.proposal import facts, repeats, titled
from bot.slack.render.times import moment_text, span, when_lines

_SAYS = {
    Result.BOOKED: (":white_check_mark:", "Booked"),
    Result.REQUESTED: (":hourglass_flowing_sand:", "Requested, waiting for the host's approval"),
    Result.MOVED: (":white_check_mark:", "Moved"),
    Result.MOVE_REQUESTED: (":hourglass_flowing_sand:", "New time requested, waiting for the host's approval"),
    Result.CANCELLED: (":wastebasket:", "Cancelled"),
    Result.ACCEPTED: (":white_check_mark:", "Accepted"),
    Result.DECLINED: (":no_entry_sign:", "Declined"),
    Result.RUNG: (":telephone_receiver:", "Ringing the team"),
    Result.CHANGED: (":white_check_mark:", "Changed"),
    Result.DETAILS: (":calendar:", "Meeting details"),
}
_OVER = (Result.CANCELLED, Result.DECLINED)
_MOST_LINK_BUTTONS = 3


def outcome(card: Outcome, reader: Reader) -> Message:
    """What was done; its links; and the buttons to move or cancel it while that makes sense."""
    reader = Reader(card.zone, reader.locale)
    emoji, done = _SAYS[card.result]
    done = card.done or done
    blocks: list[Block] = [header(f"{emoji} {done}")]
    if lead := escaped(card.lead, 2000):
        blocks.append(section(lead))
    lines = [f"*{foreign(titled(card.title, card.parties, card.start, card.zone), 300)}*"]
    if card.old_start:
        lines.append(f"Before: ~{span(card.old_start, None, reader)}~")
    if card.start:
        gone = card.result in _OVER
        when = f"~{span(card.start, card.end, reader)}~" if gone else ""
        lines.append(when or when_lines(card.parties, card.start, card.end, reader))
    blocks.append(section("\n".join(lines)))
    blocks += facts(card.parties, card.place, card.facts)
    blocks += repeats(card.repeats, card.zone)
    row: list[Element] = []
    shown, rest = _links(card.links)
    row += [link_button(each.label, each.url, n) for n, each in enumerate(shown)]
    if card.active:
        row.append(button("Reschedule", Verb.RESCHEDULE, card.ref))
        row.append(button("Cancel", Verb.CANCEL, card.ref, style="danger"))
    blocks += actions(*row)
    if rest:
        blocks += context("Also: " + " · ".join(link(each.label, each.url) for each in rest))
    when_text = f", {moment_text(card.start, reader)}" if card.start else ""
    text = f"{done}: {escaped(card.title, 1000)}{when_text}"
    return Message(f"{escaped(card.lead, 1000)} {text}".strip(), tuple(blocks))


def _links(links: tuple[Link, ...]) -> tuple[list[Link], list[Link]]:
    """The links that become buttons, and those that stand in a line below: several calendars to add to, say."""
    usable = [each for each in links if each.url.startswith(("https://", "http://")) and len(each.url) <= 2500]
    if len(usable) <= _MOST_LINK_BUTTONS:
        return usable, []
    return usable[:2], usable[2:12]
