"""What only a database with several writers can get wrong."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from functools import partial
from typing import cast

import pytest
import pytest_asyncio

from bot.domain.rounds import Delivery
from bot.ports import Taken, Transaction
from storage import SqlStore, StoreError, migrate, open_store
from storage.transaction import SqlTransaction
from tests.contract.samples import DAY, NOW, a_round, tag, with_ballots

pytestmark = [pytest.mark.contract, pytest.mark.fault]

ROUND = a_round().id


@pytest_asyncio.fixture
async def store(postgresql_url: str) -> AsyncIterator[SqlStore]:
    migrate(postgresql_url)
    opened = open_store(postgresql_url)
    yield opened
    await opened.close()


def say(tx: Transaction, sql: str) -> None:
    cast(SqlTransaction, tx).connection.exec_driver_sql(sql)


def ask(tx: Transaction, sql: str) -> object:
    return cast(SqlTransaction, tx).connection.exec_driver_sql(sql).scalar()


class Held:
    """A transaction that has done something and is not finished before it is told to."""

    def __init__(self, store: SqlStore, first: Callable[[Transaction], object]) -> None:
        self._first = first
        self._begun, self._go_on = threading.Event(), threading.Event()
        self._task = asyncio.ensure_future(store.run(self._hold))

    async def __aenter__(self) -> None:
        await asyncio.to_thread(self._begun.wait, 60)

    async def __aexit__(self, *_: object) -> None:
        self._go_on.set()
        await self._task

    def _hold(self, tx: Transaction) -> None:
        self._first(tx)
        self._begun.set()
        self._go_on.wait(60)


def impatient(fn: Callable[[Transaction], object]) -> Callable[[Transaction], object]:
    """The same, but refused (55P03) rather than kept waiting."""

    def hurry(tx: Transaction) -> object:
        say(tx, "SET LOCAL lock_timeout = '20ms'")
        return fn(tx)

    return hurry


def claim(limit: int, tx: Transaction) -> list[Delivery]:
    return tx.deliveries.claim(NOW + DAY, "w", limit)


async def test_a_worker_skips_what_another_is_claiming(store: SqlStore) -> None:
    await store.run(lambda tx: tx.rounds.add(a_round()))
    due = [Delivery(ROUND, person, NOW) for person in range(5)]
    await store.run(lambda tx: tx.deliveries.add(due))
    async with Held(store, partial(claim, 3)):
        others = await store.run(partial(claim, 9))
    assert [delivery.person for delivery in others] == [3, 4]


async def test_a_close_waits_for_a_press_and_a_press_for_a_close(store: SqlStore) -> None:
    await store.run(lambda tx: with_ballots(tx, 2))

    def lock(tx: Transaction) -> object:
        return tx.rounds.lock(ROUND)

    def press(number: int, tx: Transaction) -> object:
        return tx.ballots.take(ROUND, tag(number))

    async with Held(store, partial(press, 0)):
        with pytest.raises(StoreError, match="55P03 at FROM round"):
            await store.run(impatient(lock))
        with pytest.raises(StoreError, match="55P03 at FROM ballot"):
            await store.run(impatient(partial(press, 0)))
        assert await store.run(impatient(partial(press, 1)))
        # Looking never waits.
        assert await store.read(lambda tx: tx.ballots.peek(ROUND, tag(0)))
    async with Held(store, lock):
        with pytest.raises(StoreError, match="55P03"):
            await store.run(impatient(partial(press, 0)))
        with pytest.raises(StoreError, match="55P03"):
            await store.run(impatient(lock))
    assert await store.run(impatient(lock)) == "open"


async def test_a_press_that_waited_for_the_close_sees_it(store: SqlStore) -> None:
    await store.run(lambda tx: with_ballots(tx, 1))
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
    pressed: list[asyncio.Future[Taken | None]] = []
    loop = asyncio.get_running_loop()

    def press() -> None:
        taking = store.run(lambda tx: tx.ballots.take(ROUND, tag(0)))
        pressed.append(asyncio.ensure_future(taking))

    def close(tx: Transaction) -> None:
        tx.rounds.lock(ROUND)
        loop.call_soon_threadsafe(press)
        while not ask(tx, waiting):
            say(tx, "SELECT pg_stat_clear_snapshot()")
        tx.rounds.set_state(ROUND, "closing")

    await asyncio.wait_for(store.run(close), 60)
    [taken] = await asyncio.gather(*pressed)
    assert taken == Taken(b"\0sealed 0", "closing")


async def test_the_order_on_disk_is_that_of_the_tags(store: SqlStore) -> None:
    tags = [tag(i) for i in range(700)]
    lying = "SELECT string_agg(tag, NULL ORDER BY ctid) FROM ballot"
    await store.run(lambda tx: with_ballots(tx, 700))
    assert await store.read(lambda tx: ask(tx, lying)) == b"".join(tags)

    def seal_again(tx: Transaction) -> None:
        taken = tx.ballots.take_many(ROUND, tags[::-1])
        tx.ballots.put_many(ROUND, list(taken.items()))

    await store.run(seal_again)
    assert await store.read(lambda tx: ask(tx, lying)) == b"".join(tags)


async def test_transactions_that_block_each_other_both_come_through(store: SqlStore) -> None:
    await store.run(lambda tx: with_ballots(tx, 2))
    both = threading.Barrier(2)
    begun = []

    def press(tags: tuple[int, int], tx: Transaction) -> None:
        first, second = tags
        begun.append(first)
        tx.ballots.take(ROUND, tag(first))
        if len(begun) <= 2:
            both.wait(60)
        tx.ballots.take(ROUND, tag(second))
        tx.ballots.put(ROUND, tag(second), b"answered")

    await asyncio.gather(store.run(partial(press, (0, 1))), store.run(partial(press, (1, 0))))
    assert len(begun) == 3
    found = await store.read(lambda tx: tx.ballots.after(ROUND, b"", 2))
    assert [body for _, body in found] == [b"answered", b"answered"]


async def test_what_the_database_wants_repeated_is_tried_four_times(store: SqlStore) -> None:
    tries = []

    def unlucky(tx: Transaction) -> None:
        tries.append(tx)
        tx.notes.put("tries", str(len(tries)))
        say(tx, "DO $$ BEGIN RAISE SQLSTATE '40001'; END $$")

    with pytest.raises(StoreError, match="40001"):
        await store.run(unlucky)
    assert len(tries) == 4
    assert await store.read(lambda tx: tx.notes.get("tries")) is None


async def test_lost_connections_are_replaced(postgresql_url: str, store: SqlStore) -> None:
    pid = "SELECT pg_backend_pid()"
    one = open_store(postgresql_url, writers=1, readers=1)
    before = await one.run(lambda tx: ask(tx, pid)), await one.read(lambda tx: ask(tx, pid))

    def cut(tx: Transaction) -> None:
        for backend in before:
            say(tx, f"SELECT pg_terminate_backend({backend}, 60000)")

    await store.run(cut)
    await one.run(lambda tx: tx.notes.put("after", "yes"))
    assert await one.read(lambda tx: tx.notes.get("after")) == "yes"
    await one.close()


async def test_a_transaction_whose_connection_is_lost_begins_again(store: SqlStore) -> None:
    tries = []

    def cut_off(tx: Transaction) -> None:
        tries.append(tx)
        tx.notes.put(f"try {len(tries)}", "yes")
        if len(tries) == 1:
            say(tx, "SELECT pg_terminate_backend(pg_backend_pid())")

    await store.run(cut_off)
    kept = await store.read(lambda tx: [tx.notes.get("try 1"), tx.notes.get("try 2")])
    assert kept == [None, "yes"]


async def test_a_connection_lost_while_committing_is_not_tried_again(store: SqlStore) -> None:
    tries = []

    def cut_at_commit(tx: Transaction) -> None:
        tries.append(tx)
        # Runs with the commit itself: whether it was saved is then anybody's guess.
        say(tx, "CREATE TEMP TABLE doomed (x int)")
        say(
            tx,
            "CREATE FUNCTION pg_temp.cut() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$",
        )
        say(
            tx,
            "CREATE CONSTRAINT TRIGGER cut AFTER INSERT ON doomed DEFERRABLE INITIALLY DEFERRED "
            "FOR EACH ROW EXECUTE FUNCTION pg_temp.cut()",
        )
        say(tx, "INSERT INTO doomed VALUES (1)")

    with pytest.raises(StoreError, match="57P01"):
        await store.run(cut_at_commit)
    assert len(tries) == 1
    await store.run(lambda tx: tx.notes.put("after", "yes"))


async def test_a_store_without_a_database_says_so_and_no_more() -> None:
    store = open_store("postgresql+psycopg://bo:secret@127.0.0.1:1/x?connect_timeout=5")
    with pytest.raises(StoreError, match="refused") as raised:
        await store.read(lambda tx: tx.notes.get("x"))
    assert "secret" not in str(raised.value)
    assert raised.value.code == "OperationalError"
    await store.close()
