"""Killed among the presses: what was acknowledged is saved, and what is said again adds nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.conftest import Open
from tests.faults.crashes import (
    BEFORE_CLOSING,
    CLOSES,
    OPENS,
    check_released,
    die,
)
from tests.faults.dying import Crash
from tests.faults.saying import say_something
from tests.stories.company import WEEKLY, staff

pytestmark = pytest.mark.fault

EMAILS = [f"p{number:03}@example.com" for number in range(1, 31)]
CRASHES = [
    Crash("before ballots.put", 15),
    Crash("after ballots.put", 15),
    Crash("committed ballots.put", 15),
]


@pytest.mark.parametrize("crash", CRASHES, ids=str)
async def test_every_acknowledged_answer_is_counted(
    house: Open, tmp_path: Path, database_url: str, crash: Crash
) -> None:
    await ask(house)
    saved = die(tmp_path, database_url, crash, until=BEFORE_CLOSING, answering=EMAILS)
    assert saved == EMAILS[:14]
    if crash.moment.startswith("committed"):
        saved.append(EMAILS[14])
    async with house() as company:
        await company.at(CLOSES)
        await check_released(company, saved)


@pytest.mark.parametrize("crash", CRASHES, ids=str)
async def test_what_the_platform_says_again_is_counted_once(
    house: Open, tmp_path: Path, database_url: str, crash: Crash
) -> None:
    await ask(house)
    die(tmp_path, database_url, crash, until=BEFORE_CLOSING, answering=EMAILS)
    async with house() as company:
        for email in EMAILS:
            await say_something(company, email)
        await company.at(CLOSES)
        await check_released(company, EMAILS)


async def ask(house: Open) -> None:
    async with house() as company:
        await company.hire(*staff(40))
        await company.ask(WEEKLY)
        await company.at(OPENS)
