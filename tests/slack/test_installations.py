"""Several workspaces: each is answered with its own token, and a workspace that leaves is forgotten."""

import time
from pathlib import Path
from typing import Any

import pytest
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.installation_store.models import Bot

from tests.slack.conftest import Stage, staged


class OneWorkspace(AsyncInstallationStore):
    """Installed in the sandbox's workspace, until it is removed."""

    def __init__(self) -> None:
        self.asked: list[str | None] = []
        self.removed: list[str | None] = []

    async def async_find_bot(
        self, *, enterprise_id: Any, team_id: Any, is_enterprise_install: Any = False
    ) -> Bot | None:
        self.asked.append(team_id)
        if self.removed:
            return None
        return Bot(
            team_id=team_id,
            bot_token="xoxb-sandbox",
            bot_id="B0SLOTWISE",
            bot_user_id="U0SLOTWISE",
            bot_scopes=["chat:write"],
            installed_at=time.time(),
        )

    async def async_find_installation(self, **_: Any) -> None:
        return None

    async def async_delete_all(self, *, enterprise_id: Any, team_id: Any) -> None:
        self.removed.append(team_id)


async def test_an_installed_workspace_is_answered_with_its_token(tmp_path: Path) -> None:
    installed = OneWorkspace()
    async with staged(tmp_path, installations=installed) as stage:
        await stage.say("hello")
        assert await stage.plain() == "You said: hello"
        assert set(installed.asked) == {"T0SANDBOX1"}


@pytest.mark.parametrize(
    "event", [{"type": "app_uninstalled"}, {"type": "tokens_revoked", "tokens": {"bot": ["U0SLOTWISE"]}}]
)
async def test_a_workspace_that_leaves_is_forgotten(tmp_path: Path, event: dict[str, Any]) -> None:
    installed = OneWorkspace()
    async with staged(tmp_path, installations=installed) as stage:
        assert await stage.deliver(event) == 200
        await stage.settle()
        assert installed.removed == ["T0SANDBOX1"]


@pytest.mark.parametrize(
    "event",
    [
        {"type": "app_uninstalled"},
        {"type": "tokens_revoked", "tokens": {"oauth": ["U1"]}},
        {"type": "user_change", "user": {"id": "U0ANN00001"}},
        {"type": "agent_session_stopped", "channel": "D0ANN00001"},
        {"type": "something_new"},
        {"type": "message", "subtype": "message_changed", "channel": "D0ANN00001", "channel_type": "im"},
        {"type": "assistant_thread_started", "assistant_thread": {"channel_id": "D0ANN00001", "thread_ts": "1.1"}},
    ],
    ids=lambda event: event["type"],
)
async def test_every_other_event_is_acknowledged(stage: Stage, event: dict[str, Any]) -> None:
    assert await stage.deliver(event) == 200
    await stage.settle()
    assert stage.mind.heard == []


async def test_a_changed_profile_is_read_anew(stage: Stage) -> None:
    await stage.say("hello")
    await stage.post("users", user="ann", tz="Europe/Berlin")
    await stage.deliver({"type": "user_change", "user": {"id": "U0ANN00001"}})
    await stage.say("hello")
    assert [scene.asker.zone for scene, _ in stage.mind.heard] == ["America/New_York", "Europe/Berlin"]
