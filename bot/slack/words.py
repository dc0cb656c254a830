"""What people typed: Slack's markup of a message turned into the plain words they saw.

Source: Slack's documentation of mrkdwn, "Retrieving messages": references stand in angle brackets, and `&`, `<`, `>`
of the text itself are escaped.
"""

import re
from collections.abc import Mapping

LONGEST = 4000
"""Characters of a message that are read; Slack's own client stops people there, other clients may not."""

_REFERENCE = re.compile(r"<([^<>\n]+)>")
_USER = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>")


def mentioned(text: str) -> tuple[str, ...]:
    """The ids of the users mentioned, in order, each once.

    >>> mentioned("<@U1> with <@U2|bailey> and <@U1>")
    ('U1', 'U2')
    """
    return tuple(dict.fromkeys(_USER.findall(text)))


def spoken(text: str, names: Mapping[str, str], bot: str = "") -> str:
    """The words of a message. `names` are those of the mentioned users; a mention of `bot` (an id) is left out.

    >>> spoken("<@UBOT>, 15min with <@U2> &amp; me", {"U2": "Bailey"}, bot="UBOT")
    '15min with @Bailey & me'
    >>> spoken("can <@UBOT> book that", {}, bot="UBOT")
    'can book that'
    >>> spoken("see <https://cal.com/sam|cal.com/sam> or <mailto:a@b.co|a@b.co>", {})
    'see cal.com/sam or a@b.co'
    """

    def read(match: re.Match[str]) -> str:
        target, _, label = match[1].partition("|")
        if target.startswith("@"):
            return "" if bot and target[1:] == bot else "@" + (names.get(target[1:]) or label or "someone")
        if target.startswith("#"):
            return "#" + (label or "channel")
        if target.startswith("!"):
            word = target[1:].partition("^")[0]
            return label or (f"@{word}" if word in ("here", "channel", "everyone") else word)
        return _link(target, label)

    words = _REFERENCE.sub(read, text)
    for escaped, sign in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        words = words.replace(escaped, sign)
    words = words.replace("\r", "").replace("\x00", "").strip()
    if bot and f"<@{bot}" in text:
        words = re.sub(r"(?<=\S) {2,}", " ", words)
        return words.lstrip(",:; ") if text.lstrip().startswith(f"<@{bot}") else words
    return words


def _link(url: str, label: str) -> str:
    bare = url.removeprefix("mailto:").removeprefix("tel:")
    return label if label and (url.endswith(label) or url != bare) else f"{label} ({bare})" if label else bare


def shortened(words: str) -> tuple[str, bool]:
    """At most `LONGEST` characters, ending with a whole word, and whether something was left out."""
    if len(words) <= LONGEST:
        return words, False
    cut = words[:LONGEST]
    space = cut.rfind(" ", LONGEST - 200)
    return cut[: space if space > 0 else LONGEST].rstrip(), True
