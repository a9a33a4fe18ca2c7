"""A comment that is written anew is another comment, however it is written."""

from __future__ import annotations

from typing import Any

import pytest

from tests.stories.company import WEEKLY, Company, parts, staff

pytestmark = pytest.mark.story

ROUND = "it-weekly@2026-11-24"
FIRST, SECOND, THIRD = (f"p{number:03}@example.com" for number in (1, 2, 3))


async def opened(company: Company, email: str) -> str:
    """The ref of the button by which somebody lets IT answer their comment."""
    told = await company.says(email, press=f"open_thread|{ROUND}|words", value=None)
    ref: str = parts(told["messages"][0], "buttons")[0]["buttons"][0]["ref"]
    return ref


async def looked(company: Company, email: str, ref: str) -> dict[str, Any]:
    return await company.says(email, press=ref, value=None)


async def test_a_conversation_does_not_go_over_to_another_comment(company: Company) -> None:
    await company.hire(*staff(20))
    await company.ask(WEEKLY)
    await company.at("2026-11-24T12:00:00+00:00")
    for number in range(1, 13):
        await company.answers(f"p{number:03}@example.com", ROUND, words=f"Slow since day {number}")
    refs = {email: await opened(company, email) for email in (FIRST, SECOND, THIRD)}
    words = {"text": "It was the cable."}
    await company.says(FIRST, submit=f"answer|{ROUND}|words", values=words)
    await company.answers(SECOND, ROUND, words="It was the cable.")
    await company.answers(THIRD, ROUND, recommend=7)

    await company.at("2026-11-28T00:00:00+00:00")
    for email in (FIRST, SECOND):
        told = await looked(company, email, refs[email])
        assert "Nothing stands behind" in told["refusal"]
    assert "Slow since day 3" in str(await looked(company, THIRD, refs[THIRD]))
