"""`slotwise doctor`: the configuration against the live services. Reads only; changes nothing anywhere."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.assistant.model import ModelFailed, OpenAIModel
from bot.calcom import BookingFilter, BookingOwner, BookingScope, CalCom, CalComError, Credential
from bot.config import Settings
from bot.store import Store, StoreError

SCOPES = {
    "app_mentions:read": "mentions in channels are not heard",
    "chat:write": "nothing can be answered",
    "commands": "/slotwise does not work",
    "im:history": "direct messages are not heard",
    "im:write": "nobody can be written to first: late answers and notices are lost",
    "users:read": "names and time zones are unknown, so times can't be shown in people's own zone",
    "users:read.email": "addresses are unknown: everybody is asked for theirs, and nobody's meetings can be listed",
    "channels:read": "channels' names are unknown, so a team is not guessed from its channel",
    "assistant:write": "no working indicator and no suggested prompts",
}
"""Slack's rights, and what a missing one costs."""


class Mark(StrEnum):
    """How a check ended."""

    GOOD = "ok  "
    NOTE = "note"
    BAD = "FAIL"


@dataclass(frozen=True)
class Finding:
    """One line of the report."""

    mark: Mark
    text: str


async def examine(settings: Settings, echo: Callable[[str], None]) -> bool:
    """Print what was found; True when the bot can run."""
    findings: list[Finding] = [Finding(Mark.BAD, gap) for gap in settings.missing()]
    checks: tuple[Callable[[Settings], Awaitable[list[Finding]]], ...] = (
        _slack,
        _socket,
        _calcom,
        _linking,
        _model,
        _store,
    )
    for check in checks:
        findings += await check(settings)
    for finding in findings:
        echo(f"{finding.mark.value}  {finding.text}")
    healthy = all(f.mark is not Mark.BAD for f in findings)
    echo("Ready to run." if healthy else "Not ready: mend the lines marked FAIL (README, “Going live”).")
    return healthy


async def _slack(settings: Settings) -> list[Finding]:
    token = settings.slack_bot_token.get_secret_value()
    if not token:
        return []
    client = AsyncWebClient(token=token, base_url=settings.slack_api_url, timeout=10)
    try:
        answer = await client.auth_test()
    except SlackApiError as error:
        return [Finding(Mark.BAD, f"Slack refuses SLACK_BOT_TOKEN: {error.response['error']}. Reinstall the app.")]
    except OSError:
        return [Finding(Mark.BAD, f"Slack does not answer at {settings.slack_api_url}.")]
    found = [Finding(Mark.GOOD, f"Slack: workspace {answer.get('team')}, bot user {answer.get('user')}")]
    scopes = {s.strip() for s in str(answer.headers.get("x-oauth-scopes", "")).split(",") if s.strip()}
    if not scopes:
        return [*found, Finding(Mark.NOTE, "Slack does not tell which scopes the token has.")]
    for scope, cost in SCOPES.items():
        if scope not in scopes:
            mark = Mark.BAD if scope == "chat:write" else Mark.NOTE
            found.append(Finding(mark, f"Slack scope {scope} is missing: {cost}. Add it and reinstall the app."))
    return found


async def _socket(settings: Settings) -> list[Finding]:
    token = settings.slack_app_token.get_secret_value()
    if not token:
        if settings.slack_signing_secret.get_secret_value():
            return [Finding(Mark.NOTE, f"HTTP mode: Slack has to reach port {settings.port} at /slack/events.")]
        return []
    client = AsyncWebClient(token=token, base_url=settings.slack_api_url, timeout=10)
    try:
        await client.apps_connections_open(app_token=token)
    except SlackApiError as error:
        why = error.response["error"]
        return [Finding(Mark.BAD, f"Socket Mode is refused: {why}. SLACK_APP_TOKEN needs the scope connections:write.")]
    except OSError:
        return [Finding(Mark.BAD, "Socket Mode: Slack does not answer.")]
    return [Finding(Mark.GOOD, "Slack: Socket Mode connects")]


async def _calcom(settings: Settings) -> list[Finding]:
    key = settings.calcom_api_key.get_secret_value()
    calcom = CalCom(settings.calcom_api_url)
    try:
        if not key:
            return [
                Finding(
                    Mark.NOTE,
                    "No CALCOM_API_KEY: booking works, but nobody's meetings can be listed, a lost answer can't be "
                    "checked, and no team can be rung. Make one at app.cal.com under Settings, Developer, API keys.",
                )
            ]
        session = calcom.acting(Credential("key", key))
        me = await session.me()
        found = [Finding(Mark.GOOD, f"Cal.com: {me.name or me.username} <{me.email}>, {me.zone}")]
        if me.organization_id is None:
            return [
                *found,
                Finding(Mark.NOTE, "The key belongs to no organisation: it sees its owner's bookings only."),
            ]
        teams = await session.organization_teams(me.organization_id)
        names = ", ".join(t.name for t in teams) or "none"
        try:
            everybody = BookingScope(BookingOwner.ORGANIZATION, me.organization_id)
            await session.bookings(BookingFilter(), at_most=1, scope=everybody)
            found.append(Finding(Mark.GOOD, f"Cal.com: organisation admin; teams: {names}"))
        except CalComError:
            found.append(
                Finding(
                    Mark.NOTE, "The key is no organisation admin's: it can't see the bookings of others or its teams."
                )
            )
        return found
    except CalComError as error:
        return [Finding(Mark.BAD, f"Cal.com at {settings.calcom_api_url}: {error.sentence}")]
    finally:
        await calcom.aclose()


async def _linking(settings: Settings) -> list[Finding]:
    """What people need for connecting their own accounts, and Cal.com for telling us of changes."""
    if not settings.public_url:
        cost = "people can't connect their Cal.com accounts, and Cal.com can't tell us what happens to bookings"
        return [Finding(Mark.NOTE, f"No PUBLIC_URL, the address under which Cal.com reaches this bot: {cost}.")]
    if not settings.calcom_oauth_client_id:
        where = "make one at app.cal.com under Settings, Developer, OAuth"
        return [Finding(Mark.NOTE, f"No CALCOM_OAUTH_CLIENT_ID: people can't connect their accounts; {where}.")]
    return [Finding(Mark.GOOD, f"Linking: people come back to {settings.public_url}/oauth/calcom/callback")]


async def _model(settings: Settings) -> list[Finding]:
    key, base = settings.openai_api_key.get_secret_value(), settings.openai_base_url
    if not key and not base:
        return [Finding(Mark.NOTE, "No language model: the offline mind answers, which reads common phrasings only.")]
    model = OpenAIModel(base or "https://api.openai.com/v1", key, settings.model)
    try:
        answer = await model.ask([{"role": "user", "content": "what do I have tomorrow?"}])
    except ModelFailed as error:
        why = f"{settings.model} at {base or 'OpenAI'} does not answer ({error})"
        return [Finding(Mark.NOTE, f"Model: {why}. Until it does, the offline mind answers.")]
    finally:
        await model.aclose()
    if not answer.calls:
        return [Finding(Mark.NOTE, f"Model: {settings.model} answered without calling a tool; choose one that can.")]
    return [Finding(Mark.GOOD, f"Model: {settings.model} calls tools")]


async def _store(settings: Settings) -> list[Finding]:
    from bot.clock import system_now

    try:
        store = await Store.open(settings.database_url, clock=system_now, keys=settings.keys)
    except (StoreError, OSError) as error:
        return [Finding(Mark.BAD, f"The database of DATABASE_URL can't be opened ({type(error).__name__}).")]
    await store.close()
    kind = "PostgreSQL" if settings.database_url.startswith("postgres") else "SQLite"
    note = (
        [] if kind == "PostgreSQL" else [Finding(Mark.NOTE, "SQLite serves one process; for replicas use PostgreSQL.")]
    )
    return [Finding(Mark.GOOD, f"Database: {kind} opens"), *note]
