"""Every failure of a request as a sentence for who asked."""

import logging
from collections.abc import Awaitable, Callable

from bot.calcom import CalComError, RateLimited, Unavailable, WrongCredential, on_behalf_of
from bot.scheduling.accounts import Accounts
from bot.scheduling.asker import Scene
from bot.scheduling.cards import Note, Tone
from bot.scheduling.errors import Gone, LinkFirst, NotYours, Refusal
from bot.scheduling.linker import Linker
from bot.scheduling.reply import Reply

log = logging.getLogger(__name__)


class Guard:
    """Runs what was asked, on behalf of who asked."""

    def __init__(self, accounts: Accounts, linker: Linker) -> None:
        self._accounts = accounts
        self._linker = linker

    async def run(self, scene: Scene, do: Callable[[], Awaitable[Reply]], from_model: bool = False) -> Reply:
        try:
            # Each person waits in a line of their own when Cal.com's budget is short.
            with on_behalf_of(f"{scene.asker.workspace}/{scene.asker.slack_id}"):
                return await do()
        except (NotYours, Gone) as gone:
            return Reply((Note(gone.sentence, Tone.WARNING),))
        except LinkFirst as first:
            return Reply((await self._linker.card(scene, first.sentence),))
        except Refusal as refusal:
            if from_model and refusal.for_model:
                raise
            return Reply((Note(refusal.sentence, Tone.WARNING, retry=refusal.retry),))
        except WrongCredential as error:
            log.warning("Cal.com does not take a credential (request %s)", error.request_id)
            link = await self._accounts.link(scene.asker.workspace, scene.asker.slack_id)
            if link and link.credential:
                return Reply((await self._linker.card(scene, error.sentence),))
            return Reply((Note(error.sentence, Tone.PROBLEM),))
        except CalComError as error:
            log.warning("Cal.com: %s %s (request %s)", type(error).__name__, error.status, error.request_id)
            again = isinstance(error, Unavailable | RateLimited)
            return Reply((Note(error.sentence, Tone.PROBLEM, retry=again),))
