"""Which of the asker's bookings is meant: "my call with sam on Wednesday", "my 3pm", "it"."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from bot.calcom import BookingStatus, Bucket
from bot.scheduling.asker import Scene
from bot.scheduling.bookings import Bookings, Seen, is_pronoun, matching, takes_part, telling
from bot.scheduling.draft import Draft, load_draft, load_listing
from bot.scheduling.drafts import DRAFT, LISTING, Drafts
from bot.scheduling.errors import LinkFirst, Refusal
from bot.scheduling.narrowing import is_place_only, narrowed, rank, unranked
from bot.scheduling.ordinals import position
from bot.scheduling.people import People, fold
from bot.scheduling.timing import Clock, time_words
from bot.scheduling.wording import DAY, listed, local, when
from bot.store import Record
from bot.when import Kind, Reading

AHEAD = (Bucket.UPCOMING, Bucket.RECURRING, Bucket.UNCONFIRMED)


_OTHER = re.compile(r"(?:the |my )?other(?: one| meeting| call| booking)?", re.I)
_THOSE = re.compile(
    r"(?:all|both|each|every one)(?: of)?(?: (?:them|these|those|it))?|(?:them|those|these)(?: all| both)?|everything"
    r"|the lot|(?:all )?(?:of )?(?:the|these|those|my) (?:two|three|four|five|six) ?(?:meetings|calls|ones)?",
    re.I,
)
_OWN = re.compile(
    r"\b(?:mon|ma|mes|mein\w*|mi|mis|mio|mia|meu|minha)\s+"
    r"(?=rendez|rdv|appel|réunion|entretien|termin|treffen|gespräch|besprechung|anruf|cita|llamada|reuni|appuntament"
    r"|chiamata|riunion|chamada)",
    re.I,
)
"""No words about time: "mon rendez-vous" is nobody's Monday."""
_REQUEST = re.compile(r"\brequests?\b", re.I)
_SERIES = re.compile(r"\b(?:series|repeating|recurring|repeated)\b", re.I)
_KIND_OF_SERIES = re.compile(r"\b(?:daily|weekly|biweekly|fortnightly|monthly|yearly|recurring)\b", re.I)


class Chooser:
    """Finds bookings by words."""

    def __init__(self, bookings: Bookings, people: People, drafts: Drafts, now: Clock) -> None:
        self._people = people
        self._bookings = bookings
        self._drafts = drafts
        self._now = now

    async def find(
        self,
        scene: Scene,
        words: str,
        buckets: tuple[Bucket, ...] = AHEAD,
        hosted: bool = False,
        past: bool = False,
    ) -> tuple[Seen, ...]:
        """The bookings meant, soonest first: one is an answer, several are a question.

        `hosted`: only those the asker hosts; `past`: those of the last quarter too, the nearest to now first. Raises
        `Refusal` when none fits.
        """
        if seen := await self._pointed_at(scene, words):
            return (seen,)
        if _THOSE.fullmatch(words.strip(" .!?")) and (those := await self._those(scene)):
            return those
        await self._require_sight(scene)
        since = self._now() - 90 * DAY if past else self._now()
        mine = await self._bookings.mine(scene.asker, after=since, buckets=buckets)
        if past:
            mine = tuple(sorted(mine, key=lambda s: abs(s.booking.start - self._now())))
        if hosted:
            mine = tuple(s for s in mine if s.as_host)
        if _OTHER.fullmatch(words.strip(" .!?")) and (alike := await self._like_the_last(scene, mine)):
            return alike
        if _REQUEST.search(words) and (asked := tuple(s for s in mine if s.booking.status is BookingStatus.PENDING)):
            mine = asked
        if _SERIES.search(words):
            words = _SERIES.sub(" ", words)
            mine = tuple(s for s in mine if s.booking.recurring_uid)
        emails = await self._bookings.emails(scene.asker)
        named, reading = await self._named(scene, words, mine, emails)
        fitting = tuple(s for s in named if _then(s, reading, scene.asker.zone))
        if fitting:
            return self._singled_out(scene, fitting, words)
        if not past and (settled := await self._settled(scene, words, emails, buckets, hosted)):
            raise Refusal(settled)
        raise Refusal(self._none(scene, words, mine, named, buckets))

    def _singled_out(self, scene: Scene, fitting: tuple[Seen, ...], words: str) -> tuple[Seen, ...]:
        """Of the bookings that fit those singled out by their place in time or their length."""
        if len(fitting) < 2 or any(_shown_as(s, words, scene) for s in fitting):
            return fitting
        ahead = tuple(s for s in fitting if s.booking.end > self._now())
        if ahead and (rank(words) or 0) >= 0 and rank(words) is not None:
            fitting = ahead
        chosen = {b.uid for b in narrowed([s.booking for s in fitting], words, scene.asker, self._now())}
        return tuple(s for s in fitting if s.booking.uid in chosen)

    async def _named(
        self, scene: Scene, words: str, mine: Sequence[Seen], emails: frozenset[str]
    ) -> tuple[tuple[Seen, ...], Reading]:
        """Those of `mine` whose people and title the words name, and what the words say about time.

        Names of people in them are no words about time ("Sam" is a Saturday in German), and somebody who is named
        has to take part: "bailey's meeting with sam" is not just any meeting with Sam.
        """
        if literal := tuple(s for s in mine if _shown_as(s, words, scene)):
            return literal, time_words("", scene.asker, self._now())
        words = _OWN.sub("", unranked(words))
        names = {part for s in mine for name in s.others(emails) for part in re.split(r"[\s.\-]+", fold(name))}
        said = [w for w in re.findall(r"\S+", words) if telling(w)[:1] and telling(w)[0] in names]
        timed = " ".join(w for w in words.split() if w not in said)
        # "the weekly sync" names a meeting, not a time; "the call from Thursday" is one on that day.
        timed = _KIND_OF_SERIES.sub(" ", timed)
        if not re.search(r"\b(?:to|till|until)\b", timed, re.I):
            timed = re.sub(r"\bfrom\b", "on", timed, flags=re.I)
        reading = time_words(timed, scene.asker, self._now())
        rest = " ".join([reading.rest if reading.mentions else timed, *_KIND_OF_SERIES.findall(words), *said])
        people = await self._people.among(scene.asker, telling(rest))
        found = tuple(
            s for s in matching(mine, rest, emails) if all(takes_part(s, fold(name), emails) for name in people)
        )
        return found, reading

    async def _settled(
        self, scene: Scene, words: str, emails: frozenset[str], buckets: tuple[Bucket, ...], hosted: bool
    ) -> str:
        """A sentence about a booking the words fit that is over, cancelled or answered; empty when there is none."""
        if is_pronoun(words):
            return ""
        since = self._now() - 60 * DAY
        others = tuple(b for b in (Bucket.UPCOMING, Bucket.RECURRING) if b not in buckets)
        mine = await self._bookings.mine(scene.asker, after=since, buckets=(Bucket.PAST, Bucket.CANCELLED, *others))
        mine = tuple(s for s in mine if not s.booking.rescheduled_to and (s.as_host or not hosted))
        named, reading = await self._named(scene, words, mine, emails)
        fitting = [s for s in named if _then(s, reading, scene.asker.zone)]
        if not fitting:
            return ""
        nearest = min(fitting, key=lambda s: abs(s.booking.start - self._now())).booking
        state = {
            BookingStatus.CANCELLED: "is cancelled already",
            BookingStatus.REJECTED: "was declined already",
            BookingStatus.PENDING: "was not answered in time",
        }.get(nearest.status, "is accepted already")
        if nearest.status is BookingStatus.ACCEPTED and nearest.end <= self._now():
            state = "is over already, so it can't be changed"
        return f"{nearest.title} on {when(nearest.start, scene.asker.zone, scene.asker.locale)} {state}."

    async def _pointed_at(self, scene: Scene, words: str) -> Seen | None:
        """The booking of the card shown last, if the words point there: "it", "the second one".

        A place in a list stays meant when something was done about another line of it since; so does a booking
        that was moved.
        """
        record = await self._drafts.newest(scene)
        if record is None:
            return None
        placed = is_place_only(words, scene.asker, self._now())
        uid = ""
        if record.kind == DRAFT:
            draft = load_draft(record.payload)
            uid = draft.result_uid or (draft.booking.uid if draft.booking else "")
            if not is_pronoun(words) and not _of_card(draft, words, scene):
                if placed and (series := await self._occurrence(scene, uid, words)):
                    return series
                listed_before = await self._drafts.last(scene, LISTING) if placed else None
                uid = _by_place(listed_before, words) if listed_before else ""
        else:
            lines = load_listing(record.payload).lines
            uid = _by_place(record, words) if placed else ""
            if is_pronoun(words) and len(lines) == 1:
                uid = lines[0].uid
        seen = await self._bookings.one(scene.asker, uid) if uid else None
        if seen and seen.booking.rescheduled_to:
            seen = await self._bookings.one(scene.asker, seen.booking.rescheduled_to)
        return seen if seen and seen.booking.live else None

    async def _those(self, scene: Scene) -> tuple[Seen, ...]:
        """What "all of them" means: the bookings just listed, or the series just booked."""
        record = await self._drafts.newest(scene)
        if record is None:
            return ()
        if record.kind != DRAFT:
            found = [await self._bookings.one(scene.asker, line.uid) for line in load_listing(record.payload).lines]
            return tuple(s for s in found if s and s.booking.live and s.booking.end > self._now())
        draft = load_draft(record.payload)
        uid = draft.result_uid or (draft.booking.uid if draft.booking else "")
        one = await self._bookings.one(scene.asker, uid) if uid else None
        if one is None or not one.booking.recurring_uid:
            return ()
        return await self._series(scene, one)

    async def _series(self, scene: Scene, one: Seen) -> tuple[Seen, ...]:
        mine = await self._bookings.mine(scene.asker, after=self._now())
        return tuple(s for s in mine if s.booking.recurring_uid == one.booking.recurring_uid and s.booking.live)

    async def _occurrence(self, scene: Scene, uid: str, words: str) -> Seen | None:
        """The one of a series that words like "the second one" point at, given any of its bookings."""
        text = words.casefold().strip(" .!?")
        if not uid or position(text, 100) is None:
            return None
        one = await self._bookings.one(scene.asker, uid)
        if one is None or not one.booking.recurring_uid:
            return None
        series = await self._series(scene, one)
        place = position(text, len(series))
        return series[place] if place is not None else None

    async def _like_the_last(self, scene: Scene, mine: Sequence[Seen]) -> tuple[Seen, ...]:
        """Those with the same people as the booking just changed: what "the other one" is, besides that."""
        record = await self._drafts.last(scene)
        before = load_draft(record.payload).booking if record else None
        if before is None:
            return ()
        emails, whom = await self._bookings.emails(scene.asker), {party.name for party in before.others}
        return tuple(s for s in mine if s.booking.uid != before.uid and whom & set(s.others(emails)))

    async def _require_sight(self, scene: Scene) -> None:
        if not await self._bookings.emails(scene.asker) and not scene.asker.typed_email:
            raise LinkFirst(
                "I can't see your meetings: your Slack profile shows me no e-mail address. "
                "Add one to your profile, or connect your Cal.com account."
            )

    def _none(
        self, scene: Scene, words: str, mine: Sequence[Seen], named: Sequence[Seen], buckets: tuple[Bucket, ...]
    ) -> str:
        asker = scene.asker
        kind = "request" if buckets == (Bucket.UNCONFIRMED,) else "upcoming meeting"
        near = named or mine
        shown = [f"{s.booking.title} on {when(s.booking.start, asker.zone, asker.locale)}" for s in near[:3]]
        if not shown:
            return f"You have no {kind}s that I can see."
        asked = f" like “{words.strip()[:60]}”" if words.strip() else ""
        return f"I find no {kind} of yours{asked}. What I see: {listed(shown)}."


def _of_card(draft: Draft, words: str, scene: Scene) -> bool:
    """Whether the words are what a card about moving a booking shows: its title, and the new time or the old one."""
    if draft.booking is None or draft.booking.title not in words:
        return False
    asker = scene.asker
    shown = [when(at, asker.zone, asker.locale) for at in (draft.start, draft.booking.start) if at]
    return any(at in words for at in shown)


def _by_place(record: Record, words: str) -> str:
    """The uid of the line of a list that "the second one" points at; empty when the words don't."""
    lines = load_listing(record.payload).lines
    place = position(words.casefold().strip(" .!?"), len(lines))
    return lines[place].uid if place is not None else ""


def _shown_as(seen: Seen, words: str, scene: Scene) -> bool:
    """Whether the words are what a card showed of a booking: its title and its time."""
    at = when(seen.booking.start, scene.asker.zone, scene.asker.locale)
    return bool(seen.booking.title) and seen.booking.title in words and at in words


def _then(seen: Seen, reading: Reading, zone: str) -> bool:
    """Whether a booking is at the time the words name; any time fits where they name none."""
    mentions = [m for m in reading.mentions if m.kind is not Kind.DURATION and (m.start or m.end)]
    if not mentions:
        return True
    start = seen.booking.start
    for mention in mentions:
        if mention.kind is Kind.TIME and mention.start:
            wanted, there = mention.start, local(start, zone)
            if (wanted.hour, wanted.minute) == (there.hour, there.minute):
                return True
        elif mention.kind is Kind.INSTANT and mention.start:
            if mention.start.astimezone(UTC) == start:
                return True
        elif _inside(start, mention.start, mention.end):
            return True
    return False


def _inside(moment: datetime, start: datetime | None, end: datetime | None) -> bool:
    after = start is None or start.astimezone(UTC) <= moment
    until = (end or moment + timedelta(seconds=1)).astimezone(UTC)
    return after and moment < until
