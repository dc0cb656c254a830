"""What hangs on a booking: people, place, links, recordings."""

from bot.calcom import models as m
from bot.calcom.wire import booking as booking_wire
from bot.calcom.wire import booking_parts as wire
from bot.calcom.wire.lenient import given
from bot.calcom.wire.transcript import read_transcript

from .base import Resource

_MOST_GUESTS_AT_ONCE = 10


class BookingPartsApi(Resource):
    """Changes to, and facts about, a booking that exists. All need a credential."""

    async def add_guests(self, uid: str, guests: tuple[m.NewGuest, ...]) -> m.Booking:
        """Add guests, in requests of ten. Cal.com takes 5 requests a minute and 30 guests in all."""
        batches = [
            guests[index : index + _MOST_GUESTS_AT_ONCE] for index in range(0, len(guests), _MOST_GUESTS_AT_ONCE)
        ]
        route = "/bookings/{uid}/guests"
        for batch in batches[:-1]:
            body = {"guests": [wire.person_json(guest) for guest in batch]}
            await self._write("POST", route, self._booking, body, uid=uid)
        body = {"guests": [wire.person_json(guest) for guest in batches[-1]] if batches else []}
        return await self._write("POST", route, self._booking, body, uid=uid)

    async def attendees(self, uid: str) -> tuple[m.Attendee, ...]:
        """Who attends, with ids."""
        return await self._get("/bookings/{uid}/attendees", wire.read_attendees, uid=uid)

    async def add_attendee(self, uid: str, attendee: m.NewAttendee) -> m.Attendee:
        """Add somebody with a name, a zone and an e-mail address."""
        body = wire.person_json(attendee)
        return await self._write("POST", "/bookings/{uid}/attendees", wire.read_attendee, body, uid=uid)

    async def change_location(self, uid: str, place: m.ChosenLocation) -> m.Booking:
        """Move the meeting to another place; every kind names its value here."""
        body = {"location": booking_wire.new_place_json(place)}
        return await self._write("PATCH", "/bookings/{uid}/location", self._booking, body, uid=uid)

    async def mark_absent(
        self, uid: str, *, host: bool | None = None, attendees: tuple[str, ...] = (), absent: bool = True
    ) -> m.Booking:
        """Note that the host, or the attendees with these e-mail addresses, did not come (or did, with
        `absent` False). Raises NotStartedYet before the start."""
        body = given(host=host, attendees=[{"email": email, "absent": absent} for email in attendees] or None)
        return await self._write("POST", "/bookings/{uid}/mark-absent", self._booking, body, uid=uid)

    async def reassign(self, uid: str) -> m.Reassigned:
        """Give a round-robin booking to whoever the service picks. Raises NoHost when nobody is free."""
        return await self._write("POST", "/bookings/{uid}/reassign", wire.read_reassigned, {}, uid=uid)

    async def reassign_to(self, uid: str, user_id: int, reason: str | None = None) -> m.Reassigned:
        """Give a round-robin booking to this host. Raises NoHost when they are none of its hosts."""
        body = given(reason=reason)
        return await self._write(
            "POST", "/bookings/{uid}/reassign/{user_id}", wire.read_reassigned, body, uid=uid, user_id=user_id
        )

    async def calendar_links(self, uid: str) -> tuple[m.CalendarLink, ...]:
        """Links that add the booking to a calendar."""
        return await self._get("/bookings/{uid}/calendar-links", wire.read_calendar_links, uid=uid)

    async def references(self, uid: str) -> tuple[m.BookingReference, ...]:
        """Its copies in calendars and video apps."""
        return await self._get("/bookings/{uid}/references", wire.read_references, uid=uid)

    async def recordings(self, uid: str) -> tuple[m.Recording, ...]:
        """Its recordings; download links live for an hour."""
        return await self._get("/bookings/{uid}/recordings", wire.read_recordings, uid=uid)

    async def transcripts(self, uid: str) -> tuple[str, ...]:
        """Links to its transcripts; they live for an hour."""
        return await self._get("/bookings/{uid}/transcripts", wire.read_transcripts, uid=uid)

    async def transcript(self, uid: str) -> tuple[m.TranscriptLine, ...]:
        """What was said, read from all its transcripts; () when there is none."""
        lines: list[m.TranscriptLine] = []
        for link in await self.transcripts(uid):
            text = await self._shared.transport.fetch(link)
            lines += read_transcript(text)
        return tuple(lines)

    async def conferencing_sessions(self, uid: str) -> tuple[m.ConferencingSession, ...]:
        """Who was in the video room, and when. Cal.com allows 60 a minute."""
        return await self._get("/bookings/{uid}/conferencing-sessions", wire.read_sessions, uid=uid)
