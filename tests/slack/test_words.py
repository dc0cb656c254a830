"""Text in both directions: whatever comes in is read, and nothing that goes out can act."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.slack.inbound import said
from bot.slack.mrkdwn import escaped, foreign, plain
from bot.slack.words import LONGEST, mentioned, shortened, spoken

TEXT = st.text(alphabet=st.one_of(st.characters(), st.sampled_from("<>&@!#|*_~`U1 \n")), max_size=400)


@given(TEXT)
def test_any_text_can_be_read(text: str) -> None:
    words = spoken(text, dict.fromkeys(mentioned(text), "Bailey"), "UBOT")
    assert "<@U" not in words or "&lt;" in text


@given(st.text(max_size=6000))
@settings(max_examples=40)
def test_a_message_is_cut_to_what_is_read(text: str) -> None:
    words, cut = shortened(text)
    assert len(words) <= LONGEST
    assert cut == (len(text) > LONGEST)
    assert text.startswith(words)


@given(TEXT, st.integers(1, 300))
def test_escaped_text_can_neither_mention_nor_link(text: str, limit: int) -> None:
    safe = escaped(text, limit)
    assert "<" not in safe
    assert ">" not in safe
    assert len(safe) <= max(limit, 5) + 2
    assert "&" not in safe.replace("&amp;", "").replace("&lt;", "").replace("&gt;", "")


@given(TEXT)
def test_foreign_text_in_a_line_stays_in_its_line_and_its_bold(text: str) -> None:
    line = foreign(text)
    assert line
    assert "\n" not in line
    assert "*" not in line


@given(TEXT, st.integers(4, 75))
def test_a_label_is_never_empty_and_never_too_long(text: str, limit: int) -> None:
    assert 0 < len(plain(text, limit)) <= limit


def test_the_readings_of_references() -> None:
    text = "<@U2> <#C1|general> <!here> <!subteam^S1|@ops> <tel:+15551|+1 555 1> <https://a.example/x|the page> &lt;3"
    assert spoken(text, {"U2": "Sam"}) == "@Sam #general @here @ops +1 555 1 the page (https://a.example/x) <3"


def test_what_is_not_said_by_a_person_to_the_bot_is_left_alone() -> None:
    person = {"type": "message", "channel_type": "im", "channel": "D1", "user": "U1", "ts": "1.1", "text": "hi"}
    body = {"team_id": "T1", "event_id": "Ev1", "event": person}
    assert said(body, "UBOT") is not None
    for more in (
        {"bot_id": "B1"},
        {"subtype": "message_changed"},
        {"subtype": "message_deleted"},
        {"edited": {"user": "U1", "ts": "1.2"}},
        {"user": None},
        {"channel_type": "channel", "channel": "C1"},
        {"type": "app_mention"},
        {"type": "reaction_added"},
    ):
        assert said(body | {"event": person | more}, "UBOT") is None, more
    assert said(body | {"event": person | {"subtype": "thread_broadcast", "thread_ts": "1.0"}}, "UBOT") is not None
