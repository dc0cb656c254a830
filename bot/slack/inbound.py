"""Slack's requests read as what is asked: messages, commands, presses. Pure.

Source: Slack's reference of the events `message` and `app_mention`, of slash commands and of `block_actions`.
"""

from dataclasses import dataclass

from bot.scheduling.asker import Place
from bot.slack.asked import COMMAND, MESSAGE, Asked, Origin, Surface
from bot.slack.ports import Json

_WORDS = (None, "thread_broadcast", "file_share")
"""The subtypes of messages in which somebody says something; edits, joins and the like are not for us."""


@dataclass(frozen=True)
class Taken:
    """A turn to accept. `id` is the same for every delivery of the same thing."""

    id: str
    kind: str
    asked: Asked


def said(body: Json, bot: str) -> Taken | None:
    """A message to the bot: in its DM, or with its mention in a channel; None for any other event.

    A mention in the DM comes as two events: the one of the mention is left out.
    """
    event = body.get("event") or {}
    if event.get("bot_id") or event.get("edited") or event.get("subtype") not in _WORDS:
        return None
    if event.get("user") in (None, "", "USLACKBOT"):
        return None
    channel, ts = str(event.get("channel", "")), str(event.get("ts", ""))
    thread = str(event.get("thread_ts") or "")
    direct = event.get("channel_type") == "im" or channel.startswith("D")
    if event.get("type") == "message" and direct:
        place = Place.DM
    elif event.get("type") == "app_mention" and not direct:
        place, thread = Place.CHANNEL, thread or ts
    else:
        return None
    origin = Origin(
        workspace=str(body.get("team_id") or event.get("team") or ""),
        user=str(event["user"]),
        place=place,
        channel=channel,
        thread=thread,
        threaded=bool(event.get("thread_ts")),
        ts=ts,
    )
    return Taken(str(body["event_id"]), MESSAGE, Asked(origin, text=str(event.get("text") or ""), bot=bot))


def commanded(body: Json, bot: str, dm: str = "") -> Taken:
    """A slash command. `dm` is the bot's DM with this person: there, it is answered like a message."""
    channel = str(body["channel_id"])
    direct = channel == dm
    origin = Origin(
        workspace=str(body["team_id"]),
        user=str(body["user_id"]),
        place=Place.DM if direct else Place.COMMAND,
        channel=channel,
        channel_name="" if direct else str(body.get("channel_name") or ""),
    )
    url = "" if direct else str(body.get("response_url") or "")
    asked = Asked(origin, text=str(body.get("text") or ""), response_url=url, bot=bot)
    return Taken(f"command-{body['trigger_id']}", MESSAGE if direct else COMMAND, asked)


def pressed_at(body: Json, dm: str = "") -> tuple[Origin, Surface | None]:
    """Where an action was taken. `dm` is the bot's DM with this person, where presses on the Home tab are answered.

    Outside of a thread, a card of a thread's conversation names the thread in its block ids (`<n>@<thread>`).
    """
    container, message = body.get("container") or {}, body.get("message") or {}
    workspace = str((body.get("team") or {}).get("id") or body["user"].get("team_id") or "")
    user = str(body["user"]["id"])
    if container.get("type") == "view" or not container.get("message_ts"):
        return Origin(workspace, user, Place.HOME, dm), None
    shown = body.get("channel") or {}
    channel, ts = str(container.get("channel_id") or shown.get("id") or ""), str(container["message_ts"])
    ephemeral = bool(container.get("is_ephemeral"))
    surface = Surface(channel, ts, ephemeral, str(body.get("response_url") or "") if ephemeral else "")
    in_thread = str(container.get("thread_ts") or message.get("thread_ts") or "")
    _, _, anchor = str(((body.get("actions") or [{}])[0]).get("block_id") or "").partition("@")
    thread = in_thread or anchor
    if channel.startswith("D"):
        return Origin(workspace, user, Place.DM, channel, thread=in_thread, ts=ts), surface
    name = str(shown.get("name") or "")
    if ephemeral and not thread:
        return Origin(
            workspace, user, Place.COMMAND, channel, ts=ts, channel_name=str(shown.get("name") or "")
        ), surface
    origin = Origin(
        workspace=workspace,
        user=user,
        place=Place.CHANNEL,
        channel=channel,
        thread=thread or ts,
        threaded=bool(in_thread),
        ts=ts,
        channel_name=name,
    )
    return origin, surface
