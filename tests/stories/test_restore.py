"""After a restore nothing happens until somebody says so, and then nothing happens twice."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from bot.hold import held_since, release
from bot.ports import Transaction
from storage.backup import back_up, restore
from tests import postgres
from tests.stories.company import WEEKLY, Company, open_company, staff

pytestmark = pytest.mark.story

ROUND = "it-weekly@2026-11-24"
NEXT_ROUND = "it-weekly@2026-12-01"


@pytest.fixture(autouse=True)
def programs(monkeypatch: pytest.MonkeyPatch) -> None:
    if path := postgres.programs():
        monkeypatch.setenv("PATH", path, prepend=":")


async def _asked(company: Company) -> None:
    """In Berlin the round is open and the cards are out, in New York they are due in six hours."""
    await company.hire(
        *staff(20, "Finance", zone="Europe/Berlin"),
        *staff(6, "Sales", first=101, zone="America/New_York"),
    )
    await company.ask(WEEKLY)
    await company.at("2026-11-24T10:00:00+00:00")


async def _released(company: Company) -> None:
    now = company.simulator.clock.now()
    assert await company.house.store.run(lambda tx: release(tx, "terminal", now))


async def _state(company: Company, round: str = ROUND) -> str | None:
    found = await company.house.store.read(lambda tx: tx.rounds.get(round))
    return found.state if found else None


def _cards(company: Company) -> dict[str, int]:
    people = [*range(1, 21), *range(101, 107)]
    return {email: len(company.chat(email)) for email in (f"p{n:03}@example.com" for n in people)}


def _audit(tx: Transaction) -> list[str]:
    return [line.what for line in tx.audit.newest(100)]


async def test_nothing_is_sent_opened_or_closed_before_the_release(
    tmp_path: Path, database_url: str
) -> None:
    async with open_company(tmp_path, database_url) as company:
        await _asked(company)
        back_up(database_url, tmp_path / "copy")
        before = _cards(company)
        keys = set(company.house.ring.names())
    restore(database_url, tmp_path / "copy", datetime.fromisoformat("2026-11-24T11:00Z"), True)
    async with open_company(tmp_path, database_url) as company:
        assert await company.house.next_at() is None
        await company.at("2026-12-10T12:00:00+00:00")
        assert _cards(company) == before
        assert await _state(company) == "open"
        assert await _state(company, NEXT_ROUND) is None
        assert set(company.house.ring.names()) >= keys
        # An answer is taken all the same: nothing is sent by that.
        told = await company.answers("p001@example.com", ROUND, overall=4)
        assert told["refusal"] is None
        await _released(company)
        await company.at("2026-12-10T13:00:00+00:00")
        assert await _state(company) == "discarded"
        assert "released after the restore of 2026-11-24T11:00:00+00:00" in (
            await company.house.store.read(_audit)
        )


async def test_cards_sent_after_the_backup_are_not_sent_again(
    tmp_path: Path, database_url: str
) -> None:
    async with open_company(tmp_path, database_url) as company:
        await _asked(company)
        back_up(database_url, tmp_path / "copy")
        # New York's cards go out, and the reminders; then the disk dies.
        await company.at("2026-11-26T16:00:00+00:00")
        before = _cards(company)
        assert set(before.values()) == {2}
    restore(database_url, tmp_path / "copy", datetime.fromisoformat("2026-11-26T17:00Z"), True)
    async with open_company(tmp_path, database_url) as company:
        await _released(company)
        await company.at("2026-11-26T18:00:00+00:00")
        assert _cards(company) == before
        sent = await company.house.store.read(lambda tx: tx.deliveries.of_round(ROUND))
        assert {d.state for d in sent} == {"sent"}
        assert {bool(d.receipt) for d in sent} == {True}


async def test_who_was_asked_again_after_the_backup_is_not_asked_again_that_day(
    tmp_path: Path, database_url: str
) -> None:
    async with open_company(tmp_path, database_url) as company:
        await _asked(company)
        later = f"later|{ROUND}|2026-11-24T12:00:00+00:00"
        told = await company.says("p001@example.com", press=later, value=None)
        assert "ask again today at 13:00" in told["messages"][0]["summary"]
        back_up(database_url, tmp_path / "copy")
        await company.at("2026-11-24T12:30:00+00:00")
        before = _cards(company)
        assert (before["p001@example.com"], before["p002@example.com"]) == (2, 1)
    restore(database_url, tmp_path / "copy", datetime.fromisoformat("2026-11-24T12:45Z"), True)
    async with open_company(tmp_path, database_url) as company:
        await _released(company)
        await company.at("2026-11-24T14:30:00+00:00")
        assert _cards(company) == before


async def test_a_round_without_its_key_is_lost_and_people_hear_of_it_after_the_release(
    tmp_path: Path, database_url: str
) -> None:
    async with open_company(tmp_path, database_url) as company:
        await _asked(company)
        back_up(database_url, tmp_path / "copy")
        # The round is counted and its keys are destroyed; then the disk dies.
        await company.at("2026-11-29T00:00:00+00:00")
        assert await _state(company) == "discarded"
        before = _cards(company)
    restore(database_url, tmp_path / "copy", datetime.fromisoformat("2026-11-29T10:00Z"), True)
    async with open_company(tmp_path, database_url) as company:
        await company.at("2026-11-29T11:00:00+00:00")
        assert await _state(company) == "open"
        assert _cards(company) == before
        await _released(company)
        await company.at("2026-11-29T12:00:00+00:00")
        assert await _state(company) == "lost"
        # Those of whom the backup knows that they were asked.
        after = _cards(company)
        assert {email for email in after if after[email] > before[email]} == {
            f"p{number:03}@example.com" for number in range(1, 21)
        }
        assert "can no longer be opened" in company.chat("p001@example.com")[-1]["summary"]
        await company.at("2026-11-30T12:00:00+00:00")
        assert _cards(company) == after


async def test_who_has_the_database_open_sees_the_restored_one(
    tmp_path: Path, database_url: str
) -> None:
    """A server that was forgotten to be stopped is held, too."""
    async with open_company(tmp_path, database_url) as company:
        await _asked(company)
        back_up(database_url, tmp_path / "copy")
        now = company.simulator.clock.now()
        restore(database_url, tmp_path / "copy", now, True)
        assert await company.house.store.read(held_since) == now.isoformat()
        before = _cards(company)
        await company.at("2026-11-26T16:00:00+00:00")
        assert _cards(company) == before
