"""Event types, of people and of teams, and private links to them."""

from datetime import datetime

from bot.calcom import models as m
from bot.calcom.transport import Params
from bot.calcom.wire import event_type as wire
from bot.calcom.wire import link as link_wire
from bot.calcom.wire.event_type_body import event_type_json
from bot.calcom.wire.lenient import given, rfc3339

from .base import Resource, nothing

_LINKS = "/event-types/{id}/private-links"


class EventTypesApi(Resource):
    """What can be booked. Lists are remembered for a minute and dropped when one is changed here."""

    async def event_types(
        self, username: str, *, organization: str | None = None, slug: str | None = None
    ) -> tuple[m.EventType, ...]:
        """A person's event types that this credential may see; () for a person who is not known.

        `organization` is its slug. Cal.com answers 404 for none, which is no error here.
        """
        params = given(username=username, event_slug=slug, org_slug=organization)
        return await self._listed("/event-types", tuple(params.items()))

    async def own_event_types(self) -> tuple[m.EventType, ...]:
        """The credential's own event types, hidden ones included."""
        return await self._listed("/event-types", ())

    async def team_event_types(self, team_id: int, slug: str | None = None) -> tuple[m.EventType, ...]:
        """A team's event types."""
        params = tuple(given(event_slug=slug).items())
        return await self._listed("/teams/{team_id}/event-types", params, team_id=team_id)

    async def organization_team_event_types(self, organization_id: int, team_id: int) -> tuple[m.EventType, ...]:
        """The event types of an organisation's team; needs an admin."""
        route = "/organizations/{org_id}/teams/{team_id}/event-types"
        return await self._listed(route, (), org_id=organization_id, team_id=team_id)

    async def event_type(self, event_type_id: int) -> m.EventType:
        """One event type by id; only for those who own or host it."""
        return await self._get("/event-types/{id}", wire.read_event_type, id=event_type_id)

    async def create_event_type(self, new: m.EventTypeChange, team_id: int | None = None) -> m.EventType:
        """Make an event type of one's own, or of a team. Needs title, slug and length."""
        body = event_type_json(new)
        if team_id is None:
            return await self._changing(self._write("POST", "/event-types", wire.read_event_type, body))
        route = "/teams/{team_id}/event-types"
        return await self._changing(self._write("POST", route, _first, body, team_id=team_id))

    async def update_event_type(
        self, event_type_id: int, change: m.EventTypeChange, team_id: int | None = None
    ) -> m.EventType:
        """Change an event type; what the change leaves None stays."""
        body = event_type_json(change)
        if team_id is None:
            return await self._changing(
                self._write("PATCH", "/event-types/{id}", wire.read_event_type, body, id=event_type_id)
            )
        route = "/teams/{team_id}/event-types/{id}"
        return await self._changing(self._write("PATCH", route, _first, body, team_id=team_id, id=event_type_id))

    async def delete_event_type(self, event_type_id: int, team_id: int | None = None) -> None:
        """Delete an event type for good; its bookings stay."""
        if team_id is None:
            await self._changing(self._write("DELETE", "/event-types/{id}", nothing, id=event_type_id))
            return
        route = "/teams/{team_id}/event-types/{id}"
        await self._changing(self._write("DELETE", route, nothing, team_id=team_id, id=event_type_id))

    async def create_private_link(
        self, event_type_id: int, *, max_uses: int | None = None, expires_at: datetime | None = None
    ) -> m.PrivateLink:
        """A link to book one's own event type: once, `max_uses` times, or until `expires_at`."""
        body = given(max_usage_count=max_uses, expires_at=rfc3339(expires_at) if expires_at is not None else None)
        return await self._write("POST", _LINKS, link_wire.read_private_link, body, id=event_type_id)

    async def private_links(self, event_type_id: int) -> tuple[m.PrivateLink, ...]:
        """The private links to an event type."""
        return await self._get(_LINKS, link_wire.read_private_links, id=event_type_id)

    async def update_private_link(
        self,
        event_type_id: int,
        link_id: str,
        *,
        max_uses: int | None = None,
        expires_at: datetime | None = None,
    ) -> m.PrivateLink:
        """Change how long a private link works."""
        body = given(max_usage_count=max_uses, expires_at=rfc3339(expires_at) if expires_at is not None else None)
        route = f"{_LINKS}/{{link_id}}"
        return await self._write("PATCH", route, link_wire.read_private_link, body, id=event_type_id, link_id=link_id)

    async def delete_private_link(self, event_type_id: int, link_id: str) -> None:
        """Make a private link useless."""
        await self._write("DELETE", f"{_LINKS}/{{link_id}}", nothing, id=event_type_id, link_id=link_id)

    async def _listed(self, route: str, params: Params, **names: str | int) -> tuple[m.EventType, ...]:
        return await self._remembered(route, wire.read_event_types, params, absent=(), **names)


def _first(data: object) -> m.EventType:
    """A managed type's creation answers with its children as well, the parent first."""
    return wire.read_event_type(data[0] if isinstance(data, list) and data else data)
