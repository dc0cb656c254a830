"""Modals and Home tabs: stacks of views, trigger ids, and what people have put into the inputs."""

import time
from dataclasses import asdict, dataclass, field
from typing import Any

from bot.sandbox.slack.elements import State, current, identified
from bot.sandbox.slack.journal import Journal, Json
from bot.sandbox.slack.people import APP, BOT_ID, TEAM, User
from bot.sandbox.slack.stamps import Stamps

TRIGGER_SECONDS = 3.0
TRIGGERS_KEPT = 5000
"""Far more than can be given out within the 3 s; older ones are forgotten."""
STACK_DEPTH = 3


class ViewRefused(Exception):
    """Slack's error name for a view call, as `str()`."""


@dataclass
class View:
    """One view as the app gave it, with ids filled in."""

    id: str
    user: str
    type: str
    title: Json | None
    submit: Json | None
    close: Json | None
    blocks: list[Json]
    private_metadata: str
    callback_id: str
    external_id: str
    clear_on_close: bool
    notify_on_close: bool
    hash: str
    root: str
    previous: str | None
    state: State = field(default_factory=dict)
    """What the person chose or typed; see `elements.current` for the whole state."""
    errors: dict[str, str] = field(default_factory=dict)
    """Shown under the inputs: block_id -> sentence."""
    channel: str | None = None
    """Where it was opened from."""
    note: str = ""
    """Slack's own note that the app did not answer, shown above the blocks."""

    def values(self) -> State:
        """`view.state.values` as Slack sends it: of input blocks, and of interactive elements people can set."""
        return current(self.blocks, self.state)

    def output(self) -> Json:
        """The view object of payloads and API answers."""
        return {
            "id": self.id,
            "team_id": TEAM,
            "type": self.type,
            "blocks": self.blocks,
            "private_metadata": self.private_metadata,
            "callback_id": self.callback_id,
            "state": {"values": self.values()},
            "hash": self.hash,
            "title": self.title or {"type": "plain_text", "text": "View Title", "emoji": True},
            "clear_on_close": self.clear_on_close,
            "notify_on_close": self.notify_on_close,
            "close": self.close,
            "submit": self.submit,
            "previous_view_id": self.previous,
            "root_view_id": self.root,
            "app_id": APP,
            "external_id": self.external_id,
            "app_installed_team_id": TEAM,
            "bot_id": BOT_ID,
        }


def _titled(text: Any) -> Json | None:
    return {"emoji": True, **text} if isinstance(text, dict) else None


class Views:
    """Every person's stack of modals and Home tab."""

    def __init__(self, stamps: Stamps, journal: Journal) -> None:
        self._stamps = stamps
        self._journal = journal
        self._triggers: dict[str, tuple[str, float, str | None, str | None]] = {}
        self.stacks: dict[str, list[View]] = {}
        self.homes: dict[str, View] = {}
        for user, body in journal.read("stack").items():
            self.stacks[user] = [View(**view) for view in body["views"]]
        for user, body in journal.read("home").items():
            self.homes[user] = View(**body)

    def reset(self) -> None:
        """Close everything (the journal is cleared by the server)."""
        self._triggers.clear()
        self.stacks.clear()
        self.homes.clear()

    def trigger(self, user: User, *, view: str | None = None, channel: str | None = None) -> str:
        """A new trigger id for this person's interaction: good for one view within 3 s of real time."""
        while len(self._triggers) > TRIGGERS_KEPT:
            del self._triggers[next(iter(self._triggers))]
        trigger_id = f"{self._stamps.ts()}.{self._stamps.secret()}"
        self._triggers[trigger_id] = (user.id, time.monotonic(), view, channel)
        return trigger_id

    def _use(self, trigger_id: Any) -> tuple[str, str | None, str | None]:
        if not isinstance(trigger_id, str) or not trigger_id:
            raise ViewRefused("invalid_arguments")
        kept = self._triggers.get(trigger_id)
        if kept is None:
            raise ViewRefused("invalid_trigger_id")
        user, born, view, channel = kept
        if born == 0.0:
            raise ViewRefused("exchanged_trigger_id")
        if time.monotonic() - born > TRIGGER_SECONDS:
            raise ViewRefused("expired_trigger_id")
        self._triggers[trigger_id] = (user, 0.0, view, channel)
        return user, view, channel

    def _new(self, user: str, given: Json, previous: View | None = None, channel: str | None = None) -> View:
        external = str(given.get("external_id") or "")
        if external and self.by_external(external) is not None:
            raise ViewRefused("duplicate_external_id")
        view_id = self._stamps.id("V")
        return View(
            id=view_id,
            user=user,
            type=str(given["type"]),
            title=_titled(given.get("title")),
            submit=_titled(given.get("submit")),
            close=_titled(given.get("close")),
            blocks=identified(given["blocks"], self._stamps),
            private_metadata=str(given.get("private_metadata") or ""),
            callback_id=str(given.get("callback_id") or ""),
            external_id=external,
            clear_on_close=bool(given.get("clear_on_close")),
            notify_on_close=bool(given.get("notify_on_close")),
            hash=f"{self._stamps.ts()}.{self._stamps.secret()[:8]}",
            root=previous.root if previous else view_id,
            previous=previous.id if previous else None,
            channel=channel,
        )

    def save(self, user: str) -> None:
        """Keep a person's stack and Home as they are now."""
        stack = self.stacks.get(user) or []
        if stack:
            self._journal.put("stack", user, {"views": [asdict(view) for view in stack]})
        else:
            self._journal.drop("stack", user)
        if user in self.homes:
            self._journal.put("home", user, asdict(self.homes[user]))

    def open(self, trigger_id: Any, given: Json) -> View:
        """`views.open`: a new stack, in place of what was open."""
        user, _, channel = self._use(trigger_id)
        view = self._new(user, given, channel=channel)
        self.stacks[user] = [view]
        self.save(user)
        return view

    def push(self, trigger_id: Any, given: Json) -> View:
        """`views.push`: on top of the view in which the trigger arose."""
        user, _, channel = self._use(trigger_id)
        stack = self.stacks.get(user) or []
        if not stack:
            raise ViewRefused("not_found")
        return self.push_on(user, given, channel)

    def push_on(self, user: str, given: Json, channel: str | None = None) -> View:
        """Put a view on top of a person's stack (of at most three)."""
        stack = self.stacks.setdefault(user, [])
        if len(stack) >= STACK_DEPTH:
            raise ViewRefused("push_limit_reached")
        top = stack[-1] if stack else None
        view = self._new(user, given, top, channel or (top.channel if top else None))
        stack.append(view)
        self.save(user)
        return view

    def update(self, view: View, given: Json, wanted_hash: Any = None) -> View:
        """`views.update`: same view, new content; what people typed stays where block and action id stay."""
        if wanted_hash and wanted_hash != view.hash:
            raise ViewRefused("hash_conflict")
        external = str(given.get("external_id") or "")
        other = self.by_external(external) if external else None
        if other is not None and other is not view:
            raise ViewRefused("duplicate_external_id")
        kept = view.values()
        view.blocks = identified(given["blocks"], self._stamps)
        known = current(view.blocks, {})
        view.state = {
            block_id: {action: value for action, value in actions.items() if action in known.get(block_id, {})}
            for block_id, actions in kept.items()
            if block_id in known
        }
        view.title, view.submit, view.close = (_titled(given.get(name)) for name in ("title", "submit", "close"))
        view.private_metadata = str(given.get("private_metadata") or "")
        view.callback_id = str(given.get("callback_id") or "")
        view.external_id = external
        view.clear_on_close = bool(given.get("clear_on_close"))
        view.notify_on_close = bool(given.get("notify_on_close"))
        view.hash = f"{self._stamps.ts()}.{self._stamps.secret()[:8]}"
        view.errors = {}
        view.note = ""
        self.save(view.user)
        return view

    def publish(self, user: str, given: Json, wanted_hash: Any = None) -> View:
        """`views.publish`: somebody's Home tab."""
        old = self.homes.get(user)
        if old is not None:
            return self.update(old, given, wanted_hash)
        self.homes[user] = self._new(user, given)
        self.save(user)
        return self.homes[user]

    def top(self, user: str) -> View | None:
        """The modal a person sees."""
        stack = self.stacks.get(user) or []
        return stack[-1] if stack else None

    def get(self, view_id: str) -> View | None:
        """The open view or Home with this id."""
        every = [view for stack in self.stacks.values() for view in stack] + list(self.homes.values())
        return next((view for view in every if view.id == view_id), None)

    def by_external(self, external_id: str) -> View | None:
        """The open view with this external id."""
        every = [view for stack in self.stacks.values() for view in stack] + list(self.homes.values())
        return next((view for view in every if view.external_id == external_id), None)

    def close(self, view: View) -> None:
        """Take one view off its stack."""
        stack = self.stacks.get(view.user) or []
        self.stacks[view.user] = [other for other in stack if other is not view]
        self.save(view.user)

    def clear(self, user: str) -> list[View]:
        """Close a person's whole stack; returns the views that were open."""
        closed = self.stacks.pop(user, [])
        self.save(user)
        return closed
