"""Two things timed in turns, so that whatever else the machine does slows both."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from statistics import median, quantiles
from typing import Final

#: Something to be timed; gets the number of its turn.
Deed = Callable[[int], Awaitable[object]]

#: Columns that a figure's name takes.
WIDTH: Final = 52


@dataclass(slots=True)
class Times:
    """Seconds that each turn took."""

    seconds: list[float] = field(default_factory=list)

    @property
    def p50(self) -> float:
        return median(self.seconds)

    @property
    def p99(self) -> float:
        return quantiles(self.seconds, n=100, method="inclusive")[98]

    async def take(self, deed: Deed, turn: int) -> None:
        began = time.perf_counter()
        await deed(turn)
        self.seconds.append(time.perf_counter() - began)

    def told(self) -> str:
        return f"p50 {_milliseconds(self.p50)}  p99 {_milliseconds(self.p99)}"


@dataclass(slots=True)
class Pair:
    """What we do and the bare library's part of it, timed one right after the other."""

    ours: Times = field(default_factory=Times)
    bare: Times = field(default_factory=Times)

    @property
    def ratio(self) -> float:
        """Median over the turns: each is compared with its own neighbour in time."""
        return median(a / b for a, b in zip(self.ours.seconds, self.bare.seconds, strict=True))

    async def take(self, ours: Deed, bare: Deed, turn: int) -> None:
        """Either goes first every other turn."""
        both = [(self.ours, ours), (self.bare, bare)]
        for times, deed in reversed(both) if turn % 2 else both:
            await times.take(deed, turn)


async def in_turns(turns: range, ours: Deed, bare: Deed) -> Pair:
    pair = Pair()
    for turn in turns:
        await pair.take(ours, bare, turn)
    return pair


async def at_once(many: int, deed: Deed, numbers: Iterable[int]) -> Times:
    """`deed` for every number, so many under way at any moment."""
    times, left = Times(), iter(numbers)

    async def work() -> None:
        for number in left:
            await times.take(deed, number)

    await asyncio.gather(*(work() for _ in range(many)))
    return times


def heading(text: str) -> None:
    print(f"\n{text}")


def say(what: str, *figures: str) -> None:
    print(f"  {what:<{WIDTH}}{'  '.join(figures)}", flush=True)


def rate(count: int, seconds: float, what: str) -> str:
    return f"{count / seconds:,.0f} {what}/s"


def times_bare(pair: Pair, bare: str) -> str:
    return f"{pair.ratio:.2f} x {bare}"


def aim(kept: bool, said: str) -> str:
    return f"({'within' if kept else 'MISSES'} the aim: {said})"


def _milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:,.2f} ms"
