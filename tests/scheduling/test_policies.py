"""Who may do what: every part, every act, every state of a booking."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.calcom import Attendee, Booking, BookingStatus, Host
from bot.scheduling import policies
from bot.scheduling.policies import Act, Part, as_seen_by, part_in, why_not

START = datetime(2026, 11, 24, 18, tzinfo=UTC)
BEFORE, DURING, AFTER = START - timedelta(hours=1), START + timedelta(minutes=5), START + timedelta(hours=1)
BOOKING = Booking(
    uid="b1",
    start=START,
    end=START + timedelta(minutes=30),
    status=BookingStatus.ACCEPTED,
    hosts=(Host("Bailey", email="Bailey@example.com", username="bailey"),),
    attendees=(Attendee("Ann", "ann@example.com"), Attendee("Kenji", "kenji@example.com")),
    guests=("sam@example.com",),
)
ACTS = ("see", "move", "cancel", "answer", "edit", "mark_absent")


def table(part: str, status: str, moment: str, allowed: str) -> tuple[Part, BookingStatus, str, set[str]]:
    return Part(part), BookingStatus(status), moment, set(allowed.split())


@pytest.mark.parametrize(
    ("part", "status", "moment", "allowed"),
    [
        table("host", "accepted", "before", "see move cancel edit"),
        table("host", "accepted", "during", "see move cancel edit mark_absent"),
        table("host", "accepted", "after", "see mark_absent"),
        table("host", "pending", "before", "see move cancel answer edit"),
        table("host", "pending", "after", "see mark_absent"),
        table("host", "cancelled", "before", "see"),
        table("host", "rejected", "before", "see"),
        table("host", "awaiting_host", "before", "see cancel"),
        table("attendee", "accepted", "before", "see move cancel"),
        table("attendee", "accepted", "after", "see"),
        table("attendee", "pending", "before", "see move cancel"),
        table("attendee", "cancelled", "before", "see"),
        table("attendee", "awaiting_host", "before", "see cancel"),
        table("stranger", "accepted", "before", ""),
        table("stranger", "pending", "before", ""),
        table("stranger", "accepted", "after", ""),
    ],
)
def test_the_table(part: Part, status: BookingStatus, moment: str, allowed: set[str]) -> None:
    now = {"before": BEFORE, "during": DURING, "after": AFTER}[moment]
    booking = replace(BOOKING, status=status)
    assert {act for act in ACTS if not why_not(Act(act), part, booking, now)} == allowed


def test_every_act_is_in_the_table() -> None:
    assert {act.value for act in Act} == set(ACTS)


def test_an_attendee_hears_that_it_is_the_hosts_and_a_stranger_hears_nothing_about_it() -> None:
    assert why_not(Act.ANSWER, Part.ATTENDEE, BOOKING, BEFORE) == policies.HOSTS_ANSWER
    assert why_not(Act.EDIT, Part.ATTENDEE, BOOKING, BEFORE) == policies.HOSTS_CHANGE
    assert {why_not(act, Part.STRANGER, BOOKING, BEFORE) for act in Act} == {policies.GONE}


@pytest.mark.parametrize(
    ("emails", "username", "part"),
    [
        ({"bailey@example.com"}, None, Part.HOST),
        ({"b@elsewhere.example"}, "Bailey", Part.STRANGER),
        ({"ann@example.com"}, None, Part.ATTENDEE),
        ({"sam@example.com"}, "sam", Part.ATTENDEE),
        ({"eve@example.com"}, "eve", Part.STRANGER),
        ({""}, None, Part.STRANGER),
        (set(), "", Part.STRANGER),
    ],
)
def test_a_part_follows_from_proven_addresses_and_the_linked_account(
    emails: set[str], username: str | None, part: Part
) -> None:
    assert part_in(BOOKING, emails, username) is part


@pytest.mark.parametrize(
    ("host", "linked_id", "part"),
    [
        (Host("Bailey", id=3, email="bailey@example.com", username="bailey"), 3, Part.HOST),
        (Host("Bailey", id=3, email="bailey@example.com", username="bailey"), 77, Part.STRANGER),
        (Host("Bailey", id=3, email="bailey@example.com", username="bailey"), None, Part.STRANGER),
        (Host("Bailey", id=3, username="bailey"), 77, Part.STRANGER),
        (Host("Bailey", id=3, username="bailey"), None, Part.HOST),
        (Host("Bailey", username="bailey"), 77, Part.HOST),
    ],
)
def test_who_has_the_hosts_username_elsewhere_is_not_the_host(host: Host, linked_id: int | None, part: Part) -> None:
    """Cal.com's usernames are unique within an organisation; anybody outside may register the same one."""
    assert part_in(replace(BOOKING, hosts=(host,)), {"b@elsewhere.example"}, "Bailey", linked_id) is part


def test_nobody_without_an_address_is_taken_for_a_host_or_attendee_without_one() -> None:
    nameless = replace(BOOKING, hosts=(Host("Somebody"),), attendees=(Attendee("By phone"),))
    assert part_in(nameless, {""}, "") is Part.STRANGER


def test_other_seats_are_the_hosts_to_know() -> None:
    seats = (Attendee("Ann", "ann@example.com", seat_uid="s1"), Attendee("Kenji", "kenji@example.com", seat_uid="s2"))
    seated = replace(BOOKING, attendees=seats)
    assert as_seen_by(seated, Part.HOST, {"bailey@example.com"}) == seated
    ann = as_seen_by(seated, Part.ATTENDEE, {"ann@example.com"})
    assert ([a.name for a in ann.attendees], ann.seat_uid) == (["Ann"], "s1")
    assert as_seen_by(BOOKING, Part.ATTENDEE, {"ann@example.com"}) == BOOKING
