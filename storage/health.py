"""How the database and the key ring are, for `itpulse doctor`. Nothing stays changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import URL, Connection, func, select, text

from bot.domain.ballot import Keys
from bot.health import DatabaseFacts, Due, Facts, RingFacts, ServerFacts, work_facts
from bot.ports import KeyRing
from storage.engine import is_sqlite, located, reading_engine
from storage.errors import Damaged, StoreError, Unusable
from storage.keyring import POSTGRESQL, DirectoryKeyRing, folder_of
from storage.keyring.marked import MarkedKeyRing
from storage.keyring.postgresql import PostgresKeyRing
from storage.schema import state, within
from storage.store import open_store

#: Put and destroyed again; of a day long ago, so that it is swept should this be cut off.
PROBE: Final = "doctor@1970-01-01"
_IDENTITY: Final = text("SELECT system_identifier FROM pg_control_system()")
_ASKED: Final = (
    "archive_mode",
    "max_wal_senders",
    "log_statement",
    "log_min_duration_statement",
    "log_parameter_max_length",
)
_STANDBYS: Final = text("SELECT count(*) FROM pg_stat_replication")
_SLOTS: Final = text("SELECT count(*) FROM pg_replication_slots")

Now = Callable[[], datetime]


async def examine(database_url: str, keyring_url: str, machine: Now, house: Now, due: Due) -> Facts:
    """`machine` tells this machine's time, `house` that by which rounds open (a demo's clock)."""
    database = look_at_database(database_url, machine)
    ring = look_at_keyring(keyring_url, database_url)
    if database.schema != "current":
        return Facts(database, ring)
    store = open_store(database_url, writers=1, readers=1)
    try:
        work = await store.read(lambda tx: work_facts(tx, ring.names, house(), due))
        return Facts(database, ring, work)
    finally:
        await store.close()


def look_at_database(url: str, now: Now) -> DatabaseFacts:
    try:
        address = located(url)
        where = address.render_as_string(hide_password=True)
    except Unusable as error:
        return DatabaseFacts("in ITPULSE_DATABASE_URL", str(error))
    if is_sqlite(address) and not Path(str(address.database)).exists():
        return DatabaseFacts(where)
    try:
        return DatabaseFacts(where, schema=state(url), ahead=_ahead(address, now))
    except StoreError as error:
        return DatabaseFacts(where, str(error))


def _ahead(address: URL, now: Now) -> float | None:
    """SQLite has no clock of its own."""
    if is_sqlite(address):
        return None

    def ask(connection: Connection) -> timedelta:
        before = now()
        theirs: datetime = connection.execute(select(func.clock_timestamp())).scalar_one()
        return theirs - (before + (now() - before) / 2)

    return within(reading_engine(address), ask).total_seconds()


def look_at_keyring(url: str, database_url: str) -> RingFacts:
    try:
        if url.startswith(POSTGRESQL):
            return _on_postgresql(url, database_url)
        return _in_folder(folder_of(url), database_url)
    except (Unusable, Damaged, OSError) as error:
        said = error.strerror if isinstance(error, OSError) else str(error)
        return RingFacts(_shown(url), said or type(error).__name__)


def _in_folder(folder: Path, database_url: str) -> RingFacts:
    covered = _folder_of_database(database_url)
    inside = covered is not None and folder.resolve().is_relative_to(covered)
    backed_up_with = f"the folder {covered}" if inside else ""
    if not folder.exists():
        return RingFacts(str(folder), missing=True, backed_up_with=backed_up_with)
    # Before the ring is opened, which mends the folder itself.
    loose = [str(path) for path in (folder, *folder.iterdir()) if path.stat().st_mode & 0o077]
    ring = MarkedKeyRing(DirectoryKeyRing(folder))
    names = frozenset(ring.names())
    _probe(ring)
    return RingFacts(
        str(folder),
        names=names,
        mark=ring.mark(),
        backed_up_with=backed_up_with,
        loose=tuple(sorted(loose)),
    )


def _folder_of_database(url: str) -> Path | None:
    try:
        address = located(url)
    except Unusable:
        return None
    return Path(str(address.database)).resolve().parent if is_sqlite(address) else None


def _on_postgresql(url: str, database_url: str) -> RingFacts:
    inner = PostgresKeyRing(url)
    ring = MarkedKeyRing(inner)
    names = frozenset(ring.names())
    _probe(ring)
    server, identity = inner.look(_ask_server), inner.look(_identity)
    same = identity is not None and identity == _identity_of(database_url)
    return RingFacts(
        _shown(url),
        names=names,
        mark=ring.mark(),
        backed_up_with="the database's server" if same else "",
        server=server,
    )


def _ask_server(connection: Connection) -> ServerFacts:
    settings = select(*(func.current_setting(name).label(name) for name in _ASKED))
    told = connection.execute(settings).one()
    logs = told.log_statement in ("mod", "all") or told.log_min_duration_statement != "-1"
    return ServerFacts(
        archive_mode=told.archive_mode,
        max_wal_senders=int(told.max_wal_senders),
        replicas=connection.execute(_STANDBYS).scalar_one(),
        slots=connection.execute(_SLOTS).scalar_one(),
        logs_values=logs and told.log_parameter_max_length != "0",
    )


def _identity(connection: Connection) -> int | None:
    identity: int | None = connection.execute(_IDENTITY).scalar()
    return identity


def _identity_of(database_url: str) -> int | None:
    """Of the database's server; None where it is none or cannot be asked."""
    try:
        address = located(database_url)
        return None if is_sqlite(address) else within(reading_engine(address), _identity)
    except (Unusable, StoreError):
        return None


def _probe(ring: KeyRing) -> None:
    """Raises what the ring raises where it cannot be written."""
    try:
        ring.put(PROBE, Keys.draw())
        if ring.get(PROBE) is None:
            raise Unusable("what was written into it could not be read back")
    finally:
        ring.destroy(PROBE)


def _shown(url: str) -> str:
    try:
        return located(url).render_as_string(hide_password=True)
    except Unusable:
        return "in ITPULSE_KEYRING"
