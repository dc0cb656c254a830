"""Logs: plain lines or JSON, with secrets taken out whatever module wrote them."""

import json
import logging
import re
import sys
from datetime import UTC, datetime

_SECRETS = re.compile(
    r"\b(xox[abeoprs](?:\.xox[bp])?|xapp|cal(?:_live|_test|_sandbox)?|sk)([-_])[\w.\-]{6,}"
    r"|(?i:(bearer|authorization|token|secret|password|api[_-]?key|code|state))"
    r"([\"']?\s*[:= ]\s*[\"']?(?i:bearer\s+)?)[\w.\-+/=]{6,}"
    r"|(https?://hooks\.slack\.com/\S+)"
    r"|(://[^/\s:@]+):[^@\s/]+@"
)
_CHATTY = ("slack_bolt", "httpx", "httpx2", "httpcore", "openai")


def redacted(text: str) -> str:
    """The text without tokens, keys and passwords.

    >>> redacted("token xoxb-123-abc456 for postgresql://me:pw@db/x")
    'token (redacted) for postgresql://me:(redacted)@db/x'
    """

    def blot(found: re.Match[str]) -> str:
        if found[6]:
            return f"{found[6]}:(redacted)@"
        return f"{found[3]}{found[4]}(redacted)" if found[3] else "(redacted)"

    return _SECRETS.sub(blot, text)


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
    for chatty in _CHATTY:
        logging.getLogger(chatty).setLevel(logging.WARNING)
