"""Killed between the sealing and the sends: rather no reminder than a second one."""

from __future__ import annotations

from pathlib import Path

import pytest

from schedules.remind import CHUNK
from tests.faults.conftest import Open
from tests.faults.crashes import (
    BEFORE_CLOSING,
    CLOSES,
    OPENS,
    REMINDS,
    check_released,
    die,
    messages,
)
from tests.faults.dying import Crash
from tests.faults.saying import say_something
from tests.stories.company import WEEKLY, staff

pytestmark = pytest.mark.fault

#: Two chunks of ballots, and who of them has answered before the reminder.
MANY = CHUNK + 50
ANSWERED = [f"p{number:03}@example.com" for number in range(1, 31)]


@pytest.mark.parametrize(
    ("crash", "may_be_lost"),
    [
        (Crash("before ballots.put_many", 1), 0),
        (Crash("after ballots.put_many", 1), 0),
        (Crash("committed ballots.put_many", 1), CHUNK),
        (Crash("after platform.deliver", 100), CHUNK - 100),
        (Crash("committed ballots.put_many", 2), 50),
        (Crash("before rounds.set_reminded_through"), 0),
        (Crash("committed rounds.set_reminded_through"), 0),
        # The daily sealing comes after it.
        (Crash("after ballots.put_many", 3), 0),
        (Crash("committed ballots.put_many", 3), 0),
        (Crash("before rounds.set_sealed"), 0),
    ],
    ids=str,
)
async def test_nobody_is_reminded_twice(
    house: Open, tmp_path: Path, database_url: str, crash: Crash, may_be_lost: int
) -> None:
    async with house() as company:
        await company.hire(*staff(MANY))
        await company.ask(WEEKLY)
        await company.at(OPENS)
        for email in ANSWERED:
            await say_something(company, email)
    die(tmp_path, database_url, crash, until=REMINDS)
    async with house() as company:
        await company.house.metronome.run_due()
        await company.at(BEFORE_CLOSING)
        assert messages(company, ANSWERED) == {1: len(ANSWERED)}
        found = messages(company)
        assert set(found) <= {1, 2}
        assert found[2] >= MANY - len(ANSWERED) - may_be_lost
        await company.at(CLOSES)
        await check_released(company, ANSWERED)
