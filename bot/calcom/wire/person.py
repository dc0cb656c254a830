"""Accounts, teams and credits as JSON."""

from typing import Any

import bot.calcom.models as m

from .lenient import Each, Flag, Maybe, MaybeInt, MaybeText, Text, Wire, given


class OrganizationWire(Wire):
    id: MaybeInt = None


class MeWire(Wire):
    id: int
    username: Text = ""
    email: Text = ""
    name: Text = ""
    time_zone: MaybeText = None
    time_format: MaybeInt = None
    week_start: MaybeText = None
    default_schedule_id: MaybeInt = None
    organization_id: MaybeInt = None
    organization: Maybe[OrganizationWire] = None
    locale: MaybeText = None
    avatar_url: MaybeText = None
    bio: MaybeText = None


def read_me(data: Any) -> m.Me:
    """The account of the credential. Raises ValueError without an id."""
    wire = MeWire.model_validate(data)
    return m.Me(
        id=wire.id,
        username=wire.username,
        email=wire.email,
        name=wire.name,
        zone=wire.time_zone or "UTC",
        time_format=24 if wire.time_format == 24 else 12,
        week_start=wire.week_start or "Sunday",
        default_schedule_id=wire.default_schedule_id,
        organization_id=wire.organization_id or (wire.organization.id if wire.organization else None),
        locale=wire.locale,
        avatar_url=wire.avatar_url,
        bio=wire.bio,
    )


def profile_json(change: m.ProfileChange) -> dict[str, Any]:
    """The body that changes the account."""
    return given(
        email=change.email,
        name=change.name,
        time_zone=change.zone,
        time_format=change.time_format,
        week_start=change.week_start,
        default_schedule_id=change.default_schedule_id,
        locale=change.locale,
        bio=change.bio,
    )


class TeamWire(Wire):
    id: int
    name: Text = ""
    slug: MaybeText = None
    parent_id: MaybeInt = None
    is_organization: Flag = False
    is_private: Flag = False
    bio: MaybeText = None
    time_zone: MaybeText = None
    logo_url: MaybeText = None

    def domain(self) -> m.Team:
        return m.Team(
            id=self.id,
            name=self.name,
            slug=self.slug,
            organization_id=self.parent_id,
            is_organization=self.is_organization,
            is_private=self.is_private,
            bio=self.bio,
            zone=self.time_zone,
            logo_url=self.logo_url,
        )


class UserWire(Wire):
    id: MaybeInt = None
    name: Text = ""
    username: MaybeText = None
    email: MaybeText = None
    avatar_url: MaybeText = None


class MembershipWire(Wire):
    user_id: int
    role: MaybeText = None
    accepted: Flag = False
    user: UserWire = UserWire()


class PeopleWire(Wire):
    teams: Each[TeamWire] = ()
    memberships: Each[MembershipWire] = ()


def _listed(data: Any) -> list[Any]:
    if not isinstance(data, list):
        raise ValueError("not a list")
    return data


def read_team(data: Any) -> m.Team:
    """One team. Raises ValueError without an id."""
    return TeamWire.model_validate(data).domain()


def read_teams(data: Any) -> tuple[m.Team, ...]:
    """Teams; the unreadable ones are left out."""
    return tuple(wire.domain() for wire in PeopleWire.model_validate({"teams": _listed(data)}).teams)


def read_members(data: Any) -> tuple[m.Member, ...]:
    """A team's memberships."""
    return tuple(
        m.Member(
            wire.user_id,
            wire.user.name,
            wire.user.username,
            wire.user.email,
            wire.role,
            wire.accepted,
            wire.user.avatar_url,
        )
        for wire in PeopleWire.model_validate({"memberships": _listed(data)}).memberships
    )


class BalanceWire(Wire):
    monthly_remaining: MaybeInt = None
    additional: MaybeInt = None


class CreditsWire(Wire):
    has_credits: Flag = False
    charged: Flag = False
    team_id: MaybeInt = None
    balance: BalanceWire = BalanceWire()
    remaining_balance: BalanceWire = BalanceWire()


def read_credits(data: Any) -> m.Credits:
    """What is left."""
    wire = CreditsWire.model_validate(data)
    return m.Credits(wire.has_credits, wire.balance.monthly_remaining or 0, wire.balance.additional or 0)


def read_charge(data: Any) -> m.Charge:
    """The answer to a charge."""
    wire = CreditsWire.model_validate(data)
    monthly, additional = wire.remaining_balance.monthly_remaining or 0, wire.remaining_balance.additional or 0
    return m.Charge(wire.charged, m.Credits(monthly + additional > 0, monthly, additional), wire.team_id)
