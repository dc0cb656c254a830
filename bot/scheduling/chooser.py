"""Which of the asker's bookings is meant: "my call with sam on Wednesday", "my 3pm", "it"."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from bot.calcom import Bucket
from bot.scheduling.asker import Scene
from bot.scheduling.bookings import Bookings, Seen, is_pronoun, matching
from bot.scheduling.draft import load_draft, load_listing
from bot.scheduling.drafts import DRAFT, Drafts
from bot.scheduling.errors import LinkFirst, Refusal
from bot.scheduling.focus import position
from bot.scheduling.timing import Clock, time_words
from bot.scheduling.wording import DAY, listed, local, when
from bot.when import Kind, Reading

AHEAD = (Bucket.UPCOMING, Bucket.RECURRING, Bucket.UNCONFIRMED)


_KIND_OF_SERIES = re.compile(r"\b(?:daily|weekly|biweekly|fortnightly|monthly|yearly|recurring)\b", re.I)


class Chooser:
    """Finds bookings by words."""

    def __init__(self, bookings: Bookings, drafts: Drafts, now: Clock) -> None:
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
        await self._require_sight(scene)
        since = self._now() - 90 * DAY if past else self._now()
        mine = await self._bookings.mine(scene.asker, after=since, buckets=buckets)
        if past:
            mine = tuple(sorted(mine, key=lambda s: abs(s.booking.start - self._now())))
        if hosted:
            mine = tuple(s for s in mine if s.as_host)
        emails = await self._bookings.emails(scene.asker)
        # "the weekly sync" names a meeting, not a time.
        reading = time_words(_KIND_OF_SERIES.sub(" ", words), scene.asker, self._now())
        rest = " ".join([reading.rest if reading.mentions else words, *_KIND_OF_SERIES.findall(words)])
        named = matching(mine, rest, emails)
        fitting = tuple(s for s in named if _then(s, reading, scene.asker.zone))
        if fitting:
            return fitting[:1] if "next" in rest.casefold().split() else fitting
        raise Refusal(self._none(scene, words, mine, named))

    async def _pointed_at(self, scene: Scene, words: str) -> Seen | None:
        """The booking of the card shown last, if the words point there: "it", "the second one"."""
        record = await self._drafts.newest(scene)
        if record is None:
            return None
        uid = ""
        if record.kind == DRAFT:
            draft = load_draft(record.payload)
            if is_pronoun(words):
                uid = draft.result_uid or (draft.booking.uid if draft.booking else "")
        else:
            lines = load_listing(record.payload).lines
            place = position(words.casefold().strip(" .!?"), len(lines))
            if place is not None:
                uid = lines[place].uid
            elif is_pronoun(words) and len(lines) == 1:
                uid = lines[0].uid
        seen = await self._bookings.one(scene.asker, uid) if uid else None
        return seen if seen and seen.booking.live else None

    async def _require_sight(self, scene: Scene) -> None:
        if not await self._bookings.emails(scene.asker) and not scene.asker.typed_email:
            raise LinkFirst(
                "I can't see your meetings: your Slack profile shows me no e-mail address. "
                "Add one to your profile, or connect your Cal.com account."
            )

    def _none(self, scene: Scene, words: str, mine: Sequence[Seen], named: Sequence[Seen]) -> str:
        asker = scene.asker
        near = named or mine
        shown = [f"{s.booking.title} on {when(s.booking.start, asker.zone, asker.locale)}" for s in near[:3]]
        if not shown:
            return "You have no upcoming meetings that I can see."
        asked = f" like “{words.strip()[:60]}”" if words.strip() else ""
        return f"I find no upcoming meeting{asked}. What I see: {listed(shown)}."


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
