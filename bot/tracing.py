"""Traces for OpenTelemetry, when OTEL_EXPORTER_OTLP_ENDPOINT is set; its library is loaded only then.

A trace is a turn with the calls it made: ids, routes and statuses, never what people wrote.
"""

import logging
from importlib.util import find_spec
from typing import Any

from bot.watching import Plain, Span, Tracer

log = logging.getLogger(__name__)

_NANOS = 1_000_000_000


def tracer_for(endpoint: str, service: str, version: str) -> Tracer | None:
    """Sends traces to the collector at `endpoint` (OTLP over HTTP; its further settings as OTEL_... say); None
    without an endpoint, or without the libraries."""
    if not endpoint:
        return None
    if find_spec("opentelemetry") is None or find_spec("opentelemetry.exporter") is None:
        log.error("OTEL_EXPORTER_OTLP_ENDPOINT is set, but the libraries are missing: pip install slotwise[otel]")
        return None
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    return OpenTelemetry(BatchSpanProcessor(OTLPSpanExporter(f"{endpoint.rstrip('/')}/v1/traces")), service, version)


class OpenTelemetry:
    """Turns and calls as spans, given to `processor` (a span processor of the SDK)."""

    def __init__(self, processor: Any, service: str, version: str) -> None:
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider

        # Attributes of OTEL_RESOURCE_ATTRIBUTES come in by `create`.
        named = {"service.name": "slotwise", "service.instance.id": service, "service.version": version}
        self._provider = TracerProvider(resource=Resource.create(named), shutdown_on_exit=False)
        self._provider.add_span_processor(processor)
        self._tracer = self._provider.get_tracer("slotwise", version)

    def turn(self, name: str, attributes: dict[str, Plain]) -> Span:
        """See Tracer."""
        return _Turn(self._tracer, self._tracer.start_span(name, attributes=attributes))

    def close(self) -> None:
        """See Tracer."""
        self._provider.shutdown()


class _Turn:
    """The span of a turn."""

    def __init__(self, tracer: Any, span: Any) -> None:
        from opentelemetry.trace import set_span_in_context

        self._tracer = tracer
        self._span = span
        self._inside = set_span_in_context(span)

    def call(self, name: str, began: float, ended: float, attributes: dict[str, Plain], failed: bool) -> None:
        from opentelemetry.trace import SpanKind

        span = self._tracer.start_span(
            name,
            context=self._inside,
            kind=SpanKind.CLIENT,
            attributes=attributes,
            start_time=int(began * _NANOS),
        )
        _status(span, failed)
        span.end(int(ended * _NANOS))

    def end(self, failed: bool) -> None:
        _status(self._span, failed)
        self._span.end()


def _status(span: Any, failed: bool) -> None:
    from opentelemetry.trace import StatusCode

    if failed:
        span.set_status(StatusCode.ERROR)
