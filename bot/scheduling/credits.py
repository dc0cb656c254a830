"""Cal.com credits for turns that a paid model answers: looked at before, charged after, once per turn."""

import logging

from bot.calcom import CalCom, CalComError, Credential, NoCredits
from bot.scheduling.asker import Scene

log = logging.getLogger(__name__)


class Credits:
    """Charges `price` credits a turn to the workspace's key.

    The turn's id is the charge's external reference, so that a turn worked off again is not charged again. When
    Cal.com cannot say whether there are credits, the turn is refused: a budget fails closed.
    """

    def __init__(self, calcom: CalCom, key: Credential, price: int) -> None:
        self._calcom = calcom
        self._key = key
        self._price = price

    async def refusal(self, scene: Scene) -> str:
        """Why no model may be asked for this turn; empty when one may."""
        try:
            left = await self._calcom.acting(self._key).credits_available()
        except CalComError as error:
            log.warning("turn %s: credits unknown (%s)", scene.turn, type(error).__name__)
            return "I can't check the Cal.com credits right now, so I only understand simple requests."
        if not left.has_credits or left.total < self._price:
            return "The Cal.com credits for the assistant are used up, so I only understand simple requests."
        return ""

    async def charge(self, scene: Scene) -> None:
        """Charge the turn; a failure is logged and never spoils the answer."""
        try:
            await self._calcom.acting(self._key).charge_credits(self._price, f"slotwise-{scene.turn}")
        except NoCredits:
            log.warning("turn %s: the credits ran out while it was answered", scene.turn)
        except CalComError as error:
            log.warning("turn %s was not charged (%s)", scene.turn, type(error).__name__)
