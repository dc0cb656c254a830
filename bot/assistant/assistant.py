"""A message becomes cards: a plain yes or no by code, everything else by one tool call that a model chooses."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from bot.assistant import plain, replies
from bot.assistant.careful import careful, without_links
from bot.assistant.context import messages
from bot.assistant.metering import metered
from bot.assistant.model import Answer, Message, Model, ModelFailed, OfflineModel, ToolCall, tool_result
from bot.assistant.tools import BadCall, parse
from bot.scheduling.asker import Scene
from bot.scheduling.cards import Help, Note, Tone
from bot.scheduling.describe import summary
from bot.scheduling.errors import Refusal
from bot.scheduling.focus import Focus
from bot.scheduling.limits import Ruling
from bot.scheduling.reply import Reply
from bot.scheduling.requests import Adjust, FindTimes, LinkAccount, Request, ShowBookings
from bot.scheduling.wording import cut
from bot.store import Entry, Store

log = logging.getLogger(__name__)

STEPS = 3
"""Model calls in one turn: the choice, and two tries to mend a call that was refused."""

MOST = 6
"""Tool calls of one answer that are carried out."""

HISTORY = 12
"""Earlier messages the model reads."""

_READS = (FindTimes, ShowBookings)


class Tools(Protocol):
    """What the assistant can do: `bot.scheduling.desk.Desk`."""

    async def run(self, scene: Scene, request: Request, then: Sequence[Request] = ()) -> Reply:
        """Carries out one tool call; those of `then` come when it is settled."""
        ...

    async def focus(self, scene: Scene) -> Focus | None:
        """What is open."""
        ...

    async def waiting(self, scene: Scene) -> Focus | None:
        """The proposal that waits for a yes although lists were shown since."""
        ...

    async def begun(self, scene: Scene) -> str:
        """The ref of the draft that a yes of this very turn ran before a crash; empty in all other turns."""
        ...

    async def again(self, scene: Scene, ref: str) -> Reply:
        """Shows what is open once more."""
        ...

    async def doubt(self, ref: str) -> None:
        """Something was asked or refused since the proposal: a plain yes may not be meant for it."""
        ...

    async def agree(self, scene: Scene, ref: str) -> Reply:
        """Runs the proposal."""
        ...

    async def let_go(self, scene: Scene, ref: str) -> Reply:
        """Dismisses what is open."""
        ...


class Meter(Protocol):
    """What pays for model calls: `bot.scheduling.limits.Meter`."""

    async def permit(self, scene: Scene) -> Ruling:
        """Whether a model may be asked for this turn."""
        ...

    async def charge(self, scene: Scene, calls: int, tokens: int) -> None:
        """Pay for the turn, once."""
        ...


class Assistant:
    """Answers messages. One for the process; conversations and people come with each call.

    With a `meter`, a turn that a paid model answers is charged; where the budget is empty the offline mind answers.
    """

    def __init__(
        self, desk: Tools, store: Store, model: Model, now: Callable[[], datetime], meter: Meter | None = None
    ) -> None:
        self._meter = meter
        self._desk = desk
        self._store = store
        self._model = model
        self._offline = OfflineModel()
        self._now = now

    async def respond(self, scene: Scene, text: str) -> Reply:
        """The cards for a message. Never raises for what a model or Cal.com did; the cards say it."""
        asker = scene.asker
        history = await self._store.conversations.history(asker.workspace, scene.conversation, HISTORY)
        said = [e.text for e in history if e.role == "asker" and e.speaker == asker.slack_id]
        scene = replace(scene, said=(*said, text))
        focus = await self._desk.focus(scene)
        reply = await self._plainly(scene, text, focus)
        if reply is None:
            reply = await self._metered(scene, messages(scene, text, history, focus, self._now()), focus)
            if focus and focus.proposed and _asks_back(reply):
                await self._desk.doubt(focus.ref)
        await self._store.conversations.append(
            asker.workspace,
            scene.conversation,
            Entry(role="asker", name=asker.name, text=cut(text, 4000), at=self._now(), speaker=asker.slack_id),
            Entry(role="bot", name="Slotwise", text=summary(reply.cards, asker.locale), at=self._now()),
            turn=scene.turn,
        )
        return reply

    async def _plainly(self, scene: Scene, text: str, focus: Focus | None) -> Reply | None:
        """Yes and no to what is open, without a model."""
        if about := plain.account(text):
            return await self._desk.run(scene, LinkAccount(action=about))
        if answers := replies.read(focus, text, scene.asker, self._now()):
            return await self._by_code(scene, answers)
        said = plain.answer(text)
        if said in ("yes", "cancel") and (begun := await self._desk.begun(scene)):
            return await self._desk.agree(scene, begun)
        if focus is None or not focus.open:
            return None
        if focus.card == "agenda":
            focus = await self._desk.waiting(scene) if said in ("yes", "no") else None
            if focus is None:
                return None
        meant = said == "yes" or (said == "cancel" and focus.kind == "cancel")
        if meant and focus.confirmable:
            return await self._desk.agree(scene, focus.ref)
        if meant and focus.proposed:
            return await self._desk.again(scene, focus.ref)
        if said == "yes" and focus.complete:
            return await self._desk.again(scene, focus.ref)
        if said == "yes" and focus.card in ("slots", "pick") and len(focus.options) == 1:
            return await self._desk.run(scene, Adjust(pick="first"))
        if said == "cancel":
            return await self._desk.let_go(scene, focus.ref)
        if said == "no" or (focus.kind == "book" and plain.takes_back(text)):
            return await self._desk.let_go(scene, focus.ref)
        return None

    async def _by_code(self, scene: Scene, request: Request) -> Reply:
        try:
            return await self._desk.run(scene, request)
        except Refusal as refusal:
            return Reply((Note(refusal.sentence, Tone.WARNING),))

    async def _metered(self, scene: Scene, asked: list[Message], focus: Focus | None) -> Reply:
        """The loop within the budget. Without one the offline mind answers, and no model is asked for anything."""
        if self._meter is None or isinstance(self._model, OfflineModel):
            return await self._by_model(scene, asked, self._model, focus)
        ruling = await self._meter.permit(scene)
        with metered(ruling.allowed) as spent:
            model = self._model if ruling.allowed else self._offline
            reply = await self._by_model(scene, asked, model, focus)
        if not ruling.allowed:
            told = (Note(ruling.sentence, Tone.WARNING),) if ruling.sentence else ()
            return replace(reply, cards=(*reply.cards, *told))
        await self._meter.charge(scene, spent.calls, spent.tokens)
        return reply

    async def _by_model(self, scene: Scene, asked: list[Message], model: Model, focus: Focus | None) -> Reply:
        """The loop: a tool call that works ends it; one that is refused goes back with the reason."""
        first = model
        reason = ""
        for _ in range(STEPS):
            try:
                answer = await model.ask(asked)
            except ModelFailed as failed:
                log.warning("turn %s: model failed (%s), offline mind instead", scene.turn, failed)
                if model is self._offline:
                    break
                model, asked = self._offline, asked[:1] + asked[-1:] if reason else asked
                answer = await model.ask(asked)
            if not answer.calls:
                if answers := replies.held(focus, scene.said[-1], scene.asker, self._now(), ()):
                    return await self._by_code(scene, answers[0])
                return self._text(answer, failing=model is not first)
            try:
                return await self._carry_out(scene, answer.calls, focus)
            except BadCall as bad:
                reason = bad.reason
            except Refusal as refusal:
                reason = refusal.sentence
                if model is self._offline:
                    return Reply((Note(reason, Tone.WARNING),))
            if model is self._offline:
                break
            asked = [*asked, *tool_result(answer.calls[0], reason)]
        log.info("turn %s: no usable tool call (%s)", scene.turn, reason)
        sentence = "I couldn't make sense of that. Could you say it in other words?"
        return Reply((Note(sentence, Tone.WARNING, retry=True),))

    async def _carry_out(self, scene: Scene, calls: Sequence[ToolCall], focus: Focus | None) -> Reply:
        """Reads side by side; then what changes something, each when the one before it is settled.

        A proposal stands last, so that a yes is a yes to it. Raises `BadCall` and `Refusal`.
        """
        requests = [careful(parse(call.name, call.arguments), scene.said) for call in calls[:MOST]]
        requests = replies.held(focus, scene.said[-1], scene.asker, self._now(), requests)
        reads = [request for request in requests if isinstance(request, _READS)]
        writes = [request for request in requests if not isinstance(request, _READS)]
        scenes = [scene if i == 0 else replace(scene, turn=f"{scene.turn}.{i}") for i in range(len(requests))]
        jobs: list[Awaitable[Reply]] = [self._desk.run(s, r) for s, r in zip(scenes, reads, strict=False)]
        found = list(await asyncio.gather(*jobs))
        if writes:
            found.append(await self._desk.run(scenes[len(reads)], writes[0], writes[1:]))
        cards = tuple(card for reply in found for card in reply.cards)
        return Reply(cards, tuple(closed for reply in found for closed in reply.closed))

    def _text(self, answer: Answer, failing: bool) -> Reply:
        """Words instead of a tool: shown without links, which no model may send."""
        text = cut(without_links(answer.text).strip(), 2000)
        if failing:
            lead = "The language model isn't answering, so I only understand simple requests right now."
            return Reply((Note(f"{text}\n{lead}", Tone.WARNING, retry=True),))
        return Reply((Note(text),)) if text else Reply((Help(),))


def _asks_back(reply: Reply) -> bool:
    """Whether nothing is shown but a question or a refusal."""
    if any(not isinstance(card, Note | Help) for card in reply.cards):
        return False
    return any(
        isinstance(card, Help) or card.tone is not Tone.INFO or card.text.rstrip().endswith("?")
        for card in reply.cards
        if isinstance(card, Note | Help)
    )
