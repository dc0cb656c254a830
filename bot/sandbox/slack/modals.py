"""What people do with modals: submit and close them."""

from bot.sandbox.slack import payloads
from bot.sandbox.slack.choosing import chosen, complaint
from bot.sandbox.slack.delivery import Ack
from bot.sandbox.slack.elements import MULTI, NotPossible, walk, words
from bot.sandbox.slack.journal import Json
from bot.sandbox.slack.people import User
from bot.sandbox.slack.pressing import Pressing
from bot.sandbox.slack.surface import Surface
from bot.sandbox.slack.validation import check_view
from bot.sandbox.slack.views import View, ViewRefused
from bot.sandbox.slack.world import World

TROUBLE = "We had some trouble connecting. Try again?"


class Modals:
    """Submitted and closed modals, and what the app answers to them."""

    def __init__(self, world: World, pressing: Pressing) -> None:
        self._world = world
        self._pressing = pressing

    async def submit(self, user: User, view: View, values: Json, state: Json) -> dict[str, str]:
        """Submit a modal: label -> complaint, empty when it went through."""
        if view is not self._world.views.top(user.id):
            raise NotPossible("This view is not on top.")
        refused = await self._fill(user, view, values, state)
        places = {place.block_id: place for place in walk(view.blocks) if place.in_input}
        held = view.values()
        for block_id, place in places.items():
            sentence = complaint(place, held[block_id][place.action_id])
            if sentence and block_id not in refused:
                refused[block_id] = sentence
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
        surface = Surface(self._world, user, view=view)
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
                offered = await self._pressing.offered(surface, place, wanted, exact=False)
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
