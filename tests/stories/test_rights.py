"""Whoever asks is told what is kept, and is forgotten where they wish it."""

from __future__ import annotations

from typing import Any

import pytest

from bot.controls.forgetting import without_forgotten
from bot.domain.kept import kept_about
from tests.stories.company import WEEKLY, Company, later, staff

pytestmark = pytest.mark.story

WHO = "p007@example.com"


async def _kept(company: Company, email: str) -> dict[str, Any]:
    def read(tx: Any) -> dict[str, Any]:
        return kept_about(tx, tx.people.by_email(email))

    return await company.house.store.read(read)


async def test_rounds_and_rotation_are_shown_and_answers_are_not(company: Company) -> None:
    await company.hire(*staff(90))
    await company.ask(later(WEEKLY, rotation="slices"))
    await company.at("2026-11-24T15:00:00+00:00")
    slots = await company.house.store.read(lambda tx: tx.people.slots(WEEKLY.id))
    people = {p.id: p.email for p in await company.house.store.read(lambda tx: tx.people.all())}
    first, later_one = (next(people[i] for i, s in slots.items() if s == turn) for turn in (0, 1))
    await company.answers(first, "it-weekly@2026-11-24", overall=1, words="Nothing works.")
    kept = await _kept(company, first)
    assert kept["rotation"] == [{"pulse": "it-weekly", "slot": 0}]
    assert [(one["round"], one["reached"]) for one in kept["rounds"]] == [
        ("it-weekly@2026-11-24", "reached")
    ]
    assert "Nothing works" not in str(kept)
    assert (await _kept(company, later_one))["rounds"] == []


async def test_whoever_is_forgotten_stays_away_from_every_list(company: Company) -> None:
    await company.hire(*staff(21))
    await company.ask(WEEKLY)
    await company.at("2026-11-24T12:00:00+00:00")
    await company.answers(WHO, "it-weekly@2026-11-24", overall=1)
    told = await company.says(WHO, press="forget||", value=None)
    assert "will not be counted" in told["messages"][0]["summary"]
    await company.at("2026-11-25T00:00:00+00:00")
    store, ring = company.house.store, company.house.ring
    assert await store.read(lambda tx: tx.people.by_email(WHO)) is None
    wanted = staff(22)
    left = await store.read(lambda tx: without_forgotten(tx, ring, wanted))
    assert {p.email for p in wanted} - {p.email for p in left} == {WHO}
    # The platform still knows them, and that brings nobody back either.
    await company.house.greet_newcomers()
    assert await store.read(lambda tx: tx.people.by_email(WHO)) is None
