"""response_urls: an app's answer to one interaction or command, five times within half an hour of real time."""

import time
from dataclasses import asdict, dataclass

from bot.sandbox.slack.journal import Journal
from bot.sandbox.slack.stamps import Stamps

USES = 5
SECONDS = 1800.0


@dataclass
class ResponseUrl:
    """Where an answer goes: to `user` in `channel`, about the message at `message_ts` (None for a command)."""

    key: str
    user: str
    channel: str
    message_ts: str | None
    thread_ts: str | None
    born: float
    """Real time, seconds since the epoch."""
    uses: int = 0

    def refusal(self) -> str | None:
        """Slack's error name if the address is used up or too old."""
        if time.time() - self.born > SECONDS:
            return "expired_url"
        return "used_url" if self.uses >= USES else None


class ResponseUrls:
    """All addresses given out; they survive a restart."""

    def __init__(self, origin: str, stamps: Stamps, journal: Journal) -> None:
        self._origin = origin
        self._stamps = stamps
        self._journal = journal
        self._urls = {key: ResponseUrl(**body) for key, body in journal.read("response_url").items()}

    def reset(self) -> None:
        """Forget all (the journal is cleared by the server)."""
        self._urls.clear()

    def give(self, user: str, channel: str, message_ts: str | None = None, thread_ts: str | None = None) -> str:
        """A new address."""
        horizon = time.time() - SECONDS - 600
        while self._urls and next(iter(self._urls.values())).born < horizon:
            old = self._urls.pop(next(iter(self._urls)))
            self._journal.drop("response_url", old.key)
        url = ResponseUrl(self._stamps.secret(), user, channel, message_ts, thread_ts, time.time())
        self._urls[url.key] = url
        self._journal.put("response_url", url.key, asdict(url))
        return f"{self._origin}/slack/response/{url.key}"

    def get(self, key: str) -> ResponseUrl | None:
        """The address with this key."""
        return self._urls.get(key)

    def count(self, url: ResponseUrl) -> None:
        """One use more."""
        url.uses += 1
        self._journal.put("response_url", url.key, asdict(url))
