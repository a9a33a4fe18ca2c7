"""A lead hears what a round's comments come to, reads them, and corrects how one was read."""

from __future__ import annotations

from typing import Any

import pytest

from bot.domain.exports import summary_wire, texts_wire
from tests.stories.company import WEEKLY, Company, parts, staff
from tests.stories.setting_up import Admin

pytestmark = pytest.mark.story

LEAD, SALES_LEAD, EDITOR = "p001@example.com", "p002@example.com", "p003@example.com"
WEEKS = ("2026-11-24", "2026-12-01", "2026-12-08")
SLOW = (
    *("The VPN drops every single morning", "VPN dropped again during my call"),
    *("The VPN is terribly slow before nine", "I cannot work, the VPN is broken"),
    *("Our wifi in hall 3 is broken again", "The VPN keeps dropping on the train"),
)
KIND = (
    *("My new laptop is wonderful, thank you", "The laptop swap went great, thanks"),
    "Great new monitors, thank you so much",
)


async def settled(company: Company, weeks: int = 1) -> Admin:
    """So many weeks in which Finance wrote of the network and Sales of hardware; and a lead."""
    await company.hire(*staff(14), *staff(14, "Sales", first=101))
    await company.grant(LEAD, "lead")
    await company.ask(WEEKLY)
    for day in WEEKS[:weeks]:
        await company.at(f"{day}T12:00:00+00:00")
        for number in range(14):
            finance = {"words": SLOW[number]} if number < len(SLOW) else {"overall": 4}
            sales = {"words": KIND[number]} if number < len(KIND) else {"overall": 4}
            await company.answers(f"p{number + 1:03}@example.com", f"it-weekly@{day}", **finance)
            await company.answers(f"p{number + 101:03}@example.com", f"it-weekly@{day}", **sales)
    await company.at(f"{WEEKS[weeks - 1][:-2]}{int(WEEKS[weeks - 1][-2:]) + 6:02}T12:00:00+00:00")
    return Admin(company, LEAD)


def quotes(card: dict[str, Any]) -> list[str]:
    return [part["text"] for part in parts(card, "quote")]


async def test_what_was_written_comes_first_in_short_then_word_for_word(company: Company) -> None:
    lead = await settled(company)
    await lead.says("voices")
    first = parts(lead.card, "prose")[0]["text"]
    about = "“Connections” and “Laptops and equipment”"
    assert first == f"9 comments: 6 critical, 3 kind. Most is written about {about}."
    assert "Connections: 6 comments (67%), all critical." in lead.seen
    assert "Laptops and equipment: 3 comments (33%)" in lead.seen
    assert "hearing this" not in lead.seen
    told = quotes(lead.card)
    assert len(told) == 4
    assert set(told[:2]) <= set(SLOW)
    assert set(told[2:]) <= set(KIND)
    await lead.presses("Read all about Connections")
    assert sorted(quotes(lead.card)) == sorted(SLOW)
    await lead.says("voices comments")
    assert len(quotes(lead.card)) == 8
    await lead.presses("1 more")
    assert len(quotes(lead.card)) == 1
    assert "9 to 9 of 9 comments" in lead.seen


async def test_what_is_heard_week_after_week_is_called_so(company: Company) -> None:
    lead = await settled(company, weeks=3)
    await lead.says("voices")
    assert lead.seen.count("You are hearing this for the 3rd week.") == 2
    await lead.says("voices Sales")
    assert "Connections" not in lead.seen
    assert "Laptops and equipment: 3 comments (100%)" in lead.seen
    assert "You are hearing this for the 3rd week." in lead.seen


async def test_a_lead_sees_which_words_decided_and_corrects_a_comment_alone(
    company: Company,
) -> None:
    lead = await settled(company)
    await lead.says("voices about network")
    words, before = quotes(lead.card)[0], await figures(company)
    await lead.presses("Why “critical”?")
    assert lead.form["text"].startswith(f"“{words}” was read as critical: “")
    assert lead.form["text"].endswith("decided.")
    assert lead.form["fields"][0]["value"] == "negative"
    await lead.sends(tone="neutral")
    # The page that the button stands on is drawn anew.
    marked = [p["about"] for p in parts(lead.card, "quote") if p["text"] == words]
    assert marked == ["neutral (corrected), Connections"]
    assert await figures(company) == before
    await lead.says("voices")
    assert "1 corrected since" in lead.seen
    assert "Connections: 6 comments (67%), all critical." in lead.seen
    texts = await company.house.store.read(texts_wire)
    (changed,) = [t for t in texts if t["sentiment"] != t["judged"]]
    assert (changed["text"], changed["sentiment"]) == (words, "neutral")
    await lead.says("voices about network")
    await lead.presses("Why “neutral”?")
    await lead.sends(tone="negative")
    assert all("corrected" not in p["about"] for p in parts(lead.card, "quote"))
    await lead.says("voices")
    assert "corrected" not in lead.seen


async def figures(company: Company) -> Any:
    wire = await company.house.store.read(lambda tx: summary_wire(tx, None, None, 1))
    return {name: wire[name] for name in ("sentiment", "themes", "questions")}


async def test_a_comment_is_corrected_only_by_leads_who_may_read_it(company: Company) -> None:
    lead = await settled(company)
    await lead.says("voices about network")
    await lead.presses("Why “critical”?")
    form = lead.form
    assert form["ref"].startswith("form||tone:")
    await company.grant(EDITOR, "editor")
    await company.house.store.run(lambda tx: tx.people.set_grants(2, ["lead"], ["Sales"]))
    for email, said in (
        (EDITOR, "That is for IT leads."),
        (SALES_LEAD, "You see what was written"),
    ):
        other = Admin(company, email)
        await other.uses(form["ref"])
        assert other.refusal
        assert other.refusal.startswith(said)
        other.form = form
        await other.sends(tone="positive")
        assert other.refusal.startswith(said)
    await Admin(company, SALES_LEAD).says("voices")
    sales = Admin(company, SALES_LEAD)
    await sales.says("voices about hardware")
    await sales.presses("Why “kind”?")
    await sales.sends(tone="neutral")
    assert sales.refusal is None
    texts = await company.house.store.read(texts_wire)
    assert [t["judged"] for t in texts if t["sentiment"] != t["judged"]] == ["positive"]


async def test_a_correction_goes_with_its_comment(company: Company) -> None:
    lead = await settled(company)
    await lead.says("voices about network")
    await lead.presses("Why “critical”?")
    await lead.sends(tone="neutral")
    form = lead.form
    id = form["ref"].partition("tone:")[2].partition(" ")[0]
    await company.house.store.run(lambda tx: tx.releases.drop_text(id))
    await lead.uses(form["ref"])
    assert lead.refusal
    assert lead.refusal.startswith("This comment is not there any more")
    await lead.sends(tone="positive")
    assert lead.refusal
    texts = await company.house.store.read(texts_wire)
    assert all(text["sentiment"] == text["judged"] for text in texts)
    await lead.says("voices")
    assert "corrected" not in lead.seen


async def test_a_subject_nobody_wrote_about_is_said_to_be_none(company: Company) -> None:
    lead = await settled(company)
    for words in ("voices about telegraphy", "voices comments 99999999999"):
        await lead.says(words)
        assert "No comment about this" in lead.seen
