"""Who waits for the next message of a chat."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager


class Listeners:
    def __init__(self) -> None:
        self._waiting: defaultdict[str, set[asyncio.Event]] = defaultdict(set)
        #: Once closed, nobody is kept waiting any more.
        self.closed = False

    @contextmanager
    def listening(self, user: str) -> Iterator[asyncio.Event]:
        """An event that is set whenever this chat has changed; the listener clears it."""
        changed = asyncio.Event()
        self._waiting[user].add(changed)
        try:
            yield changed
        finally:
            self._waiting[user].discard(changed)

    def waiting(self, user: str) -> int:
        """How many listen to this chat."""
        return len(self._waiting.get(user, ()))

    def wake(self, user: str) -> None:
        for changed in self._waiting.get(user, ()):
            changed.set()

    def close(self) -> None:
        self.closed = True
        for user in self._waiting:
            self.wake(user)
