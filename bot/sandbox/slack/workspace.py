"""`/workspace/...`: the workspace as its people use it. The page and scripts drive it alike; JSON in, JSON out.

Users and channels are given by name or id: `ann`, `U...`; `#support`, `support`, `C...`; `@slotwise` (or
`slotwise`) is the acting person's DM with the bot. `viewer` (ann if left out) and `user` name the acting person.
Refusals answer 4xx with `{"error": "a sentence"}`. All times that people see are in the viewer's zone; `ts` follows
the sandbox clock.

Reading
-------
`GET /workspace/state?viewer=ann` -> `{"now": ISO, "viewer": USER, "users": [USER], "bot": {"id", "bot_id", "name",
"real_name"}, "channels": [{"id", "name", "topic"}], "dms": [{"id", "name": "slotwise", "user": bot's user id}],
"commands": [{"command", "description", "usage_hint"}], "prompts": {"title": str | null, "prompts": [{"title",
"message"}]}}` with USER `{"id", "name", "real_name", "tz", "tz_label", "tz_offset" (seconds), "email" | null,
"colour": "#rrggbb"}`. `prompts` are the suggested prompts of the viewer's DM with the bot.

`GET /workspace/messages?viewer=&channel=[&thread_ts=]` -> `{"messages": [MESSAGE], "status": [STATUS]}`, oldest
first, replies included; with `thread_ts` only that thread, its root first. MESSAGE: `{"ts", "user" (id), "name" (of
the author), "bot": bool, "text" (mrkdwn as stored), "blocks": [...], "attachments": [...], "thread_ts" | null (null
on a root), "ephemeral": bool, "plain", "edited": bool, "reactions": [{"name", "users": [id]}], "reply_count",
"reply_users": [id], "latest_reply": ts | null, "streaming": bool, "markdown": bool (`text` is
standard Markdown), "broadcast": bool (a reply also shown in the channel), "state": {block_id: {action_id: VALUE}}}`.
`state` holds what this viewer has chosen in the message's selects and pickers; VALUE is Slack's state value
(`{"type", "selected_option"| "selected_date"| "value"...}`). STATUS: `{"thread_ts" | null, "status": str,
"loading_messages": [str]}`: the bot's working indicator, gone when it posts.

`GET /workspace/views?viewer=` -> `{"modal": null | MODAL, "home": null | {"view_id", "plain", "blocks", "state"}}`;
MODAL: `{"view_id", "title", "plain", "inputs": [{"label", "type", "required", "options"?, "block_id", "action_id",
"value"}], "submit": str | null, "close": str, "blocks", "state", "depth": 1..3, "errors": {block_id: text},
"note"}`. `note` (of Home too) is Slack's own line that the app did not answer.

`GET /workspace/options?viewer=&(channel=&ts= | view_id=)&block_id=&action_id=&query=` -> `{"options": [OPTION],
"option_groups": [...]}`: what an external select offers now (asks the app), or a users / channels / conversations
select.

`GET /workspace/stream?viewer=` -> Server-Sent Events. `event: changed`, data `{"what": "messages" | "views" |
"home" | "status" | "prompts" | "state" | "reset", "channel": id | null, "thread_ts": ts | null}`: fetch that again
(`reset`: all of it). `event: status`, data `{"channel", "thread_ts", "status", "loading_messages"}`; `event:
failure`, data `{"sentence", "channel" | null, "ts" | null, "view_id" | null}`: Slack's own note that the app did
not answer. A comment line every 15 s.

Acting
------
`POST /workspace/messages` `{"user", "channel", "text", "thread_ts"?}` -> `{"ts"}`. `@slotwise`, `@bailey`,
`#support` in the text become mentions.
`POST /workspace/commands` `{"user", "channel", "command": "/slotwise", "text"}` -> `{}`.
`POST /workspace/press` `{"user", ("label" | "action_id" | "block_id" + "action_id"), ("channel", "ts" | "view_id"),
"option"?}` -> `{}`. `option`: an option's text, a date `YYYY-MM-DD`, a time `HH:MM`, a person's name; a list for
the multi kinds and checkboxes. The page may give `"value"` instead: an option's value (or a list of them), exact.
`label` may be the modal's own submit or close button: then the answer is that of `views/submit` / `views/close`.
`POST /workspace/views/submit` `{"user", "view_id", "values": {label: text | [texts] | true}}` -> `{}` | `{"errors":
{label: text}}`; the page may give `"state": {block_id: {action_id: VALUE}}` too; inputs named in neither keep their
values.
`POST /workspace/views/input` `{"user", "view_id", "block_id", "action_id", "value"}` -> `{}`: somebody typed or
chose in an input (kept as its current value; an input with `dispatch_action` tells the app). `value`: text, an
option's value, a list of those, a date, a time, null to empty.
`POST /workspace/views/close` `{"user", "view_id", "all"?: bool}` -> `{}`: the modal's X or its close button.
`POST /workspace/open` `{"user", "channel"}` -> `{}`: the person looks at a conversation (a DM: `app_home_opened`,
tab messages). `POST /workspace/home` `{"user"}` -> `{}`: opens the Home tab (`app_home_opened`, tab home).
`POST /workspace/reactions` `{"user", "channel", "ts", "name", "remove"?: bool}` -> `{}`.
`POST /workspace/shortcuts` `{"user", "callback_id", ("channel", "ts")?}` -> `{}`: a global or a message shortcut.
`POST /workspace/users` `{"user", "email"?: str | null, "tz"?, "real_name"?, "locale"?, "team_id"?, "deleted"?: bool}`
-> USER: changes a profile until the next reset (another `team_id` makes a Slack Connect stranger).
`POST /workspace/membership` `{"channel", "bot": bool}` -> `{}`: takes the bot out of a public channel, or back in.
`POST /workspace/sockets/refresh` -> `{}`: ask every Socket Mode app to connect anew, as Slack does now and then.
"""

from collections.abc import Awaitable, Callable
from typing import Any
from zoneinfo import ZoneInfoNotFoundError

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from bot.sandbox.slack.choosing import choices
from bot.sandbox.slack.elements import NotPossible
from bot.sandbox.slack.journal import Json
from bot.sandbox.slack.modals import Modals
from bot.sandbox.slack.people import Unknown, User
from bot.sandbox.slack.pressing import Pressing
from bot.sandbox.slack.shapes import message_shape, state_shape, user_shape, view_shape
from bot.sandbox.slack.surface import Surface
from bot.sandbox.slack.views import View
from bot.sandbox.slack.wishes import Refused, json_body, same_origin
from bot.sandbox.slack.world import World
from bot.sandbox.slack.writing import Writing

Handler = Callable[[Request], Awaitable[Response]]


class WorkspaceDoor:
    """The routes of `/workspace/...` that concern Slack."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._writing = Writing(world)
        self._pressing = Pressing(world)
        self._modals = Modals(world, self._pressing)
        self.routes: list[BaseRoute] = [
            self._route("/workspace/state", self._state, "GET"),
            self._route("/workspace/messages", self._messages, "GET"),
            self._route("/workspace/messages", self._say, "POST"),
            self._route("/workspace/views", self._views, "GET"),
            self._route("/workspace/options", self._options, "GET"),
            self._route("/workspace/stream", self._follow, "GET"),
            self._route("/workspace/commands", self._command, "POST"),
            self._route("/workspace/press", self._press, "POST"),
            self._route("/workspace/views/submit", self._submit, "POST"),
            self._route("/workspace/views/input", self._input, "POST"),
            self._route("/workspace/views/close", self._close, "POST"),
            self._route("/workspace/open", self._open, "POST"),
            self._route("/workspace/home", self._home, "POST"),
            self._route("/workspace/reactions", self._react, "POST"),
            self._route("/workspace/shortcuts", self._shortcut, "POST"),
            self._route("/workspace/users", self._change_user, "POST"),
            self._route("/workspace/membership", self._membership, "POST"),
            self._route("/workspace/sockets/refresh", self._refresh, "POST"),
        ]

    def _route(self, path: str, handler: Handler, method: str) -> Route:
        async def guarded(request: Request) -> Response:
            try:
                same_origin(request)
                return await handler(request)
            except Refused as refused:
                return JSONResponse({"error": str(refused)}, refused.status)
            except Unknown as unknown:
                return JSONResponse({"error": str(unknown)}, 404)
            except NotPossible as problem:
                return JSONResponse({"error": str(problem)}, 400)

        return Route(path, guarded, methods=[method])

    # -- reading --

    async def _state(self, request: Request) -> Response:
        return JSONResponse(state_shape(self._world, self._viewer(request)))

    async def _messages(self, request: Request) -> Response:
        viewer = self._viewer(request)
        channel = self._world.directory.conversation(request.query_params.get("channel"), viewer)
        thread = request.query_params.get("thread_ts")
        seen = self._world.messages.seen(channel, viewer.id)
        if thread:
            seen = [message for message in seen if thread in (message.ts, message.thread_ts)]
        shapes = [message_shape(self._world, message, viewer) for message in seen]
        return JSONResponse({"messages": shapes, "status": self._world.statuses(channel)})

    async def _views(self, request: Request) -> Response:
        viewer = self._viewer(request)
        modal, home = self._world.views.top(viewer.id), self._world.views.homes.get(viewer.id)
        return JSONResponse(
            {
                "modal": view_shape(self._world, modal, viewer) if modal else None,
                "home": view_shape(self._world, home, viewer) if home else None,
            }
        )

    async def _options(self, request: Request) -> Response:
        viewer = self._viewer(request)
        query = dict(request.query_params)
        surface = self._surface(viewer, query)
        place = surface.find(block_id=query.get("block_id", ""), action_id=query.get("action_id", ""))
        if place.kind.endswith("external_select"):
            found = await self._pressing.suggestions(surface, place, query.get("query", ""))
        else:
            found = choices(place, self._world.directory)
        return JSONResponse({"options": found})

    async def _follow(self, request: Request) -> Response:
        viewer = self._viewer(request)
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(self._world.stream.follow(viewer.id), 200, headers, "text/event-stream")

    # -- acting --

    async def _say(self, request: Request) -> Response:
        body = await json_body(request)
        user = self._actor(body)
        channel = self._world.directory.conversation(body.get("channel"), user)
        text = body.get("text")
        if not isinstance(text, str) or not text.strip():
            raise Refused(400, "A message needs a text.")
        thread = body.get("thread_ts")
        message = self._writing.say(user, channel, text, str(thread) if thread else None)
        return JSONResponse({"ts": message.ts, "channel": channel})

    async def _command(self, request: Request) -> Response:
        body = await json_body(request)
        user = self._actor(body)
        channel = self._world.directory.conversation(body.get("channel"), user)
        self._writing.command(user, channel, str(body.get("command", "")), str(body.get("text") or ""))
        return JSONResponse({})

    async def _press(self, request: Request) -> Response:
        body = await json_body(request)
        user = self._actor(body)
        surface = self._surface(user, body)
        label = str(body.get("label") or "")
        block_id, action_id = str(body.get("block_id") or ""), str(body.get("action_id") or "")
        try:
            place = surface.find(label=label, block_id=block_id, action_id=action_id)
        except NotPossible:
            view = surface.view
            shape = view_shape(self._world, view, user) if view is not None and view.type == "modal" else {}
            if view is not None and label and label == shape.get("submit"):
                return _submitted(await self._modals.submit(user, view, {}, {}))
            if view is not None and label and label == shape.get("close"):
                self._modals.close(user, view, everything=False)
                return JSONResponse({})
            raise
        await self._pressing.press(surface, place, label, body.get("option"), body.get("value"))
        return JSONResponse({})

    async def _submit(self, request: Request) -> Response:
        body = await json_body(request)
        user = self._actor(body)
        view = self._view(user, body.get("view_id"))
        values, state = body.get("values") or {}, body.get("state") or {}
        if view.type != "modal" or not isinstance(values, dict) or not isinstance(state, dict):
            raise Refused(400, "Submitting takes a modal and values by label.")
        return _submitted(await self._modals.submit(user, view, values, state))

    async def _input(self, request: Request) -> Response:
        body = await json_body(request)
        user = self._actor(body)
        view = self._view(user, body.get("view_id"))
        surface = Surface(self._world, user, view=view)
        place = surface.find(block_id=str(body.get("block_id") or ""), action_id=str(body.get("action_id") or ""))
        await self._pressing.type_in(surface, place, body.get("value"))
        return JSONResponse({})

    async def _close(self, request: Request) -> Response:
        body = await json_body(request)
        user = self._actor(body)
        view = self._view(user, body.get("view_id"))
        if view.type != "modal":
            raise Refused(400, "A Home tab cannot be closed.")
        self._modals.close(user, view, everything=bool(body.get("all")))
        return JSONResponse({})

    async def _open(self, request: Request) -> Response:
        body = await json_body(request)
        user = self._actor(body)
        if self._world.directory.conversation(body.get("channel"), user) == user.dm:
            self._writing.open_messages(user)
        return JSONResponse({})

    async def _home(self, request: Request) -> Response:
        self._writing.open_home(self._actor(await json_body(request)))
        return JSONResponse({})

    async def _react(self, request: Request) -> Response:
        body = await json_body(request)
        user = self._actor(body)
        message = self._surface(user, body).message
        if message is None:
            raise Refused(404, "There is no such message.")
        self._writing.react(user, message, str(body.get("name", "")).strip(":"), remove=bool(body.get("remove")))
        return JSONResponse({})

    async def _shortcut(self, request: Request) -> Response:
        body = await json_body(request)
        user = self._actor(body)
        surface = self._surface(user, body) if body.get("ts") else Surface(self._world, user)
        self._pressing.shortcut(surface, str(body.get("callback_id", "")))
        return JSONResponse({})

    async def _change_user(self, request: Request) -> Response:
        body = await json_body(request)
        user = self._actor(body)
        profile = {name: body[name] for name in _PROFILE if name in body}
        for name, value in profile.items():
            if not _fits(name, value):
                raise Refused(400, f"{value!r} is no {name}.")
        try:
            changed = self._world.directory.change(user, **profile)
        except (ZoneInfoNotFoundError, ValueError, TypeError):
            raise Refused(400, f"There is no zone {body.get('tz')!r}.") from None
        self._world.stream.changed("state")
        return JSONResponse(user_shape(self._world, changed))

    async def _membership(self, request: Request) -> Response:
        body = await json_body(request)
        channel = self._world.directory.conversation(body.get("channel"), self._world.directory.users[0])
        if self._world.directory.channel(channel) is None or not isinstance(body.get("bot"), bool):
            raise Refused(400, "Membership takes a public channel and `bot`: true or false.")
        (self._world.directory.without_bot.discard if body["bot"] else self._world.directory.without_bot.add)(channel)
        return JSONResponse({})

    async def _refresh(self, request: Request) -> Response:
        await self._world.sockets.refresh()
        return JSONResponse({})

    # -- finding --

    def _viewer(self, request: Request) -> User:
        return self._world.directory.user(request.query_params.get("viewer", "ann"))

    def _actor(self, body: Json) -> User:
        return self._world.directory.user(body.get("user"))

    def _view(self, user: User, view_id: Any) -> View:
        view = self._world.views.get(str(view_id))
        if view is None or view.user != user.id:
            raise Refused(404, f"{user.name} has no view {view_id!r} open.")
        return view

    def _surface(self, user: User, query: Json) -> Surface:
        if query.get("view_id"):
            view = self._view(user, query["view_id"])
            if view.type == "modal" and view is not self._world.views.top(user.id):
                raise Refused(409, "Another view lies over this one.")
            return Surface(self._world, user, view=view)
        channel = self._world.directory.conversation(query.get("channel"), user)
        message = self._world.messages.get(channel, str(query.get("ts")))
        if message is None or message.only_for not in (None, user.id):
            raise Refused(404, f"{user.name} sees no message {query.get('ts')!r} there.")
        return Surface(self._world, user, message=message)


_PROFILE = ("email", "tz", "real_name", "locale", "team_id", "deleted")


def _fits(name: str, value: object) -> bool:
    if name == "deleted":
        return isinstance(value, bool)
    return (isinstance(value, str) and bool(value.strip())) or (name == "email" and value is None)


def _submitted(errors: dict[str, str]) -> Response:
    return JSONResponse({"errors": errors} if errors else {})
