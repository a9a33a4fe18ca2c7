"""What the doctor finds in real databases and key rings."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from bot.domain.ballot import Keys
from bot.domain.rounds import Delivery
from bot.health import work_facts
from bot.hold import hold
from storage import SqlStore, migrate, open_keyring
from storage.health import examine, look_at_database, look_at_keyring
from tests.contract.samples import MINUTE, NOW, a_round, people

pytestmark = pytest.mark.contract

LATER = NOW + timedelta(days=4)


def now() -> datetime:
    return NOW


def told_to(url: str, *statements: str) -> None:
    conninfo = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(conninfo, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement.encode())


def test_the_tables_are_none_then_current(database_url: str) -> None:
    assert look_at_database(database_url, now).schema == "none"
    migrate(database_url)
    found = look_at_database(database_url, now)
    assert (found.schema, found.trouble) == ("current", "")


@pytest.mark.parametrize(("version", "state"), [("0001", "older"), ("9999", "newer")])
def test_tables_of_another_version_are_known(postgresql_url: str, version: str, state: str) -> None:
    migrate(postgresql_url)
    told_to(postgresql_url, f"UPDATE alembic_version SET version_num = '{version}'")
    assert look_at_database(postgresql_url, now).schema == state


def test_a_clock_that_is_wrong_is_seen(postgresql_url: str, tmp_path: Path) -> None:
    found = look_at_database(postgresql_url, now)
    assert found.ahead is not None
    fast = look_at_database(postgresql_url, lambda: NOW - timedelta(hours=1)).ahead
    assert fast is not None
    assert fast - found.ahead == pytest.approx(3_600, abs=60)
    assert look_at_database(f"sqlite:///{tmp_path}/none.sqlite", now).ahead is None


@pytest.mark.parametrize(
    "url", ["mysql://x:SECRET@y/z", "postgresql+psycopg://ann:SECRET@127.0.0.1:1/itpulse"]
)
def test_a_database_that_cannot_be_used_says_why_without_its_password(url: str) -> None:
    found = look_at_database(url, now)
    assert found.trouble
    assert "SECRET" not in f"{found.where} {found.trouble}"


def test_a_folder_beside_the_database_is_copied_with_it(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path}/var/itpulse.sqlite"
    for folder, covered in (("var/keys", True), ("keys", False), ("var-keys", False)):
        found = look_at_keyring(f"file://{tmp_path}/{folder}", database)
        assert found.missing
        assert not (tmp_path / folder).exists()
        assert found.backed_up_with == (f"the folder {tmp_path}/var" if covered else "")


def test_a_folder_is_tried_and_left_as_it_was(tmp_path: Path) -> None:
    url = f"file://{tmp_path}/keys"
    open_keyring(url).put("r@1", Keys.draw())
    found = look_at_keyring(url, "sqlite:////elsewhere/it.sqlite")
    assert found.names == frozenset({"r@1"})
    assert found.trouble == ""
    assert found.loose == ()
    assert os.listdir(tmp_path / "keys") == ["r@1"]
    (tmp_path / "keys").chmod(0o750)
    (tmp_path / "keys" / "r@1").chmod(0o604)
    found = look_at_keyring(url, "sqlite:////elsewhere/it.sqlite")
    assert found.loose == (str(tmp_path / "keys"), str(tmp_path / "keys" / "r@1"))


def test_what_is_no_folder_is_trouble(tmp_path: Path) -> None:
    (tmp_path / "keys").write_text("")
    assert look_at_keyring(f"file://{tmp_path}/keys", "").trouble == "Not a directory"
    assert "three slashes" in look_at_keyring("keys", "").trouble


def test_a_server_that_keeps_what_is_destroyed_is_seen(
    fresh_postgresql: Callable[[], str],
) -> None:
    url, database = fresh_postgresql(), fresh_postgresql()
    found = look_at_keyring(url, database)
    assert (found.trouble, found.names) == ("", frozenset())
    assert found.backed_up_with == "the database's server"
    assert found.server
    assert found.server.archive_mode in ("off", "on", "always")
    assert found.server.replicas == found.server.slots == 0
    assert not found.server.logs_values
    told_to(
        url,
        "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET log_statement = ''all''', "
        "current_database()); END $$",
    )
    found = look_at_keyring(url, "sqlite:////elsewhere/it.sqlite")
    assert found.backed_up_with == ""
    assert found.server
    assert found.server.logs_values
    told_to(
        url,
        "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I RESET ALL', current_database()); END $$",
    )


def test_keys_beside_the_ballots_are_trouble(postgresql_url: str) -> None:
    migrate(postgresql_url)
    assert "not lie beside the ballots" in look_at_keyring(postgresql_url, postgresql_url).trouble


async def test_what_is_left_undone_is_found_in_the_tables(store: SqlStore) -> None:
    round, kept = a_round(), a_round("other")
    await store.run(lambda tx: (tx.rounds.add(round), tx.rounds.add(kept)))
    both = {round.id, kept.id}
    well = await store.read(lambda tx: work_facts(tx, both, NOW + 10 * MINUTE))
    assert well == type(well)(NOW + 10 * MINUTE, False, None, (), (), (), None, 0)

    await store.run(lambda tx: tx.people.put(people(2)))
    who = [p.id for p in await store.read(lambda tx: tx.people.all())]
    await store.run(lambda tx: tx.deliveries.add([Delivery(round.id, w, NOW) for w in who]))
    await store.run(lambda tx: tx.deliveries.claim(NOW, "dead", 1))
    await store.run(lambda tx: tx.notes.put("demo", "yes"))
    await store.run(lambda tx: hold(tx, NOW))
    found = await store.read(lambda tx: work_facts(tx, {kept.id}, LATER))
    assert found.is_demo
    assert found.held_since == NOW.isoformat()
    assert found.without_keys == (round.id,)
    assert sorted(found.overdue) == sorted(both)
    assert (found.waiting_since, found.left_claimed) == (NOW, 1)
    await store.run(lambda tx: tx.rounds.set_state(kept.id, "released"))
    found = await store.read(lambda tx: work_facts(tx, {kept.id}, LATER))
    assert found.undestroyed == (kept.id,)
    unknown = await store.read(lambda tx: work_facts(tx, None, LATER))
    assert unknown.without_keys == unknown.undestroyed == ()


async def test_an_installation_is_looked_at_as_a_whole(
    store: SqlStore, database_url: str, tmp_path: Path
) -> None:
    keys = f"file://{tmp_path}/keys"
    found = await examine(database_url, keys, now, lambda: LATER, lambda _tx, at: [f"r@{at:%d}"])
    assert found.database.schema == "current"
    assert found.ring.missing
    assert found.work
    assert found.work.now == LATER
    assert found.work.overdue == (f"r@{LATER:%d}",)
    nothing = await examine("mysql://x", keys, now, now, lambda *_: ())
    assert nothing.work is None
