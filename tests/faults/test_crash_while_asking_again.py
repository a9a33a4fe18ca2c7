"""Killed while whoever asked for later is asked again: rather not at all than twice."""

from __future__ import annotations

import asyncio
from datetime import datetime
from pathlib import Path

import pytest

from tests.faults.conftest import Open
from tests.faults.crashes import CLOSES, OPENS, check_released, die, messages
from tests.faults.dying import Crash
from tests.faults.ports import rewire
from tests.faults.saying import ROUND, say_something
from tests.stories.company import WEEKLY, Company, staff

pytestmark = pytest.mark.fault

HOUR = "2026-11-24T13:00:00+00:00"
AFTER = "2026-11-25T09:00:00+00:00"
ANSWERED = [f"p{number:03}@example.com" for number in range(1, 21)]
LATER = [f"p{number:03}@example.com" for number in range(21, 41)]
MANY = 50


async def begin(company: Company) -> None:
    await company.hire(*staff(MANY))
    await company.ask(WEEKLY)
    await company.at(OPENS)
    for email in ANSWERED:
        await say_something(company, email)
    for email in LATER:
        told = await company.says(email, press=f"later|{ROUND}|{HOUR}", value=None)
        assert "ask again today at 13:00" in told["messages"][0]["summary"]


@pytest.mark.parametrize(
    ("crash", "asked"),
    [
        (Crash("before rounds.claim_again"), len(LATER)),
        (Crash("after rounds.claim_again"), len(LATER)),
        (Crash("committed rounds.claim_again"), 0),
        (Crash("before platform.deliver"), 0),
        (Crash("after platform.deliver", 7), 7),
        (Crash("after platform.deliver", len(LATER)), len(LATER)),
    ],
    ids=str,
)
async def test_nobody_is_asked_again_twice(
    house: Open, tmp_path: Path, database_url: str, crash: Crash, asked: int
) -> None:
    async with house() as company:
        await begin(company)
    die(tmp_path, database_url, crash, until=HOUR)
    async with house() as company:
        await company.house.metronome.run_due()
        await company.at(AFTER)
        assert messages(company, LATER)[2] == asked
        assert messages(company, ANSWERED) == {1: len(ANSWERED)}
        await company.at(CLOSES)
        await check_released(company, ANSWERED)


async def test_two_houses_ask_again_once(house: Open) -> None:
    async with house() as one, house() as other:
        two = (one, other)
        for company in two:
            rewire(company, alone=False)
        await begin(one)
        one.simulator.clock.to(datetime.fromisoformat(HOUR))
        for _ in range(2):
            await asyncio.gather(*(company.house.metronome.run_due() for company in two))
        assert messages(one, LATER) == {2: len(LATER)}
