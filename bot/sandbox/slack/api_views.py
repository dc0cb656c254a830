"""`views.*`: modals and Home tabs."""

from collections.abc import Awaitable, Callable

from bot.sandbox.slack.arguments import Arguments, SlackError
from bot.sandbox.slack.journal import Json
from bot.sandbox.slack.validation import check_view, view_too_large
from bot.sandbox.slack.views import View, ViewRefused
from bot.sandbox.slack.world import World

Method = Callable[[Arguments], Awaitable[Json]]


def view_methods(world: World) -> dict[str, Method]:
    """The methods by name."""
    views = ViewMethods(world)
    return {
        "views.open": views.open,
        "views.push": views.push,
        "views.update": views.update,
        "views.publish": views.publish,
    }


class ViewMethods:
    """The methods around views."""

    def __init__(self, world: World) -> None:
        self._world = world

    def _given(self, arguments: Arguments, kind: str) -> Json:
        view = arguments.structure("view", "invalid_arguments")
        if view is None:
            raise SlackError("invalid_arguments", ["[ERROR] missing required field: view"])
        if not isinstance(view, dict):
            raise SlackError("invalid_arguments", ["[ERROR] must be an object [json-pointer:/view]"])
        problems = check_view(view)
        if view.get("type") != kind:
            problems = [f"[ERROR] must be a valid {kind} view [json-pointer:/view/type]"]
        if problems:
            raise SlackError("invalid_arguments", problems)
        if view_too_large(view):
            raise SlackError("view_too_large")
        return view

    async def open(self, arguments: Arguments) -> Json:
        """`views.open`."""
        return self._triggered(arguments, self._world.views.open)

    async def push(self, arguments: Arguments) -> Json:
        """`views.push`."""
        return self._triggered(arguments, self._world.views.push)

    def _triggered(self, arguments: Arguments, act: Callable[[str, Json], View]) -> Json:
        trigger = arguments.text("trigger_id") or arguments.text("interactivity_pointer")
        given = self._given(arguments, "modal")
        try:
            view = act(trigger, given)
        except ViewRefused as refused:
            raise SlackError(str(refused)) from refused
        self._world.stream.changed("views", audience=view.user)
        return {"view": view.output()}

    async def update(self, arguments: Arguments) -> Json:
        """`views.update`."""
        views = self._world.views
        if arguments.text("view_id"):
            view = views.get(arguments.text("view_id"))
        elif arguments.text("external_id"):
            view = views.by_external(arguments.text("external_id"))
        else:
            raise SlackError("invalid_arguments", ["[ERROR] missing required field: view_id"])
        if view is None:
            raise SlackError("not_found")
        given = self._given(arguments, view.type)
        try:
            views.update(view, given, arguments.text("hash"))
        except ViewRefused as refused:
            raise SlackError(str(refused)) from refused
        self._world.stream.changed("home" if view.type == "home" else "views", audience=view.user)
        return {"view": view.output()}

    async def publish(self, arguments: Arguments) -> Json:
        """`views.publish`."""
        user = self._world.directory.by_id(arguments.needed("user_id"))
        if user is None:
            raise SlackError("user_not_found")
        given = self._given(arguments, "home")
        try:
            view = self._world.views.publish(user.id, given, arguments.text("hash"))
        except ViewRefused as refused:
            raise SlackError(str(refused)) from refused
        self._world.stream.changed("home", audience=user.id)
        return {"view": view.output()}
