"""A house that is spoken to over HTTP, writes every log line it can, and then dies."""

from __future__ import annotations

import asyncio
import gc
import json
import logging
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from aiohttp.test_utils import TestClient, TestServer
from aiohttp.web import Application, Request

from adapters import logs, web
from adapters.simulator import mount
from bot.cards import Reply
from bot.events import Event
from tests.faults.ports import overhear
from tests.faults.saying import ROUND
from tests.stories.company import Company, open_company

#: In the company's folder: what was logged, and what a person was told.
LOG: Final = "log"
TOLD: Final = "told"

#: Where a port fails in the middle of an answer (tests/faults/ports.py).
BREAKING: Final = ("after ring.get", "before marks.add", "before ballots.take", "after ballots.put")

Client = TestClient[Request, Application]


def talk(folder: Path, database_url: str, words: str, until: str) -> None:
    """Says the words in every way there is, goes on until an instant, and dies."""
    _log_everything(folder)
    asyncio.run(_talk(folder, database_url, words, until))


def go_on(folder: Path, database_url: str, until: str) -> None:
    """Lives on until an instant, and ends in peace."""
    _log_everything(folder)
    asyncio.run(_go_on(folder, database_url, until))


def leave_undone(folder: Path, word: str) -> None:
    """Tasks and callbacks that fail and whom nobody asks; libraries that chat about payloads."""
    _log_everything(folder)
    asyncio.run(_leave_undone(word))


async def _leave_undone(word: str) -> None:
    loop = asyncio.get_running_loop()

    def fail(said: str) -> None:
        raise KeyError(said)

    async def fail_later() -> None:
        fail(word)

    task = asyncio.create_task(fail_later())
    loop.call_soon(fail, word)
    await asyncio.wait([task])
    del task
    gc.collect()
    for library in ("slack_sdk.web", "botbuilder.core", "urllib3", "procrastinate"):
        logging.getLogger(library).debug("payload %s", word)
        logging.getLogger(library).info("payload %s", word)
    logging.getLogger("itpulse.test").debug("we are heard")


def _log_everything(folder: Path) -> None:
    """Whatever is written to standard output or error is a log line to whoever runs the house."""
    log = os.open(folder / LOG, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(log, 1)
    os.dup2(log, 2)
    logs.start("DEBUG")


def _name_every_callback() -> None:
    loop = asyncio.get_running_loop()
    loop.set_debug(True)
    loop.slow_callback_duration = 0.0


async def _go_on(folder: Path, database_url: str, until: str) -> None:
    _name_every_callback()
    async with open_company(folder, database_url) as company:
        await company.at(until)


async def _talk(folder: Path, database_url: str, words: str, until: str) -> None:
    _name_every_callback()
    async with open_company(folder, database_url) as company, _door(company) as client:
        told = [
            *await _answers(client, words),
            *await _is_refused(client, words),
            *await _breaks(company, client, words),
        ]
        (folder / TOLD).write_text(json.dumps(told))
        await company.at(until)
        os.kill(os.getpid(), signal.SIGKILL)


@asynccontextmanager
async def _door(company: Company) -> AsyncIterator[Client]:
    house = company.house
    app = web.application(house.ready)

    async def handle(event: Event) -> Reply:
        return await house.handle(event)  # looked up anew: its ports change meanwhile

    mount(app, company.simulator, house.store, handle, house.push, house.next_at)
    async with TestClient(TestServer(app)) as client:
        yield client


async def _answers(client: Client, words: str) -> list[str]:
    whole = {"overall": 2, "recommend": 9, "words": words}
    return [
        await _say(client, 1, submit=f"answers|{ROUND}|", values=whole),
        await _say(client, 2, submit=f"answer|{ROUND}|words", values={"text": words}),
        await _say(client, 2, press=f"open_thread|{ROUND}|words", event_id=words),
        await _say(client, 3, press=f"answer|{ROUND}|words", value=words),
        await _say(client, 3, press=f"review|{ROUND}|"),
        await _say(client, 3, submit="grumble||confidential", values={"text": words}),
    ]


async def _is_refused(client: Client, words: str) -> list[str]:
    said = [
        await _say(client, 4, submit=f"answer|{ROUND}|words", values={"text": words * 20}),
        await _say(client, 4, submit="grumble||confidential", values={"text": words * 20}),
        await _say(client, 4, press=f"answer|{ROUND}|overall", value=words),
        await _say(client, 4, press=f"answer|{ROUND}|overall", value={words: [words]}),
        await _say(client, 4, press=f"answer|{ROUND}|{words}", value=4),
        await _say(client, 4, press=f"answer|{words}|overall", value=4),
        await _say(client, 4, submit=f"answers|{ROUND}|", values={"overall": words}),
        await _say(client, 4, press=words, value=words),
        await _say(client, 4, press=4, value=words),
        await _say(client, 4, submit=f"answers|{ROUND}|", values=words),
    ]
    async with client.post("/simulator/chat/u4", data=f'{{"press": "{words}') as response:
        return [*said, await response.text()]


async def _breaks(company: Company, client: Client, words: str) -> list[str]:
    """A port fails in the middle of an answer, and its error quotes the answer."""
    said = []
    for moment in (
        "before ballots.take",
        "after ballots.put",
        "after ring.get",
        "before marks.add",
    ):

        def fail(told: str, at: str = moment) -> None:
            if told == at:
                raise OSError(f"could not write {words!r}")

        overhear(company, fail)
        whole = {"overall": 2, "words": words}
        said.append(
            await _say(client, 5, submit=f"answers|{ROUND}|", values=whole, event_id=moment)
        )
    overhear(company, lambda _: None)
    return said


async def _say(client: Client, number: int, **payload: object) -> str:
    async with client.post(f"/simulator/chat/u{number}", json=payload) as response:
        return await response.text()
