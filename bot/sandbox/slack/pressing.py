"""What people do by pressing and choosing, on messages and views."""

from typing import Any

from bot.sandbox.slack import payloads
from bot.sandbox.slack.choosing import chosen
from bot.sandbox.slack.elements import (
    BUTTONS,
    CHOICES,
    STATEFUL,
    TEXTS,
    NotPossible,
    Place,
    options,
    pick_loosely,
    words,
)
from bot.sandbox.slack.journal import Json
from bot.sandbox.slack.people import BOT_NAME
from bot.sandbox.slack.surface import Surface, as_read
from bot.sandbox.slack.world import World


class Pressing:
    """Clicks, choices and shortcuts, told to the app as Slack tells them."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def press(self, surface: Surface, place: Place, label: str, option: Any, value: Any) -> None:
        """Press or choose; the app hears of it unless it stands in an input block without `dispatch_action`.

        `option` is what the person reads, `value` an option's exact value (what a page knows). Raises `NotPossible`.
        """
        if place.kind in BUTTONS:
            self._tell(surface, payloads.action_object(place, None, None))
            return
        if place.kind == "feedback_buttons":
            self._tell(surface, payloads.action_object(place, None, _feedback(place, label, option, value)))
            return
        exact = option is None and value is not None
        wanted = value if exact else option
        if wanted is None and place.kind in CHOICES:
            wanted = label
        if wanted is None and place.kind == "datepicker":
            wanted = self._opened_on(surface, place)
        if wanted is None:
            raise NotPossible(f"{place.label!r} needs an option.")
        offered = await self.offered(surface, place, wanted, exact=exact)
        if place.kind == "overflow":
            matches = [o for o in offered if exact and o.get("value") == wanted]
            picked = matches[0] if matches else pick_loosely(offered, str(wanted))
            self._tell(surface, payloads.action_object(place, None, picked))
            return
        self._set(surface, place, wanted, offered, exact=exact, loose=True)

    def _opened_on(self, surface: Surface, place: Place) -> str:
        """The day a date picker's calendar opens on, which Enter takes: the chosen one, else today."""
        kept = surface.state()[place.block_id][place.action_id].get("selected_date")
        return kept or self._world.clock.now().astimezone(surface.user.zone()).date().isoformat()

    async def type_in(self, surface: Surface, place: Place, value: Any) -> None:
        """Somebody typed or chose in an input: `value` is text, or an option's value (or a list of them)."""
        if place.kind not in STATEFUL:
            raise NotPossible(f"Nothing can be typed or chosen in a {place.kind}.")
        offered = await self.offered(surface, place, value, exact=True)
        self._set(surface, place, value, offered, exact=place.kind not in TEXTS, loose=False)

    def _set(
        self, surface: Surface, place: Place, wanted: Any, offered: list[Json], *, exact: bool, loose: bool
    ) -> None:
        after = chosen(
            place,
            surface.state()[place.block_id][place.action_id],
            wanted,
            viewer=surface.user,
            directory=self._world.directory,
            offered=offered,
            exact=exact,
            loose=loose,
        )
        surface.keep(place, after)
        if not place.in_input or place.block.get("dispatch_action"):
            self._tell(surface, payloads.action_object(place, after, None))

    def _tell(self, surface: Surface, action: Json) -> None:
        payload = payloads.block_actions(
            surface.user,
            action,
            trigger_id=surface.trigger(),
            response_url=surface.response_url(),
            state=surface.state(),
            where=surface.where(),
        )
        self._world.deliveries.spawn(self._clicked(surface, payload))

    async def _clicked(self, surface: Surface, payload: Json) -> None:
        ack = await self._world.deliveries.interaction(payload)
        if ack.failure is None:
            return
        error = "operation_timeout" if "timeout" in ack.failure else "dispatch_failed"
        self._world.fail(
            surface.user,
            f"{BOT_NAME.title()} did not respond ({error}). Try again?",
            surface.channel,
            surface.view,
            surface.message.thread_ts if surface.message else None,
        )

    async def offered(self, surface: Surface, place: Place, wanted: Any, *, exact: bool) -> list[Json]:
        """The options at hand for what a person wants: those listed, or what the app suggests for it."""
        if not place.kind.endswith("external_select"):
            return options(place.element)
        first = wanted[0] if isinstance(wanted, list) and wanted else wanted
        return await self.suggestions(surface, place, "" if exact or not isinstance(first, str) else first)

    async def suggestions(self, surface: Surface, place: Place, query: str) -> list[Json]:
        """What the app offers in an external select for what was typed."""
        payload = payloads.block_suggestion(surface.user, place, query, surface.where())
        ack = await self._world.deliveries.spawn(self._world.deliveries.interaction(payload))
        body = ack.body or {}
        found = options({"options": body.get("options"), "option_groups": body.get("option_groups")})
        return [option for option in found if isinstance(option, dict)]

    def shortcut(self, surface: Surface, callback_id: str) -> None:
        """A global shortcut, or one on a message."""
        told, extra = None, None
        if surface.message is not None:
            told = surface.message_object()
            channel = self._world.directory.label(surface.message.channel)
            extra = {"channel": channel, "response_url": surface.response_url()}
        payload = payloads.shortcut(surface.user, callback_id, surface.trigger(), message=told, extra=extra)
        self._world.deliveries.spawn(self._clicked(surface, payload))


def _feedback(place: Place, label: str, option: Any, value: Any) -> Json:
    """Which of the two feedback buttons was pressed."""
    both: list[Json] = [place.element["positive_button"], place.element["negative_button"]]
    for button in both:
        if value is not None and button.get("value") == value:
            return button
    read = as_read(str(option or label))
    return next((button for button in both if as_read(words(button.get("text"))) == read), both[0])
