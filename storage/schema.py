"""The schema's versions. Alembic is imported only where they are compared or changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection, bindparam, func, select

from storage.engine import is_sqlite, located, reading_engine, writing_engine

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS: Final = Path(__file__).parent / "migrations"
#: Who holds this lock migrates; the number is arbitrary and only has to stay the same.
LOCK: Final = 7_485_780_267

_TAKE_LOCK = select(func.pg_advisory_xact_lock(bindparam("lock")))


def migrate(url: str) -> None:
    """Brings the schema up to date in one transaction; safe where several programs start at once.

    Raises Unusable for an address we do not speak to, sqlalchemy.exc.OperationalError where
    nobody answers there.
    """
    from alembic import command

    address = located(url)
    engine = writing_engine(address)
    try:
        # On SQLite the transaction itself is the lock: it begins IMMEDIATE.
        with engine.begin() as connection:
            if not is_sqlite(address):
                connection.execute(_TAKE_LOCK, {"lock": LOCK})
            command.upgrade(_config(connection), "head")
    finally:
        engine.dispose()


def is_current(url: str) -> bool:
    """Whether the schema is that of this program, neither older nor newer."""
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    address = located(url)
    if is_sqlite(address) and not Path(str(address.database)).exists():
        return False
    engine = reading_engine(address)
    try:
        with engine.connect() as connection:
            heads = MigrationContext.configure(connection).get_current_heads()
            return set(heads) == set(ScriptDirectory.from_config(_config(connection)).get_heads())
    finally:
        engine.dispose()


def _config(connection: Connection) -> Config:
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    # Alembic reads a per cent sign as the beginning of a placeholder.
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config
