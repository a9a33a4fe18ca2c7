"""Stopped in the middle of a beat, the clock lets it come to its end and says nothing."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.people import Profile
from schedules import meet
from schedules.rooms import Rooms
from tests.faults.ports import overhear, rewire
from tests.stories.company import WEEKLY, Company, staff

pytestmark = pytest.mark.fault


async def test_a_beat_under_way_is_not_cut_off(
    company: Company, caplog: pytest.LogCaptureFixture
) -> None:
    await company.hire(*staff(30))
    await company.ask(WEEKLY)
    begun, go_on, done = threading.Event(), threading.Event(), threading.Event()

    def told(moment: str) -> None:
        if moment == "before rounds.in_state" and not begun.is_set():
            begun.set()
            go_on.wait()
        if moment == "committed rounds.in_state":
            done.set()

    overhear(company, told)
    metronome = company.house.metronome
    with caplog.at_level(logging.WARNING):
        metronome.start()
        await asyncio.to_thread(begun.wait)
        stopping = asyncio.create_task(metronome.stop())
        # The beat cannot go on yet, so whatever stopping does by itself is done by now.
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert not stopping.done()
        go_on.set()
        await stopping
    assert done.is_set()
    assert [record.getMessage() for record in caplog.records] == []


async def test_a_clock_that_never_ran_can_be_stopped(company: Company) -> None:
    await company.house.metronome.stop()


class Endless:
    """A platform that begins to say who is there and never ends."""

    def __init__(self, company: Company) -> None:
        self._inner = company.simulator
        self.asked = asyncio.Event()
        self.says = asyncio.Event()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    async def people(self) -> AsyncIterator[Profile]:
        self.asked.set()
        await self.says.wait()
        async for profile in self._inner.people():
            yield profile


async def test_a_platform_that_does_not_say_who_is_there_keeps_nobody_from_stopping(
    company: Company, caplog: pytest.LogCaptureFixture
) -> None:
    endless = Endless(company)
    rewire(company, platform=endless)
    metronome = company.house.metronome
    metronome.start()
    await endless.asked.wait()
    await metronome.stop()
    assert caplog.records == []


async def test_what_was_heard_of_people_is_written_to_its_end(company: Company) -> None:
    company.simulator.adopt([("new@example.com", "New", "Etc/UTC", "en")])
    begun, go_on = threading.Event(), threading.Event()

    def told(moment: str) -> None:
        if moment == "before people.detach" and not begun.is_set():
            begun.set()
            go_on.wait()

    overhear(company, told)
    metronome = company.house.metronome
    asking = asyncio.create_task(metronome._beat(meet.call_roll))
    await asyncio.to_thread(begun.wait)
    asking.cancel()
    await asyncio.sleep(0)
    assert not asking.done()
    go_on.set()
    await asyncio.wait({asking})
    known = await company.house.store.read(lambda tx: tx.people.by_email("new@example.com"))
    assert known


async def test_rounds_go_on_while_a_platform_is_asked_who_is_there(company: Company) -> None:
    endless = Endless(company)
    rewire(company, platform=endless)
    beat = company.house.metronome._beat
    endless.says.set()
    await beat(meet.call_roll)
    endless.asked.clear()
    endless.says.clear()
    company.simulator.clock.to(company.house.clock.now() + timedelta(days=1))
    asking = asyncio.create_task(beat(meet.call_roll))
    await endless.asked.wait()
    done = asyncio.Event()

    async def tick(_rooms: Rooms) -> None:
        done.set()

    await beat(tick)
    assert done.is_set()
    endless.says.set()
    await asking


async def test_nobody_is_written_to_before_everybody_was_met(company: Company) -> None:
    endless = Endless(company)
    rewire(company, platform=endless)
    beat = company.house.metronome._beat
    asking = asyncio.create_task(beat(meet.call_roll))
    await endless.asked.wait()
    told: list[str] = []

    async def tick(_rooms: Rooms) -> None:
        told.append("sent")

    sending = asyncio.create_task(beat(tick))
    await asyncio.sleep(0)
    assert told == []
    endless.says.set()
    await asyncio.gather(asking, sending)
    assert told == ["sent"]
