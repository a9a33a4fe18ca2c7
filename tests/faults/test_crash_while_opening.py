"""Killed between the keys and the first card: the round is opened once, for everybody."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.conftest import Open
from tests.faults.crashes import BEFORE, OPENS, check_opened, die, messages, rounds
from tests.faults.dying import Crash
from tests.faults.saying import ROUND
from tests.stories.company import WEEKLY, staff

pytestmark = pytest.mark.fault

#: Two chunks of ballots.
MANY = 600


@pytest.mark.parametrize(
    "crash",
    [
        Crash("after ring.put", 1),
        Crash("after ring.put", 2),
        Crash("before rounds.add"),
        Crash("committed rounds.add"),
        Crash("committed ballots.add", 1),
        Crash("after ballots.add", 2),
        Crash("committed ballots.add", 2),
        Crash("after rounds.set_state"),
        Crash("after deliveries.add"),
        Crash("committed deliveries.add"),
    ],
    ids=str,
)
async def test_a_round_opens_once_and_for_everybody(
    house: Open, tmp_path: Path, database_url: str, crash: Crash
) -> None:
    async with house() as company:
        await company.hire(*staff(MANY))
        await company.ask(WEEKLY)
        await company.at(BEFORE)  # the box for grumbles is up already
    die(tmp_path, database_url, crash, until=OPENS)
    async with house() as company:
        if crash.moment != "committed deliveries.add":
            assert not [r for r in await rounds(company) if r.state != "preparing"]
        await company.house.metronome.run_due()
        await check_opened(company, MANY)
        assert messages(company) == {1: MANY}


async def test_keys_lost_before_anybody_could_answer_are_made_anew_and_that_is_told(
    house: Open, tmp_path: Path, database_url: str
) -> None:
    async with house() as company:
        await company.hire(*staff(30))
        await company.ask(WEEKLY)
        await company.at(BEFORE)
    die(tmp_path, database_url, Crash("committed rounds.add"), until=OPENS)
    names = {ROUND, f"{ROUND}.thread"}
    async with house() as company:
        for name in names:
            company.house.ring.destroy(name)
        await company.house.metronome.run_due()
        await check_opened(company, 30)
        assert names <= set(company.house.ring.names())
        lines = await company.house.store.read(lambda tx: tx.audit.newest(9))
        assert [f"round {ROUND}: keys made anew"] == [x.what for x in lines if "anew" in x.what]
