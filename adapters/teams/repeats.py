"""Teams says the same thing again, later under a new id: whatever it asked for is done once."""

from __future__ import annotations

import asyncio
import hashlib
import json
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from adapters.teams.inbound import Activity, stood_on
from bot.cards import Reply
from bot.events import Address, Event, Pressed

#: Seconds within which the same is the same.
WINDOW: Final = 60.0
#: People remembered at most.
REMEMBERED: Final = 10_000
#: Buttons that only show something: pressed again, they show it again.
SHOWING: Final = frozenset({"command", "thread", "review"})


@dataclass(slots=True)
class Last:
    mark: bytes
    until: float
    reply: asyncio.Future[Reply]


class Repeats:
    """Remembers what each person did last, and what it was answered with, for a minute.

    Only the last: who presses 4, then 3, then 4 again means 4.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._last: OrderedDict[Address, Last] = OrderedDict()

    async def once(
        self, activity: Activity, event: Event, handle: Callable[[Event], Awaitable[Reply]]
    ) -> Reply | None:
        """The reply; None where the same was just said, if it needs no answer of its own."""
        mark, before = _mark(activity, event), self._last.get(event.who)
        if before and before.mark == mark and before.until > self._clock():
            reply = await asyncio.shield(before.reply)
            return reply if activity.get("type") == "invoke" else None
        future: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        self._remember(event.who, Last(mark, self._clock() + WINDOW, future))
        # A reply may hold somebody's words: it is not kept for longer than it is of use.
        self._later(WINDOW, partial(self._forget, event.who, future))
        try:
            reply = await handle(event)
        except BaseException as error:
            self._forget(event.who, future)
            future.set_exception(error if isinstance(error, Exception) else RuntimeError())
            future.exception()  # it is raised here; nobody else need have waited for it
            raise
        if reply.refusal or reply.errors:
            # Nothing was changed, so the same may be tried again.
            self._forget(event.who, future)
        future.set_result(reply)
        return reply

    @property
    def remembered(self) -> int:
        """How many people's last doings are known."""
        return len(self._last)

    def _later(self, seconds: float, forget: Callable[[], None]) -> None:
        asyncio.get_running_loop().call_later(seconds, forget)

    def _remember(self, who: Address, last: Last) -> None:
        self._last[who] = last
        self._last.move_to_end(who)
        if len(self._last) > REMEMBERED:
            self._last.popitem(last=False)

    def _forget(self, who: Address, future: asyncio.Future[Reply]) -> None:
        if (last := self._last.get(who)) and last.reply is future:
            del self._last[who]


def _mark(activity: Activity, event: Event) -> bytes:
    """What was done, on which card; a typed line is told from the same one typed again by when
    it was typed."""
    told: list[object] = [activity.get("type"), activity.get("name"), activity.get("text")]
    if isinstance(event, Pressed) and event.ref.verb in SHOWING:
        told.append(event.id)
    elif "value" in activity:
        told += [stood_on(activity), activity["value"]]
    else:
        told.append(activity.get("localTimestamp") or event.id)
    return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).digest()
