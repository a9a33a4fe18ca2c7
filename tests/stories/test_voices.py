"""IT leads read what people wrote, and see first whoever would like an answer."""

from __future__ import annotations

import pytest

from tests.stories.company import WEEKLY, Company, parts, staff

pytestmark = pytest.mark.story

ROUND = "it-weekly@2026-11-24"
AUTHOR = "p007@example.com"
LEAD = "p001@example.com"


async def test_whoever_would_like_an_answer_is_read_first(company: Company) -> None:
    await company.hire(*staff(30))
    await company.grant(LEAD, "lead")
    await company.ask(WEEKLY)
    await company.at("2026-11-24T12:00:00+00:00")
    for number in range(1, 25):
        await company.answers(f"p{number:03}@example.com", ROUND, words=f"Printer {number} is slow")
    await company.says(AUTHOR, press=f"open_thread|{ROUND}|words")
    await company.at("2026-11-30T12:00:00+00:00")
    (card,) = (await company.says(LEAD, command="voices"))["messages"]
    assert [part["type"] for part in card["parts"]][1:3] == ["quote", "free_text"]
    assert parts(card, "quote")[0]["text"] == "Printer 7 is slow"
    assert [part["text"] for part in parts(card, "fineprint")] == ["8 of 24 comments"]
