"""What may be sent to Slack: looked at in the requests themselves, whatever method carries it."""

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

KNOWN = (
    "cal.com",
    "app.cal.com",
    "calendar.google.com",
    "outlook.live.com",
    "outlook.office.com",
    "calendar.yahoo.com",
)
"""Where Cal.com's own links lead; besides it the stand-ins' own address."""

_ADDRESSES = ("url", "image_url", "thumb_url", "title_link", "author_link", "from_url", "slack_file", "alt_url")
_BRACKETS = re.compile(r"<([^<>|\n]+)(?:\|[^<>\n]*)?>")
_BARE = re.compile(r"\b[a-z][a-z0-9+.-]*://\S+|\bwww\.\S+|\b(?:[a-z0-9-]+\.)+(?:example|com|net|org|io)/\S*", re.I)
_TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066\u2067]")
"""Characters that turn the reading direction of what follows them, out of which nothing closes the turn."""


def objects(value: Any) -> Iterator[dict[str, Any]]:
    """Every object within, JSON inside strings (a view, blocks) undone."""
    if isinstance(value, str) and value[:1] in "[{":
        try:
            value = json.loads(value)
        except ValueError:
            return
    if isinstance(value, dict):
        yield value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
    for each in inner:
        yield from objects(each)


def links(body: dict[str, Any]) -> Iterator[str]:
    """Everything in a request that Slack shows as a link: buttons, pictures, markup, and bare addresses in text that
    Slack reads as it likes."""
    for each in objects(body):
        for name in _ADDRESSES:
            if isinstance(each.get(name), str):
                yield each[name]
        text = each.get("text")
        if not isinstance(text, str) or each.get("type") == "plain_text":
            continue
        for target in _BRACKETS.findall(text):
            if target[0] not in "@#!":
                yield target
        if each.get("verbatim") is not True:
            yield from _BARE.findall(_BRACKETS.sub("", text))


def mentions(body: dict[str, Any]) -> Iterator[str]:
    """Everything that calls people or names a channel."""
    for each in objects(body):
        text = each.get("text")
        if isinstance(text, str) and each.get("type") != "plain_text":
            yield from (t for t in _BRACKETS.findall(text) if t[0] in "@#" or (t[0] == "!" and t[:6] != "!date^"))


def leads_home(link: str, origin: str) -> bool:
    """Whether a link leads to Cal.com, to a calendar Cal.com links to, or to the stand-ins."""
    parts = urlsplit(link)
    if f"{parts.scheme}://{parts.netloc}" == origin:
        return True
    return parts.scheme == "https" and parts.netloc in KNOWN


def assert_harmless(requests: list[tuple[str, dict[str, Any]]], origin: str, *hidden: str) -> None:
    """Of requests to Slack, by method: no link that leads elsewhere, nobody called, nothing of `hidden`, no text that
    turns what stands after it."""
    for method, body in requests:
        for link in links(body):
            assert leads_home(link, origin), (method, link)
        assert not list(mentions(body)), method
        told = json.dumps(body, ensure_ascii=False)
        assert not _TURNING.search(told), method
        assert not body.get("link_names")
        for secret in hidden:
            assert secret not in told, method
