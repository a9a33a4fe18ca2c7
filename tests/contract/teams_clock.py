"""A clock that nobody waits for."""

from __future__ import annotations

import asyncio
import heapq
from dataclasses import dataclass, field
from typing import Final

#: Real seconds that a jump of the clock takes.
TICK: Final = 0.002


@dataclass
class Clock:
    """Seconds that pass only while somebody sleeps; sleepers wake one after the other."""

    now: float = 1_000.0
    slept: list[float] = field(default_factory=list)
    _sleepers: list[tuple[float, int, asyncio.Future[None]]] = field(default_factory=list)

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        loop = asyncio.get_running_loop()
        waking: asyncio.Future[None] = loop.create_future()
        if not self._sleepers:
            loop.call_later(TICK, self._wake)
        heapq.heappush(self._sleepers, (self.now + seconds, len(self.slept), waking))
        await waking

    def _wake(self) -> None:
        """Time for whoever woke before to make their call comes first."""
        at, _, waking = heapq.heappop(self._sleepers)
        self.now = max(self.now, at)
        if not waking.done():
            waking.set_result(None)
        if self._sleepers:
            waking.get_loop().call_later(TICK, self._wake)
