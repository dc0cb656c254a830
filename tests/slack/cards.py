"""One card of every kind, around any text."""

from datetime import UTC, date, datetime, timedelta

from bot.scheduling.cards import (
    Agenda,
    BookingLine,
    Card,
    Closed,
    DraftKind,
    Event,
    Fact,
    Help,
    Link,
    Note,
    Notice,
    OtherReading,
    Outcome,
    Party,
    Pick,
    PickOption,
    Press,
    Proposal,
    Questions,
    Result,
    SlotChoice,
    SlotOption,
    Tone,
    Verb,
)

NEW_YORK = "America/New_York"
AT = datetime(2026, 11, 24, 18, 30, tzinfo=UTC)
"""Tuesday, 1:30 PM in New York, 10:30 AM in Los Angeles."""


def bailey(name: str = "Bailey") -> Party:
    return Party(name, "America/Los_Angeles", "W0BAILEY01")


def slot_choice(text: str = "15 min with Bailey", ref: str = "offer1", count: int = 4, minutes: int = 15) -> SlotChoice:
    options = tuple(
        SlotOption(f"k{n}", AT + timedelta(minutes=60 * n), AT + timedelta(minutes=60 * n + minutes))
        for n in range(count)
    )
    return SlotChoice(ref, text, (bailey(),), minutes, NEW_YORK, options, date(2026, 11, 24), more=True)


def proposal(text: str = "15 min with Bailey", ref: str = "draft1", **more: object) -> Proposal:
    given: dict[str, object] = {
        "ref": ref,
        "kind": DraftKind.BOOK,
        "title": text,
        "parties": (bailey(),),
        "zone": NEW_YORK,
        "confirm": "Confirm",
        "start": AT,
        "end": AT + timedelta(minutes=15),
        "can_change": True,
    }
    return Proposal(**(given | more))  # type: ignore[arg-type]


def ring(text: str = "Ring support", ref: str = "ring1") -> Proposal:
    return Proposal(ref, DraftKind.RING, text, (), NEW_YORK, "Ring the team", facts=(Fact("Problem", "It is down"),))


def outcome(text: str = "15 min with Bailey", ref: str = "draft1", **more: object) -> Outcome:
    given: dict[str, object] = {
        "ref": ref,
        "result": Result.BOOKED,
        "title": text,
        "parties": (bailey(),),
        "zone": NEW_YORK,
        "start": AT,
        "end": AT + timedelta(minutes=15),
        "place": "Cal Video",
        "links": (Link("Join", "https://app.cal.com/video/abc"), Link("Add to calendar", "https://cal.com/x?a=1&b=2")),
        "active": True,
    }
    return Outcome(**(given | more))  # type: ignore[arg-type]


def questions(text: str = "Consultation", ref: str = "draft1") -> Questions:
    missing = (Fact("What is it about?", ""), Fact("Company size", "1-10, 10-50 or 50+"))
    return Questions(ref, text, (bailey(),), NEW_YORK, missing, AT, AT + timedelta(minutes=45))


def agenda(text: str = "Wednesday 25 Nov", ref: str = "list1", count: int = 2) -> Agenda:
    lines = tuple(
        BookingLine(
            f"uid{n}",
            text,
            (bailey(text),),
            AT + timedelta(hours=20 * n),
            AT + timedelta(hours=20 * n, minutes=30),
            state="awaiting approval" if n == 1 else "",
            place=text,
            links=(Link("Join", "https://app.cal.com/video/abc"),),
            can_move=True,
            can_cancel=True,
            can_answer=n == 1,
        )
        for n in range(count)
    )
    return Agenda(ref, text, NEW_YORK, lines, more=1, understood=(text,))


def every_card(text: str) -> list[Card]:
    """Every kind of card with `text` wherever text goes, at its fullest and at its barest."""
    facts = tuple(Fact(text, text) for _ in range(25))
    parties = tuple(Party(text, zone) for zone in ("Asia/Tokyo", "Europe/London", "Asia/Kathmandu", None))
    readings = tuple(OtherReading(f"r{n}", text) for n in range(7))
    end = AT + timedelta(minutes=30)
    days = tuple(AT + timedelta(days=7 * n) for n in range(30))
    links = (*(Link(text, f"https://cal.com/{n}") for n in range(6)), Link(text, "javascript:alert(1)"))
    presses = (Press("Reschedule", Verb.RESCHEDULE), Press("Cancel", Verb.CANCEL))
    full = slot_choice(text, count=8)
    return [
        Note(text),
        Note(text, Tone.PROBLEM, "turn:1", retry=True),
        full,
        SlotChoice("r", text, parties, 30, NEW_YORK, full.options, AT.date(), text, (text, text), readings, True, AT),
        SlotChoice("r", text, (), 30, NEW_YORK, (), AT.date(), text),
        proposal(text),
        proposal(
            text,
            parties=parties,
            place=text,
            facts=facts,
            lead=text,
            understood=(text,) * 12,
            readings=readings,
            warnings=(text,) * 12,
            repeats=days,
            form=True,
            old_start=AT,
        ),
        proposal(text, kind=DraftKind.CANCEL, confirm="Cancel booking", start=None, end=None, can_change=False),
        ring(text),
        Questions("r", text, parties, NEW_YORK, facts, AT, end, facts, (text,) * 12, text),
        questions(text),
        outcome(text, parties=parties, place=text, facts=facts, links=links, repeats=days, lead=text, old_start=AT),
        *(outcome(text, result=result, parties=(), start=None, end=None, links=()) for result in Result),
        agenda(text),
        agenda(text, count=40),
        Agenda("r", text, NEW_YORK, ()),
        Pick("r", text, tuple(PickOption(f"k{n}", text, text) for n in range(40))),
        Pick("r", text, (PickOption("k", text),)),
        Help(),
        Help(text, (text,) * 20),
        *(Notice("r", event, text, text, (bailey(text),), NEW_YORK, AT, end) for event in Event),
        Notice("r", Event.MOVED, text, text, parties, NEW_YORK, AT, end, AT, True, text, facts, links, presses),
        Notice("r", Event.CONNECT, text),
        Closed("r", text),
    ]
