"""Reading what was said: the provider's format, and links that must not lead elsewhere."""

from datetime import timedelta

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.calcom import NotFound, Refused, Session, TranscriptLine, Unavailable
from bot.calcom.wire.transcript import read_transcript

from .conftest import Script, success
from .seeded import LOS_ANGELES, TUESDAY, Here, at, book

VTT = """WEBVTT

NOTE made by a machine

1
00:00:01.000 --> 00:00:04.000
<v Ann Lee>Hello &amp; welcome.

2
00:00:05.000 --> 00:00:09.000 align:start
<v.loud Bailey>Shall we <i>start</i>?
- Kenji: Yes.
"""


def test_speakers_and_words_are_read_and_timings_left_out() -> None:
    assert read_transcript(VTT) == (
        TranscriptLine("Hello & welcome.", "Ann Lee"),
        TranscriptLine("Shall we start?", "Bailey"),
        TranscriptLine("Yes.", "Kenji"),
    )


def test_plain_text_is_read_line_by_line() -> None:
    assert [str(line) for line in read_transcript("Ann: hi\nno speaker here\n")] == ["Ann: hi", "no speaker here"]


@given(text=st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_text_can_be_read(text: str) -> None:
    assert all(line.text.strip() for line in read_transcript(text))


async def test_a_meeting_s_transcript_is_fetched_and_read(here: Here) -> None:
    start = at(LOS_ANGELES, TUESDAY, 11)
    made = await book(here.public, "15min", "bailey", start)
    here.clock.set(start + timedelta(minutes=1))
    async with httpx.AsyncClient(transport=here.transport) as browser:
        await browser.post(str(made.meeting_url), data={"name": "Ann"})
    here.clock.set(start + timedelta(hours=1))
    lines = await here.acting("bailey").transcript(made.uid)
    assert [line.speaker for line in lines] == ["Ann"]


async def test_a_link_is_followed_without_our_credential(script: Script, session: Session) -> None:
    script.says(success(["https://storage.test/t.vtt?signature=x"]), httpx.Response(200, text=VTT))
    assert len(await session.transcript("u")) == 3
    assert script.last.url.host == "storage.test"
    assert "authorization" not in script.last.headers
    assert "cal-api-version" not in script.last.headers


@pytest.mark.parametrize(
    "link",
    [
        "http://169.254.169.254/latest/meta-data",
        "file:///etc/passwd",
        "ftp://x/y",
        "//calcom.test/x",
        "not a link",
        "",
    ],
)
async def test_a_link_that_leads_elsewhere_is_not_followed(script: Script, session: Session, link: str) -> None:
    script.says(success([link]), httpx.Response(200, text="secret"))
    if link == "":
        script.says(success(["http://[::1"]))
    with pytest.raises(Refused):
        await session.transcript("u")
    assert len(script.requests) == 1


async def test_an_expired_link_is_not_found(script: Script, session: Session) -> None:
    script.says(success(["https://storage.test/t.vtt"]), httpx.Response(403, text="<Error>expired</Error>"))
    with pytest.raises(NotFound):
        await session.transcript("u")


@pytest.mark.parametrize(
    "trouble",
    [
        httpx.Response(500),
        httpx.Response(302, headers={"Location": "http://169.254.169.254/"}),
        httpx.ReadTimeout("slow"),
    ],
)
async def test_a_broken_download_is_unavailable(
    script: Script, session: Session, trouble: httpx.Response | Exception
) -> None:
    script.says(success(["https://storage.test/t.vtt"]), trouble)
    with pytest.raises(Unavailable):
        await session.transcript("u")


async def test_an_endless_download_is_cut(script: Script, session: Session) -> None:
    script.says(success(["https://storage.test/t.vtt"]), httpx.Response(200, text="word\n" * 400_000))
    lines = await session.transcript("u")
    assert sum(len(line.text) + 1 for line in lines) <= 1_000_001
