"""The schema's versions. Alembic is imported only where they are changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, TypeVar

from sqlalchemy import Connection, Engine, bindparam, column, func, inspect, select, table
from sqlalchemy.exc import StatementError

from storage.engine import (
    PATIENCE_WITH_MIGRATIONS,
    is_sqlite,
    located,
    reading_engine,
    writing_engine,
)
from storage.errors import Unusable, told

if TYPE_CHECKING:
    from alembic.config import Config

T = TypeVar("T")
State = Literal["current", "older", "newer", "none"]

MIGRATIONS: Final = Path(__file__).parent / "migrations"
#: Who holds this lock migrates; the number is arbitrary and only has to stay the same.
LOCK: Final = 7_485_780_267

#: Alembic's own.
_VERSIONS: Final = table("alembic_version", column("version_num"))
_THERE = select(_VERSIONS.c.version_num)
_TAKE_LOCK = select(func.pg_advisory_xact_lock(bindparam("lock")))


def migrate(url: str) -> None:
    """Brings the schema up to date in one transaction; safe where several programs start at once.

    Raises Unusable for an address we do not speak to and for a newer program's database,
    StoreError where the database refuses.
    """
    within(writing_engine(located(url), patience=PATIENCE_WITH_MIGRATIONS), _upgrade)


def migrate_if_needed(url: str) -> bool:
    """The same where there is something to do; says whether there was. Loads less where not."""
    if is_current(url):
        return False
    migrate(url)
    return True


def is_current(url: str) -> bool:
    """Whether the schema is that of this program, neither older nor newer."""
    address = located(url)
    if is_sqlite(address) and not Path(str(address.database)).exists():
        return False
    return within(reading_engine(address), _is_at_head)


def state(url: str) -> State:
    """How the schema stands to this program's."""
    address = located(url)
    if is_sqlite(address) and not Path(str(address.database)).exists():
        return "none"
    return within(reading_engine(address), _state)


def known_versions() -> set[str]:
    """A migration's file begins with its number; each follows the one before it."""
    return {path.name.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py")}


def within(engine: Engine, fn: Callable[[Connection], T]) -> T:
    """What `fn` returns, done in one transaction on an engine that nobody else uses."""
    try:
        with engine.begin() as connection:
            return fn(connection)
    except StatementError as error:
        refused = told(error)
    finally:
        engine.dispose()
    raise refused


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.util import CommandError

    # On SQLite the transaction itself is the lock: it begins IMMEDIATE.
    if not is_sqlite(connection.engine.url):
        connection.execute(_TAKE_LOCK, {"lock": LOCK})
    try:
        command.upgrade(_config(connection), "head")
    except CommandError:
        # Its version is not among ours.
        raise Unusable("A newer ITPulse has been at this database; start that one") from None


def _is_at_head(connection: Connection) -> bool:
    # Asked without Alembic: every start asks, and importing Alembic would be a fifth of it.
    if not inspect(connection).has_table(_VERSIONS.name):
        return False
    return connection.execute(_THERE).scalars().all() == [_head()]


def _head() -> str:
    return max(known_versions())


def _state(connection: Connection) -> State:
    if not inspect(connection).has_table(_VERSIONS.name):
        return "none"
    there = connection.execute(_THERE).scalars().all()
    if there == [_head()]:
        return "current"
    return "older" if known_versions().issuperset(there) else "newer"


def _config(connection: Connection) -> Config:
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    # Alembic reads a per cent sign as the beginning of a placeholder.
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config
