"""IT leads read what people wrote, and see first whoever would like an answer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.stories.company import WEEKLY, Company, parts, person, staff
from tests.stories.setting_up import Admin

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
    first = Admin(company, LEAD)
    await first.says("voices")
    assert "1 author would like an answer." in first.seen
    card = (await first.presses("Read all 24 comments"))["messages"][0]
    assert [part["type"] for part in card["parts"]][1:3] == ["quote", "free_text"]
    assert parts(card, "quote")[0]["text"] == "Printer 7 is slow"
    assert [part["text"] for part in parts(card, "fineprint")] == ["1 to 8 of 24 comments"]
    await company.house.store.run(lambda tx: tx.people.set_grants(30, ["lead"], ["Sales"]))
    ref, words = parts(card, "free_text")[0]["ref"], {"text": "Which one?"}
    elsewhere = await company.says("p030@example.com", submit=ref, values=words)
    assert elsewhere["refusal"] == "You see what was written in Sales only."


async def test_what_an_author_says_back_goes_over_in_time_and_without_names(
    company: Company,
) -> None:
    await company.hire(*staff(30), replace(person(31, "Finance"), name="Ada Lovelace"))
    await company.grant(LEAD, "lead")
    await company.ask(WEEKLY)
    await company.at("2026-11-24T12:00:00+00:00")
    for number in range(1, 25):
        await company.answers(f"p{number:03}@example.com", ROUND, words=f"Printer {number} is slow")
    told = await company.says(AUTHOR, press=f"open_thread|{ROUND}|words")
    (look,) = parts(told["messages"][0], "buttons")[0]["buttons"]
    await company.at("2026-11-30T12:00:00+00:00")
    read = await company.says(LEAD, command="voices comments")
    (box,) = parts(read["messages"][0], "free_text")
    await company.says(LEAD, submit=box["ref"], values={"text": "Which floor?"})
    back = {"text": "The third, ask Ada Lovelace or x@example.org"}
    await company.says(AUTHOR, submit=look["ref"], values=back)
    assert await quoted(company) == ["Printer 7 is slow", "Which floor?"]
    await company.at("2026-12-08T12:00:00+00:00")
    assert await quoted(company) == [
        "Printer 7 is slow",
        "Which floor?",
        "The third, ask [name] or [e-mail]",
    ]


async def quoted(company: Company) -> list[str]:
    """The comment that is read first and what was said about it since."""
    (card,) = (await company.says(LEAD, command="voices comments"))["messages"]
    until = next(at for at, part in enumerate(card["parts"]) if part["type"] == "free_text")
    return [part["text"] for part in card["parts"][:until] if part["type"] == "quote"]
