"""Keys remembered for a while."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from typing import Final

from bot.domain.ballot import Keys
from storage.keyring.contents import AgingKeyRing

#: Seconds a key may be remembered (docs/privacy.md).
TTL: Final = 60.0


class CachedKeyRing:
    """Remembers found keys for at most a minute, so that a press does not wait for the ring.

    `clock` counts seconds and never goes back.
    """

    def __init__(
        self, ring: AgingKeyRing, ttl: float = TTL, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._ring = ring
        self._ttl = ttl
        self._clock = clock
        self._known: dict[str, tuple[float, Keys]] = {}
        # Held while looking, too: a key found just before it was destroyed is not remembered.
        self._lock = threading.Lock()

    def put(self, name: str, keys: Keys) -> Keys:
        return self._ring.put(name, keys)

    def get(self, name: str) -> Keys | None:
        with self._lock:
            self._forget_old()
            if name in self._known:
                return self._known[name][1]
            # Counted from before the look: the time it takes belongs to the minute.
            asked = self._clock()
            keys = self._ring.get(name)
            if keys:
                self._known[name] = (asked, keys)
            return keys

    def destroy(self, name: str) -> None:
        with self._lock:
            self._known.pop(name, None)
            self._ring.destroy(name)

    def names(self) -> Iterator[str]:
        """What somebody else has destroyed is not remembered after this."""
        there = list(self._ring.names())
        with self._lock:
            for name in self._known.keys() - set(there):
                del self._known[name]
        return iter(there)

    def older_than(self, seconds: float) -> Iterator[str]:
        return self._ring.older_than(seconds)

    def _forget_old(self) -> None:
        limit = self._clock() - self._ttl
        old = [name for name, (asked, _) in self._known.items() if asked <= limit]
        for name in old:
            del self._known[name]
