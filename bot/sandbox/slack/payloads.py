"""What Slack sends to an app: events, interactions and commands, in Slack's own shapes.

Checked in the tests against Slack's published types.
"""

import time
from typing import Any

from bot.sandbox.slack.elements import Place
from bot.sandbox.slack.journal import Json
from bot.sandbox.slack.messages import Message
from bot.sandbox.slack.people import APP, BOT_ID, BOT_NAME, BOT_USER, TEAM, TEAM_DOMAIN, User

VERIFICATION_TOKEN = "sandbox-verification"


def event_callback(event: Json, event_id: str, *, shared: bool = False) -> Json:
    """The envelope of the Events API; `shared` if the conversation is shared with another workspace."""
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": TEAM,
        "context_team_id": TEAM,
        "api_app_id": APP,
        "event": event,
        "type": "event_callback",
        "event_id": event_id,
        "event_time": int(float(event["event_ts"])),
        "authorizations": [
            {
                "team_id": TEAM,
                "user_id": BOT_USER,
                "is_bot": True,
                "is_enterprise_install": False,
                "enterprise_id": None,
            }
        ],
        "is_ext_shared_channel": shared,
    }


def message_event(message: Message, author: User, client_msg_id: str) -> Json:
    """`message.im`: somebody wrote to the bot."""
    event: Json = {
        "type": "message",
        "user": message.user,
        "ts": message.ts,
        "client_msg_id": client_msg_id,
        "text": message.text,
        "team": author.team_id,
        "blocks": message.blocks,
        "channel": message.channel,
        "event_ts": message.ts,
        "channel_type": "im",
    }
    if message.thread_ts:
        event["thread_ts"] = message.thread_ts
    return event


def mention_event(message: Message, author: User, client_msg_id: str) -> Json:
    """`app_mention`: somebody mentioned the bot in a channel."""
    event = message_event(message, author, client_msg_id) | {"type": "app_mention"}
    del event["channel_type"]
    if author.stranger:
        event |= {"user_team": author.team_id, "source_team": author.team_id}
    return event


def home_event(user: User, tab: str, view: Json | None, event_ts: str) -> Json:
    """`app_home_opened`."""
    event: Json = {"type": "app_home_opened", "user": user.id, "channel": user.dm, "tab": tab, "event_ts": event_ts}
    if tab == "home" and view is not None:
        event["view"] = view
    return event


def bot_profile() -> Json:
    """Who the bot is, in its own messages."""
    return {
        "id": BOT_ID,
        "app_id": APP,
        "name": BOT_NAME.title(),
        "icons": {"image_36": "", "image_48": "", "image_72": ""},
        "deleted": False,
        "updated": 1_700_000_000,
        "team_id": TEAM,
    }


def message_object(message: Message, replies: list[Message]) -> Json:
    """A message as `conversations.history`, `chat.postMessage` and clicks carry it."""
    shown: Json = {"type": "message", "user": message.user, "ts": message.ts, "text": message.text, "team": TEAM}
    if message.bot:
        shown |= {"bot_id": BOT_ID, "app_id": APP, "bot_profile": bot_profile()}
    if message.blocks:
        shown["blocks"] = message.blocks
    if message.attachments:
        shown["attachments"] = message.attachments
    if message.edited:
        shown["edited"] = {"user": (message.bot and BOT_ID) or message.user, "ts": message.edited}
    if message.metadata:
        shown["metadata"] = message.metadata
    if message.reactions:
        shown["reactions"] = [
            {"name": r["name"], "users": r["users"], "count": len(r["users"])} for r in message.reactions
        ]
    if message.thread_ts:
        shown["thread_ts"] = message.thread_ts
    if replies:
        users = list(dict.fromkeys(reply.user for reply in replies))
        shown |= {
            "thread_ts": message.ts,
            "reply_count": len(replies),
            "reply_users_count": len(users),
            "latest_reply": replies[-1].ts,
            "reply_users": users,
            "is_locked": False,
            "subscribed": False,
        }
    return shown


def _frame(kind: str, user: User) -> Json:
    return {
        "type": kind,
        "user": {"id": user.id, "name": user.name, "team_id": user.team_id},
        "api_app_id": APP,
        "token": VERIFICATION_TOKEN,
        "team": {"id": TEAM, "domain": TEAM_DOMAIN},
        "is_enterprise_install": False,
    }


def action_object(place: Place, value: Json | None, chosen: Any, *, initial: bool = True) -> Json:
    """One entry of `actions`: the element's identity, what it shows, and what was chosen (`chosen` by kind)."""
    element = place.element
    action: Json = {
        "type": place.kind,
        "block_id": place.block_id,
        "action_id": place.action_id,
        "action_ts": f"{time.time():.6f}",
    }
    if place.kind in ("button", "icon_button", "workflow_button"):
        action["text"] = {"emoji": True, **element["text"]}
        for name in ("value", "url"):
            if element.get(name):
                action[name] = element[name]
        if element.get("confirm"):
            action["confirm"] = element["confirm"]
        return action
    if place.kind == "feedback_buttons":
        return action | {"text": chosen["text"], "value": chosen["value"]}
    if place.kind == "overflow":
        return action | {"selected_option": chosen}
    shown = {name: part for name, part in (value or {}).items() if name not in ("type", "timezone")}
    action |= shown
    for name, part in element.items():
        if name == "placeholder" or (initial and name.startswith("initial_")):
            action[name] = part
    return action


def block_actions(user: User, action: Json, *, trigger_id: str, response_url: str, state: Json, where: Json) -> Json:
    """A click. `where` holds `container` and `message` + `channel`, or `view`."""
    payload = _frame("block_actions", user) | where
    payload["user"] = payload["user"] | {"username": user.name}
    payload |= {"trigger_id": trigger_id, "state": {"values": state}, "actions": [action]}
    if "view" in where:
        del payload["state"]
    payload["response_url"] = response_url
    return payload


def view_submission(user: User, view: Json, trigger_id: str) -> Json:
    """A modal was submitted."""
    return _frame("view_submission", user) | {"trigger_id": trigger_id, "view": view, "response_urls": []}


def view_closed(user: User, view: Json, *, is_cleared: bool) -> Json:
    """A modal with `notify_on_close` was closed."""
    return _frame("view_closed", user) | {"view": view, "is_cleared": is_cleared}


def block_suggestion(user: User, place: Place, query: str, where: Json) -> Json:
    """An external select asks for its options."""
    return _frame("block_suggestion", user) | {
        "action_id": place.action_id,
        "block_id": place.block_id,
        "value": query,
        **where,
    }


def shortcut(
    user: User, callback_id: str, trigger_id: str, *, message: Json | None = None, extra: Json | None = None
) -> Json:
    """A global shortcut, or one on a message."""
    payload = _frame("message_action" if message else "shortcut", user)
    payload |= {"callback_id": callback_id, "trigger_id": trigger_id, "action_ts": f"{time.time():.6f}"}
    if message:
        payload |= {"message": message, "message_ts": message["ts"], **(extra or {})}
    return payload


def command_form(
    user: User, *, command: str, text: str, channel: Json, response_url: str, trigger_id: str
) -> dict[str, str]:
    """A slash command's form fields."""
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": TEAM,
        "team_domain": TEAM_DOMAIN,
        "channel_id": str(channel["id"]),
        "channel_name": str(channel["name"]),
        "user_id": user.id,
        "user_name": user.name,
        "command": command,
        "text": text,
        "api_app_id": APP,
        "is_enterprise_install": "false",
        "response_url": response_url,
        "trigger_id": trigger_id,
    }
