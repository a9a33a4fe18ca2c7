"""A pulse that says beforehand that names stand beside its answers."""

from __future__ import annotations

import json
from datetime import time
from typing import Any

import pytest

from bot.domain.exports import OneNamedRound, cells_wire, summary_wire, texts_wire
from bot.domain.named import NoNames, rows_wire
from bot.domain.pulse import Audience, Cadence, Pulse
from bot.errors import UnknownPulse
from tests.stories.company import OVERALL, RECOMMEND, WEEKLY, WORDS, Company, later, parts, staff

pytestmark = pytest.mark.story

BOARD = Pulse(
    id="board",
    title="How is IT doing for the board?",
    questions=(OVERALL, RECOMMEND, WORDS),
    audience=Audience(units=("Board",)),
    cadence=Cadence("FREQ=WEEKLY;BYDAY=TU", WEEKLY.cadence.starts, time(10)),
    manner="named",
)
ROUND = "board@2026-11-24"
LEAD, LATER_LEAD, SALLY = "p001@example.com", "p002@example.com", "p101@example.com"


async def _asked(company: Company, *pulses: Pulse) -> None:
    """A lead of IT, a company of thirty, and a board of three."""
    await company.hire(*staff(30), *staff(3, "Board", first=101))
    await company.grant(LEAD, "lead")
    await company.ask(BOARD, *pulses)
    await company.at("2026-11-24T12:00:00+00:00")


async def _answered(company: Company, *pulses: Pulse) -> None:
    await _asked(company, *pulses)
    said: dict[str, Any] = {"overall": 2, "why": ["speed", "other"], "words": "Too slow for me."}
    await company.answers(SALLY, ROUND, **said)
    await company.answers("p102@example.com", ROUND, overall=5, recommend=None)
    await company.at("2026-11-28T00:00:00+00:00")


async def test_everybody_is_told_before_the_first_question(company: Company) -> None:
    await _asked(company)
    (card,) = company.chat(SALLY)
    said = [part["text"] for part in parts(card, "prose")]
    assert any("your name stays on these answers" in text for text in said)
    assert not any("Confidential" in text for text in said)


async def test_those_who_were_leads_when_it_opened_read_who_said_what(company: Company) -> None:
    await _answered(company)
    told = await company.says(LEAD, command="summary board")
    assert told["refusal"] is None
    (card,) = told["messages"]
    assert "2 of 3 answered, with their names" in card["summary"]
    assert [part["text"] for part in parts(card, "prose")] == [
        "Person 101 (Board)",
        "Person 102 (Board)",
    ]
    first, second = (
        {row["label"]: row["value"] for row in part["rows"]} for part in parts(card, "facts")
    )
    assert first == {
        "How satisfied were you with IT?": "Dissatisfied",
        "What got in the way?": "Speed, Other",
    }
    assert second["Would you recommend IT to a colleague?"] == "–"
    assert [quote["text"] for quote in parts(card, "quote")] == ["Too slow for me."]
    assert not parts(card, "bars")


async def test_a_lead_who_came_later_does_not_read_it_nor_does_anybody_else(
    company: Company,
) -> None:
    await _answered(company)
    await company.grant(LATER_LEAD, "lead", "admin")
    refused = await company.says(LATER_LEAD, command="summary board")
    assert "Only those who were IT leads when the round opened" in refused["refusal"]
    assert "for IT leads" in (await company.says(SALLY, command="summary board"))["refusal"]


async def test_a_unit_may_have_the_name_of_a_pulse(company: Company) -> None:
    await _answered(company, WEEKLY)
    unit = await company.says(LEAD, command="summary Board")
    assert "with their names" not in json.dumps(unit)


async def test_names_and_confidential_figures_are_never_mixed(company: Company) -> None:
    await _asked(company, later(WEEKLY, audience=Audience(units=("Finance",))))
    for number in range(1, 31):
        await company.answers(f"p{number:03}@example.com", "it-weekly@2026-11-24", overall=4)
    await company.answers(SALLY, ROUND, overall=1, words="From Sally.")
    await company.at("2026-11-28T00:00:00+00:00")
    read = company.house.store.read

    told = await company.says(LEAD, command="summary")
    assert "30 of 30 answered" in told["messages"][0]["summary"]
    confidential = json.dumps(
        [
            await read(lambda tx: summary_wire(tx, None, None, 1)),
            await read(cells_wire),
            await read(texts_wire),
            told,
        ]
    )
    assert "board" not in confidential
    assert "Sally" not in confidential
    named = await read(lambda tx: summary_wire(tx, "board", None, 1))
    assert named["questions"] == named["themes"] == named["comments"] == []
    assert named["named"] == [{"person": SALLY, "answers": {"overall": 1, "words": "From Sally."}}]
    assert "named" not in await read(lambda tx: summary_wire(tx, "it-weekly", None, 1))


async def test_named_answers_are_exported_by_round_and_person(company: Company) -> None:
    await _answered(company)
    read = company.house.store.read
    rows = await read(lambda tx: rows_wire(tx, None))
    assert rows == await read(lambda tx: rows_wire(tx, "board"))
    assert rows[0] == {
        "round": ROUND,
        "pulse": "board",
        "person": SALLY,
        "question": "overall",
        "value": 2,
    }
    assert [(row["question"], row["value"]) for row in rows[1:]] == [
        ("why", ["speed", "other"]),
        ("words", "Too slow for me."),
        ("overall", 5),
        ("recommend", None),
    ]


async def test_a_confidential_pulse_has_no_answers_by_name(company: Company) -> None:
    await _asked(company, WEEKLY)
    await company.at("2026-11-28T00:00:00+00:00")
    for pulse, refusal in (("it-weekly", NoNames), ("nothing", UnknownPulse)):
        with pytest.raises(refusal):
            await company.house.store.read(lambda tx, p=pulse: rows_wire(tx, p))  # type: ignore[misc]
    assert await company.house.store.read(lambda tx: rows_wire(tx, "board")) == []


async def test_a_named_round_is_shown_whole(company: Company) -> None:
    await _answered(company)
    for unit, rounds in (("Board", 1), (None, 2)):
        with pytest.raises(OneNamedRound):
            await company.house.store.read(
                lambda tx, u=unit, r=rounds: summary_wire(tx, "board", u, r)  # type: ignore[misc]
            )


async def test_a_pulse_that_became_named_shows_its_confidential_round_as_it_was(
    company: Company,
) -> None:
    await _asked(company, WEEKLY)
    for number in range(1, 26):
        await company.answers(f"p{number:03}@example.com", "it-weekly@2026-11-24", overall=4)
    await company.ask(later(WEEKLY, manner="named"))
    await company.at("2026-11-28T00:00:00+00:00")
    found = await company.house.store.read(lambda tx: summary_wire(tx, "it-weekly", None, 1))
    assert found["answered"] == 25
    assert "named" not in found
    await company.at("2026-12-01T15:00:00+00:00")
    await company.answers("p001@example.com", "it-weekly@2026-12-01", overall=1)
    await company.at("2026-12-05T00:00:00+00:00")
    found = await company.house.store.read(lambda tx: summary_wire(tx, "it-weekly", None, 1))
    assert found["named"] == [{"person": "p001@example.com", "answers": {"overall": 1}}]


async def test_the_summary_knows_a_pulse_and_the_box_by_their_words(company: Company) -> None:
    await _asked(company, WEEKLY)
    for number in range(1, 26):
        await company.answers(f"p{number:03}@example.com", "it-weekly@2026-11-24", overall=4)
    for number in range(1, 8):
        values = {"text": f"The VPN is slow in room {number}."}
        email = f"p{number:03}@example.com"
        await company.says(email, submit="grumble||confidential", values=values)
    await company.at("2026-12-02T00:00:00+00:00")
    box = await company.says(LEAD, command="summary grumbles")
    assert "7 people have written into it" in box["messages"][0]["summary"]
    assert len(parts(box["messages"][0], "quote")) == 2
    plain = await company.says(LEAD, command="summary")
    assert "VPN" not in json.dumps(plain)
    weekly = await company.says(LEAD, command="summary it-weekly")
    assert weekly["messages"][0]["parts"] == plain["messages"][0]["parts"]
    unit = await company.says(LEAD, command="summary It-weekly finance")
    assert "Finance" in unit["messages"][0]["summary"]
    texts = await company.house.store.read(texts_wire)
    assert {row["pulse"] for row in texts} == {"grumbles"}
