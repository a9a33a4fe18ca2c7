"""A key ring that is empty, not mounted or another one is never taken for the database's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from shutil import rmtree

import psycopg
import pytest
from sqlalchemy import make_url

from bot.domain.ballot import Keys
from storage import ForeignRing, SqlStore, open_keyring
from storage.keyring import KnownKeyRing
from tests.contract.samples import a_round

pytestmark = pytest.mark.contract

ROUND = "it-weekly@2026-11-24"


class Place:
    """Where a key ring is; it can be taken away and brought back."""

    def __init__(self, url: str) -> None:
        self.url = url

    def opened(self) -> KnownKeyRing:
        return open_keyring(self.url)

    def take_away(self) -> None:
        raise NotImplementedError

    def bring_back(self) -> None:
        raise NotImplementedError


class Folder(Place):
    def __init__(self, folder: Path) -> None:
        super().__init__(f"file://{folder}")
        self._here, self._away = folder, folder.with_name("away")

    def take_away(self) -> None:
        self._here.rename(self._away)
        self._here.mkdir(mode=0o700)

    def bring_back(self) -> None:
        rmtree(self._here)
        self._away.rename(self._here)


class Server(Place):
    def take_away(self) -> None:
        self._do("ALTER TABLE itpulse_key RENAME TO away")
        self._do("CREATE TABLE itpulse_key (LIKE away INCLUDING ALL)")

    def bring_back(self) -> None:
        self._do("DROP TABLE itpulse_key")
        self._do("ALTER TABLE away RENAME TO itpulse_key")

    def _do(self, statement: str) -> None:
        address = make_url(self.url).set(drivername="postgresql")
        conninfo = address.render_as_string(hide_password=False)
        with psycopg.connect(conninfo, autocommit=True) as connection:
            connection.execute(statement.encode())


@pytest.fixture(params=["folder", "postgresql"])
def place(
    request: pytest.FixtureRequest, tmp_path: Path, fresh_postgresql: Callable[[], str]
) -> Place:
    return Folder(tmp_path / "keys") if request.param == "folder" else Server(fresh_postgresql())


async def test_a_database_knows_its_ring_again(store: SqlStore, place: Place) -> None:
    for _ in range(2):
        ring = place.opened()
        await ring.recognise(store)
        assert list(ring.names()) == []
    keys = ring.put(ROUND, Keys.draw())
    assert ring.get(ROUND) == keys
    assert ring.get("another@2026-11-24") is None


async def test_a_ring_that_is_gone_is_refused_until_it_is_back(
    store: SqlStore, place: Place
) -> None:
    ring = place.opened()
    await ring.recognise(store)
    ring.put(ROUND, Keys.draw())
    assert place.opened().get(ROUND)
    place.take_away()
    with pytest.raises(ForeignRing, match="not mounted"):
        await place.opened().recognise(store)
    uses: list[Callable[[], object]] = [
        lambda: ring.get(ROUND),
        lambda: ring.put("new@2026-11-24", Keys.draw()),
        lambda: ring.destroy(ROUND),
        lambda: list(ring.names()),
    ]
    for use in uses:
        with pytest.raises(ForeignRing):
            use()
    place.bring_back()
    assert ring.get(ROUND)
    await place.opened().recognise(store)


async def test_an_older_database_with_open_rounds_takes_no_ring_without_their_keys(
    store: SqlStore, place: Place
) -> None:
    round = a_round()
    await store.run(lambda tx: tx.rounds.add(round))
    with pytest.raises(ForeignRing):
        await place.opened().recognise(store)
    place.opened().put(round.id, Keys.draw())
    await place.opened().recognise(store)


async def test_another_ring_is_taken_where_somebody_says_so(store: SqlStore, place: Place) -> None:
    await place.opened().recognise(store)
    place.take_away()
    await place.opened().adopt(store)
    await place.opened().recognise(store)
    place.bring_back()
    with pytest.raises(ForeignRing):
        await place.opened().recognise(store)
