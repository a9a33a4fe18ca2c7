"""Transactions that may share a commit, and know nothing of each other."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event

from bot.domain.rounds import Delivery
from bot.errors import BadValue
from bot.ports import Transaction
from storage import SqlStore, StoreError, migrate, open_store
from storage.sharing import MOST, Sharing
from tests.contract.samples import NOW

pytestmark = pytest.mark.contract

MANY = 5


@asynccontextmanager
async def kept_waiting(store: SqlStore) -> AsyncIterator[None]:
    """The writer is busy until everything within has been asked for."""
    begun, go_on = threading.Event(), threading.Event()

    def slow(_tx: Transaction) -> None:
        begun.set()
        go_on.wait(60)

    writing = asyncio.create_task(store.run(slow))
    await asyncio.to_thread(begun.wait, 60)
    yield
    await asyncio.sleep(0)  # lets the tasks within ask
    go_on.set()
    await writing


@pytest.fixture
async def alone(tmp_path: Path) -> AsyncIterator[SqlStore]:
    """SQLite's, which has one writer."""
    url = f"sqlite:///{tmp_path}/alone.sqlite"
    migrate(url)
    opened = open_store(url)
    yield opened
    await opened.close()


def note(name: str) -> Callable[[Transaction], str]:
    def written(tx: Transaction) -> str:
        tx.notes.put(name, "yes")
        return name

    return written


async def noted(store: SqlStore) -> list[str]:
    names = [str(n) for n in range(MANY)]
    return await store.read(lambda tx: [name for name in names if tx.notes.get(name)])


def ask(store: SqlStore, fn: Callable[[Transaction], Any]) -> asyncio.Task[Any]:
    return asyncio.create_task(store.run(fn, together=True))


async def test_each_gets_its_own_result(store: SqlStore) -> None:
    async with kept_waiting(store):
        asked = [ask(store, note(str(n))) for n in range(MANY)]
    assert await asyncio.gather(*asked) == ["0", "1", "2", "3", "4"]
    assert await noted(store) == ["0", "1", "2", "3", "4"]


async def test_one_that_is_refused_takes_nobody_with_it(store: SqlStore) -> None:
    def refused(tx: Transaction) -> None:
        tx.notes.put("2", "yes")
        raise BadValue

    def wrong(tx: Transaction) -> None:
        tx.notes.put("3", "yes")
        tx.deliveries.add([Delivery("no such round", 1, NOW)])

    async with kept_waiting(store):
        asked = [ask(store, fn) for fn in (note("0"), note("1"), refused, wrong, note("4"))]
    told = await asyncio.gather(*asked, return_exceptions=True)
    assert [told[0], told[1], told[4]] == ["0", "1", "4"]
    assert isinstance(told[2], BadValue)
    assert isinstance(told[3], StoreError)
    assert await noted(store) == ["0", "1", "4"]


async def test_what_is_given_up_while_it_waits_is_not_begun(alone: SqlStore) -> None:
    async with kept_waiting(alone):
        asked = [ask(alone, note(str(n))) for n in range(MANY)]
        await asyncio.sleep(0)
        asked[1].cancel()
    await asyncio.gather(*asked, return_exceptions=True)
    assert await noted(alone) == ["0", "2", "3", "4"]


async def test_closing_lets_those_who_wait_come_to_their_end(
    database_url: str, store: SqlStore
) -> None:
    async with kept_waiting(store):
        asked = [ask(store, note(str(n))) for n in range(MANY)]
        await asyncio.sleep(0)
        closing = asyncio.create_task(store.close())
    await closing
    assert await asyncio.gather(*asked) == ["0", "1", "2", "3", "4"]
    after = open_store(database_url)
    assert await noted(after) == ["0", "1", "2", "3", "4"]
    await after.close()


async def test_those_who_wait_for_the_one_writer_share_its_commit(alone: SqlStore) -> None:
    commits: list[Connection] = []

    def committed(connection: Connection) -> None:
        commits.append(connection)

    event.listen(Engine, "commit", committed)
    try:
        async with kept_waiting(alone):
            asked = [ask(alone, note("0")) for _ in range(MOST + 1)]
        await asyncio.gather(*asked)
    finally:
        event.remove(Engine, "commit", committed)
    assert len(commits) == 3  # the one they waited for, a full one, and the rest


async def test_what_may_be_saved_already_is_not_done_again() -> None:
    runs = 0

    def lost(_fn: object) -> None:
        nonlocal runs
        runs += 1
        raise StoreError("08006", " at the commit")

    sharing = Sharing(lost, lambda: True)
    seats = [sharing.seat(note(str(n))) for n in range(MANY)]
    await asyncio.to_thread(sharing.carry, asyncio.get_running_loop())
    told = await asyncio.gather(*seats, return_exceptions=True)
    assert [type(one) for one in told] == [StoreError] * MANY
    assert runs == 1
