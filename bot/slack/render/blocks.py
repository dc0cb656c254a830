"""Block Kit, block by block, within Slack's limits.

Source of the numbers: Slack's Block Kit reference (section 3,000, field 2,000, header 150, button text 75, value 2,000,
25 elements in actions, 10 in context, 50 blocks a message).
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from bot.scheduling.cards import Verb
from bot.scheduling.wording import uses_12_hours
from bot.slack.buttons import LINK, PREFIX, ROW, value_of
from bot.slack.mrkdwn import plain

Block = dict[str, Any]
Element = dict[str, Any]

MOST_BLOCKS = 50


@dataclass(frozen=True)
class Reader:
    """Who reads: `zone` (IANA) and `locale` decide how times look."""

    zone: str = "UTC"
    locale: str = "en-US"

    @property
    def twelve(self) -> bool:
        """Whether they read 1:30 PM rather than 13:30."""
        return uses_12_hours(self.locale)


@dataclass(frozen=True)
class Message:
    """A message for Slack. `text` is what a notification and a screen reader show."""

    text: str
    blocks: tuple[Block, ...]


def words(text: str) -> Element:
    """A mrkdwn object; verbatim, so that nothing in it turns into a link or a mention by itself."""
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def label(text: str, limit: int = 75) -> Element:
    """A plain text object."""
    return {"type": "plain_text", "text": plain(text, limit), "emoji": True}


def section(text: str = "", fields: tuple[str, ...] = (), accessory: Element | None = None) -> Block:
    """Text, or up to ten fields in two columns."""
    block: Block = {"type": "section"}
    if text:
        block["text"] = words(text)
    if fields:
        block["fields"] = [words(field) for field in fields[:10]]
    if accessory:
        block["accessory"] = accessory
    return block


def header(text: str) -> Block:
    """A large line."""
    return {"type": "header", "text": label(text, 150)}


def context(*texts: str) -> list[Block]:
    """Small grey lines; none for no text."""
    shown = [words(text) for text in texts if text][:10]
    return [{"type": "context", "elements": shown}] if shown else []


def actions(*elements: Element) -> list[Block]:
    """A row of buttons and pickers, wrapped into further rows where there are many; none for none."""
    return [{"type": "actions", "elements": list(elements[i : i + 25])} for i in range(0, len(elements), 25)]


def divider() -> Block:
    """A line across."""
    return {"type": "divider"}


def button(text: str, verb: Verb, ref: str, key: str = "", *, number: int = 0, style: str = "") -> Element:
    """A button that sends `verb` with the card's ref. `number` keeps action ids of one message apart."""
    element: Element = {
        "type": "button",
        "action_id": f"{PREFIX}{verb}:{number}",
        "text": label(text),
        "value": value_of(ref, key),
    }
    if style:
        element["style"] = style
    return element


def link_button(text: str, url: str, number: int = 0) -> Element:
    """A button that opens an address."""
    return {"type": "button", "action_id": f"{PREFIX}{LINK}:{number}", "text": label(text), "url": url}


def day_picker(text: str, ref: str) -> Element:
    """A date picker that sends the chosen day."""
    return {
        "type": "datepicker",
        "action_id": f"{PREFIX}{Verb.DAY}:{quote(ref, safe='')}",
        "placeholder": label(text, 150),
    }


def row_menu(options: list[tuple[str, Verb]], ref: str, key: str, number: int) -> Element:
    """The menu at the end of a line."""
    return {
        "type": "overflow",
        "action_id": f"{PREFIX}{ROW}:{number}",
        "options": [{"text": label(text), "value": f"{verb}:{value_of(ref, key)}"} for text, verb in options],
    }
