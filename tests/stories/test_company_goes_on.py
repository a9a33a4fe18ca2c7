"""The made-up company goes on answering while a visitor pushes the clock."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path
from typing import Final

import pytest

from adapters.simulator import company as meridian
from adapters.terminal.filling import Company, clock_starts, move_in, story_begins
from bot.domain.people import Cell
from bot.domain.report import report
from tests.stories.company import MONDAY, open_company
from tests.stories.company import Company as Played

pytestmark = pytest.mark.story

BEGAN: Final = story_begins(MONDAY)
VISITOR: Final = "carolin.meinert@meridian.example"


@pytest.fixture
async def company(tmp_path: Path) -> AsyncIterator[Played]:
    """The day before its very first round, with nothing played."""
    url = f"sqlite:///{tmp_path}/itpulse.sqlite"
    async with open_company(tmp_path, url, clock_starts(MONDAY)) as company:
        await company.house.store.run(lambda tx: move_in(tx, BEGAN))
        await company.house.greet_newcomers()
        yield company


def answering(day: date) -> set[str]:
    """E-mails of those who answer the round of a day, as the story has it."""
    within = {day + timedelta(days=n) for n in range(5)}
    return {line.email for line in meridian.history(BEGAN, 1) if line.at.date() in within}


async def test_whoever_answers_in_the_story_does_and_the_visitors_own_people_do_not(
    company: Played,
) -> None:
    day = meridian.days(BEGAN)[0]
    await company.says(VISITOR, text="help")
    assert VISITOR in answering(day)
    told = Company(company.house, company.simulator)
    for days in (1, 2, 6):
        await told.push(clock_starts(MONDAY) + timedelta(days=days))
    found = await company.house.store.read(lambda tx: report(tx, None, Cell()))
    left_out = {VISITOR, *meridian.cast()}
    assert found.answered == len(answering(day) - left_out)
    assert found.answered > 100


async def test_people_of_ones_own_are_left_alone(tmp_path: Path) -> None:
    async with open_company(tmp_path, f"sqlite:///{tmp_path}/itpulse.sqlite") as company:
        await Company(company.house, company.simulator).push(MONDAY + timedelta(days=3))
        assert company.house.clock.now() == MONDAY + timedelta(days=3)
