"""What hangs on a booking, as JSON: attendees, links, recordings, sessions."""

from typing import Any

import bot.calcom.models as m

from .booking import AttendeeWire
from .lenient import Each, Flag, MaybeInstant, MaybeInt, MaybeText, Text, Wire, given


class LinkWire(Wire):
    label: Text = ""
    link: str


class ReferenceWire(Wire):
    type: str
    event_uid: MaybeText = None
    id: MaybeInt = None


class RecordingWire(Wire):
    id: str
    status: Text = ""
    start_ts: MaybeInstant = None
    duration: MaybeInt = None
    download_link: MaybeText = None


class ParticipantWire(Wire):
    user_name: MaybeText = None
    join_time: MaybeInstant = None
    duration: MaybeInt = None


class SittingWire(Wire):
    id: str
    start_time: MaybeInstant = None
    duration: MaybeInt = None
    ongoing: Flag = False
    participants: Each[ParticipantWire] = ()


class NewHostWire(Wire):
    id: MaybeInt = None
    name: Text = ""
    email: MaybeText = None


class ReassignedWire(Wire):
    booking_uid: str
    reassigned_to: NewHostWire = NewHostWire()


class ListsWire(Wire):
    links: Each[LinkWire] = ()
    references: Each[ReferenceWire] = ()
    recordings: Each[RecordingWire] = ()
    sittings: Each[SittingWire] = ()
    attendees: Each[AttendeeWire] = ()
    texts: Each[str] = ()


def _items(name: str, data: Any) -> ListsWire:
    if not isinstance(data, list):
        raise ValueError("not a list")
    return ListsWire.model_validate({name: data})


def read_calendar_links(data: Any) -> tuple[m.CalendarLink, ...]:
    """Links that add a booking to a calendar."""
    return tuple(m.CalendarLink(wire.label, wire.link) for wire in _items("links", data).links)


def read_references(data: Any) -> tuple[m.BookingReference, ...]:
    """A booking's copies in calendars and video apps."""
    references = _items("references", data).references
    return tuple(m.BookingReference(wire.type, wire.event_uid, wire.id) for wire in references)


def read_recordings(data: Any) -> tuple[m.Recording, ...]:
    """A meeting's recordings."""
    return tuple(
        m.Recording(wire.id, wire.status, wire.start_ts, wire.duration, wire.download_link)
        for wire in _items("recordings", data).recordings
    )


def read_transcripts(data: Any) -> tuple[str, ...]:
    """Links to the transcripts, good for an hour."""
    return _items("texts", data).texts


def read_sessions(data: Any) -> tuple[m.ConferencingSession, ...]:
    """The sittings in the video room, with who was there."""
    return tuple(
        m.ConferencingSession(
            wire.id,
            wire.start_time,
            wire.duration,
            wire.ongoing,
            tuple(m.Participant(one.user_name, one.join_time, one.duration) for one in wire.participants),
        )
        for wire in _items("sittings", data).sittings
    )


def read_attendees(data: Any) -> tuple[m.Attendee, ...]:
    """A booking's attendees, with their ids."""
    return tuple(wire.domain() for wire in _items("attendees", data).attendees)


def read_attendee(data: Any) -> m.Attendee:
    """One attendee."""
    return AttendeeWire.model_validate(data).domain()


def read_reassigned(data: Any) -> m.Reassigned:
    """Who hosts after a reassignment."""
    wire = ReassignedWire.model_validate(data)
    host = wire.reassigned_to
    return m.Reassigned(wire.booking_uid, host.id, host.name, host.email)


def person_json(person: m.NewGuest | m.NewAttendee) -> dict[str, Any]:
    """A guest or attendee to add."""
    return given(
        email=person.email,
        name=person.name,
        time_zone=person.zone,
        phone_number=person.phone,
        language=person.language,
    )
