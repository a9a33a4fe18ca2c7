"""What respondents get back: when answers are counted, and what came of the round before."""

from __future__ import annotations

from typing import Any

import pytest

from tests.stories.company import WEEKLY, Company, parts, staff

pytestmark = pytest.mark.story

ROUND, NEXT = "it-weekly@2026-11-24", "it-weekly@2026-12-01"
LEAD, SATISFIED, ANGRY = (f"p{number:03}@example.com" for number in (1, 2, 3))


async def two_rounds(company: Company) -> None:
    """In the first 4 of 20 are satisfied, in the second, which is open, nobody has answered."""
    await company.hire(*staff(30))
    await company.grant(LEAD, "lead")
    await company.ask(WEEKLY)
    await company.at("2026-11-24T11:00:00+00:00")
    for number in range(1, 21):
        words = "The VPN is terrible today." if number > 4 else "Thank you for the kind help."
        score = 2 if number > 4 else 5
        await company.answers(
            f"p{number:03}@example.com", ROUND, overall=score, recommend=score, words=words
        )
    await company.at("2026-12-01T11:00:00+00:00")


def read(card: dict[str, Any]) -> str:
    return "\n".join(part["text"] for kind in ("prose", "fineprint") for part in parts(card, kind))


async def thanked(company: Company, email: str, round: str, **answers: Any) -> dict[str, Any]:
    told = await company.says(email, submit=f"answers|{round}|", values=answers)
    card: dict[str, Any] = told["messages"][0]
    return card


async def test_thanks_tell_what_came_of_the_round_before(company: Company) -> None:
    await two_rounds(company)
    card = await thanked(company, SATISFIED, NEXT, overall=5, why=[], recommend=9, words=None)
    said = read(card)
    assert "On Friday 4 December everybody's answers are counted together" in said
    assert "What came of the round of 24 November: 20 of 30 answered." in said
    assert "About 2 in 10 are satisfied with IT." in said
    assert "Most was written about “Connections”." in said


async def test_thanks_are_the_same_whatever_was_answered(company: Company) -> None:
    await two_rounds(company)
    one = await thanked(company, SATISFIED, NEXT, overall=5, why=[], recommend=9, words="Good!")
    other = await thanked(company, ANGRY, NEXT, overall=1, why=None, recommend=None, words=None)
    assert one["parts"] == other["parts"]


async def test_the_first_thanks_of_all_have_nothing_to_tell(company: Company) -> None:
    await company.hire(*staff(30))
    await company.ask(WEEKLY)
    await company.at("2026-11-24T11:00:00+00:00")
    card = await thanked(company, ANGRY, ROUND, overall=1, why=[], recommend=0, words=None)
    assert "What came of" not in read(card)


async def test_what_is_being_answered_now_is_not_in_it(company: Company) -> None:
    await two_rounds(company)
    before = await thanked(company, SATISFIED, NEXT, overall=5, why=[], recommend=9, words=None)
    for number in range(4, 30):
        await company.answers(f"p{number:03}@example.com", NEXT, overall=1)
    after = await thanked(company, SATISFIED, NEXT, overall=4, why=[], recommend=9, words=None)
    assert before["parts"] == after["parts"]


async def test_thanks_stay_when_somebody_lets_it_answer(company: Company) -> None:
    await two_rounds(company)
    card = await thanked(company, ANGRY, NEXT, overall=1, why=[], recommend=0, words="Slow.")
    told = await company.says(ANGRY, press=f"open_thread|{NEXT}|words", value=None)
    (opened,) = told["messages"]
    assert opened["id"] != card["id"]
    assert "only key" in opened["summary"]
    assert "Thank you" in company.chat(ANGRY)[-2]["summary"]


async def test_a_lead_reads_one_sentence_first_then_how_sure_it_is(company: Company) -> None:
    await two_rounds(company)
    (card,) = (await company.says(LEAD, command="summary"))["messages"]
    assert [part["type"] for part in card["parts"]][:3] == ["heading", "prose", "fineprint"]
    assert card["parts"][1]["text"] == "About 2 in 10 are satisfied with IT."
    assert "20 of 30 answered (67%)" in card["parts"][2]["text"]
    said = read(card)
    assert "2.6 of 5, likely between" in said
    assert "10 people did not answer. To move a score by 0.3" in said
    assert "Connections: 16 comments (80%), all critical" in said
    assert [quote["about"] for quote in parts(card, "quote")] == [
        "A critical voice",
        "A kind voice",
    ]


async def test_a_lead_sees_the_figure_over_the_rounds_and_what_changed(company: Company) -> None:
    await two_rounds(company)
    for number in range(1, 26):
        await company.answers(f"p{number:03}@example.com", NEXT, overall=5, recommend=10)
    await company.at("2026-12-05T11:00:00+00:00")
    (card,) = (await company.says(LEAD, command="summary"))["messages"]
    assert "satisfied with IT, better than on 24 November." in card["parts"][1]["text"]
    (chart,) = parts(card, "chart")
    assert chart["text"].startswith("24 Nov: 2.6 of 5; 1 Dec: 5.0 of 5")
    (trend,) = (await company.says(LEAD, command="trend"))["messages"]
    assert "better than on 24 November." in trend["parts"][1]["text"]
    (themes,) = (await company.says(LEAD, command="themes"))["messages"]
    assert "No theme can be named" in themes["summary"]
    assert "Named on 24 November and not this time: Connections" in read(themes)


async def test_a_lead_sees_which_words_are_written_more_often_than_before(company: Company) -> None:
    await two_rounds(company)
    for number in range(1, 21):
        words = "The VPN is fine." if number > 2 else "Lovely colleagues."
        words = "The label printer jams in hall 2." if number > 12 else words
        await company.answers(f"p{number:03}@example.com", NEXT, overall=3, words=words)
    await company.at("2026-12-05T11:00:00+00:00")
    (themes,) = (await company.says(LEAD, command="themes"))["messages"]
    said = read(themes)
    assert "“label printer jams”: 8 comments, 0 on 24 November." in said
    assert "Lovely" not in said


async def test_two_units_are_called_different_only_where_they_are(company: Company) -> None:
    await company.hire(*staff(20, "Finance"), *staff(20, "Sales", first=101))
    await company.grant(LEAD, "lead")
    await company.ask(WEEKLY)
    await company.at("2026-11-24T11:00:00+00:00")
    for number in range(1, 21):
        await company.answers(f"p{number:03}@example.com", ROUND, overall=4 + number % 2)
        await company.answers(f"p{100 + number:03}@example.com", ROUND, overall=1 + number % 2)
    await company.at("2026-11-28T11:00:00+00:00")
    (card,) = (await company.says(LEAD, command="compare sales finance"))["messages"]
    assert "Finance is clearly better off." in card["summary"]
    (card,) = (await company.says(LEAD, command="compare it-weekly Finance and Finance"))[
        "messages"
    ]
    assert "clearly" not in card["summary"]
