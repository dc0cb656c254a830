"""Text into Slack: everything from people, models and calendars is escaped here before it is shown.

Source: Slack's documentation of mrkdwn, "Escaping text" (`&`, `<`, `>`), and of `<!date^...>`.
"""

import re
from datetime import datetime

_CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f\u00ad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]"
)
"""What nobody sees: controls, changes of direction, breaks without width, and tags."""
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_ADDRESS = re.compile(
    r"(<[^<>\n]*>)|https?://\S+|(?<![\w+.-])(?:[a-z][\w+.-]*://|www\.)\S+|(?<![\w.-])(?:[\w-]+\.)+[a-z]{2,}/\S*", re.I
)
"""A link of ours, or an address that stands bare."""
_ISOLATE, _RELEASE = "\u2068", "\u2069"


def plain(text: str, limit: int) -> str:
    """One line of foreign text for a plain text object, cut to `limit` characters; never empty.

    >>> plain("  a\\nb  ", 10), plain("abcdef", 4), plain("", 4)
    ('a b', 'abc…', '–')
    """
    line = " ".join(_CONTROL.sub("", text).split()) or "–"
    if _RIGHT_TO_LEFT.search(line):
        return _ISOLATE + _cut(line, limit - 2) + _RELEASE
    return _cut(line, limit)


def escaped(text: str, limit: int = 2900) -> str:
    """Foreign text for mrkdwn, line breaks kept, at most `limit` characters once escaped.

    >>> escaped("<!channel> & co")
    '&lt;!channel&gt; &amp; co'
    """
    kept = _CONTROL.sub("", text).strip()
    safe = _escape(kept)
    while len(safe) > limit:
        kept = _cut(kept, max(1, min(len(kept) - 1, len(kept) * limit // len(safe))))
        safe = _escape(kept)
    return _ISOLATE + safe + _RELEASE if _RIGHT_TO_LEFT.search(safe) else safe


def foreign(text: str, limit: int = 300) -> str:
    """One line of foreign text within a sentence of ours: escaped, and unable to end our bold.

    >>> foreign("a *b*\\n<c>")
    'a ∗b∗ &lt;c&gt;'
    """
    return escaped(" ".join(text.replace("*", "∗").split()), limit) or "–"


def bold(text: str, limit: int = 300) -> str:
    """Foreign text in bold."""
    return f"*{foreign(text, limit)}*"


def link(label: str, url: str) -> str:
    """A link; the label alone where the address is none that a browser should follow."""
    if not re.match(r"https?://[^\s<>|]+$", url):
        return foreign(label)
    return f"<{url.replace('&', '&amp;')}|{foreign(label, 150).replace('|', '¦')}>"


def date(moment: datetime, pattern: str, fallback: str) -> str:
    """A time that each viewer reads on their own clock; `fallback` (with its zone) for where Slack cannot.

    >>> from datetime import UTC
    >>> date(datetime(2026, 11, 24, 19, tzinfo=UTC), "{time}", "2:00 PM (New York)")
    '<!date^1795546800^{time}|2:00 PM (New York)>'
    """
    return f"<!date^{int(moment.timestamp())}^{pattern}|{_escape(fallback)}>"


def unlinked(text: str) -> str:
    """Text outside of blocks, where Slack makes links of addresses by itself: without them, but for links of ours.

    >>> unlinked("Booked: https://evil.example/pay www.a.b <https://cal.com/x|Join>")
    'Booked: (link left out) (link left out) <https://cal.com/x|Join>'
    """
    return _ADDRESS.sub(lambda found: found[1] or "(link left out)", text)


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
