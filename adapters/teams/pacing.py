"""How often Teams may be called: a tenant's pace, and the limits of one conversation.

Limits are Microsoft's (learn.microsoft.com, Rate limiting for bots); a call that would break one
waits for its turn.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable
from typing import Final

#: Calls, and the seconds within which so many are allowed.
Limit = tuple[int, float]

#: Sending to one conversation, or making it.
SENDING: Final[tuple[Limit, ...]] = ((7, 1.0), (8, 2.0), (60, 30.0), (1_800, 3_600.0))
#: Asking who is in it.
READING: Final[tuple[Limit, ...]] = ((14, 1.0), (16, 2.0), (120, 30.0), (3_600, 3_600.0))
#: Conversations remembered; one that was quiet for longest is forgotten first.
REMEMBERED: Final = 20_000


class Turnstile:
    """Lets calls through one after the other, as its limits allow."""

    def __init__(self, limits: tuple[Limit, ...], clock: Callable[[], float]) -> None:
        self._limits = limits
        self._clock = clock
        self._passed: deque[float] = deque(maxlen=max(count for count, _ in limits))

    def book(self) -> float:
        """Takes the next free turn; returns the seconds until then."""
        now = self._clock()
        at = max(now, self._passed[-1]) if self._passed else now
        for count, seconds in self._limits:
            if len(self._passed) >= count:
                at = max(at, self._passed[-count] + seconds)
        self._passed.append(at)
        return at - now


class Pacing:
    def __init__(
        self,
        per_second: float,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        # So many in a row, then as fast as the pace: an answer to somebody need not wait.
        burst = max(1, int(per_second))
        self._tenant: tuple[Limit, ...] = ((burst, burst / per_second),)
        self._clock = clock
        self._sleep = sleep
        self._stiles: OrderedDict[tuple[str, str], Turnstile] = OrderedDict()

    async def turn(self, space: str, conversation: str, limits: tuple[Limit, ...]) -> None:
        """Returns when a call may be made."""
        for key, these in (((space, ""), self._tenant), ((space, conversation), limits)):
            if (wait := self._stile(key, these).book()) > 0:
                await self._sleep(wait)

    def _stile(self, key: tuple[str, str], limits: tuple[Limit, ...]) -> Turnstile:
        found = self._stiles.get(key)
        if found is None:
            found = self._stiles[key] = Turnstile(limits, self._clock)
            if len(self._stiles) > REMEMBERED:
                self._stiles.popitem(last=False)
        self._stiles.move_to_end(key)
        return found
