"""What happens by the clock alone: meetings start and end, recordings get ready."""

import asyncio
import logging

from bot.sandbox.calcom.booking import Booking, Bookings
from bot.sandbox.calcom.deliveries import Deliveries
from bot.sandbox.calcom.payloads import notice_of
from bot.sandbox.calcom.world import Notice, World

log = logging.getLogger(__name__)

BEAT = 0.5
"""Seconds of real time between looks at the clock."""


class Meetings:
    """Tells webhooks when accepted bookings start and end by the sandbox clock."""

    def __init__(self, world: World, deliveries: Deliveries) -> None:
        self._world = world
        self._deliveries = deliveries
        self._seen = world.now()
        self._task: asyncio.Task[None] | None = None

    def reset(self) -> None:
        """Begin from the clock's present moment."""
        self._seen = self._world.now()

    def tick(self) -> None:
        """Tell everything that has happened since the last look. A clock set back tells nothing."""
        since, now = self._seen, self._world.now()
        self._seen = now
        if now <= since:
            return
        bookings = Bookings(self._world.database)
        notices: list[Notice] = []
        for booking in bookings.where("status = 'accepted' AND start > ? AND start <= ?", since, now):
            notices.append(notice_of(self._world, "MEETING_STARTED", booking, flat=True))
        for booking in bookings.where(
            "status = 'accepted' AND start > ? AND finish > ? AND finish <= ?", since - 7 * 86_400, since, now
        ):
            notices.append(notice_of(self._world, "MEETING_ENDED", booking, flat=True))
            notices += self._recordings(booking)
        self._deliveries.send(notices, self._world.now_ms())

    def _recordings(self, booking: Booking) -> list[Notice]:
        """RECORDING_READY and the transcript's, if somebody was in the room."""
        held = self._world.database.one("SELECT id FROM sessions WHERE booking_uid = ?", booking.uid)
        if held is None:
            return []
        expires = self._world.now() + 3600
        link = self._world.url(f"/recording/{booking.uid}.mp4?expires={expires}")
        transcript = self._world.url(f"/transcript/{booking.uid}.vtt?expires={expires}")
        recording = notice_of(self._world, "RECORDING_READY", booking, downloadLink=link)
        links = {"transcription": [{"format": "vtt", "link": transcript}], "recording": link}
        words = notice_of(self._world, "RECORDING_TRANSCRIPTION_GENERATED", booking, downloadLinks=links)
        return [recording, words]

    def start(self) -> None:
        """Watch the clock from now on."""
        self.reset()
        self._task = asyncio.get_running_loop().create_task(self._watch())

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(BEAT)
            try:
                self.tick()
            except Exception:
                log.exception("the clock's events could not be told")

    async def stop(self) -> None:
        """Stop watching."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None
