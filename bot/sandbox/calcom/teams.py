"""`/v2/teams` and `/v2/organizations/{orgId}/teams`."""

from typing import Any

from bot.sandbox.calcom import shape, versions
from bot.sandbox.calcom.call import Call, Operation, allow
from bot.sandbox.calcom.database import Json, marks, pack
from bot.sandbox.calcom.errors import BadRequest, Conflict, NotFound
from bot.sandbox.calcom.event_type_inputs import SLUG
from bot.sandbox.calcom.people import ADMIN_ROLES, Team, public_user
from bot.sandbox.calcom.shape import Anyhow, Shape

SETTINGS: dict[str, Anyhow] = {
    "slug": SLUG,
    **dict.fromkeys(
        (
            "logoUrl",
            "calVideoLogo",
            "appLogo",
            "appIconLogo",
            "bio",
            "theme",
            "brandColor",
            "darkBrandColor",
            "bannerUrl",
            "weekStart",
        ),
        shape.STRING,
    ),
    "hideBranding": shape.BOOLEAN,
    "isPrivate": shape.BOOLEAN,
    "hideBookATeamMember": shape.BOOLEAN,
    "metadata": shape.OBJECT,
    "timeFormat": shape.NUMBER,
    "timeZone": shape.TIME_ZONE,
}
CREATE = Shape({"name*": shape.FULL_NAME, **SETTINGS, "autoAcceptCreator": shape.BOOLEAN})
UPDATE = Shape(
    {
        "name": shape.FULL_NAME,
        **SETTINGS,
        "bookingLimits": shape.STRING,
        "includeManagedEventsInLimits": shape.BOOLEAN,
    }
)
SHOWN = ("name", *SETTINGS)


def output(team: Team) -> Json:
    """A team as the API shows it; what is not set is left out."""
    shown: Json = {"id": team.id, "isOrganization": team.is_organization, "slug": team.slug}
    if team.parent_id is not None:
        shown["parentId"] = team.parent_id
    shown |= {name: team.data[name] for name in SHOWN if name != "slug" and team.data.get(name) is not None}
    return shown


def _slug(call: Call, body: Json, parent: int | None, own: int | None = None) -> str:
    slug = body.get("slug") or "".join(c if c.isalnum() else "-" for c in body["name"].lower()).strip("-") or "team"
    taken = call.world.database.one(
        "SELECT id FROM teams WHERE slug = ? AND parent_id IS ? AND id IS NOT ?", slug, parent, own
    )
    if taken is not None:
        raise Conflict(f"Team with slug={slug} already exists")
    return str(slug)


def _create(call: Call, parent: int | None) -> Json:
    body = call.body(CREATE)
    body.pop("autoAcceptCreator", None)
    slug = _slug(call, body, parent)
    data = {
        "isOrganization": False,
        "timeZone": "Europe/London",
        "weekStart": "Sunday",
        "hideBranding": False,
        **body,
    }
    team_id = call.world.database.insert("teams", {"slug": slug, "parent_id": parent, "data": pack(data)})
    call.world.database.insert("memberships", {"team_id": team_id, "user_id": call.user.id, "role": "OWNER"})
    return output(_known(call, team_id))


def _known(call: Call, team_id: int) -> Team:
    team = call.world.people.team(team_id)
    if team is None or team.is_organization:
        raise NotFound(f"Team with id={team_id} not found")
    return team


def _member(call: Call) -> Team:
    team = _known(call, call.id("teamId"))
    people = call.world.people
    allow(people.role(call.user.id, team.id) is not None or people.administers(call.user.id, team.id))
    return team


def _administered(call: Call) -> Team:
    team = _known(call, call.id("teamId"))
    allow(call.world.people.administers(call.user.id, team.id))
    return team


def create_team(call: Call) -> Any:
    """A team of one's own, outside any organisation."""
    return _create(call, None)


def list_teams(call: Call) -> Any:
    """The teams the caller belongs to."""
    teams = call.world.people.teams_of(call.user.id)
    return [output(team) for team in teams if not team.is_organization]


def get_team(call: Call) -> Any:
    """One."""
    return output(_member(call))


def _changed(call: Call, team: Team) -> Json:
    body = call.body(UPDATE)
    slug = team.slug if body.get("slug") is None else _slug(call, body, team.parent_id, team.id)
    call.world.database.change("teams", team.id, {"slug": slug, "data": pack({**team.data, **body})})
    return output(_known(call, team.id))


def update_team(call: Call) -> Any:
    """Change it."""
    return _changed(call, _administered(call))


def _deleted(call: Call, team: Team) -> Json:
    database = call.world.database
    types = [row["id"] for row in database.all("SELECT id FROM event_types WHERE team_id = ?", team.id)]
    database.run(f"DELETE FROM webhooks WHERE scope = 'event_type' AND scope_id IN ({marks(types)})", *types)
    database.run("DELETE FROM webhooks WHERE scope = 'team' AND scope_id = ?", team.id)
    database.run("DELETE FROM event_types WHERE team_id = ?", team.id)
    database.run("DELETE FROM memberships WHERE team_id = ?", team.id)
    database.run("DELETE FROM teams WHERE id = ?", team.id)
    return output(team)


def delete_team(call: Call) -> Any:
    """Delete it with its event types; answers with what it was."""
    return _deleted(call, _administered(call))


def _organization(call: Call, *, admin: bool) -> Team:
    people = call.world.people
    organization = people.team(call.id("orgId"))
    if organization is None or not organization.is_organization:
        raise NotFound(f"Organization with id={call.params['orgId']} not found")
    role = people.role(call.user.id, organization.id)
    allow(role in ADMIN_ROLES if admin else role is not None)
    return organization


def _inside(call: Call, *, admin: bool) -> Team:
    organization = _organization(call, admin=False)
    team = _known(call, call.id("teamId"))
    if team.parent_id != organization.id:
        raise NotFound(f"Team with id={team.id} not found in organization with id={organization.id}")
    people = call.world.people
    insider = people.administers(call.user.id, team.id)
    allow(insider if admin else insider or people.role(call.user.id, team.id) is not None)
    return team


def list_organization_teams(call: Call) -> Any:
    """A page of the organisation's teams."""
    organization = _organization(call, admin=False)
    take, skip = call.page()
    rows = call.world.database.all(
        "SELECT id FROM teams WHERE parent_id = ? ORDER BY id LIMIT ? OFFSET ?", organization.id, take, skip
    )
    return [output(_known(call, row["id"])) for row in rows]


def create_organization_team(call: Call) -> Any:
    """A new team in the organisation."""
    return _create(call, _organization(call, admin=True).id)


def get_organization_team(call: Call) -> Any:
    """One of its teams."""
    return output(_inside(call, admin=False))


def update_organization_team(call: Call) -> Any:
    """Change one of its teams."""
    return _changed(call, _inside(call, admin=True))


def delete_organization_team(call: Call) -> Any:
    """Delete one of its teams."""
    return _deleted(call, _inside(call, admin=True))


def list_memberships(call: Call) -> Any:
    """Who belongs to a team or organisation, with roles."""
    if "teamId" in call.params:
        team = _inside(call, admin=False) if "orgId" in call.params else _member(call)
    else:
        team = _organization(call, admin=False)
    take, skip = call.page()
    rows = call.world.database.all(
        "SELECT * FROM memberships WHERE team_id = ? ORDER BY user_id LIMIT ? OFFSET ?", team.id, take, skip
    )
    shown = []
    for row in rows:
        user = call.world.people.user(row["user_id"])
        if user is None:
            raise BadRequest("Membership without a user")
        shown.append(
            {
                "id": row["team_id"] * 100_000 + row["user_id"],
                "teamId": row["team_id"],
                "userId": row["user_id"],
                "role": row["role"],
                "accepted": True,
                "disableImpersonation": False,
                "user": {**public_user(user), "email": user.email, "bio": user.data.get("bio")},
            }
        )
    return shown


TEAMS, TEAM = "/v2/teams", "/v2/teams/{teamId}"
ORG = "/v2/organizations/{orgId}"
ORG_TEAMS, ORG_TEAM = f"{ORG}/teams", f"{ORG}/teams/{{teamId}}"
ANY = versions.ANY
OPERATIONS = (
    Operation("POST", TEAMS, create_team, ANY, 201, scope="TEAM_PROFILE_WRITE"),
    Operation("GET", TEAMS, list_teams, ANY, scope="TEAM_PROFILE_READ"),
    Operation("GET", TEAM, get_team, ANY, scope="TEAM_PROFILE_READ"),
    Operation("PATCH", TEAM, update_team, ANY, scope="TEAM_PROFILE_WRITE"),
    Operation("DELETE", TEAM, delete_team, ANY, scope="TEAM_PROFILE_WRITE"),
    Operation("GET", f"{TEAM}/memberships", list_memberships, ANY, scope="TEAM_MEMBERSHIP_READ"),
    Operation("GET", ORG_TEAMS, list_organization_teams, ANY, scope="ORG_PROFILE_READ"),
    Operation("POST", ORG_TEAMS, create_organization_team, ANY, 201, scope="ORG_PROFILE_WRITE"),
    Operation("GET", ORG_TEAM, get_organization_team, ANY, scope="ORG_PROFILE_READ"),
    Operation("PATCH", ORG_TEAM, update_organization_team, ANY, scope="ORG_PROFILE_WRITE"),
    Operation("DELETE", ORG_TEAM, delete_organization_team, ANY, scope="ORG_PROFILE_WRITE"),
    Operation("GET", f"{ORG_TEAM}/memberships", list_memberships, ANY, scope="ORG_MEMBERSHIP_READ"),
    Operation("GET", f"{ORG}/memberships", list_memberships, ANY, scope="ORG_MEMBERSHIP_READ"),
)
