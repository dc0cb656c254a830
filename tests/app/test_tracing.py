"""Traces: a turn with the calls it made, and nothing that a person wrote."""

import pytest
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from bot import app
from bot.config import Settings
from bot.serving import demo
from bot.tracing import OpenTelemetry, tracer_for
from bot.watching import covered
from bot.workspace import Workspace

NOW = "2026-11-23T09:00:00-05:00"


@pytest.fixture
def spans(monkeypatch: pytest.MonkeyPatch) -> InMemorySpanExporter:
    """Where the spans of a bot started meanwhile end up."""
    exporter = InMemorySpanExporter()
    monkeypatch.setattr(
        app, "tracer_for", lambda _, service, version: OpenTelemetry(SimpleSpanProcessor(exporter), service, version)
    )
    return exporter


async def test_a_turn_is_traced_with_its_calls_and_without_its_words(spans: InMemorySpanExporter) -> None:
    async with demo(0, None, None, Settings()) as running:
        person = Workspace(running.address)
        await person.reset(NOW)
        spans.clear()
        await person.say("book 15min with bailey Tuesday at 2pm, topic Zeppelin")
        await person.settle()
        await person.press("Confirm")
        await person.settle()
        await person.aclose()
    finished = spans.get_finished_spans()
    turns = {span.context.span_id: span for span in finished if span.name.startswith("turn ")}
    assert {span.name for span in turns.values()} >= {"turn message", "turn press"}
    for span in turns.values():
        assert {"slotwise.turn", "slotwise.workspace", "slotwise.attempt"} <= set(span.attributes or {})
    calls = [span for span in finished if span.context.span_id not in turns]
    message = next(id for id, span in turns.items() if span.name == "turn message")
    names = {span.name for span in calls if span.parent and span.parent.span_id == message}
    assert "model chat" in names
    assert "slack chat.postMessage" in names
    assert any(name.startswith("calcom GET /") for name in names)
    booked = next(span for span in calls if span.name == "calcom POST /bookings")
    assert (booked.attributes or {})["http.response.status_code"] == 201
    told = " ".join(span.to_json() for span in finished)
    for secret in ("zeppelin", "bailey", "example.com", "cal_sandbox", "xoxb"):
        assert secret not in told.lower(), secret


async def test_calls_lie_within_their_turn(spans: InMemorySpanExporter) -> None:
    async with demo(0, None, None, Settings()) as running:
        person = Workspace(running.address)
        await person.reset(NOW)
        spans.clear()
        await person.say("what do I have on Wednesday?")
        await person.settle()
        await person.aclose()
    finished = spans.get_finished_spans()
    (turn,) = (span for span in finished if span.name == "turn message")
    inside = [
        s for s in finished if s.parent and s.parent.span_id == turn.context.span_id and "setStatus" not in s.name
    ]
    assert inside
    for span in inside:
        times = [turn.start_time or 0, span.start_time or 0, span.end_time or 0, turn.end_time or 0]
        assert times[0] - 5e6 <= times[1] <= times[2] <= times[3] + 5e6, span.name


def test_nothing_is_traced_unless_a_collector_is_named() -> None:
    assert tracer_for("", "here", "1") is None
    tracer = tracer_for("http://127.0.0.1:9", "here", "1")
    assert tracer is not None
    tracer.close()


@pytest.mark.parametrize(
    ("calls", "seconds"),
    [
        ([], 0.0),
        ([(1.0, 2.0), (3.0, 4.0)], 2.0),
        ([(1.0, 3.0), (2.0, 4.0)], 3.0),
        ([(1.0, 9.0), (2.0, 3.0)], 8.0),
        ([(-5.0, 2.0), (9.0, 30.0)], 3.0),
    ],
)
def test_calls_side_by_side_are_counted_once(calls: list[tuple[float, float]], seconds: float) -> None:
    assert covered(calls, 0.0, 10.0) == seconds
