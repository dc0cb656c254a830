"""Settings: every environment variable, validated and documented. `.env` in the working folder is read too."""

from typing import Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

EMBEDDED_MODEL = "slotwise-offline"
"""The model of the embedded server, which understands requests and writes nothing."""


class Settings(BaseSettings):
    """The configuration of `slotwise run`. `demo` fills it with the embedded stand-ins."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore")

    slack_bot_token: SecretStr = Field(SecretStr(""), description="Bot token (xoxb-...), from “OAuth & Permissions”")
    slack_app_token: SecretStr = Field(
        SecretStr(""), description="App token (xapp-...) with connections:write: Socket Mode, no public address needed"
    )
    slack_signing_secret: SecretStr = Field(
        SecretStr(""), description="Signing secret: Slack calls http(s)://HOST:PORT/slack/events instead"
    )
    slack_api_url: str = Field("https://slack.com/api/", description="Slack's Web API; ends in /")
    calcom_api_key: SecretStr = Field(
        SecretStr(""), description="Cal.com API key (cal_...); an organisation admin's sees everybody's bookings"
    )
    calcom_api_url: str = Field("https://api.cal.com/v2", description="Cal.com's API; ends in /v2")
    calcom_organization: str = Field("", description="Slug of the organisation whose members are booked by name")
    calcom_accounts: dict[str, SecretStr] = Field(
        {}, description='Linked accounts: JSON of Slack e-mail to Cal.com API key, {"bailey@example.com": "cal_..."}'
    )
    calcom_oauth_client_id: str = Field(
        "", description="OAuth client at Cal.com, for “Continue with Cal.com”; needs PUBLIC_URL"
    )
    calcom_oauth_client_secret: SecretStr = Field(
        SecretStr(""), description="Its secret; empty for a public client, which PKCE protects alone"
    )
    calcom_oauth_url: str = Field(
        "https://app.cal.com/auth/oauth2/authorize", description="Cal.com's page on which people allow the link"
    )
    meeting_hosts: str = Field(
        "", description="More hosts, with commas between, whose links are meetings to join (a Jitsi of your own, say)"
    )
    public_url: str = Field(
        "", description="Where the world reaches this bot (https://...): for linking accounts and Cal.com's webhooks"
    )
    openai_api_key: SecretStr = Field(
        SecretStr(""), description="Key of the language model; empty: the offline mind, in process"
    )
    openai_base_url: str = Field("", description="Any OpenAI-compatible server; ends in /v1; empty: OpenAI")
    model: str = Field("gpt-5-mini", description="Name of the model")
    credits_per_turn: int = Field(
        0, ge=0, description="Cal.com credits charged for a turn that a paid model answers; 0: off"
    )
    messages_per_minute: int = Field(
        3000, ge=0, description="Messages of one person that are read within a minute; 0: no limit"
    )
    workspace_messages_per_minute: int = Field(20000, ge=0, description="The same for a whole workspace")
    model_calls_per_day: int = Field(
        2000, ge=0, description="Model calls for one person in a day (UTC), then the offline mind answers; 0: no limit"
    )
    workspace_model_calls_per_day: int = Field(20000, ge=0, description="The same for a whole workspace")
    model_tokens_per_day: int = Field(
        0, ge=0, description="Tokens, read and written, of one person's model calls in a day; 0: no limit"
    )
    workspace_model_tokens_per_day: int = Field(0, ge=0, description="The same for a whole workspace")
    writes: Literal["on", "off"] = Field("on", description="“off” pauses every write; looking things up goes on")
    retention_days: int = Field(90, ge=1, description="Days after which conversations and drafts are deleted")
    database_url: str = Field(
        "sqlite:///slotwise.db", description="sqlite:///path/file.db, or postgresql://user:password@host/name"
    )
    encryption_keys: str = Field(
        "", description="Fernet keys for stored credentials, separated by commas; the first one encrypts"
    )
    executor_id: str = Field("", description="Stable name of this replica; needed when several share a database")
    port: int = Field(3001, ge=0, le=65535, description="Port of the HTTP side (/slack/events, /healthz)")
    host: str = Field("0.0.0.0", description="Address to listen on")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="How much to log")
    log_format: Literal["plain", "json"] = Field("plain", description="Lines for people, or one JSON object a line")
    otel_exporter_otlp_endpoint: str = Field(
        "", description="OpenTelemetry collector for traces (OTLP over HTTP); needs `pip install slotwise[otel]`"
    )
    control_token: SecretStr = Field(SecretStr(""), description="For tests with a sandbox: serves /control")
    clock_url: str = Field("", description="For tests with a sandbox: where to read the time")

    @field_validator("slack_api_url")
    @classmethod
    def _ends_in_slash(cls, value: str) -> str:
        return value if value.endswith("/") else value + "/"

    @field_validator("calcom_api_url", "openai_base_url", "public_url", "calcom_oauth_url")
    @classmethod
    def _no_slash(cls, value: str) -> str:
        return value.rstrip("/")

    @property
    def keys(self) -> tuple[str, ...]:
        """The encryption keys."""
        return tuple(k.strip() for k in self.encryption_keys.split(",") if k.strip())

    def missing(self) -> list[str]:
        """What keeps the bot from starting, each with how to get it."""
        gaps = []
        if not self.slack_bot_token.get_secret_value():
            gaps.append("SLACK_BOT_TOKEN is missing: install the app (README, “Going live”) and copy its xoxb- token.")
        if not self.slack_app_token.get_secret_value() and not self.slack_signing_secret.get_secret_value():
            gaps.append(
                "Neither SLACK_APP_TOKEN (Socket Mode) nor SLACK_SIGNING_SECRET (HTTP) is set: one of them is needed."
            )
        return gaps


def _default(name: str) -> str:
    value = Settings.model_fields[name].default
    shown = value.get_secret_value() if isinstance(value, SecretStr) else value
    return "" if shown in ("", {}) else str(shown)


def table() -> str:
    """The settings as the README's table."""
    rows = [f"| `{n.upper()}` | `{_default(n)}` | {f.description} |" for n, f in Settings.model_fields.items()]
    return "\n".join(["| Variable | Default | What it is |", "|---|---|---|", *rows]).replace("| `` |", "| |")


def example() -> str:
    """The settings as `.env.example`."""
    parts = ["# Copy to .env, or set these in the environment. `slotwise doctor` checks them."]
    for name, field in Settings.model_fields.items():
        parts.append(f"# {field.description}\n# {name.upper()}={_default(name)}")
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    print(table())
