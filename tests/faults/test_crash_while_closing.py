"""Killed between the lock and the last ballot: one release, whole, and nothing to undo it with."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.faults.conftest import Open
from tests.faults.crashes import (
    BEFORE_CLOSING,
    CLOSES,
    DAY_AFTER,
    OPENS,
    check_released,
    die,
    messages,
)
from tests.faults.dying import Crash
from tests.faults.ports import overhear
from tests.faults.saying import ROUND, SECRET, say_something
from tests.faults.search import lies_in, places
from tests.stories.company import WEEKLY, staff

pytestmark = pytest.mark.fault

MANY = 60
ANSWERED = [f"p{number:03}@example.com" for number in range(1, 31)]


@pytest.mark.parametrize(
    "crash",
    [
        Crash("before rounds.lock"),
        Crash("after rounds.set_state"),
        Crash("committed rounds.set_state"),
        Crash("committed ballots.after"),
        Crash("before releases.publish"),
        Crash("after releases.publish"),
        Crash("committed releases.publish"),
        Crash("before ring.destroy"),
        Crash("after ring.destroy"),
        Crash("before ballots.remove"),
        Crash("committed ballots.remove"),
        Crash("before rounds.set_cleared"),
        Crash("committed rounds.set_cleared"),
    ],
    ids=str,
)
async def test_every_answer_is_counted_once_and_then_gone(
    house: Open, tmp_path: Path, database_url: str, crash: Crash
) -> None:
    async with house() as company:
        await company.hire(*staff(MANY))
        await company.ask(WEEKLY)
        await company.at(OPENS)
        for email in ANSWERED:
            await say_something(company, email)
        await company.at(BEFORE_CLOSING)
        told = messages(company)
        keys = company.house.ring.get(ROUND)
    assert keys
    die(tmp_path, database_url, crash, until=CLOSES)
    assert not lies_in(places(tmp_path, database_url), SECRET)
    async with house() as company:
        await company.house.metronome.run_due()
        late = await company.answers("p060@example.com", ROUND, overall=1)
        assert "closed" in late["refusal"]
        await check_released(company, ANSWERED)
        await company.at(DAY_AFTER)
        await check_released(company, ANSWERED)
        assert messages(company) == told
    assert not lies_in(places(tmp_path, database_url), SECRET, *keys)


@pytest.mark.parametrize(
    "crash", [Crash("committed rounds.set_state"), Crash("committed ballots.after")], ids=str
)
async def test_a_round_that_was_being_counted_takes_no_answer(
    house: Open, tmp_path: Path, database_url: str, crash: Crash
) -> None:
    async with house() as company:
        await company.hire(*staff(MANY))
        await company.ask(WEEKLY)
        await company.at(BEFORE_CLOSING)
    die(tmp_path, database_url, crash, until=CLOSES)
    async with house() as company:
        late = await company.answers("p060@example.com", ROUND, overall=1)
        assert "closed" in late["refusal"]


async def test_a_house_that_starts_finishes_at_once_what_a_crash_left(
    house: Open, tmp_path: Path, database_url: str
) -> None:
    async with house() as company:
        await company.hire(*staff(MANY))
        await company.ask(WEEKLY)
        await company.at(OPENS)
        for email in ANSWERED:
            await say_something(company, email)
        await company.at(BEFORE_CLOSING)
    die(tmp_path, database_url, Crash("committed releases.publish"), until=CLOSES)
    async with house() as company:
        assert ROUND in set(company.house.ring.names())
        cleared = asyncio.Event()

        def listen(told: str) -> None:
            if told == "committed rounds.set_cleared":
                cleared.set()

        overhear(company, listen)
        company.house.metronome.start()
        await asyncio.wait_for(cleared.wait(), 10)
        await check_released(company, ANSWERED)
