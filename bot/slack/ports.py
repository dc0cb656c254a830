"""What this room is handed by others, as far as it needs to know them."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Protocol

from bot.scheduling.asker import Asker, Scene
from bot.scheduling.cards import Verb
from bot.scheduling.form import Form, Raw
from bot.scheduling.limits import Ruling
from bot.scheduling.reply import Reply
from bot.store import Place, Record

Json = dict[str, Any]


class Mind(Protocol):
    """Understands what people say."""

    async def respond(self, scene: Scene, text: str) -> Reply:
        """Answer a message."""


class Limits(Protocol):
    """Rules on how much somebody may write."""

    async def message(self, asker: Asker) -> Ruling:
        """Count a message, and rule on it."""


class Desk(Protocol):
    """Does what buttons and forms ask for, without a model."""

    async def press(self, scene: Scene, verb: Verb, ref: str, key: str) -> Reply:
        """Answer a press on the card of `ref`."""

    async def form(self, scene: Scene, ref: str) -> Form:
        """The questions of a draft; from the store alone, for it is called while a trigger runs out (3 s).

        Raises `bot.scheduling.errors.Refusal`, whose sentence is shown."""

    async def check(self, scene: Scene, ref: str, raw: dict[str, Raw]) -> dict[str, str]:
        """What is wrong with the answers: slug -> sentence; from the store alone."""

    async def submit(self, scene: Scene, ref: str, raw: dict[str, Raw]) -> Reply:
        """Answer a form that passed its check."""

    async def home(self, scene: Scene) -> Reply:
        """What the Home tab shows."""


class Turn(Protocol):
    """One accepted turn. `step` runs `do` once and gives its stored JSON value ever after."""

    @property
    def id(self) -> str:
        """The id it was accepted under."""

    @property
    def payload(self) -> Json:
        """What was accepted."""

    @property
    def attempt(self) -> int:
        """1 at first; more when an earlier run ended with the process or a failure."""

    async def step(self, name: str, do: Callable[[], Awaitable[Any]]) -> Any:
        """Run a step, or give what it gave before."""


class Records(Protocol):
    """Stored records; this room keeps what "Try again" needs."""

    async def add(self, record: Record, key: str | None = None) -> Record:
        """Store a record, once per key."""

    async def get(self, id: str) -> Record | None:
        """A record by its id."""


class Turns(Protocol):
    """Durable turns, one at a time per conversation."""

    async def accept(self, id: str, kind: str, workspace: str, conversation: str, payload: Json) -> bool:
        """Store a turn and start it; False when the id is known already."""

    def on(self, kind: str, handler: Callable[[Any], Awaitable[None]]) -> None:
        """Who handles turns of a kind."""

    def on_failed(self, handler: Callable[[Any, Exception], Awaitable[None]]) -> None:
        """Who tells people that a turn was given up."""


class Places(Protocol):
    """Where the cards of a ref were shown."""

    async def put(self, place: Place) -> None:
        """Remember a message."""

    async def get(self, ref: str) -> Place | None:
        """The newest message of a ref."""

    async def all(self, ref: str) -> Sequence[Place]:
        """Every message of a ref, newest first."""

    async def spend(self, place: Place) -> str | None:
        """One use of a place's response_url, or None when there is none left."""

    async def remove(self, place: Place) -> None:
        """Forget a message."""
