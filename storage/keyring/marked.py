"""A key ring that the database knows again.

A folder that is not mounted looks like an empty one, and every key in it like a lost one. So the
ring carries a mark, the database notes which, and a ring with another mark or none is refused
before anything is believed of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import Final

from bot.domain.ballot import Keys
from bot.health import RING_NOTE
from bot.ports import Store, Transaction
from storage.errors import ForeignRing
from storage.keyring.contents import AgingKeyRing
from storage.keyring.remembered import CachedKeyRing

#: Name in the ring of what it is known by: random bytes like keys, that open nothing.
MARK: Final = "ring"


class MarkedKeyRing:
    """Refuses (ForeignRing) where its mark is not the one expected.

    Keys that are found are their own proof; so it is looked at where there are none, and before
    anything is changed.
    """

    def __init__(self, ring: AgingKeyRing) -> None:
        self._ring = ring
        self._expected: str | None = None

    def mark(self) -> str | None:
        """None where it has none."""
        keys = self._ring.get(MARK)
        return _digest(keys) if keys else None

    def made_mark(self) -> str:
        return _digest(self._ring.put(MARK, Keys.draw()))

    def expect(self, mark: str) -> None:
        """From now on; raises ForeignRing at once where it has another."""
        self._expected = mark
        self._prove()

    def put(self, name: str, keys: Keys) -> Keys:
        self._prove()
        return self._ring.put(name, keys)

    def get(self, name: str) -> Keys | None:
        keys = self._ring.get(name)
        if keys is None:
            self._prove()
        return keys

    def destroy(self, name: str) -> None:
        self._prove()
        self._ring.destroy(name)

    def names(self) -> Iterator[str]:
        self._prove()
        return (name for name in self._ring.names() if name != MARK)

    def older_than(self, seconds: float) -> Iterator[str]:
        self._prove()
        return (name for name in self._ring.older_than(seconds) if name != MARK)

    def _prove(self) -> None:
        if self._expected is not None and self.mark() != self._expected:
            raise ForeignRing


class KnownKeyRing(CachedKeyRing):
    """As the house uses it: remembered, and known by its database."""

    def __init__(self, ring: AgingKeyRing) -> None:
        self._marked = MarkedKeyRing(ring)
        super().__init__(self._marked)

    async def recognise(self, store: Store) -> None:
        """Raises ForeignRing where this is not the ring of the database. A database that knows
        none takes this one, unless it has open rounds and none of their keys is here."""
        known = await store.read(lambda tx: tx.notes.get(RING_NOTE))
        if known is None:
            live = await store.read(lambda tx: tx.rounds.ids("open", "closing"))
            if live and not any(map(self._marked.get, live)):
                raise ForeignRing
            known = await self._noted(store)
        self._marked.expect(known)

    async def adopt(self, store: Store) -> None:
        """Make it the database's own, whatever that knew before."""
        mark = self._marked.made_mark()
        await store.run(lambda tx: tx.notes.put(RING_NOTE, mark))

    async def _noted(self, store: Store) -> str:
        mark = self._marked.made_mark()

        def note(tx: Transaction) -> str:
            # Somebody may have started at the same time, with another ring.
            known = tx.notes.get(RING_NOTE)
            if known is None:
                tx.notes.put(RING_NOTE, mark)
            return known or mark

        return await store.run(note)


def _digest(keys: Keys) -> str:
    return sha256(b"".join(keys)).hexdigest()
