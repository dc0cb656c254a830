"""Ringing a support team at once: an instant booking on a team's event type, drafted from a cry for help."""

from bot.calcom import EventType
from bot.scheduling.asker import Place, Scene
from bot.scheduling.cards import DraftKind, Fact, Party, Proposal
from bot.scheduling.catalog import Catalog
from bot.scheduling.draft import Draft, Host, Meeting, Stage
from bot.scheduling.drafts import Drafts, Held
from bot.scheduling.errors import Refusal
from bot.scheduling.people import fold, score
from bot.scheduling.reply import Reply
from bot.scheduling.requests import Ring
from bot.scheduling.wording import cut, listed


class Ringer:
    """Makes drafts that ring a team."""

    def __init__(self, catalog: Catalog, drafts: Drafts) -> None:
        self._catalog = catalog
        self._drafts = drafts

    async def ring(self, scene: Scene, request: Ring) -> Reply:
        """A draft that rings the team meant: the one named, the channel's namesake, or the only one."""
        if not scene.asker.email and not scene.asker.typed_email:
            raise Refusal("I need your e-mail address to ring the team: add it to your Slack profile.")
        host, event_type = await self._team(scene, request.team)
        problem = request.problem.strip() or "Help needed"
        draft = Draft(
            DraftKind.RING,
            Stage.YES,
            hosts=(host,),
            meeting=Meeting(event_type.id, event_type.slug, event_type.title, event_type.length_minutes),
            minutes=event_type.length_minutes,
            notes=problem,
            thread_link=scene.thread_link,
        )
        held = await self._drafts.open(scene, draft)
        return Reply((self._proposal(scene, held),))

    def again(self, scene: Scene, held: Held) -> Reply:
        """The card of an open draft once more."""
        return Reply((self._proposal(scene, held),))

    def _proposal(self, scene: Scene, held: Held) -> Proposal:
        draft = held.draft
        facts = [Fact("Problem", cut(draft.notes, 500))]
        if scene.place is Place.CHANNEL and draft.thread_link:
            facts.append(Fact("Context", "The link to this thread goes with it."))
        return Proposal(
            ref=held.ref,
            kind=DraftKind.RING,
            title=draft.meeting.title if draft.meeting else "Urgent call",
            parties=tuple(Party(h.name) for h in draft.hosts),
            zone=scene.asker.zone,
            confirm="Ring the team",
            facts=tuple(facts),
            lead=f"This rings everybody of {draft.hosts[0].name} who is on duty, right now.",
        )

    async def _team(self, scene: Scene, words: str) -> tuple[Host, EventType]:
        """The team meant, and its instant event type."""
        ringing: list[tuple[Host, EventType]] = []
        for team in await self._catalog.teams():
            host = Host(team.name, team_slug=team.slug, team_id=team.id)
            instant = [t for t in await self._catalog.of_team(host) if t.instant and not t.hidden]
            ringing += [(host, t) for t in instant]
        if not ringing:
            raise Refusal("No team here can be rung at once: none has an instant event type on Cal.com that I can see.")
        for hint in (words, scene.channel_name):
            wanted = fold(hint.removeprefix("the ").removesuffix(" team")) if hint else ""
            fitting = [r for r in ringing if wanted and score(wanted, (r[0].name, r[0].team_slug or "")) >= 1]
            if fitting:
                return fitting[0]
            if hint and hint is words and hint.strip():
                names = listed([r[0].name for r in ringing], "or")
                raise Refusal(f"I don't know a team “{words[:60]}” that can be rung. I can ring {names}.")
        if len({r[0].key for r in ringing}) > 1:
            raise Refusal(f"Which team shall I ring: {listed([r[0].name for r in ringing], 'or')}?")
        return ringing[0]
