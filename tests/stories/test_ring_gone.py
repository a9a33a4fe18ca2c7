"""A key ring that is taken away while rounds are open loses nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import Refusal
from itpulse import adopt, examine, open_house
from storage import ForeignRing
from tests.stories.company import WEEKLY, Company, open_company, staff

pytestmark = pytest.mark.story

ROUND = "it-weekly@2026-11-24"


async def state(company: Company) -> str | None:
    found = await company.house.store.read(lambda tx: tx.rounds.get(ROUND))
    return found.state if found else None


async def test_a_round_is_not_lost_with_a_folder_that_is_not_mounted(
    tmp_path: Path, database_url: str
) -> None:
    async with open_company(tmp_path, database_url) as company:
        await company.house.ring.recognise(company.house.store)
        await company.hire(*staff(30))
        await company.ask(WEEKLY)
        await company.at("2026-11-24T11:00:00+00:00")
        for number in range(1, 11):
            await company.answers(f"p{number:03}@example.com", ROUND, overall=4)
    # Started anew, it remembers no key.
    async with open_company(tmp_path, database_url) as company:
        await company.house.ring.recognise(company.house.store)
        (tmp_path / "keys").rename(tmp_path / "away")
        (tmp_path / "keys").mkdir(mode=0o700)
        assert "not mounted" in str(await company.house.ready())
        with pytest.raises(ForeignRing):
            await company.at("2026-11-28T11:00:00+00:00")
        assert await state(company) == "open"
        assert list((tmp_path / "keys").iterdir()) == []
        (tmp_path / "keys").rmdir()
        (tmp_path / "away").rename(tmp_path / "keys")
        assert await company.house.ready() is None
        await company.at("2026-11-28T12:00:00+00:00")
        assert await state(company) == "released"


async def test_keys_that_are_lost_one_by_one_still_end_a_round(company: Company) -> None:
    await company.house.ring.recognise(company.house.store)
    await company.hire(*staff(30))
    await company.ask(WEEKLY)
    await company.at("2026-11-24T11:00:00+00:00")
    company.house.ring.destroy(ROUND)
    await company.at("2026-11-24T12:00:00+00:00")
    assert await state(company) == "lost"


async def test_nothing_starts_with_another_ring_and_the_doctor_says_why(
    tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ITPULSE_DATABASE_URL", database_url)
    monkeypatch.setenv("ITPULSE_KEYRING", f"file://{tmp_path}/keys")
    async with open_house(tmp_path / "var"):
        pass
    assert not [f for f in await examine(tmp_path / "var") if "not the one" in f.what]
    monkeypatch.setenv("ITPULSE_KEYRING", f"file://{tmp_path}/others")
    with pytest.raises(Refusal, match=r"not the key ring of this database.*keyring adopt"):
        async with open_house(tmp_path / "var"):
            pass
    (bad,) = [f for f in await examine(tmp_path / "var") if "not the one" in f.what]
    assert (bad.verdict, "keyring adopt" in bad.todo) == ("bad", True)
    await adopt(tmp_path / "var")
    async with open_house(tmp_path / "var") as house:
        lines = await house.store.read(lambda tx: tx.audit.newest(9))
        assert "another key ring was adopted" in {line.what for line in lines}
