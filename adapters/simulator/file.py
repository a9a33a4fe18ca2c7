"""The one SQLite file in which the played platform keeps what a real one keeps on its servers."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import Any

SCHEMA = """
CREATE TABLE IF NOT EXISTS account (
    user     TEXT PRIMARY KEY,     -- u1, u2, … in order of coming
    email    TEXT NOT NULL UNIQUE, -- in lower case
    name     TEXT NOT NULL,
    zone     TEXT NOT NULL,
    language TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS message (
    id       INTEGER PRIMARY KEY,
    user     TEXT NOT NULL,        -- whose chat with the bot it stands in
    at       TEXT NOT NULL,        -- ISO 8601, UTC
    author   TEXT NOT NULL,        -- bot or me
    body     TEXT NOT NULL,        -- JSON: summary and parts
    key      TEXT NOT NULL,        -- what the sender calls it; empty where it was an answer
    changed  INTEGER NOT NULL,     -- 1 where it was drawn anew
    revision INTEGER NOT NULL      -- counts every message written or drawn anew, in all chats
);
CREATE UNIQUE INDEX IF NOT EXISTS message_by_revision ON message (revision);
CREATE INDEX IF NOT EXISTS message_by_chat ON message (user, revision);
CREATE INDEX IF NOT EXISTS message_by_key ON message (user, key) WHERE key <> '';
CREATE TABLE IF NOT EXISTS clock (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    now TEXT NOT NULL              -- ISO 8601, UTC
);
"""

Row = tuple[Any, ...]


class File:
    """Statements one after the other, from any thread; each is its own transaction."""

    def __init__(self, path: Path) -> None:
        self._lock = Lock()
        self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._connection.execute("PRAGMA journal_mode = WAL")
        # It plays somebody else's servers, so losing its last second in a power cut is no loss.
        self._connection.execute("PRAGMA synchronous = OFF")
        self._connection.executescript(SCHEMA)

    def rows(self, sql: str, *values: object) -> list[Row]:
        """Runs one statement and returns what it yields."""
        with self._lock:
            return self._connection.execute(sql, values).fetchall()

    def row(self, sql: str, *values: object) -> Row | None:
        return next(iter(self.rows(sql, *values)), None)

    def many(self, sql: str, rows: Sequence[Row]) -> None:
        """The same statement for every row, all of them or none."""
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                self._connection.executemany(sql, rows)
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def close(self) -> None:
        with self._lock:
            self._connection.close()
