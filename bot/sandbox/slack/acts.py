"""What people do in the workspace: write, press, choose, submit, close, open."""

from dataclasses import dataclass
from typing import Any

from bot.sandbox.slack import payloads
from bot.sandbox.slack.choosing import chosen, complaint
from bot.sandbox.slack.delivery import Ack
from bot.sandbox.slack.elements import (
    BUTTONS,
    CHOICES,
    MULTI,
    STATEFUL,
    TEXTS,
    NotPossible,
    Place,
    current,
    options,
    pick_loosely,
    walk,
    words,
)
from bot.sandbox.slack.journal import Json
from bot.sandbox.slack.messages import Message
from bot.sandbox.slack.people import BOT_NAME, BOT_USER, COMMANDS, User
from bot.sandbox.slack.plain import plain_words
from bot.sandbox.slack.validation import check_blocks, check_view
from bot.sandbox.slack.views import View, ViewRefused
from bot.sandbox.slack.world import World

TROUBLE = "We had some trouble connecting. Try again?"


@dataclass(frozen=True)
class Surface:
    """Where something is pressed: a message or a view, as this person sees it."""

    message: Message | None = None
    view: View | None = None

    @property
    def blocks(self) -> list[Json]:
        """What is shown there."""
        if self.view is not None:
            return self.view.blocks
        assert self.message is not None
        return [*self.message.blocks, *(b for a in self.message.attachments for b in a.get("blocks") or [])]


class People:
    """The acts of people, told to the app as Slack tells them."""

    def __init__(self, world: World) -> None:
        self._world = world

    # -- writing ------------------------------------------------------------------------------------------------

    def say(self, user: User, channel: str, text: str, thread_ts: str | None) -> Message:
        """Somebody writes; the bot hears of it in its DM, and in channels when it is mentioned."""
        world = self._world
        if thread_ts is not None:
            root = world.messages.get(channel, thread_ts)
            if root is None or root.ephemeral:
                raise NotPossible(f"There is no message {thread_ts} to reply to.")
            thread_ts = root.thread_ts or root.ts
        stored = world.directory.mentions(text)
        message = world.post(channel=channel, user=user.id, text=stored, thread_ts=thread_ts)
        event_id = world.stamps.id("Ev")
        client_id = world.stamps.secret()
        if channel == user.dm:
            event = payloads.message_event(message, client_id)
        elif f"<@{BOT_USER}>" in stored:
            event = payloads.mention_event(message, client_id)
        else:
            return message
        world.deliveries.event(payloads.event_callback(event, event_id))
        return message

    def command(self, user: User, channel: str, command: str, text: str) -> None:
        """Somebody sends a slash command."""
        if not any(known["command"] == command for known in COMMANDS):
            raise NotPossible(f"{command} is not a command here.")
        world = self._world
        place = self._channel_object(channel, dm_name="directmessage")
        form = payloads.command_form(
            user,
            command=command,
            text=world.directory.mentions(text, labelled=True),
            channel=place,
            response_url=world.urls.give(user.id, channel),
            trigger_id=world.views.trigger(user, channel=channel),
        )
        world.deliveries.spawn(self._command(user, channel, command, form))

    async def _command(self, user: User, channel: str, command: str, form: dict[str, str]) -> None:
        ack = await self._world.deliveries.command(form)
        if ack.failure is not None:
            error = "operation_timeout" if "timeout" in ack.failure else "dispatch_failed"
            self._world.fail(user, f'{command} failed with the error "{error}": {BOT_NAME} did not respond.', channel)
            return
        body: Json = ack.body if ack.body is not None else ({"text": ack.text} if ack.text.strip() else {})
        if not body.get("text") and not body.get("blocks"):
            return
        if body.get("blocks") and check_blocks(body["blocks"], "message"):
            self._world.fail(user, f'{command} failed with the error "invalid_blocks".', channel)
            return
        self._world.post(
            channel=channel,
            user=BOT_USER,
            text=str(body.get("text") or ""),
            blocks=body.get("blocks"),
            attachments=body.get("attachments"),
            only_for=None if body.get("response_type") == "in_channel" else user.id,
        )

    def react(self, user: User, message: Message, name: str, *, remove: bool) -> None:
        """Somebody adds or takes back a reaction."""
        change_reaction(message, user.id, name, remove=remove)
        self._world.messages.save(message)
        self._world.tell(message)

    def open_messages(self, user: User) -> None:
        """Somebody opens the DM with the bot."""
        self._opened(user, "messages")

    def open_home(self, user: User) -> None:
        """Somebody opens the bot's Home tab."""
        self._opened(user, "home")

    def _opened(self, user: User, tab: str) -> None:
        home = self._world.views.homes.get(user.id)
        event = payloads.home_event(user, tab, home.output() if home else None, self._world.stamps.ts())
        self._world.deliveries.event(payloads.event_callback(event, self._world.stamps.id("Ev")))

    # -- pressing -----------------------------------------------------------------------------------------------

    def find(self, user: User, surface: Surface, *, label: str = "", block_id: str = "", action_id: str = "") -> Place:
        """The element a person means; of equal labels the first. Raises `NotPossible`."""
        places = [
            place for place in walk(surface.blocks) if user.id in place.element.get("visible_to_user_ids", [user.id])
        ]
        if action_id or block_id:
            for place in places:
                if action_id in ("", place.action_id) and block_id in ("", place.block_id):
                    return place
            raise NotPossible(f"There is no element with the action id {action_id!r}.")
        for same in (_as_written, _as_read):
            for place in places:
                if any(same(name) == same(label) for name in _names(place)):
                    return place
        raise NotPossible(f"There is nothing called {label!r} to press here.")

    async def press(self, user: User, surface: Surface, place: Place, label: str, option: Any, value: Any) -> None:
        """Press or choose; the app hears of it unless it stands in an input block without `dispatch_action`."""
        exact = option is None and value is not None
        wanted = value if exact else option
        if place.kind in BUTTONS:
            self._act(user, surface, place, payloads.action_object(place, None, None))
            return
        if place.kind == "feedback_buttons":
            both = (place.element["positive_button"], place.element["negative_button"])
            picked = next(
                (
                    b
                    for b in both
                    if wanted == b.get("value") or _as_read(words(b["text"])) == _as_read(str(option or label))
                ),
                both[0],
            )
            self._act(user, surface, place, payloads.action_object(place, None, picked))
            return
        if wanted is None and place.kind in CHOICES:
            wanted, exact = label, False
        if wanted is None and place.kind not in STATEFUL:
            raise NotPossible(f"{place.label!r} needs an option.")
        if wanted is None and value is None:
            raise NotPossible(f"{place.label!r} needs an option.")
        offered = await self._offered(user, surface, place, wanted, exact)
        if place.kind == "overflow":
            picked = next((o for o in offered if exact and o.get("value") == wanted), None) or pick_loosely(
                offered, str(wanted)
            )
            self._act(user, surface, place, payloads.action_object(place, None, picked))
            return
        self._set(user, surface, place, wanted, offered, exact=exact, loose=True)

    def _set(
        self, user: User, surface: Surface, place: Place, wanted: Any, offered: list[Json], *, exact: bool, loose: bool
    ) -> None:
        before = self._state(user, surface)[place.block_id][place.action_id]
        after = chosen(
            place,
            before,
            wanted,
            viewer=user,
            directory=self._world.directory,
            offered=offered,
            exact=exact,
            loose=loose,
        )
        self._keep(user, surface, place, after)
        if not place.in_input or place.block.get("dispatch_action"):
            self._act(user, surface, place, payloads.action_object(place, after, None))

    async def type_in(self, user: User, view: View, place: Place, value: Any) -> None:
        """Somebody typed or chose in an input: `value` is text, or an option's value (or a list of them)."""
        surface = Surface(view=view)
        offered = await self._offered(user, surface, place, value, exact=True)
        self._set(user, surface, place, value, offered, exact=place.kind not in TEXTS, loose=False)

    def _state(self, user: User, surface: Surface) -> dict[str, dict[str, Json]]:
        if surface.view is not None:
            return surface.view.values()
        assert surface.message is not None
        return current(surface.blocks, surface.message.chosen.get(user.id, {}))

    def _keep(self, user: User, surface: Surface, place: Place, value: Json) -> None:
        if surface.view is not None:
            surface.view.state.setdefault(place.block_id, {})[place.action_id] = value
            self._world.views.save(user.id)
            self._world.stream.changed("home" if surface.view.type == "home" else "views", audience=user.id)
        elif surface.message is not None:
            mine = surface.message.chosen.setdefault(user.id, {})
            mine.setdefault(place.block_id, {})[place.action_id] = value
            self._world.messages.save(surface.message)
            self._world.tell(surface.message)

    def _act(self, user: User, surface: Surface, place: Place, action: Json) -> None:
        payload = payloads.block_actions(
            user,
            action,
            trigger_id=self._world.views.trigger(
                user,
                view=surface.view.id if surface.view else None,
                channel=surface.message.channel if surface.message else surface.view.channel if surface.view else None,
            ),
            response_url=self._response_url(user, surface),
            state=self._state(user, surface),
            where=self._where(surface),
        )
        self._world.deliveries.spawn(self._clicked(user, surface, payload))

    async def _clicked(self, user: User, surface: Surface, payload: Json) -> None:
        ack = await self._world.deliveries.interaction(payload)
        if ack.failure is None:
            return
        error = "operation_timeout" if "timeout" in ack.failure else "dispatch_failed"
        message = surface.message
        self._world.fail(
            user,
            f"{BOT_NAME.title()} did not respond ({error}). Try again?",
            message.channel if message else None,
            surface.view,
            message.thread_ts if message else None,
        )

    def _response_url(self, user: User, surface: Surface) -> str:
        message = surface.message
        if message is None:
            return ""
        return self._world.urls.give(user.id, message.channel, message.ts, message.thread_ts)

    def _where(self, surface: Surface) -> Json:
        if surface.view is not None:
            return {"container": {"type": "view", "view_id": surface.view.id}, "view": surface.view.output()}
        message = surface.message
        assert message is not None
        container: Json = {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": message.channel,
            "is_ephemeral": message.ephemeral,
        }
        if message.thread_ts:
            container["thread_ts"] = message.thread_ts
        where: Json = {"container": container, "channel": self._channel_object(message.channel, "directmessage")}
        if not message.ephemeral:
            replies = self._world.messages.replies(message.channel, message.ts)
            where["message"] = payloads.message_object(message, replies)
        return where

    def _channel_object(self, channel: str, dm_name: str) -> Json:
        found = self._world.directory.channel(channel)
        return {"id": channel, "name": found.name if found else dm_name}

    async def _offered(self, user: User, surface: Surface, place: Place, wanted: Any, exact: bool) -> list[Json]:
        if not place.kind.endswith("external_select"):
            return options(place.element)
        if exact:
            return await self.suggestions(user, surface, place, "")
        query = str(wanted[0] if isinstance(wanted, list) and wanted else wanted or "")
        return await self.suggestions(user, surface, place, query)

    async def suggestions(self, user: User, surface: Surface, place: Place, query: str) -> list[Json]:
        """What the app offers in an external select for what was typed."""
        ack = await self._world.deliveries.interaction(
            payloads.block_suggestion(user, place, query, self._where(surface))
        )
        body = ack.body or {}
        found = options({"options": body.get("options"), "option_groups": body.get("option_groups")})
        return [option for option in found if isinstance(option, dict)]

    # -- modals -------------------------------------------------------------------------------------------------

    async def submit(self, user: User, view: View, values: Json, state: Json) -> dict[str, str]:
        """Submit a modal: label -> complaint, empty when it went through."""
        if view is not self._world.views.top(user.id):
            raise NotPossible("This view is not on top.")
        refused = await self._fill(user, view, values, state)
        places = {place.block_id: place for place in walk(view.blocks) if place.in_input}
        if not refused:
            held = view.values()
            for place in places.values():
                sentence = complaint(place, held[place.block_id][place.action_id])
                if sentence:
                    refused[place.block_id] = sentence
        view.note = ""
        view.errors = {block: sentence for block, sentence in refused.items() if block in places}
        if not refused:
            trigger = self._world.views.trigger(user, view=view.id, channel=view.channel)
            payload = payloads.view_submission(user, view.output(), trigger)
            ack = await self._world.deliveries.spawn(self._world.deliveries.interaction(payload))
            refused = self._answered(user, view, ack)
        self._world.views.save(user.id)
        self._world.stream.changed("views", audience=user.id)
        labels = {block: words(place.block.get("label")) for block, place in places.items()}
        return {labels.get(block, block): sentence for block, sentence in refused.items()}

    async def _fill(self, user: User, view: View, values: Json, state: Json) -> dict[str, str]:
        refused: dict[str, str] = {}
        places = [place for place in walk(view.blocks) if place.in_input]
        for place in places:
            given = state.get(place.block_id, {}).get(place.action_id)
            if isinstance(given, dict):
                view.state.setdefault(place.block_id, {})[place.action_id] = {**given, "type": place.kind}
        for label, wanted in values.items():
            place = next((p for p in places if words(p.block.get("label")) == label), None)  # type: ignore[assignment]
            if place is None:
                refused[label] = "There is no such input here."
                continue
            held = view.values()[place.block_id][place.action_id]
            try:
                offered = await self._offered(user, Surface(view=view), place, wanted, exact=False)
                after = chosen(
                    place,
                    held,
                    wanted,
                    viewer=user,
                    directory=self._world.directory,
                    offered=offered,
                    loose=place.kind.endswith("external_select"),
                    whole=place.kind in (*MULTI, "checkboxes"),
                )
            except NotPossible as problem:
                refused[place.block_id] = str(problem)
                continue
            view.state.setdefault(place.block_id, {})[place.action_id] = after
        return refused

    def _answered(self, user: User, view: View, ack: Ack) -> dict[str, str]:
        views = self._world.views
        if ack.failure is not None:
            view.note = TROUBLE
            return {words(view.title): TROUBLE}
        answer = ack.body or {}
        action = answer.get("response_action")
        if action == "errors":
            errors = answer.get("errors") or {}
            blocks = {str(block.get("block_id")) for block in view.blocks if block.get("type") == "input"}
            if not errors or not set(errors) <= blocks:
                view.note = TROUBLE
                return {words(view.title): TROUBLE}
            view.errors = {str(block): str(sentence) for block, sentence in errors.items()}
            return dict(view.errors)
        if action == "clear":
            views.clear(user.id)
        elif action in ("update", "push"):
            given = answer.get("view")
            if not isinstance(given, dict) or check_view(given):
                view.note = TROUBLE
                return {words(view.title): TROUBLE}
            try:
                if action == "update":
                    views.update(view, given)
                else:
                    views.push_on(user.id, given)
            except ViewRefused:
                view.note = TROUBLE
                return {words(view.title): TROUBLE}
        else:
            views.close(view)
        return {}

    def close(self, user: User, view: View, *, everything: bool) -> None:
        """Close the top modal, or the whole stack (`everything`, or the view's `clear_on_close`)."""
        views = self._world.views
        everything = everything or view.clear_on_close
        closed = views.clear(user.id) if everything else [view]
        if not everything:
            views.close(view)
        for gone in closed:
            if gone.notify_on_close:
                payload = payloads.view_closed(user, gone.output(), is_cleared=everything)
                self._world.deliveries.spawn(self._world.deliveries.interaction(payload))
        self._world.stream.changed("views", audience=user.id)

    def shortcut(self, user: User, callback_id: str, message: Message | None) -> None:
        """A global shortcut, or one on a message."""
        trigger = self._world.views.trigger(user, channel=message.channel if message else None)
        told, extra = None, None
        if message is not None:
            told = payloads.message_object(message, self._world.messages.replies(message.channel, message.ts))
            extra = {
                "channel": self._channel_object(message.channel, "directmessage"),
                "response_url": self._world.urls.give(user.id, message.channel, message.ts, message.thread_ts),
            }
        payload = payloads.shortcut(user, callback_id, trigger, message=told, extra=extra)
        surface = Surface(message=message)
        self._world.deliveries.spawn(self._clicked(user, surface, payload))


def change_reaction(message: Message, user_id: str, name: str, *, remove: bool) -> bool:
    """Add or take back a reaction; False if nothing changed."""
    entry = next((reaction for reaction in message.reactions if reaction["name"] == name), None)
    if remove:
        if entry is None or user_id not in entry["users"]:
            return False
        entry["users"].remove(user_id)
        if not entry["users"]:
            message.reactions.remove(entry)
        return True
    if entry is None:
        entry = {"name": name, "users": []}
        message.reactions.append(entry)
    if user_id in entry["users"]:
        return False
    entry["users"].append(user_id)
    return True


def _names(place: Place) -> list[str]:
    """Everything an element answers to."""
    names = [place.label]
    if place.in_input:
        names.append(words(place.block.get("label")))
    if place.kind in CHOICES:
        names += [words(option.get("text")) for option in options(place.element)]
    if place.kind == "feedback_buttons":
        names = [words(place.element[name]["text"]) for name in ("positive_button", "negative_button")]
    return names


def _as_written(name: str) -> str:
    return name


def _as_read(name: str) -> str:
    return plain_words(" ".join(name.split())).casefold()
