"""Work that goes on after the acknowledgement, kept hold of until it is done."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any, Final

from bot.faults import told

log = logging.getLogger("itpulse.slack")

#: Seconds that what is under way may take when we are asked to stop.
GRACE: Final = 5.0


class Tasks:
    def __init__(self) -> None:
        self._running: set[asyncio.Task[None]] = set()

    def start(self, work: Coroutine[Any, Any, object]) -> None:
        task = asyncio.create_task(_watched(work))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def idle(self) -> None:
        """Returns when nothing is under way."""
        while self._running:
            await asyncio.wait(set(self._running))

    async def close(self) -> None:
        if self._running:
            await asyncio.wait(set(self._running), timeout=GRACE)
        for task in set(self._running):
            task.cancel()


async def _watched(work: Coroutine[Any, Any, object]) -> None:
    try:
        await work
    except Exception as error:
        # What was saved stays saved; only its picture is missing.
        log.warning("an answer could not be shown: %s", told(error))
