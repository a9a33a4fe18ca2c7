"""Two houses on one database: whatever both do at once is done once."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

import pytest

from bot.domain.pulse import Audience
from bot.ports import Store, Transaction
from tests.faults.conftest import Open
from tests.faults.crashes import (
    BEFORE,
    BEFORE_CLOSING,
    CLOSES,
    DAY_AFTER,
    OPENS,
    REMINDS,
    check_delivered,
    check_opened,
    check_released,
    messages,
)
from tests.faults.ports import rewire
from tests.faults.saying import say_something
from tests.stories.company import WEEKLY, Company, staff

pytestmark = pytest.mark.fault

T = TypeVar("T")
Two = tuple[Company, Company]

ANSWERED = [f"p{number:03}@example.com" for number in range(1, 31)]


@pytest.fixture
async def two(house: Open) -> AsyncIterator[Two]:
    async with house() as one, house() as other:
        for company in (one, other):
            rewire(company, alone=False)
        yield one, other


async def test_two_houses_that_run_every_tick_at_once_are_one(two: Two) -> None:
    one, other = two
    await one.hire(*staff(60))
    await one.ask(WEEKLY)
    await at_once(two)
    await both(two, OPENS)
    await check_opened(one, 60)
    await check_delivered(one)
    await both(two, REMINDS)
    assert messages(one) == {2: 60}
    for company, emails in ((one, ANSWERED[::2]), (other, ANSWERED[1::2])):
        for email in emails:
            await say_something(company, email)
    await both(two, DAY_AFTER)
    await check_released(one, ANSWERED)
    assert messages(one) == {2: 60}
    # Both may destroy a key that nobody needs any more, and both may say so.
    said = await one.house.store.read(lambda tx: [line.what for line in tx.audit.newest(100)])
    of_rounds = Counter(what for what in said if what.startswith("round "))
    assert set(of_rounds.values()) == {1}, of_rounds


async def test_a_house_that_comes_late_leaves_an_open_round_alone(two: Two) -> None:
    one, late = two
    await one.hire(*staff(30))
    await one.ask(WEEKLY)
    await one.at(BEFORE)
    one.simulator.clock.to(instant(OPENS))
    # One house has announced the round to thirty; then somebody joins, and the other sees that.
    first, go_on = await held(one, before_run=2)
    await late.hire(*staff(1, first=31))
    second, go_on_too = await held(late, before_run=1)
    go_on.set()
    await first
    await check_opened(one, 30, everybody=31)
    for email in ANSWERED:
        await say_something(one, email)
    go_on_too.set()
    await second
    await both(two, CLOSES)
    await check_released(one, ANSWERED)


async def test_a_house_that_finds_too_few_leaves_an_open_round_alone(two: Two) -> None:
    one, late = two
    await one.hire(*staff(30))
    await one.ask(WEEKLY)
    await one.at(BEFORE)
    one.simulator.clock.to(instant(OPENS))
    first, go_on = await held(one, before_run=2)
    narrower = replace(WEEKLY, audience=Audience(emails=("p001@example.com",)))
    await late.ask(narrower)
    second, go_on_too = await held(late, before_run=1)
    go_on.set()
    await first
    go_on_too.set()
    await second
    await check_opened(one, 30)


async def test_a_round_that_both_count_is_released_once(two: Two) -> None:
    one, late = two
    await one.hire(*staff(40))
    await one.ask(WEEKLY)
    await one.at(OPENS)
    for email in ANSWERED:
        await say_something(one, email)
    await one.at(BEFORE_CLOSING)
    one.simulator.clock.to(instant(CLOSES))
    counting, go_on = await held(late, before_run=2)
    await one.house.metronome.run_due()
    await check_released(one, ANSWERED)
    go_on.set()
    await counting
    await check_released(one, ANSWERED)


async def both(two: Two, until: str) -> None:
    """Both run whatever is due at every instant until then."""
    one, _ = two
    while (at := await one.house.metronome.next_at()) and at <= instant(until):
        one.simulator.clock.to(at)
        await at_once(two)


async def at_once(two: Two) -> None:
    await asyncio.gather(*(company.house.metronome.run_due() for company in two))


async def held(company: Company, before_run: int) -> tuple[asyncio.Task[None], asyncio.Event]:
    """A house in the middle of its ticks, held up before the n-th writing transaction; with what
    lets it go on."""
    gate = Gate(company.house.store, before_run)
    rewire(company, store=gate, alone=False)
    ticking = asyncio.create_task(company.house.metronome.run_due())
    await gate.reached.wait()
    return ticking, gate.open


class Gate:
    """A Store that lets nobody past a certain writing transaction before it is opened."""

    def __init__(self, inner: Store, before_run: int) -> None:
        self._inner, self._left = inner, before_run
        self.reached, self.open = asyncio.Event(), asyncio.Event()

    async def run(self, fn: Callable[[Transaction], T], together: bool = False) -> T:
        self._left -= 1
        if not self._left:
            self.reached.set()
            await self.open.wait()
        return await self._inner.run(fn, together)

    async def read(self, fn: Callable[[Transaction], T]) -> T:
        return await self._inner.read(fn)

    async def checkpoint(self) -> None:
        await self._inner.checkpoint()


def instant(iso: str) -> datetime:
    return datetime.fromisoformat(iso)
