"""What every key ring promises, and what the one in a folder promises besides.

What the one on PostgreSQL promises besides is in test_keyring_postgresql.py.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.domain.ballot import Keys
from bot.ports import KeyRing
from storage import Damaged, Unusable, open_keyring
from storage.keyring import AgingKeyRing, CachedKeyRing, DirectoryKeyRing
from storage.keyring.postgresql import PostgresKeyRing

pytestmark = pytest.mark.contract

ROUND = "it-weekly@2026-11-24"
EVENTS = "events@2026-11-22"
#: Opens the ring once more, as another program would.
Opening = Callable[[], AgingKeyRing]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "keys"


@pytest.fixture(params=["folder", "remembered folder", "postgresql", "remembered postgresql"])
def opening(request: pytest.FixtureRequest, folder: Path) -> Opening:
    remembered = request.param.startswith("remembered")
    if request.param.endswith("folder"):
        return lambda: open_keyring(f"file://{folder}") if remembered else DirectoryKeyRing(folder)
    url: str = request.getfixturevalue("postgresql_url")
    return lambda: open_keyring(url) if remembered else PostgresKeyRing(url)


@pytest.fixture
def ring(opening: Opening) -> AgingKeyRing:
    return opening()


def test_keys_come_back_as_put(ring: KeyRing, opening: Opening) -> None:
    keys = Keys.draw()
    assert ring.put(ROUND, keys) == keys
    assert ring.get(ROUND) == keys
    assert opening().get(ROUND) == keys
    assert isinstance(ring.get(ROUND), Keys)


def test_a_name_without_keys_has_none(ring: KeyRing) -> None:
    assert ring.get(ROUND) is None
    assert list(ring.names()) == []


def test_the_first_keys_of_a_name_stay(ring: KeyRing, opening: Opening) -> None:
    keys = ring.put(ROUND, Keys.draw())
    assert opening().put(ROUND, Keys.draw()) == keys
    assert ring.put(ROUND, Keys.draw()) == keys
    assert ring.get(ROUND) == keys


def test_of_many_programs_one_puts_the_keys(opening: Opening) -> None:
    rings = [opening() for _ in range(8)]
    ready = threading.Barrier(len(rings))

    def put(ring: KeyRing) -> Keys:
        ready.wait(60)
        return ring.put(ROUND, Keys.draw())

    with ThreadPoolExecutor(len(rings)) as threads:
        assert len(set(threads.map(put, rings))) == 1


def test_destroyed_keys_are_gone_for_everybody(ring: KeyRing, opening: Opening) -> None:
    first = ring.put(ROUND, Keys.draw())
    ring.put(EVENTS, Keys.draw())
    assert ring.get(ROUND) == first
    ring.destroy(ROUND)
    assert ring.get(ROUND) is opening().get(ROUND) is None
    assert list(ring.names()) == [EVENTS]


def test_destroying_what_is_not_there_does_nothing(ring: KeyRing) -> None:
    ring.destroy(ROUND)
    assert list(ring.names()) == []


def test_a_name_can_be_used_again(ring: KeyRing) -> None:
    ring.put(ROUND, Keys.draw())
    ring.destroy(ROUND)
    keys = Keys.draw()
    assert ring.put(ROUND, keys) == ring.get(ROUND) == keys


def test_names_come_in_order(ring: KeyRing) -> None:
    for name in (ROUND, EVENTS, "a_b.c-9@x"):
        ring.put(name, Keys.draw())
    assert list(ring.names()) == ["a_b.c-9@x", EVENTS, ROUND]


@pytest.mark.parametrize(
    "name", ["", ".", "..", ".hidden", "../up", "a/b", "A", "a b", "a\n", "ä", "a\0", "x" * 201]
)
def test_a_name_that_could_mean_another_file_is_refused(ring: KeyRing, name: str) -> None:
    for use in (ring.get, ring.destroy, lambda name: ring.put(name, Keys.draw())):
        with pytest.raises(ValueError, match="a-z"):
            use(name)


@pytest.mark.parametrize("width", [0, 16, 31, 33])
def test_keys_of_another_size_are_refused(ring: KeyRing, width: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        ring.put(ROUND, Keys(*(b"k" * width,) * 3))
    with pytest.raises(ValueError, match="32 bytes"):
        ring.put(ROUND, Keys(bytes(32), bytes(32), bytes(32)))
    assert ring.get(ROUND) is None


def test_young_keys_are_not_old(ring: AgingKeyRing) -> None:
    ring.put(ROUND, Keys.draw())
    assert list(ring.older_than(3_600)) == []
    assert list(ring.older_than(-3_600)) == [ROUND]


# Only in a folder.


def aged(path: Path, seconds: float) -> None:
    then = path.stat().st_mtime - seconds
    os.utime(path, (then, then))


def test_keys_are_as_old_as_their_file(folder: Path) -> None:
    ring = DirectoryKeyRing(folder)
    for name in (ROUND, EVENTS):
        ring.put(name, Keys.draw())
    aged(folder / ROUND, 7_200)
    assert list(ring.older_than(3_600)) == [ROUND]


def test_nobody_else_may_look_into_the_folder(folder: Path) -> None:
    folder.mkdir(0o755)
    DirectoryKeyRing(folder).put(ROUND, Keys.draw())
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / ROUND).stat().st_mode & 0o777 == 0o600
    assert [path.name for path in folder.iterdir()] == [ROUND]


def test_the_url_names_the_folder(tmp_path: Path) -> None:
    open_keyring(f"file://{tmp_path}/a%20b/c").put(ROUND, Keys.draw())
    assert (tmp_path / "a b" / "c" / ROUND).exists()


@pytest.mark.parametrize(
    "url", ["", "keys", "file:keys", "file://keys", "file://host/keys", "http://x/y", "file:///"]
)
def test_an_address_of_something_else_is_refused(url: str) -> None:
    with pytest.raises(Unusable, match="three slashes"):
        open_keyring(url)


@pytest.mark.parametrize("left", [0, 1, 95, 97])
def test_damaged_keys_are_named_and_not_shown(folder: Path, left: int) -> None:
    ring = DirectoryKeyRing(folder)
    ring.put(ROUND, Keys.draw())
    (folder / ROUND).write_bytes(b"SECRET" * 20)
    os.truncate(folder / ROUND, left)
    for use in (ring.get, lambda name: ring.put(name, Keys.draw())):
        with pytest.raises(Damaged, match=ROUND) as raised:
            use(ROUND)
        assert "SECRET" not in str(raised.value)
    ring.destroy(ROUND)
    assert ring.get(ROUND) is None


@pytest.mark.fault
def test_a_destroying_that_was_cut_off_counts_and_is_finished(folder: Path) -> None:
    ring = DirectoryKeyRing(folder)
    ring.put(ROUND, Keys.draw())
    (folder / ROUND).write_bytes(bytes(96))
    assert ring.get(ROUND) is None
    # Still named, so that whoever clears up destroys it again.
    assert list(ring.names()) == [ROUND]
    keys = Keys.draw()
    assert ring.put(ROUND, keys) == ring.get(ROUND) == keys


@pytest.mark.fault
def test_what_a_crash_left_unfinished_is_swept_at_the_next_opening(folder: Path) -> None:
    keys = DirectoryKeyRing(folder).put(ROUND, Keys.draw())
    linked, lonely, fresh = (folder / f".unfinished-{name}" for name in ("1", "2", "3"))
    os.link(folder / ROUND, linked)
    lonely.write_bytes(b"k" * 96)
    fresh.write_bytes(b"k" * 96)
    for path in (linked, lonely):
        aged(path, 61)
    ring = DirectoryKeyRing(folder)
    assert ring.get(ROUND) == keys
    assert sorted(path.name for path in folder.iterdir()) == [fresh.name, ROUND]
    assert list(ring.names()) == [ROUND]


def test_destroyed_keys_are_zeros_wherever_else_they_were_linked(
    folder: Path, tmp_path: Path
) -> None:
    ring = DirectoryKeyRing(folder)
    ring.put(ROUND, Keys.draw())
    os.link(folder / ROUND, tmp_path / "kept")
    ring.destroy(ROUND)
    assert (tmp_path / "kept").read_bytes() == bytes(96)


# What is remembered.


class Seconds:
    """A clock that stands still until told."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def test_keys_are_remembered_for_less_than_a_minute(folder: Path) -> None:
    clock, behind = Seconds(), DirectoryKeyRing(folder)
    ring = CachedKeyRing(behind, clock=clock)
    keys = behind.put(ROUND, Keys.draw())
    assert ring.get(ROUND) == keys
    behind.destroy(ROUND)
    clock.now += 59.9
    assert ring.get(ROUND) == keys
    clock.now += 0.1
    assert ring.get(ROUND) is None


def test_that_there_are_no_keys_is_not_remembered(folder: Path) -> None:
    behind = DirectoryKeyRing(folder)
    ring = CachedKeyRing(behind, clock=Seconds())
    assert ring.get(ROUND) is None
    keys = behind.put(ROUND, Keys.draw())
    assert ring.get(ROUND) == keys


def test_destroyed_keys_are_forgotten_at_once(folder: Path) -> None:
    ring = CachedKeyRing(DirectoryKeyRing(folder), clock=Seconds())
    ring.put(ROUND, Keys.draw())
    assert ring.get(ROUND)
    ring.destroy(ROUND)
    assert ring.get(ROUND) is None


def test_old_keys_are_forgotten_by_looking_for_others(folder: Path) -> None:
    clock = Seconds()
    ring = CachedKeyRing(DirectoryKeyRing(folder), clock=clock)
    ring.put(ROUND, Keys.draw())
    ring.get(ROUND)
    clock.now += 60
    ring.get(EVENTS)
    assert ROUND not in vars(ring)["_known"]


def test_whoever_lists_the_keys_forgets_what_somebody_else_has_destroyed(folder: Path) -> None:
    behind = DirectoryKeyRing(folder)
    ring = CachedKeyRing(behind, clock=Seconds())
    keys = ring.put(ROUND, Keys.draw())
    assert ring.get(ROUND) == keys
    behind.destroy(ROUND)
    assert ring.get(ROUND) == keys
    assert list(ring.names()) == []
    assert ring.get(ROUND) is None
