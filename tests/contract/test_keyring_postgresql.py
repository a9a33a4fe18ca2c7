"""What the key ring on PostgreSQL promises besides what every key ring does."""

from __future__ import annotations

import threading
from collections.abc import Callable

import psycopg
import pytest
from sqlalchemy import make_url, text

from bot.domain.ballot import Keys
from storage import Damaged, Unusable, migrate, open_keyring
from storage.keyring.postgresql import PostgresKeyRing

pytestmark = pytest.mark.contract

ROUND = "it-weekly@2026-11-24"
EVENTS = "events@2026-11-22"


@pytest.fixture
def ring(postgresql_url: str) -> PostgresKeyRing:
    return PostgresKeyRing(postgresql_url)


def told_to(url: str, *statements: str) -> None:
    conninfo = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(conninfo, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement.encode())


def file_of(ring: PostgresKeyRing) -> bytes:
    """What lies in the table's file, dead rows too."""
    told = text("SELECT pg_read_binary_file(pg_relation_filepath('itpulse_key'))")
    told_first = text("CHECKPOINT")
    ring.look(lambda c: c.execute(told_first))
    return bytes(ring.look(lambda c: c.execute(told).scalar_one()))


def test_destroyed_keys_are_nowhere_in_the_table_s_file(ring: PostgresKeyRing) -> None:
    keys, others = ring.put(ROUND, Keys.draw()), ring.put(EVENTS, Keys.draw())
    assert keys.body in file_of(ring)
    ring.destroy(ROUND)
    left = file_of(ring)
    assert not any(key in left for key in keys)
    assert all(key in left for key in others)


@pytest.mark.fault
def test_a_destroying_that_was_cut_off_counts_and_is_finished(
    ring: PostgresKeyRing, postgresql_url: str
) -> None:
    ring.put(ROUND, Keys.draw())
    told_to(postgresql_url, "UPDATE itpulse_key SET keys = decode(repeat('00', 96), 'hex')")
    assert ring.get(ROUND) is None
    # Still named, so that whoever clears up destroys it again.
    assert list(ring.names()) == [ROUND]
    keys = Keys.draw()
    assert ring.put(ROUND, keys) == ring.get(ROUND) == keys


def test_damaged_keys_are_named_and_not_shown(ring: PostgresKeyRing, postgresql_url: str) -> None:
    ring.put(ROUND, Keys.draw())
    told_to(postgresql_url, "UPDATE itpulse_key SET keys = 'SECRET'")
    for use in (ring.get, lambda name: ring.put(name, Keys.draw())):
        with pytest.raises(Damaged, match=ROUND) as raised:
            use(ROUND)
        assert "SECRET" not in str(raised.value)
    ring.destroy(ROUND)
    assert ring.get(ROUND) is None


def test_keys_are_as_old_as_the_database_s_clock_says(
    ring: PostgresKeyRing, postgresql_url: str
) -> None:
    for name in (ROUND, EVENTS):
        ring.put(name, Keys.draw())
    older = "UPDATE itpulse_key SET put_at = put_at - interval '2 hours' WHERE name LIKE 'it-%'"
    told_to(postgresql_url, older)
    assert list(ring.older_than(3_600)) == [ROUND]


def test_keys_never_lie_beside_the_ballots(postgresql_url: str) -> None:
    migrate(postgresql_url)
    ring = open_keyring(postgresql_url)
    for _ in range(2):
        with pytest.raises(Unusable, match="not lie beside the ballots"):
            ring.put(ROUND, Keys.draw())
    with pytest.raises(Unusable):
        ring.names()


def test_a_put_has_reached_the_disk_though_the_server_would_not_wait(postgresql_url: str) -> None:
    told_to(
        postgresql_url,
        "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit = off', "
        "current_database()); END $$",
    )
    ring = PostgresKeyRing(postgresql_url)
    assert ring.look(lambda c: c.execute(text("SHOW synchronous_commit")).scalar()) == "on"


def test_a_role_that_may_not_make_tables_uses_the_one_that_is_there(
    fresh_postgresql: Callable[[], str],
) -> None:
    url = fresh_postgresql()
    keys = PostgresKeyRing(url).put(ROUND, Keys.draw())
    told_to(
        url,
        "DROP ROLE IF EXISTS itpulse_keeper",
        "CREATE ROLE itpulse_keeper LOGIN",
        "GRANT USAGE ON SCHEMA public TO itpulse_keeper",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON itpulse_key TO itpulse_keeper",
    )
    try:
        keeper = make_url(url).set(username="itpulse_keeper").render_as_string(False)
        assert PostgresKeyRing(keeper).get(ROUND) == keys
    finally:
        told_to(url, "DROP OWNED BY itpulse_keeper", "DROP ROLE itpulse_keeper")


@pytest.mark.parametrize("pause", [0, 1])
def test_many_programs_destroy_and_put_at_once(postgresql_url: str, pause: int) -> None:
    rings = [PostgresKeyRing(postgresql_url) for _ in range(4)]
    names = [f"r@{number}" for number in range(8)]
    failed: list[BaseException] = []

    def work(ring: PostgresKeyRing) -> None:
        try:
            for name in names[pause:]:
                ring.put(name, Keys.draw())
                ring.destroy(name)
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=work, args=(ring,)) for ring in rings]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failed == []
    assert list(rings[0].names()) == []


@pytest.mark.parametrize(
    "url",
    [
        "postgresql+psycopg://keeper:SECRET@127.0.0.1:1/keys",
        "postgresql+psycopg://keeper:SECRET@/keys?host=/nowhere",
    ],
)
def test_a_ring_that_cannot_be_reached_says_so_without_its_password(url: str) -> None:
    ring = open_keyring(url)
    for use in (ring.names, lambda: ring.get(ROUND), lambda: ring.put(ROUND, Keys.draw())):
        with pytest.raises(Unusable, match="key ring cannot be used") as raised:
            use()
        assert "SECRET" not in str(raised.value)
        assert raised.value.__context__ is None


def test_an_address_that_is_none_is_refused_at_once() -> None:
    with pytest.raises(Unusable) as raised:
        open_keyring("postgresql+psycopg://keeper:SECRET@host:port/keys")
    assert "SECRET" not in str(raised.value)
