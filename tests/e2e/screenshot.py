"""Make `docs/screenshot.png`: a booked conversation, as the README shows it. Run: `python -m tests.e2e.screenshot`."""

import sys
import time
from pathlib import Path

from tests.e2e.browser import Browser
from tests.e2e.demo import Demo

TARGET = Path(__file__).parents[2] / "docs" / "screenshot.png"
QUIET_SECONDS = 1.0


def take(target: Path = TARGET) -> None:
    """Book by clicking and save what is seen then."""
    slots = (
        "return [...document.querySelectorAll('.list .button')].some((one) => /^\\d+:\\d+ [AP]M/.test(one.innerText))"
    )
    with Demo() as demo, Browser((1280, 800)) as page:
        page.open(f"{demo.url}#/ann/slotwise")
        page.see("Slotwise", "h1")
        page.click(".composer-field")
        page.type("book 15min with bailey Tuesday")
        page.key("Enter")
        page.until(slots, "free times", timeout=30)
        page.click(".list .button", "2:00 PM", timeout=30)
        page.click(".list .button", "Confirm", timeout=30)
        page.see("ooked", ".list .message:last-child", timeout=30)
        page.click(".composer-field")
        page.type("and 30 minutes with sam on Thursday between 9 and 10")
        page.key("Enter")
        page.until("return document.querySelectorAll('.list .message').length >= 4", "the answer", timeout=30)
        page.command("Input.dispatchMouseEvent", type="mouseMoved", x=1200, y=30)
        time.sleep(QUIET_SECONDS)
        target.parent.mkdir(exist_ok=True)
        page.picture(target)
        print(f"{target} ({target.stat().st_size // 1024} KB)", file=sys.stderr)


if __name__ == "__main__":
    take()
