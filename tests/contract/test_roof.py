"""What the roof does for an operator, on a real directory."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

import itpulse
from bot.errors import Refusal
from bot.hold import held_since
from storage import migrate
from tests.contract.samples import people
from tests.stories.company import WEEKLY, staff

UNREACHABLE = "postgresql+psycopg://ann:SECRET@127.0.0.1:1/itpulse"


@pytest.fixture(autouse=True)
def _as_it_was(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No settings, and the logs afterwards as before: a house that is opened starts its own."""
    for name in ("ITPULSE_DATABASE_URL", "ITPULSE_KEYRING", "ITPULSE_METRICS_PORT"):
        monkeypatch.delenv(name, raising=False)
    handlers, level = list(logging.root.handlers), logging.root.level
    yield
    logging.root.handlers[:] = handlers
    logging.root.setLevel(level)


def inside(folder: Path) -> list[Path]:
    return list(folder.iterdir())


async def test_a_new_directory_is_examined_without_being_made(tmp_path: Path) -> None:
    found = await itpulse.examine(tmp_path / "var")
    assert not any(finding.verdict == "bad" for finding in found)
    assert any("no tables yet" in finding.what for finding in found)
    assert inside(tmp_path) == []


async def test_a_demo_is_examined_by_its_own_clock(tmp_path: Path) -> None:
    starts = itpulse.SystemClock().now().replace(year=2031)
    await itpulse.make_demo(tmp_path, None, starts)
    async with itpulse.open_house(tmp_path) as house:
        await house.metronome.run_due()
    found = await itpulse.examine(tmp_path)
    assert [f.what for f in found if f.verdict != "ok"][1:] == [
        "this database is marked as a demo: nobody in it is real"
    ]


async def test_a_round_that_nobody_opened_is_overdue(tmp_path: Path) -> None:
    starts = datetime.fromisoformat("2026-11-24T12:00:00+00:00")
    await itpulse.make_demo(tmp_path, None, starts)
    async with itpulse.open_house(tmp_path) as house:
        await house.store.run(lambda tx: tx.people.put(staff(20)))
        await house.store.run(lambda tx: tx.pulses.put(WEEKLY))
        [told] = [f for f in await itpulse.examine(tmp_path) if f.verdict == "bad"]
        assert told.what.startswith("overdue rounds: it-weekly@2026-11-24 should have opened")
        await house.metronome.run_due()
    assert not [f for f in await itpulse.examine(tmp_path) if f.verdict == "bad"]


async def test_a_backup_comes_back_over_what_happened_since(tmp_path: Path) -> None:
    data, file = tmp_path / "var", tmp_path / "copy"
    async with itpulse.open_house(data) as house:
        await house.store.run(lambda tx: tx.people.put(people(2)))
    itpulse.back_up(data, file)
    async with itpulse.open_house(data) as house:
        await house.store.run(lambda tx: tx.people.put(people(3)))
    itpulse.restore(data, file, True)
    async with itpulse.open_house(data) as house:
        assert len(await house.store.read(lambda tx: tx.people.all())) == 2
        assert await house.store.read(held_since)


async def test_a_database_that_cannot_be_used_is_said_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ITPULSE_DATABASE_URL", UNREACHABLE)
    with pytest.raises(Refusal, match="doctor") as raised:
        async with itpulse.open_house(tmp_path):
            pass
    assert "SECRET" not in str(raised.value)
    with pytest.raises(Refusal):
        itpulse.migrate_schema(tmp_path)
    with pytest.raises(Refusal):
        await itpulse.make_demo(tmp_path, None, None)
    assert any(finding.verdict == "bad" for finding in await itpulse.examine(tmp_path))


async def test_nothing_is_served_with_the_keys_beside_the_ballots(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, postgresql_url: str
) -> None:
    migrate(postgresql_url)
    monkeypatch.setenv("ITPULSE_DATABASE_URL", postgresql_url)
    monkeypatch.setenv("ITPULSE_KEYRING", postgresql_url)
    with pytest.raises(Refusal, match="not lie beside the ballots"):
        await itpulse.serve(tmp_path, "127.0.0.1", 0, None)
