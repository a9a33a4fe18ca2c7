"""Killed among the posts: nobody is asked twice, and nobody is forgotten."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.errors import Ambiguous
from bot.events import Address
from bot.ports import Receipt
from schedules.deliver import CHUNK, LEFT_BEHIND
from tests.faults.conftest import Open
from tests.faults.crashes import OPENS, REMINDS, check_delivered, deliveries, die, messages
from tests.faults.dying import Crash
from tests.faults.ports import rewire
from tests.stories.company import WEEKLY, Company, staff

pytestmark = pytest.mark.fault

#: Three chunks of deliveries, the last one not full.
MANY = 120


@pytest.mark.parametrize(
    "crash",
    [
        Crash("committed deliveries.claim", 1),
        Crash("before platform.deliver", 1),
        Crash("before platform.deliver", 70),
        Crash("after platform.deliver", 70),
        Crash("before deliveries.settle", 1),
        Crash("after deliveries.settle", 80),
        Crash("committed deliveries.settle", 2),
        Crash("committed deliveries.settle", 3),
    ],
    ids=str,
)
async def test_everybody_has_one_card(
    house: Open, tmp_path: Path, database_url: str, crash: Crash
) -> None:
    await ask(house)
    die(tmp_path, database_url, crash, until=OPENS)
    async with house() as company:
        await company.house.metronome.run_due()
        await check_delivered(company)


async def test_a_card_that_perhaps_arrived_is_not_sent_again_but_reminded_of(
    house: Open, tmp_path: Path, database_url: str
) -> None:
    await ask(house)
    posted = CHUNK + 20
    die(tmp_path, database_url, Crash("after platform.deliver", posted), until=OPENS)
    async with house() as company:
        rewire(company, platform=Forgetful(company))
        await company.house.metronome.run_due()
        states = Counter(d.state for d in await deliveries(company))
        assert states == {"sent": MANY - CHUNK, "perhaps": CHUNK}
        lost = 2 * CHUNK - posted
        assert messages(company) == {1: MANY - lost, 0: lost}
        await company.at(REMINDS)
        assert messages(company) == {2: MANY - lost, 1: lost}


async def test_among_many_workers_a_claim_is_left_alone_for_a_while(
    house: Open, tmp_path: Path, database_url: str
) -> None:
    await ask(house)
    die(tmp_path, database_url, Crash("after platform.deliver", 20), until=OPENS)
    async with house() as company:
        rewire(company, alone=False)
        await company.house.metronome.run_due()
        assert messages(company) == {1: MANY - CHUNK + 20, 0: CHUNK - 20}
        await company.house.push(company.house.clock.now() + LEFT_BEHIND + timedelta(seconds=1))
        await check_delivered(company)


async def ask(house: Open) -> None:
    async with house() as company:
        await company.hire(*staff(MANY))
        await company.ask(WEEKLY)


class Forgetful:
    """A platform that cannot say what has arrived."""

    def __init__(self, company: Company) -> None:
        self._inner = company.simulator

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    async def was_delivered(self, to: Address, key: str) -> Receipt | None:
        raise Ambiguous
