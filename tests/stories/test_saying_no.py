"""A clerk says no to a round, or not now."""

from __future__ import annotations

import pytest

from tests.stories.company import WEEKLY, Company, parts, staff

pytestmark = pytest.mark.story

ROUND = "it-weekly@2026-11-24"
CLERK, OTHER = (f"p{number:03}@example.com" for number in (1, 2))


async def asked(company: Company) -> None:
    await company.hire(*staff(30))
    await company.ask(WEEKLY)
    await company.at("2026-11-24T11:00:00+00:00")


def reminders(company: Company, email: str) -> int:
    return sum("Still open until" in message["summary"] for message in company.chat(email))


async def test_one_press_says_no_and_no_reminder_comes(company: Company) -> None:
    await asked(company)
    (first,) = company.chat(CLERK)
    labels = {b["label"]: b["ref"] for p in parts(first, "buttons") for b in p["buttons"]}
    told = await company.says(CLERK, press=labels["Not this time"], value=None)
    (redrawn,) = told["messages"]
    assert redrawn["id"] == first["id"]
    assert "not be reminded" in redrawn["summary"]
    await company.at("2026-11-28T11:00:00+00:00")
    assert (reminders(company, CLERK), reminders(company, OTHER)) == (0, 1)


async def test_who_said_no_may_answer_after_all(company: Company) -> None:
    await asked(company)
    told = await company.says(CLERK, press=f"decline|{ROUND}|", value=None)
    (after_all,) = parts(told["messages"][0], "buttons")[0]["buttons"]
    again = await company.says(CLERK, press=after_all["ref"], value=None)
    assert parts(again["messages"][-1], "scale")
    answered = await company.says(CLERK, press=f"answer|{ROUND}|overall", value=4)
    assert answered["refusal"] is None


@pytest.mark.parametrize("verb", ["later", "decline"])
async def test_after_the_round_it_is_said_that_it_is_closed(company: Company, verb: str) -> None:
    await asked(company)
    await company.at("2026-11-28T11:00:00+00:00")
    told = await company.says(CLERK, press=f"{verb}|{ROUND}|", value=None)
    assert "closed" in told["refusal"]
