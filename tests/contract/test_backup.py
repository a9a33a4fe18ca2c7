"""A copy of the database and the way back, the same on both databases."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from bot.errors import Fault
from bot.hold import held_since, hold, release
from bot.ports import Transaction
from storage import SqlStore, migrate, open_store
from storage.backup import back_up, restore
from storage.backup_postgresql import NoProgram, ProgramRefused, connecting
from tests import postgres
from tests.contract.samples import (
    BLOCKS,
    CONNECTIONS,
    GROUPS,
    NOW,
    RELEASED,
    TEXTS,
    THEMES,
    WEEKLY,
    with_ballots,
)
from tests.contract.samples import people as sample_people

pytestmark = pytest.mark.contract


@pytest.fixture(autouse=True)
def programs(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """pg_dump and its like, of the same version as the server."""
    wanted = "postgresql" in request.node.name or "postgresql_url" in request.fixturenames
    if wanted and (path := postgres.programs()):
        monkeypatch.setenv("PATH", path, prepend=":")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "copies of ours" / "it's.backup"


@pytest.fixture
def backed_up(database_url: str, file: Path) -> Callable[[], Path]:
    def make() -> Path:
        file.parent.mkdir()
        back_up(database_url, file)
        return file

    return make


def fill(tx: Transaction) -> None:
    tx.people.put(sample_people(3))
    tx.pulses.put(WEEKLY)
    with_ballots(tx, 5)
    tx.releases.publish(RELEASED, BLOCKS, GROUPS, TEXTS, THEMES, CONNECTIONS)


def everything(tx: Transaction) -> tuple[object, ...]:
    round = tx.rounds.in_state("open")[0]
    return (
        tx.people.all(),
        tx.pulses.all(),
        round,
        tx.ballots.after(round.id, b"", 100),
        tx.releases.rounds("it-weekly"),
        tx.releases.blocks([RELEASED.round]),
        tx.releases.texts([RELEASED.round]),
        tx.releases.themes([RELEASED.round]),
        tx.releases.connections(RELEASED.round),
    )


async def test_what_was_backed_up_comes_back_and_is_held(
    store: SqlStore, database_url: str, backed_up: Callable[[], Path]
) -> None:
    await store.run(fill)
    before = await store.read(everything)
    file = backed_up()
    assert file.stat().st_mode & 0o777 == 0o600
    await store.run(lambda tx: tx.people.remove(before[0][0].id))  # type: ignore[index]
    await store.run(lambda tx: tx.people.put(sample_people(9)))
    await store.close()
    restore(database_url, file, NOW, replace=True)
    migrate(database_url)
    again = open_store(database_url)
    assert await again.read(everything) == before
    assert await again.read(held_since) == NOW.isoformat()
    # Ids go on where they were.
    await again.run(lambda tx: tx.people.put(sample_people(4)))
    assert len({p.id for p in await again.read(lambda tx: tx.people.all())}) == 4
    assert await again.run(lambda tx: release(tx, "terminal", NOW))
    assert await again.read(held_since) is None
    assert not await again.run(lambda tx: release(tx, "terminal", NOW))
    await again.close()


async def test_a_backup_is_taken_of_a_database_in_use_and_restored_into_an_empty_one(
    store: SqlStore,
    database_url: str,
    backed_up: Callable[[], Path],
    fresh_postgresql: Callable[[], str],
    tmp_path: Path,
) -> None:
    await store.run(fill)
    await store.run(lambda tx: hold(tx, NOW))
    file = backed_up()
    sqlite = database_url.startswith("sqlite")
    elsewhere = f"sqlite:///{tmp_path}/new/it.sqlite" if sqlite else fresh_postgresql()
    restore(elsewhere, file, NOW, replace=False)
    other = open_store(elsewhere)
    assert await other.read(everything) == await store.read(everything)
    await other.close()


async def test_people_who_are_there_are_not_overwritten_by_mistake(
    store: SqlStore, database_url: str, backed_up: Callable[[], Path]
) -> None:
    await store.run(fill)
    file = backed_up()
    with pytest.raises(Fault, match="--replace overwrites"):
        restore(database_url, file, NOW, replace=False)
    with pytest.raises(Fault, match="is there already"):
        back_up(database_url, file)
    assert await store.read(held_since) is None


async def test_what_is_no_backup_is_not_restored(
    store: SqlStore, database_url: str, tmp_path: Path
) -> None:
    await store.run(fill)
    junk = tmp_path / "junk"
    for content in (b"", b"SQLite format 3\0", b"hello" * 1_000):
        junk.write_bytes(content)
        with pytest.raises(Fault, match=r"no (whole )?backup"):
            restore(database_url, junk, NOW, replace=True)
    assert await store.read(held_since) is None
    assert len(await store.read(lambda tx: tx.people.all())) == 3


async def test_half_a_backup_changes_nothing(
    store: SqlStore, database_url: str, backed_up: Callable[[], Path]
) -> None:
    await store.run(fill)
    file = backed_up()
    file.write_bytes(file.read_bytes()[:-2_000])
    await store.close()
    with pytest.raises((Fault, ProgramRefused)):
        restore(database_url, file, NOW, replace=True)
    again = open_store(database_url)
    assert await again.read(held_since) is None
    assert len(await again.read(lambda tx: tx.people.all())) == 3
    await again.close()


# Only on one of them.


def test_a_backup_of_a_newer_program_is_left_to_it(tmp_path: Path) -> None:
    url, file = f"sqlite:///{tmp_path}/it.sqlite", tmp_path / "copy"
    migrate(url)
    back_up(url, file)
    with sqlite3.connect(file) as copy:
        copy.execute("UPDATE alembic_version SET version_num = '9999'")
    copy.close()
    with pytest.raises(Fault, match="newer ITPulse"):
        restore(url, file, NOW, replace=True)


def test_nothing_is_nothing_to_back_up(tmp_path: Path) -> None:
    with pytest.raises(Fault, match="no database at"):
        back_up(f"sqlite:///{tmp_path}/it.sqlite", tmp_path / "copy")
    assert list(tmp_path.iterdir()) == []


def test_deleted_rows_are_not_in_a_copy(tmp_path: Path) -> None:
    file = tmp_path / "it.sqlite"
    migrate(f"sqlite:///{file}")
    with sqlite3.connect(file) as database:
        database.execute("PRAGMA secure_delete = OFF")
        database.execute("INSERT INTO note VALUES ('x', ?)", ("Canary" * 500,))
        database.commit()
        database.execute("DELETE FROM note")
        database.commit()
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    assert b"Canary" in file.read_bytes()
    back_up(f"sqlite:///{file}", tmp_path / "copy")
    assert b"Canary" not in (tmp_path / "copy").read_bytes()


def test_without_pg_dump_the_exact_command_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    url = "postgresql+psycopg://ann:SECRET@db.example.com:5433/itpulse"
    with pytest.raises(NoProgram) as raised:
        back_up(url, tmp_path / "a b.backup")
    said = str(raised.value)
    assert "pg_dump --format=custom --no-owner --no-privileges --table=address" in said
    assert "--dbname=postgresql://ann@db.example.com:5433/itpulse" in said
    assert "SECRET" not in said
    (tmp_path / "copy").write_bytes(b"PGDMP")
    with pytest.raises(NoProgram, match=r"psql .*itpulse restore --hold") as raised:
        restore(url, tmp_path / "copy", NOW, replace=True)
    assert "SECRET" not in str(raised.value)
    assert not (tmp_path / "a b.backup").exists()


@pytest.mark.parametrize("place", ["ann:S:E%5CT@h", "ann@h"])
def test_a_password_is_never_on_a_command_line(place: str) -> None:
    query = "" if ":" in place else "?password=S:E%5CT"
    address = make_url(f"postgresql+psycopg://{place}:5433/itpulse{query}")
    with connecting(address) as conninfo:
        told = psycopg.conninfo.conninfo_to_dict(conninfo)
        secret = Path(str(told.pop("passfile")))
        assert told == {"user": "ann", "host": "h", "port": "5433", "dbname": "itpulse"}
        assert secret.read_text() == "*:*:*:*:S\\:E\\\\T\n"
        assert secret.stat().st_mode & 0o777 == 0o600
    assert not secret.exists()


def test_a_database_in_use_is_not_waited_for_without_end(
    postgresql_url: str, tmp_path: Path
) -> None:
    migrate(postgresql_url)
    back_up(postgresql_url, tmp_path / "copy")
    conninfo = make_url(postgresql_url).set(drivername="postgresql").render_as_string(False)
    with psycopg.connect(conninfo) as connection:
        connection.execute("SELECT count(*) FROM person")
        with pytest.raises(ProgramRefused, match="stop serve and work first"):
            restore(postgresql_url, tmp_path / "copy", NOW, replace=True)
