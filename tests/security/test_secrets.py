"""Tokens, keys, addresses and people's words stay out of logs, web addresses and the model's context."""

import logging
import re

import pytest

from bot.logs import Plain, quieten
from tests.security.stage import Stage

SAID = (
    "book 15min with bailey Tuesday at 2pm, notes: kumquat plans, invite paula@elsewhere.example",
    "never mind",
    "what do I have this week?",
    "show me the details of my call with ann",
    "link my calendar",
    "what are my working hours?",
    "move my call with ann to Friday 11am",
    "yes",
)
EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[a-z]+")


async def secrets_of(stage: Stage) -> list[str]:
    """Everything that nobody but its addressee may read."""
    bot = stage.demo.bot
    found = ["xoxb-sandbox", "sandbox-secret", "cal_sandbox_"]
    for owner in ("U0SAM00001", "W0BAILEY01", "U0LENA0001"):
        hook = await bot.store.hooks.of(bot.workspace, owner)
        assert hook is not None
        found.append(hook.secret)
    return found


def test_a_log_holds_no_secret_no_address_and_nobodys_words(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    async def talk() -> list[str]:
        for text in SAID:
            await stage.says("sam", text)
        for target, kind in (("calcom", "500"), ("slack", "500"), ("model", "garbage"), ("calcom", "drop_after")):
            await stage.http.post("/workspace/faults", json={"target": target, "kind": kind, "times": 2})
            await stage.says("sam", "book 15min with bailey Wednesday at 2pm, invite paula@elsewhere.example")
        return await secrets_of(stage)

    quieten()
    with caplog.at_level(logging.DEBUG):
        secrets = stage.run(talk(), 120)
    written = [Plain("%(name)s %(message)s").format(record) for record in caplog.records]
    assert any(line.startswith("bot.") for line in written)
    for line in written:
        assert not [secret for secret in secrets if secret in line], line
        assert not EMAIL.search(line), line
        assert "kumquat" not in line


def test_web_addresses_and_prompts_hold_no_secret(stage: Stage) -> None:
    async def talk() -> None:
        stage.asked.clear()
        for text in SAID:
            await stage.says("sam", text)
        secrets = await secrets_of(stage)
        prompts, addresses = stage.prompts(), " ".join(stage.asked)
        assert "kumquat" in prompts
        for secret in secrets:
            assert secret not in prompts
            assert secret not in addresses
        # Of addresses the model is told those alone that the person wrote.
        assert set(EMAIL.findall(prompts)) <= {"paula@elsewhere.example"}

    stage.run(talk())


@pytest.mark.parametrize(
    ("line", "hidden"),
    [
        ("no host for ann.lee+cal@mail.example.com here", "ann.lee"),
        ("Cal.com: CodeNeeded for 'o'brien@example.com'", "brien@"),
        ("called +81 3-1234-5678 twice", "1234"),
        ("phone=+15550109999", "5550109999"),
        ("x-slack-signature: v0=0123456789abcdef", "0123456789abcdef"),
        ("GET /callback?code=abcdefgh123&state=s1234567", "abcdefgh123"),
    ],
)
def test_what_is_personal_or_secret_is_blotted(line: str, hidden: str) -> None:
    record = logging.LogRecord("bot", logging.ERROR, __file__, 1, line, (), None)
    assert hidden not in Plain().format(record)


@pytest.mark.parametrize(
    "line",
    ["turn Ev1 answered in 20 ms", "ts 1764000000.000100", "at 2026-11-24T10:00:00+00:00", "Etc/GMT+10", "@bailey"],
)
def test_what_is_neither_stays(line: str) -> None:
    assert Plain().format(logging.LogRecord("bot", logging.ERROR, __file__, 1, line, (), None)) == line
