"""Runs jobs in this process, outside the turn that asked for them.

Durability is in our tables, not here: a job lost in a crash is asked for again by the next tick.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from typing import Any, Final

from bot.faults import told
from bot.ports import Job

log = logging.getLogger("itpulse.jobs")

#: Jobs under way at once.
AT_ONCE: Final = 8


class LocalDispatcher:
    """A Dispatcher of bounded asyncio tasks."""

    def __init__(self) -> None:
        self._jobs: dict[str, Job] = {}
        self._room = asyncio.Semaphore(AT_ONCE)
        self._running: dict[str, asyncio.Task[None]] = {}
        self._waiting: dict[str, tuple[str, Mapping[str, Any]]] = {}

    def register(self, name: str, job: Job) -> None:
        self._jobs[name] = job

    async def defer(self, name: str, payload: Mapping[str, Any], lock: str) -> None:
        """Run soon; jobs of one lock one after another, and one waiting is enough."""
        if lock in self._running:
            self._waiting[lock] = (name, payload)
        else:
            self._start(lock, name, payload)

    async def idle(self) -> None:
        while self._running:
            await asyncio.wait(self._running.values())

    async def close(self) -> None:
        """Let what is under way come to its end; nothing new is begun."""
        self._waiting.clear()
        await self.idle()

    def _start(self, lock: str, name: str, payload: Mapping[str, Any]) -> None:
        task = asyncio.create_task(self._run(lock, name, payload))
        self._running[lock] = task

    async def _run(self, lock: str, name: str, payload: Mapping[str, Any]) -> None:
        try:
            async with self._room:
                await self._jobs[name](payload)
        except Exception as error:
            log.error("job %s failed: %s", name, told(error))
        finally:
            del self._running[lock]
            if lock in self._waiting:
                self._start(lock, *self._waiting.pop(lock))
