"""What must be answered before a draft can be confirmed."""

from bot.scheduling.cards import Questions, Verb
from bot.slack.mrkdwn import bold, escaped, foreign
from bot.slack.render.blocks import Block, Message, Reader, actions, button, context, header, section
from bot.slack.render.proposal import facts, titled
from bot.slack.render.times import when_lines


def questions(card: Questions, reader: Reader) -> Message:
    """The open questions with their options, and the button that opens the form."""
    reader = Reader(card.zone, reader.locale)
    opening = escaped(card.lead, 2000) or "A few questions first."
    blocks: list[Block] = [section(opening), header(titled(card.title, card.parties, card.start, card.zone))]
    if card.start:
        blocks.append(section(when_lines(card.parties, card.start, card.end, reader)))
    blocks += facts(card.parties, "", card.answered)
    if card.problems:
        blocks.append(section("\n".join(f":warning: {foreign(problem)}" for problem in card.problems[:8])))
    if card.missing:
        asked = [f"• {bold(fact.label, 150)}" + _options(fact.value) for fact in card.missing[:8]]
        if len(card.missing) > 8:
            asked.append(f"• and {len(card.missing) - 8} more")
        blocks.append(section("\n".join(asked)))
    blocks += actions(
        button("Answer questions", Verb.ANSWER, card.ref, style="primary"),
        button("Never mind", Verb.DISMISS, card.ref),
    )
    blocks += context("You can also just write the answers here.")
    labels = ", ".join(fact.label for fact in card.missing[:8])
    return Message(escaped(f"{card.lead or 'A few questions first'}: {card.title}. {labels}", 2900), tuple(blocks))


def _options(value: str) -> str:
    return f" – {foreign(value, 200)}" if value else ""
