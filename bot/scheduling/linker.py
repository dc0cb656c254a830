"""Linking as people meet it: the card with the way to Cal.com, what is linked, and unlinking."""

from bot.scheduling.accounts import LINK_LASTS, Accounts
from bot.scheduling.asker import Scene
from bot.scheduling.cards import Card, Event, Fact, Link, Note, Notice, Press, Tone, Verb
from bot.scheduling.errors import Refusal
from bot.scheduling.reply import Reply
from bot.scheduling.requests import LinkAccount

ACCOUNT = "account"
"""The ref of a person's own account card; there is one account each, so no record stands behind it."""


def connecting(workspace: str, user: str) -> str:
    """The ref of the cards that show somebody the way to Cal.com, so that they can be taken back."""
    return f"connect:{workspace}:{user}"


class Linker:
    """Answers what people ask about their Cal.com account."""

    def __init__(self, accounts: Accounts) -> None:
        self._accounts = accounts

    async def run(self, scene: Scene, request: LinkAccount) -> Reply:
        """Words about one's account."""
        if request.action == "unlink":
            return await self._unlink(scene)
        return Reply((await self.card(scene),))

    async def press(self, scene: Scene, verb: Verb) -> Reply:
        """A press on "Connect Cal.com" or "Disconnect"."""
        if verb is Verb.DISCONNECT:
            return await self._unlink(scene)
        return Reply((await self.card(scene, anew=True),))

    async def card(self, scene: Scene, lead: str = "", anew: bool = False) -> Card:
        """What is linked, or the way to link it; `lead` says what for."""
        link = await self._accounts.link(scene.asker.workspace, scene.asker.slack_id)
        if link and link.credential and not lead and not anew:
            return Notice(
                ACCOUNT,
                Event.CONNECTED,
                "Your Cal.com account is connected.",
                zone=scene.asker.zone,
                facts=(Fact("Cal.com user", link.username), Fact("E-mail", link.email)),
                presses=(Press("Disconnect", Verb.DISCONNECT),),
            )
        try:
            url = await self._accounts.begin(scene.asker)
        except Refusal as refusal:
            return Note(f"{lead} {refusal.sentence}".strip(), Tone.WARNING)
        minutes = int(LINK_LASTS.total_seconds() // 60)
        about = (
            "Allow me to use your Cal.com account, and I can show your calendar, book as you, answer requests and tell "
            f"you what happens to your bookings. The link is yours alone and works for {minutes} minutes, once."
        )
        return Notice(
            connecting(scene.asker.workspace, scene.asker.slack_id),
            Event.CONNECT,
            f"{lead}\n{about}".strip(),
            zone=scene.asker.zone,
            links=(Link("Continue with Cal.com", url),),
        )

    async def home(self, scene: Scene) -> tuple[Card, ...]:
        """For the Home tab: what is linked, or a button that shows the way."""
        link = await self._accounts.link(scene.asker.workspace, scene.asker.slack_id)
        if link and link.credential:
            return (await self.card(scene),)
        if self._accounts.app is None:
            return ()
        lead = "Connect your Cal.com account to see your whole calendar here and to hear what happens to your bookings."
        press = Press("Connect Cal.com", Verb.CONNECT)
        return (Notice(ACCOUNT, Event.CONNECT, lead, zone=scene.asker.zone, presses=(press,)),)

    async def _unlink(self, scene: Scene) -> Reply:
        link = await self._accounts.unlink(scene.asker)
        if link is None:
            return Reply((Note("No Cal.com account of yours is connected, so there is nothing to unlink."),))
        lead = (
            f"Your Cal.com account {link.username} is not connected any more; I have forgotten its credentials. "
            "Your bookings stay as they are."
        )
        presses = (Press("Connect Cal.com", Verb.CONNECT),) if self._accounts.app else ()
        return Reply((Notice(ACCOUNT, Event.DISCONNECTED, lead, zone=scene.asker.zone, presses=presses),))
