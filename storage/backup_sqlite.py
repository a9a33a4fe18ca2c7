"""Copies of an SQLite database, consistent while it is in use."""

from __future__ import annotations

import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import URL

from bot.errors import Fault
from bot.hold import NOTE
from storage.engine import PATIENCE
from storage.errors import StoreError
from storage.schema import known_versions

#: A copy is one of ours if it has these.
_OURS: Final = ("alembic_version", "note", "person")
_SET_NOTE: Final = (
    "INSERT INTO note (name, text) VALUES (?, ?) "
    "ON CONFLICT (name) DO UPDATE SET text = excluded.text"
)


def back_up(address: URL, file: Path) -> None:
    source = _file_of(address)
    if not source.exists():
        raise Fault([f"There is no database at {source} yet, so there is nothing to back up."])
    # VACUUM INTO fills an empty file, and so it is never readable for others.
    os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        with _opened(source) as connection:
            # A copy of the rows alone, without what deleted ones have left in the pages.
            connection.execute("VACUUM INTO ?", (str(file),))
        _sync(file)
    except BaseException:
        file.unlink()
        raise


def restore(address: URL, file: Path, now: datetime, replace: bool) -> None:
    target = _file_of(address)
    check(file)
    if not replace and target.exists():
        _refuse_over_people(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    with _beside(target) as copy:
        copy.write_bytes(file.read_bytes())
        # Held before it is anybody's database.
        with _opened(copy) as connection:
            connection.execute(_SET_NOTE, (NOTE, now.isoformat()))
        target.touch(0o600)
        with _opened(copy) as restored, _opened(target) as there:
            # In one transaction: whoever has the database open sees the old one or this one.
            restored.backup(there)
            there.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    os.chmod(target, 0o600)
    _sync(target)


def check(file: Path) -> None:
    """Raises Fault where the file is no whole copy that this program can go on with."""
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as copy:
            whole = _is_whole(copy, file)
            named = {row[0] for row in copy.execute("SELECT name FROM sqlite_schema")}
            versions = _versions(copy) if named.issuperset(_OURS) else []
    except sqlite3.DatabaseError:
        whole, versions = False, []
    if not (whole and versions):
        raise Fault([f"{file} is no whole backup of ITPulse; nothing was changed."])
    if not known_versions().issuperset(versions):
        raise Fault([f"{file} comes from a newer ITPulse; restore it with that one."])


def _is_whole(copy: sqlite3.Connection, file: Path) -> bool:
    """SQLite takes what is missing of the last page for zeros, so the size is looked at, too."""
    pages, bytes_each = (
        copy.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size")
    )
    checked: str = copy.execute("PRAGMA quick_check").fetchone()[0]
    size: int = pages * bytes_each
    return checked == "ok" and file.stat().st_size == size


def _versions(copy: sqlite3.Connection) -> list[str]:
    return [row[0] for row in copy.execute("SELECT version_num FROM alembic_version")]


def _refuse_over_people(target: Path) -> None:
    with _opened(target) as connection:
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema")}
        query = "SELECT EXISTS (SELECT 1 FROM person)"
        inhabited = "person" in tables and connection.execute(query).fetchone()[0]
    if inhabited:
        raise Fault(
            [
                f"{target} holds people already. Back it up first; then --replace overwrites it "
                "with the backup."
            ]
        )


def _file_of(address: URL) -> Path:
    assert address.database
    return Path(address.database)


@contextmanager
def _opened(file: Path) -> Iterator[sqlite3.Connection]:
    """Statements that are saved one by one; errors are told by their name alone."""
    try:
        with closing(sqlite3.connect(file, PATIENCE / 1_000, isolation_level=None)) as connection:
            connection.execute("PRAGMA secure_delete = ON")
            yield connection
    except sqlite3.Error as error:
        refused = StoreError(getattr(error, "sqlite_errorname", type(error).__name__), "")
    else:
        return
    raise refused


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """A name on the same disk, of which nothing is left."""
    copy = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    os.close(os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        yield copy
    finally:
        for path in (copy, *(copy.with_name(copy.name + end) for end in ("-journal", "-wal"))):
            path.unlink(missing_ok=True)


def _sync(file: Path) -> None:
    """Both the file and its name reach the disk."""
    for path, mode in ((file, os.O_RDWR), (file.parent, os.O_RDONLY)):
        opened = os.open(path, mode)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
