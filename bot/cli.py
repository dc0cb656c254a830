"""The `slotwise` command. Heavy rooms are imported by the commands that need them."""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    name="slotwise",
    help="A scheduling assistant that lives in Slack and books through Cal.com.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

Port = Annotated[int, typer.Option(help="Port to listen on; 0 takes a free one.", min=0, max=65535)]
Now = Annotated[str | None, typer.Option(help="Start the clock here: ISO 8601 with offset. It then runs on.")]
Data = Annotated[Path | None, typer.Option(help="Keep the state in this folder; the seed is laid once.")]
Ephemeral = Annotated[bool, typer.Option("--ephemeral", help="Keep nothing (the default without --data).")]


def _instant(value: str | None) -> datetime | None:
    if value is None:
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise typer.BadParameter(f"{value!r} is no ISO 8601 time, like 2026-11-23T09:00:00-05:00.") from None
    return moment if moment.tzinfo else moment.astimezone()


def _folder(data: Path | None, ephemeral: bool) -> Path | None:
    if data and ephemeral:
        raise typer.BadParameter("--data and --ephemeral exclude each other.")
    return data


def _run(main: Callable[[], Awaitable[None]]) -> None:
    """Run to the end; a known failure is a sentence and exit code 1."""
    from bot.serving import Stopped

    async def guarded() -> None:
        await main()

    try:
        asyncio.run(guarded())
    except Stopped as stopped:
        typer.echo(str(stopped), err=True)
        raise typer.Exit(1) from None
    except KeyboardInterrupt:
        raise typer.Exit(130) from None


def _log(level: str) -> None:
    from bot.logs import set_up

    set_up(level, os.environ.get("LOG_FORMAT", "plain"))


@app.command()
def demo(port: Port = 3000, now: Now = None, data: Data = None, ephemeral: Ephemeral = False) -> None:
    """The whole product on embedded defaults: a Slack workspace, a Cal.com server, a model and the bot."""
    folder, start = _folder(data, ephemeral), _instant(now)
    _log(os.environ.get("LOG_LEVEL", "WARNING"))
    from bot.config import Settings
    from bot.serving import demo as serve
    from bot.serving import until_stopped

    async def main() -> None:
        async with serve(port, start, folder, Settings()) as running:
            typer.echo(f"Ready: {running.address}")
            typer.echo("Open it in a browser and write to Slotwise, for example: book 15min with bailey Tuesday")
            await until_stopped()

    _run(main)


@app.command()
def sandbox(
    port: Port = 3000,
    app_url: Annotated[str, typer.Option(help="Where the bot takes Slack's requests.")] = (
        "http://127.0.0.1:3001/slack/events"
    ),
    now: Now = None,
    data: Data = None,
    ephemeral: Ephemeral = False,
    calcom_rate: Annotated[int, typer.Option(help="Cal.com's requests a minute and key; 0: no limit.", min=0)] = 120,
    model_seconds: Annotated[float, typer.Option(help="How long the model takes to answer, for load tests.")] = 0.0,
) -> None:
    """The three stand-ins only; `slotwise run` in another process is the bot."""
    folder, start = _folder(data, ephemeral), _instant(now)
    _log(os.environ.get("LOG_LEVEL", "WARNING"))
    from bot.serving import sandbox as serve
    from bot.serving import until_stopped

    async def main() -> None:
        token = os.environ.get("CONTROL_TOKEN") or None
        async with serve(port, app_url, start, folder, calcom_rate, token, model_seconds) as address:
            typer.echo(f"Ready: {address}")
            typer.echo(f"Slack: {address}/slack/api/  Cal.com: {address}/calcom/v2  Model: {address}/model/v1")
            await until_stopped()

    _run(main)


@app.command()
def run(port: Annotated[int | None, typer.Option(help="Instead of PORT.", min=0, max=65535)] = None) -> None:
    """The bot, as in production; configured by the environment (see .env.example)."""
    from bot.config import Settings
    from bot.logs import set_up
    from bot.serving import Stopped, production, until_stopped

    settings = Settings()
    if port is not None:
        settings = settings.model_copy(update={"port": port})
    set_up(settings.log_level, settings.log_format)
    if gaps := settings.missing():
        for gap in gaps:
            typer.echo(gap, err=True)
        typer.echo("`slotwise doctor` says more; `slotwise demo` needs nothing at all.", err=True)
        raise typer.Exit(2)

    async def main() -> None:
        from slack_sdk.errors import SlackApiError

        try:
            async with production(settings) as address:
                typer.echo(f"Ready: {address}")
                await until_stopped()
        except SlackApiError as error:
            raise Stopped(
                f"Slack refused the bot token ({error.response['error']}). `slotwise doctor` says more."
            ) from error

    _run(main)


@app.command()
def chat(
    as_: Annotated[str, typer.Option("--as", help="Who talks: ann, kenji, lena, bailey or sam.")] = "ann",
    url: Annotated[str | None, typer.Option(help="A running demo; without it one is started.")] = None,
    now: Now = None,
    data: Data = None,
) -> None:
    """The same conversation in the terminal."""
    _log("ERROR")
    from bot.chat import talk

    _run(lambda: talk(as_, url, _instant(now), data))


@app.command()
def when(
    explain: Annotated[bool, typer.Option("--explain", help="Also print spans, kinds and assumptions.")] = False,
) -> None:
    """What texts say about time: JSON lines {id, text, reference, tz[, lang]} in, {id, start, end} out."""
    from bot.when.command import main

    main(sys.stdin, sys.stdout, explain)


@app.command()
def understand(
    model: Annotated[str, typer.Option(help="offline or openai.")] = "offline",
) -> None:
    """The first tool call for a message: JSON lines {id, text} in, {id, intent, attendees, when, ...} out."""
    if model == "offline":
        from bot.offline.command import main

        main(sys.stdin, sys.stdout)
        return
    if model != "openai":
        raise typer.BadParameter("--model takes offline or openai.")
    from bot.understanding import by_model

    _run(lambda: by_model(sys.stdin, sys.stdout))


@app.command(name="eval")
def evaluate(
    paths: Annotated[list[Path], typer.Argument(help="Dialogue files (.yaml, .json) or folders of them.")],
    model: Annotated[str, typer.Option(help="offline or openai (the configured one).")] = "offline",
    repeat: Annotated[int, typer.Option(help="How often each dialogue is played.", min=1)] = 1,
    json_: Annotated[Path | None, typer.Option("--json", help="Write the figures to this file.")] = None,
) -> None:
    """Play scripted dialogues against the whole program: pass rate, calls, tokens, seconds."""
    _log("ERROR")
    from bot.evaluation import evaluate as play

    failed = asyncio.run(play(paths, model, repeat, json_, typer.echo))
    raise typer.Exit(1 if failed else 0)


@app.command()
def doctor() -> None:
    """Check the configuration against the live services, and say what is missing and what it costs."""
    from bot.config import Settings
    from bot.doctor import examine

    _log("ERROR")
    healthy = asyncio.run(examine(Settings(), typer.echo))
    raise typer.Exit(0 if healthy else 1)


@app.command(name="log")
def show_log(
    limit: Annotated[int, typer.Option(help="How many acts.", min=1)] = 50,
    json_: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Who confirmed what, when: the draft, the booking and the version, from the append-only log."""
    from bot.config import Settings
    from bot.custody import show_log as show

    _log("ERROR")
    asyncio.run(show(Settings(), limit, json_, typer.echo))


@app.command()
def data(
    action: Annotated[str, typer.Argument(help="export or forget (a person's data), or migrate (the tables).")],
    user: Annotated[str, typer.Argument(help="The person's Slack id, like U012ABC.")] = "",
    workspace: Annotated[str, typer.Option(help="The Slack workspace's id, like T012ABC.")] = "",
) -> None:
    """Give out, or delete, all that is stored of a person; or bring the database to this version's schema."""
    from bot.config import Settings
    from bot.custody import bring_up_to_date, give_out, let_go
    from bot.store import StoreError

    if action not in ("export", "forget", "migrate"):
        raise typer.BadParameter("The action is export, forget or migrate.")
    if action != "migrate" and not (user and workspace):
        raise typer.BadParameter(f"Whom? slotwise data {action} U012ABC --workspace T012ABC")
    _log("ERROR")
    settings, complete = Settings(), True
    try:
        if action == "migrate":
            asyncio.run(bring_up_to_date(settings, typer.echo))
        elif action == "export":
            asyncio.run(give_out(settings, workspace, user, typer.echo))
        else:
            complete = asyncio.run(let_go(settings, workspace, user, typer.echo))
    except StoreError as error:
        typer.echo(error.sentence, err=True)
        raise typer.Exit(1) from None
    raise typer.Exit(0 if complete else 1)


def main() -> None:
    """The entry point."""
    app()


if __name__ == "__main__":
    main()
