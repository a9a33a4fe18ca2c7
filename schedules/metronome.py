"""The clock of the house. APScheduler only beats; what is due stands in our tables.

Its own job store is never used: two processes on one store run many jobs twice.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from bot.faults import told
from bot.hold import held_since
from bot.ports import Job, Transaction
from schedules import (
    announce,
    ask_again,
    close_rounds,
    deliver,
    meet,
    open_rounds,
    remind,
    seal_again,
    tidy,
)
from schedules.rooms import Rooms
from schedules.unbroken import Unbroken

if TYPE_CHECKING:
    from apscheduler.schedulers.asyncio import AsyncIOScheduler

log = logging.getLogger("itpulse.clock")

Tick = Callable[[Rooms], Awaitable[None]]
Body = Callable[[Rooms, Mapping[str, Any]], Awaitable[None]]
Coming = Callable[[Transaction, datetime], list[datetime]]

#: Every tick with the seconds between its beats, in the order they are run in one go: what closes
#: makes no room for what opens, and what opens can be sent at once.
TICKS: Final[tuple[tuple[Tick, int], ...]] = (
    (close_rounds.close_rounds, 30),
    (announce.announce, 30),
    (open_rounds.open_rounds, 30),
    (deliver.deliver, 10),
    (remind.remind, 60),
    (ask_again.ask_again, 60),
)
#: What need not be done more than once a day.
DAILY: Final[tuple[tuple[Tick, int], ...]] = (
    (seal_again.seal_again, 600),
    (tidy.tidy, 3_600),
)
#: About people on platforms outside; a demo's clock that is pushed does not push those.
OUTSIDE: Final[tuple[tuple[Tick, int], ...]] = (
    (meet.call_roll, 300),
    (meet.listen, 15),
)
#: What is still to come: instants, also of what is overdue.
COMING: Final = (
    close_rounds.coming,
    announce.coming,
    open_rounds.coming,
    deliver.coming,
    remind.coming,
    ask_again.coming,
)
COMING_TO_PEOPLE: Final = (close_rounds.coming_to_people, *COMING[1:])


class Metronome:
    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms
        self._one_at_a_time = asyncio.Lock()
        #: A platform may take minutes to say who is there; rounds go on meanwhile.
        self._apart = {tick: asyncio.Lock() for tick, _ in OUTSIDE}
        #: Everybody was asked for once. Before that nobody is written to: they would count as
        #: people without an account.
        self._met = False
        self._day: date | None = None
        self._scheduler: AsyncIOScheduler | None = None
        #: Those under way, and what they do.
        self._beats: dict[asyncio.Task[Any], Tick] = {}
        self._stopping = False
        rooms.dispatcher.register(deliver.JOB, self._unless_held(deliver.send_due))
        rooms.dispatcher.register(remind.JOB, self._unless_held(remind.remind_round))
        rooms.dispatcher.register(ask_again.JOB, self._unless_held(ask_again.ask_round))

    def start(self) -> None:
        """Beat until stopped, the first time at once: a crash may have left something to finish."""
        from apscheduler.schedulers.asyncio import AsyncIOScheduler

        self._scheduler = AsyncIOScheduler(timezone="UTC")
        for tick, seconds in (*OUTSIDE, *TICKS, *DAILY):
            self._scheduler.add_job(self._beat, args=[tick], misfire_grace_time=None)
            self._scheduler.add_job(
                self._beat, "interval", [tick], seconds=seconds, coalesce=True, max_instances=1
            )
        self._scheduler.start()

    async def stop(self) -> None:
        """What is under way comes to its end, but for what is asked of platforms; APScheduler
        would cut it off."""
        scheduler, self._scheduler = self._scheduler, None
        if scheduler:
            scheduler.pause()
            self._stopping = True
            # Beats that were asked for a moment ago begin, and find that there is nothing to do.
            await asyncio.sleep(0)
            for beat, tick in self._beats.items():
                if tick in self._apart:
                    beat.cancel()
            while self._beats:
                await asyncio.wait(self._beats)
            scheduler.shutdown(wait=False)

    async def run_due(self) -> None:
        """Everything due at this instant, to its end."""
        async with self._one_at_a_time:
            if await self._held():
                return
            today = self._rooms.clock.now().date()
            for tick, _ in TICKS if today == self._day else (*TICKS, *DAILY):
                await tick(self._rooms)
                await self._rooms.dispatcher.idle()
            self._day = today

    async def run_until(self, to: datetime, move: Callable[[datetime], None]) -> None:
        """`move` the clock on, stopping at each instant at which something falls due."""
        while (coming := await self._next(COMING)) and min(coming) <= to:
            for at in sorted(at for at in coming if at <= to):
                move(at)
                if coming[at] != {ask_again.coming}:
                    await self.run_due()
                    break
                # It changes nothing that is due later.
                await self._ask_again()
        move(to)
        await self.run_due()

    async def next_at(self) -> datetime | None:
        """When people see something happen next; None where nothing will."""
        return None if await self._held() else min(await self._next(COMING_TO_PEOPLE), default=None)

    async def next_due(self) -> datetime | None:
        """The same where nobody has asked for later."""
        others = tuple(coming for coming in COMING_TO_PEOPLE if coming is not ask_again.coming)
        return None if await self._held() else min(await self._next(others), default=None)

    async def _held(self) -> bool:
        """A restored database waits for somebody to look at it: no tick, no job."""
        return await Unbroken(self._rooms.store).read(held_since) is not None

    def _unless_held(self, body: Body) -> Job:
        async def job(payload: Mapping[str, Any]) -> None:
            # It may have been asked for before the restore, and waited in a queue.
            if not await self._held():
                await body(self._rooms, payload)

        return job

    async def _ask_again(self) -> None:
        """Alone, where nothing else is due: these hours come several times a day."""
        async with self._one_at_a_time:
            if not await self._held():
                await ask_again.ask_again(self._rooms)
                await self._rooms.dispatcher.idle()

    async def _next(self, every: tuple[Coming, ...]) -> dict[datetime, set[Coming]]:
        """Instant -> what is due then. What is overdue is left out: the next beat sees to it,
        whenever that is."""
        now = self._rooms.clock.now()
        asked = await self._rooms.store.read(
            lambda tx: [(at, coming) for coming in every for at in coming(tx, now)]
        )
        found: dict[datetime, set[Coming]] = {}
        for at, coming in asked:
            if at > now:
                found.setdefault(at, set()).add(coming)
        return found

    async def _beat(self, tick: Tick) -> None:
        beat = asyncio.current_task()
        assert beat
        self._beats[beat] = tick
        beat.add_done_callback(lambda _: self._beats.pop(beat))
        try:
            async with self._turn(tick):
                if not self._stopping and not await self._held():
                    await tick(self._rooms)
                    self._met = self._met or tick is meet.call_roll
        except asyncio.CancelledError:
            if not self._stopping:
                raise
        except Exception as error:
            log.error("tick %s failed: %s", getattr(tick, "__name__", "?"), told(error))

    def _turn(self, tick: Tick) -> asyncio.Lock:
        return self._apart[tick] if self._met and tick in self._apart else self._one_at_a_time
