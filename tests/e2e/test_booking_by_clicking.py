"""Ann books a quarter of an hour with Bailey, with a mouse and a keyboard, and Cal.com knows of it."""

from collections.abc import Iterator

import pytest

from tests.e2e.browser import Browser, chromium
from tests.e2e.demo import Demo


@pytest.fixture(scope="module")
def demo() -> Iterator[Demo]:
    """The whole program, once for this module."""
    if chromium() is None:
        pytest.skip("no Chromium on this machine (Debian: apt-get install chromium)")
    with Demo() as running:
        yield running


def test_ann_books_bailey_by_clicking(page: Browser, demo: Demo) -> None:
    before = {booking["uid"] for booking in demo.bookings("bailey")}
    page.resize(1280, 800)
    page.events.clear()
    page.open(f"{demo.url}#/ann/slotwise")
    page.see("Slotwise", "h1")
    page.click(".composer-field")
    page.type("book 15min with bailey Tuesday")
    page.key("Enter")
    slot = page.until(
        """const slots = [...document.querySelectorAll('.list .button')].map((one) => one.innerText.trim())
             .filter((label) => /^\\d{1,2}:\\d{2} [AP]M/.test(label));
           return slots[0]""",
        "a button for each free time",
        timeout=30,
    )
    page.click(".list .button", slot)
    page.click(".list .button", "Confirm", timeout=30)
    page.until(
        "return [...document.querySelectorAll('.list .message')].at(-1).innerText.match(/booked/i) !== null",
        "the booked card",
        timeout=30,
    )
    assert page.complaints() == []

    made = [booking for booking in demo.bookings("bailey") if booking["uid"] not in before]
    assert len(made) == 1
    assert made[0]["duration"] == 15
    assert made[0]["start"].startswith("2026-11-24T")
    assert [one["email"] for one in made[0]["attendees"]] == ["ann@example.com"]
    assert made[0]["attendees"][0]["timeZone"] == "America/New_York"


def test_the_questions_of_an_event_type_are_answered_in_its_form(page: Browser, demo: Demo) -> None:
    before = {booking["uid"] for booking in demo.bookings("bailey")}
    page.open(f"{demo.url}#/ann/slotwise")
    page.see("Slotwise", "h1")
    page.click(".composer-field")
    page.type("set up a consultation with bailey on Thursday afternoon")
    page.key("Enter")
    page.see("Thu 26 Nov", ".list .message:last-child", timeout=30)
    page.click(".list .message:last-child .button", "PM", timeout=30)
    page.click(".list .message:last-child .button", "Answer questions", timeout=30)
    page.see("What is this meeting about?", "dialog.modal")
    page.click("dialog.modal .modal-foot .button.primary")
    page.see("required", "dialog.modal .input-error")
    page.until("return document.activeElement?.matches('dialog .invalid textarea')", "focus on what is wrong")
    page.type("the AI integration")
    page.click("dialog.modal .select")
    page.click(".option", "10-50")
    page.click("dialog.modal .modal-foot .button.primary")
    page.click(".list .message:last-child .button", "Confirm", timeout=30)
    page.see("Booked", ".list .message:last-child", timeout=30)
    assert page.complaints() == []

    made = [booking for booking in demo.bookings("bailey") if booking["uid"] not in before]
    assert len(made) == 1
    assert made[0]["bookingFieldsResponses"]["topic"] == "the AI integration"
    assert made[0]["bookingFieldsResponses"]["company_size"] == "10-50"


def test_the_home_tab_opens_for_everybody(page: Browser, demo: Demo) -> None:
    for who in ("ann", "bailey"):
        page.open(f"{demo.url}#/{who}/slotwise/home")
        page.until("return document.querySelectorAll('.home .block').length > 1", f"{who}'s Home", timeout=30)
    assert page.complaints() == []
