"""`/slack/api/METHOD`: the door of the Web API, and `/slack/response/KEY` for response_urls."""

import json
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from bot.sandbox.slack.api_assistant import assistant_methods
from bot.sandbox.slack.api_chat import chat_methods
from bot.sandbox.slack.api_conversations import conversation_methods
from bot.sandbox.slack.api_stream import stream_methods
from bot.sandbox.slack.api_users import user_methods
from bot.sandbox.slack.api_views import view_methods
from bot.sandbox.slack.arguments import Arguments, SlackError
from bot.sandbox.slack.journal import Json
from bot.sandbox.slack.people import APP, BOT_ID, BOT_NAME, BOT_USER, TEAM, TEAM_DOMAIN
from bot.sandbox.slack.response_urls import ResponseUrl
from bot.sandbox.slack.validation import check_blocks
from bot.sandbox.slack.world import World

Method = Callable[[Arguments], Awaitable[Json]]

SCOPES = (
    "app_mentions:read,assistant:write,chat:write,commands,im:history,im:read,im:write,channels:history,"
    "groups:history,mpim:history,users:read,users:read.email,reactions:write,channels:read,team:read,reactions:read"
)


class ApiDoor:
    """Answers the app's calls as Slack's Web API does."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._methods: dict[str, Method] = {
            "auth.test": self._auth_test,
            "bots.info": self._bots_info,
            "team.info": self._team_info,
            **chat_methods(world),
            **stream_methods(world),
            **conversation_methods(world),
            **user_methods(world),
            **view_methods(world),
            **assistant_methods(world),
        }
        self.routes: list[BaseRoute] = [
            Route("/slack/api/{method}", self._call, methods=["GET", "POST"]),
            Route("/slack/response/{key}", self._respond, methods=["POST"]),
        ]

    async def _call(self, request: Request) -> Response:
        name = request.path_params["method"]
        headers = {"X-Slack-Req-Id": self._world.stamps.secret(), "X-OAuth-Scopes": SCOPES}
        try:
            arguments = await Arguments.read(request)
            if name == "api.test":
                return JSONResponse(_api_test(arguments), headers=headers)
            self._prove(request, arguments, name)
            if name == "apps.connections.open":
                return JSONResponse(self._connection(), headers=headers)
            method = self._methods.get(name)
            if method is None:
                raise SlackError("unknown_method", req_method=name)
            return JSONResponse({"ok": True, **await method(arguments)}, headers=headers)
        except SlackError as refused:
            return JSONResponse(refused.body(), headers=headers)

    def _prove(self, request: Request, arguments: Arguments, method: str) -> None:
        header = request.headers.get("authorization", "")
        token = header[7:].strip() if header[:7].lower() == "bearer " else arguments.text("token")
        if not token:
            raise SlackError("not_authed")
        known = (self._world.tokens.bot, self._world.tokens.app)
        if token not in known:
            raise SlackError("invalid_auth")
        wanted = self._world.tokens.app if method == "apps.connections.open" else self._world.tokens.bot
        if token != wanted and method != "auth.test":
            raise SlackError("not_allowed_token_type")

    def _connection(self) -> Json:
        ticket = self._world.sockets.ticket(self._world.stamps.secret())
        address = self._world.origin.replace("http", "ws", 1)
        return {"ok": True, "url": f"{address}/slack/ws?ticket={ticket}&app_id={APP}"}

    async def _auth_test(self, arguments: Arguments) -> Json:
        return {
            "url": f"{self._world.origin}/",
            "team": "Sandbox",
            "user": BOT_NAME,
            "team_id": TEAM,
            "user_id": BOT_USER,
            "bot_id": BOT_ID,
            "app_id": APP,
            "is_enterprise_install": False,
        }

    async def _bots_info(self, arguments: Arguments) -> Json:
        if arguments.text("bot", BOT_ID) != BOT_ID:
            raise SlackError("bot_not_found")
        bot = {"id": BOT_ID, "deleted": False, "name": BOT_NAME.title(), "updated": 1_700_000_000, "app_id": APP}
        return {"bot": {**bot, "user_id": BOT_USER, "icons": {}}}

    async def _team_info(self, arguments: Arguments) -> Json:
        team = {"id": TEAM, "name": "Sandbox", "domain": TEAM_DOMAIN, "email_domain": "", "icon": {}}
        return {"team": {**team, "url": f"{self._world.origin}/"}}

    # -- response_url --

    async def _respond(self, request: Request) -> Response:
        url = self._world.urls.get(request.path_params["key"])
        if url is None:
            return JSONResponse({"ok": False, "error": "invalid_url"}, 404)
        refusal = url.refusal()
        if refusal is not None:
            return JSONResponse({"ok": False, "error": refusal}, 404)
        try:
            body = json.loads(await request.body())
        except ValueError:
            return PlainTextResponse("invalid_payload", 400)
        if not isinstance(body, dict):
            return PlainTextResponse("invalid_payload", 400)
        blocks = body.get("blocks")
        problems = check_blocks(blocks, "message") if blocks else []
        if problems:
            refused = SlackError("invalid_blocks", problems)
            return JSONResponse(refused.body(), 400)
        error = self._answer(url, body)
        if error is not None:
            return JSONResponse({"ok": False, "error": error}, 404 if error == "message_not_found" else 500)
        self._world.urls.count(url)
        return PlainTextResponse("ok")

    def _answer(self, url: ResponseUrl, body: Json) -> str | None:
        """Carry out what a response_url was posted; returns Slack's error name or None."""
        original = self._world.messages.get(url.channel, url.message_ts) if url.message_ts else None
        if _true(body.get("delete_original")):
            if original is None:
                return "message_not_found"
            self._world.remove(original)
            return None
        text, blocks, attachments = str(body.get("text") or ""), body.get("blocks"), body.get("attachments")
        if not text and not blocks and not attachments:
            return "no_text"
        if len(text) > 40_000:
            return "msg_too_long"
        if _true(body.get("replace_original")) and url.message_ts is not None:
            if original is None:
                return "message_not_found"
            self._world.rewrite(
                original, text=text, blocks=blocks or [], attachments=attachments or [], edited=not original.ephemeral
            )
            return None
        thread = body.get("thread_ts") or url.thread_ts
        self._world.post(
            channel=url.channel,
            user=BOT_USER,
            text=text,
            blocks=blocks,
            attachments=attachments,
            thread_ts=str(thread) if thread else None,
            only_for=None if body.get("response_type") == "in_channel" else url.user,
            metadata=body.get("metadata"),
        )
        return None


def _true(value: object) -> bool:
    return value is True or str(value).lower() == "true"


def _api_test(arguments: Arguments) -> Json:
    error = arguments.text("error")
    return {"ok": False, "error": error} if error else {"ok": True, "args": {}}
