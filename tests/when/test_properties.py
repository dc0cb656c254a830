"""What holds for every text: no exception, order, zone, spans, and time to answer."""

import time

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.when import read
from bot.when.lexicon import LANGUAGES, lexicon

from .asking import moment

ZONES = ("America/New_York", "Europe/London", "Asia/Kathmandu", "Pacific/Apia", "Australia/Lord_Howe", "UTC")
_ODD = [
    "1",
    "2",
    "9",
    "12",
    "31",
    "99",
    "1500",
    "3pm",
    "14:30",
    "25:00",
    "2026-11-24",
    "3/12",
    "2/30",
    "10-50",
    "15h",
    "5.5",
    "½",
    ",",
    ".",
    "?",
    "-",
    "–",
    "/",
    "+",
    "@",
    "#",
    "Bailey",
    "🎉",
    "ß",
    "24:00",
    "utc+2",
    "CST",
]
WORDS = {
    lang: [w.replace("_", " ") for w in lexicon(lang).words]
    + [
        " ".join((a, b, *rest))
        for a, more in lexicon(lang).phrases.items()
        for b, rests in more.items()
        for rest, _, _ in rests
    ]
    for lang in LANGUAGES
}


@st.composite
def talk(draw: st.DrawFn) -> tuple[str, str]:
    """Words of time of one language in any order."""
    lang = draw(st.sampled_from(LANGUAGES))
    words = draw(st.lists(st.one_of(st.sampled_from(WORDS[lang]), st.sampled_from(_ODD)), min_size=1, max_size=14))
    return lang, ("" if lang in ("ja", "zh") else " ").join(words)


def _check(text: str, zone: str, lang: str | None = None) -> None:
    reading = read(text, moment("2026-11-23T09:17", zone), zone, lang=lang)
    for window in (*reading.windows, *reading.preferred, *reading.excluded):
        assert window.exact or window.start is None or window.end is None or window.start < window.end
        for side in (window.start, window.end):
            assert side is None or getattr(side.tzinfo, "zone", None) == zone
    for mention in reading.mentions:
        a, b = mention.span
        assert 0 <= a < b <= len(text)
        assert all(a <= x < y <= b for x, y in mention.spans)
        assert mention.problem or mention.start is None or mention.end is None or mention.start < mention.end
    for first, second in zip(reading.windows, reading.windows[1:], strict=False):
        assert first.start is None or second.start is None or first.start <= second.start


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(said=talk(), zone=st.sampled_from(ZONES))
def test_any_words_of_time_give_ordered_windows_in_the_asked_zone(said: tuple[str, str], zone: str) -> None:
    lang, text = said
    _check(text, zone, lang)


@settings(max_examples=150, deadline=None)
@given(text=st.text(max_size=200))
def test_any_text_is_answered(text: str) -> None:
    _check(text, "America/New_York", "en")


def _milliseconds(text: str, lang: str) -> float:
    now = moment("2026-11-23T09:17")
    read(text, now, "America/New_York", lang=lang)
    best = 1e9
    for _ in range(3):
        begun = time.process_time()
        read(text, now, "America/New_York", lang=lang)
        best = min(best, time.process_time() - begun)
    return best * 1000


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(said=talk())
def test_two_thousand_characters_take_milliseconds(said: tuple[str, str]) -> None:
    lang, words = said
    text = (words + " ") * (2000 // (len(words) + 1) + 1)
    assert _milliseconds(text[:2000], lang) < 25  # 5 on a quiet machine


def test_hostile_texts_take_milliseconds() -> None:
    for piece in (
        "a",
        "-",
        "1",
        "1 2 ",
        "Tuesday at 2pm or ",
        "12:30-1:45 ",
        "the 3rd of the ",
        "and or to ",
        "o'clock ",
        "½",
        "((",
        "1/",
    ):
        assert _milliseconds((piece * 2000)[:2000], "en") < 25, piece
