"""Stopped in the middle of a beat, the clock lets it come to its end and says nothing."""

from __future__ import annotations

import asyncio
import logging
import threading

import pytest

from tests.faults.ports import overhear
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
