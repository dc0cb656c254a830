"""What a person sees of blocks, as readable text (`plain` of the workspace's contract).

A button is `[Label]`; a select, picker or overflow menu `[placeholder or label]` and then its current value; a link
`text (url)`. Square brackets of all other text become parentheses, so that brackets always mean something to press.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.sandbox.slack.dates import known, shown_date
from bot.sandbox.slack.elements import BUTTONS, CHOICES, TEXTS, Place, State, empty, options, shown, words
from bot.sandbox.slack.journal import Json


@dataclass(frozen=True)
class Reader:
    """Reads blocks to one viewer: names for ids, the viewer's zone, and what the clock says."""

    name: Callable[[str], str]
    """The name of a user id."""
    channel: Callable[[str], str]
    """The name of a channel id."""
    zone: ZoneInfo
    now: datetime
    viewer: str = ""

    def message(self, text: str, blocks: list[Json], attachments: list[Json], state: State, *, markdown: bool) -> str:
        """A whole message: blocks, and the top-level text only where there are none (as Slack shows it)."""
        parts = []
        if blocks:
            parts.append(self.blocks(blocks, state))
        elif text:
            parts.append(self.markdown(text) if markdown else self.mrkdwn(text))
        for attachment in attachments:
            parts.append(self._attachment(attachment, state))
        return "\n".join(part for part in parts if part)

    def blocks(self, blocks: list[Json], state: State) -> str:
        """Blocks in their order, one or more lines each."""
        return "\n".join(part for part in (self._block(block, state) for block in blocks) if part)

    def text(self, text: Any) -> str:
        """A text object."""
        if not isinstance(text, dict):
            return plain_words(str(text or ""))
        if text.get("type") == "mrkdwn":
            return self.mrkdwn(str(text.get("text", "")))
        if text.get("type") == "rich_text":
            return self._rich(text)
        return plain_words(str(text.get("text", "")))

    def mrkdwn(self, text: str) -> str:
        """Slack's mrkdwn: references read out, formatting marks dropped, brackets turned into parentheses."""
        references: list[str] = []

        def put_aside(match: re.Match[str]) -> str:
            references.append(self._reference(match[1]))
            return f"\0{len(references) - 1}\0"

        # References are put aside so that a `_` or `*` within an address is not taken for a mark.
        bare = _unformatted(_unmarked(re.sub(r"<([^<>\n]+)>", put_aside, text.replace("\0", ""))))
        return plain_words(re.sub(r"\0(\d+)\0", lambda match: references[int(match[1])], bare))

    def markdown(self, text: str) -> str:
        """Standard markdown (markdown blocks, streamed text)."""
        text = re.sub(r"!\[([^\]]*)\]\([^)\s]+\)", r"\1", text)
        text = re.sub(r"\[([^\]]+)\]\(([^)\s]+)\)", r"\1 (\2)", text)
        text = re.sub(r"^#{1,6}\s+", "", text, flags=re.MULTILINE)
        text = re.sub(r"\*\*(\S(?:.*?\S)?)\*\*|__(\S(?:.*?\S)?)__", lambda m: m[1] or m[2], text)
        text = re.sub(r"~~(\S(?:.*?\S)?)~~", r"\1", text)
        text = re.sub(r"(?m)^(\s*)[*+-] ", r"\1• ", text)
        return self.mrkdwn(text)

    def _reference(self, inside: str) -> str:
        target, _, label = inside.partition("|")
        if target.startswith("@"):
            return "@" + self.name(target[1:])
        if target.startswith("#"):
            return "#" + (label or self.channel(target[1:]))
        if target.startswith("!date^"):
            parts = target.split("^")
            return self._date(parts[1] if len(parts) > 1 else "", "^".join(parts[2:3]), parts[3:4], label)
        if target.startswith("!subteam^"):
            return label or "@group"
        if target.startswith("!"):
            return "@" + (target[1:] if target[1:] in ("here", "channel", "everyone") else label or target[1:])
        url = _unescaped(target.removeprefix("mailto:").removeprefix("tel:"))
        return f"{_unescaped(label)} ({url})" if label and _unescaped(label) != url else url

    def _date(self, unix: str, template: str, link: list[str], fallback: str) -> str:
        try:
            text = shown_date(template, float(unix), self.zone, self.now) if known(template) else ""
        except (ValueError, OverflowError, OSError):
            text = ""
        text = text or _unescaped(fallback)
        return f"{text} ({_unescaped(link[0])})" if link else text

    def _attachment(self, attachment: Json, state: State) -> str:
        lines = [self.mrkdwn(str(attachment[name])) for name in ("pretext", "title", "text") if attachment.get(name)]
        for field in attachment.get("fields") or []:
            lines.append(f"{self.mrkdwn(str(field.get('title', '')))}: {self.mrkdwn(str(field.get('value', '')))}")
        lines.append(self.blocks(attachment.get("blocks") or [], state))
        if attachment.get("footer"):
            lines.append(self.mrkdwn(str(attachment["footer"])))
        return "\n".join(line for line in lines if line) or self.mrkdwn(str(attachment.get("fallback", "")))

    def _block(self, block: Json, state: State) -> str:
        reading = getattr(self, f"_block_{block.get('type')}", None)
        return reading(block, state) if reading else ""

    def _block_section(self, block: Json, state: State) -> str:
        lines = [self.text(block["text"])] if block.get("text") else []
        lines += [self.text(field) for field in block.get("fields") or []]
        if block.get("accessory"):
            lines.append(self._element(block, block["accessory"], state))
        return "\n".join(line for line in lines if line)

    def _block_header(self, block: Json, state: State) -> str:
        return self.text(block.get("text"))

    def _block_alert(self, block: Json, state: State) -> str:
        return self.text(block.get("text"))

    def _block_divider(self, block: Json, state: State) -> str:
        return ""

    def _block_image(self, block: Json, state: State) -> str:
        title, alt = self.text(block.get("title")), plain_words(str(block.get("alt_text", "")))
        return f"{title}\n{alt}" if title and alt != title else title or alt

    def _block_context(self, block: Json, state: State) -> str:
        parts = [self._element(block, element, state) for element in block.get("elements") or []]
        return " ".join(part for part in parts if part)

    _block_actions = _block_context
    _block_context_actions = _block_context

    def _block_input(self, block: Json, state: State) -> str:
        label = self.text(block.get("label")) + (" (optional)" if block.get("optional") else "")
        element = self._element(block, block["element"], state)
        hint = self.text(block.get("hint")) if block.get("hint") else ""
        return "\n".join(line for line in (label, element, hint) if line)

    def _block_markdown(self, block: Json, state: State) -> str:
        return self.markdown(str(block.get("text", "")))

    def _block_rich_text(self, block: Json, state: State) -> str:
        return self._rich(block)

    def _block_video(self, block: Json, state: State) -> str:
        title = self.text(block.get("title"))
        title = f"{title} ({block['title_url']})" if block.get("title_url") else title
        lines = (title, self.text(block.get("description")), plain_words(str(block.get("author_name") or "")))
        return "\n".join(line for line in lines if line)

    def _block_file(self, block: Json, state: State) -> str:
        return plain_words(str(block.get("external_id", "")))

    def _block_table(self, block: Json, state: State) -> str:
        lines = [plain_words(str(block.get("caption") or ""))]
        for row in block.get("rows") or []:
            lines.append(" | ".join(self.text(cell) for cell in row if isinstance(cell, dict)))
        return "\n".join(line for line in lines if line)

    _block_data_table = _block_table

    def _block_card(self, block: Json, state: State) -> str:
        lines = [self.text(block.get(name)) for name in ("title", "subtitle", "body", "subtext") if block.get(name)]
        if isinstance(block.get("hero_image"), dict):
            lines.insert(0, plain_words(str(block["hero_image"].get("alt_text", ""))))
        lines.append(" ".join(self._element(block, action, state) for action in block.get("actions") or []))
        return "\n".join(line for line in lines if line)

    def _block_carousel(self, block: Json, state: State) -> str:
        return self.blocks(block.get("elements") or [], state)

    def _block_container(self, block: Json, state: State) -> str:
        title = self.text(block.get("title")) or (
            self._rich(block["rich_text_title"]) if block.get("rich_text_title") else ""
        )
        lines = (title, self.text(block.get("subtitle")), self.blocks(block.get("child_blocks") or [], state))
        return "\n".join(line for line in lines if line)

    def _block_task_card(self, block: Json, state: State) -> str:
        lines = [f"{plain_words(str(block.get('title', '')))} ({block.get('status', 'pending').replace('_', ' ')})"]
        lines += [self._rich(block[name]) for name in ("details", "output") if isinstance(block.get(name), dict)]
        lines += [f"{plain_words(str(s.get('text', '')))} ({s.get('url', '')})" for s in block.get("sources") or []]
        return "\n".join(line for line in lines if line)

    def _block_plan(self, block: Json, state: State) -> str:
        return "\n".join(
            [plain_words(str(block.get("title", ""))), self.blocks(block.get("tasks") or [], state)]
        ).strip()

    def _element(self, block: Json, element: Json, state: State) -> str:
        kind = element.get("type")
        if kind in ("plain_text", "mrkdwn"):
            return self.text(element)
        if kind == "image":
            return plain_words(str(element.get("alt_text", "")))
        if kind in BUTTONS:
            hidden = element.get("visible_to_user_ids")
            return "" if hidden and self.viewer not in hidden else bracketed(words(element.get("text")))
        if kind == "feedback_buttons":
            both = (element.get("positive_button") or {}, element.get("negative_button") or {})
            return " ".join(bracketed(words(button.get("text"))) for button in both)
        place = Place(block, element)
        value = state.get(str(block.get("block_id")), {}).get(place.action_id) or empty(element)
        if kind in CHOICES:
            return self._choices(element, value)
        if kind in TEXTS:
            typed = "\n".join(self._value(part) for part in shown(value))
            placeholder = words(element.get("placeholder"))
            return typed or (f"({plain_words(placeholder)})" if placeholder else "")
        chosen = ", ".join(self._value(part) for part in shown(value)) if kind != "overflow" else ""
        return f"{bracketed(place.label)} {chosen}".strip()

    def _choices(self, element: Json, value: Json) -> str:
        picked = {str(option.get("value")) for option in shown(value) if isinstance(option, dict)}
        on, off = ("☑", "☐") if element["type"] == "checkboxes" else ("◉", "○")
        lines = []
        for option in options(element):
            described = f" ({self.text(option['description'])})" if option.get("description") else ""
            mark = on if str(option.get("value")) in picked else off
            lines.append(f"{mark} {self.text(option.get('text'))}{described}")
        return "\n".join(lines)

    def _value(self, part: Any) -> str:
        if isinstance(part, dict):
            return self._rich(part) if part.get("type") == "rich_text" else self.text(part.get("text"))
        if isinstance(part, int):
            return shown_date("{date_short}, {time}", part, self.zone, self.now)
        name = self.name(str(part)) if re.fullmatch(r"[UW][A-Z0-9]{6,}", str(part)) else ""
        if name and name != part:
            return "@" + name
        place = self.channel(str(part)) if re.fullmatch(r"[CD][A-Z0-9]{6,}", str(part)) else ""
        return "#" + place if place and place != part else plain_words(str(part))

    def _rich(self, block: Json) -> str:
        lines = []
        for part in block.get("elements") or []:
            if part.get("type") == "rich_text_list":
                for number, item in enumerate(part.get("elements") or [], int(part.get("offset") or 0) + 1):
                    mark = f"{number}." if part.get("style") == "ordered" else "•"
                    lines.append("    " * int(part.get("indent") or 0) + f"{mark} {self._inline(item)}")
            elif part.get("type") == "rich_text_quote":
                lines += [f"> {line}" for line in self._inline(part).split("\n")]
            else:
                lines.append(self._inline(part))
        return "\n".join(line.rstrip("\n") for line in lines)

    def _inline(self, part: Json) -> str:
        read = []
        for element in part.get("elements") or []:
            kind = element.get("type")
            if kind == "link":
                url, label = str(element.get("url", "")).removeprefix("mailto:"), str(element.get("text") or "")
                read.append(plain_words(f"{label} ({url})" if label and label != url else url))
            elif kind == "user":
                read.append("@" + self.name(str(element.get("user_id"))))
            elif kind == "channel":
                read.append("#" + self.channel(str(element.get("channel_id"))))
            elif kind == "usergroup":
                read.append("@group")
            elif kind == "broadcast":
                read.append("@" + str(element.get("range")))
            elif kind == "emoji":
                read.append(f":{element.get('name')}:")
            elif kind == "date":
                link = [str(element["url"])] if element.get("url") else []
                template = str(element.get("format", ""))
                read.append(
                    plain_words(
                        self._date(str(element.get("timestamp")), template, link, str(element.get("fallback", "")))
                    )
                )
            elif kind == "color":
                read.append(str(element.get("value", "")))
            else:
                read.append(plain_words(str(element.get("text", ""))))
        return "".join(read)


def bracketed(label: str) -> str:
    """`[label]`, on one line and with no brackets of its own."""
    return f"[{plain_words(' '.join(label.split()))}]"


def plain_words(text: str) -> str:
    """Text with its square brackets turned into parentheses."""
    return text.replace("[", "(").replace("]", ")")


def _unescaped(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _unmarked(text: str) -> str:
    return _unescaped(re.sub(r"```\n?(.*?)\n?```", r"\1", text, flags=re.DOTALL))


def _unformatted(text: str) -> str:
    """Without the marks of bold, italic, strike and code where they stand around words."""
    for mark in ("*", "_", "~", "`"):
        sign = re.escape(mark)
        text = re.sub(rf"(?<![\w{sign}]){sign}(\S|\S[^{sign}\n]*\S){sign}(?![\w{sign}])", r"\1", text)
    return text
