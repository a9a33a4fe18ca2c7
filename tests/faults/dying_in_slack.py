"""A house on Slack that dies as by `kill -9`, and the workspace that lives on."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from secrets import token_hex
from typing import cast

from adapters.simulator import Simulator
from adapters.slack.chat import Slack
from adapters.slack.settings import Settings as SlackSettings
from bot import roster
from bot.ports import Platform, Store
from itpulse import House, Settings, migrate_if_needed
from schedules.dispatcher import LocalDispatcher
from schedules.metronome import Metronome
from schedules.rooms import Rooms
from tests.faults.dying import Crash, Death
from tests.faults.ports import Overheard, OverheardStore
from tests.slack.workspace import TOKEN, Workspace
from tests.stories.company import MONDAY, WEEKLY


@contextmanager
def serving() -> Iterator[tuple[Workspace, str]]:
    """A workspace in a thread of its own, and its SLACK_API_URL."""
    workspace, opened, done = Workspace(), threading.Event(), asyncio.Event()
    told: list[str] = []
    loop = asyncio.new_event_loop()

    async def serve() -> None:
        async with workspace.open() as url:
            told.append(url)
            opened.set()
            await done.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),))
    thread.start()
    try:
        assert opened.wait(30)
        yield workspace, told[0]
    finally:
        loop.call_soon_threadsafe(done.set)
        thread.join()
        loop.close()


def live_in_slack(
    folder: Path, database_url: str, api_url: str, crash: Crash | None, until: str
) -> None:
    """Hires whoever is in the workspace, asks them, and pushes the clock."""
    asyncio.run(_live(folder, database_url, api_url, crash, datetime.fromisoformat(until)))


async def _live(
    folder: Path, database_url: str, api_url: str, crash: Crash | None, until: datetime
) -> None:
    migrate_if_needed(database_url)
    simulator = Simulator(folder / "simulator.sqlite", MONDAY)
    slack = Slack(SlackSettings(TOKEN, "s", api_url=api_url, pace=10_000), simulator.clock.now)
    house = House(Settings(database_url, f"file://{folder}/keys", "WARNING"), simulator, [slack])
    try:
        await roster.join(house.store, house.ring, slack, house.clock.now())
        await house.store.run(lambda tx: tx.pulses.put(WEEKLY))
        if crash:
            _overhear(house, slack, Death(crash))
        await house.push(until)
        await house.metronome.run_due()
    finally:
        await house.close()


def _overhear(house: House, slack: Slack, told: Callable[[str], None]) -> None:
    store = cast(Store, OverheardStore(house.store, told))
    platforms = {"slack": cast(Platform, Overheard("platform", slack, told))}
    dispatcher = LocalDispatcher()
    rooms = Rooms(store, house.ring, house.clock, platforms, dispatcher, token_hex(8), True)
    house.metronome = Metronome(rooms)
