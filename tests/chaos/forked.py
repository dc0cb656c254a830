"""A bot forked from a process that has imported everything: it lives within a moment, and dies where it is told."""

import asyncio
import logging
import multiprocessing
import os
from multiprocessing.process import BaseProcess

from bot.config import Settings
from bot.serving import production, until_stopped
from tests.chaos.mortal import doomed

processes = multiprocessing.get_context("forkserver")
processes.set_forkserver_preload(["tests.chaos.forked", "bot.app", "psycopg", "sqlalchemy.ext.asyncio"])


def fork(environment: dict[str, str], order: str = "") -> BaseProcess:
    """`slotwise run` in that environment; `order` as in `mortal`."""
    process = processes.Process(target=_live, args=(environment, order), daemon=True)
    process.start()
    return process


def _live(environment: dict[str, str], order: str) -> None:
    os.environ.update(environment)
    logging.basicConfig(filename=environment["LOG_FILE"], level=logging.INFO)
    if order:
        doomed(order)
    asyncio.run(_serve())


async def _serve() -> None:
    async with production(Settings()):
        await until_stopped()
