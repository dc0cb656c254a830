"""Private links, webhooks and tokens as JSON."""

from datetime import datetime, timedelta
from typing import Any

import bot.calcom.models as m

from .lenient import Each, Flag, MaybeInstant, MaybeInt, MaybeText, Text, Wire, known


class PrivateLinkWire(Wire):
    link_id: str
    booking_url: Text = ""
    event_type_id: MaybeInt = None
    is_expired: Flag = False
    expires_at: MaybeInstant = None
    max_usage_count: MaybeInt = None
    usage_count: MaybeInt = None

    def domain(self) -> m.PrivateLink:
        return m.PrivateLink(
            id=self.link_id,
            url=self.booking_url,
            event_type_id=self.event_type_id,
            expired=self.is_expired,
            expires_at=self.expires_at,
            max_uses=self.max_usage_count,
            uses=self.usage_count or 0,
        )


class WebhookWire(Wire):
    id: Text
    subscriber_url: str
    triggers: Each[str] = ()
    active: Flag = False
    secret: MaybeText = None
    user_id: MaybeInt = None
    team_id: MaybeInt = None
    event_type_id: MaybeInt = None

    def domain(self) -> m.Webhook:
        return m.Webhook(
            id=self.id,
            url=self.subscriber_url,
            triggers=tuple(known(m.Trigger, name, m.Trigger.UNKNOWN) for name in self.triggers),
            active=self.active,
            secret=self.secret,
            user_id=self.user_id,
            team_id=self.team_id,
            event_type_id=self.event_type_id,
        )


class ListsWire(Wire):
    links: Each[PrivateLinkWire] = ()
    webhooks: Each[WebhookWire] = ()


def read_private_link(data: Any) -> m.PrivateLink:
    """One private link."""
    return PrivateLinkWire.model_validate(data).domain()


def read_private_links(data: Any) -> tuple[m.PrivateLink, ...]:
    """An event type's private links."""
    if not isinstance(data, list):
        raise ValueError("not a list")
    return tuple(wire.domain() for wire in ListsWire.model_validate({"links": data}).links)


def read_webhook(data: Any) -> m.Webhook:
    """One webhook."""
    return WebhookWire.model_validate(data).domain()


def read_webhooks(data: Any) -> tuple[m.Webhook, ...]:
    """Registered webhooks."""
    if not isinstance(data, list):
        raise ValueError("not a list")
    return tuple(wire.domain() for wire in ListsWire.model_validate({"webhooks": data}).webhooks)


def webhook_json(new: m.NewWebhook) -> dict[str, Any]:
    """The body that registers or replaces a webhook."""
    body: dict[str, Any] = {
        "active": new.active,
        "subscriberUrl": new.url,
        "triggers": [str(trigger) for trigger in new.triggers if trigger is not m.Trigger.UNKNOWN],
    }
    return {**body, "secret": new.secret} if new.secret else body


class TokensWire(Wire):
    access_token: str
    refresh_token: MaybeText = None
    expires_in: MaybeInt = None
    scope: Text = ""


def read_tokens(body: Any, now: datetime) -> m.Tokens:
    """OAuth tokens; the answer has no envelope and snake_case names. 30 minutes unless told otherwise."""
    wire = TokensWire.model_validate(body)
    if not wire.access_token:
        raise ValueError("no access token")
    seconds = min(max(wire.expires_in or 1800, 0), 31_536_000)
    return m.Tokens(wire.access_token, wire.refresh_token, now + timedelta(seconds=seconds), wire.scope)
