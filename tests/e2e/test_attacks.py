"""Foreign text in the page stays text: nothing that somebody writes runs, and no link leads outside the web."""

from contextlib import suppress
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tests.e2e.browser import Browser
from tests.e2e.gallery import Gallery

HACK = "window.hacked=1;alert(1)"
TEXTS = [
    f"<script>{HACK}</script>",
    f"<img src=x onerror={HACK}>",
    f"<svg onload={HACK}>",
    f"&lt;script&gt;{HACK}&lt;/script&gt;",
    f"<javascript:{HACK}|free slots>",
    f"<JaVaScRiPt:{HACK}|free slots>",
    f"<java\tscript:{HACK}|free slots>",
    f"<data:text/html,<script>{HACK}</script>|free slots>",
    f"<vbscript:{HACK}|free slots>",
    f"<!date^1795453200^{{date}}^javascript:{HACK}|then>",
    f"<!date^NaN^<img src=x onerror={HACK}>|then>",
    f"<@U0ANN00001|<img src=x onerror={HACK}>>",
    f"```<img src=x onerror={HACK}>``` `<b>x</b>` *<i>y</i>*",
    '<https://example.com/"onmouseover="' + HACK + '"|quoted>',
    "\u202eevil\u202c rtl override and <https://example.com|https://cal.com>",
]


def rich(element: dict[str, Any]) -> dict[str, Any]:
    """A rich_text block with one element."""
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [element]}]}


def plain(text: str) -> dict[str, Any]:
    """A plain_text object."""
    return {"type": "plain_text", "text": text}


JAVASCRIPT = f"javascript:{HACK}"
BLOCKS: list[dict[str, Any]] = [
    rich({"type": "link", "url": JAVASCRIPT, "text": "press me"}),
    rich({"type": "text", "text": f"<img src=x onerror={HACK}>"}),
    rich({"type": "date", "timestamp": 1, "format": "{date}", "url": JAVASCRIPT, "fallback": "x"}),
    rich({"type": "color", "value": f"red;background:url({JAVASCRIPT})"}),
    {"type": "markdown", "text": f"[press me]({JAVASCRIPT}) <img src=x onerror={HACK}> ![x]({JAVASCRIPT})"},
    {
        "type": "markdown",
        "text": f"<javascript:{HACK}> [a](<{JAVASCRIPT}>) [b](data:text/html,<script>{HACK}</script>)",
    },
    {"type": "header", "text": plain(f"<img src=x onerror={HACK}>")},
    {
        "type": "actions",
        "elements": [{"type": "button", "text": plain("press me"), "url": JAVASCRIPT, "action_id": "x"}],
    },
    {"type": "image", "image_url": JAVASCRIPT, "alt_text": f'"><script>{HACK}</script>'},
    {"type": "image", "image_url": "https://example.com/beacon.png", "alt_text": "beacon"},
    {"type": "alert", "text": plain(f"<svg onload={HACK}>")},
]


@pytest.fixture(scope="module")
def slack(gallery: Gallery) -> WebClient:
    """The app's own client."""
    return WebClient(token="xoxb-sandbox", base_url=f"{gallery.url}slack/api/")


def test_nothing_that_is_posted_runs_or_links_out_of_the_web(page: Browser, gallery: Gallery, slack: WebClient) -> None:
    page.resize(1280, 800)
    shown = 0
    for text in TEXTS:
        slack.chat_postMessage(channel="C0GENERAL1", text=text)
        shown += 1
    for block in BLOCKS:
        # The workspace may refuse some of these as Slack does; then there is nothing to show.
        with suppress(SlackApiError):
            slack.chat_postMessage(channel="C0GENERAL1", text="fallback", blocks=[block])
            shown += 1
    page.events.clear()
    page.open(f"{gallery.url}#/ann/general")
    page.until("return document.querySelectorAll('.message').length >= a", "all messages", shown)
    page.click(".composer-field")
    page.type(f"<script>{HACK}</script> javascript:{HACK} <img src=x onerror={HACK}>")
    page.key("Enter")
    page.until("return document.querySelectorAll('.message:not(.sending)').length > a", "my own message", shown)

    schemes = page.run("return [...new Set([...document.querySelectorAll('a[href]')].map((one) => one.protocol))]")
    assert set(schemes) <= {"http:", "https:", "mailto:"}
    made = page.run("""
        const bad = ['script', 'iframe', 'object', '[onerror]', '[onload]'].map((one) => `.list ${one}`);
        return [...document.querySelectorAll(bad.join())].map((one) => one.outerHTML)""")
    assert made == []
    page.run("""
        for (const one of document.querySelectorAll('.list .deadlink, .list .button, .list .no-picture'))
          one.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));""")
    assert page.run("return window.hacked ?? null") is None
    assert page.run("return document.querySelectorAll('.list .deadlink').length") >= 5
    page.see(f"<script>{HACK}</script>", ".list")
    assert not [line for line in page.complaints() if line.startswith("dialog:")]
    assert not [url for url in page.requested() if "example.com" in url]


def test_a_link_that_names_one_site_and_leads_to_another_shows_where_it_leads(
    page: Browser, gallery: Gallery, slack: WebClient
) -> None:
    slack.chat_postMessage(channel="C0SUPPORT1", text="<https://evil.example/login|https://cal.com/login>")
    page.open(f"{gallery.url}#/ann/support")
    page.see("https://cal.com/login", ".list")
    title = page.run("return [...document.querySelectorAll('.list a')].at(-1).title")
    assert title == "https://evil.example/login"


def test_a_view_that_holds_markup_shows_it_as_text(page: Browser, gallery: Gallery, slack: WebClient) -> None:
    view = {
        "type": "home",
        "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": f"&lt;img src=x onerror={HACK}&gt;"}}],
    }
    page.open(f"{gallery.url}#/sam/slotwise/home")
    page.see("Good morning", ".home")
    slack.views_publish(user_id="U0SAM00001", view=view)
    page.see(f"<img src=x onerror={HACK}>", ".home")
    assert page.run("return window.hacked ?? null") is None
