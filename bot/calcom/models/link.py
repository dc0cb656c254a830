"""Things that connect Cal.com with the outside: private links, webhooks, OAuth tokens."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class PrivateLink:
    """A booking link that ends after `max_uses` uses, or at `expires_at`."""

    id: str
    url: str
    event_type_id: int | None = None
    expired: bool = False
    expires_at: datetime | None = None
    max_uses: int | None = None
    uses: int = 0


class Trigger(StrEnum):
    """What a webhook reports."""

    BOOKING_CREATED = "BOOKING_CREATED"
    BOOKING_REQUESTED = "BOOKING_REQUESTED"
    BOOKING_RESCHEDULED = "BOOKING_RESCHEDULED"
    BOOKING_CANCELLED = "BOOKING_CANCELLED"
    BOOKING_REJECTED = "BOOKING_REJECTED"
    BOOKING_NO_SHOW_UPDATED = "BOOKING_NO_SHOW_UPDATED"
    BOOKING_PAYMENT_INITIATED = "BOOKING_PAYMENT_INITIATED"
    BOOKING_PAID = "BOOKING_PAID"
    BOOKING_LOCATION_UPDATED = "BOOKING_LOCATION_UPDATED"
    BOOKING_REASSIGNED = "BOOKING_REASSIGNED"
    MEETING_STARTED = "MEETING_STARTED"
    MEETING_ENDED = "MEETING_ENDED"
    RECORDING_READY = "RECORDING_READY"
    RECORDING_TRANSCRIPTION_GENERATED = "RECORDING_TRANSCRIPTION_GENERATED"
    INSTANT_MEETING = "INSTANT_MEETING"
    OOO_CREATED = "OOO_CREATED"
    FORM_SUBMITTED = "FORM_SUBMITTED"
    FORM_SUBMITTED_NO_EVENT = "FORM_SUBMITTED_NO_EVENT"
    ROUTING_FORM_FALLBACK_HIT = "ROUTING_FORM_FALLBACK_HIT"
    AFTER_HOSTS_CAL_VIDEO_NO_SHOW = "AFTER_HOSTS_CAL_VIDEO_NO_SHOW"
    AFTER_GUESTS_CAL_VIDEO_NO_SHOW = "AFTER_GUESTS_CAL_VIDEO_NO_SHOW"
    DELEGATION_CREDENTIAL_ERROR = "DELEGATION_CREDENTIAL_ERROR"
    WRONG_ASSIGNMENT_REPORT = "WRONG_ASSIGNMENT_REPORT"
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True, slots=True)
class Webhook:
    """A registered webhook."""

    id: str
    url: str
    triggers: tuple[Trigger, ...] = ()
    active: bool = True
    secret: str | None = field(default=None, repr=False)
    user_id: int | None = None
    team_id: int | None = None
    event_type_id: int | None = None


@dataclass(frozen=True, slots=True)
class NewWebhook:
    """A webhook to register; deliveries are signed with `secret`."""

    url: str
    triggers: tuple[Trigger, ...]
    secret: str | None = field(default=None, repr=False)
    active: bool = True


class WebhookOwner(StrEnum):
    """Whose bookings a webhook reports."""

    USER = "user"
    TEAM = "team"
    ORGANIZATION = "organization"
    EVENT_TYPE = "event_type"


@dataclass(frozen=True, slots=True)
class WebhookScope:
    """The owner a webhook belongs to; the person itself needs no id."""

    owner: WebhookOwner = WebhookOwner.USER
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Tokens:
    """OAuth tokens. The refresh token is used once: store the one that comes back."""

    access_token: str = field(repr=False)
    refresh_token: str | None = field(repr=False)
    expires_at: datetime
    scope: str = ""
