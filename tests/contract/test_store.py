"""What every store promises about its transactions."""

from __future__ import annotations

import asyncio
import threading
import traceback
from datetime import datetime

import pytest

from bot.domain.rounds import Delivery
from bot.errors import BadValue
from bot.ports import AuditLine, Store, Transaction
from storage import SqlStore, StoreClosed, StoreError, Unusable, open_store
from storage.columns import NaiveInstant
from tests.contract.samples import AWKWARD, MINUTE, NOW, TODAY, a_round

pytestmark = pytest.mark.contract

CANARY = "canary-7f3a"


def look(tx: Transaction) -> str | None:
    return tx.notes.get("demo")


async def test_a_store_is_what_the_port_asks_for(store: SqlStore) -> None:
    port: Store = store
    assert await port.run(lambda tx: tx.audit.newest(1)) == []


async def test_what_was_written_is_there_afterwards(store: SqlStore, neighbour: SqlStore) -> None:
    await store.run(lambda tx: tx.notes.put("demo", "yes"))
    assert await store.read(look) == "yes"
    assert await neighbour.read(lambda tx: tx.notes.get("demo")) == "yes"


async def test_nothing_is_kept_of_a_transaction_that_was_refused(store: SqlStore) -> None:
    def refused(tx: Transaction) -> None:
        tx.notes.put("demo", "yes")
        raise BadValue

    with pytest.raises(BadValue):
        await store.run(refused)
    assert await store.read(look) is None


async def test_nothing_is_kept_of_a_transaction_that_the_database_refused(store: SqlStore) -> None:
    def refused(tx: Transaction) -> None:
        tx.notes.put("demo", "yes")
        tx.deliveries.add([Delivery("no such round", 1, NOW)])

    with pytest.raises(StoreError):
        await store.run(refused)
    assert await store.read(look) is None


async def test_a_reading_transaction_cannot_write(store: SqlStore) -> None:
    with pytest.raises(StoreError, match="INSERT INTO note"):
        await store.read(lambda tx: tx.notes.put("demo", "yes"))
    assert await store.read(look) is None


async def test_a_reader_never_sees_half_a_transaction(store: SqlStore) -> None:
    def write(tx: Transaction) -> None:
        tx.notes.put("left", "yes")
        tx.notes.put("right", "yes")

    def both(tx: Transaction) -> tuple[str | None, str | None]:
        return tx.notes.get("left"), tx.notes.get("right")

    seen = await asyncio.gather(*(store.read(both) for _ in range(20)), store.run(write))
    assert await store.read(both) == ("yes", "yes")
    assert ("yes", None) not in seen


async def test_a_cancelled_task_leaves_no_transaction_half_done(
    database_url: str, store: SqlStore
) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow(tx: Transaction) -> None:
        tx.notes.put("first", "yes")
        begun.set()
        go_on.wait()
        tx.notes.put("second", "yes")

    task = asyncio.create_task(store.run(slow))
    await asyncio.to_thread(begun.wait)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    go_on.set()
    await store.close()
    after = open_store(database_url)
    kept = await after.read(lambda tx: [tx.notes.get("first"), tx.notes.get("second")])
    await after.close()
    assert kept == ["yes", "yes"]


async def test_a_closed_store_says_so(store: SqlStore) -> None:
    await store.run(look)
    await store.close()
    with pytest.raises(StoreClosed, match="The store is closed"):
        await store.run(look)
    with pytest.raises(StoreClosed):
        await store.read(look)


async def test_closing_twice_is_closing_once(store: SqlStore) -> None:
    await store.close()
    await store.close()


async def test_an_error_of_the_database_tells_no_values(store: SqlStore) -> None:
    await store.run(lambda tx: tx.rounds.add(a_round()))
    twice = [Delivery(a_round().id, 7, NOW, receipt=CANARY, why=CANARY)] * 2
    with pytest.raises(StoreError) as raised:
        await store.run(lambda tx: tx.deliveries.add(twice))
    said = "".join(traceback.format_exception(raised.value))
    assert CANARY not in said + repr(raised.value)
    assert raised.value.__cause__ is raised.value.__context__ is None
    assert "INSERT INTO delivery" in said
    assert raised.value.code in {"23505", "SQLITE_CONSTRAINT_PRIMARYKEY"}


async def test_an_instant_without_a_zone_is_refused(store: SqlStore) -> None:
    naive = NOW.replace(tzinfo=None)
    with pytest.raises(NaiveInstant, match="time zone"):
        await store.run(lambda tx: tx.audit.add(AuditLine(naive, "ITPulse", "x")))


async def test_instants_come_back_in_utc_to_the_microsecond(store: SqlStore) -> None:
    abroad = datetime.fromisoformat("2026-03-29T02:30:00.000001+05:45")
    await store.run(lambda tx: tx.audit.add(AuditLine(abroad, "ITPulse", "x")))
    [line] = await store.read(lambda tx: tx.audit.newest(1))
    assert line.at == abroad
    assert str(line.at) == "2026-03-28 20:45:00.000001+00:00"


@pytest.mark.parametrize(
    ("written", "kept"),
    [(AWKWARD, AWKWARD), ("a\0b", "ab"), ("é\0", "é"), ("half \ud83d", "half ?"), ("", "")],
)
async def test_any_text_can_be_kept(store: SqlStore, written: str, kept: str) -> None:
    await store.run(lambda tx: tx.notes.put("words", written))
    assert await store.read(lambda tx: tx.notes.get("words")) == kept


async def test_a_note_can_be_changed(store: SqlStore) -> None:
    await store.run(lambda tx: tx.notes.put("demo", "yes"))
    await store.run(lambda tx: tx.notes.put("demo", "no"))
    assert await store.read(look) == "no"


async def test_the_newest_audit_line_comes_first(store: SqlStore) -> None:
    lines = [AuditLine(NOW + i * MINUTE, "a@example.org", f"{AWKWARD} {i}") for i in (2, 0, 1)]

    def write(tx: Transaction) -> None:
        for line in lines:
            tx.audit.add(line)

    await store.run(write)
    assert await store.read(lambda tx: tx.audit.newest(2)) == [lines[2], lines[1]]


async def test_an_event_is_new_once(store: SqlStore) -> None:
    add = await store.run(lambda tx: tx.marks.add(b"\0one", TODAY, b"\1one"))
    again = await store.run(lambda tx: tx.marks.add(b"\0one", TODAY, b"\1one"))
    other = await store.run(lambda tx: tx.marks.add(b"\0two", TODAY, b"\1two"))
    assert (add, again, other) == (True, False, True)


async def test_an_event_of_yesterday_is_known_by_its_mark_of_yesterday(store: SqlStore) -> None:
    await store.run(lambda tx: tx.marks.add(b"old", TODAY, b"older"))
    assert not await store.run(lambda tx: tx.marks.add(b"new", TODAY, b"old"))
    await store.run(lambda tx: tx.marks.drop_before(TODAY))
    assert not await store.run(lambda tx: tx.marks.add(b"new", TODAY, b"old"))


async def test_marks_are_dropped_by_day(store: SqlStore) -> None:
    await store.run(lambda tx: tx.marks.add(b"one", TODAY, b"-"))
    await store.run(lambda tx: tx.marks.drop_before(TODAY.replace(day=25)))
    assert await store.run(lambda tx: tx.marks.add(b"one", TODAY, b"-"))


async def test_of_equal_events_at_once_one_is_new(store: SqlStore, neighbour: SqlStore) -> None:
    stores = [store, neighbour] * 5
    calls = [s.run(lambda tx: tx.marks.add(b"one", TODAY, b"-")) for s in stores]
    assert sorted(await asyncio.gather(*calls)) == [False] * 9 + [True]


@pytest.mark.parametrize(
    "url",
    [
        "nonsense",
        "sqlite://",
        "sqlite:///:memory:",
        "postgresql://bo:secret@db/x",
        "mysql://bo:secret@db/x",
        "postgresql+psycopg://bo:secret@db:port/x",
    ],
)
def test_an_address_of_something_else_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(Unusable) as raised:
        open_store(url)
    assert "secret" not in "".join(traceback.format_exception(raised.value))
