"""`/v2/event-types`, and those of teams: listing, reading, creating, changing, deleting."""

from typing import Any

from bot.sandbox.calcom import event_type_inputs, lookup, shape, versions
from bot.sandbox.calcom.call import Call, Operation, allow, found
from bot.sandbox.calcom.database import Json, pack
from bot.sandbox.calcom.errors import BadRequest, Forbidden, NotFound
from bot.sandbox.calcom.event_type import MANAGED, EventType
from bot.sandbox.calcom.event_type_output import event_type_output
from bot.sandbox.calcom.people import Team, User
from bot.sandbox.calcom.shape import Shape

ORDER = shape.one_of("asc", "desc")
LIST = Shape(
    {
        "username": shape.STRING,
        "eventSlug": shape.STRING,
        "usernames": shape.STRING,
        "orgSlug": shape.STRING,
        "orgId": shape.INTEGER,
        "sortCreatedAt": ORDER,
    }
)
TEAM_LIST = Shape({"eventSlug": shape.STRING, "hostsLimit": shape.POSITIVE, "sortCreatedAt": ORDER})


def list_event_types(call: Call) -> Any:
    """Somebody's event types by user name, or the caller's own.

    Cal.com: hidden ones only for their owner, also when asked for by slug; an unknown user has none.
    """
    query = call.queries(LIST)
    if query.get("eventSlug") and not query.get("username"):
        raise BadRequest("eventSlug can only be used together with username")
    people = call.world.people
    organization = query.get("orgSlug")
    if organization is None and query.get("orgId") is not None:
        team = people.team(query["orgId"])
        organization = team.slug if team else ""
    if query.get("username"):
        users = [lookup.user_named(call.world, query["username"], organization)]
    elif query.get("usernames"):
        users = [lookup.user_named(call.world, name, organization) for name in query["usernames"].split(",")]
    elif call.caller is not None:
        users = [call.caller.user]
    else:
        users = []
    shown: list[EventType] = []
    for user in users:
        if user is not None:
            own = call.caller is not None and call.caller.id == user.id
            shown += [entry for entry in call.world.event_types.of_user(user) if own or not entry.data.get("hidden")]
    if query.get("eventSlug"):
        shown = [entry for entry in shown if entry.slug == query["eventSlug"]]
    return _written(call, shown, query)


def _written(call: Call, event_types: list[EventType], query: Json) -> list[Json]:
    if query.get("sortCreatedAt"):
        event_types = sorted(event_types, key=lambda e: e.id, reverse=query["sortCreatedAt"] == "desc")
    return [event_type_output(call.world, entry) for entry in event_types]


def _readable(call: Call) -> EventType:
    """The event type of the path for its owner, hosts and their admins; others are told it does not exist."""
    event_type = call.world.event_types.get(call.id("eventTypeId"))
    missing = f"Event type with id {call.params['eventTypeId']} not found"
    if event_type is None:
        raise NotFound(missing)
    user, people = call.user, call.world.people
    allowed = user.id in (event_type.owner_id, *event_type.host_ids) or people.administers(user.id, event_type.team_id)
    if not allowed and event_type.owner_id is not None:
        allowed = people.is_admin_over(user.id, event_type.owner_id)
    if not allowed:
        raise Forbidden(f"User with id={user.id} does not have access to event type with id={event_type.id}")
    return event_type


def _owned(call: Call) -> EventType:
    """The event type of the path, for its owner."""
    event_type = call.world.event_types.get(call.id("eventTypeId"))
    if event_type is None:
        raise NotFound(f"Event type with ID={call.params['eventTypeId']} does not exist.")
    if event_type.owner_id != call.user.id:
        raise Forbidden(f"User with ID={call.user.id} does not own event type with ID={event_type.id}")
    return event_type


def get_event_type(call: Call) -> Any:
    """One, by id."""
    return event_type_output(call.world, _readable(call))


def create_event_type(call: Call) -> Any:
    """A new personal event type."""
    body = event_type_inputs.settings(call, event_type_inputs.CREATE)
    if call.world.event_types.of_user_named(call.user, body["slug"]) is not None:
        raise BadRequest("User already has an event type with this slug.")
    event_type_id = call.world.database.insert(
        "event_types", {"owner_id": call.user.id, "slug": body["slug"], "data": pack(body)}
    )
    return event_type_output(call.world, found(call.world.event_types.get(event_type_id), ""))


def update_event_type(call: Call) -> Any:
    """Change some settings."""
    event_type = _owned(call)
    body = event_type_inputs.settings(call, event_type_inputs.UPDATE, event_type)
    same = call.world.event_types.of_user_named(call.user, body["slug"])
    if same is not None and same.id != event_type.id:
        raise BadRequest("User already has an event type with this slug.")
    return event_type_output(call.world, _saved(call, event_type, body))


def _saved(call: Call, event_type: EventType, data: Json) -> EventType:
    call.world.database.change("event_types", event_type.id, {"slug": data["slug"], "data": pack(data)})
    return found(call.world.event_types.get(event_type.id), "")


def _removed(call: Call, event_type: EventType) -> Json:
    database = call.world.database
    database.run("DELETE FROM event_types WHERE id = ? OR parent_id = ?", event_type.id, event_type.id)
    database.run("DELETE FROM webhooks WHERE scope = 'event_type' AND scope_id = ?", event_type.id)
    database.run("DELETE FROM private_links WHERE event_type_id = ?", event_type.id)
    return {
        "id": event_type.id,
        "lengthInMinutes": event_type.length,
        "title": event_type.title,
        "slug": event_type.slug,
    }


def delete_event_type(call: Call) -> Any:
    """Delete it; its bookings stay."""
    return _removed(call, _owned(call))


def team_of(call: Call) -> Team:
    """The team of the path, inside the organisation if the path names one."""
    team = call.world.people.team(call.id("teamId"))
    if team is None or team.is_organization or ("orgId" in call.params and team.parent_id != call.id("orgId")):
        raise NotFound(f"Team with id={call.params['teamId']} not found")
    return team


def _administered(call: Call) -> Team:
    team = team_of(call)
    allow(call.world.people.administers(call.user.id, team.id))
    return team


def _member_team(call: Call) -> Team:
    team = team_of(call)
    people = call.world.people
    allow(people.role(call.user.id, team.id) is not None or people.administers(call.user.id, team.id))
    return team


def list_team_event_types(call: Call) -> Any:
    """A team's event types; public under `/v2/teams`."""
    query = call.queries(TEAM_LIST)
    team = _member_team(call) if "orgId" in call.params else team_of(call)
    people = call.world.people
    insider = call.caller is not None and people.role(call.caller.id, team.id) is not None
    insider = insider or (call.caller is not None and people.administers(call.caller.id, team.id))
    listed = [e for e in call.world.event_types.of_team(team) if insider or not e.data.get("hidden")]
    if query.get("eventSlug"):
        listed = [entry for entry in listed if entry.slug == query["eventSlug"]]
    shown = _written(call, listed, query)
    if query.get("hostsLimit"):
        for entry in shown:
            entry["hosts"] = entry["hosts"][: query["hostsLimit"]]
    return shown


def _of_team(call: Call, team: Team) -> EventType:
    event_type = call.world.event_types.get(call.id("eventTypeId"))
    if event_type is None or event_type.team_id != team.id:
        raise NotFound(f"Event type with id {call.params['eventTypeId']} not found")
    return event_type


def get_team_event_type(call: Call) -> Any:
    """One of a team's."""
    return event_type_output(call.world, _of_team(call, _member_team(call)))


def create_team_event_type(call: Call) -> Any:
    """A new one of a team; a managed one answers with the parent and its children."""
    team = _administered(call)
    body = event_type_inputs.settings(call, event_type_inputs.CREATE_TEAM)
    _check_hosts(call, team, body)
    if call.world.event_types.of_team_named(team, body["slug"]) is not None:
        raise BadRequest("Team already has an event type with this slug.")
    event_type_id = call.world.database.insert(
        "event_types", {"team_id": team.id, "slug": body["slug"], "data": pack(body)}
    )
    event_type = found(call.world.event_types.get(event_type_id), "")
    return _with_children(call, event_type)


def _check_hosts(call: Call, team: Team, body: Json) -> None:
    members = call.world.people.members(team.id)
    if body.get("assignAllTeamMembers"):
        body["hosts"] = [{"userId": member} for member in members]
    for host in body.get("hosts") or []:
        if host["userId"] not in members:
            raise NotFound(f"Invalid host user ids: {host['userId']} is not a member of team with id={team.id}")


def _with_children(call: Call, event_type: EventType) -> Any:
    """A managed type is copied to each of its hosts."""
    shown = event_type_output(call.world, event_type)
    if event_type.scheduling_type != MANAGED:
        return shown
    database = call.world.database
    wanted = {host["userId"] for host in event_type.hosts}
    rows = database.all("SELECT id, owner_id FROM event_types WHERE parent_id = ?", event_type.id)
    for row in rows:
        if row["owner_id"] not in wanted:
            database.run("DELETE FROM event_types WHERE id = ?", row["id"])
    present = {row["owner_id"]: row["id"] for row in rows}
    children: list[Json] = []
    for host in event_type.hosts:
        user: User | None = call.world.people.user(host["userId"])
        if user is None:
            continue
        data = {**event_type.data, "hosts": [{"userId": user.id}]}
        if user.id in present:
            child_id = present[user.id]
            database.change("event_types", child_id, {"slug": event_type.slug, "data": pack(data)})
        else:
            values = {
                "owner_id": user.id,
                "team_id": event_type.team_id,
                "parent_id": event_type.id,
                "slug": event_type.slug,
                "data": pack(data),
            }
            child_id = database.insert("event_types", values)
        children.append(event_type_output(call.world, found(call.world.event_types.get(child_id), "")))
    return [shown, *children]


def update_team_event_type(call: Call) -> Any:
    """Change one of a team's."""
    team = _administered(call)
    event_type = _of_team(call, team)
    body = event_type_inputs.settings(call, event_type_inputs.UPDATE_TEAM, event_type)
    _check_hosts(call, team, body)
    same = call.world.event_types.of_team_named(team, body["slug"])
    if same is not None and same.id != event_type.id:
        raise BadRequest("Team already has an event type with this slug.")
    return _with_children(call, _saved(call, event_type, body))


def delete_team_event_type(call: Call) -> Any:
    """Delete one of a team's, children included."""
    return _removed(call, _of_team(call, _administered(call)))


def _operations() -> list[Operation]:
    personal, one = "/v2/event-types", "/v2/event-types/{eventTypeId}"
    here = versions.EVENT_TYPES
    read, write = "EVENT_TYPE_READ", "EVENT_TYPE_WRITE"
    made = [
        Operation("GET", personal, list_event_types, here, public=True, scope=read),
        Operation("POST", personal, create_event_type, here, 201, scope=write),
        Operation("GET", one, get_event_type, here, scope=read),
        Operation("PATCH", one, update_event_type, here, scope=write),
        Operation("DELETE", one, delete_event_type, here, scope=write),
    ]
    for base, public, scope in (
        ("/v2/teams/{teamId}/event-types", True, "TEAM_EVENT_TYPE"),
        ("/v2/organizations/{orgId}/teams/{teamId}/event-types", False, "ORG_EVENT_TYPE"),
    ):
        single = f"{base}/{{eventTypeId}}"
        made += [
            Operation("GET", base, list_team_event_types, versions.ANY, public=public, scope=f"{scope}_READ"),
            Operation("POST", base, create_team_event_type, versions.ANY, 201, scope=f"{scope}_WRITE"),
            Operation("GET", single, get_team_event_type, versions.ANY, scope=f"{scope}_READ"),
            Operation("PATCH", single, update_team_event_type, versions.ANY, scope=f"{scope}_WRITE"),
            Operation("DELETE", single, delete_team_event_type, versions.ANY, scope=f"{scope}_WRITE"),
        ]
    return made


OPERATIONS = tuple(_operations())
