"""One pulse goes all the way round: asked, answered, reminded, closed, released, read."""

from __future__ import annotations

import pytest

from bot.domain.exports import cells_wire, summary_wire
from tests.stories.company import WEEKLY, Company, parts, staff

pytestmark = pytest.mark.story

ROUND = "it-weekly@2026-11-24"


async def test_a_pulse_goes_all_the_way_round(company: Company) -> None:
    await company.hire(
        *staff(20, "Finance", zone="Europe/Berlin"),
        *staff(6, "Sales", first=101, zone="America/New_York"),
    )
    await company.grant("p001@example.com", "lead")
    await company.ask(WEEKLY)

    await company.at("2026-11-24T08:59:00+00:00")
    assert company.chat("p001@example.com") == []
    await company.at("2026-11-24T09:00:00+00:00")  # 10:00 in Berlin, 4:00 in New York
    (card,) = company.chat("p001@example.com")
    assert company.chat("p101@example.com") == []
    await company.at("2026-11-24T15:00:00+00:00")
    assert len(company.chat("p101@example.com")) == 1

    (scale,) = parts(card, "scale")
    assert scale["question"] == "overall"
    told = await company.says("p001@example.com", press=scale["ref"], value=2)
    (message,) = told["messages"]
    assert message["id"] == card["id"]
    (why,) = parts(message, "choices")
    assert why["text"] == "What got in the way?"
    await company.says("p001@example.com", press=why["ref"], value=["speed"])
    for number in range(2, 16):
        told = await company.answers(
            f"p{number:03}@example.com",
            ROUND,
            overall=4,
            recommend=9,
            words=f"Fine, really {number}",
        )
        assert (told["refusal"], told["errors"]) == (None, {})
    for number in range(101, 107):
        await company.answers(f"p{number:03}@example.com", ROUND, overall=1, why=["help"])

    await company.at("2026-11-26T16:00:00+00:00")  # the reminder's hour has struck everywhere
    assert len(company.chat("p001@example.com")) == 1
    assert len(company.chat("p005@example.com")) == 1
    assert len(company.chat("p016@example.com")) == 2

    await company.at("2026-11-28T00:00:00+00:00")
    found = await company.house.store.read(lambda tx: summary_wire(tx, None, None, 1))
    assert (found["answered"], found["invited"]) == (21, 26)
    overall = found["questions"][0]
    assert overall["n"] == 21
    assert len(found["comments"]) == 14
    cells = await company.house.store.read(cells_wire)
    units = {row["cell"].get("unit") for row in cells if row["question"] == "overall"}
    assert {"Finance", "Sales"} <= units

    told = await company.says("p001@example.com", command="summary")
    assert told["refusal"] is None
    assert "21 of 26" in told["messages"][0]["summary"]
    refused = await company.says("p002@example.com", command="summary")
    assert "IT leads" in refused["refusal"]
    late = await company.says("p016@example.com", press=scale["ref"], value=2)
    assert "closed" in late["refusal"]
