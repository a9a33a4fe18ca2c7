"""A consistent copy of the database, and the way back.

The keys of open rounds lie in the key ring and are never in a copy: a round restored without its
key is lost. What is restored waits for somebody to release it (bot/hold.py).
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from bot.errors import Fault
from storage import backup_postgresql, backup_sqlite
from storage.engine import is_sqlite, located


def back_up(url: str, file: Path) -> None:
    """Writes a copy into a new file that only its owner may read.

    Raises Unusable, StoreError, Fault where the file is there already, and Refusal where
    PostgreSQL's own programs are missing or refuse.
    """
    address = located(url)
    if file.exists():
        raise Fault([f"{file} is there already; name a new file, so that no backup is lost."])
    if is_sqlite(address):
        backup_sqlite.back_up(address, file)
    else:
        backup_postgresql.back_up(address, file)


def restore(url: str, file: Path, now: datetime, replace: bool) -> None:
    """Brings back a copy, held until it is released.

    Raises what `back_up` raises, and Fault where the file is no such copy or where people are in
    the database already and it is not to be replaced.
    """
    address = located(url)
    if is_sqlite(address):
        backup_sqlite.restore(address, file, now, replace)
    else:
        backup_postgresql.restore(address, file, now, replace)
