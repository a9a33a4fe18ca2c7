"""Engines: how each database is spoken to."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from storage.columns import storable
from storage.errors import StoreError, Unusable

#: Milliseconds that a writer waits for another program, e.g. the command line beside the server.
PATIENCE = 5_000
#: The same for who finds another program at bringing the schema up to date.
PATIENCE_WITH_MIGRATIONS = 60_000
#: Programs of ours that may open a new database in the same moment.
_STARTING_AT_ONCE = 20


def _compact(value: Any) -> str:
    return storable(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def located(url: str) -> URL:
    """The address of a database we speak to; raises Unusable, which never repeats a password."""
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):
        raise Unusable("This is not a database URL; try sqlite:///var/itpulse.sqlite") from None
    if address.drivername == "sqlite" and not _in_memory(address):
        return address
    if address.drivername == "postgresql+psycopg":
        return address
    raise Unusable(
        f"A database URL starts with sqlite:///<file> or postgresql+psycopg://, "
        f"not with {address.drivername}"
    )


def _in_memory(address: URL) -> bool:
    # Each of our connections would get an empty database of its own.
    return address.database in (None, "", ":memory:")


def is_sqlite(address: URL) -> bool:
    return address.drivername == "sqlite"


def writing_engine(address: URL, durable: bool = True, patience: int = PATIENCE) -> Engine:
    """Connections for transactions that may write; only `durable` ones survive a power cut."""
    if is_sqlite(address):
        more = [f"PRAGMA busy_timeout = {patience}"]
        return _sqlite(
            address, "BEGIN IMMEDIATE", *more, *([] if durable else ["PRAGMA synchronous = OFF"])
        )
    return _postgresql(address, "" if durable else "-c synchronous_commit=off")


def reading_engine(address: URL) -> Engine:
    """Connections on which every write fails."""
    if is_sqlite(address):
        return _sqlite(address, "BEGIN", "PRAGMA query_only = ON")
    return _postgresql(address, postgresql_readonly=True)


def fetching_in_binary(engine: Engine) -> Engine:
    """The same, made to read ballots three times as fast: as they are and not in hex digits.

    Not for looking at the schema, which SQLAlchemy reads from texts.
    """
    if not is_sqlite(engine.url):
        event.listen(engine, "connect", _fetch_in_binary)
    return engine


def _fetch_in_binary(connection: Any, _record: Any) -> None:
    import psycopg

    class BinaryCursor(psycopg.Cursor[Any]):
        def __init__(self, *args: Any, **more: Any) -> None:
            super().__init__(*args, **more)
            self.format = psycopg.pq.Format.BINARY

    connection.cursor_factory = BinaryCursor


def _sqlite(address: URL, begin: str, *pragmas: str) -> Engine:
    assert address.database
    Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    # The driver's own transactions begin too late (only before a write), so they are turned off
    # and BEGIN is said here. Threads keep to themselves; only closing comes from another one.
    engine = _engine(address, {"isolation_level": None, "check_same_thread": False})
    event.listen(engine, "connect", _pragmas(*pragmas))

    def say_begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    event.listen(engine, "begin", say_begin)
    return engine


def _pragmas(*more: str) -> Callable[[sqlite3.Connection, Any], None]:
    def set_pragmas(connection: sqlite3.Connection, _record: Any) -> None:
        connection.execute(f"PRAGMA busy_timeout = {PATIENCE}")
        _write_ahead(connection)
        for pragma in (
            # WAL's default would lose the last commits with the power: an ack means saved.
            "PRAGMA synchronous = FULL",
            # Deleted and overwritten ballots leave zeros, not ciphertext.
            "PRAGMA secure_delete = ON",
            "PRAGMA foreign_keys = ON",
            *more,
        ):
            connection.execute(pragma)

    return set_pragmas


def fold_journal(file: str, patience: int = PATIENCE) -> None:
    """Everything in the write-ahead log goes into the database, and the log is emptied.

    Raises StoreError where somebody still reads what is in it after so many milliseconds.
    """
    with closing(sqlite3.connect(file, timeout=patience / 1_000)) as connection:
        busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise StoreError("SQLITE_BUSY", " at the end of its journal")


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Readers and the writer then never wait for each other."""
    for _ in range(_STARTING_AT_ONCE):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError:
            # A new database is being changed over by another program, and for this one pragma
            # SQLite does not wait. It does for a transaction.
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
    connection.execute("PRAGMA journal_mode = WAL")


def _postgresql(address: URL, more: str = "", **options: Any) -> Engine:
    # In a session of any other zone the driver would make local times of our instants.
    return _engine(
        address,
        {"options": f"{address.query.get('options', '')} -c timezone=UTC {more}".strip()},
        # Saves a question at every connecting; we keep none.
        use_native_hstore=False,
        isolation_level="READ COMMITTED",
        execution_options=options,
    )


def _engine(address: URL, connect_args: dict[str, Any], **more: Any) -> Engine:
    return create_engine(
        address,
        # Each thread keeps its connection, so there is nothing to pool.
        poolclass=NullPool,
        # Values never reach a message or a log.
        hide_parameters=True,
        json_serializer=_compact,
        connect_args=connect_args,
        **more,
    )
