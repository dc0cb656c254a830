"""People, their accounts, teams and organisations."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Me:
    """The account a credential belongs to. `zone` is an IANA name; `time_format` is 12 or 24."""

    id: int
    username: str
    email: str
    name: str = ""
    zone: str = "UTC"
    time_format: int = 12
    week_start: str = "Sunday"
    default_schedule_id: int | None = None
    organization_id: int | None = None
    locale: str | None = None
    avatar_url: str | None = None
    bio: str | None = None


@dataclass(frozen=True, slots=True)
class ProfileChange:
    """What to change about one's own account; None leaves a value as it is."""

    email: str | None = None
    name: str | None = None
    zone: str | None = None
    time_format: int | None = None
    week_start: str | None = None
    default_schedule_id: int | None = None
    locale: str | None = None
    bio: str | None = None


@dataclass(frozen=True, slots=True)
class Team:
    """A team, or an organisation when `is_organization`."""

    id: int
    name: str
    slug: str | None = None
    organization_id: int | None = None
    is_organization: bool = False
    is_private: bool = False
    bio: str | None = None
    zone: str | None = None
    logo_url: str | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a team. `role` and `email` are known only where the credential may list memberships."""

    user_id: int
    name: str = ""
    username: str | None = None
    email: str | None = None
    role: str | None = None
    accepted: bool = True
    avatar_url: str | None = None


@dataclass(frozen=True, slots=True)
class Credits:
    """What is left to spend on metered features, in credits."""

    has_credits: bool
    monthly_remaining: int = 0
    additional: int = 0

    @property
    def total(self) -> int:
        """Credits left from both purses."""
        return self.monthly_remaining + self.additional


@dataclass(frozen=True, slots=True)
class Charge:
    """The answer to a charge: whether it was taken, and what is left."""

    charged: bool
    left: Credits
    team_id: int | None = None
