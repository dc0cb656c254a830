"""The web pages behind links: video rooms, ringing hosts, recordings, and booking pages."""

from datetime import datetime
from html import escape
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from bot.sandbox.calcom import instant, instants
from bot.sandbox.calcom.booker import Bookers
from bot.sandbox.calcom.booking import ACCEPTED, Booking, Bookings
from bot.sandbox.calcom.consent import Consent
from bot.sandbox.calcom.database import Json
from bot.sandbox.calcom.deliveries import Deliveries
from bot.sandbox.calcom.page import hidden, page
from bot.sandbox.calcom.world import World

SPOKEN = (
    "Thanks for taking the time. This is about: {title}.",
    "Glad to. Let us go through the open points one by one.",
    "The first draft is ready; two pages still need figures.",
    "I can send the figures by Friday noon.",
    "Then we decide on Monday and tell everybody the same day.",
    "Agreed. I will write the summary and book the next meeting.",
)
"""What is said in turns in every recorded meeting of the sandbox with more than one person in it."""
NOT_FOUND = "<p>This page does not exist.</p>"


class Pages:
    """Serves what people see when they follow the server's links."""

    def __init__(self, world: World, deliveries: Deliveries) -> None:
        self._world = world
        self._deliveries = deliveries
        self._consent = Consent(world)
        self._bookers = Bookers(world, deliveries)

    def routes(self) -> list[BaseRoute]:
        """Everything but the API."""
        both = ["GET", "POST"]
        return [
            Route("/auth/oauth2/authorize", self._consent.authorize, methods=both),
            Route("/video/{uid}", self.video, methods=both),
            Route("/booking/{uid}", self.booking),
            Route("/connect-and-join", self.connect, methods=both),
            Route("/connect/{token}", self.connect, methods=both),
            Route("/recording/{uid}.mp4", self.recording),
            Route("/transcript/{uid}.vtt", self.transcript),
            Route("/sandbox/calendars/{username}/events", self.calendar_event, methods=["POST"]),
            *self._bookers.routes(),
        ]

    def _find(self, request: Request) -> Booking | None:
        return Bookings(self._world.database).find(request.path_params["uid"])

    def _summary(self, booking: Booking) -> str:
        host = self._world.people.user(booking.organizer_id)
        zone = host.zone if host else ZoneInfo("UTC")
        start = datetime.fromtimestamp(booking.start, zone)
        names = ", ".join(escape(str(attendee.data["name"])) for attendee in booking.attendees)
        return (
            f"<p>{start:%A %d %B %Y, %H:%M} ({escape(zone.key)}), {booking.minutes} minutes</p>"
            f"<p>With {names}{' and ' + escape(host.name) if host else ''}.</p>"
        )

    async def video(self, request: Request) -> Response:
        """A booking's video room; entering it leaves a session."""
        booking = self._find(request)
        if booking is None:
            return page("No such meeting", NOT_FOUND, 404)
        if not booking.is_live:
            return page("Cancelled", "<p>This meeting has been cancelled.</p>", 410)
        if request.method == "POST":
            name = str((await request.form()).get("name") or "Guest")[:100]
            user = self._world.people.named(name)
            with self._world.database.transaction():
                self._world.database.insert(
                    "sessions",
                    {
                        "booking_uid": booking.uid,
                        "user_name": user.name if user else name,
                        "user_id": user.id if user else None,
                        "joined": self._world.now(),
                    },
                )
            return page(str(booking.data["title"]), self._summary(booking) + f"<p>You are in, {escape(name)}.</p>")
        form = (
            '<form method="post"><label>Your name <input name="name" required></label>'
            '<button class="main">Join</button></form>'
        )
        return page(str(booking.data["title"]), self._summary(booking) + form)

    async def booking(self, request: Request) -> Response:
        """A booking's own page."""
        booking = self._find(request)
        if booking is None:
            return page("No such booking", NOT_FOUND, 404)
        return page(str(booking.data["title"]), f"<p>Status: {escape(booking.status)}</p>{self._summary(booking)}")

    async def connect(self, request: Request) -> Response:
        """Where a rung host takes the meeting, by opening the page.

        Cal.com knows who is signed in. Here `as=<username>` says who it is; without it the likeliest host joins and
        the page lets the others correct that.
        """
        token = str(request.path_params.get("token") or request.query_params.get("token") or "")
        username = str(request.query_params.get("as") or "")
        if request.method == "POST":
            form = await request.form()
            token, username = str(form.get("token") or token), str(form.get("as") or username)
        found = instant.find(self._world, token)
        if found is None:
            return page("No such call", NOT_FOUND, 404)
        correcting = request.method == "POST" and found.booking.status == ACCEPTED
        if found.taken and not correcting:
            return page(
                "Already taken", "<p>Another host has joined this meeting already, or it was called off.</p>", 410
            )
        if found.expired:
            return page("Too late", "<p>This call has expired.</p>", 410)
        hosts = [user for host in found.event_type.host_ids if (user := self._world.people.user(host))]
        chosen = next((user for user in hosts if user.username == username.lower()), None)
        host = chosen or instant.likely_host(self._world, found)
        if host is None:
            return page("No hosts", "<p>This event type has no hosts.</p>", 410)
        with self._world.change() as told:
            booking = instant.join(self._world, found, host)
        self._deliveries.send(told, self._world.now_ms())
        video = self._world.url(f"/video/{booking.uid}")
        if chosen is not None:
            return RedirectResponse(video, 303)
        buttons = "".join(
            f'<button name="as" value="{escape(user.username)}">I am {escape(user.name)}</button>'
            for user in hosts
            if user.id != host.id
        )
        return page(
            str(booking.data["title"]),
            f'{self._summary(booking)}<p><a href="{escape(video)}">Join the meeting</a> as {escape(host.name)}</p>'
            f'<form method="post">{hidden({"token": token})}{buttons}</form>',
        )

    async def calendar_event(self, request: Request) -> Response:
        """Put `{title?, start, end}` (ISO) into somebody's connected calendar; Cal.com itself has no such endpoint."""
        user = self._world.people.named(request.path_params["username"])
        try:
            body = await request.json()
        except ValueError:
            body = None
        given = body if isinstance(body, dict) else {}
        start, end = instants.read(given.get("start")), instants.read(given.get("end"))
        if user is None or start is None or end is None or end <= start:
            return JSONResponse({"error": "a known person, start and end are needed"}, 400)
        values: Json = {
            "user_id": user.id,
            "title": str(given.get("title") or "Busy")[:200],
            "start": start,
            "finish": end,
        }
        with self._world.database.transaction():
            event_id = self._world.database.insert("calendar_events", values)
        return JSONResponse({"id": event_id}, 201)

    def _link_works(self, request: Request) -> bool:
        expires = request.query_params.get("expires", "")
        return expires.isascii() and expires.isdigit() and int(expires) > self._world.now()

    async def recording(self, request: Request) -> Response:
        """A recording; there is nothing on it but its name."""
        if self._find(request) is None or not self._link_works(request):
            return page("Expired", "<p>This link no longer works.</p>", 403)
        return Response(b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom", media_type="video/mp4")

    async def transcript(self, request: Request) -> Response:
        """A transcript in WebVTT: who came."""
        booking = self._find(request)
        if booking is None or not self._link_works(request):
            return page("Expired", "<p>This link no longer works.</p>", 403)
        rows = self._world.database.all(
            "SELECT user_name FROM sessions WHERE booking_uid = ? ORDER BY joined", booking.uid
        )
        names = list(dict.fromkeys(row["user_name"] for row in rows))
        said = [(name, f"Hello, this is {name}.") for name in names]
        if len(names) > 1:
            turns = enumerate(SPOKEN)
            said += [(names[n % len(names)], text.format(title=booking.data["title"])) for n, text in turns]
        lines = ["WEBVTT", ""]
        for number, (speaker, text) in enumerate(said):
            first, last = number * 20, number * 20 + 18
            lines += [
                f"00:{first // 60:02d}:{first % 60:02d}.000 --> 00:{last // 60:02d}:{last % 60:02d}.000",
                f"<v {speaker}>{text}",
                "",
            ]
        return PlainTextResponse("\n".join(lines), media_type="text/vtt")
