"""Keys in one table of a PostgreSQL of their own: another server, without archive or replica."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any, Final, TypeVar

from sqlalchemy import (
    URL,
    Column,
    Connection,
    DateTime,
    LargeBinary,
    MetaData,
    Table,
    bindparam,
    delete,
    func,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import StatementError

from bot.domain.ballot import Keys
from storage.columns import PLAIN_TEXT
from storage.engine import located, writing_engine
from storage.errors import Unusable, told
from storage.keyring.contents import ZEROS, checked, packed, unpacked

T = TypeVar("T")

TABLE: Final = "itpulse_key"
#: Tables of the product itself, which no key may lie beside: one backup would hold both.
_OURS: Final = ("ballot", "release_block")
#: Who holds this lock makes the table; the number is arbitrary and only has to stay the same.
_LOCK: Final = 7_485_780_268
#: A put has reached the disk before it returns, whatever the server's default is, and a server
#: that does not answer is given up on before whoever pressed a button does.
_SESSION: Final = (
    "-c synchronous_commit=on -c lock_timeout=10s -c statement_timeout=30s "
    "-c client_min_messages=error"
)
_PATIENCE: Final = "5"

key = Table(
    TABLE,
    MetaData(),
    Column("name", PLAIN_TEXT, primary_key=True),
    Column("keys", LargeBinary, nullable=False),
    Column("put_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
)

_PUT = insert(key).on_conflict_do_nothing().returning(key.c.name)
_GET = select(key.c["keys"]).where(key.c.name == bindparam("this"))
_OVERWRITE = update(key).where(key.c.name == bindparam("this")).values(keys=ZEROS)
_DROP = delete(key).where(key.c.name == bindparam("this"))
_NAMES = select(key.c.name).order_by(key.c.name)
_OLD = _NAMES.where(
    key.c.put_at < func.now() - func.make_interval(0, 0, 0, 0, 0, 0, bindparam("seconds"))
)
_TAKE_LOCK = select(func.pg_advisory_xact_lock(bindparam("lock")))
_IS_THERE = select(func.to_regclass(TABLE))
_OURS_THERE = text(
    "SELECT count(DISTINCT relname) FROM pg_catalog.pg_class "
    "WHERE relname = ANY(:ours) AND relkind IN ('r', 'p')"
)


class PostgresKeyRing:
    """One row for each name. Connections are made when needed: keys are remembered for a minute.

    Where the ring cannot be reached or refuses, Unusable is raised, without a word of what lies
    in it. A row of zeros is what a destroying that was cut off leaves, and means no keys.
    """

    def __init__(self, url: str) -> None:
        """Raises Unusable for an address we do not speak to; nothing is connected yet."""
        self._engine = writing_engine(_patiently(located(url)))
        self._made = False
        self._making = threading.Lock()

    def put(self, name: str, keys: Keys) -> Keys:
        """The keys now in the table: somebody else's where the name was taken."""
        row = {"name": checked(name), "keys": packed(keys)}
        while not self._do(lambda c: c.execute(_PUT, row).scalar()):
            if stored := self.get(name):
                return stored
            self.destroy(name)
        return keys

    def get(self, name: str) -> Keys | None:
        """Raises Damaged where the row is there but not whole."""
        this = {"this": checked(name)}
        content = self._do(lambda c: c.execute(_GET, this).scalar())
        return None if content is None else unpacked(name, content)

    def destroy(self, name: str) -> None:
        """Zeros, then the whole table anew without what the zeros replaced, then the row.

        PostgreSQL writes a changed row beside the old one, which VACUUM alone would leave in the
        file. Cut off in between, the name is still there for whoever clears up.
        """
        this = {"this": checked(name)}
        if self._do(lambda c: c.execute(_OVERWRITE, this).rowcount):
            self._write_anew()
            self._do(lambda c: c.execute(_DROP, this))

    def names(self) -> Iterator[str]:
        """In order, as they were at the first look."""
        return iter(self._do(lambda c: c.execute(_NAMES).scalars().all()))

    def older_than(self, seconds: float) -> Iterator[str]:
        """Names put more than so many seconds ago, by the database's clock."""
        limit = {"seconds": seconds}
        return iter(self._do(lambda c: c.execute(_OLD, limit).scalars().all()))

    def look(self, fn: Callable[[Connection], T]) -> T:
        """For `doctor`: a question about the server."""
        return self._do(fn)

    def _write_anew(self) -> None:
        def vacuum() -> None:
            with self._engine.connect() as connection:
                alone = connection.execution_options(isolation_level="AUTOCOMMIT")
                alone.exec_driver_sql(f"VACUUM (FULL) {TABLE}")

        _telling(vacuum)

    def _do(self, fn: Callable[[Connection], T]) -> T:
        def begin() -> T:
            self._make_table()
            with self._engine.begin() as connection:
                return fn(connection)

        return _telling(begin)

    def _make_table(self) -> None:
        with self._making:
            if not self._made:
                with self._engine.begin() as connection:
                    _make(connection)
                self._made = True


def _make(connection: Connection) -> None:
    if connection.execute(_OURS_THERE, {"ours": list(_OURS)}).scalar() == len(_OURS):
        raise Unusable(
            "ITPULSE_KEYRING names the database that ITPulse itself uses; the keys of ballots may "
            "not lie beside the ballots. Name a database on another server"
        )
    # Only where it is missing: a role that may not make tables can use one that is there.
    if connection.execute(_IS_THERE).scalar() is None:
        connection.execute(_TAKE_LOCK, {"lock": _LOCK})
        key.create(connection, checkfirst=True)


def _patiently(address: URL) -> URL:
    options = f"{address.query.get('options', '')} {_SESSION}".strip()
    query: dict[str, Any] = {"connect_timeout": _PATIENCE, **address.query, "options": options}
    return address.set(query=query)


def _telling(fn: Callable[[], T]) -> T:
    """What `fn` returns; a database's error is told again without its details."""
    try:
        return fn()
    except StatementError as error:
        refused = told(error)
    raise Unusable(f"The key ring cannot be used: {refused}")
