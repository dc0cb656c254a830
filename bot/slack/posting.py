"""Messages into Slack and changes to them: one message at a time, once, whatever happens on the way."""

import asyncio
import logging
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from aiohttp import ClientSession
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.slack import calls
from bot.slack.ports import Json
from bot.slack.render import Message
from bot.slack.render.plain import text_only

log = logging.getLogger(__name__)

EVENT_TYPE = "slotwise_card"
HOOKS = ("https://hooks.slack.com", "https://hooks.slack-gov.com")
"""Where the response_urls of Slack's own requests lead."""


@dataclass(frozen=True)
class Mark:
    """The metadata by which a posted card is found again: the turn and the card's number in it.

    `seen`: an earlier run may have posted it already. `after`: it was posted later than this ts.
    """

    turn: str
    number: int
    seen: bool = False
    after: str = ""

    def metadata(self) -> Json:
        """As Slack keeps it with the message."""
        return {"event_type": EVENT_TYPE, "event_payload": {"turn": self.turn, "i": self.number}}


class Posting:
    """Calls that put messages into Slack. Where Slack refuses blocks, the text alone is sent."""

    def __init__(self, session: ClientSession | None = None, api_url: str = "") -> None:
        self._session = session
        self._own = origin(api_url)

    async def publish(self, client: AsyncWebClient, channel: str, thread: str, message: Message, mark: Mark) -> str:
        """`chat.postMessage`, once: after a lost answer, the message is looked for before it is sent again.

        Gives its ts. Raises SlackApiError, or what kept Slack from answering.
        """
        arguments: Json = {"channel": channel, "unfurl_links": False, "unfurl_media": False}
        arguments["metadata"] = mark.metadata()
        if thread:
            arguments["thread_ts"] = thread
        unsure = mark.seen
        for pause in (*calls.PATIENT, None):
            if unsure and (ts := await self._find(client, channel, thread, mark)):
                return ts
            try:
                answer = await client.chat_postMessage(
                    **arguments, text=message.text, blocks=list(message.blocks) or None
                )
                return str(answer["ts"])
            except SlackApiError as refusal:
                unsure = unsure or calls.is_passing(refusal)
                message, wait = _easier(refusal, message, pause, mark.turn)
                await asyncio.sleep(wait)
            except calls.Unanswered:
                if pause is None:
                    raise
                unsure = True
                await asyncio.sleep(pause)
        raise AssertionError("the last try returns or raises")

    async def whisper(self, client: AsyncWebClient, channel: str, user: str, thread: str, message: Message) -> str:
        """`chat.postEphemeral`: for one person's eyes. Gives its ts; raises as `publish` does.

        It leaves no trace to look for: after a lost answer it may be seen twice.
        """
        for pause in (*calls.PATIENT, None):
            try:
                answer = await client.chat_postEphemeral(
                    channel=channel,
                    user=user,
                    thread_ts=thread or None,
                    text=message.text,
                    blocks=list(message.blocks) or None,
                )
                return str(answer.get("message_ts") or "")
            except SlackApiError as refusal:
                message, wait = _easier(refusal, message, pause, user)
                await asyncio.sleep(wait)
            except calls.Unanswered:
                if pause is None:
                    raise
                await asyncio.sleep(pause)
        raise AssertionError("the last try returns or raises")

    async def update(self, client: AsyncWebClient, channel: str, ts: str, message: Message, mark: Mark | None) -> bool:
        """`chat.update`, which may be repeated; False when that message cannot be changed."""
        arguments: Json = {"channel": channel, "ts": ts} | ({"metadata": mark.metadata()} if mark else {})
        for shown in (message, text_only(message)):

            async def change(shown: Message = shown) -> None:
                await client.chat_update(**arguments, text=shown.text, blocks=list(shown.blocks))

            try:
                await calls.insisting(change, calls.PATIENT)
                return True
            except SlackApiError as refusal:
                if calls.is_gone(refusal) or calls.is_unreachable(refusal):
                    return False
                if not calls.is_form(refusal):
                    raise
                log.error("blocks refused: %s", calls.error_of(refusal))
        return False

    async def respond(self, url: str, body: Json) -> bool:
        """Post to a response_url; False when it does not take it (spent, out of time, or no answer)."""
        if not url:
            return False
        if not self._is_slacks(url):
            log.error("a response_url that is not Slack's is not called")
            return False
        client = AsyncWebhookClient(url, timeout=10, session=self._session)
        for pause in (*calls.PAUSES, None):
            try:
                answer = await client.send_dict(body)
            except calls.Unanswered:
                if pause is None:
                    return False
                await asyncio.sleep(pause)
                continue
            if answer.status_code == 200 and not answer.body.lstrip().startswith("<"):
                return True
            # A page instead of "ok" comes from something in between: nobody knows whether Slack heard it.
            if 200 < answer.status_code < 500 and answer.status_code != 429:
                log.info("response_url answered %s", answer.status_code)
                return False
            if pause is not None:
                await asyncio.sleep(pause)
        return False

    def _is_slacks(self, url: str) -> bool:
        """Whether an address is Slack's: at the API's own host, or where Slack's hooks are."""
        return origin(url) in (self._own, *HOOKS) and origin(url) != ""

    async def _find(self, client: AsyncWebClient, channel: str, thread: str, mark: Mark) -> str | None:
        """The message that carries this mark already."""
        query: Json = {"channel": channel, "limit": 100, "include_all_metadata": True}
        if mark.after:
            query["oldest"] = mark.after
        try:
            if thread:
                answer = await client.conversations_replies(ts=thread, **query)
            else:
                answer = await client.conversations_history(**query)
        except (SlackApiError, *calls.Unanswered) as error:
            log.warning("turn %s: could not look for a posted card: %s", mark.turn, type(error).__name__)
            return None
        wanted = mark.metadata()
        found: Any = answer.get("messages") or []
        for message in found:
            held = message.get("metadata") or {}
            if {name: held.get(name) for name in wanted} == wanted:
                return str(message["ts"])
        return None


def origin(url: str) -> str:
    """Scheme, host and port of an address, empty where it has none or names a user.

    >>> origin("https://hooks.slack.com/actions/T1/2/x"), origin("https://slack.com@evil.example/"), origin("x")
    ('https://hooks.slack.com', '', '')
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}".lower() if parts.netloc and "@" not in parts.netloc else ""


def as_response(message: Message) -> Json:
    """A message as the body for a response_url."""
    return {
        "response_type": "ephemeral",
        "text": message.text,
        "blocks": list(message.blocks),
        "unfurl_links": False,
        "unfurl_media": False,
    }


def _easier(refusal: SlackApiError, message: Message, pause: float | None, what: str) -> tuple[Message, float]:
    """What to try after a refusal: the message to send and the seconds to wait. Raises it when nothing is left."""
    if calls.is_form(refusal) and message.blocks:
        log.error("%s: blocks refused: %s", what, calls.error_of(refusal))
        return text_only(message), 0.0
    wait = calls.wait_of(refusal)
    if pause is None or (wait is None and not calls.is_passing(refusal)):
        raise refusal
    return message, wait if wait is not None else pause
