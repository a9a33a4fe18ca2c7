"""The Store port over SQLite or PostgreSQL."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final, TypeVar

from bot.ports import Transaction
from storage.engine import (
    fetching_in_binary,
    fold_journal,
    is_sqlite,
    located,
    reading_engine,
    writing_engine,
)
from storage.lanes import Lane
from storage.remembered import Remembered

T = TypeVar("T")

#: SQLite has one writer at a time whatever we do; PostgreSQL gets this many connections.
WRITERS: Final = 10
READERS: Final = 3


class SqlStore:
    """Synchronous SQLAlchemy Core in threads: one lane of them writes, another reads."""

    def __init__(self, writing: Lane, reading: Lane, file: str | None = None) -> None:
        """`file` is SQLite's."""
        self._file = file
        self._writing = writing
        self._reading = reading

    async def run(self, fn: Callable[[Transaction], T], together: bool = False) -> T:
        """Raises StoreError, StoreClosed, and whatever `fn` raises."""
        return await self._writing.run(fn, together)

    async def read(self, fn: Callable[[Transaction], T]) -> T:
        """The same for `fn` that only looks."""
        return await self._reading.run(fn)

    async def checkpoint(self) -> None:
        """SQLite's journal is folded into the database; PostgreSQL does that by itself."""
        if self._file:
            await asyncio.to_thread(fold_journal, self._file)

    async def close(self) -> None:
        await self._writing.close()
        await self._reading.close()


def open_store(
    url: str, writers: int = WRITERS, readers: int = READERS, durable: bool = True
) -> SqlStore:
    """A store at `sqlite:///<file>` or `postgresql+psycopg://…`; raises Unusable for others.

    `writers` and `readers` are threads with a connection each, made when first needed. Without
    `durable` a power cut may take the last commits with it; a crash of the program never does.
    """
    address = located(url)
    return SqlStore(
        Lane(
            fetching_in_binary(writing_engine(address, durable)),
            1 if is_sqlite(address) else writers,
        ),
        Lane(fetching_in_binary(reading_engine(address)), readers, Remembered()),
        address.database if is_sqlite(address) else None,
    )
