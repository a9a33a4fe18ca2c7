"""An admin, or anybody, reads what was done here."""

from __future__ import annotations

import pytest

from tests.stories.company import WEEKLY, Company, parts, staff

pytestmark = pytest.mark.story

CLERK, ADMIN = "p001@example.com", "p002@example.com"


async def fortnight(company: Company) -> None:
    await company.hire(*staff(30))
    await company.grant(ADMIN, "admin")
    await company.ask(WEEKLY)
    for day in range(24, 31):
        await company.at(f"2026-11-{day}T12:00:00+00:00")


async def test_the_audit_is_told_day_by_day_with_the_keys_added_up(company: Company) -> None:
    await fortnight(company)
    (card,) = (await company.says(ADMIN, command="audit"))["messages"]
    days = [part["text"] for part in parts(card, "prose")]
    assert days[0] == "Monday 30 November"
    assert len(set(days)) == len(days) <= 7
    rows = [(row["label"], row["value"]) for part in parts(card, "facts") for row in part["rows"]]
    assert ("ITPulse", "1 key destroyed, 1 key made") in rows
    assert not any("key events@" in told for _, told in rows)
    closed = "“How is IT doing for you?” of 24 November closed"
    assert any(told.startswith(closed) for _, told in rows)


async def test_every_key_can_still_be_read_of_by_everybody(company: Company) -> None:
    await fortnight(company)
    (card,) = (await company.says(CLERK, command="audit keys"))["messages"]
    told = [row["value"] for part in parts(card, "facts") for row in part["rows"]]
    assert "key events@2026-12-01 made" in told
    assert all(line.startswith("key ") for line in told)


async def test_help_is_grouped_by_who_one_is(company: Company) -> None:
    await fortnight(company)
    (clerk,) = (await company.says(CLERK, command="help"))["messages"]
    (admin,) = (await company.says(ADMIN, command="help"))["messages"]
    titles = [[part["text"] for part in parts(card, "heading")] for card in (clerk, admin)]
    every = ["For everybody", "For IT leads", "For editors", "For admins"]
    assert titles == [every[:1], every]
    rows = {row["label"]: row["value"] for row in parts(clerk, "facts")[0]["rows"]}
    assert "e.g. “pause 2 weeks”" in rows["pause"]
    assert list(rows)[:2] == ["next", "grumble"]
