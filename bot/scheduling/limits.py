"""How much people and workspaces may use: messages a minute, calls of the language model and its tokens a day.

Counted in the store, so all replicas count together. Who is over a limit hears it once in a window, with the moment
from which it goes on; looking at what is open and pressing its buttons needs no model and is never limited here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.scheduling.asker import Asker, Scene
from bot.scheduling.credits import Credits
from bot.scheduling.timing import Clock
from bot.scheduling.wording import clock, when
from bot.store import Counter, Counters

MESSAGES, CALLS, TOKENS = "messages", "model calls", "model tokens"


@dataclass(frozen=True)
class Ceilings:
    """The most of each that one person, or one workspace, may use; 0: no limit. Messages a minute, the others a day
    (UTC)."""

    messages: int = 0
    calls: int = 0
    tokens: int = 0


@dataclass(frozen=True)
class Ruling:
    """Whether it may go on; if not, the sentence to say, empty where it was said in this window already."""

    allowed: bool = True
    sentence: str = ""


ALLOWED = Ruling()


class Limits:
    """Rules on messages and on calls of the model, by the ceilings for a person and for a workspace."""

    def __init__(self, counters: Counters, now: Clock, person: Ceilings, workspace: Ceilings) -> None:
        self._counters = counters
        self._now = now
        self._messages = {False: person.messages, True: workspace.messages}
        self._calls = {False: person.calls, True: workspace.calls}
        self._tokens = {False: person.tokens, True: workspace.tokens}

    async def message(self, asker: Asker) -> Ruling:
        """Count a message, and rule on it."""
        if not any(self._messages.values()):
            return ALLOWED
        since = self._now().astimezone(UTC).replace(second=0, microsecond=0)
        used = await self._counters.add(dict.fromkeys(_both(asker, MESSAGES, since), 1))
        full = _full(used, {MESSAGES: self._messages})
        if full is None:
            return ALLOWED
        whose = "this workspace sends" if not full.person else "you send"
        again = clock(since + timedelta(minutes=1), asker.zone, asker.locale)
        sentence = (
            f"That's more than I can take in at once: {whose} me too many messages within a minute. From {again} on "
            "I answer again; please repeat then what I left out."
        )
        return await self._refused(asker, MESSAGES, since, sentence)

    async def model(self, asker: Asker) -> Ruling:
        """Count a call of the model before it is made, and rule on it: a budget that is not known is not spent."""
        ceilings = {CALLS: self._calls, TOKENS: self._tokens}
        if not any(any(each.values()) for each in ceilings.values()):
            return ALLOWED
        since = self._today()
        read = _both(asker, TOKENS, since) if any(self._tokens.values()) else ()
        used = await self._counters.add(dict.fromkeys(_both(asker, CALLS, since), 1), *read)
        full = _full(used, ceilings)
        if full is None:
            return ALLOWED
        whose = "This workspace has" if not full.person else "You have"
        again = when(since + timedelta(days=1), asker.zone, asker.locale)
        sentence = (
            f"{whose} used up today's budget for the language model, so I only understand simple requests "
            f"until {again}. What is open can still be confirmed."
        )
        return await self._refused(asker, CALLS, since, sentence)

    async def spent(self, asker: Asker, calls: int, tokens: int) -> None:
        """Count what a turn came to; its first call was counted before it was made."""
        since = self._today()
        amounts: dict[Counter, int] = {}
        if calls > 1 and any((*self._calls.values(), *self._tokens.values())):
            amounts |= dict.fromkeys(_both(asker, CALLS, since), calls - 1)
        if tokens and any(self._tokens.values()):
            amounts |= dict.fromkeys(_both(asker, TOKENS, since), tokens)
        if amounts:
            await self._counters.add(amounts)

    def _today(self) -> datetime:
        return self._now().astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)

    async def _refused(self, asker: Asker, meter: str, since: datetime, sentence: str) -> Ruling:
        """Told to each person by themselves, whoever's limit it is."""
        first = await self._counters.tell(Counter(asker.workspace, asker.slack_id, meter, since))
        return Ruling(False, sentence if first else "")


class Meter:
    """What pays for the model: the budgets of the day, and Cal.com's credits where they are charged."""

    def __init__(self, limits: Limits, credits: Credits | None = None) -> None:
        self._limits = limits
        self._credits = credits

    async def permit(self, scene: Scene) -> Ruling:
        """Whether the model may be asked for this turn."""
        ruling = await self._limits.model(scene.asker)
        if not ruling.allowed or self._credits is None:
            return ruling
        refusal = await self._credits.refusal(scene)
        return Ruling(not refusal, refusal)

    async def charge(self, scene: Scene, calls: int, tokens: int) -> None:
        """Pay for the turn: `calls` of the model that came to `tokens`."""
        await self._limits.spent(scene.asker, calls, tokens)
        if self._credits is not None:
            await self._credits.charge(scene)


def _both(asker: Asker, meter: str, since: datetime) -> tuple[Counter, Counter]:
    return Counter(asker.workspace, asker.slack_id, meter, since), Counter(asker.workspace, "", meter, since)


def _full(used: Mapping[Counter, int], ceilings: Mapping[str, Mapping[bool, int]]) -> Counter | None:
    """The counter over its ceiling. What is used up by now counts for tokens, this very call for calls."""
    for counter, count in used.items():
        ceiling = ceilings[counter.meter][not counter.person]
        if ceiling and (count >= ceiling if counter.meter == TOKENS else count > ceiling):
            return counter
    return None
