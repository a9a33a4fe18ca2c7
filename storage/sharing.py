"""Transactions that share a commit, because most of what a small one costs is waiting for the disk.

Each is told its result after the commit, as if it had been alone. Where one of them raises, nothing
of the shared transaction is kept, and each runs again by itself.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from storage.transaction import SqlTransaction

Fn = Callable[[SqlTransaction], Any]

#: Transactions in one commit: the first of them waits for the others.
MOST: Final = 16


@dataclass(frozen=True, slots=True)
class Seat:
    fn: Fn
    told: asyncio.Future[Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    result: Any = None
    error: Exception | None = None

    def tell(self, told: asyncio.Future[Any]) -> None:
        if told.cancelled():
            return
        if self.error is None:
            told.set_result(self.result)
        else:
            told.set_exception(self.error)


class Sharing:
    """Who waits for the writer. Seats are taken in the event loop and carried in the thread."""

    def __init__(self, run: Callable[[Fn], Any], may_be_saved: Callable[[], bool]) -> None:
        """`run` is one transaction; `may_be_saved` whether that which failed last had come to its
        commit."""
        self._run = run
        self._may_be_saved = may_be_saved
        self._waiting: deque[Seat] = deque()

    def seat(self, fn: Fn) -> asyncio.Future[Any]:
        """The thread is to `carry` once for every seat; it may find that it has been already."""
        told = asyncio.get_running_loop().create_future()
        self._waiting.append(Seat(fn, told))
        return told

    def carry(self, loop: asyncio.AbstractEventLoop) -> None:
        here = [self._waiting.popleft() for _ in range(min(MOST, len(self._waiting)))]
        # As with a thread of one's own: what was given up before it began does not begin.
        here = [seat for seat in here if not seat.told.cancelled()]
        if here:
            loop.call_soon_threadsafe(_tell, here, self._outcomes([seat.fn for seat in here]))

    def _outcomes(self, fns: list[Fn]) -> list[Outcome]:
        if len(fns) > 1:
            try:
                return [Outcome(r) for r in self._run(lambda tx: [fn(tx) for fn in fns])]
            except Exception as error:
                if self._may_be_saved():
                    return [Outcome(error=error) for _ in fns]
        return [self._alone(fn) for fn in fns]

    def _alone(self, fn: Fn) -> Outcome:
        try:
            return Outcome(self._run(fn))
        except Exception as error:
            return Outcome(error=error)


def _tell(seats: list[Seat], outcomes: list[Outcome]) -> None:
    for seat, outcome in zip(seats, outcomes, strict=True):
        outcome.tell(seat.told)
