"""What goes together with how people feel about IT is said in one line, for everybody at once."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest

from bot.domain.pulse import Question
from tests.stories.company import WEEKLY, Company, later, open_company, staff

pytestmark = pytest.mark.story

OVERALL = Question("overall", "satisfaction", "How satisfied were you with IT?")
QUICK = Question("quick", "agree", "My problem was solved quickly.")
EFFORT = Question("effort", "effort", "How much effort was it?")
PULSE = later(WEEKLY, questions=(OVERALL, QUICK, EFFORT))
ROUND = "it-weekly@2026-11-24"
SAID = f"Goes together most with “{OVERALL.text}”: “{QUICK.text}”"


async def played(company: Company, people: int) -> None:
    """How quick it was goes with the score, and effort with nothing."""
    await company.hire(*staff(people), *staff(10, "Legal", first=people + 1))
    await company.grant("p001@example.com", "lead")
    await company.ask(PULSE)
    await company.at("2026-11-24T12:00:00+00:00")
    chance = Random(1)
    for number in range(1, people + 1):
        score = chance.randint(1, 5)
        quick = min(5, max(1, score + chance.choice([-1, 0, 0, 1])))
        answers = {"overall": score, "quick": quick, "effort": chance.randint(1, 7)}
        await company.answers(f"p{number:03}@example.com", ROUND, **answers)
    await company.at("2026-11-30T12:00:00+00:00")


async def summary(company: Company, rest: str = "") -> str:
    return json.dumps(
        await company.says("p001@example.com", command=f"summary {rest}"), ensure_ascii=False
    )


async def test_a_lead_reads_what_goes_together_with_the_score(
    tmp_path: Path, database_url: str
) -> None:
    async with open_company(tmp_path, database_url) as company:
        await played(company, 60)
        told = await summary(company)
        assert f"{SAID} (60 complete answers)" in told
        assert "cause" not in told
        assert SAID not in await summary(company, "Finance")


async def test_of_fewer_than_fifty_nothing_is_said(tmp_path: Path, database_url: str) -> None:
    async with open_company(tmp_path, database_url) as company:
        await played(company, 49)
        assert "Goes together" not in await summary(company)
