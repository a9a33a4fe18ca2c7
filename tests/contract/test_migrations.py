"""What every database looks like after a migration."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, insert, text

from bot.domain.within import withins
from storage import StoreError, Unusable, is_current, migrate
from storage.engine import is_sqlite, located, writing_engine
from storage.schema import MIGRATIONS
from storage.sections.release_rows import block_rows
from storage.tables import metadata, release_block, release_round
from tests.contract.samples import BLOCKS, RELEASED

pytestmark = pytest.mark.contract

TOP = Path(__file__).parents[2]


@pytest.fixture
def connection(database_url: str) -> Iterator[Connection]:
    engine = writing_engine(located(database_url))
    with engine.connect() as opened:
        yield opened
    engine.dispose()


def test_from_empty_the_tables_are_those_of_the_program(
    database_url: str, connection: Connection
) -> None:
    migrate(database_url)
    assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_migrating_again_changes_nothing(database_url: str, connection: Connection) -> None:
    migrate(database_url)
    before = shape(connection)
    migrate(database_url)
    assert shape(connection) == before


def test_the_migrations_make_what_the_tables_page_says(
    database_url: str, connection: Connection
) -> None:
    """What Alembic does not compare: collations, row ids, partial indexes, deletion rules."""
    migrate(database_url)
    migrated = shape(connection)
    with connection.begin():
        metadata.drop_all(connection)
        metadata.create_all(connection)
    assert shape(connection) == migrated


def test_a_database_is_current_once_it_is_migrated(
    database_url: str, connection: Connection
) -> None:
    assert not is_current(database_url)
    migrate(database_url)
    assert is_current(database_url)
    with connection.begin():
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert not is_current(database_url)
    with pytest.raises(Unusable, match="newer ITPulse"):
        migrate(database_url)


def test_what_was_published_before_is_added_up_on_the_way(
    database_url: str, connection: Connection
) -> None:
    with connection.begin():
        up_to("0008", connection)
        connection.execute(insert(release_round), [asdict(RELEASED)])
        connection.execute(insert(release_block), block_rows(BLOCKS))
    migrate(database_url)
    told = [(w.round, w.question, w.kind, w.squares, w.freedom) for w in withins(BLOCKS)]
    with connection.begin():
        found = _rows(connection, WITHIN)
    assert [row[:3] for row in found] == [one[:3] for one in told] != []
    assert [row[3:] for row in found] == [pytest.approx(one[3:]) for one in told]


def up_to(version: str, connection: Connection) -> None:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS))
    command.upgrade(config, version)


WITHIN = "SELECT round, question, kind, squares, freedom FROM release_within"


def test_looking_makes_no_database(tmp_path: Path) -> None:
    path = tmp_path / "itpulse.sqlite"
    assert not is_current(f"sqlite:///{path}")
    assert not path.exists()


def test_a_database_lies_in_a_folder_made_for_it(tmp_path: Path) -> None:
    path = tmp_path / "100% new" / "it" / "itpulse.sqlite"
    migrate(f"sqlite:///{path}")
    assert is_current(f"sqlite:///{path}")


def test_programs_that_start_at_once_migrate_once(
    database_url: str, connection: Connection
) -> None:
    command = "import sys; from storage import migrate; migrate(sys.argv[1])"
    programs = [
        subprocess.Popen([sys.executable, "-W", "error", "-c", command, database_url], cwd=TOP)
        for _ in range(4)
    ]
    assert [program.wait(120) for program in programs] == [0, 0, 0, 0]
    assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_importing_the_storage_imports_no_alembic() -> None:
    command = "import sys, storage; sys.exit('alembic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", command], cwd=TOP, check=False).returncode == 0


def test_a_database_nobody_answers_at_is_said_without_its_password() -> None:
    for ask in (migrate, is_current):
        with pytest.raises(StoreError, match="refused") as raised:
            ask("postgresql+psycopg://bo:secret@127.0.0.1:1/x?connect_timeout=5")
        assert "secret" not in str(raised.value)


def test_only_our_databases_are_migrated() -> None:
    for ask in (migrate, is_current):
        with pytest.raises(Unusable):
            ask("mysql://localhost/x")


def shape(connection: Connection) -> Any:
    """Everything the database itself says about our tables."""
    with connection.begin():
        if is_sqlite(connection.engine.url):
            return _sqlite_shape(connection)
        return [_rows(connection, question) for question in _POSTGRESQL]


def _rows(connection: Connection, question: str) -> list[tuple[Any, ...]]:
    return sorted(tuple(row) for row in connection.execute(text(question)))


def _sqlite_shape(connection: Connection) -> list[Any]:
    # `wr` says that a table has no row ids.
    tables = _rows(connection, "SELECT name, wr FROM pragma_table_list WHERE schema = 'main'")
    ours = [table for table in tables if not table[0].startswith(("alembic", "sqlite"))]
    return [(table, *(_rows(connection, q % table[0]) for q in _SQLITE)) for table in ours]


#: Without defaults: a column that was added later needs one, and a new table does not.
_SQLITE = (
    """SELECT name, type, "notnull", pk FROM pragma_table_info('%s')""",
    """SELECT name, "unique", origin, partial FROM pragma_index_list('%s')""",
    """SELECT "table", "from", "to", on_delete FROM pragma_foreign_key_list('%s')""",
    "SELECT sql FROM sqlite_master WHERE type = 'index' AND sql NOT NULL AND tbl_name = '%s'",
    "SELECT sql LIKE '%%AUTOINCREMENT%%' FROM sqlite_master WHERE name = '%s'",
)
_POSTGRESQL = (
    "SELECT table_name, column_name, data_type, is_nullable, coalesce(collation_name, '') "
    "FROM information_schema.columns WHERE table_schema = 'public' "
    "AND table_name <> 'alembic_version'",
    "SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = 'public' "
    "AND tablename <> 'alembic_version'",
    "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
    "WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text <> 'alembic_version'",
)
