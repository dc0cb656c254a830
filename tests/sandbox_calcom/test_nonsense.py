"""Nonsense of every kind is refused, never a crash."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from bot.sandbox.activity import Activity
from bot.sandbox.calcom import CalComServer
from bot.sandbox.calcom.call import Operation
from bot.sandbox.calcom.operations import OPERATIONS
from tests.sandbox_calcom.api import MONDAY, FrozenClock

SERVER = CalComServer(clock=FrozenClock(MONDAY), activity=Activity(), origin="http://sandbox", rate_limit=0)
CLIENT = TestClient(Starlette(routes=[Mount("/calcom", routes=SERVER.routes)]))

NAMES = [
    "start",
    "end",
    "attendee",
    "eventTypeId",
    "eventTypeSlug",
    "username",
    "teamSlug",
    "guests",
    "location",
    "metadata",
    "lengthInMinutes",
    "instant",
    "bookingFieldsResponses",
    "title",
    "slug",
    "lengthInMinutesOptions",
    "bookingFields",
    "locations",
    "seats",
    "recurrence",
    "bookingWindow",
    "confirmationPolicy",
    "bookingLimitsCount",
    "availability",
    "overrides",
    "timeZone",
    "name",
    "isDefault",
    "days",
    "startTime",
    "endTime",
    "date",
    "type",
    "value",
    "hosts",
    "userId",
    "triggers",
    "subscriberUrl",
    "active",
    "secret",
    "slotStart",
    "slotDuration",
    "reservationDuration",
    "seatUid",
    "reason",
    "email",
    "absent",
    "attendees",
    "credits",
    "creditFor",
    "externalRef",
    "expiresAt",
    "maxUsageCount",
    "grant_type",
    "client_id",
    "code",
    "refreshToken",
    "perDay",
    "notes",
    "toUserId",
    "schedulingType",
    "assignAllTeamMembers",
    "disabled",
    "options",
    "label",
    "required",
]
TEXTS = (
    "",
    "bailey",
    "15min",
    "support",
    "2026-11-24T20:00:00Z",
    "2026-11-25",
    "9999-12-31T23:59:59Z",
    "0001-01-01T00:00:00Z",
    "2026-02-30T10:00:00Z",
    "Europe/Berlin",
    "../../etc/passwd",
    "a\x00b",
    "😀" * 50,
    "ann@example.com",
    "http://127.0.0.1:9/x",
    "%s%n{0}",
    "integration",
    "always",
    "range",
    "BOOKING_CREATED",
    "collective",
)
leaves = (
    st.sampled_from(TEXTS)
    | st.text(max_size=20)
    | st.integers()
    | st.sampled_from((0, 1, 2, -1, 10**9, 10**30, -(10**19), 1e308, 0.5, 2**53))
    | st.booleans()
    | st.none()
)
values = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=8),
    max_leaves=25,
)
bodies = st.dictionaries(st.sampled_from(NAMES), values, max_size=14) | values
parameters = st.sampled_from(("1", "2", "12", "-1", "0", "999999999999999999999", "x", "😀", "1.5", "None"))
queries = st.dictionaries(
    st.sampled_from(
        (*NAMES, "take", "skip", "status", "limit", "cursor", "calendarsToLoad[0][credentialId]", "format")
    ),
    st.sampled_from((*TEXTS, "1", "-5", "1e400", "NaN", "99999999999999999999999", "upcoming,past")),
    max_size=6,
)
OTHERS = [operation for operation in OPERATIONS if operation.path != "/v2/api-keys/refresh"]


@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(OTHERS), bodies, queries, st.lists(parameters, min_size=4, max_size=4))
def test_no_request_brings_the_server_down(
    operation: Operation, body: Any, query: dict[str, str], words: list[str]
) -> None:
    path = operation.path
    for name, word in zip(("eventTypeId", "teamId", "orgId", "userId"), words, strict=True):
        path = path.replace(f"{{{name}}}", word)
    path = "/".join(words[0] if part.startswith("{") else part for part in path.split("/"))
    headers = {
        "Authorization": "Bearer cal_sandbox_admin",
        "cal-api-version": sorted(operation.versions)[-1],
        "Content-Type": "application/json",
    }
    reply = CLIENT.request(operation.method, f"/calcom{path}", params=query, content=json.dumps(body), headers=headers)
    assert reply.status_code < 500, reply.text


@pytest.mark.parametrize(
    "content",
    [b"{", b"\xff\xfe", b'{"start": NaN}', b'{"name": "\\ud800"}', b"[" * 100_000, b"null", b"7", b'"x"', b"[]"],
)
def test_a_body_that_is_no_object_is_refused(content: bytes) -> None:
    headers = {"Authorization": "Bearer cal_sandbox_bailey", "Content-Type": "application/json"}
    reply = CLIENT.post("/calcom/v2/webhooks", content=content, headers=headers)
    assert reply.status_code == 400
    assert reply.json()["status"] == "error"


@pytest.mark.parametrize("method", ["PUT", "TRACE", "DELETE"])
def test_a_method_without_an_endpoint_is_not_found(method: str) -> None:
    reply = CLIENT.request(method, "/calcom/v2/me")
    assert reply.status_code == 404
    assert reply.json()["error"]["message"] == f"Cannot {method} /v2/me"


def test_head_and_options_are_answered() -> None:
    headers = {"Authorization": "Bearer cal_sandbox_bailey"}
    assert CLIENT.head("/calcom/v2/me", headers=headers).status_code == 200
    assert CLIENT.options("/calcom/v2/me").headers["access-control-allow-methods"]
