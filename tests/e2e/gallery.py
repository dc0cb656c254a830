"""A workspace with an app in it that shows every block and every input: what the page is tried on without the bot."""

import asyncio
import re
import socket
import threading
from datetime import datetime
from types import TracebackType
from typing import Any, Self

import uvicorn
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette

from bot.sandbox.activity import Activity
from bot.sandbox.clock import Clock
from bot.sandbox.slack import SlackServer

NOW = datetime.fromisoformat("2026-11-23T09:00:00-05:00")
NOON = 1795453200
"""Mon 23 Nov 2026, 12:00 in New York."""

Block = dict[str, Any]


def words(text: str) -> Block:
    """A plain_text object."""
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Block:
    """A mrkdwn object."""
    return {"type": "mrkdwn", "text": text}


def section(text: str, **more: Any) -> Block:
    """A section."""
    return {"type": "section", "text": mrkdwn(text), **more}


def options(*labels: str) -> list[Block]:
    """Options whose values are v0, v1, ..."""
    return [{"text": words(label), "value": f"v{index}"} for index, label in enumerate(labels)]


def button(label: str, action: str, **more: Any) -> Block:
    """A button."""
    return {"type": "button", "text": words(label), "action_id": action, **more}


def span(*parts: str, **style: bool) -> Block:
    """A rich text section with one text."""
    return {"type": "rich_text_section", "elements": [{"type": "text", "text": "".join(parts), "style": style}]}


CONFIRM = {
    "title": words("Cancel this booking?"),
    "text": mrkdwn("*Bailey* is told at once."),
    "confirm": words("Cancel booking"),
    "deny": words("Keep it"),
    "style": "danger",
}

MARKDOWN = """### Markdown
**Strong**, *soft*, ~~gone~~, `code`, [link](https://cal.com)

- a
- b
  1. deeper

| Day | Free |
|---|--:|
| Tue | 4 |
"""

SLOTS: list[Block] = [
    section("*15 min with Bailey* on Tuesday, November 24\nTimes are yours (New York); Bailey's are in Los Angeles."),
    {
        "type": "actions",
        "block_id": "slots",
        "elements": [
            button("12:00 PM", "s0"),
            button("1:30 PM", "s1"),
            button("2:15 PM", "s2"),
            button("4:00 PM", "s3"),
            button("6:45 PM", "s4"),
        ],
    },
    {
        "type": "actions",
        "block_id": "more",
        "elements": [
            button("More times", "more"),
            {"type": "datepicker", "action_id": "day", "placeholder": words("Another day")},
        ],
    },
    {"type": "context", "elements": [mrkdwn("12:00 PM is 9:00 AM for Bailey")]},
]

PROPOSAL: list[Block] = [
    section("*Ready to book*"),
    {
        "type": "section",
        "fields": [
            mrkdwn("*What*\n15min with Bailey"),
            mrkdwn(f"*When*\n<!date^{NOON + 86400}^{{date_long_pretty}} at {{time}}|Tuesday>"),
            mrkdwn("*Where*\nCal Video"),
            mrkdwn("*For Bailey*\n9:00 AM PST"),
        ],
    },
    {
        "type": "actions",
        "elements": [
            button("Confirm", "confirm", style="primary"),
            button("Change", "change"),
            button("Cancel booking", "cancel", style="danger", confirm=CONFIRM),
            {"type": "overflow", "action_id": "menu", "options": options("Why these times?", "Copy the link")},
        ],
    },
]

EVERYTHING: list[Block] = [
    {"type": "header", "text": words("Every block :sparkles:")},
    section(
        "*bold* _italic_ ~strike~ `code` <https://cal.com|a link> <@U0ANN00001> <#C0GENERAL1> <!here> :tada:\n"
        "> a quote that goes on\n• first\n• second with *weight*\n1. counted\n```\nlet slot = 1;\n```",
        accessory={
            "type": "static_select",
            "action_id": "pick",
            "placeholder": words("Choose"),
            "options": options("15 min", "30 min", "1 hour"),
        },
    ),
    {"type": "divider"},
    {
        "type": "rich_text",
        "elements": [
            span("Rich text, bold", bold=True),
            {"type": "rich_text_list", "style": "ordered", "elements": [span("one"), span("two")]},
            {
                "type": "rich_text_quote",
                "elements": [{"type": "text", "text": "quoted"}, {"type": "emoji", "name": "wave"}],
            },
            {
                "type": "rich_text_section",
                "elements": [
                    {"type": "user", "user_id": "W0BAILEY01"},
                    {"type": "text", "text": " at "},
                    {"type": "date", "timestamp": NOON, "format": "{date_short_pretty} {time}"},
                    {"type": "link", "url": "https://cal.com", "text": " cal.com"},
                    {"type": "color", "value": "#17634f"},
                ],
            },
        ],
    },
    {
        "type": "markdown",
        "text": MARKDOWN,
    },
    {
        "type": "table",
        "column_settings": [{}, {"align": "right"}],
        "rows": [
            [{"type": "raw_text", "text": "Day"}, {"type": "raw_text", "text": "Free slots"}],
            [{"type": "raw_text", "text": "Tuesday"}, {"type": "raw_text", "text": "12"}],
            [{"type": "raw_text", "text": "Wednesday"}, {"type": "raw_text", "text": "7"}],
        ],
    },
    {"type": "alert", "level": "warning", "text": mrkdwn("*10:00* is 7:00 AM for Bailey")},
    {"type": "alert", "level": "success", "text": words("Booked")},
    {
        "type": "card",
        "title": mrkdwn("*30 min with Sam*"),
        "subtitle": mrkdwn("Tomorrow at 10:00 AM"),
        "body": mrkdwn("Cal Video, one guest"),
        "actions": [button("Open", "open"), button("Join", "join", url="https://cal.com/x")],
    },
    {
        "type": "carousel",
        "elements": [
            {
                "type": "card",
                "title": mrkdwn(f"Card {number}"),
                "body": mrkdwn("A body"),
                "actions": [button("Take", f"take{number}")],
            }
            for number in range(4)
        ],
    },
    {
        "type": "plan",
        "title": "Looking for a time",
        "tasks": [
            {"type": "task_card", "task_id": "t1", "title": "Read Bailey's calendar", "status": "complete"},
            {
                "type": "task_card",
                "task_id": "t2",
                "title": "Compare with yours",
                "status": "in_progress",
                "details": {"type": "rich_text", "elements": [span("3 days left")]},
            },
            {"type": "task_card", "task_id": "t3", "title": "Propose", "status": "pending"},
        ],
    },
    {
        "type": "context",
        "elements": [mrkdwn("A context line with `code`"), mrkdwn("<!date^1795453200^{date} at {time}|then>")],
    },
    {
        "type": "context_actions",
        "elements": [
            {
                "type": "feedback_buttons",
                "action_id": "feedback",
                "positive_button": {"text": words("Good"), "value": "good"},
                "negative_button": {"text": words("Bad"), "value": "bad"},
            }
        ],
    },
]


def entry(label: str, element: Block, *, hint: str = "", **more: Any) -> Block:
    """An input block named after its label."""
    block = {
        "type": "input",
        "block_id": label.lower(),
        "label": words(label),
        "element": {"action_id": "a", **element},
    }
    return {**block, **({"hint": words(hint)} if hint else {}), **more}


def form() -> Block:
    """A modal with one input of each kind."""
    return {
        "type": "modal",
        "callback_id": "form",
        "title": words("Book a consultation"),
        "submit": words("Continue"),
        "close": words("Back"),
        "blocks": [
            section("*Consultation with Bailey*\nThursday, November 26 at 3:00 PM"),
            entry(
                "Topic",
                {"type": "plain_text_input", "multiline": True, "max_length": 200},
                hint="What is this meeting about?",
            ),
            entry(
                "Size",
                {
                    "type": "static_select",
                    "placeholder": words("How many people?"),
                    "options": options("1-10", "10-50", "50+"),
                },
            ),
            entry("Seats", {"type": "number_input", "is_decimal_allowed": False}, optional=True),
            entry("Mail", {"type": "email_text_input", "placeholder": words("name@example.com")}),
            entry("Site", {"type": "url_text_input"}, optional=True),
            entry("Guests", {"type": "multi_users_select", "placeholder": words("Who else?")}, optional=True),
            entry(
                "Found",
                {"type": "external_select", "min_query_length": 0, "placeholder": words("Search")},
                optional=True,
            ),
            entry("Day", {"type": "datepicker"}),
            entry("Time", {"type": "timepicker"}, optional=True),
            entry("Moment", {"type": "datetimepicker", "initial_date_time": NOON}, optional=True),
            entry("Extras", {"type": "checkboxes", "options": options("Record it", "Send notes")}, optional=True),
            entry("Place", {"type": "radio_buttons", "options": options("Cal Video", "Phone")}, dispatch_action=True),
            entry("Notes", {"type": "rich_text_input"}, optional=True),
            entry("File", {"type": "file_input"}, optional=True),
        ],
    }


HOME: list[Block] = [
    {"type": "header", "text": words("Good morning, Ann")},
    section("You have *2* meetings this week.", accessory=button("New booking", "form", style="primary")),
    {"type": "divider"},
    section(
        f"*15min with Sam*\n<!date^{NOON + 2 * 86400}^{{date_long_pretty}} at {{time}}|Wednesday>",
        accessory={"type": "overflow", "action_id": "menu", "options": options("Move", "Cancel")},
    ),
    {
        "type": "actions",
        "elements": [
            {"type": "conversations_select", "action_id": "where", "placeholder": words("Post updates to")},
            {"type": "timepicker", "action_id": "t", "initial_time": "09:00"},
        ],
    },
]


def listeners(app: AsyncApp) -> None:
    """What the app does when somebody says or presses something."""

    async def home(event: dict[str, Any], client: AsyncWebClient) -> None:
        if event.get("tab") == "home":
            await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": HOME})
        else:
            prompts = [
                {"title": "Find a time", "message": "book 15min with bailey Tuesday"},
                {"title": "My week", "message": "what do I have this week?"},
            ]
            body = {"channel_id": event["channel"], "prompts": prompts, "title": "You could say"}
            await client.api_call("assistant.threads.setSuggestedPrompts", json=body)

    async def message(event: dict[str, Any], client: AsyncWebClient) -> None:
        text, channel = event.get("text", ""), event["channel"]
        if text == "everything":
            for block in EVERYTHING:
                await client.chat_postMessage(channel=channel, text="A block", blocks=[block])
        elif text == "form":
            await client.chat_postMessage(
                channel=channel,
                text="form",
                blocks=[{"type": "actions", "elements": [button("Answer questions", "form")]}],
            )
        elif text == "thread":
            for reply in ("First", "Second"):
                await client.chat_postMessage(channel=channel, text=reply, thread_ts=event["ts"])
        elif channel.startswith("D"):
            await client.chat_postMessage(channel=channel, text="Here are times", blocks=SLOTS)

    async def mention(event: dict[str, Any], client: AsyncWebClient) -> None:
        text, channel, thread = event["text"], event["channel"], event.get("thread_ts", event["ts"])
        if "secret" in text:
            await client.chat_postEphemeral(channel=channel, user=event["user"], text="Just between us: *2:00 PM*")
        elif "slow" in text:
            status = "is looking for times…"
            await client.assistant_threads_setStatus(channel_id=channel, thread_ts=thread, status=status)
        else:
            await client.chat_postMessage(channel=channel, text="A card", thread_ts=thread, blocks=PROPOSAL)

    async def slot(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        place = {"channel": body["channel"]["id"], "ts": body["message"]["ts"]}
        await client.chat_update(**place, text="Ready to book", blocks=PROPOSAL)

    async def confirm(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        place = {"channel": body["channel"]["id"], "ts": body["message"]["ts"]}
        await client.chat_update(**place, text="Booked", blocks=[section(":white_check_mark: *Booked*")])

    async def open_form(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=form())

    async def suggest(ack: Any, body: dict[str, Any]) -> None:
        found = [name for name in ("Alpha", "Beta", "Gamma") if body.get("value", "").lower() in name.lower()]
        await ack(options=options(*found))

    async def submitted(ack: Any, view: dict[str, Any]) -> None:
        values = view["state"]["values"]
        if values["topic"]["a"]["value"] == "bad":
            await ack(response_action="errors", errors={"topic": "Say a little more, please"})
        else:
            done = {
                "type": "modal",
                "title": words("Almost there"),
                "blocks": [section(f"*Topic:* {values['topic']['a']['value']}")],
            }
            await ack(response_action="push", view=done)

    app.event("app_home_opened")(home)
    app.event("message")(message)
    app.event("app_mention")(mention)
    for action in ("s0", "s1", "s2", "s3", "s4"):
        app.action(action)(slot)
    app.action("confirm")(confirm)
    app.action("form")(open_form)
    app.options("a")(suggest)
    app.view("form")(submitted)

    async def acknowledge(ack: Any) -> None:
        await ack()

    app.action(re.compile(".*"))(acknowledge)


async def _listening(port: int) -> None:
    """Wait until something answers there, 10 s at most."""
    for _ in range(500):
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.02)
        else:
            writer.close()
            return
    raise RuntimeError(f"Nothing listens on port {port}.")


class Gallery:
    """The workspace on a free port, in a thread of this process, with the app connected by Socket Mode."""

    def __init__(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.url = f"http://127.0.0.1:{self.port}/"
        self._ready = threading.Event()
        self._stop: asyncio.Event | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        if not self._ready.wait(30):
            raise RuntimeError("The gallery did not start within 30 s.")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._loop and self._stop:
            self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(15)

    async def _serve(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        origin = self.url.rstrip("/")
        slack = SlackServer(clock=Clock(NOW), activity=Activity(), origin=origin, app_url=f"{origin}/nowhere")
        page = Starlette(routes=slack.routes)
        config = uvicorn.Config(page, port=self.port, log_level="warning", timeout_graceful_shutdown=1)
        server = uvicorn.Server(config)
        await slack.start()
        serving = asyncio.create_task(server.serve())
        await _listening(self.port)
        client = AsyncWebClient(token="xoxb-sandbox", base_url=f"{self.url}slack/api/")
        app = AsyncApp(client=client, signing_secret="sandbox-secret")
        listeners(app)
        app_client = AsyncWebClient(token="xapp-sandbox", base_url=f"{self.url}slack/api/")
        handler = AsyncSocketModeHandler(app, "xapp-sandbox", web_client=app_client)
        await handler.connect_async()  # type: ignore[no-untyped-call]
        self._ready.set()
        await self._stop.wait()
        await handler.close_async()  # type: ignore[no-untyped-call]
        await slack.stop()
        server.should_exit = True
        await serving
