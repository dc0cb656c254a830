"""Calls to Slack's Web API, and what its refusals mean for us."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError

log = logging.getLogger(__name__)
T = TypeVar("T")

PAUSES = (0.3, 1.0, 2.5)
"""Seconds between tries when Slack does not answer."""
PATIENT = (0.3, 1.0, 2.5, 5.0, 10.0, 15.0)
"""The same where an answer depends on it: it outlives half a minute without Slack."""
LONGEST_WAIT = 30.0
"""Seconds a rate limit is waited for at most, each time."""

_FORM = frozenset(
    {
        "invalid_blocks",
        "invalid_blocks_format",
        "msg_blocks_too_long",
        "msg_too_long",
        "invalid_attachments",
        "too_many_attachments",
        "invalid_metadata_format",
        "invalid_metadata_schema",
        "metadata_too_large",
        "no_text",
        "block_mismatch",
    }
)
_UNREACHABLE = frozenset(
    {
        "channel_not_found",
        "not_in_channel",
        "is_archived",
        "restricted_action",
        "restricted_action_read_only_channel",
        "restricted_action_thread_only_channel",
        "restricted_action_thread_locked",
        "thread_not_found",
        "cannot_reply_to_message",
        "user_not_in_channel",
        "no_permission",
        "messages_tab_disabled",
        "team_access_not_granted",
        "message_limit_exceeded",
    }
)
_PASSING = frozenset(
    {
        "fatal_error",
        "internal_error",
        "service_unavailable",
        "request_timeout",
    }
)
_GONE = frozenset(
    {
        "message_not_found",
        "cant_update_message",
        "edit_window_closed",
        "cant_delete_message",
        "update_failed",
    }
)

Unanswered = (ClientError, asyncio.TimeoutError, OSError)
"""Slack did not answer, or its answer was lost: what was asked may have been done."""


def error_of(refusal: SlackApiError) -> str:
    """Slack's word for the error; empty where the answer was none of Slack's (a proxy's page, say)."""
    response: Any = refusal.response
    try:
        return str(response["error"] or "")
    except (KeyError, TypeError, ValueError):
        return ""


def status_of(refusal: SlackApiError) -> int:
    """The HTTP status."""
    response: Any = refusal.response
    return int(getattr(response, "status_code", None) or getattr(response, "status", None) or 0)


def is_form(refusal: SlackApiError) -> bool:
    """The message itself is not acceptable; plainer text may be."""
    return error_of(refusal) in _FORM


def is_unreachable(refusal: SlackApiError) -> bool:
    """The conversation cannot be written to."""
    return error_of(refusal) in _UNREACHABLE


def is_gone(refusal: SlackApiError) -> bool:
    """The message to change is not there any more, or cannot be changed."""
    return error_of(refusal) in _GONE


def is_passing(refusal: SlackApiError) -> bool:
    """Slack has trouble: the same may work in a moment, or may have been done."""
    error = error_of(refusal)
    return status_of(refusal) >= 500 or not error or error in _PASSING


def wait_of(refusal: SlackApiError) -> float | None:
    """Seconds to wait when Slack limits the rate, else None."""
    if status_of(refusal) != 429 and error_of(refusal) not in ("ratelimited", "rate_limited"):
        return None
    headers: Any = getattr(refusal.response, "headers", None) or {}
    try:
        seconds = float(headers.get("Retry-After") or headers.get("retry-after") or 1)
    except (TypeError, ValueError):
        seconds = 1.0
    return min(max(seconds, 0.1), LONGEST_WAIT)


async def insisting(call: Callable[[], Awaitable[T]], pauses: tuple[float, ...] = PAUSES) -> T:
    """Make a call that may be repeated without harm until Slack answers. Raises SlackApiError or the last failure."""
    for pause in (*pauses, None):
        try:
            return await call()
        except SlackApiError as refusal:
            wait = wait_of(refusal)
            if pause is None or (wait is None and not is_passing(refusal)):
                raise
            await asyncio.sleep(wait if wait is not None else pause)
        except Unanswered:
            if pause is None:
                raise
            await asyncio.sleep(pause)
    raise AssertionError("the last try returns or raises")
