"""From the wish to be forgotten to the day after."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from bot.domain.pulse import Cadence
from bot.domain.unreached import unreached
from tests.stories.company import OVERALL, WEEKLY, Company, parts, staff

pytestmark = pytest.mark.story

ROUND = "it-weekly@2026-11-24"
WHO = "p002@example.com"
OTHER = replace(
    WEEKLY,
    id="second",
    questions=(OVERALL,),
    cadence=Cadence("FREQ=WEEKLY;BYDAY=WE", date(2026, 11, 25), time(9, 0)),
)


async def wish(company: Company, who: str = WHO) -> dict[str, Any]:
    return await company.says(who, press="forget||", value=None)


async def is_here(company: Company, who: str = WHO) -> bool:
    return await company.house.store.read(lambda tx: tx.people.by_email(who)) is not None


async def answered(company: Company) -> list[int]:
    found = await company.house.store.read(lambda tx: tx.releases.rounds("it-weekly"))
    return [round.answered for round in found]


async def open_weekly(company: Company) -> None:
    await company.hire(*staff(30))
    await company.ask(WEEKLY)
    await company.at("2026-11-24T11:00:00+00:00")
    for number in range(1, 21):
        await company.answers(f"p{number:03}@example.com", ROUND, overall=4)


async def test_whatever_they_say_in_between_is_answered_kindly(company: Company) -> None:
    await open_weekly(company)
    asked = await company.says(WHO, command="forget me")
    (yes,) = parts(asked["messages"][0], "buttons")[0]["buttons"]
    told = await company.says(WHO, press=yes["ref"], value=yes["value"])
    assert "within a day" in str(told)
    assert await is_here(company)
    said: list[dict[str, Any]] = [{"command": word} for word in ("next", "privacy", "help")]
    said += [{"text": "Why do you still know me?"}, {"press": "forget||", "value": None}]
    said += [{"press": f"answer|{ROUND}|overall", "value": 1}]
    said += [{"submit": "grumble||named", "values": {"text": "One more."}}]
    for payload in said:
        assert "I am forgetting you" in (await company.says(WHO, **payload))["refusal"], payload
    assert await company.house.store.read(lambda tx: tx.named.grumbles(9)) == []


async def test_nothing_is_sent_to_them_any_more(company: Company) -> None:
    await open_weekly(company)
    await company.ask(OTHER)
    going, staying = "p029@example.com", "p030@example.com"
    await company.at("2026-11-25T08:30:00+00:00")
    await wish(company, going)
    before = [len(company.chat(who)) for who in (going, staying)]
    await company.at("2026-11-25T12:00:00+00:00")
    assert await is_here(company, going)
    await company.at("2026-11-26T12:00:00+00:00")
    after = [len(company.chat(who)) for who in (going, staying)]
    assert after == [before[0], before[1] + 1], "a reminder; nobody has two rounds open"
    assert not await is_here(company, going)


async def test_no_list_says_who_waits_to_be_forgotten(company: Company) -> None:
    """Their card was not due yet when they asked; it waits without a reason."""
    (late,) = staff(1, first=31, zone="America/New_York")
    await company.hire(late)
    await open_weekly(company)
    await wish(company, late.email)
    await company.at("2026-11-24T16:00:00+00:00")
    assert await is_here(company, late.email)
    assert await company.house.store.read(unreached) == []
    rows = await company.house.store.read(lambda tx: tx.deliveries.of_round(ROUND))
    unlike = [row for row in rows if row.state != "sent"]
    assert [(row.state, row.why, row.receipt) for row in unlike] == [("waiting", "", "")]


async def test_a_round_that_closes_the_same_day_counts_them_no_more(company: Company) -> None:
    """Though the wish lies in another round's ballot."""
    await open_weekly(company)
    later = replace(OTHER, cadence=Cadence("FREQ=WEEKLY;BYDAY=FR", date(2026, 11, 27), time(9)))
    await company.ask(later)
    await company.at("2026-11-27T09:30:00+00:00")
    await company.answers(WHO, "second@2026-11-27", overall=1)
    await wish(company)
    await company.at("2026-11-27T11:00:00+00:00")
    assert await answered(company) == [19]
    assert not await is_here(company)
    await company.at("2026-12-02T11:00:00+00:00")
    found = await company.house.store.read(lambda tx: tx.releases.rounds("second"))
    assert [round.answered for round in found] == []


async def test_who_has_no_ballot_anywhere_is_forgotten_at_once(company: Company) -> None:
    await company.hire(*staff(3))
    told = await wish(company)
    assert "I have forgotten you" in told["messages"][0]["summary"]
    assert not await is_here(company)
    assert "don't know you" in (await wish(company))["refusal"]


async def test_a_wish_in_the_box_is_found_when_nothing_else_is_open(company: Company) -> None:
    await company.hire(*staff(30))
    await company.at("2026-11-24T11:00:00+00:00")
    for number in range(1, 7):
        who = f"p{number:03}@example.com"
        await company.says(who, submit="grumble||confidential", values={"text": f"Slow {number}."})
    await wish(company)
    await company.at("2026-11-25T00:30:00+00:00")
    assert not await is_here(company)
    await company.at("2026-12-05T11:00:00+00:00")
    texts = await company.house.store.read(
        lambda tx: tx.releases.texts([r.round for r in tx.releases.rounds("grumbles")])
    )
    assert sorted(text.body for text in texts) == [f"Slow {n}." for n in (1, 3, 4, 5, 6)]


async def test_those_who_stay_keep_their_answers(company: Company) -> None:
    await open_weekly(company)
    for number in (2, 5, 25):
        await wish(company, f"p{number:03}@example.com")
    await company.at("2026-11-28T11:00:00+00:00")
    assert await answered(company) == [18]
    people = await company.house.store.read(lambda tx: tx.people.all())
    assert len(people) == 27
    lines = await company.house.store.read(lambda tx: [line.what for line in tx.audit.newest(99)])
    assert len([line for line in lines if "own wish" in line]) == 3
