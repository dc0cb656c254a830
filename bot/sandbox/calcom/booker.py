"""The pages on which people book by hand: an event type's own, a team's, and those of private links."""

from datetime import datetime
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from bot.sandbox.calcom import instants, places, versions
from bot.sandbox.calcom.agenda import crew_of
from bot.sandbox.calcom.answers import custom_fields
from bot.sandbox.calcom.availability import DAY, Span
from bot.sandbox.calcom.booking_create import create_booking
from bot.sandbox.calcom.call import Call
from bot.sandbox.calcom.database import Json
from bot.sandbox.calcom.deliveries import Deliveries
from bot.sandbox.calcom.errors import Refusal
from bot.sandbox.calcom.event_type import EventType
from bot.sandbox.calcom.page import page
from bot.sandbox.calcom.private_links import is_expired
from bot.sandbox.calcom.slots import event_type_starts
from bot.sandbox.calcom.world import World

NOT_FOUND = "<p>This page does not exist.</p>"
LOOK_AHEAD = 14 * DAY
SHOWN_SLOTS = 200
SEVERAL = ("multiselect", "checkbox")


class Bookers:
    """Shows free slots and a form with the event type's questions, and books what is sent."""

    def __init__(self, world: World, deliveries: Deliveries) -> None:
        self._world = world
        self._deliveries = deliveries

    def routes(self) -> list[BaseRoute]:
        """The three kinds of addresses."""
        both = ["GET", "POST"]
        return [
            Route("/d/{link}/{slug}", self.private, methods=both),
            Route("/team/{team}/{slug}", self.team, methods=both),
            Route("/{username}/{slug}", self.personal, methods=both),
        ]

    async def personal(self, request: Request) -> Response:
        """Somebody's event type."""
        user = self._world.people.named(request.path_params["username"])
        event_type = self._world.event_types.of_user_named(user, request.path_params["slug"]) if user else None
        return await self._answer(request, event_type)

    async def team(self, request: Request) -> Response:
        """A team's event type."""
        team = self._world.people.team_named(request.path_params["team"])
        event_type = self._world.event_types.of_team_named(team, request.path_params["slug"]) if team else None
        return await self._answer(request, event_type)

    async def private(self, request: Request) -> Response:
        """An event type by a private link, while the link works; each booking uses it once."""
        row = self._world.database.one("SELECT * FROM private_links WHERE id = ?", request.path_params["link"])
        if row is None:
            return page("No such link", NOT_FOUND, 404)
        if is_expired(row, self._world.now()):
            return page("Expired", "<p>This link no longer works.</p>", 410)
        event_type = self._world.event_types.get(row["event_type_id"])
        return await self._answer(request, event_type, link=str(row["id"]))

    async def _answer(self, request: Request, event_type: EventType | None, link: str | None = None) -> Response:
        if event_type is None:
            return page("No such event type", NOT_FOUND, 404)
        if request.method == "GET":
            return page(event_type.title, self._form(event_type))
        try:
            made = self._book(event_type, wish_of(event_type, await request.form()), link)
        except Refusal as refusal:
            return page(
                event_type.title, f"<p><strong>{escape(refusal.message)}</strong></p>{self._form(event_type)}", 400
            )
        first = made[0] if isinstance(made, list) else made
        return RedirectResponse(self._world.url(f"/booking/{first['uid']}"), 303)

    def _book(self, event_type: EventType, wish: Json, link: str | None) -> Any:
        call = Call(self._world, "POST", "/v2/bookings", versions.AUGUST_13, {}, [], wish, None)
        with self._world.change() as told:
            made = create_booking(call)
            if link is not None:
                self._world.database.run("UPDATE private_links SET usage = usage + 1 WHERE id = ?", link)
        self._deliveries.send(told, self._world.now_ms())
        return made

    def _form(self, event_type: EventType) -> str:
        now, hosts = self._world.now(), crew_of(self._world, event_type).everyone
        zone = hosts[0].zone if hosts else ZoneInfo("UTC")
        found = event_type_starts(self._world, event_type, Span(now, now + LOOK_AHEAD), event_type.length, None)
        slots = "".join(
            f'<option value="{instants.write(start)}">{datetime.fromtimestamp(start, zone):%a %d %b, %H:%M}</option>'
            for start in found[:SHOWN_SLOTS]
        )
        description = escape(str(event_type.data.get("description") or ""))
        questions = "".join(_question(field) for field in custom_fields(event_type) if not field.get("hidden"))
        return (
            f"<p>{description}</p><p>{event_type.length} minutes, times in {escape(zone.key)}</p>"
            f'<form method="post"><label>When <select name="start" required>{slots}</select></label>'
            '<label>Your name <input name="name" required></label>'
            '<label>E-mail address <input name="email" type="email" required></label>'
            f'<label>Time zone <input name="timeZone" value="{escape(zone.key)}" required></label>'
            f'{_place(event_type)}{questions}<button class="main">Book</button></form>'
        )


def _place(event_type: EventType) -> str:
    """A choice among several locations, and what the attendee must say of the place."""
    offered = places.offered(event_type)
    needs = next((entry["type"] for entry in offered if entry["type"] in places.NEEDS), None)
    options = "".join(f'<option value="{n}">{escape(str(entry["type"]))}</option>' for n, entry in enumerate(offered))
    choice = f'<label>Where <select name="place">{options}</select></label>' if len(offered) > 1 else ""
    return choice + ('<label>Address or phone <input name="where"></label>' if needs else "")


def _question(field: Json) -> str:
    """An input for a booking field."""
    name, label = f'name="answer {escape(field["slug"])}"', escape(str(field.get("label") or field["slug"]))
    required = " required" if field.get("required") and field["type"] not in SEVERAL else ""
    if field.get("options"):
        multiple = " multiple" if field["type"] in SEVERAL else ""
        options = "".join(f"<option>{escape(str(option))}</option>" for option in field["options"])
        empty = "" if multiple or required else '<option value=""></option>'
        return f"<label>{label} <select {name}{multiple}{required}>{empty}{options}</select></label>"
    if field["type"] == "boolean":
        return f'<label><input type="checkbox" {name} value="yes"> {label}</label>'
    kind = "number" if field["type"] == "number" else "text"
    return f'<label>{label} <input type="{kind}" step="any" {name}{required}></label>'


def wish_of(event_type: EventType, form: FormData) -> Json:
    """The booking request a sent form means, in the API's words."""
    answers: Json = {}
    for field in custom_fields(event_type):
        given = [str(value) for value in form.getlist(f"answer {field['slug']}") if str(value)]
        if field["type"] == "boolean":
            answers[field["slug"]] = bool(given)
        elif given:
            answers[field["slug"]] = _answer_value(field["type"], given)
    wish: Json = {
        "start": form.get("start"),
        "eventTypeId": event_type.id,
        "attendee": {name: str(form.get(name) or "") for name in ("name", "email", "timeZone")},
        "bookingFieldsResponses": answers,
    }
    offered, number = places.offered(event_type), str(form.get("place") or "0")
    chosen = (
        offered[int(number)] if number.isascii() and number.isdigit() and int(number) < len(offered) else offered[0]
    )
    if chosen["type"] in places.NEEDS:
        wish["location"] = {"type": chosen["type"], places.NEEDS[chosen["type"]]: str(form.get("where") or "")}
    elif len(offered) > 1:
        wish["location"] = {name: chosen[name] for name in ("type", "integration") if name in chosen}
    return wish


def _answer_value(kind: str, given: list[str]) -> Any:
    if kind in SEVERAL:
        return given
    if kind == "multiemail":
        return given[0].replace(",", " ").split()
    if kind == "number":
        try:
            return float(given[0])
        except ValueError:
            return given[0]
    return given[0]
