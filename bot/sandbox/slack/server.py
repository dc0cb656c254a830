"""The Slack workspace as one part of the sandbox: its routes, its start, stop and reset."""

from os import PathLike, stat_result
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.types import Scope
from starlette.websockets import WebSocket

from bot.sandbox.activity import Activity
from bot.sandbox.clock import Clock
from bot.sandbox.slack.api import ApiDoor
from bot.sandbox.slack.workspace import WorkspaceDoor
from bot.sandbox.slack.world import Tokens, World

PAGE = Path(__file__).parent / "page"


class PageFiles(StaticFiles):
    """The page's files. Browsers ask each time: an upgrade must not mix old modules with new ones."""

    def file_response(
        self, full_path: str | PathLike[str], stat_result: stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """The file, or 304, marked to be asked for anew."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        response.headers["Cache-Control"] = "no-cache"
        return response


class SlackServer:
    """A Slack workspace for an unchanged Bolt app.

    `origin` is where this server is reached (`http://127.0.0.1:3000`), `app_url` where the app takes requests unless
    it is connected by Socket Mode, `data` a folder for its state (None: memory only).
    """

    def __init__(
        self,
        *,
        clock: Clock,
        activity: Activity,
        origin: str,
        app_url: str,
        data: Path | None = None,
        signing_secret: str = "sandbox-secret",
        bot_token: str = "xoxb-sandbox",
        app_token: str = "xapp-sandbox",
    ) -> None:
        tokens = Tokens(signing_secret, bot_token, app_token)
        self.world = World(clock=clock, activity=activity, origin=origin, app_url=app_url, data=data, tokens=tokens)
        self.routes: list[BaseRoute] = [
            *ApiDoor(self.world).routes,
            *WorkspaceDoor(self.world).routes,
            WebSocketRoute("/slack/ws", self._socket),
            Route("/slack/permalinks/{channel}/{stamp}", self._permalink, methods=["GET"]),
            Route("/", self._page, methods=["GET"]),
            Mount("/page", PageFiles(directory=PAGE, check_dir=False)),
        ]

    async def _socket(self, socket: WebSocket) -> None:
        await self.world.sockets.serve(socket)

    async def _page(self, request: Request) -> Response:
        return FileResponse(PAGE / "index.html", headers={"Cache-Control": "no-cache"})

    async def _permalink(self, request: Request) -> Response:
        digits = request.path_params["stamp"].removeprefix("p")
        ts = f"{digits[:-6]}.{digits[-6:]}"
        return RedirectResponse(f"/?channel={request.path_params['channel']}&ts={ts}", 302)

    async def start(self) -> None:
        """Begin to deliver; events that were due when the last run ended are taken up."""
        await self.world.deliveries.start()

    async def stop(self) -> None:
        """Stop delivering, close sockets and pages' streams, let go of the files."""
        self.world.stream.close()
        await self.world.deliveries.stop()
        await self.world.sockets.close()
        self.world.journal.close()

    async def settle(self) -> None:
        """Give up every delivery under way, for good."""
        await self.world.deliveries.abandon()

    def reset(self) -> None:
        """Back to the seed; ids and timestamps go on."""
        self.world.reset()
