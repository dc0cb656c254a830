"""Bookings and their attendees as stored, and how they are found."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.sandbox.calcom.database import Database, Json, Row, Value, marks, pack, unpack
from bot.sandbox.calcom.errors import NotFound

ACCEPTED, PENDING, CANCELLED, REJECTED, AWAITING = "accepted", "pending", "cancelled", "rejected", "awaiting_host"


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody who comes. `data`: name, timeZone, language, phoneNumber, noShow, responses, metadata; `host` true
    marks a further host of a collective booking."""

    id: int
    booking_id: int
    email: str
    seat_uid: str | None
    data: Json


@dataclass(frozen=True, slots=True)
class Booking:
    """`start` and `end` in seconds, `created` and `updated` in milliseconds since 1970 UTC.

    `data`: title, description, location, responses, metadata, icsUid, and the reasons and e-mails of changes.
    """

    id: int
    uid: str
    event_type_id: int
    organizer_id: int | None
    status: str
    start: int
    end: int
    created: int
    updated: int
    recurring_uid: str | None
    from_uid: str | None
    to_uid: str | None
    data: Json
    attendees: tuple[Attendee, ...] = field(default=())
    host_ids: tuple[int, ...] = field(default=())

    @property
    def is_live(self) -> bool:
        """Neither cancelled nor rejected."""
        return self.status not in (CANCELLED, REJECTED)

    @property
    def is_seated(self) -> bool:
        """Whether its attendees sit on seats."""
        return bool(self.data.get("seated"))

    @property
    def minutes(self) -> int:
        """Its length."""
        return (self.end - self.start) // 60

    def seat(self, seat_uid: str) -> Attendee | None:
        """The attendee on a seat."""
        return next((attendee for attendee in self.attendees if attendee.seat_uid == seat_uid), None)


class Bookings:
    """Reads and writes bookings whole: attendees and hosts come with them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def read(self, rows: Sequence[Row]) -> list[Booking]:
        """Rows of `bookings`, with attendees and hosts, in the rows' order."""
        if not rows:
            return []
        ids = [row["id"] for row in rows]
        attendees: dict[int, list[Attendee]] = defaultdict(list)
        for row in self._database.all(f"SELECT * FROM attendees WHERE booking_id IN ({marks(ids)}) ORDER BY id", *ids):
            attendees[row["booking_id"]].append(_attendee(row))
        hosts: dict[int, list[int]] = defaultdict(list)
        for row in self._database.all(
            f"SELECT booking_id, user_id FROM booking_hosts WHERE booking_id IN ({marks(ids)}) ORDER BY position", *ids
        ):
            hosts[row["booking_id"]].append(row["user_id"])
        return [
            Booking(
                row["id"],
                row["uid"],
                row["event_type_id"],
                row["organizer_id"],
                row["status"],
                row["start"],
                row["finish"],
                row["created"],
                row["updated"],
                row["recurring_uid"],
                row["from_uid"],
                row["to_uid"],
                unpack(row["data"]),
                tuple(attendees[row["id"]]),
                tuple(hosts[row["id"]]),
            )
            for row in rows
        ]

    def where(self, condition: str, *values: Value) -> list[Booking]:
        """Bookings by an SQL condition on the table's columns."""
        return self.read(self._database.all(f"SELECT * FROM bookings WHERE {condition}", *values))

    def find(self, uid: str) -> Booking | None:
        """By uid."""
        return next(iter(self.where("uid = ?", uid)), None)

    def get(self, uid: str) -> Booking:
        """By uid, or 404."""
        booking = self.find(uid)
        if booking is None:
            raise NotFound(f"Booking with uid={uid} was not found in the database")
        return booking

    def series(self, recurring_uid: str) -> list[Booking]:
        """All occurrences of a recurring booking, in order."""
        return self.where("recurring_uid = ? ORDER BY start", recurring_uid)

    def on_seat(self, seat_uid: str) -> Booking | None:
        """The booking a seat belongs to."""
        return next(iter(self.where("id IN (SELECT booking_id FROM attendees WHERE seat_uid = ?)", seat_uid)), None)

    def add(self, values: dict[str, Value], data: Json, hosts: Sequence[int]) -> int:
        """Store a new booking; its id."""
        booking_id = self._database.insert("bookings", {**values, "data": pack(data)})
        start = values["start"]
        for position, user_id in enumerate(hosts):
            self.add_host(booking_id, user_id, position, int(start or 0))
        return booking_id

    def add_host(self, booking_id: int, user_id: int, position: int, start: int) -> None:
        """Make a user host of a booking."""
        self._database.run(
            "INSERT OR REPLACE INTO booking_hosts (booking_id, user_id, position, start) VALUES (?, ?, ?, ?)",
            booking_id,
            user_id,
            position,
            start,
        )

    def add_attendee(self, booking_id: int, start: int, email: str, data: Json, seat_uid: str | None = None) -> int:
        """Store an attendee; the id."""
        return self._database.insert(
            "attendees",
            {
                "booking_id": booking_id,
                "start": start,
                "email": email.lower(),
                "seat_uid": seat_uid,
                "data": pack({"email": email, **data}),
            },
        )

    def change(self, booking: Booking, updated: int, data: Json | None = None, **columns: Value) -> Booking:
        """Change columns and merge into `data`; the booking as it is now."""
        values: dict[str, Value] = {**columns, "updated": updated}
        if data is not None:
            values["data"] = pack({**booking.data, **data})
        self._database.change("bookings", booking.id, values)
        return self.get(booking.uid)


def _attendee(row: Row) -> Attendee:
    return Attendee(row["id"], row["booking_id"], row["email"], row["seat_uid"], unpack(row["data"]))
