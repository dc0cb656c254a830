"""The loop: one call that works ends it, a refused one goes back with the reason, a failing model is replaced."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.assistant.assistant import STEPS, Assistant
from bot.assistant.model import Answer, Message, ModelFailed, ToolCall, Usage
from bot.scheduling.asker import Asker, Place, Scene
from bot.scheduling.cards import Note
from bot.scheduling.errors import Invented
from bot.scheduling.focus import Focus
from bot.scheduling.reply import Reply
from bot.scheduling.requests import Adjust, Book, Cancel, Request, ShowBookings
from bot.store import Store

NOW = datetime(2026, 11, 23, 14, tzinfo=UTC)
SCENE = Scene(Asker("T1", "U1", "Ann", "America/New_York", email="ann@example.com"), "dm:D1", Place.DM, "Ev1")


class Scripted:
    """A model that says what it was told to, and remembers what it was asked."""

    def __init__(self, *answers: Answer | ModelFailed) -> None:
        self.usage = Usage()
        self.asked: list[list[Message]] = []
        self._answers = list(answers)

    async def ask(self, messages: Sequence[Message]) -> Answer:
        self.asked.append(list(messages))
        answer = self._answers.pop(0)
        if isinstance(answer, ModelFailed):
            raise answer
        return answer


class Recording:
    """A desk that notes what it is asked to do."""

    def __init__(self, focus: Focus | None = None, refuse: Exception | None = None) -> None:
        self.done: list[object] = []
        self._focus = focus
        self._refuse = refuse

    async def run(self, scene: Scene, request: Request, then: Sequence[Request] = ()) -> Reply:
        self.done += [request, *([("then", *then)] if then else [])]
        if self._refuse:
            refuse, self._refuse = self._refuse, None
            raise refuse
        return Reply((Note(type(request).__name__),))

    async def focus(self, scene: Scene) -> Focus | None:
        return self._focus

    async def waiting(self, scene: Scene) -> Focus | None:
        return None

    async def begun(self, scene: Scene) -> str:
        return ""

    async def again(self, scene: Scene, ref: str) -> Reply:
        self.done.append(("again", ref))
        return Reply((Note("again"),))

    async def doubt(self, ref: str) -> None:
        self.done.append(("doubt", ref))

    async def agree(self, scene: Scene, ref: str) -> Reply:
        self.done.append(("agree", ref))
        return Reply((Note("agreed"),))

    async def let_go(self, scene: Scene, ref: str) -> Reply:
        self.done.append(("let go", ref))
        return Reply((Note("let go"),))


def calls(*named: tuple[str, str]) -> Answer:
    return Answer(calls=tuple(ToolCall(f"c{i}", name, arguments) for i, (name, arguments) in enumerate(named)))


@pytest.fixture
async def store(tmp_path: Path) -> Store:
    return await Store.open(f"sqlite:///{tmp_path}/x.db", clock=lambda: NOW)


async def said(store: Store, desk: Recording, model: Scripted, text: str) -> str:
    reply = await Assistant(desk, store, model, lambda: NOW).respond(SCENE, text)
    return " | ".join(card.text for card in reply.cards if isinstance(card, Note))


async def test_one_working_call_is_one_model_call(store: Store) -> None:
    desk, model = Recording(), Scripted(calls(("book", '{"people": ["bailey"]}')))
    assert await said(store, desk, model, "book bailey") == "Book"
    assert desk.done == [Book(people=["bailey"])]
    assert len(model.asked) == 1


async def test_bad_arguments_go_back_once_with_the_reason(store: Store) -> None:
    desk = Recording()
    model = Scripted(calls(("book", '{"slot": 7}')), calls(("book", '{"people": ["bailey"]}')))
    assert await said(store, desk, model, "book bailey") == "Book"
    assert "slot" in str(model.asked[1][-1]["content"])
    assert model.asked[1][-1]["role"] == "tool"


async def test_an_invented_address_is_refused_to_the_model(store: Store) -> None:
    desk = Recording(refuse=Invented("Please write it out."))
    model = Scripted(calls(("book", "{}")), calls(("book", "{}")))
    assert await said(store, desk, model, "book bailey") == "Book"
    assert "write it out" in str(model.asked[1][-1]["content"])


async def test_a_model_that_never_learns_ends_in_a_sentence(store: Store) -> None:
    desk, model = Recording(), Scripted(*[calls(("fly", "{}"))] * STEPS)
    assert "other words" in await said(store, desk, model, "book bailey")
    assert desk.done == []


async def test_reads_side_by_side_make_one_answer(store: Store) -> None:
    desk, model = Recording(), Scripted(calls(("show_bookings", "{}"), ("find_times", '{"people": ["sam"]}')))
    assert await said(store, desk, model, "what do I have, and is sam free?") == "ShowBookings | FindTimes"


async def test_of_several_changes_the_first_is_made_and_the_others_are_kept_for_after_it(store: Store) -> None:
    desk = Recording()
    model = Scripted(calls(("cancel", '{"booking": "sam"}'), ("show_bookings", "{}"), ("book", '{"people": ["lena"]}')))
    assert await said(store, desk, model, "cancel sam, show my day and book lena") == "ShowBookings | Cancel"
    assert desk.done == [ShowBookings(), Cancel(booking="sam"), ("then", Book(people=["lena"]))]


async def test_the_offline_mind_takes_a_message_apart(store: Store) -> None:
    desk, model = Recording(), Scripted(ModelFailed("down"))
    await said(store, desk, model, "book 15min with bailey friday at 2pm and cancel my call with sam")
    assert [type(request) for request in desk.done] == [Book, tuple]
    assert desk.done[1] == ("then", Cancel(booking="my call with sam"))


PROPOSED = Focus("r1", "proposal", kind="book", confirmable=True, proposed=True)


async def test_a_question_asked_back_makes_the_card_doubtful(store: Store) -> None:
    desk, model = Recording(PROPOSED), Scripted(Answer(text="Shall I look at Friday as well?"))
    await said(store, desk, model, "hmm, is thursday a holiday?")
    assert desk.done == [("doubt", "r1")]


async def test_an_answer_that_asks_nothing_leaves_the_card_as_it_is(store: Store) -> None:
    desk, model = Recording(PROPOSED), Scripted(Answer(text="You're welcome."))
    await said(store, desk, model, "thanks, you are quick")
    assert desk.done == []


async def test_a_yes_to_a_doubtful_card_shows_it_again(store: Store) -> None:
    desk = Recording(replace(PROPOSED, confirmable=False))
    assert await said(store, desk, Scripted(), "yes") == "again"
    assert desk.done == [("again", "r1")]


async def test_a_yes_to_a_single_time_chooses_it_and_confirms_nothing(store: Store) -> None:
    desk = Recording(Focus("r1", "slots", kind="book", options=("Wed 25 Nov 10:00 AM",)))
    assert await said(store, desk, Scripted(), "yes please") == "Adjust"
    assert desk.done == [Adjust(pick="first")]


async def test_a_failing_model_is_replaced_by_the_offline_mind(store: Store) -> None:
    desk, model = Recording(), Scripted(ModelFailed("down"))
    assert await said(store, desk, model, "what do I have tomorrow?") == "ShowBookings"
    assert isinstance(desk.done[0], ShowBookings)


async def test_what_a_failing_model_leaves_unclear_is_said_with_try_again(store: Store) -> None:
    reply = await Assistant(Recording(), store, Scripted(ModelFailed("down")), lambda: NOW).respond(
        SCENE, "hello there"
    )
    note = reply.cards[0]
    assert isinstance(note, Note)
    assert note.retry
    assert "isn't answering" in note.text


async def test_links_of_a_model_are_left_out(store: Store) -> None:
    model = Scripted(Answer(text="Click https://evil.example/x now or www.evil.example"))
    assert "evil" not in await said(store, Recording(), model, "hi")


@pytest.mark.parametrize(
    ("text", "kind", "done"),
    [
        ("yes", "book", ("agree", "r1")),
        ("no", "book", ("let go", "r1")),
        ("cancel it", "book", ("let go", "r1")),
        ("cancel it", "cancel", ("agree", "r1")),
    ],
)
async def test_plain_words_to_a_proposal_need_no_model(
    store: Store, text: str, kind: str, done: tuple[str, str]
) -> None:
    desk = Recording(Focus("r1", "proposal", kind, confirmable=True))
    await said(store, desk, Scripted(), text)
    assert desk.done == [done]


async def test_a_yes_with_nothing_to_confirm_goes_to_the_model(store: Store) -> None:
    desk, model = Recording(Focus("r1", "slots", "book")), Scripted(Answer(text="Which one?"))
    assert await said(store, desk, model, "yes") == "Which one?"
    assert desk.done == []


async def test_a_turn_done_again_is_said_once(store: Store) -> None:
    for _ in range(2):
        await said(store, Recording(), Scripted(calls(("book", "{}"))), "book bailey")
    history = await store.conversations.history("T1", "dm:D1")
    assert [entry.role for entry in history] == ["asker", "bot"]
