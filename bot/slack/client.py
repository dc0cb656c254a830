"""Slack's Web API client that tells how its calls went."""

import time
from collections.abc import Callable
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.slack import calls

Heard = Callable[[str, float, str], None]
"""Hears of a finished call: its method, its seconds, and Slack's word for the error, "unanswered", or nothing."""


class Client(AsyncWebClient):
    """As the library's own, with an ear for every call."""

    def __init__(self, *args: Any, heard: Heard | None = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.heard = heard

    async def api_call(self, api_method: str, *args: Any, **rest: Any) -> AsyncSlackResponse:
        """One call. Raises what the library raises."""
        began, error = time.perf_counter(), "unanswered"
        try:
            answer = await super().api_call(api_method, *args, **rest)
            error = ""
            return answer
        except SlackApiError as refusal:
            error = calls.error_of(refusal) or str(calls.status_of(refusal))
            raise
        finally:
            if self.heard:
                self.heard(api_method, time.perf_counter() - began, error)
