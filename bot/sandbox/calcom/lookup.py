"""Finding the event type a slots query or a booking speaks of, and refusing as Cal.com does where there is none."""

from bot.sandbox.calcom.database import Json
from bot.sandbox.calcom.errors import NotFound
from bot.sandbox.calcom.event_type import EventType
from bot.sandbox.calcom.people import Team, User
from bot.sandbox.calcom.world import World


def user_named(world: World, username: str, organization_slug: str | None) -> User | None:
    """A user by name; with an organisation's slug only if a member of it."""
    user = world.people.named(username)
    if user is None or not organization_slug:
        return user
    organization = world.people.organization_named(organization_slug)
    member = organization is not None and world.people.role(user.id, organization.id) is not None
    return user if member else None


def team_named(world: World, slug: str, organization_slug: str | None) -> Team | None:
    """A team by slug; with an organisation's slug only inside it."""
    return world.people.team_named(slug, organization_slug or None)


def for_slots(world: World, query: Json) -> EventType:
    """The event type of a slots query."""
    missing = "Event Type not found"
    event_type: EventType | None = None
    if query.get("eventTypeId") is not None:
        event_type = world.event_types.get(query["eventTypeId"])
    elif query.get("username"):
        user = user_named(world, query["username"], query.get("organizationSlug"))
        if user is None:
            raise NotFound(f"User with username {query['username']} not found")
        event_type = world.event_types.of_user_named(user, query["eventTypeSlug"])
    elif query.get("teamSlug"):
        team = team_named(world, query["teamSlug"], query.get("organizationSlug"))
        if team is None:
            raise NotFound(f"Team with slug {query['teamSlug']} not found")
        event_type = world.event_types.of_team_named(team, query["eventTypeSlug"])
    if event_type is None:
        raise NotFound(missing)
    return event_type


def for_booking(world: World, body: Json) -> EventType:
    """The event type of a booking request."""
    slug, organization = body.get("eventTypeSlug"), body.get("organizationSlug")
    within = f" within organization {organization}" if organization else ""
    if body.get("eventTypeId") is not None:
        event_type = world.event_types.get(body["eventTypeId"])
        missing = f"Event type with id {body['eventTypeId']} not found."
    elif slug and body.get("username"):
        user = user_named(world, body["username"], organization)
        missing = f"Event type with slug {slug} belonging to user {body['username']}{within} not found."
        if user is None:
            raise NotFound(f"User with username {body['username']} not found")
        event_type = world.event_types.of_user_named(user, slug)
    else:
        team = team_named(world, str(body.get("teamSlug")), organization)
        missing = f"Event type with slug {slug} belonging to team {body.get('teamSlug')}{within} not found."
        if team is None:
            raise NotFound(f"Team with slug {body.get('teamSlug')} not found")
        event_type = world.event_types.of_team_named(team, str(slug))
    if event_type is None:
        raise NotFound(missing)
    return event_type
