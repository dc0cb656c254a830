"""Logs: plain lines or JSON, with secrets taken out whatever module wrote them."""

import json
import logging
import re
import sys
from datetime import UTC, datetime

_SECRETS = re.compile(
    r"\b(xox[abeoprs](?:\.xox[bp])?|xapp|cal(?:_live|_test|_sandbox)?|sk)([-_])[\w.\-]{6,}"
    r"|(?i:(bearer|authorization|token|secret|password|signature|api[_-]?key|code|state))"
    r"([\"']?\s*[:= ]\s*[\"']?(?i:bearer\s+)?)[\w.\-+/=]{6,}"
    r"|(https?://hooks\.slack\.com/\S+)"
    r"|(://[^/\s:@]+):[^@\s/]+@"
)
_PERSONAL = re.compile(
    r"(?P<mail>[\w.+'-]{1,64}@(?:[\w-]{1,63}\.)+[A-Za-z]{2,24})|(?P<phone>(?<![\w.:/+-])\+\d(?:[\d ().-]{6,20})\d)"
)
_CHATTY = ("slack_bolt", "slack_sdk", "httpx", "httpx2", "httpcore", "openai", "aiohttp")
"""Libraries that log what they send and get, people's words among it."""


def redacted(text: str) -> str:
    """The text without tokens, keys and passwords, e-mail addresses and phone numbers.

    >>> redacted("token xoxb-123-abc456 for postgresql://me:pw@db/x")
    'token (redacted) for postgresql://me:(redacted)@db/x'
    >>> redacted("no host ann.lee+x@example.com at +1 (555) 010-9999, since 2026-11-24T10:00:00+00:00")
    'no host (e-mail) at (number), since 2026-11-24T10:00:00+00:00'
    """

    def blot(found: re.Match[str]) -> str:
        if found[6]:
            return f"{found[6]}:(redacted)@"
        return f"{found[3]}{found[4]}(redacted)" if found[3] else "(redacted)"

    return _PERSONAL.sub(lambda found: "(e-mail)" if found["mail"] else "(number)", _SECRETS.sub(blot, text))


class Plain(logging.Formatter):
    """One line for people."""

    def format(self, record: logging.LogRecord) -> str:
        return redacted(super().format(record))


class Json(logging.Formatter):
    """One JSON object a line: at (UTC), level, logger, message, and the trace of an error."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": redacted(record.getMessage()),
        }
        if record.exc_info:
            line["error"] = redacted(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)


def set_up(level: str, form: str = "plain") -> None:
    """Log from `level` on to the error stream, as `plain` lines or `json`."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Json() if form == "json" else Plain("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    quieten()


def quieten() -> None:
    """Let libraries log nothing of what they send and get, whatever the level."""
    for chatty in _CHATTY:
        logging.getLogger(chatty).setLevel(logging.WARNING)
    logging.getLogger("slack_bolt.AsyncApp").addFilter(_is_news)


def _is_news(record: logging.LogRecord) -> bool:
    """Not so: that the token is left to our own way of authorising, as it is meant to be."""
    return "`authorize` has been used" not in record.getMessage()
