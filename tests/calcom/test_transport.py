"""Failures on the way: what is tried again, what is not, and what the caller is told."""

import asyncio
import time
from collections.abc import AsyncIterator

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.calcom import (
    CalCom,
    CalComError,
    NotFound,
    RateLimited,
    Refused,
    Seen,
    Session,
    Unavailable,
    WrongCredential,
    time_limit,
)

from .builders import BOOKING, EVENT_TYPE
from .conftest import KEY, Script, refusal, success

ME = {"id": 1, "username": "bailey", "email": "bailey@example.com", "name": "Bailey", "timeZone": "UTC"}
HTML = httpx.Response(502, text="<html><body>Bad gateway</body></html>")
GARBAGE = httpx.Response(200, text="<!doctype html><title>Login</title>")
DOWN = httpx.Response(500, json={"statusCode": 500, "message": "Internal server error"})


@pytest.mark.parametrize(
    "trouble",
    [
        DOWN,
        HTML,
        GARBAGE,
        httpx.Response(200, json={"status": "error"}),
        httpx.Response(200, json=[]),
        httpx.Response(200, content=b""),
        httpx.ConnectError("refused"),
        httpx.ConnectTimeout("slow"),
        httpx.ReadTimeout("slow"),
        httpx.ReadError("reset"),
        httpx.RemoteProtocolError("gone"),
        httpx.PoolTimeout("busy"),
    ],
)
async def test_a_read_is_tried_again(script: Script, session: Session, trouble: httpx.Response | Exception) -> None:
    script.says(trouble, trouble, success(ME))
    assert (await session.me()).username == "bailey"
    assert len(script.requests) == 3


async def test_a_read_gives_up_after_four_attempts(script: Script, session: Session) -> None:
    script.says(DOWN)
    with pytest.raises(Unavailable) as caught:
        await session.me()
    assert len(script.requests) == 4
    assert not caught.value.maybe_done
    assert caught.value.status == 500


async def test_a_refused_read_is_not_tried_again(script: Script, session: Session) -> None:
    script.says(refusal(404, "Booking with uid=x not found", "NotFoundException"))
    with pytest.raises(NotFound):
        await session.booking("x")
    assert len(script.requests) == 1


@pytest.mark.parametrize(
    "trouble",
    [
        DOWN,
        HTML,
        GARBAGE,
        httpx.ReadTimeout("slow"),
        httpx.ReadError("reset"),
        httpx.WriteError("reset"),
        httpx.RemoteProtocolError("Server disconnected without sending a response."),
        httpx.Response(201, json={"status": "success", "data": {"unexpected": True}}),
        httpx.Response(201, content=b'{"status":"success","data":{"uid"'),
    ],
)
async def test_a_write_that_may_have_arrived_is_never_repeated_and_says_so(
    script: Script, session: Session, trouble: httpx.Response | Exception
) -> None:
    script.says(trouble)
    with pytest.raises(Unavailable) as caught:
        await session.confirm("x")
    assert len(script.requests) == 1
    assert caught.value.maybe_done


@pytest.mark.parametrize(
    "trouble", [httpx.ConnectError("refused"), httpx.ConnectTimeout("slow"), httpx.PoolTimeout("busy")]
)
async def test_a_write_that_never_left_is_tried_again(script: Script, session: Session, trouble: Exception) -> None:
    script.says(trouble, success(BOOKING))
    await session.confirm("x")
    assert len(script.requests) == 2


async def test_a_write_that_never_leaves_was_certainly_not_done(script: Script, session: Session) -> None:
    script.says(httpx.ConnectError("refused"))
    with pytest.raises(Unavailable) as caught:
        await session.confirm("x")
    assert not caught.value.maybe_done
    assert len(script.requests) == 4


async def test_a_page_in_front_of_the_service_that_refuses_has_done_nothing(script: Script, session: Session) -> None:
    script.says(httpx.Response(403, text="<html>blocked</html>"), success(BOOKING))
    await session.confirm("x")
    assert len(script.requests) == 2


async def test_a_401_is_a_wrong_credential_whatever_its_body(script: Script, session: Session) -> None:
    script.says(httpx.Response(401, text="<html>who?</html>"))
    with pytest.raises(WrongCredential):
        await session.me()
    assert len(script.requests) == 1


async def test_a_redirect_is_no_answer(script: Script, session: Session) -> None:
    script.says(httpx.Response(302, headers={"Location": "https://evil.test/"}))
    with pytest.raises(Unavailable):
        await session.me()
    assert {request.url.host for request in script.requests} == {"calcom.test"}


async def test_deletion_may_answer_with_nothing(script: Script, session: Session) -> None:
    script.says(httpx.Response(204))
    await session.release("r1")
    assert script.last.method == "DELETE"


async def test_a_429_without_a_date_is_tried_again_even_for_a_write(script: Script, session: Session) -> None:
    script.says(refusal(429, "Too many requests.", "ThrottlerException"), success(BOOKING))
    await session.confirm("x")
    assert len(script.requests) == 2


async def test_a_429_that_ends_after_the_deadline_is_told_at_once(script: Script, session: Session) -> None:
    limited = refusal(429, "Too many requests.", "ThrottlerException")
    limited.headers["X-RateLimit-Reset-Default"] = "60"
    script.says(limited)
    started = time.perf_counter()
    with pytest.raises(RateLimited) as caught:
        await session.confirm("x")
    assert time.perf_counter() - started < 0.5
    assert caught.value.retry_after == pytest.approx(60, abs=1)
    assert len(script.requests) == 1


async def test_half_an_emoji_does_not_spoil_an_answer(script: Script, session: Session) -> None:
    script.says(httpx.Response(200, content=b'{"status":"success","data":{"id":1,"name":"B \\ud83d!"}}'))
    assert (await session.me()).name == "B \ufffd!"


async def test_every_attempt_is_seen_by_the_observer(script: Script) -> None:
    seen: list[Seen] = []
    client = CalCom("http://calcom.test/v2", transport=httpx.MockTransport(script), observe=seen.append)
    script.says(httpx.ReadTimeout("slow"), DOWN, success(ME))
    await client.acting(KEY).me()
    await client.aclose()
    assert [(one.method, one.route, one.status) for one in seen] == [
        ("GET", "/me", None),
        ("GET", "/me", 500),
        ("GET", "/me", 200),
    ]


class Slow(httpx.AsyncBaseTransport):
    """Takes its time over every answer."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.asked = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.asked += 1
        await asyncio.sleep(self.seconds)
        return success(ME if request.method == "GET" else BOOKING)


@pytest.fixture
async def slow() -> AsyncIterator[tuple[Slow, CalCom]]:
    transport = Slow(5)
    client = CalCom("http://calcom.test/v2", transport=transport, ceiling_seconds=0.2)
    yield transport, client
    await client.aclose()


async def test_a_call_ends_at_its_ceiling(slow: tuple[Slow, CalCom]) -> None:
    transport, client = slow
    started = time.perf_counter()
    with pytest.raises(Unavailable) as caught:
        await client.acting(KEY).confirm("x")
    assert time.perf_counter() - started < 0.4
    assert caught.value.maybe_done
    assert transport.asked == 1


async def test_a_time_limit_holds_for_all_calls_inside_it(slow: tuple[Slow, CalCom]) -> None:
    _, client = slow
    started = time.perf_counter()
    with time_limit(0.05), time_limit(10):
        for _ in range(3):
            with pytest.raises(Unavailable):
                await client.acting(KEY).me()
    assert time.perf_counter() - started < 0.15


async def test_cancelling_the_caller_cancels_the_call(slow: tuple[Slow, CalCom]) -> None:
    _, client = slow
    task = asyncio.create_task(client.acting(KEY).me())
    await asyncio.sleep(0.02)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


class Listing(Slow):
    """Takes its time over a list of event types."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await super().handle_async_request(request)
        return success([EVENT_TYPE])


async def test_one_asker_giving_up_leaves_the_answer_to_the_others() -> None:
    transport = Listing(0.05)
    client = CalCom("http://calcom.test/v2", transport=transport)
    session = client.acting(KEY)
    hasty, patient = (asyncio.create_task(session.event_types("bailey")) for _ in range(2))
    await asyncio.sleep(0.01)
    hasty.cancel()
    assert len(await patient) == 1
    assert hasty.cancelled()
    await client.aclose()


async def test_one_asker_s_short_patience_does_not_fail_the_others() -> None:
    transport = Listing(0.1)
    client = CalCom("http://calcom.test/v2", transport=transport)
    session = client.acting(KEY)

    async def hurried() -> None:
        with time_limit(0.03):
            await session.event_types("bailey")

    hasty = asyncio.create_task(hurried())
    await asyncio.sleep(0)
    assert len(await session.event_types("bailey")) == 1
    with pytest.raises(Unavailable):
        await hasty
    assert transport.asked == 1
    await client.aclose()


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/v2", "ftp://calcom.test/v2", "http://nowhere.invalid/v2"])
async def test_an_address_without_cal_com_is_unavailable(url: str) -> None:
    client = CalCom(url, ceiling_seconds=2)
    with pytest.raises(Unavailable) as caught:
        await client.acting(KEY).confirm("x")
    assert not caught.value.maybe_done
    await client.aclose()


pages = st.one_of(
    st.binary(max_size=80),
    st.sampled_from([b"<html></html>", b"null", b"{}", b"[]", b'"x"', b"[" * 50_000, b'{"status":"success"}']),
    st.dictionaries(
        st.sampled_from(["status", "data", "error", "message", "statusCode"]),
        st.none() | st.integers() | st.text(max_size=8) | st.lists(st.text(max_size=4), max_size=2),
    ).map(lambda body: httpx.Response(200, json=body).content),
)


@given(status=st.integers(min_value=200, max_value=599), page=pages, read=st.booleans())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_senseless_answer_is_one_of_our_errors(status: int, page: bytes, read: bool) -> None:
    async def outcome() -> object:
        answer = httpx.Response(status, content=page)
        client = CalCom("http://calcom.test/v2", transport=httpx.MockTransport(lambda _: answer))
        session = client.acting(KEY)
        try:
            return await (session.booking("x") if read else session.cancel("x"))
        except CalComError as error:
            return error
        finally:
            await client.aclose()

    result = asyncio.run(outcome())
    assert isinstance(result, Refused | Unavailable | RateLimited)
    assert result.sentence
