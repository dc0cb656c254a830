"""News about a booking, a ring or an account."""

from bot.scheduling.cards import Event, Notice, Verb
from bot.slack.mrkdwn import escaped, foreign, link
from bot.slack.render.blocks import Block, Element, Message, Reader, actions, button, context, link_button, section
from bot.slack.render.proposal import facts, titled
from bot.slack.render.times import moment_text, span, when_lines

_SIGNS = {
    Event.CREATED: ":calendar:",
    Event.REQUESTED: ":hourglass_flowing_sand:",
    Event.MOVED: ":arrow_right:",
    Event.CANCELLED: ":wastebasket:",
    Event.ACCEPTED: ":white_check_mark:",
    Event.DECLINED: ":no_entry_sign:",
    Event.REASSIGNED: ":busts_in_silhouette:",
    Event.RELOCATED: ":round_pushpin:",
    Event.ABSENT: ":ghost:",
    Event.STARTING: ":alarm_clock:",
    Event.ENDED: ":checkered_flag:",
    Event.RECORDED: ":film_frames:",
    Event.RINGING: ":telephone_receiver:",
    Event.TAKEN: ":white_check_mark:",
    Event.MISSED: ":no_bell:",
    Event.CONNECT: ":link:",
    Event.CONNECTED: ":white_check_mark:",
    Event.DISCONNECTED: ":wastebasket:",
}
_MOST_LINK_BUTTONS = 3


def notice(card: Notice, reader: Reader) -> Message:
    """What happened, to what, and what can be done about it."""
    reader = Reader(card.zone, reader.locale)
    blocks: list[Block] = [section(f"{_SIGNS[card.event]} {escaped(card.lead, 2500) or '–'}")]
    lines = []
    if card.title:
        lines.append(f"*{foreign(titled(card.title, card.parties, card.start, card.zone), 300)}*")
    if card.old_start:
        lines.append(f"Before: ~{span(card.old_start, None, reader)}~")
    if card.start:
        gone = f"~{span(card.start, card.end, reader)}~" if card.gone else ""
        lines.append(gone or when_lines(card.parties, card.start, card.end, reader))
    if lines:
        blocks.append(section("\n".join(lines)))
    blocks += facts(card.parties, card.place, card.facts)
    usable = [each for each in card.links if each.url.startswith(("https://", "http://"))]
    # A button takes an address of 3,000 characters at most.
    row: list[Element] = [
        link_button(each.label, each.url, n)
        for n, each in enumerate(usable[:_MOST_LINK_BUTTONS])
        if len(each.url) < 2900
    ]
    for number, press in enumerate(card.presses):
        style = (
            "primary" if press.verb in (Verb.ACCEPT, Verb.CONNECT) else "danger" if press.verb is Verb.CANCEL else ""
        )
        row.append(button(press.label, press.verb, card.ref, style=style, number=number))
    blocks += actions(*row)
    if rest := usable[_MOST_LINK_BUTTONS:]:
        blocks += context(" · ".join(link(each.label, each.url) for each in rest[:10]))
    when_text = f", {moment_text(card.start, reader)}" if card.start else ""
    subject = f" {escaped(card.title, 1000)}{when_text}" if card.title else ""
    return Message(f"{escaped(card.lead, 1500)}{subject}", tuple(blocks))
