"""`plain`: what a person sees, as text. The contract of every script that looks at the workspace."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.sandbox.clock import Clock
from bot.sandbox.slack.dates import shown_date
from bot.sandbox.slack.elements import identified
from bot.sandbox.slack.journal import Journal
from bot.sandbox.slack.plain import Reader
from bot.sandbox.slack.stamps import Stamps
from tests.sandbox_slack.samples import EVERYTHING, OPTIONS, actions, button, field, mrkdwn, option, plain, section

NOW = datetime(2026, 11, 23, 14, tzinfo=UTC)
TUESDAY_2PM_NEW_YORK = 1_795_546_800
"""2026-11-24 14:00 in New York, 19:00 UTC."""

NAMES = {"U0ANN00001": "ann", "U0SAM00001": "sam"}
CHANNELS = {"C0SUPPORT1": "support"}


def reader(zone: str = "America/New_York", viewer: str = "U0ANN00001") -> Reader:
    return Reader(lambda i: NAMES.get(i, i), lambda i: CHANNELS.get(i, i), ZoneInfo(zone), NOW, viewer)


def read(*blocks: dict[str, Any], state: Any = None, **options: str) -> str:
    stamps = Stamps(Clock(NOW), Journal(None))
    return reader(**options).blocks(identified(list(blocks), stamps), state or {})


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Hello *bold* _italic_ ~gone~ `code`", "Hello bold italic gone code"),
        ("snake_case and 2*3*4 stay", "snake_case and 2*3*4 stay"),
        ("<@U0SAM00001> in <#C0SUPPORT1|support>", "@sam in #support"),
        ("<@UNOBODY123>", "@UNOBODY123"),
        ("<https://cal.com|Cal> and <https://cal.com>", "Cal (https://cal.com) and https://cal.com"),
        ("<mailto:sam@example.com|sam@example.com>", "sam@example.com"),
        ("<https://e.com/_a_/*b*|x>", "x (https://e.com/_a_/*b*)"),
        ("<https://e.com/?a=1&amp;b=2|x>", "x (https://e.com/?a=1&b=2)"),
        ("*<https://e.com|bold link>*", "bold link (https://e.com)"),
        ("<!here> <!channel>", "@here @channel"),
        ("a &lt; b &amp;&amp; c &gt; d", "a < b && c > d"),
        ("[not a button]", "(not a button)"),
        ("<https://e.com|[label]>", "(label) (https://e.com)"),
        ("```\nblock\n```", "block"),
        ("&gt; quoted", "> quoted"),
    ],
)
def test_mrkdwn_is_read_out(text: str, shown: str) -> None:
    assert reader().mrkdwn(text) == shown


@pytest.mark.parametrize(
    ("zone", "shown"),
    [
        ("America/New_York", "2026-11-24 at 2:00 PM"),
        ("Asia/Tokyo", "2026-11-25 at 4:00 AM"),
        ("Europe/Berlin", "2026-11-24 at 8:00 PM"),
    ],
)
def test_a_date_is_shown_in_the_viewers_zone(zone: str, shown: str) -> None:
    assert reader(zone).mrkdwn(f"<!date^{TUESDAY_2PM_NEW_YORK}^{{date_num}} at {{time}}|then>") == shown


@pytest.mark.parametrize(
    ("token", "shown"),
    [
        ("{date_num}", "2026-11-24"),
        ("{date_slash}", "11/24/2026"),
        ("{date}", "November 24th"),
        ("{date_short}", "Nov 24"),
        ("{date_long}", "Tuesday, November 24th"),
        ("{date_long_full}", "November 24, 2026"),
        ("{date_pretty}", "Tomorrow"),
        ("on {date_short_pretty}", "on tomorrow"),
        ("{date_long_pretty}", "Tomorrow"),
        ("{day_divider_pretty}", "Tomorrow"),
        ("{time}", "2:00 PM"),
        ("{time_secs}", "2:00:00 PM"),
        ("{ago}", "in 1 day"),
    ],
)
def test_every_date_token_is_known(token: str, shown: str) -> None:
    assert shown_date(token, TUESDAY_2PM_NEW_YORK, ZoneInfo("America/New_York"), NOW) == shown


def test_a_far_date_shows_its_year() -> None:
    zone = ZoneInfo("UTC")
    assert shown_date("{date_short}", 1_700_000_000, zone, NOW) == "Nov 14, 2023"
    assert shown_date("{date_long}", 1_700_000_000, zone, NOW) == "Tuesday, November 14th, 2023"
    assert shown_date("{date_pretty} {ago}", 1_700_000_000, zone, NOW) == "November 14th, 2023 3 years ago"


def test_an_unreadable_date_shows_its_fallback() -> None:
    assert reader().mrkdwn("<!date^soon^{date}|some day>") == "some day"
    assert reader().mrkdwn("<!date^1764010800^{dates}|some day>") == "some day"
    assert reader().mrkdwn("<!date^99999999999999999^{date}|some day>") == "some day"


def test_a_date_may_be_a_link() -> None:
    text = f"<!date^{TUESDAY_2PM_NEW_YORK}^{{time}}^https://cal.com|then>"
    assert reader().mrkdwn(text) == "2:00 PM (https://cal.com)"


def test_buttons_stand_in_brackets_in_their_order() -> None:
    assert read(actions(button("1:30 PM", "a"), button("2:00 [PM]", "b"))) == "[1:30 PM] [2:00 (PM)]"


def test_a_button_for_somebody_else_is_not_seen() -> None:
    block = actions(button("Mine", "a"), button("His", "b", visible_to_user_ids=["U0SAM00001"]))
    assert read(block) == "[Mine]"
    assert read(block, viewer="U0SAM00001") == "[Mine] [His]"


def test_a_select_shows_its_placeholder_and_then_its_value() -> None:
    select = {"type": "static_select", "action_id": "s", "placeholder": plain("Pick one"), "options": OPTIONS}
    assert read(actions(select)) == "[Pick one]"
    assert read(actions(select | {"initial_option": OPTIONS[1]})) == "[Pick one] Two"
    chosen = {"acts": {"s": {"type": "static_select", "selected_option": OPTIONS[2]}}}
    assert read(actions(select), state=chosen) == "[Pick one] Three"


def test_a_select_without_placeholder_shows_its_label() -> None:
    select = {"type": "static_select", "options": OPTIONS}
    assert read(field("Size", select, "b")) == "Size\n[Size]"
    assert read(field("Size", select | {"placeholder": plain("Choose")}, "b")) == "Size\n[Choose]"


def test_pickers_and_menus_stand_in_brackets() -> None:
    assert read(actions({"type": "datepicker", "action_id": "d"})) == "[Select a date]"
    assert read(actions({"type": "datepicker", "action_id": "d", "initial_date": "2026-11-24"})).endswith("2026-11-24")
    assert (
        read(actions({"type": "timepicker", "initial_time": "14:30", "placeholder": plain("When")})) == "[When] 14:30"
    )
    assert read(actions({"type": "overflow", "action_id": "o", "options": OPTIONS})) == "[More options]"
    assert read(actions({"type": "users_select", "action_id": "u", "initial_user": "U0SAM00001"})) == (
        "[Select an option] @sam"
    )


def test_checkboxes_and_radio_buttons_show_what_is_ticked() -> None:
    boxes = {"type": "checkboxes", "action_id": "c", "options": OPTIONS, "initial_options": [OPTIONS[1]]}
    assert read(actions(boxes)) == "☐ One\n☑ Two\n☐ Three"
    radio = {"type": "radio_buttons", "action_id": "r", "options": OPTIONS, "initial_option": OPTIONS[0]}
    assert read(actions(radio)) == "◉ One\n○ Two\n○ Three"


def test_text_inputs_show_label_value_and_hint() -> None:
    topic = {"type": "plain_text_input", "initial_value": "The [AI] plan"}
    assert read(field("Topic", topic, "b", hint=plain("Be short"))) == "Topic\nThe (AI) plan\nBe short"
    empty = {"type": "plain_text_input", "placeholder": plain("Write here")}
    assert read(field("Topic", empty, "b", optional=True)) == "Topic (optional)\n(Write here)"


def test_blocks_replace_the_top_level_text() -> None:
    shown = reader().message("for notifications", [section("for people")], [], {}, markdown=False)
    assert shown == "for people"
    assert reader().message("just *text*", [], [], {}, markdown=False) == "just text"


def test_attachments_are_read_out() -> None:
    attachment = {"pretext": "Look", "fields": [{"title": "Who", "value": "Sam"}], "blocks": [section("inside")]}
    assert reader().message("Hi", [], [attachment], {}, markdown=False) == "Hi\nLook\nWho: Sam\ninside"
    assert reader().message("", [], [{"fallback": "nothing else"}], {}, markdown=False) == "nothing else"


def test_markdown_loses_its_marks() -> None:
    text = "# Title\n**bold** __too__ [a link](https://cal.com)\n* item\n![image](https://e.com/i.png)"
    assert read({"type": "markdown", "text": text}) == "Title\nbold too a link (https://cal.com)\n• item\nimage"


def test_rich_text_is_read_out() -> None:
    block = next(block for block in EVERYTHING if block["type"] == "rich_text")
    assert read(block, zone="UTC") == (
        "Hello @ann#support:tada:Cal (https://cal.com)2025-11-24@here\n1. first\n> quoted\ncode"
    )


def test_everything_that_is_shown_is_read() -> None:
    shown = read(*EVERYTHING)
    for words in (
        "Your meeting",
        "Bold with a link (https://cal.com)",
        "[More]",
        "Who\nBailey",
        "Where\nA map",
        "icon in UTC",
        "[Confirm] [Open]",
        "[Pick many]",
        "Day | Time\nTue | 2pm",
        "[Good] [Bad] [Delete]",
        "30 minutes\nwith Bailey\nA call\n[Book it]",
        "One card",
        "Too soon",
        "Looking (in progress)\nslots",
        "Plan\nAsk (pending)",
        "Box\ninside",
        "Recording (https://example.com/v)\nOf the call",
    ):
        assert words in shown, words


def test_no_brackets_but_those_to_press() -> None:
    sly = section("[Confirm]", fields=[mrkdwn("[Cancel]")])
    header = {"type": "header", "text": plain("[Header]")}
    context = {"type": "context", "elements": [plain("[Context]")]}
    table = {"type": "table", "rows": [[{"type": "raw_text", "text": "[Cell]"}]]}
    boxes = actions({"type": "checkboxes", "options": [option("[Box]")]})
    assert "[" not in read(sly, header, context, table, boxes)
