"""The clock of the house. APScheduler only beats; what is due stands in our tables.

Its own job store is never used: two processes on one store run many jobs twice.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TYPE_CHECKING, Final

from bot.faults import told
from bot.ports import Transaction
from schedules import close_rounds, deliver, open_rounds, remind
from schedules.rooms import Rooms

if TYPE_CHECKING:
    from apscheduler.schedulers.asyncio import AsyncIOScheduler

log = logging.getLogger("itpulse.clock")

Tick = Callable[[Rooms], Awaitable[None]]

#: Every tick with the seconds between its beats, in the order they are run in one go: what closes
#: makes no room for what opens, and what opens can be sent at once.
TICKS: Final[tuple[tuple[Tick, int], ...]] = (
    (close_rounds.close_rounds, 30),
    (open_rounds.open_rounds, 30),
    (deliver.deliver, 10),
    (remind.remind, 60),
)
NEXT: Final = (close_rounds.next_at, open_rounds.next_at, deliver.next_at, remind.next_at)


class Metronome:
    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms
        self._one_at_a_time = asyncio.Lock()
        self._scheduler: AsyncIOScheduler | None = None
        rooms.dispatcher.register(deliver.JOB, lambda payload: deliver.send_due(rooms, payload))
        rooms.dispatcher.register(remind.JOB, lambda payload: remind.remind_round(rooms, payload))

    def start(self) -> None:
        """Beat until stopped."""
        from apscheduler.schedulers.asyncio import AsyncIOScheduler

        self._scheduler = AsyncIOScheduler(timezone="UTC")
        for tick, seconds in TICKS:
            self._scheduler.add_job(
                self._beat, "interval", [tick], seconds=seconds, coalesce=True, max_instances=1
            )
        self._scheduler.start()

    def stop(self) -> None:
        if self._scheduler:
            self._scheduler.shutdown(wait=False)

    async def run_due(self) -> None:
        """Everything due at this instant, to its end."""
        async with self._one_at_a_time:
            for tick, _ in TICKS:
                await tick(self._rooms)
                await self._rooms.dispatcher.idle()

    async def next_at(self) -> datetime | None:
        """When something happens next; now where something is due already."""
        now = self._rooms.clock.now()
        return await self._rooms.store.read(lambda tx: _next_at(tx, now))

    async def _beat(self, tick: Tick) -> None:
        try:
            async with self._one_at_a_time:
                await tick(self._rooms)
        except Exception as error:
            log.error("tick %s failed: %s", getattr(tick, "__name__", "?"), told(error))


def _next_at(tx: Transaction, now: datetime) -> datetime | None:
    coming = [at for ask in NEXT if (at := ask(tx, now))]
    return min(coming, default=None)
