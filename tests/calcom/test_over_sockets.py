"""Real connections that break: what is certain about a write, and what is not."""

import asyncio
import gzip
import json
from collections.abc import AsyncIterator, Callable
from datetime import date

import pytest

from bot.calcom import CalCom, ConnectedCalendar, Session, Unavailable, time_limit

from .builders import BOOKING
from .conftest import KEY

GOOD = json.dumps({"status": "success", "data": BOOKING}).encode()


async def request_head(reader: asyncio.StreamReader) -> str:
    head = (await reader.readuntil(b"\r\n\r\n")).decode()
    length = next((line for line in head.lower().split("\r\n") if line.startswith("content-length:")), ":0")
    await reader.readexactly(int(length.split(":")[1]))
    return head


def answer(body: bytes, *, promised: int | None = None) -> bytes:
    length = len(body) if promised is None else promised
    return b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % length + body


class Server:
    """Counts requests and treats each as `behaviour` says, by its number."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.heads: list[str] = []
        self.behaviour: Callable[[int, asyncio.StreamWriter], None] = lambda _, writer: writer.write(answer(GOOD))

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while not writer.is_closing():
                head = await request_head(reader)
                self.heads.append(head)
                self.seen.append(head.split("\r\n")[0])
                self.behaviour(len(self.seen), writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


@pytest.fixture
async def server() -> Server:
    return Server()


@pytest.fixture
async def session(server: Server) -> AsyncIterator[Session]:
    listening = await asyncio.start_server(server, "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    client = CalCom(f"http://127.0.0.1:{port}/v2", ceiling_seconds=2)
    yield client.acting(KEY)
    await client.aclose()
    listening.close()


async def test_an_answer_lost_after_the_work_was_done_leaves_a_write_in_doubt(server: Server, session: Session) -> None:
    server.behaviour = lambda _, writer: writer.close()
    with pytest.raises(Unavailable) as caught:
        await session.confirm("x")
    assert caught.value.maybe_done
    assert len(server.seen) == 1


async def test_an_answer_cut_short_leaves_a_write_in_doubt(server: Server, session: Session) -> None:
    def cut(_: int, writer: asyncio.StreamWriter) -> None:
        writer.write(answer(GOOD[:20], promised=len(GOOD)))
        writer.close()

    server.behaviour = cut
    with pytest.raises(Unavailable) as caught:
        await session.confirm("x")
    assert caught.value.maybe_done
    assert len(server.seen) == 1


async def test_a_read_survives_a_lost_answer(server: Server, session: Session) -> None:
    def first_lost(number: int, writer: asyncio.StreamWriter) -> None:
        if number == 1:
            writer.close()
        else:
            writer.write(answer(GOOD))

    server.behaviour = first_lost
    assert (await session.booking("x")).uid == BOOKING["uid"]
    assert len(server.seen) == 2


async def test_a_connection_closed_while_idle_does_not_lose_the_next_write(server: Server, session: Session) -> None:
    def close_afterwards(_: int, writer: asyncio.StreamWriter) -> None:
        writer.write(answer(GOOD))
        asyncio.get_running_loop().call_later(0.02, writer.close)

    server.behaviour = close_afterwards
    for _ in range(3):
        await session.confirm("x")
        await asyncio.sleep(0.05)
    assert len(server.seen) == 3


async def test_a_connection_is_used_again(server: Server, session: Session) -> None:
    connections = set()

    def note(_: int, writer: asyncio.StreamWriter) -> None:
        connections.add(writer.get_extra_info("peername"))
        writer.write(answer(GOOD))

    server.behaviour = note
    for _ in range(5):
        await session.booking("x")
    assert len(connections) == 1


async def test_an_answer_that_takes_too_long_leaves_a_write_in_doubt(server: Server, session: Session) -> None:
    server.behaviour = lambda _, writer: None
    with time_limit(0.1), pytest.raises(Unavailable) as caught:
        await session.confirm("x")
    assert caught.value.maybe_done


async def test_an_answer_may_be_compressed(server: Server, session: Session) -> None:
    packed = gzip.compress(GOOD)
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(packed)
    server.behaviour = lambda _, writer: writer.write(head + packed)
    assert (await session.booking("x")).uid == BOOKING["uid"]


async def test_an_answer_that_claims_to_be_compressed_and_is_not_leaves_a_write_in_doubt(
    server: Server, session: Session
) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(GOOD)
    server.behaviour = lambda _, writer: writer.write(head + GOOD)
    with pytest.raises(Unavailable) as caught:
        await session.confirm("x")
    assert caught.value.maybe_done


async def test_the_query_arrives_as_it_was_written(server: Server, session: Session) -> None:
    answer_list = json.dumps({"status": "success", "data": []}).encode()
    server.behaviour = lambda _, writer: writer.write(answer(answer_list))
    calendar = ConnectedCalendar("a+b@x.com", 135)
    await session.busy_times((calendar,), date(2026, 11, 24), date(2026, 11, 24), "Europe/Madrid")
    assert "calendarsToLoad[0][credentialId]=135&calendarsToLoad[0][externalId]=a%2Bb%40x.com" in server.seen[0]
    assert "timeZone=Europe%2FMadrid" in server.seen[0]


async def test_many_at_once_share_a_bounded_pool_and_nobody_starves(server: Server, session: Session) -> None:
    connections = set()

    def note(_: int, writer: asyncio.StreamWriter) -> None:
        connections.add(writer.get_extra_info("peername"))
        writer.write(answer(GOOD))

    server.behaviour = note
    await asyncio.gather(*(session.booking("x") for _ in range(300)))
    assert len(server.seen) == 300
    assert len(connections) <= 100


async def test_cookies_of_one_answer_do_not_travel_with_another(server: Server, session: Session) -> None:
    head = b"HTTP/1.1 200 OK\r\nSet-Cookie: who=ann; Path=/\r\nContent-Length: %d\r\n\r\n" % len(GOOD)
    server.behaviour = lambda _, writer: writer.write(head + GOOD)
    await session.booking("x")
    await session.booking("x")
    assert len(server.heads) == 2
    assert not any("cookie" in one.lower() for one in server.heads)


async def test_the_environment_s_proxy_is_used_but_not_for_this_machine(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    listening = await asyncio.start_server(server, "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{port}")
    for base in ("http://calcom.invalid/v2", f"http://127.0.0.1:{port}/v2"):
        client = CalCom(base)
        await client.acting(KEY).booking("x")
        await client.aclose()
    listening.close()
    assert server.seen == ["GET http://calcom.invalid/v2/bookings/x HTTP/1.1", "GET /v2/bookings/x HTTP/1.1"]


@pytest.mark.parametrize("noise", [b"SSH-2.0-OpenSSH_9\r\n", b"\x00\x01\x02\x03", b"HTTP/1.1 abc\r\n\r\n"])
async def test_something_that_speaks_no_http_is_unavailable(server: Server, session: Session, noise: bytes) -> None:
    def babble(_: int, writer: asyncio.StreamWriter) -> None:
        writer.write(noise)
        writer.close()

    server.behaviour = babble
    with pytest.raises(Unavailable):
        await session.booking("x")
