"""The Home tab: what comes up, and how to ask for more."""

import logging
from collections import OrderedDict

from slack_sdk.errors import SlackApiError

from bot.scheduling.asker import Asker, Place, Scene
from bot.scheduling.cards import Agenda
from bot.scheduling.wording import place_of
from bot.slack import calls
from bot.slack.delivery import Delivery
from bot.slack.mrkdwn import foreign
from bot.slack.people import Clients, People
from bot.slack.ports import Desk, Json
from bot.slack.render import Block, Reader, render
from bot.slack.render.agenda import agenda
from bot.slack.render.blocks import context, divider, header, section
from bot.slack.render.notes import EXAMPLES

log = logging.getLogger(__name__)

_MOST_BLOCKS = 100
_MOST_VIEWERS = 5000

PROMPTS = (
    {"title": "What is coming up?", "message": "What do I have this week?"},
    {"title": "Find a time", "message": "Find half an hour next week"},
    {"title": "Move a meeting", "message": "Move my next meeting"},
    {"title": "What can you do?", "message": "Help"},
)
"""Suggested in an empty conversation; Slack shows four at most."""


def home_view(asker: Asker, blocks: list[Block]) -> Json:
    """The tab: heading, bookings, examples."""
    examples = "\n".join(f"• _{foreign(example)}_" for example in EXAMPLES)
    view = [
        header("Your meetings"),
        *context(f"Your time zone is {place_of(asker.zone)}, from your Slack profile."),
        *blocks,
        divider(),
        section(f"*Just write to me*\n{examples}"),
    ]
    return {"type": "home", "blocks": view[:_MOST_BLOCKS]}


class Home:
    """Publishes the Home tab of people who have opened it, and again when their bookings change."""

    def __init__(self, clients: Clients, people: People, desk: Desk, delivery: Delivery) -> None:
        self._clients = clients
        self._people = people
        self._desk = desk
        self._delivery = delivery
        self._viewers: OrderedDict[tuple[str, str], None] = OrderedDict()

    async def opened(self, workspace: str, user: str) -> None:
        """Somebody looks at the tab."""
        self._viewers[workspace, user] = None
        self._viewers.move_to_end((workspace, user))
        while len(self._viewers) > _MOST_VIEWERS:
            self._viewers.popitem(last=False)
        await self._publish(workspace, user)

    async def changed(self, workspace: str, user: str) -> None:
        """Their bookings changed."""
        if (workspace, user) in self._viewers:
            await self._publish(workspace, user)

    async def _publish(self, workspace: str, user: str) -> None:
        try:
            asker = await self._people.asker(workspace, user)
            channel = await self._delivery.dm(workspace, user)
            view = home_view(asker, await self._blocks(Scene(asker, f"dm:{channel}", Place.HOME, f"home-{user}")))
            client = await self._clients(workspace)
            await calls.insisting(lambda: client.views_publish(user_id=user, view=view))
        except (SlackApiError, *calls.Unanswered) as error:
            log.warning("Home tab of %s not published: %s", user, type(error).__name__)

    async def _blocks(self, scene: Scene) -> list[Block]:
        reader = Reader(scene.asker.zone, scene.asker.locale)
        try:
            reply = await self._desk.home(scene)
        except Exception as error:
            log.warning("Home tab of %s: no bookings", scene.asker.slack_id, exc_info=error)
            sentence = getattr(error, "sentence", "Your meetings can't be shown right now.")
            return [section(foreign(str(sentence), 2000))]
        blocks: list[Block] = []
        for card in reply.cards:
            left = _MOST_BLOCKS - 10 - len(blocks)
            message = agenda(card, reader, left) if isinstance(card, Agenda) else render(card, reader)
            blocks += message.blocks[: max(0, left)]
        return blocks
