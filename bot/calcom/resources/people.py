"""The account itself, teams, organisations and credits."""

from bot.calcom import models as m
from bot.calcom.errors import Forbidden, NoSuchRoute, NotFound
from bot.calcom.wire import event_type as event_wire
from bot.calcom.wire import person as wire

from .base import Resource


class PeopleApi(Resource):
    """Who somebody is, and with whom they work. Lists of teams are remembered for a minute."""

    async def me(self) -> m.Me:
        """The account this credential belongs to; always asked, so it tells whether the credential still works."""
        return await self._get("/me", wire.read_me)

    async def update_me(self, change: m.ProfileChange) -> m.Me:
        """Change one's own name, zone, ..."""
        return await self._write("PATCH", "/me", wire.read_me, wire.profile_json(change))

    async def teams(self) -> tuple[m.Team, ...]:
        """The teams one is a member of."""
        return await self._remembered("/teams", wire.read_teams)

    async def team(self, team_id: int) -> m.Team:
        """One team."""
        return await self._get("/teams/{team_id}", wire.read_team, team_id=team_id)

    async def organization_teams(self, organization_id: int) -> tuple[m.Team, ...]:
        """An organisation's teams; needs an admin of it."""
        route = "/organizations/{org_id}/teams"
        return await self._remembered(route, wire.read_teams, org_id=organization_id)

    async def team_members(self, team_id: int) -> tuple[m.Member, ...]:
        """A team's members.

        Where memberships cannot be listed: whoever hosts one of the team's event types, without e-mails.
        """
        try:
            return await self._get("/teams/{team_id}/memberships", wire.read_members, team_id=team_id)
        except (NotFound, Forbidden, NoSuchRoute):
            types = await self._get("/teams/{team_id}/event-types", event_wire.read_event_types, team_id=team_id)
        hosts = {host.id: host for event_type in types for host in event_type.hosts}
        return tuple(
            m.Member(host.id, host.name, host.username, host.email, avatar_url=host.avatar_url)
            for host in hosts.values()
        )

    async def credits_available(self) -> m.Credits:
        """What is left for metered features."""
        return await self._get("/credits/available", wire.read_credits)

    async def charge_credits(self, credits: int, external_ref: str, credit_for: str = "AI_AGENT") -> m.Charge:
        """Charge `credits` (at least 1). The same `external_ref` stands for the same charge: keep it stable
        when trying again. Raises NoCredits when there are too few."""
        body = {"credits": credits, "creditFor": credit_for, "externalRef": external_ref}
        return await self._write("POST", "/credits/charge", wire.read_charge, body)
