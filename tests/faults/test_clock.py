"""The clock jumps, stands still for weeks, and changes twice a year: nothing doubles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest

from bot.domain.house_rules import HouseRules
from bot.domain.pulse import Cadence
from bot.house_rules import set_rules
from tests.faults.conftest import Open
from tests.faults.crashes import (
    DAY_AFTER,
    OPENS,
    REMINDS,
    check_released,
    deliveries,
    messages,
    rounds,
)
from tests.faults.saying import ROUND, say_something
from tests.stories.company import WEEKLY, Company, open_company, staff

pytestmark = pytest.mark.fault

ALL_WEEK = HouseRules(working_days=frozenset(range(7)))
ZONES = ("Europe/Berlin", "America/New_York", "Australia/Sydney", "Asia/Kolkata")
ANSWERED = [f"p{number:03}@example.com" for number in range(1, 16)]
#: In the night in which clocks change, at an hour that then is there twice or not at all.
NIGHTLY = replace(WEEKLY, cadence=Cadence("FREQ=WEEKLY;BYDAY=SU", date(2026, 10, 4), time(2, 30)))
SUNDAYS = [date(2026, 10, 4) + timedelta(weeks=week) for week in range(27)]
LATER = {("Australia/Sydney", date(2026, 10, 4)), ("America/New_York", date(2027, 3, 14)),
         ("Europe/Berlin", date(2027, 3, 28))}  # fmt: skip


async def test_half_a_year_of_nights_in_one_jump(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("nights")
    starts = datetime(2026, 10, 2, tzinfo=UTC)
    async with open_company(folder, f"sqlite:///{folder}/itpulse.sqlite", starts) as company:
        for number, zone in enumerate(ZONES):
            await company.hire(*staff(5, first=number * 5 + 1, zone=zone))
        await company.house.store.run(lambda tx: set_rules(tx, ALL_WEEK, "a test", starts))
        await company.ask(NIGHTLY)
        await company.at("2027-04-10T00:00:00+00:00")
        assert [r.day for r in reversed(await rounds(company))] == SUNDAYS
        for number, zone in enumerate(ZONES):
            for person in range(number * 5 + 1, number * 5 + 6):
                assert told_at(company, f"p{person:03}@example.com") == list(expected(zone))


def expected(zone: str) -> Iterator[datetime]:
    """Each Sunday the card and on the Tuesday the reminder, at half past two where they live."""
    for sunday in SUNDAYS:
        hour = time(3, 30) if (zone, sunday) in LATER else time(2, 30)
        yield datetime.combine(sunday, hour, ZoneInfo(zone)).astimezone(UTC)
        tuesday = sunday + timedelta(days=2)
        yield datetime.combine(tuesday, time(2, 30), ZoneInfo(zone)).astimezone(UTC)


def told_at(company: Company, email: str) -> list[datetime]:
    return [datetime.fromisoformat(message["at"]) for message in company.chat(email)]


async def test_rounds_that_were_slept_through_are_not_made_up_for(company: Company) -> None:
    await company.hire(*staff(40))
    await company.ask(WEEKLY)
    await company.at(OPENS)
    for email in ANSWERED:
        await say_something(company, email)
    # Nobody beats for two weeks, and then often.
    company.simulator.clock.to(datetime(2026, 12, 9, 9, tzinfo=UTC))
    for _ in range(3):
        await company.house.metronome.run_due()
    found = [(r.day, r.state) for r in await rounds(company)]
    assert found == [(date(2026, 12, 8), "open"), (date(2026, 11, 24), "released")]
    assert messages(company) == {2: 40}
    released = await company.house.store.read(lambda tx: tx.releases.rounds("it-weekly"))
    assert [(r.round, r.answered) for r in released] == [(ROUND, len(ANSWERED))]


async def test_who_is_asked_late_is_not_reminded_in_the_same_breath(company: Company) -> None:
    await company.hire(*staff(40))
    await company.ask(WEEKLY)
    company.simulator.clock.to(datetime.fromisoformat(REMINDS) + timedelta(hours=1))
    for _ in range(3):
        await company.house.metronome.run_due()
    assert messages(company) == {1: 40}
    assert [(r.id, r.state) for r in await rounds(company)] == [(ROUND, "open")]


async def test_a_house_that_is_shut_and_opened_at_every_step_is_the_same(house: Open) -> None:
    async with house() as company:
        for number, zone in enumerate(ZONES):
            await company.hire(*staff(10, first=number * 10 + 1, zone=zone))
        await company.ask(WEEKLY)
    answering = iter(ANSWERED)
    steps = 0
    at: datetime | None = None
    while at is None or at < datetime.fromisoformat(DAY_AFTER):
        async with house() as company:
            await company.house.metronome.run_due()
            if {d.state for d in await deliveries(company)} == {"sent"}:
                for email in islice(answering, 8):
                    await say_something(company, email)
        async with house() as company:
            at = await company.house.metronome.next_at()
            assert at
            company.simulator.clock.to(at)
            steps += 1
    async with house() as company:
        assert steps >= 10
        await check_released(company, ANSWERED)
        later = [f"p{number:03}@example.com" for number in range(16, 41)]
        assert messages(company, ANSWERED) == {1: len(ANSWERED)}
        assert messages(company, later) == {2: len(later)}


async def test_who_moves_across_the_world_is_reminded_once(company: Company) -> None:
    await company.hire(*staff(20, zone="Australia/Sydney"), *staff(20, first=21))
    await company.ask(WEEKLY)
    await company.at(REMINDS)
    assert messages(company) == {2: 40}
    await company.hire(*staff(20, zone="America/New_York"))
    await company.at("2026-11-27T08:00:00+00:00")
    assert messages(company) == {2: 40}
