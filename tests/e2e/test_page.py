"""The workspace's page as people meet it: by keyboard, by mouse, on a phone, in their own zone."""

import pytest
from slack_sdk import WebClient

from tests.e2e.browser import CONTROL, SHIFT, Browser
from tests.e2e.gallery import EVERYTHING, Gallery


@pytest.fixture(autouse=True)
def _desktop(page: Browser) -> None:
    page.resize(1280, 800)
    page.events.clear()


def enter(page: Browser, gallery: Gallery, who: str, where: str = "slotwise") -> None:
    """Open the page as somebody at a place."""
    page.open(f"{gallery.url}#/{who}/{where}")
    page.until("return document.querySelector('.me-name')?.textContent.toLowerCase() === a", who, who)
    page.until(
        "return document.querySelector('.list')?.children.length > 0 || !!document.querySelector('.home')", where
    )


def say(page: Browser, text: str) -> None:
    """Write in the composer and send with Enter."""
    page.click(".composer-field")
    page.type(text)
    page.key("Enter")


def say_and_hear(page: Browser, text: str, answers: int) -> None:
    """Say something and wait until the app has posted this many messages."""
    count = "return document.querySelectorAll('.list .message:not(.sending)').length"
    before = page.run(count)
    say(page, text)
    page.until(f"{count} >= a", f"{answers} answers", before + 1 + answers)


def test_a_slot_is_chosen_by_clicking_and_its_message_changes_in_place(page: Browser, gallery: Gallery) -> None:
    enter(page, gallery, "ann")
    say(page, "book 15min with bailey Tuesday")
    page.click(".list .button", "1:30 PM")
    page.see("Ready to book", ".list")
    count = page.run("return document.querySelectorAll('.message').length")
    page.click(".list .button.primary", "Confirm")
    page.see("Booked", ".list")
    page.see("(edited)", ".list")
    assert page.run("return document.querySelectorAll('.message').length") == count
    assert page.complaints() == []


def test_a_confirm_dialog_stands_before_a_dangerous_button(page: Browser, gallery: Gallery) -> None:
    enter(page, gallery, "sam")
    say(page, "book")
    page.click(".list .button", "12:00 PM")
    page.click(".list .button.danger", "Cancel booking")
    page.see("Bailey is told at once.", "dialog.confirm")
    page.key("Escape")
    page.until("return !document.querySelector('dialog.confirm')", "the dialog closed")
    pressed = [url for url in page.requested() if url.endswith("/workspace/press")]
    assert len(pressed) == 1


def test_times_are_shown_in_the_zone_of_whoever_looks(page: Browser, gallery: Gallery) -> None:
    enter(page, gallery, "kenji")
    page.see("11:00 PM", ".me")
    say(page, "book")
    page.click(".list .button", "12:00 PM")
    page.see("Wednesday, November 25th at 2:00 AM", ".list")
    page.click(".room.person", "Lena")
    page.until("return document.querySelector('.me-name').innerText === 'Lena'", "Lena")
    page.see("3:00 PM", ".me")


def test_the_keyboard_alone_goes_everywhere(page: Browser, gallery: Gallery) -> None:
    enter(page, gallery, "ann")
    page.key("k", modifiers=CONTROL)
    page.until("return document.activeElement?.matches('.switcher-field')", "the switcher has the focus")
    page.type("supp")
    page.key("Enter")
    page.until("return document.querySelector('h1').innerText === 'support'", "#support")
    page.until("return document.activeElement?.matches('.composer-field')", "the composer has the focus")
    page.key("k", modifiers=CONTROL)
    page.type("become bail")
    page.key("Enter")
    page.until("return document.querySelector('.me-name').innerText === 'Bailey'", "Bailey")


def test_the_composer_completes_breaks_lines_and_remembers(page: Browser, gallery: Gallery) -> None:
    enter(page, gallery, "bailey", "general")
    page.click(".composer-field")
    page.type("hello @sa")
    page.see("Sam", ".complete")
    page.key("Tab")
    assert page.run("return document.querySelector('.composer-field').value") == "hello @sam "
    page.key("Enter", modifiers=SHIFT)
    page.type("second line")
    page.key("Enter")
    page.see("@sam", ".list .mention")
    page.see("second line", ".list")
    page.key("ArrowUp")
    assert page.run("return document.querySelector('.composer-field').value") == "hello @sam \nsecond line"
    page.run("document.querySelector('.composer-field').value = ''")
    page.type("/slo")
    page.see("/slotwise", ".complete")
    page.key("Escape")
    page.until("return document.querySelector('.complete').hidden", "the suggestions closed")


def test_a_modal_keeps_the_focus_says_what_is_wrong_and_gives_the_focus_back(page: Browser, gallery: Gallery) -> None:
    enter(page, gallery, "lena")
    say(page, "form")
    page.click(".list .button", "Answer questions")
    page.see("Book a consultation", "dialog.modal")
    page.until("return document.activeElement?.matches('dialog textarea')", "the first field has the focus")
    page.type("bad")
    page.key("Enter", modifiers=CONTROL)
    page.until("return document.querySelectorAll('dialog .input-error').length >= 2", "errors under the fields")
    for _ in range(30):
        page.key("Tab")
        inside = page.run(
            "return document.activeElement === document.body || !!document.activeElement.closest('dialog')"
        )
        assert inside
    page.key("Escape")
    page.until("return !document.querySelector('dialog.modal').open", "the modal closed")
    page.until("return document.activeElement?.innerText === 'Answer questions'", "focus is back on the button")
    assert page.complaints() == []


def test_every_input_of_a_modal_can_be_filled(page: Browser, gallery: Gallery) -> None:
    enter(page, gallery, "kenji")
    say(page, "form")
    page.click(".list .button", "Answer questions")
    page.until("return document.activeElement?.matches('dialog textarea')", "the first field has the focus")
    page.type("The AI integration")
    page.click("dialog [data-block=size] .select")
    page.click(".option", "10-50")
    page.click("dialog [data-block=mail] input")
    page.type("kenji@example.com")
    page.click("dialog [data-block=guests] .select")
    page.click(".option", "Sam")
    page.click(".option", "Lena")
    page.key("Escape")
    page.see("Sam", "dialog [data-block=guests] .chip")
    page.click("dialog [data-block=found] .select")
    page.type("bet")
    page.until("return document.querySelectorAll('.option').length === 1", "one suggestion of the app")
    page.click(".option", "Beta")
    page.click("dialog [data-block=day] .select")
    page.key("ArrowRight")
    page.key("Enter")
    page.see("Tue, Nov 24, 2026", "dialog [data-block=day]")
    page.click("dialog [data-block=time] .select")
    page.type("14:20")
    page.key("Enter")
    page.see("2:20 PM", "dialog [data-block=time]")
    page.click("dialog [data-block=place] label", "Phone")
    page.click("dialog .modal-foot .button.primary")
    page.see("Almost there", "dialog.modal")
    page.see("The AI integration", "dialog.modal")
    page.click("dialog [aria-label=Back]")
    page.see("Book a consultation", "dialog.modal")
    assert page.run("return document.querySelector('dialog textarea').value") == "The AI integration"
    page.see("10-50", "dialog [data-block=size]")


def test_what_only_one_person_sees_says_so(page: Browser, gallery: Gallery) -> None:
    enter(page, gallery, "sam", "general")
    say(page, "@slotwise secret")
    page.see("Only visible to you", ".ephemeral")
    page.click(".room.person", "Ann")
    page.until("return document.querySelector('.me-name').innerText === 'Ann'", "Ann")
    page.see("secret", ".list")
    assert not page.run("return document.body.innerText.includes('Just between us')")


def test_threads_open_beside_and_close_with_escape(page: Browser, gallery: Gallery) -> None:
    enter(page, gallery, "ann", "support")
    say(page, "@slotwise checkout is down")
    page.click(".thread-summary", "1 reply")
    page.see("Ready to book", ".panel")
    page.type("thanks")
    page.key("Enter")
    page.see("2 replies", ".panel")
    page.key("Escape")
    page.until("return document.querySelector('.panel').hidden", "the thread closed")


def test_the_working_indicator_comes_and_moves_nothing(page: Browser, gallery: Gallery) -> None:
    enter(page, gallery, "lena", "general")
    before = page.run("return document.querySelector('.composer').getBoundingClientRect().top")
    say(page, "@slotwise slow")
    page.see("is looking for times", ".status")
    assert page.run("return document.querySelector('.composer').getBoundingClientRect().top") == before


def test_the_home_tab_shows_what_the_app_published(page: Browser, gallery: Gallery) -> None:
    enter(page, gallery, "ann", "slotwise/home")
    page.see("Good morning, Ann", ".home")
    page.see("November 25th at 12:00 PM", ".home")


def test_every_block_fits_a_phone(page: Browser, gallery: Gallery) -> None:
    page.resize(375, 720, mobile=True)
    enter(page, gallery, "bailey")
    say_and_hear(page, "everything", len(EVERYTHING))
    wide = page.run("return document.documentElement.scrollWidth")
    assert wide <= 375
    outside = page.run("""
        return [...document.querySelectorAll('.list .block, .composer, .main-head > *')]
          .filter((one) => one.getBoundingClientRect().right > 376).map((one) => one.className)""")
    assert outside == []
    page.click(".menu-button")
    page.click(".room", "general")
    page.until("return document.querySelector('h1').innerText === 'general'", "#general")


def test_the_page_asks_nobody_else_for_anything(page: Browser, gallery: Gallery) -> None:
    enter(page, gallery, "ann")
    foreign = [url for url in page.requested() if not url.startswith((gallery.url, "data:", "about:"))]
    assert foreign == []


def test_everything_that_can_be_pressed_has_a_name(page: Browser, gallery: Gallery) -> None:
    enter(page, gallery, "ann")
    say_and_hear(page, "everything", len(EVERYTHING))
    nameless = page.run("""
        return [...document.querySelectorAll('button, a, input, textarea, [role=button], [role=combobox]')]
          .filter((one) => !one.innerText.trim() && !one.ariaLabel && !one.title && !one.labels?.length)
          .map((one) => one.outerHTML.slice(0, 120))""")
    assert nameless == []


def test_a_dot_says_that_the_app_wrote_to_somebody_else(page: Browser, gallery: Gallery) -> None:
    slack = WebClient(token="xoxb-sandbox", base_url=f"{gallery.url}slack/api/")
    enter(page, gallery, "ann", "general")
    page.until("return document.readyState === 'complete'", "the page")
    asked = "return performance.getEntriesByType('resource').filter((one) => one.name.includes('viewer=sam')).length"
    page.until(asked, "a first look at Sam's conversation")
    page.until("return document.querySelector('[data-person=sam] .dot') === null", "no dot yet")
    slack.chat_postMessage(channel="D0SAM00001", text="A request awaits you")
    slack.chat_postMessage(channel="C0GENERAL1", text="Something happened")
    page.until("return !!document.querySelector('[data-person=sam] .dot')", "a dot beside Sam")
    page.click("[data-person=sam]")
    page.until("return document.querySelector('.me-name').textContent === 'Sam'", "Sam")
    page.until("return document.querySelector('[data-person=sam] .dot') === null", "the dot went")


CONTRAST = """
    const light = (colour) => colour.match(/[\\d.]+/g).slice(0, 3).map((part) => part / 255)
      .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
      .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
    const ground = (node) => {
      for (; node; node = node.parentElement) {
        const parts = getComputedStyle(node).backgroundColor.match(/[\\d.]+/g).map(Number);
        if (parts.length < 4 || parts[3] > 0.95) return getComputedStyle(node).backgroundColor;
      }
      return 'rgb(255, 255, 255)';
    };
    const seen = { opacityProperty: true, visibilityProperty: true };
    return [...document.querySelectorAll('body *')].filter((node) => node.checkVisibility(seen) && !node.disabled
        && [...node.childNodes].some((one) => one.nodeType === 3 && one.data.trim()))
      .map((node) => [node, light(getComputedStyle(node).color), light(ground(node))])
      .filter(([, text, back]) => (Math.max(text, back) + 0.05) / (Math.min(text, back) + 0.05) < 4.5)
      .map(([node]) => `${node.className}: ${node.innerText.slice(0, 30)}`);
"""


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_all_text_stands_out_from_its_ground(page: Browser, gallery: Gallery, dark: bool) -> None:
    page.dark(dark)
    try:
        enter(page, gallery, "sam")
        say_and_hear(page, "everything", len(EVERYTHING))
        assert page.run(CONTRAST) == []
        say_and_hear(page, "form", 1)
        page.click(".list .button", "Answer questions")
        page.see("Book a consultation", "dialog.modal")
        page.key("Enter", modifiers=CONTROL)
        page.until("return !!document.querySelector('dialog .input-error')", "an error")
        assert page.run(CONTRAST) == []
        page.key("Escape")
        page.until("return !document.querySelector('dialog.modal').open", "the modal closed")
    finally:
        page.dark(False)
