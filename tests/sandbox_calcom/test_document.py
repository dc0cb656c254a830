"""The server against Cal.com's API document: every operation is there, and answers as described."""

import random
from typing import Any

import hypothesis
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.core.result import Ok
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from bot.sandbox.activity import Activity
from bot.sandbox.calcom import CalComServer
from bot.sandbox.calcom.database import Json
from tests.sandbox_calcom.api import MONDAY, VERSIONS, FrozenClock
from tests.sandbox_calcom.document import ABSENT, FILE, mended

pytestmark = [
    pytest.mark.skipif(not FILE.exists(), reason=ABSENT),
    pytest.mark.filterwarnings("ignore"),
]

BASE = "http://sandbox/calcom"
EXAMPLES = 4
KNOWN: dict[str, list[Any]] = {
    "eventTypeId": [1, 2, 3, 4, 5, 9],
    "teamId": [2],
    "orgId": [1],
    "userId": [2, 3, 4],
    "scheduleId": [2],
    "clientId": ["slotwise-sandbox"],
}
"""Ids that exist, put in the place of most invented ones so that answers are not all 404."""

TEAM_TYPES = [10, 11, 12]
VALID_ANSWERS = {"topic": "x", "company_size": "50+"}
ZOE = {"name": "Zoe", "email": "zoe@example.com", "timeZone": "Europe/Rome", "phoneNumber": "+14155550123"}
OPTIONAL_IN_BOOKINGS = (
    "eventTypeSlug",
    "username",
    "teamSlug",
    "organizationSlug",
    "guests",
    "meetingUrl",
    "location",
    "routing",
    "lengthInMinutes",
    "recurrenceCount",
    "instant",
    "metadata",
)


SERVER = CalComServer(clock=FrozenClock(MONDAY), activity=Activity(), origin="http://sandbox", rate_limit=0)
"""One server for all operations, brought back to the seed before each."""

APP = Starlette(routes=[Mount("/calcom", routes=SERVER.routes)])
CLIENT = TestClient(APP)


def operations() -> list[Any]:
    """The document's operations, to be called on the server."""
    if not FILE.exists():
        return []
    document = mended()
    document["servers"] = [{"url": BASE}]
    schema = schemathesis.openapi.from_dict(document)
    schema.app = APP
    found: list[Any] = [result.ok() for result in schema.get_all_operations() if isinstance(result, Ok)]
    return [pytest.param(entry, id=f"{entry.method.upper()} {entry.path}") for entry in found]


def furnish(client: TestClient) -> dict[str, list[Any]]:
    """Makes one of everything that has an id; the ids by parameter name and, where it matters, by path."""

    def post(path: str, body: Json, who: str = "bailey", version: str = "") -> Any:
        headers = {"Authorization": f"Bearer cal_sandbox_{who}", "cal-api-version": version}
        reply = client.post(f"/calcom/v2{path}", json=body, headers=headers)
        assert reply.is_success, reply.text
        return reply.json()["data"]

    quiet = {"active": False, "subscriberUrl": "http://127.0.0.1:9/seeded", "triggers": ["BOOKING_CREATED"]}
    away = {"start": "2027-06-01T00:00:00Z", "end": "2027-06-02T00:00:00Z"}
    seat = {"start": "2026-11-25T21:00:00Z", "attendee": ZOE, "eventTypeId": 4}
    triage = {"start": "2026-11-25T10:00:00Z", "attendee": ZOE, "eventTypeId": 12}
    bookings, slots = VERSIONS["bookings"], VERSIONS["slots"]
    team = [post("/bookings", triage, version=bookings)]
    hold = post("/slots/reservations", {"eventTypeId": 1, "slotStart": "2026-11-25T22:00:00Z"}, version=slots)
    return {
        "webhooks": [post("/webhooks", quiet)["id"]],
        "event-type-webhooks": [post(f"/event-types/{n}/webhooks", quiet, "admin")["id"] for n in KNOWN["eventTypeId"]],
        "linkId": [post(f"/event-types/{n}/private-links", {})["linkId"] for n in (1, 2, 3, 4, 5)],
        "me-ooo": [post("/me/ooo", away)["id"]],
        "member-ooo": [post(f"/organizations/1/users/{n}/ooo", away, "admin")["id"] for n in (3, 4)],
        "seatUid": [post("/bookings", seat, version=bookings)["seatUid"]],
        "team-bookings": [entry["uid"] for entry in team],
        "uid": [hold["reservationUid"]],
    }


class Furnished:
    """The seeded and furnished server; laid anew once something has been changed."""

    def __init__(self) -> None:
        self._made: dict[str, list[Any]] | None = None

    def things(self, method: str) -> dict[str, list[Any]]:
        """What there is, for an operation of this method."""
        if self._made is None:
            SERVER.reset()
            self._made = furnish(CLIENT)
        made = self._made
        if method.upper() != "GET":
            self._made = None
        return made


FURNISHED = Furnished()


class Aim:
    """Replaces most of what was invented by what makes sense here, so that many requests succeed."""

    def __init__(self, server: CalComServer, seed: str, made: dict[str, list[Any]]) -> None:
        self._chance = random.Random(seed)
        self._made = made
        # The uids are drawn at random, so they are asked for.
        self._uids = [row["uid"] for row in server._database.all("SELECT uid FROM bookings")]

    def _mostly(self) -> bool:
        return self._chance.random() < 0.75

    def _moment(self) -> str:
        return f"2026-11-{self._chance.randint(24, 30)}T{self._chance.randint(8, 23):02d}:00:00Z"

    def path(self, path: str, given_parameters: Json) -> Json:
        """Path parameters."""
        chosen = dict(given_parameters)
        for name in chosen:
            known = self._made.get(name) or KNOWN.get(name)
            if name == "bookingUid":
                known = self._made["team-bookings"] if "reassign" in path else self._uids
            elif name == "eventTypeId" and "teams" in path:
                known = TEAM_TYPES
            elif name == "webhookId":
                known = self._made["event-type-webhooks" if "event-types" in path else "webhooks"]
            elif name == "oooId":
                known = self._made["me-ooo" if "/me/" in path else "member-ooo"]
            if known and self._mostly():
                chosen[name] = self._chance.choice(known)
        return chosen

    def query(self, path: str, given_query: Json | None) -> Json | None:
        """The query."""
        if path == "/v2/slots" and self._mostly():
            return {
                "eventTypeId": self._chance.choice([1, 2, 4, 9, 12]),
                "start": "2026-11-24",
                "end": "2026-11-26",
                "format": self._chance.choice(["range", "time"]),
            }
        if path == "/v2/calendars/busy-times" and self._mostly():
            return {
                "timeZone": "Europe/Rome",
                "dateFrom": "2026-11-24",
                "dateTo": "2026-11-26",
                "calendarsToLoad[0][credentialId]": "102",
                "calendarsToLoad[0][externalId]": "bailey@example.com",
            }
        return given_query

    def body(self, path: str, body: Any) -> Any:
        """The body."""
        if not isinstance(body, dict) or not self._mostly():
            return body
        body = dict(body)
        sensible = {
            "start": self._moment(),
            "slotStart": self._moment(),
            "subscriberUrl": f"http://127.0.0.1:9/{self._chance.random()}",
            "timeZone": "Europe/Rome",
            "scheduleId": 2,
            "defaultScheduleId": 2,
            "cancellationReason": "x",
            "slug": f"s{self._chance.randint(1, 10**9)}",
            "title": "A meeting",
            "toUserId": 3,
            "eventTypeId": self._chance.choice([1, 2, 6, 9, 12]),
        }
        body |= {name: value for name, value in sensible.items() if name in body}
        if "end" in body:
            day = self._chance.randint(1, 28)
            body |= {"start": f"2027-02-{day:02d}T00:00:00Z", "end": f"2027-03-{day:02d}T00:00:00Z"}
        if path == "/v2/bookings":
            body = {name: value for name, value in body.items() if name not in OPTIONAL_IN_BOOKINGS}
            event_type = self._chance.choice([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12])
            body |= {"eventTypeId": event_type, "attendee": ZOE, "bookingFieldsResponses": VALID_ANSWERS}
        return body


@pytest.mark.parametrize("operation", operations())
def test_every_answer_is_of_the_described_form(operation: Any) -> None:
    aim = Aim(SERVER, operation.path, FURNISHED.things(operation.method))
    resource = operation.path.split("/")[2]
    who = "admin" if resource in ("organizations", "bookings") else "bailey"

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @hypothesis.seed(1)
    @given(case=operation.as_strategy())
    def answers_well(case: Any) -> None:
        headers = {"Authorization": f"Bearer cal_sandbox_{who}"}
        if "private-links" not in operation.path:
            headers["cal-api-version"] = VERSIONS.get(resource, "")
        case.headers = {name: text for name, text in headers.items() if text}
        case.path_parameters = aim.path(operation.path, case.path_parameters or {})
        case.query = aim.query(operation.path, case.query)
        case.body = aim.body(operation.path, case.body)
        reply = case.call(base_url=BASE)
        assert reply.status_code < 500, reply.text
        if reply.status_code < 300:
            operation.validate_response(reply)
        elif reply.text != "Not Found":  # Starlette's own, for a path with a line feed in it
            content = reply.json()
            assert "error" in content or {"statusCode", "message"} == content.keys()
            assert "Cannot " not in reply.text or "Cannot redirect" in reply.text or "Cannot cancel" in reply.text

    answers_well()
