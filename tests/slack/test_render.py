"""Cards as Block Kit: within Slack's limits whatever the text, and saying what a person needs."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.scheduling.cards import Card, DraftKind, Party, SlotChoice, SlotOption
from bot.slack.buttons import pressed
from bot.slack.render import Message, Reader, render
from tests.slack import cards
from tests.slack.block_kit import check_block_types, check_blocks

ANN = Reader("America/New_York", "en-US")
LENA = Reader("Europe/Berlin", "de-DE")

NASTY = {
    "plain": "Weekly sync",
    "empty": "",
    "blank": "  \n ",
    "channel": "<!channel> <!here|x> <@U0ANN00001> <https://evil.example|click>",
    "entities": "&amp; &lt;b&gt; & < > " * 40,
    "emoji": "🎉👩‍👩‍👧 :tada: " * 30,
    "rtl": "פגישה עם שרה \u202e(evil) اجتماع " * 30,
    "marks": "*bold* _it_ ~no~ `code` ```\nblock\n``` > quote",
    "title": "A title of three hundred characters " * 9,
    "long": ("Four thousand characters. " * 160)[:4000],
    "one word": "x" * 4000,
    "ampersands": "&" * 4000,
    "control": "a\x00b\x07c\u2028d",
}


def texts(message: Message) -> str:
    """All texts of a message."""
    return "\n".join(t["text"] for t in _text_objects(list(message.blocks)))


def _text_objects(part: Any) -> list[dict[str, Any]]:
    if isinstance(part, list):
        return [found for each in part for found in _text_objects(each)]
    if isinstance(part, dict):
        own = [part] if part.get("type") in ("mrkdwn", "plain_text") else []
        return own + [found for each in part.values() for found in _text_objects(each)]
    return []


def labels(message: Message) -> list[str]:
    """The labels of the buttons, in order."""
    found = []
    for block in message.blocks:
        if block["type"] == "actions":
            found += [
                e["text"]["text"] if e["type"] == "button" else e["placeholder"]["text"] for e in block["elements"]
            ]
    return found


@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY.keys())
@pytest.mark.parametrize("reader", [ANN, LENA], ids=["ann", "lena"])
def test_every_card_with_every_text_is_within_slacks_limits(text: str, reader: Reader) -> None:
    for card in cards.every_card(text):
        message = render(card, reader)
        check_blocks(list(message.blocks))
        assert 0 < len(message.text) <= 4000, card


@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY.keys())
def test_every_card_is_of_slacks_types(text: str) -> None:
    for card in cards.every_card(text):
        check_block_types(list(render(card, ANN).blocks))


@pytest.mark.parametrize("card", cards.every_card(NASTY["channel"]), ids=lambda card: card.type)
def test_text_of_others_mentions_nobody_and_links_nowhere(card: Card) -> None:
    message = render(card, ANN)
    shown = [t["text"] for t in _text_objects(list(message.blocks)) if t["type"] == "mrkdwn"]
    for text in [message.text, *shown]:
        for reference in re.findall(r"<([^<>]*)>", text):
            assert reference.startswith(("!date^", "https://cal.com/", "https://app.cal.com/")), reference


@pytest.mark.parametrize("card", cards.every_card("Sync"), ids=lambda card: card.type)
def test_mrkdwn_is_verbatim_so_that_bare_addresses_stay_text(card: Card) -> None:
    assert all(t["verbatim"] for t in _text_objects(list(render(card, ANN).blocks)) if t["type"] == "mrkdwn")


def test_slots_begin_with_the_time_and_stand_under_their_day() -> None:
    message = render(cards.slot_choice(), ANN)
    assert labels(message) == [
        "1:30 PM · 10:30 AM PST",
        "2:30 PM · 11:30 AM PST",
        "3:30 PM · 12:30 PM PST",
        "4:30 PM · 1:30 PM PST",
        "More times",
        "Another day",
    ]
    assert "*Tue 24 Nov*" in texts(message)
    assert "Times in New York time. For Bailey it is 10:30 AM–1:45 PM in Los Angeles." in texts(message)


def test_slots_are_written_as_the_reader_writes_times() -> None:
    german = render(cards.slot_choice(), LENA)
    assert labels(german)[0] == "13:30 · 10:30 PST"


def test_slots_of_several_days_have_a_heading_each() -> None:
    options = tuple(
        SlotOption(f"k{n}", cards.AT + timedelta(days=n), cards.AT + timedelta(days=n, minutes=15)) for n in range(3)
    )
    card = SlotChoice("r", "Sync", (cards.bailey(),), 15, cards.NEW_YORK, options, date(2026, 11, 24))
    shown = texts(render(card, ANN))
    assert [day for day in ("*Tue 24 Nov*", "*Wed 25 Nov*", "*Thu 26 Nov*") if day in shown] == [
        "*Tue 24 Nov*",
        "*Wed 25 Nov*",
        "*Thu 26 Nov*",
    ]


def test_the_hosts_other_day_is_named_on_the_button() -> None:
    start = datetime(2026, 11, 24, 22, tzinfo=UTC)
    card = SlotChoice(
        "r",
        "Sync",
        (Party("Kenji", "Asia/Tokyo"),),
        30,
        cards.NEW_YORK,
        (SlotOption("k", start, start + timedelta(minutes=30)),),
        date(2026, 11, 24),
    )
    assert labels(render(card, ANN))[0] == "5:00 PM · Wed 7:00 AM JST"


def test_same_zone_needs_no_second_time() -> None:
    card = SlotChoice(
        "r",
        "Sync",
        (Party("Joe", "America/Toronto"),),
        15,
        cards.NEW_YORK,
        cards.slot_choice().options,
        date(2026, 11, 24),
    )
    assert labels(render(card, ANN))[0] == "1:30 PM"


def test_nothing_free_says_why_and_offers_another_day() -> None:
    card = SlotChoice("r", "Sync", (), 15, cards.NEW_YORK, (), date(2026, 11, 24), lead="Bailey is away on Tuesday.")
    message = render(card, ANN)
    assert "Bailey is away on Tuesday." in texts(message)
    assert labels(message) == ["Another day"]


def test_a_proposal_shows_both_clocks_and_its_buttons() -> None:
    message = render(cards.proposal(form=True), ANN)
    assert labels(message) == ["Confirm", "Change time", "Edit answers", "Never mind"]
    assert "for Bailey: 10:30–10:45 AM PST, Los Angeles" in texts(message)
    assert "Tue 24 Nov" in texts(message)
    assert message.text == "Book this meeting? 15 min with Bailey, Tue 24 Nov, 1:30 PM (New York time)"


def test_one_card_writes_times_in_one_way() -> None:
    card = cards.proposal(zone="Europe/Berlin")
    shown = texts(render(card, LENA))
    assert ", 19:30–19:45 (Berlin time)\nfor Bailey: 10:30–10:45 PST, Los Angeles" in shown
    assert "{time}" not in shown
    assert "{time}" in texts(render(cards.proposal(), ANN))


def test_a_cancellation_can_be_let_be() -> None:
    card = cards.proposal(kind=DraftKind.CANCEL, confirm="Cancel booking", can_change=False)
    assert labels(render(card, ANN)) == ["Cancel booking", "Keep it"]


@pytest.mark.parametrize("card", cards.every_card("Sync"), ids=lambda card: card.type)
def test_no_other_button_sounds_like_the_one_that_acts(card: Card) -> None:
    acting = {"Confirm", "Cancel booking", "Ring the team", "Cancel", "Sync"}
    for label in labels(render(card, ANN)):
        assert label in acting or not re.search(r"confirm|book|cancel|yes", label, re.I), label


def test_an_outcome_offers_what_comes_next() -> None:
    message = render(cards.outcome(), ANN)
    assert labels(message) == ["Join", "Add to calendar", "Reschedule", "Cancel"]
    assert "Booked" in texts(message)


def test_a_finished_outcome_offers_nothing() -> None:
    assert labels(render(cards.outcome(active=False, links=()), ANN)) == []


def test_an_agenda_names_days_people_and_their_clocks() -> None:
    shown = texts(render(cards.agenda("Sync"), ANN))
    assert "*Tue 24 Nov*" in shown
    assert "with Sync (10:30–11:00 AM PST)" in shown
    assert "and 1 more" in shown


def test_a_long_agenda_says_how_many_it_leaves_out() -> None:
    message = render(cards.agenda("Sync", count=40), ANN)
    lines = sum(1 for block in message.blocks if block.get("accessory"))
    assert f"and {40 + 1 - lines} more" in texts(message)


def test_every_button_reads_back_as_what_it_stands_for() -> None:
    for card in cards.every_card("Sync"):
        for block in render(card, ANN).blocks:
            for element in [*block.get("elements", []), block.get("accessory")]:
                if not element or element["type"] not in ("button", "overflow") or "url" in element:
                    continue
                for option in element.get("options", [None]):
                    what = pressed({**element, "selected_option": option})
                    assert what is not None
                    assert what.ref == getattr(card, "ref", "")


def test_a_chosen_day_comes_with_the_ref() -> None:
    picker = next(
        e
        for block in render(cards.slot_choice(ref="a:b"), ANN).blocks
        for e in block.get("elements", [])
        if e["type"] == "datepicker"
    )
    what = pressed({"action_id": picker["action_id"], "selected_date": "2026-11-30"})
    assert what is not None
    assert (what.ref, what.key) == ("a:b", "2026-11-30")
