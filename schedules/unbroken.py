"""Work with the store that comes to its end although whoever asked for it is cut off: a thread goes
on anyway, and must not meet a store that has been closed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from bot.ports import Store, Transaction

T = TypeVar("T")


class Unbroken:
    """A Store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def run(self, fn: Callable[[Transaction], T], together: bool = False) -> T:
        return await _to_its_end(self._store.run(fn, together))

    async def read(self, fn: Callable[[Transaction], T]) -> T:
        return await _to_its_end(self._store.read(fn))

    async def checkpoint(self) -> None:
        await _to_its_end(self._store.checkpoint())


async def _to_its_end(work: Coroutine[Any, Any, T]) -> T:
    task = asyncio.create_task(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait({task})
        raise
