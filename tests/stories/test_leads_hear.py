"""Leads hear once that the answers are in, and nothing that the release does not say."""

from __future__ import annotations

from typing import Any

import pytest

from bot.domain.people import Grant
from bot.domain.pulse import Pulse
from tests.stories.company import OVERALL, RECOMMEND, WEEKLY, Company, later, parts, person, staff

pytestmark = pytest.mark.story

LEAD, OF_FINANCE, OF_TWO, PAUSES, STOPPED, FAR = (
    f"p{number:03}@example.com" for number in (1, 2, 3, 101, 102, 201)
)
CLERK = "p004@example.com"
ROUND = "it-weekly@2026-11-24"
CLOSES = "2026-11-27T12:00:00+00:00"


async def closed(company: Company, pulse: Pulse = WEEKLY, until: str = CLOSES) -> None:
    await company.ask(pulse)
    await company.at("2026-11-24T12:00:00+00:00")
    for number in (*range(4, 24), *range(101, 107)):
        await company.answers(f"p{number:03}@example.com", ROUND, overall=4)
    await company.at(until)


async def settled(company: Company) -> None:
    await company.hire(*staff(25), *staff(8, "Sales", first=101))
    await company.hire(person(201, "Finance", zone="Asia/Singapore"))
    for email in (LEAD, PAUSES, STOPPED, FAR):
        await company.grant(email, "lead")
    await limited(company, OF_FINANCE, "Finance")
    await limited(company, OF_TWO, "Finance", "Sales")


async def limited(company: Company, email: str, *units: str) -> None:
    known = await company.house.store.read(lambda tx: tx.people.by_email(email))
    assert known
    grants: tuple[Grant] = ("lead",)
    await company.house.store.run(lambda tx: tx.people.set_grants(known.id, grants, units))


def news(company: Company, email: str) -> list[dict[str, Any]]:
    said = [m for m in company.chat(email) if m["from"] == "bot"]
    return [m for m in said if m["summary"].startswith(("The answers are in", "The box"))]


def words(card: dict[str, Any]) -> str:
    return "\n".join(part["text"] for part in card["parts"] if "text" in part)


def labels(card: dict[str, Any]) -> list[str]:
    return [b["label"] for part in parts(card, "buttons") for b in part["buttons"]]


async def test_leads_are_told_once_and_each_what_they_may_see(company: Company) -> None:
    await settled(company)
    await company.says(PAUSES, command="pause")
    await company.says(STOPPED, press="do||stop:")
    await closed(company)
    (card,) = news(company, LEAD)
    assert "The round of Tuesday 24 November has closed. 25 of 33 answered." in words(card)
    assert "satisfied with IT" in words(card)
    assert labels(card) == ["Open the summary", "What people wrote"]
    assert "25 of 33 answered" in await pressed(company, LEAD, card, 0)

    (of_finance,) = news(company, OF_FINANCE)
    assert "You see the figures of Finance." in words(of_finance)
    assert "answered" not in words(of_finance)
    assert "Finance" in await pressed(company, OF_FINANCE, of_finance, 0)

    (of_two,) = news(company, OF_TWO)
    assert labels(of_two) == ["Finance", "Sales"]
    assert "Sales" in await pressed(company, OF_TWO, of_two, 1)

    # Whoever wants quiet has it, and where it is late already it waits for Monday's hour.
    assert [news(company, email) for email in (CLERK, PAUSES, STOPPED, FAR)] == [[]] * 4
    await company.says(PAUSES, command="resume")
    await company.at("2026-11-30T01:59:00+00:00")
    assert news(company, FAR) == []
    await company.at("2026-11-30T02:00:00+00:00")
    assert [len(news(company, email)) for email in (FAR, PAUSES, LEAD)] == [1, 0, 1]


async def pressed(company: Company, email: str, card: dict[str, Any], number: int) -> str:
    ref = parts(card, "buttons")[0]["buttons"][number]["ref"]
    told = await company.says(email, press=ref)
    return str(told["messages"][0]["summary"])


async def test_nobody_is_told_of_what_was_discarded(company: Company) -> None:
    await settled(company)
    await company.grant(CLERK, "admin")
    await company.ask(WEEKLY)
    await company.at("2026-11-24T12:00:00+00:00")
    await company.says(CLERK, submit="form||close:it-weekly", values={"sure": True})
    await company.at(CLOSES)
    (round,) = await company.house.store.read(lambda tx: tx.rounds.of_pulse("it-weekly"))
    assert (round.state, news(company, LEAD)) == ("discarded", [])


async def test_a_box_that_is_opened_at_night_is_told_of_in_the_morning(company: Company) -> None:
    await settled(company)
    await company.at("2026-11-24T02:00:00+00:00")
    for number in range(4, 10):
        text = {"text": f"The printer on floor {number} is slow."}
        ref = "grumble||confidential"
        await company.says(f"p{number:03}@example.com", submit=ref, values=text)
    (box,) = await company.house.store.read(lambda tx: tx.rounds.in_state("open"))
    await company.at(box.closes_at.isoformat())
    assert news(company, LEAD) == []
    await company.at(f"{box.closes_at.date()}T08:00:00+00:00")
    assert [card["summary"] for card in news(company, LEAD)] == [
        "The box has been opened: What is on your mind about IT?"
    ]
    # It has no units, so whoever sees some only can open nothing.
    assert news(company, OF_FINANCE) == []


async def test_of_a_named_round_only_its_readers_hear_and_no_figure(company: Company) -> None:
    await settled(company)
    await closed(company, later(WEEKLY, manner="named", questions=(OVERALL, RECOMMEND)))
    (card,) = news(company, LEAD)
    assert "answered" not in words(card)
    assert labels(card) == ["Open the summary"]
    assert news(company, OF_FINANCE) == []
