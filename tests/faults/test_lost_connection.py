"""PostgreSQL throws everybody out, again and again: what failed is said again and counts once."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from storage import StoreError
from tests.faults.crashes import CLOSES, DAY_AFTER, OPENS, check_delivered, messages
from tests.faults.events import answer, press
from tests.faults.saying import ROUND
from tests.stories.company import WEEKLY, Company, open_company, staff

pytestmark = pytest.mark.fault

PEOPLE = 200


async def test_answers_count_once_however_often_the_connection_is_lost(
    tmp_path: Path, postgresql_url: str
) -> None:
    async with open_company(tmp_path, postgresql_url) as company:
        await company.hire(*staff(PEOPLE))
        await company.ask(WEEKLY)
        await company.at(OPENS)
        unheard = set(range(1, PEOPLE + 1))

        async def insist(number: int) -> None:
            """As a platform does: the same event until somebody acknowledges it."""
            while number in unheard:
                try:
                    await press(company, number, answer("overall"), number % 5 + 1, f"e{number}")
                    unheard.remove(number)
                except StoreError:
                    await asyncio.sleep(0)

        async def throw_out() -> None:
            while unheard:
                await asyncio.to_thread(disconnect, postgresql_url)

        await asyncio.gather(throw_out(), *map(insist, range(1, PEOPLE + 1)))
        await company.at(CLOSES)
        assert await hist(company) == Counter({str(score): PEOPLE // 5 for score in range(1, 6)})


async def test_ticks_that_lose_their_connection_are_caught_up_with(
    tmp_path: Path, postgresql_url: str
) -> None:
    async with open_company(tmp_path, postgresql_url) as company:
        await company.hire(*staff(PEOPLE))
        await company.ask(WEEKLY)
        await tick_in_trouble(company, postgresql_url, OPENS)
        await check_delivered(company)
        for number in range(1, PEOPLE + 1):
            await press(company, number, answer("overall"), number % 5 + 1)
        await tick_in_trouble(company, postgresql_url, CLOSES)
        await tick_in_trouble(company, postgresql_url, DAY_AFTER)
        assert await hist(company) == Counter({str(score): PEOPLE // 5 for score in range(1, 6)})
        assert messages(company) == {1: PEOPLE}
        released = await company.house.store.read(lambda tx: tx.releases.rounds("it-weekly"))
        assert [(r.round, r.answered) for r in released] == [(ROUND, PEOPLE)]
        assert ROUND not in set(company.house.ring.names())


async def tick_in_trouble(company: Company, url: str, instant: str) -> None:
    """A few ticks that are thrown out all the time, and then one that is not."""
    company.simulator.clock.to(datetime.fromisoformat(instant))
    over = asyncio.Event()

    async def throw_out() -> None:
        while not over.is_set():
            await asyncio.to_thread(disconnect, url)

    troubling = asyncio.create_task(throw_out())
    for _ in range(5):
        with suppress(StoreError):  # the tick was given up; the next one goes on
            await company.house.metronome.run_due()
    over.set()
    await troubling
    await company.house.metronome.run_due()


def disconnect(url: str) -> None:
    conninfo = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(conninfo, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


async def hist(company: Company) -> Counter[str]:
    blocks = await company.house.store.read(lambda tx: tx.releases.blocks([ROUND]))
    found: Counter[str] = Counter()
    for block in blocks:
        if block.question == "overall":
            found.update({s: n for s, n in block.hist.items() if isinstance(n, int) and n})
    return found
