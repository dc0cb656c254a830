"""The doctor says what is there, what is missing, and what it costs."""

from pathlib import Path

from pydantic import SecretStr

from bot.config import Settings
from bot.doctor import examine
from bot.serving import demo, demo_settings


async def examined(settings: Settings) -> tuple[bool, str]:
    """Whether it is healthy, and the report."""
    lines: list[str] = []
    healthy = await examine(settings, lines.append)
    return healthy, "\n".join(lines)


async def test_against_the_embedded_services_all_is_well(tmp_path: Path) -> None:
    async with demo(0, None, None, Settings()) as running:
        port = int(running.address.rsplit(":", 1)[1])
        settings = demo_settings(port, tmp_path, Settings())
        healthy, report = await examined(settings)
        assert healthy, report
        assert "organisation admin" in report
        assert "calls tools" in report
        for gap, word in (
            ({"calcom_api_key": SecretStr("cal_wrong")}, "FAIL  Cal.com"),
            ({"calcom_api_key": SecretStr("cal_sandbox_bailey")}, "can't see the bookings of others"),
            ({"calcom_api_key": SecretStr("")}, "No CALCOM_API_KEY"),
            ({"slack_bot_token": SecretStr("xoxb-wrong")}, "Slack refuses SLACK_BOT_TOKEN"),
            ({"openai_base_url": "http://127.0.0.1:9/v1"}, "does not answer"),
            ({"public_url": ""}, "No PUBLIC_URL"),
        ):
            _, report = await examined(settings.model_copy(update=gap))
            assert word in report


async def test_without_anything_it_says_how_to_begin(tmp_path: Path) -> None:
    nothing = Settings.model_construct(
        **{name: field.get_default() for name, field in Settings.model_fields.items()}
        | {"database_url": f"sqlite:///{tmp_path}/x.db"}
    )
    healthy, report = await examined(nothing)
    assert not healthy
    assert "SLACK_BOT_TOKEN is missing" in report
    assert "SLACK_APP_TOKEN" in report
