"""Threads with a connection each."""

from __future__ import annotations

import asyncio
import random
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, StatementError

from storage.errors import StoreClosed, code, told
from storage.remembered import Remembered
from storage.sharing import Sharing
from storage.transaction import SqlTransaction

T = TypeVar("T")

#: How often a transaction is tried that met another one or lost its connection.
ATTEMPTS = 4
#: serialization_failure, deadlock_detected; SQLite's writer was kept waiting too long.
MET_ANOTHER = frozenset({"40001", "40P01", "SQLITE_BUSY"})


class Lane:
    """So many threads running transactions, one at a time each.

    A transaction that has begun always ends, committed or rolled back, even where the task that
    waits for it is cancelled: the thread knows nothing of that.
    """

    def __init__(self, engine: Engine, threads: int, remembered: Remembered | None = None) -> None:
        """`remembered` only where nothing is written."""
        self._engine = engine
        self._remembered = remembered
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="store")
        self._mine = threading.local()
        self._open: set[SqlTransaction] = set()
        self._closed = False
        # Several threads commit beside each other anyway.
        self._sharing = Sharing(self._run, self._was_committing) if threads == 1 else None

    async def run(self, fn: Callable[[SqlTransaction], T], together: bool = False) -> T:
        if self._closed:
            raise StoreClosed
        loop = asyncio.get_running_loop()
        if together and self._sharing:
            told = self._sharing.seat(fn)
            self._threads.submit(self._sharing.carry, loop)
            result: T = await told
            return result
        return await loop.run_in_executor(self._threads, self._run, fn)

    async def close(self) -> None:
        """Lets what has begun come to its end."""
        self._closed = True
        await asyncio.to_thread(self._threads.shutdown)
        for transaction in self._open:
            transaction.connection.close()
        self._open.clear()
        self._engine.dispose()

    def _run(self, fn: Callable[[SqlTransaction], T]) -> T:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return self._once(fn)
            except StatementError as error:
                problem = told(error)
                final = attempt == ATTEMPTS or not self._may_repeat(error)
            if final:
                # Said outside of the except clause, so that nothing leads back to the details.
                raise problem
            _step_aside(attempt)
        raise AssertionError

    def _once(self, fn: Callable[[SqlTransaction], T]) -> T:
        transaction = self._transaction()
        self._mine.committing = False
        with transaction.connection.begin():
            result = fn(transaction)
            self._mine.committing = True
        return result

    def _may_repeat(self, error: StatementError) -> bool:
        if isinstance(error, DBAPIError) and error.connection_invalidated:
            self._forget()
            # Lost while committing, it may or may not have been saved.
            return not self._mine.committing
        return code(error) in MET_ANOTHER

    def _was_committing(self) -> bool:
        return getattr(self._mine, "committing", False)

    def _transaction(self) -> SqlTransaction:
        mine: SqlTransaction | None = getattr(self._mine, "transaction", None)
        if mine is None:
            mine = self._mine.transaction = SqlTransaction(self._engine.connect(), self._remembered)
            self._open.add(mine)
        return mine

    def _forget(self) -> None:
        mine = self._transaction()
        self._open.discard(mine)
        self._mine.transaction = None
        mine.connection.close()


def _step_aside(attempt: int) -> None:
    """Wait 25 to 50 ms, then twice and four times that.

    Two transactions that stopped each other and begin again at once do so once more.
    """
    time.sleep(random.uniform(0.025, 0.05) * 2 ** (attempt - 1))
