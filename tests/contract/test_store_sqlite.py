"""What is true of SQLite alone."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import Connection, Executable, event

from bot.ports import Transaction
from storage import SqlStore, StoreError, migrate, open_store
from storage.engine import fold_journal, located, reading_engine, writing_engine
from storage.sections import ballots, deliveries, people
from tests.contract.samples import NOW, tag, with_ballots

pytestmark = pytest.mark.contract


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'itpulse.sqlite'}"


@pytest_asyncio.fixture
async def store(url: str) -> AsyncIterator[SqlStore]:
    migrate(url)
    opened = open_store(url)
    yield opened
    await opened.close()


@pytest.mark.parametrize("engine_of", [writing_engine, reading_engine])
def test_an_acknowledged_answer_survives_the_power_and_a_removed_one_leaves_zeros(
    url: str, engine_of: Any
) -> None:
    migrate(url)
    engine = engine_of(located(url))
    with engine.connect() as connection:
        told = {
            pragma: connection.exec_driver_sql(f"PRAGMA {pragma}").scalar()
            for pragma in ("journal_mode", "synchronous", "secure_delete", "foreign_keys")
        }
    engine.dispose()
    assert told == {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "foreign_keys": 1}


async def test_a_journal_that_is_still_read_is_not_taken_for_emptied(
    store: SqlStore, tmp_path: Path
) -> None:
    """Else a round would count as cleared while its ballots lie there."""
    file = str(tmp_path / "itpulse.sqlite")
    round = await store.run(lambda tx: with_ballots(tx, 3))
    begun, go_on = threading.Event(), threading.Event()

    def slow(tx: Transaction) -> None:
        assert tx.ballots.count(round)
        begun.set()
        go_on.wait(60)

    reading = asyncio.ensure_future(store.read(slow))
    await asyncio.to_thread(begun.wait, 60)
    await store.run(lambda tx: tx.ballots.remove(round, 3))
    with pytest.raises(StoreError):
        await asyncio.to_thread(fold_journal, file, 0)
    go_on.set()
    await reading
    await store.checkpoint()
    assert (tmp_path / "itpulse.sqlite-wal").stat().st_size == 0


async def test_a_reader_does_not_wait_for_a_writer(store: SqlStore) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow(tx: Transaction) -> None:
        with_ballots(tx, 3)
        begun.set()
        go_on.wait(60)

    writing = asyncio.ensure_future(store.run(slow))
    await asyncio.to_thread(begun.wait, 60)
    assert await store.read(lambda tx: tx.rounds.in_state("open")) == []
    go_on.set()
    await writing
    assert len(await store.read(lambda tx: tx.rounds.in_state("open"))) == 1


def planned(connection: Connection, statement: Executable, **values: Any) -> str:
    """What SQLite would do."""

    def explain(_on: Any, _by: Any, sql: str, values: Any, *_: Any) -> tuple[str, Any]:
        return f"EXPLAIN QUERY PLAN {sql}", values

    event.listen(connection, "before_cursor_execute", explain, retval=True)
    rows = connection.execute(statement, values).cursor.fetchall()
    return "\n".join(str(row[-1]) for row in rows)


@pytest.mark.parametrize(
    ("statement", "values", "way"),
    [
        (deliveries._CLAIM, {"now": NOW, "worker": "w", "most": 9}, "INDEX ix_delivery_waiting"),
        (deliveries._NEXT_DUE, {}, "INDEX ix_delivery_waiting"),
        (deliveries._CLAIMED_BEFORE, {"worker": "w", "before": NOW}, "INDEX ix_delivery_claimed"),
        (ballots._TAKE, {"here": "r", "this": tag(1)}, "ballot USING PRIMARY KEY (round=? AND tag"),
        (ballots._AFTER, {"here": "r", "this": b"", "most": 9}, "PRIMARY KEY (round=? AND tag>?)"),
        (ballots._TAKE_MANY, {"here": "r", "these": [b"", tag(1)]}, "(round=? AND tag=?)"),
        (people._BY_ADDRESS, {"platform": "p", "space": "s", "user": "u"}, "address USING PRIMARY"),
        (people._OWNERS, {"platform": "p", "space": "s", "users": ["u", "v"]}, "AND user=?)"),
        (people._BY_EMAIL, {"email": "e"}, "(email=?)"),
    ],
)
def test_nothing_frequent_walks_through_a_table(
    url: str, statement: Executable, values: dict[str, Any], way: str
) -> None:
    migrate(url)
    engine = writing_engine(located(url))
    with engine.connect() as connection:
        plan = planned(connection, statement, **values)
    engine.dispose()
    assert way in plan
